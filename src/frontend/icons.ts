/** Small drawings for controls and marks: fonts do not agree on such glyphs. */

import { drawing, h } from "./dom";

const SHAPES = {
  first: "M3 3h2v10h-2zM13 3v10l-7-5z",
  back: "M12 2v12l-8-6z",
  forward: "M4 2v12l8-6z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
  play: "M3 2.5v11l5-5.5zM9 2.5v11l5-5.5z",
  pause: "M4 3h3v10h-3zM9 3h3v10h-3z",
  wrong: "M8 1.5l7 13h-14z",
  shows: "M3.2 1.4l4.8 4.8 4.8-4.8 1.8 1.8-4.8 4.8 4.8 4.8-1.8 1.8-4.8-4.8-4.8 4.8-1.8-1.8 4.8-4.8-4.8-4.8z",
  differs: "M8 1l6 7-6 7-6-7z",
} as const;

type Icon = keyof typeof SHAPES;

export function icon(name: Icon): SVGElement {
  const path = drawing("path", { d: SHAPES[name] });
  return drawing("svg", { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
}

/** A finding's sign with its words. */
export function signImage(sign: "wrong" | "shows"): HTMLElement {
  return signed(sign, `${sign} here`);
}

/** The mark of what two runs do not have in common. */
export function differsSign(said: string): HTMLElement {
  return signed("differs", said);
}

function signed(name: Icon, said: string): HTMLElement {
  return h("span", { class: "sign", role: "img", "aria-label": said, title: said }, icon(name));
}
