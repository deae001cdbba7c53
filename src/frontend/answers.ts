/** What can be asked about one object of a run: who holds it, since when, who freed it. Pure. */

import type { Run } from "./payload";

export interface Holding {
  readonly holder: string;
  /** The index of the step that took the reference, and of the one that gave it back. */
  readonly from: number;
  readonly to: number;
}

export interface Change {
  readonly step: number;
  readonly before: number;
  readonly after: number;
  readonly came: string[];
  readonly went: string[];
}

/** Every reference to an object that there ever was, in the order in which they were taken. */
export function holdings(run: Run, object: number): Holding[] {
  const found: { holder: string; from: number; to: number }[] = [];
  for (const [target, step, sign, holder] of run.log ?? []) {
    if (target !== object) continue;
    const open = found.find((one) => one.holder === holder && one.to === Infinity);
    if (sign > 0) found.push({ holder, from: step, to: Infinity });
    else if (open) open.to = step;
  }
  return found;
}

/** The references that are held at a position. */
export function heldAt(run: Run, object: number, position: number): Holding[] {
  return holdings(run, object).filter(({ from, to }) => from < position && to >= position);
}

/** Every step that changed an object's count or its holders. */
export function changes(run: Run, object: number): Change[] {
  const came = new Map<number, [string[], string[]]>();
  for (const [target, step, sign, holder] of run.log ?? []) {
    if (target !== object) continue;
    if (!came.has(step)) came.set(step, [[], []]);
    came.get(step)?.[sign > 0 ? 0 : 1].push(holder);
  }
  const found: Change[] = [];
  let count = 0;
  run.steps.forEach((step, index) => {
    const row = step.rows.find(([touched]) => touched === object);
    const after = row ? counted(row[1]) : count;
    const [arrived, left] = came.get(index) ?? [[], []];
    if (after !== count || arrived.length || left.length) {
      found.push({ step: index, before: count, after, came: arrived, went: left });
    }
    count = after;
  });
  return found;
}

/** The count in a cell such as "2", "2 → 1" or "2 → 1 ≠ 2". */
function counted(cell: string): number {
  return Number(/(\d+)(?: ≠ \d+)?$/.exec(cell)?.[1] ?? 0);
}

export function countAt(run: Run, object: number, position: number): number {
  return changes(run, object).filter(({ step }) => step < position).at(-1)?.after ?? 0;
}

/** Whether an object is alive at a position, is not made yet, or is gone. */
export function stateAt(run: Run, object: number, position: number): "unmade" | "alive" | "gone" {
  const past = changes(run, object).filter(({ step }) => step < position);
  if (!past.length) return "unmade";
  return past.some(({ before, after }) => before > 0 && after === 0) ? "gone" : "alive";
}

/** The change after which the memory went, up to a position. */
export function endOf(run: Run, object: number, position: number): Change | undefined {
  return changes(run, object).find(({ step, before, after }) => step < position && before > 0 && after === 0);
}
