/** Lets the boxes of a run that grows glide from where they stood, and new ones appear. */

const GLIDE = 260; // ms
const MOST = 150; // boxes; more at once are noise, and slow

/** Where the boxes stand now. */
export function places(root: HTMLElement): Map<string, DOMRect> {
  return new Map(shown(root).map((box): [string, DOMRect] => [nameOf(box), box.getBoundingClientRect()]));
}

/** Called when the new picture is there; it moves in the next frame, which is laid out anyway. */
export function glide(root: HTMLElement, before: Map<string, DOMRect>): void {
  const isUnwanted = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!isUnwanted && before.size) requestAnimationFrame(() => move(shown(root), before));
}

function move(boxes: SVGGraphicsElement[], before: Map<string, DOMRect>): void {
  if (boxes.length > MOST) return;
  const options: KeyframeAnimationOptions = { duration: GLIDE, easing: "ease-out" };
  const now = boxes.map((box): [SVGGraphicsElement, DOMRect] => [box, box.getBoundingClientRect()]);
  const scale = boxes[0]?.getScreenCTM()?.a || 1;
  for (const [box, place] of now) {
    const was = before.get(nameOf(box));
    const [x, y] = was ? [(was.x - place.x) / scale, (was.y - place.y) / scale] : [0, 0];
    if (!was) box.animate([{ opacity: 0 }, { opacity: 1 }], options);
    else if (Math.abs(x) + Math.abs(y) >= 1) box.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], options);
  }
}

/** The boxes that are there at the moment shown. */
function shown(root: HTMLElement): SVGGraphicsElement[] {
  return [...root.querySelectorAll<SVGGraphicsElement>(".picture g.node:not(.s-absent)")];
}

/** A box's id without the prefix of its view. */
function nameOf(box: Element): string {
  return box.id.slice(box.id.indexOf("n_"));
}
