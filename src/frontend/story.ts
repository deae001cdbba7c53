/**
 * What a run tells at a position: its looks, rows, line and findings. Pure.
 *
 * A position is a moment: 0 is before the first step, k is after step k. The
 * step that position k shows has the index k - 1.
 */

import type { Change } from "./replay";
import type { Finding, LedgerRow, LookChange, Run, Step } from "./payload";

export interface Look {
  readonly words: string;
  readonly text: string;
}

export const ABSENT: Look = { words: "absent", text: "" };

/** The looks of every moment as changes. */
export function lookChanges(run: Run): Change<Look>[][] {
  const change = ([item, word, text]: LookChange): Change<Look> => [item, { words: run.words[word] ?? "", text: text ?? "" }];
  return run.moments.map((moment) => moment.c.map(change));
}

/** The ledger's rows of every moment as changes. */
export function rowChanges(run: Run): Change<LedgerRow | null>[][] {
  return [[], ...run.steps.map((step) => step.rows.map((row): Change<LedgerRow> => [row[0], row]))];
}

/** A count as it reads after its own step: "2 → 1 ≠ 2" has become "1 ≠ 2". */
export function settled(count: string): string {
  return count.slice(count.lastIndexOf("→") + 1).trim();
}

export function stepAt(run: Run, position: number): Step | undefined {
  return run.steps[position - 1];
}

export function label(run: Run, position: number): string {
  const count = run.steps.length;
  if (count === 0) return "no steps";
  return position === 0 ? `before step 1 of ${count}` : `step ${position} of ${count}`;
}

/**
 * The calls around the step at a position, outermost first, the step itself last.
 * A callback's steps stand before the step of the statement that made it run.
 */
export function stackAt(run: Run, position: number): Step[] {
  const step = stepAt(run, position);
  if (!step) return [];
  const frames = [step];
  for (let index = position; index < run.steps.length && frames[0] && frames[0].depth > 0; index++) {
    const outer = run.steps[index];
    if (outer && outer.depth < frames[0].depth) frames.unshift(outer);
  }
  return frames;
}

/** The first position whose step touches freed memory, or Infinity. */
export function undefinedFrom(run: Run): number {
  const index = run.steps.findIndex((step) => step.undefined !== null);
  return index < 0 ? Infinity : index + 1;
}

/** The positions at which some finding goes wrong or shows, in order. */
export function landmarks(run: Run): number[] {
  const steps = run.findings.flatMap((finding) => [finding.wrong_step, finding.shows_step]);
  const positions = steps.filter((step) => step !== null).map((step) => step + 1);
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** The landmark after a position; after the last one the first again. */
export function nextLandmark(run: Run, position: number): number | undefined {
  const all = landmarks(run);
  return all.find((landmark) => landmark > position) ?? all[0];
}

/** The landmark before a position; before the first one the last. */
export function previousLandmark(run: Run, position: number): number | undefined {
  const all = landmarks(run);
  return all.filter((landmark) => landmark < position).at(-1) ?? all.at(-1);
}

/** By the list of findings, which is another when a run has grown. */
const byStep = new WeakMap<Finding[], Map<number, Finding[]>>();

/** The findings that have to do with a step: looked up, since a run may have thousands of both. */
function findingsAt(run: Run, index: number): readonly Finding[] {
  let known = byStep.get(run.findings);
  if (!known) {
    known = new Map();
    for (const finding of run.findings) {
      const steps = [finding.wrong_step, finding.shows_step, ...finding.consequences.map(({ step }) => step)];
      for (const step of new Set(steps)) {
        if (step === null) continue;
        const there = known.get(step);
        if (there) there.push(finding);
        else known.set(step, [finding]);
      }
    }
    byStep.set(run.findings, known);
  }
  return known.get(index) ?? [];
}

export type Sign = "wrong" | "shows";

/** The signs of the step at a position: something is wrong here, something shows here. */
export function signsAt(run: Run, position: number): Sign[] {
  const index = position - 1;
  const signs: Sign[] = [];
  const here = findingsAt(run, index);
  if (here.some((finding) => finding.wrong_step === index)) signs.push("wrong");
  if (here.some((finding) => finding.shows_step === index)) signs.push("shows");
  return signs;
}

/** What the findings add to the sentence of the step at a position. */
export function remarksAt(run: Run, position: number): string[] {
  const says = stepAt(run, position)?.says ?? "";
  const texts = findingsAt(run, position - 1).flatMap((finding) => remarksOf(finding, position - 1));
  const what = undefinedFrom(run) === position ? stepAt(run, position)?.undefined : null;
  if (what) texts.push(["Undefined behaviour", what]);
  // Said once is enough: not what the sentence or an earlier remark already says.
  const isNew = ([, text]: [string, string], index: number): boolean =>
    !says.includes(text) && texts.findIndex(([, other]) => other === text) === index;
  return texts.filter(isNew).map(([topic, text]) => `${topic}: ${text}`);
}

function remarksOf(finding: Finding, index: number): [topic: string, text: string][] {
  const topic = finding.shows_step === index ? "Shows here" : "Follows";
  const follows = finding.consequences.filter(({ step }) => step === index);
  const texts = follows.map(({ what }): [string, string] => [topic, what]);
  return finding.wrong_step === index ? [["Wrong here", finding.message], ...texts] : texts;
}
