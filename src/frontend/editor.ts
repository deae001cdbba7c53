/**
 * A text to write in, and the button that runs it. The press takes the text along: what was typed travels on its own
 * and later when the kernel is busy, so the kernel would run an older text.
 */

import { h, QUIET } from "./dom";
import type { Model } from "./model";
import { pressesOf } from "./press";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const presses = pressesOf(model, el);
  const field = h("textarea", {
    rows: String(model.get("rows")),
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    ...QUIET,
  });
  const run = h(
    "button",
    { type: "button", class: "sslrefs-choice sslrefs-run", title: "Run (Ctrl+Enter in the text)", ...QUIET },
    "Run",
  );
  const show = (): void => {
    const text = String(model.get("value"));
    if (field.value !== text) field.value = text;
  };
  const press = (): void => presses.send({ event: "run", text: field.value });

  // The elements go with their view, and their listeners with them.
  field.addEventListener("input", () => {
    model.set("value", field.value);
    model.save_changes();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    press();
  });
  run.addEventListener("click", press);
  model.on("change:value", show);
  show();
  el.append(h("label", { class: "sslrefs-field" }, String(model.get("label")), field), run);
  return () => {
    presses.close();
    model.off("change:value", show);
  };
}

export default { render };
