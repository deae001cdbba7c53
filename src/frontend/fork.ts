/** Changing one line: the run of the changed text comes to stand beside the run. The kernel makes it. */

import { button, h, QUIET } from "./dom";
import type { Closing, Kernel } from "./kernel";
import { numberField } from "./transport";
import type { Edit, Run } from "./payload";

const NOBODY = "Changing a line runs the text again, and that needs a running kernel: open the notebook and run its cell.";
const ACTIONS: [Edit["action"], string][] = [
  ["replace", "write instead of it"],
  ["insert before", "insert before it"],
  ["insert after", "insert after it"],
  ["delete", "leave it out"],
];

export interface Fork {
  readonly element: HTMLElement;
  /** Opens it on a line, or closes it. */
  toggle(line: number): void;
}

export function forkView(run: Run, kernel: Kernel, closing: Closing, waiting: (words: string) => void): Fork {
  const element = h("form", { class: "fork", "aria-label": "Change a line" });
  let line = 1;
  const place = numberField("Line to change", (to) => aim(to), () => String(line));
  const action = h("select", { "aria-label": "How", ...QUIET }, ...ACTIONS.map(([value, words]) => h("option", { value }, words)));
  const text = h("input", { type: "text", class: "line", spellcheck: "false", autocomplete: "off", "aria-label": "C line", ...QUIET });
  const go = button("Run both and show them side by side (Enter)", "Run both", () => undefined);
  go.type = "submit"; // so that Enter in a field presses it
  const nobody = h("p", { class: "quiet" }, NOBODY);
  /** To the other end of the file when a number is too large. */
  const aim = (to: number): void => {
    line = Math.max(1, Math.min(run.source.length, to));
    place.value = String(line);
    fill();
  };
  const fill = (): void => {
    const now = run.source[line - 1] ?? "";
    text.value = action.value === "replace" ? now : /^\s*/.exec(now)?.[0] ?? "";
    text.hidden = action.value === "delete";
  };
  action.addEventListener("change", fill);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (go.getAttribute("aria-disabled") === "true") return;
    kernel.wish("edit", { action: action.value, line, code: action.value === "delete" ? "" : text.value });
    waiting("The kernel runs the changed text …");
  });
  kernel.watch((isThere) => {
    nobody.hidden = isThere;
    go.setAttribute("aria-disabled", String(!isThere));
  }, closing);
  element.append(h("label", {}, "Line ", place), action, text, go, nobody);
  element.hidden = true;
  const toggle = (to: number): void => {
    element.hidden = !element.hidden;
    if (element.hidden) return;
    aim(to);
    text.focus({ preventScroll: true });
  };
  return { element, toggle };
}

/** Asks for a run with one line mended beside this one; there while a kernel answers. */
export function repairOffer(kernel: Kernel, closing: Closing, waiting: (words: string) => void): HTMLElement {
  const press = (): void => {
    kernel.wish("edit", { action: "repair" });
    waiting("The kernel looks for a repair …");
  };
  const offer = button("Look for one line that makes the run clean, and show both runs side by side", "Show a one-line repair", press, "repair");
  kernel.watch((isThere) => (offer.hidden = !isThere), closing);
  return offer;
}
