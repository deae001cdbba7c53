/** One sentence per step, spoken by screen readers as it changes. */

import { h } from "./dom";
import { whyLines, type Level } from "./why";
import { signImage } from "./icons";
import type { Run } from "./payload";
import { remarksAt, signsAt, stackAt, stepAt } from "./story";
import type { View } from "./view";

export interface Narration extends View {
  /** How deep it goes: the plain words, the manual's, or what happens inside libssl. */
  level: Level;
}

const RESERVED = 280; // characters: a longer text may push the rest down, or the short ones would waste room
const LINE = 60; // characters that another paragraph counts for

/** `verdictOf` is what was said of a prediction for the step at an index, "" if there was none. */
export function narrationView(run: Run, question: HTMLElement, verdictOf: (index: number) => string): Narration {
  const live = h("div", { class: "said", "aria-live": "polite", "aria-atomic": "true" });
  const reserve = h("div", { class: "reserve", "aria-hidden": "true" });
  let reserved: string[] = [];
  const grow = (): void => {
    const most = longest(run);
    // A run that grows has often said its longest text before.
    if (most.join("\n") === reserved.join("\n")) return;
    reserved = most;
    reserve.replaceChildren(...most.map((text, index) => h("p", index ? { class: "remark" } : {}, text)));
  };
  grow();
  const element = h("div", { class: "narration" }, live, reserve, question);
  const show = (position: number, tick = 0): void => {
    if (tick) return live.replaceChildren(...inside(run, position, tick));
    const signs = signsAt(run, position).map((sign) => signImage(sign));
    const verdict = verdictOf(position - 1);
    const said = verdict ? [h("p", { class: "verdict" }, verdict)] : [];
    const remarks = remarksAt(run, position).map((text) => h("p", { class: "remark" }, text));
    const why = whyLines(run, position, self.level).map((text) => h("p", { class: "why" }, text));
    live.replaceChildren(...said, h("p", {}, ...signs, sentence(run, position)), ...remarks, ...why);
  };
  const self: Narration = { element, show, grow, level: "plain" };
  return self;
}

/** The events of the step that comes next, up to the one shown: its slow motion. */
function inside(run: Run, position: number, tick: number): HTMLElement[] {
  const step = run.steps[position];
  const events = (step?.events ?? []).slice(0, tick).map(([text]) => text.replaceAll(" → ", "\u00a0→\u00a0"));
  const head = `Inside step ${position + 1}, event ${tick} of ${step?.events?.length ?? 0}: `;
  const before = events.slice(0, -1).map((text) => h("li", {}, text));
  return [h("p", {}, head, h("strong", {}, events.at(-1) ?? "")), ...(before.length ? [h("ol", { class: "before" }, ...before.slice(-3))] : [])];
}

function sentence(run: Run, position: number): string {
  const step = stepAt(run, position);
  if (!step) {
    const first = run.steps[0];
    return first ? `Before the first step. → runs line ${first.line}.` : "This program makes no step.";
  }
  const outer = stackAt(run, position).at(-2);
  const within = step.depth > 0 && step.function ? `In ${step.function}${outer ? `, which ${outer.text.replace(/;$/, "")} runs` : ""}: ` : "";
  return within + step.says.replaceAll(" → ", "\u00a0→\u00a0"); // "2 → 1" stays on one line
}

/** The longest texts of the run lie unseen under the sentence and keep its room, so that nothing below moves. */
function longest(run: Run): string[] {
  let best: string[] = [];
  const size = (texts: string[]): number => texts.join("").length + LINE * texts.length;
  for (let position = 0; position <= run.steps.length; position++) {
    const texts = [sentence(run, position), ...remarksAt(run, position)];
    if (size(texts) > size(best)) best = texts;
  }
  return best.map((text) => text.slice(0, RESERVED));
}
