/**
 * Of a very large drawing only what is near the part in view is laid out: with each change the browser
 * walks through everything that could be painted.
 */

const MANY = 600; // items
const SPARE = 1; // heights of the frame that are shown beyond its edges
const FIRST = 3000; // units of the drawing that are shown while the frame has no size yet

interface Extent {
  readonly group: SVGElement;
  readonly top: number;
  readonly bottom: number;
  isShown: boolean;
}

export interface Sight {
  /** The drawing has these items now. */
  take(groups: readonly Element[]): void;
}

/** `frame` scrolls the drawing. */
export function sightOf(frame: HTMLElement, svg: SVGSVGElement): Sight {
  let extents: Extent[] = [];
  let watching: ResizeObserver | undefined;
  let range: [number, number] = [-Infinity, FIRST];
  const apply = (): void => {
    for (const one of extents) {
      const isNear = one.bottom >= range[0] && one.top <= range[1];
      if (isNear === one.isShown) continue;
      one.isShown = isNear;
      one.group.style.display = isNear ? "" : "none";
    }
  };
  const look = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = frame;
    if (!extents.length || !clientHeight) return;
    const { y, height } = svg.viewBox.baseVal;
    const at = (pixel: number): number => y + (height * pixel) / scrollHeight;
    range = [at(scrollTop - SPARE * clientHeight), at(scrollTop + (1 + SPARE) * clientHeight)];
    apply();
  };
  const take = (groups: readonly Element[]): void => {
    for (const { group } of extents) group.style.display = "";
    extents = groups.length > MANY ? groups.flatMap((group) => extentOf(group as SVGElement)) : [];
    if (!extents.length) return;
    apply();
    if (watching) return;
    // Both die with the frame.
    watching = new ResizeObserver(look);
    watching.observe(frame);
    frame.addEventListener("scroll", look, { passive: true });
  };
  return { take };
}

/** How far an item reaches, from the numbers it is drawn with: Python writes its boxes and lines so. */
function extentOf(group: SVGElement): Extent[] {
  const box = group.querySelector(".box");
  const [top, height] = [Number(box?.getAttribute("y")), Number(box?.getAttribute("height"))];
  if (box && height) return [{ group, top, bottom: top + height, isShown: true }];
  const numbers = group.querySelector(".line")?.getAttribute("d")?.match(/-?[\d.]+/g)?.map(Number) ?? [];
  const levels = numbers.filter((_, index) => index % 2 === 1);
  return levels.length ? [{ group, top: Math.min(...levels), bottom: Math.max(...levels), isShown: true }] : [];
}
