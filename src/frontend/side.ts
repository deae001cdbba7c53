/** One of two runs that are shown in step: its words, text, picture and ledger. */

import { codeView } from "./code";
import { h } from "./dom";
import { findingsView } from "./findings";
import { inspector } from "./inspect";
import { ledgerView } from "./ledger";
import { narrationView } from "./narration";
import type { LedgerRow, Run } from "./payload";
import { pictureView } from "./picture";
import { type Predictor, predictor, type Score } from "./question";
import { stackView } from "./stack";
import type { View } from "./view";
import type { Level } from "./why";

export interface Side {
  readonly element: HTMLElement;
  readonly predict: Predictor;
  /** Shows a position, and how far the step that comes next has gone; whether the run waits for the other meanwhile. */
  show(position: number, tick: number, isWaiting: boolean): void;
  select(name: string | null): void;
  explain(level: Level): void;
  /** What is known of each object now, by its name. */
  rows(): Map<string, LedgerRow>;
  /** Marks the objects that the other side says something else about. */
  differ(names: ReadonlySet<string>): void;
}

interface Moves {
  /** Goes to a position of this run. */
  go(position: number): void;
  /** Shows the step that was asked about. */
  reveal(): void;
  /** Goes to where the selected object changes on either side. */
  change(way: 1 | -1): void;
  /** Selects an object, or frees it when it is selected. */
  select(name: string): void;
}

export function sideView(run: Run, name: string, own: number[], moves: Moves, score: Score): Side {
  let selected: number | null = null;
  const nameOf = (object: number | null): string => run.objects[object ?? -1] ?? "";
  const choose = (object: number | null = null): void => moves.select(nameOf(object));
  const predict = predictor(run, moves.reveal, (isOpen) => element.classList.toggle("asking", isOpen), score);
  const code = codeView(run, () => undefined);
  const narration = narrationView(run, predict.element, predict.verdictOf);
  const picture = pictureView(run, ([first]) => choose(first));
  const ledger = ledgerView(run, choose);
  const about = inspector(run, { go: moves.go, change: moves.change, close: () => choose(selected) }, `, ${name}`);
  const stack = stackView(run);
  const findings = findingsView(run, moves.go);
  const views: View[] = [narration, code, stack, picture, ledger, about, findings];
  const waits = h("span", { class: "quiet waits" }, "waits for the other run");
  const count = run.findings.length;
  const verdict = count ? `${count} finding${count > 1 ? "s" : ""}` : "no finding";
  const head = h("div", { class: "head" }, h("h2", {}, name), h("span", { class: "spoils" }, verdict), waits);
  const left = h("div", { class: "left" }, code.element, stack.element);
  const parts = [picture, ledger, about, findings].map((view) => view.element);
  const element = h("div", { class: "side", role: "group", "aria-label": name }, head, narration.element, left, ...parts);
  code.point(own);
  // What stands on both sides needs two names.
  for (const part of [code, ledger, findings]) part.element.setAttribute("aria-label", `${part.element.getAttribute("aria-label") ?? ""}, ${name}`);
  const select = (chosen: string | null): void => {
    const object = run.objects.indexOf(chosen ?? "");
    selected = object < 0 ? null : object;
    for (const view of views) view.select?.(selected);
  };
  let position = 0;
  const show = (to: number, tick: number, isWaiting: boolean): void => {
    position = to;
    for (const view of views) view.show(to, Math.min(tick, run.steps[to]?.events?.length ?? 0));
    if (selected !== null) for (const view of [picture, ledger]) view.select?.(selected);
    waits.classList.toggle("hidden", !isWaiting);
  };
  const explain = (level: Level): void => {
    narration.level = level;
    narration.show(position);
  };
  const differ = (names: ReadonlySet<string>): void => {
    const objects = new Set(run.objects.flatMap((object, index) => (names.has(object) ? [index] : [])));
    picture.differ(objects);
    ledger.differ(objects);
  };
  const rows = (): Map<string, LedgerRow> => new Map(ledger.rows().map((row) => [nameOf(row[0]), row]));
  return { element, predict, show, select, explain, rows, differ };
}
