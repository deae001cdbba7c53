/**
 * The choice of the library. Python runs the text again, so it can be made only
 * while a kernel answers: it is asked once, and again whenever the connection changes.
 */

import { h, QUIET } from "./dom";
import type { Model } from "./model";
import type { Run } from "./payload";

const NOBODY = "Choosing another library needs a running kernel: run the cell again.";
const USE = "The library whose rules the text is run by";

export interface LibraryChoice {
  /** The labelled list; it stands in the bar. */
  readonly element: HTMLElement;
  /** What came of a choice, while there is something to say. */
  readonly message: HTMLElement;
  /** Offers the libraries of a payload; hides the choice when there are none. */
  offer(run: Run): void;
  close(): void;
}

export function libraryChoice(model: Model): LibraryChoice {
  const select = h("select", QUIET);
  const element = h("label", { class: "library" }, h("span", {}, "Library"), select);
  const message = h("p", { class: "problem", "aria-live": "assertive" });

  const permit = (isAnswered: boolean): void => {
    select.disabled = !isAnswered;
    element.title = select.title = isAnswered ? USE : NOBODY;
  };
  const ask = (): void => {
    permit(false);
    try {
      model.send({ ask: "rerun" });
    } catch {
      // The connection is gone while it is being told so; the list stays disabled.
    }
  };
  const hear = (content?: unknown): void => permit((content as { rerun?: boolean } | undefined)?.rerun === true);
  let shown = "";
  const choose = (): void => {
    select.value = String(model.get("library") || shown);
  };
  const tell = (): void => {
    choose();
    message.textContent = String(model.get("problem") ?? "");
    message.hidden = !message.textContent;
  };
  const offer = (run: Run): void => {
    const names = run.libraries ?? [];
    shown = run.library;
    element.hidden = names.length === 0;
    // An error may come before it is known which library the text asks for.
    const unnamed = names.includes(run.library) ? [] : [h("option", { value: run.library }, "as the text says")];
    select.replaceChildren(...unnamed, ...names.map((name) => h("option", { value: name }, name)));
    tell();
  };
  select.addEventListener("change", () => {
    const name = select.value;
    message.hidden = false;
    message.textContent = `The kernel runs the text with ${name} …`;
    model.set("library", name);
    model.save_changes();
  });
  const heard: [string, (content?: unknown) => void][] = [
    ["msg:custom", hear],
    ["change:problem", tell],
    ["change:library", choose],
    ["comm_live_update", ask],
  ];
  for (const [event, call] of heard) model.on(event, call);
  ask();
  const close = (): void => {
    for (const [event, call] of heard) model.off(event, call);
  };
  return { element, message, offer, close };
}
