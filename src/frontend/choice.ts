/** A choice of a question: a button whose keys stay its own, which ipywidgets' button cannot promise. */

import { h, QUIET } from "./dom";
import type { Model } from "./model";
import { pressesOf } from "./press";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const presses = pressesOf(model, el);
  const button = h("button", { type: "button", class: "sslrefs-choice", ...QUIET });
  const label = (): void => {
    button.textContent = String(model.get("description"));
    if (model.get("chosen")) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
  };
  // The element goes with its view, and its listener with it.
  button.addEventListener("click", () => presses.send({ event: "click" }));
  for (const name of ["change:description", "change:chosen"]) model.on(name, label);
  label();
  el.append(button);
  return () => {
    presses.close();
    for (const name of ["change:description", "change:chosen"]) model.off(name, label);
  };
}

export default { render };
