/**
 * A field for a line of C with its button. Enter and the button take the text along: what is typed travels on its own
 * and later when the kernel is busy, so the kernel would take an older text.
 */

import { h, QUIET } from "./dom";
import type { Model } from "./model";
import { pressesOf } from "./press";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const presses = pressesOf(model, el);
  const name = String(model.get("label"));
  const field = h("input", { type: "text", "aria-label": name, placeholder: name, spellcheck: "false", autocapitalize: "off", autocomplete: "off", ...QUIET });
  const take = h("button", { type: "button", class: "sslrefs-choice", ...QUIET }, String(model.get("button")));
  const show = (content?: unknown): void => {
    const told = (content as { show?: string } | undefined)?.show;
    if (content && told === undefined) return;
    if (told !== undefined) model.set("value", told);
    field.value = String(model.get("value"));
  };
  const press = (): void => presses.send({ event: "take", text: field.value });

  // The elements go with their view, and their listeners with them.
  field.addEventListener("input", () => model.set("value", field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    press();
  });
  take.addEventListener("click", press);
  model.on("msg:custom", show);
  show();
  el.classList.add("sslrefs-line");
  el.append(field, take);
  return () => {
    presses.close();
    model.off("msg:custom", show);
  };
}

export default { render };
