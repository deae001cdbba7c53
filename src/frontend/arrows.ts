/** The picture's arrows as a table: with the ledger it says everything the picture says. */

import { h, scroller } from "./dom";
import type { Arrow } from "./picture";

const MEANING: Record<string, string> = {
  counted: "holds a counted reference",
  borrowed: "points there, not counted (lent)",
  dangling: "points to memory that is gone",
};

export interface ArrowTable {
  readonly element: HTMLElement;
  show(arrows: Arrow[]): void;
}

export function arrowTable(): ArrowTable {
  const body = h("tbody");
  const head = h("tr", {}, ...["from", "to", "meaning"].map((name) => h("th", { scope: "col" }, name)));
  const element = scroller("div", "Arrows of the picture", { role: "group", class: "arrows" });
  element.append(h("table", { "aria-label": "Arrows" }, h("thead", {}, head), body));
  const show = (arrows: Arrow[]): void => {
    const rows = arrows.map(({ name, state, times }) => {
      const [from = "", to = ""] = name.split(" → ");
      const meaning = MEANING[state] ?? state;
      return h("tr", {}, h("th", { scope: "row" }, from), h("td", {}, to), h("td", {}, times ? `${meaning}, ${times}` : meaning));
    });
    const none = h("tr", {}, h("td", { colspan: "3" }, "There is no arrow at this step."));
    body.replaceChildren(...(rows.length ? rows : [none]));
  };
  return { element, show };
}
