/** The line that names the keys, and the legend of the picture that `?` opens. */

import { drawing, h } from "./dom";
import { icon } from "./icons";

/** Kind and state of an arrow as in the picture, and what it means. */
const ARROWS: [kind: string, state: string, meaning: string][] = [
  ["pointer", "counted", "a counted reference: part of the count"],
  ["pointer", "borrowed", "a pointer that was only lent: not counted"],
  ["cache", "counted", "a session cache's reference, from its row in the context"],
  ["pointer", "dangling", "it points to freed memory"],
  ["pointer", "absent hot", "given up in this step"],
];

export interface Help {
  readonly element: HTMLElement;
  toggle(): void;
}

const KEYS = "Keys: ← → step · Shift+← → event · Home End ends · Space play · F finding · N next change of the selected · R run to stop · P predict · 1–5 answer · E change a line · T table · K film strip · M more · ? how to read the picture · Esc leaves";

export function helpView(library: string, names = KEYS): Help {
  const signs: [Node | string, string][] = [
    ...ARROWS.map(([kind, state, meaning]): [Node, string] => [arrow(kind, state), meaning]),
    ["1 ≠ 2", "the count is 1 but there are 2 holders: one of them will be betrayed"],
    ["+47 more", "a box for many objects made alike; its arrows carry the sums"],
    [icon("differs"), "differs from the other run, where two stand side by side"],
    [icon("wrong"), "wrong here: the step that breaks a rule"],
    [icon("shows"), "shows here: the step where a real program may fail; from the shading on its behaviour is undefined"],
  ];
  const entries = signs.flatMap(([sign, meaning]) => [h("dt", {}, sign), h("dd", {}, meaning)]);
  const legend = h("dl", { class: "legend", "aria-label": "How to read the picture" }, ...entries);
  legend.hidden = true;
  const keys = h("p", { class: "keys quiet" }, names);
  const element = h("div", { class: "help" }, keys, legend);
  if (library) keys.append(h("span", { class: "library" }, library));
  return { element, toggle: () => void (legend.hidden = !legend.hidden) };
}

/** An arrow with the classes of the picture, so that it looks as it does there. */
function arrow(kind: string, state: string): SVGElement {
  const parts = [drawing("path", { class: "line", d: "M2 9H44" }), drawing("path", { class: "tip", d: "M56 9l-11-5v10z" })];
  if (kind === "cache") parts.push(drawing("path", { class: "knob", d: "M2 3a6 6 0 0 1 0 12z" }));
  const edge = drawing("g", { class: `edge k-${kind} s-${state}` }, ...parts);
  return drawing("svg", { class: "sslrefs-picture sample", viewBox: "0 0 58 18", width: "58", height: "18", "aria-hidden": "true" }, edge);
}
