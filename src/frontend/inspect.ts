/** One object in full: why it is alive, who freed it, its history and its count over time. */

import { changes, type Change, countAt, endOf, heldAt, stateAt } from "./answers";
import { chart } from "./chart";
import { button, h, homeOf } from "./dom";
import type { Run } from "./payload";
import type { View } from "./view";

export interface Inspector extends View {
  select(object: number | null): void;
}

interface Moves {
  go(position: number): void;
  change(way: 1 | -1): void;
  close(): void;
}

/** `of` ends its name where there are two runs. */
export function inspector(run: Run, moves: Moves, of = ""): Inspector {
  const element = h("div", { class: "inspector", role: "group" });
  let object: number | null = null;
  let position = 0;

  const jump = (step: number): HTMLElement => {
    const text = `step ${step + 1}, line ${run.steps[step]?.line}`;
    const jumper = button("go there", text, () => moves.go(step + 1), step + 1 === position ? "jump here" : "jump");
    jumper.dataset.at = String(step);
    return jumper;
  };
  const refresh = (): void => {
    element.hidden = object === null;
    if (object === null) return;
    const name = run.objects[object] ?? "";
    element.setAttribute("aria-label", `About ${name}${of}`);
    const focused = element.contains(homeOf(element).activeElement) ? homeOf(element).activeElement : null;
    const again = (focused as HTMLElement | null)?.textContent;
    const history = changes(run, object).map((change) => h("li", change.step < position ? {} : { class: "later" }, jump(change.step), ` ${told(change)}`));
    element.replaceChildren(
      heading(name, moves),
      ...fate(run, object, position, jump),
      h("h3", {}, "History"),
      h("ol", { class: "history" }, ...history),
      chart(run, object, position),
    );
    // The list is made anew; whoever stood on one of its buttons stays on it.
    if (again) [...element.querySelectorAll("button")].find(({ textContent }) => textContent === again)?.focus({ preventScroll: true });
  };
  return {
    element,
    show: (to) => {
      position = to;
      refresh();
    },
    select: (to) => {
      object = to;
      refresh();
    },
  };
}

function heading(name: string, moves: Moves): HTMLElement {
  return h(
    "div",
    { class: "head" },
    h("h2", {}, name),
    button("Previous change of it (Shift+N)", "Previous change", () => moves.change(-1)),
    button("Next change of it (N)", "Next change", () => moves.change(1)),
    button("Show everything again", "Close", moves.close),
  );
}

/** The answer that fits: why it is alive, or who freed it. */
function fate(run: Run, object: number, position: number, jump: (step: number) => HTMLElement): HTMLElement[] {
  const name = run.objects[object] ?? "";
  const state = stateAt(run, object, position);
  if (state === "unmade") return [h("p", {}, `${name} is not made yet.`)];
  const held = heldAt(run, object, position);
  const holders = held.map(({ holder, from }) => h("li", {}, h("strong", {}, holder), " since ", jump(from), code(run, from)));
  const count = countAt(run, object, position);
  if (state === "alive") {
    const though = count === held.length ? "" : `, though ${held.length} hold it: one of them will be betrayed`;
    return [h("h3", {}, "Why is it alive?"), h("p", {}, `Its count is ${count}${though}.`), h("ul", {}, ...holders)];
  }
  const end = endOf(run, object, position);
  const given = changes(run, object).filter(({ step, before, after }) => step < position && after < before);
  const list = given.map((change) => h("li", {}, `${change.before}\u00a0→\u00a0${change.after} `, jump(change.step), code(run, change.step)));
  const still = holders.length ? [h("p", {}, `${held.map(({ holder }) => holder).join(", ")} still counted on it.`)] : [];
  return [
    h("h3", {}, "Who freed it?"),
    h("p", {}, end ? `Line ${run.steps[end.step]?.line} took the last count: ` : "It was never freed.", end ? code(run, end.step) : ""),
    h("ul", {}, ...list),
    ...still,
  ];
}

function code(run: Run, step: number): HTMLElement {
  return h("code", {}, ` ${run.steps[step]?.text ?? ""}`);
}

function told({ before, after, came, went }: Change): string {
  const count = before === after ? `${after}` : `${before}\u00a0→\u00a0${after}`;
  const parts = [came.length ? `came: ${came.join(", ")}` : "", went.length ? `went: ${went.join(", ")}` : ""];
  return [count, ...parts.filter(Boolean)].join("; ");
}
