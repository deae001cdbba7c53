/** Which box of the picture stands for an object: its own, or that of its group. Pure. */

import type { Run } from "./payload";

/** By the moments, which are others when a run has grown. */
const known = new WeakMap<Run["moments"], string[]>();

/** The id of the box of an object, as Python writes it. */
export function boxOf(run: Run, object: number): string {
  let boxes = known.get(run.moments);
  if (!boxes) {
    boxes = run.objects.map((name) => `n_${name.replace("#", "")}`);
    for (const [item, objects] of run.folds ?? []) for (const one of objects) boxes[one] = run.items[item] ?? "";
    known.set(run.moments, boxes);
  }
  return boxes[object] ?? "";
}

/** The objects that have no box of their own. */
export function folded(run: Run): Set<number> {
  return new Set((run.folds ?? []).flatMap(([, objects]) => objects));
}

/** The objects that a box stands for. */
export function objectsOf(run: Run, box: string): number[] {
  const item = run.items.indexOf(box);
  const fold = run.folds?.find(([group]) => group === item);
  if (fold) return fold[1];
  const own = run.objects.findIndex((name) => `n_${name.replace("#", "")}` === box);
  return own < 0 ? [] : [own];
}
