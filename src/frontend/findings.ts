/** The judgement in full: each finding with its steps, and what the run noted besides. */

import { button, h } from "./dom";
import { icon } from "./icons";
import type { Finding, Run } from "./payload";
import type { Sign } from "./story";
import type { View } from "./view";

/** `offer`, if there is one, is a button that stands with a single finding. */
export function findingsView(run: Run, go: (position: number) => void, offer?: HTMLElement): View {
  const places: [HTMLElement, number][] = [];
  const place = (content: HTMLElement, index: number): HTMLElement => {
    places.push([content, index + 1]);
    return content;
  };
  const element = h("section", { class: "findings", "aria-label": "Findings" });
  if (run.findings.length) element.append(h("ul", {}, ...run.findings.map((finding) => entry(run, finding, go, place))));
  else if (run.steps.length) element.append(h("p", { class: "quiet" }, "Findings: none."));
  if (run.findings.length === 1 && offer) element.append(offer);
  element.append(...notes(run));
  const show = (position: number): void => {
    for (const [content, at] of places) content.classList.toggle("here", at === position);
  };
  return { element, show };
}

type Place = (content: HTMLElement, index: number) => HTMLElement;

function entry(run: Run, finding: Finding, go: (position: number) => void, place: Place): HTMLElement {
  const jump = (sign: Sign, index: number | null): HTMLElement[] => {
    const step = index === null ? undefined : run.steps[index];
    if (!step || index === null) return [];
    const jumper = button("go there", `${sign} here: step ${index + 1}, line ${step.line}`, () => go(index + 1), `jump ${sign}`);
    jumper.prepend(icon(sign));
    return [place(jumper, index)];
  };
  const follows = finding.consequences.map(({ step, what }) => {
    const jumper = button("go there", `step ${step + 1}`, () => go(step + 1), "jump");
    return h("li", {}, place(jumper, step), ` ${what}`);
  });
  const jumps = [...jump("wrong", finding.wrong_step), ...jump("shows", finding.shows_step)];
  return h(
    "li",
    {},
    h("p", { class: "head" }, h("strong", {}, finding.kind.replaceAll("_", " ")), h("span", {}, finding.object), ...jumps),
    h("p", {}, finding.message),
    ...(follows.length ? [h("ul", { class: "follows" }, ...follows)] : []),
    ...(finding.fix ? [h("p", { class: "fix" }, h("span", { class: "quiet" }, "Write instead: "), finding.fix)] : []),
  );
}

function notes(run: Run): HTMLElement[] {
  const lines = run.notes.map(({ line, text }) => h("li", {}, line ? `Line ${line}: ${text}` : text));
  const list = lines.length ? [h("ul", { class: "notes quiet", "aria-label": "Notes" }, ...lines)] : [];
  return run.cut ? [h("p", { class: "cut" }, run.cut), ...list] : list;
}
