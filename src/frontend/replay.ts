/**
 * Values that change over time, played forwards and backwards. Pure.
 *
 * Each moment is stored as its changes and the way back, so memory grows with
 * the number of changes and never with moments times slots.
 */

export type Change<T> = readonly [slot: number, value: T];

export class Replay<T> {
  readonly now: T[];
  private position = 0;
  private readonly back: Change<T>[][] = [];

  /** Stands at moment 0, whose changes are already made. */
  constructor(slots: number, initial: T, private readonly forward: readonly (readonly Change<T>[])[]) {
    this.now = new Array<T>(slots).fill(initial);
    const walked = new Array<T>(slots).fill(initial);
    for (const changes of forward) {
      this.back.push(changes.map(([slot]): Change<T> => [slot, walked[slot] as T]).reverse());
      for (const [slot, value] of changes) walked[slot] = value;
    }
    for (const [slot, value] of forward[0] ?? []) this.now[slot] = value;
  }

  /** Goes to a moment and returns the slots that changed on the way. */
  seek(moment: number): Set<number> {
    const touched = new Set<number>();
    while (this.position < moment) this.make(this.forward[++this.position], touched);
    while (this.position > moment) this.make(this.back[this.position--], touched);
    return touched;
  }

  private make(changes: readonly Change<T>[] | undefined, touched: Set<number>): void {
    for (const [slot, value] of changes ?? []) {
      this.now[slot] = value;
      touched.add(slot);
    }
  }
}
