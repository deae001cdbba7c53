/** What hands and keys do to a player: every control in one place. */

import type { Playback } from "./playback";
import type { Predictor } from "./question";
import type { Asking } from "./questions";
import type { Controls } from "./transport";
import type { Walk } from "./walk";

const NEXT_ASKING: Record<Asking, Asking> = { off: "marked", marked: "always", always: "off" };

/** The parts that controls act on beside the walk itself. */
export interface Around {
  readonly playing: Playback;
  readonly predict: Pick<Predictor, "asking" | "answer" | "drop">;
  /** The number of lines of the text. */
  readonly lines: number;
  selected(): number | null;
  markStops(stops: ReadonlySet<number>): void;
  toggleHelp(): void;
  toggleMore(): void;
  toggleTable(): void;
  frame(): void;
  choosePredict(how: Asking): void;
  toggleFork(): void;
  difference(): void;
}

export function controlsOf(walk: Walk, around: Around): Controls {
  const { playing, predict } = around;
  /** Whoever takes a step takes over. */
  const byHand = (move: () => void) => (): void => {
    playing.stop();
    move();
  };
  /** A move that is no answer forgets what was asked. */
  const away = (move: () => void) =>
    byHand(() => {
      predict.drop();
      move();
    });
  return {
    first: away(() => walk.go(0)),
    back: away(() => walk.back()),
    forward: byHand(() => void walk.forward()),
    last: away(() => walk.go(walk.last)),
    inward: byHand(() => walk.inward()),
    outward: away(() => walk.outward()),
    go: (to) => away(() => walk.go(to))(),
    togglePlay: playing.toggle,
    nextFinding: away(() => walk.nextFinding()),
    previousFinding: away(() => walk.previousFinding()),
    change: (way) => {
      const object = around.selected();
      if (object !== null) away(() => walk.change(object, way))();
    },
    toStop: away(() => walk.toStop()),
    stop: (line) => {
      if (!walk.stops.delete(line) && line >= 1 && line <= around.lines) walk.stops.add(line);
      around.markStops(walk.stops);
    },
    answer: (number) => void predict.answer(number),
    toggleHelp: around.toggleHelp,
    toggleMore: around.toggleMore,
    toggleTable: around.toggleTable,
    frame: around.frame,
    fork: around.toggleFork,
    difference: away(around.difference),
    togglePredict: () => around.choosePredict(NEXT_ASKING[predict.asking]),
  };
}
