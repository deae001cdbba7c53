/** Predict before reveal: asks in the narration's place, judges the answer, keeps the score here. */

import { button, h, QUIET } from "./dom";
import type { Run } from "./payload";
import { type Asking, type Question, questionFor } from "./questions";

export interface Predictor {
  readonly element: HTMLElement;
  asking: Asking;
  /** Whether the step at an index may be shown; if not, it asks first. */
  mayPass(index: number): boolean;
  /** Answers by number, from 1; false if nothing is being asked. */
  answer(number: number): boolean;
  /** Forgets an open question, for instance after a jump. */
  drop(): void;
  /** Forgets what was said about the steps from an index on: they are others now. */
  forget(from: number): void;
  /** What was said about the answer for the step at an index. */
  verdictOf(index: number): string;
}

/** How many answers were right, and how many there were. */
export interface Score {
  right: number;
  asked: number;
}

/** Two runs that are shown in step keep one score. */
export function predictor(run: Run, reveal: (index: number) => void, changed: (isOpen: boolean) => void, score: Score = { right: 0, asked: 0 }): Predictor {
  const element = h("div", { class: "question", role: "group", tabindex: "-1", "aria-label": "Predict", ...QUIET });
  const verdicts = new Map<number, string>();
  let open: { index: number; question: Question } | undefined;
  let before: HTMLElement | null = null; // what had the focus when the question came
  element.hidden = true;

  const drop = (): void => {
    if (!open) return;
    open = undefined;
    element.hidden = true;
    changed(false);
    before?.focus({ preventScroll: true });
  };
  const mayPass = (index: number): boolean => {
    if (open?.index === index) return false;
    const question = verdicts.has(index) ? null : questionFor(run, index, self.asking);
    if (!question) return true;
    open = { index, question };
    element.replaceChildren(...asking(question, (number) => void answer(number)));
    element.hidden = false;
    element.setAttribute("aria-label", question.prompt);
    changed(true);
    // A screen reader reads what gets the focus.
    before = element.closest(".sslrefs")?.querySelector<HTMLElement>(":focus") ?? null;
    if (before) element.focus({ preventScroll: true });
    return false;
  };
  const answer = (number: number): boolean => {
    if (!open || number < 1 || number > open.question.options.length + 1) return false;
    const { index, question } = open;
    const isRight = number - 1 === question.right;
    const isHonest = number > question.options.length;
    score.asked += 1;
    score.right += Number(isRight);
    const opening = isRight ? "✓ Yes" : isHonest ? "Fair enough" : "✗ Not so";
    const fact = `${question.options[question.right]}. ${question.because}`;
    verdicts.set(index, `${opening}: ${fact} (${score.right} of ${score.asked} right)`);
    drop();
    reveal(index);
    return true;
  };
  const forget = (from: number): void => {
    drop();
    for (const index of [...verdicts.keys()]) if (index >= from) verdicts.delete(index);
  };
  const self: Predictor = { element, asking: "off", mayPass, answer, drop, forget, verdictOf: (index) => verdicts.get(index) ?? "" };
  return self;
}

function asking(question: Question, answer: (number: number) => void): HTMLElement[] {
  const options = [...question.options, "I don't know"];
  const buttons = options.map((text, index) => {
    const made = button(`Answer ${index + 1}`, text, () => answer(index + 1));
    made.prepend(h("kbd", { "aria-hidden": "true" }, String(index + 1)));
    return made;
  });
  return [h("p", {}, question.prompt), h("div", { class: "answers" }, ...buttons)];
}
