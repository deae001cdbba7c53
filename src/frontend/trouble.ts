/** What came of a wish that the kernel was asked for: that it is under way, or why it cannot be. */

import { h } from "./dom";

export interface Trouble {
  readonly element: HTMLElement;
  /** Says it; "" takes it away. */
  say(words: string): void;
}

export function trouble(): Trouble {
  const element = h("p", { class: "problem", "aria-live": "assertive" });
  const say = (words: string): void => {
    if (words === element.textContent && element.hidden === !words) return; // saying it again would lay the page out
    element.textContent = words;
    element.hidden = !words;
    // Diagnostics have a caret under the text, which needs a fixed width.
    element.classList.toggle("diagnosed", words.includes("\n"));
  };
  say("");
  return { element, say };
}
