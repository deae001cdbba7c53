/**
 * Where the player stands in a run, and every way to move on. Touches no page.
 *
 * A tick is a place inside the step that comes next: 0 is before it, k after
 * its event k. Only steps with two events or more open like that.
 */

import type { Run } from "./payload";
import { nextLandmark, previousLandmark } from "./story";

export class Walk {
  position = NaN; // nothing is shown yet
  tick = 0;
  readonly stops = new Set<number>();

  /** `told` hears every move; `mayPass` may hold up the step at an index, to ask first. */
  constructor(
    private readonly run: Run,
    private readonly told: () => void,
    private readonly mayPass: (index: number) => boolean,
  ) {}

  get last(): number {
    return this.run.steps.length;
  }

  /** Shows a position though it may be the one shown: the run is another. */
  goAnew(to: number): void {
    this.position = NaN;
    this.go(to);
  }

  go(to: number, tick = 0): void {
    const next = Math.max(0, Math.min(this.last, to || 0));
    if (next === this.position && tick === this.tick) return;
    this.position = next;
    this.tick = tick;
    this.told();
  }

  /** One step on, unless it is held up; whether it was made. */
  forward(): boolean {
    if (this.position >= this.last || (this.tick === 0 && !this.mayPass(this.position))) return false;
    this.go(this.position + 1);
    return true;
  }

  back(): void {
    this.go(this.tick ? this.position : this.position - 1);
  }

  /** One step of playing by itself; whether there is another: not at the end, a stop or a question. */
  playOn(): boolean {
    if (this.position === this.last) this.go(0);
    else if (!this.forward()) return false;
    return this.position < this.last && !this.isAtStop;
  }

  /** One event on: into the next step, through it, and out of it. */
  inward(): void {
    const events = this.eventsOf(this.position);
    if (this.tick >= events || (this.tick === 0 && !this.mayPass(this.position))) {
      if (this.tick || !events) this.forward();
      return;
    }
    this.go(this.position, this.tick + 1);
  }

  outward(): void {
    if (this.tick) this.go(this.position, this.tick - 1);
    else if (this.position) this.go(this.position - 1, this.eventsOf(this.position - 1));
  }

  nextFinding(): void {
    this.go(nextLandmark(this.run, this.position) ?? this.position);
  }

  previousFinding(): void {
    this.go(previousLandmark(this.run, this.position) ?? this.position);
  }

  /** The next step that changes an object, or the previous one (`way` -1); none, no move. */
  change(object: number, way: 1 | -1): void {
    const { steps } = this.run;
    for (let index = this.position - 1 + way; index >= 0 && index < steps.length; index += way) {
      if (steps[index]?.rows.some(([touched]) => touched === object)) return this.go(index + 1);
    }
  }

  /** Whether the last step made ran a line with a stop. */
  get isAtStop(): boolean {
    return this.stops.has(this.run.steps[this.position - 1]?.line ?? -1);
  }

  /** On to the next step of a line with a stop, or to the end. */
  toStop(): void {
    const next = this.run.steps.findIndex(({ line }, index) => index >= this.position && this.stops.has(line));
    this.go(next < 0 ? this.last : next + 1);
  }

  private eventsOf(index: number): number {
    const events = this.run.steps[index]?.events?.length ?? 0;
    return events > 1 ? events : 0;
  }
}
