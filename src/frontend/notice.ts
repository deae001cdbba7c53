/** What stands in the player's place when there is no run to step through. */

import { h, scroller } from "./dom";

export function waiting(): HTMLElement {
  return h("p", { class: "notice quiet" }, "No run to show yet.");
}

export function failure(message: string): HTMLElement {
  return h("div", { class: "notice", role: "alert" }, h("strong", {}, "The player cannot show this run."), h("p", {}, message));
}

/** The diagnostics as they were written: their carets need a fixed width. */
export function diagnostics(title: string, message: string): HTMLElement {
  const text = scroller("pre", "Diagnostics", { role: "group" });
  text.append(message);
  return h("div", { class: "notice" }, h("strong", {}, `${title || "This text"} cannot be run`), text);
}
