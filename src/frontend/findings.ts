/** The judgement in full: each finding with its steps, and what the run noted besides. */

import { button, h, QUIET } from "./dom";
import { icon } from "./icons";
import type { Finding, Run } from "./payload";
import type { Sign } from "./story";
import type { View } from "./view";

const ALL = 8; // findings that are all told
const LEFT_OUT = "is left out: its argument"; // as trace.timeline has it
const FEW = 3; // of those alike, when there are more

/** `offer`, if there is one, is a button that stands with a single finding. */
export function findingsView(run: Run, go: (position: number) => void, offer?: HTMLElement): View {
  let places: [HTMLElement, number][] = [];
  const place = (content: HTMLElement, index: number): HTMLElement => {
    places.push([content, index + 1]);
    return content;
  };
  const element = h("div", { class: "findings", role: "group", "aria-label": "Findings" });
  const grow = (): void => {
    places = [];
    const parts = notes(run);
    if (run.findings.length === 1 && offer) parts.unshift(offer);
    if (run.findings.length) parts.unshift(h("ul", {}, ...told(run, (finding) => entry(run, finding, go, place))));
    else if (run.steps.length) parts.unshift(h("p", { class: "quiet" }, none(run)));
    const isSame = !run.findings.length && parts.length === element.childElementCount && parts.every((part, at) => part.isEqualNode(element.children[at] ?? null));
    if (!isSame) element.replaceChildren(...parts);
  };
  grow();
  const show = (position: number): void => {
    for (const [content, at] of places) content.classList.toggle("here", at === position);
  };
  return { element, show, grow };
}

/** What is said where nothing was found: a call that was not followed may have been wrong. */
function none(run: Run): string {
  const missed = run.notes.filter(({ text }) => text.includes(LEFT_OUT)).length;
  if (!missed) return "Findings: none.";
  return `Findings: none, but ${missed === 1 ? "1 call" : `${missed} calls`} could not be followed.`;
}

/** The findings; of many of a kind the first few, and the others on demand with their number. */
function told(run: Run, entryOf: (finding: Finding) => HTMLElement): HTMLElement[] {
  if (run.findings.length <= ALL) return run.findings.map(entryOf);
  const kinds = [...new Set(run.findings.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const alike = run.findings.filter((finding) => finding.kind === kind);
    const rest = alike.slice(FEW);
    const first = alike.slice(0, FEW).map(entryOf);
    return rest.length ? [...first, h("li", {}, folded(rest, kind, entryOf))] : first;
  });
}

/** Many entries, made when they are asked for. */
function folded(findings: Finding[], kind: string, entryOf: (finding: Finding) => HTMLElement): HTMLElement {
  const lines = findings.map(({ wrong_line: line }) => line ?? 0);
  const [from, to] = [Math.min(...lines), Math.max(...lines)];
  const where = from === to ? `line ${from}` : `lines ${from} to ${to}`;
  const words = `+${findings.length.toLocaleString("en")} more: ${kind.replaceAll("_", " ")}, ${where}`;
  const list = h("ul");
  const details = h("details", {}, h("summary", QUIET, words), list);
  details.addEventListener("toggle", () => {
    if (details.open && !list.childElementCount) list.append(...findings.map(entryOf));
  });
  return details;
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
