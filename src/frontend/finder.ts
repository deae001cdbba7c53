/** Finds an object by its name among many, or among those that share a box. */

import { button, h, QUIET } from "./dom";
import type { Run } from "./payload";
import type { View } from "./view";

const ENOUGH = 12; // objects can be found by looking
const MOST = 24; // names that are offered at once

export interface Finder extends View {
  /** Offers the objects of a group. */
  among(objects: readonly number[], title: string): void;
}

export function finderView(run: Run, choose: (object: number) => void): Finder {
  const field = h("input", { type: "search", "aria-label": "Find an object", placeholder: "session#12", spellcheck: "false", autocomplete: "off", ...QUIET });
  const found = h("div", { class: "found", role: "group", "aria-label": "Objects found" });
  const element = h("div", { class: "finder" }, h("label", {}, "Find an object ", field), found);
  const grow = (): void => {
    element.hidden = run.objects.length <= ENOUGH;
    field.value = "";
    found.replaceChildren(); // they may be others now
  };
  grow();
  const offer = (objects: readonly number[], title: string): void => {
    const names = objects.slice(0, MOST).map((object) => button("Select: its holders and history", run.objects[object] ?? "", () => choose(object), "name"));
    const more = objects.length - names.length;
    const said = more > 0 ? `+${more.toLocaleString("en")} more: type more of a name` : title;
    found.replaceChildren(more > 0 ? title : "", ...names, h("span", { role: "status" }, said));
  };
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    if (!wanted) return found.replaceChildren();
    const matching = run.objects.flatMap((name, object) => (name.includes(wanted) ? [object] : []));
    // The one that is called so comes first: session#1 before session#10.
    matching.sort((a, b) => Number(run.objects[b] === wanted) - Number(run.objects[a] === wanted));
    offer(matching, matching.length ? "" : `No object of this run has ${wanted} in its name.`);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the focus moves on, and the same key would press there again
    found.querySelector("button")?.click();
  });
  const among = (objects: readonly number[], title: string): void => {
    field.value = "";
    offer(objects, `${title}: `);
  };
  return { element, among, grow, show: () => undefined };
}
