/** The choice of the library. Python runs the text again, so it can be made only while a kernel answers. */

import { h, QUIET } from "./dom";
import type { Kernel } from "./kernel";
import type { Model } from "./model";
import type { Run } from "./payload";

const NOBODY = "Choosing another library needs a running kernel: run the cell again.";
const USE = "The library whose rules the text is run by";

export interface LibraryChoice {
  /** The labelled list; it stands in the bar. */
  readonly element: HTMLElement;
  /** Offers the libraries of a payload; hides the choice when there are none. */
  offer(run: Run): void;
  close(): void;
}

/** `waiting` hears what the kernel is asked for. */
export function libraryChoice(model: Model, kernel: Kernel, waiting: (words: string) => void): LibraryChoice {
  const select = h("select", QUIET);
  const element = h("label", { class: "library" }, h("span", {}, "Library"), select);
  let shown = "";
  let offered = "";
  kernel.watch((isThere) => {
    select.disabled = !isThere;
    element.title = select.title = isThere ? USE : NOBODY;
  });
  const choose = (): void => {
    select.value = String(model.get("library") || shown);
  };
  const offer = (run: Run): void => {
    const names = run.libraries ?? [];
    shown = run.library;
    element.hidden = names.length === 0;
    const all = [run.library, ...names].join("\n");
    if (all === offered) return choose();
    offered = all;
    // An error may come before it is known which library the text asks for.
    const unnamed = names.includes(run.library) ? [] : [h("option", { value: run.library }, "as the text says")];
    select.replaceChildren(...unnamed, ...names.map((name) => h("option", { value: name }, name)));
    choose();
  };
  select.addEventListener("change", () => {
    const name = select.value;
    kernel.wish("library", name);
    waiting(`The kernel runs the text with ${name} …`);
  });
  model.on("change:library", choose);
  return { element, offer, close: () => model.off("change:library", choose) };
}
