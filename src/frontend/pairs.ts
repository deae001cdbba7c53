/** Two runs in step as one run of moments: for everything that moves through time. Pure. */

import type { Beside, Finding, LedgerRow, Run, Step } from "./payload";
import { settled } from "./story";

/** The left run's moments and the right one's in step, as the steps of one run. */
export function merged(run: Run, beside: Beside): Run {
  const { right, beats } = beside;
  const steps = beats.slice(1).map(([left, other], index): Step => {
    const [wasLeft, wasOther] = beats[index] ?? [0, 0];
    const made = [left > wasLeft ? run.steps[left - 1] : undefined, other > wasOther ? right.steps[other - 1] : undefined].filter((step) => step !== undefined);
    const [first] = made;
    if (!first) throw new Error("a moment at which neither run goes on");
    return {
      ...first,
      text: [...new Set(made.map(({ text }) => text))].join(" | "),
      marks: made.map(({ marks }) => marks).join(""),
      undefined: made.find((step) => step.undefined !== null)?.undefined ?? null,
      events: [],
    };
  });
  const findings = ([0, 1] as const).flatMap((side) => {
    const at = (step: number | null): number | null => (step === null ? null : momentOf(beside, side, step + 1) - 1);
    const own = side ? right.findings : run.findings;
    return own.map((finding): Finding => ({ ...finding, wrong_step: at(finding.wrong_step), shows_step: at(finding.shows_step), consequences: [] }));
  });
  return { ...run, steps, findings };
}

/** The moment at which a side comes to a position of its own. */
export function momentOf({ beats }: Beside, side: 0 | 1, position: number): number {
  return Math.max(0, beats.findIndex((beat) => beat[side] === position));
}

/** The objects that the two sides say different things about, by name. */
export function disagreements(left: Map<string, LedgerRow>, right: Map<string, LedgerRow>): Set<string> {
  const names = new Set([...left.keys(), ...right.keys()]);
  return new Set([...names].filter((name) => told(left.get(name)) !== told(right.get(name))));
}

function told(row: LedgerRow | undefined): string {
  return row ? [settled(row[1]), ...row.slice(2)].join("\n") : "";
}
