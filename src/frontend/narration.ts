/** One sentence per step, spoken by screen readers as it changes. */

import { h } from "./dom";
import { signImage } from "./icons";
import type { Run } from "./payload";
import { remarksAt, signsAt, stepAt } from "./story";
import type { View } from "./view";

const RESERVED = 280; // characters: a longer text may push the rest down, or the short ones would waste room
const LINE = 60; // characters that another paragraph counts for

export function narrationView(run: Run): View {
  const live = h("div", { class: "said", "aria-live": "polite", "aria-atomic": "true" });
  const reserve = h("div", { class: "reserve", "aria-hidden": "true" }, ...longest(run));
  const element = h("div", { class: "narration" }, live, reserve);
  const show = (position: number): void => {
    const signs = signsAt(run, position).map((sign) => signImage(sign));
    const remarks = remarksAt(run, position).map((text) => h("p", { class: "remark" }, text));
    live.replaceChildren(h("p", {}, ...signs, sentence(run, position)), ...remarks);
  };
  return { element, show };
}

function sentence(run: Run, position: number): string {
  const step = stepAt(run, position);
  if (!step) {
    const first = run.steps[0];
    return first ? `Before the first step. → runs line ${first.line}.` : "This program makes no step.";
  }
  const inside = step.depth > 0 && step.function ? `In ${step.function}: ` : "";
  return inside + step.says.replaceAll(" → ", "\u00a0→\u00a0"); // "2 → 1" stays on one line
}

/** The longest texts of the run lie unseen under the sentence and keep its room, so that nothing below moves. */
function longest(run: Run): HTMLElement[] {
  let best: string[] = [];
  const size = (texts: string[]): number => texts.join("").length + LINE * texts.length;
  for (let position = 0; position <= run.steps.length; position++) {
    const texts = [sentence(run, position), ...remarksAt(run, position)];
    if (size(texts) > size(best)) best = texts;
  }
  return best.map((text, index) => h("p", index ? { class: "remark" } : {}, text.slice(0, RESERVED)));
}
