/** A choice of a question: a button whose keys stay its own, which ipywidgets' button cannot promise. */

import { h, QUIET } from "./dom";
import type { Model } from "./model";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const button = h("button", { type: "button", class: "sslrefs-choice", ...QUIET });
  const label = (): void => {
    button.textContent = String(model.get("description"));
  };
  // The element goes with its view, and its listener with it.
  button.addEventListener("click", () => model.send({ event: "click" }));
  model.on("change:description", label);
  label();
  el.append(button);
  return () => model.off("change:description", label);
}

export default { render };
