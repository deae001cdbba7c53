/**
 * A run whose text is still being written: a payload, and since then only what changed.
 * Touches no page.
 */

import { checked, type Run, unpacked } from "./payload";

interface Patch {
  set: Record<string, unknown>;
  /** Pieces of lists: where, how many go, what comes; made from the last to the first. */
  splice: Record<string, [start: number, gone: number, come: unknown[]][]>;
}

type Value = Record<string, unknown>;

export class Grown {
  private base: unknown;
  private made = 0;
  private value: Value | undefined;

  /** The run that a payload and the patches on it make; null while nothing has been sent. */
  async run(payload: unknown, growth: unknown): Promise<Run | null> {
    const patches = Array.isArray(growth) ? growth : [];
    const goesOn = payload === this.base && this.made <= patches.length;
    let value = goesOn ? this.value : ((await unpacked(payload)) as Value | undefined);
    const fresh = await Promise.all(patches.slice(goesOn ? this.made : 0).map(unpacked));
    if (value) for (const patch of fresh) value = patched(value, patch as Patch);
    [this.base, this.made, this.value] = [payload, patches.length, value];
    if (value === undefined) return null;
    // A drawing comes in pieces, so that most of them need not come again.
    return checked(Array.isArray(value?.["svg"]) ? { ...value, svg: value["svg"].join("") } : value);
  }
}

/** The value with a patch made; the old one stays as it was. */
function patched(value: Value, patch: Patch): Value {
  const next = { ...value, ...patch.set };
  for (const [name, pieces] of Object.entries(patch.splice)) {
    const list = [...(value[name] as unknown[])];
    for (const [start, gone, come] of [...pieces].reverse()) list.splice(start, gone, ...come);
    next[name] = list;
  }
  return next;
}
