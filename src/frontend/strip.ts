/** The film strip: the steps that change something, as small pictures of the one layout. */

import { button, h, scroller } from "./dom";
import type { Run } from "./payload";
import type { Picture } from "./picture";
import type { View } from "./view";

const MOST = 24; // frames: each is a drawing of its own

export interface Strip extends View {
  open(isOpen: boolean): void;
}

/** The positions after which something looks different, the first ones if there are many. */
export function frames(run: Run): { shown: number[]; more: number } {
  const all = run.moments.flatMap(({ c, h: hot }, position) => (c.some(([item]) => hot.includes(item)) ? [position] : []));
  return { shown: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
}

export function stripView(run: Run, picture: Picture, go: (position: number) => void): Strip {
  const element = scroller("div", "Film strip", { role: "region", class: "strip" });
  const made = new Map<number, HTMLElement>();
  let now = 0;
  element.hidden = true;

  const show = (position: number): void => {
    made.get(now)?.removeAttribute("aria-current");
    made.get(position)?.setAttribute("aria-current", "step");
    now = position;
  };
  const open = (isOpen: boolean): void => {
    element.hidden = !isOpen;
    if (!isOpen || made.size) return;
    const { shown, more } = frames(run);
    for (const position of shown) {
      const svg = picture.still(position);
      const words = `${position}. ${run.steps[position - 1]?.text ?? ""}`;
      const frame = button("go there", h("span", {}, words), () => go(position), "frame");
      frame.removeAttribute("aria-label"); // its words are its name
      if (svg) frame.prepend(svg);
      made.set(position, frame);
      element.append(frame);
    }
    if (more) element.append(h("p", { class: "quiet" }, `+${more} more changing steps`));
    if (!shown.length) element.append(h("p", { class: "quiet" }, "No step changes anything."));
    show(now);
  };
  return { element, show, open };
}
