/** What a view keeps when its run grows: what was chosen in it, and where its boxes stood. */

const GLIDE = 260; // ms
const MOST = 150; // boxes; more at once are noise, and slow

interface Kept {
  readonly choices: Map<string, string>;
  readonly scrolled: number;
  readonly boxes: Map<string, DOMRect>;
}

/** Looks at a view before it is replaced. */
export function keep(root: HTMLElement): Kept {
  const choices = new Map(fields(root).map((field): [string, string] => [nameOf(field), stateOf(field)]));
  const boxes = new Map(shown(root).map((box): [string, DOMRect] => [idOf(box), box.getBoundingClientRect()]));
  return { choices, scrolled: root.querySelector(".picture")?.scrollTop ?? 0, boxes };
}

/** Puts the choices back into the view that took its place. */
export function restore(root: HTMLElement, kept: Kept): void {
  for (const field of fields(root)) {
    const before = kept.choices.get(nameOf(field));
    if (before === undefined || before === stateOf(field)) continue;
    if (field instanceof HTMLSelectElement) field.value = before;
    else field.checked = before === "on";
    field.dispatchEvent(new Event("change"));
  }
  const picture = root.querySelector(".picture");
  if (picture) picture.scrollTop = kept.scrolled;
}

/** Lets every box glide from where it stood, and those that are new appear. */
export function glide(root: HTMLElement, kept: Kept): void {
  const boxes = shown(root);
  const isUnwanted = root.ownerDocument.defaultView?.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isUnwanted || boxes.length > MOST || !kept.boxes.size) return;
  const options: KeyframeAnimationOptions = { duration: GLIDE, easing: "ease-out" };
  const places = boxes.map((box): [SVGGraphicsElement, DOMRect] => [box, box.getBoundingClientRect()]);
  const scale = boxes[0]?.getScreenCTM()?.a || 1;
  for (const [box, now] of places) {
    const was = kept.boxes.get(idOf(box));
    if (!was) {
      box.animate([{ opacity: 0 }, { opacity: 1 }], options);
      continue;
    }
    const [x, y] = [(was.x - now.x) / scale, (was.y - now.y) / scale];
    if (Math.abs(x) + Math.abs(y) < 1) continue;
    box.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], options);
  }
}

function fields(root: HTMLElement): (HTMLSelectElement | HTMLInputElement)[] {
  return [...root.querySelectorAll<HTMLSelectElement | HTMLInputElement>(".options :is(select, input[type=checkbox])")];
}

function nameOf(field: HTMLElement): string {
  return field.getAttribute("aria-label") ?? field.parentElement?.textContent ?? "";
}

function stateOf(field: HTMLSelectElement | HTMLInputElement): string {
  if (field instanceof HTMLSelectElement) return field.value;
  return field.checked ? "on" : "off";
}

/** The boxes that are there at the moment shown. */
function shown(root: HTMLElement): SVGGraphicsElement[] {
  return [...root.querySelectorAll<SVGGraphicsElement>(".picture g.node:not(.s-absent)")];
}

/** A box's id without the prefix of its view. */
function idOf(box: Element): string {
  return box.id.slice(box.id.indexOf("n_"));
}
