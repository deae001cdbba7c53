/** Two runs in step as one run of moments: for everything that moves through time. Pure. */

import type { Beside, Finding, LedgerRow, Run, Step } from "./payload";
import type { Predictor } from "./question";
import { questionFor } from "./questions";
import { settled } from "./story";

/** The left run's moments and the right one's in step, as the steps of one run. */
export function merged(run: Run, beside: Beside): Run {
  const { right, beats } = beside;
  const objects = [...new Set([...run.objects, ...right.objects])];
  const numbers = new Map(objects.map((name, number) => [name, number]));
  const steps = beats.slice(1).map(([left, other], index): Step => {
    const [wasLeft, wasOther] = beats[index] ?? [0, 0];
    const sides = [left > wasLeft ? run.steps[left - 1] : undefined, other > wasOther ? right.steps[other - 1] : undefined];
    const made = sides.filter((step) => step !== undefined);
    const [first] = made;
    const rows = sides.flatMap((step, side) =>
      (step?.rows ?? []).map(([object, ...told]): LedgerRow => [numbers.get((side ? right : run).objects[object] ?? "") ?? -1, ...told]),
    );
    const [events = []] = made.map((step) => step.events ?? []).sort((a, b) => b.length - a.length);
    if (!first) throw new Error("a moment at which neither run goes on");
    return {
      ...first,
      text: [...new Set(made.map(({ text }) => text))].join(" | "),
      marks: made.map(({ marks }) => marks).join(""),
      undefined: made.find((step) => step.undefined !== null)?.undefined ?? null,
      rows,
      events, // of the side that has more: both go through theirs together
    };
  });
  const findings = ([0, 1] as const).flatMap((side) => {
    const at = (step: number | null): number | null => (step === null ? null : momentOf(beside, side, step + 1) - 1);
    const own = side ? right.findings : run.findings;
    return own.map((finding): Finding => ({ ...finding, wrong_step: at(finding.wrong_step), shows_step: at(finding.shows_step), consequences: [] }));
  });
  return { ...run, steps, findings, objects };
}

/** The moment at which a side comes to a position of its own. */
export function momentOf({ beats }: Beside, side: 0 | 1, position: number): number {
  return Math.max(0, beats.findIndex((beat) => beat[side] === position));
}

/** Asks about the left run's step, then about the right one's, unless that would be the same question again. */
export function predictorOfBoth(run: Run, { right, beats }: Beside, sides: readonly [Predictor, Predictor]): Pick<Predictor, "asking" | "mayPass" | "answer" | "drop"> {
  let asking = sides[0].asking;
  const told = (one: Run, index: number): string => JSON.stringify(questionFor(one, index, asking)).replace(/Line \d+/g, "");
  return {
    get asking() {
      return asking;
    },
    set asking(how) {
      for (const side of sides) side.asking = how;
      asking = how;
    },
    mayPass: (index) => {
      const [left, other] = beats[index] ?? [0, 0];
      const [nextLeft, nextOther] = beats[index + 1] ?? [0, 0];
      if (nextLeft > left && !sides[0].mayPass(left)) return false;
      const isAlike = nextLeft > left && told(run, left) === told(right, other);
      return nextOther === other || isAlike || sides[1].mayPass(other);
    },
    answer: (number) => sides.some((side) => side.answer(number)),
    drop: () => sides.forEach((side) => side.drop()),
  };
}

/** The objects that the two sides say different things about, by name. */
export function disagreements(left: Map<string, LedgerRow>, right: Map<string, LedgerRow>): Set<string> {
  const names = new Set([...left.keys(), ...right.keys()]);
  return new Set([...names].filter((name) => told(left.get(name)) !== told(right.get(name))));
}

function told(row: LedgerRow | undefined): string {
  return row ? [settled(row[1]), ...row.slice(2)].join("\n") : "";
}
