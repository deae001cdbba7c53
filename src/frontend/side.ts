/** One of two runs that are shown in step: its words, text, picture and ledger. */

import { codeView } from "./code";
import { h } from "./dom";
import { findingsView } from "./findings";
import { ledgerView } from "./ledger";
import { narrationView } from "./narration";
import type { LedgerRow, Run } from "./payload";
import { pictureView } from "./picture";
import { stackView } from "./stack";
import type { View } from "./view";

export interface Side {
  readonly element: HTMLElement;
  /** Shows a position; whether the run goes on at this moment or waits for the other. */
  show(position: number, isWaiting: boolean): void;
  select(name: string | null): void;
  /** What is known of each object now, by its name. */
  rows(): Map<string, LedgerRow>;
  /** Marks the objects that the other side says something else about. */
  differ(names: ReadonlySet<string>): void;
}

interface Moves {
  /** Goes to a position of this run. */
  go(position: number): void;
  select(name: string): void;
}

export function sideView(run: Run, name: string, own: number[], moves: Moves): Side {
  const choose = (object = -1): void => moves.select(run.objects[object] ?? "");
  const code = codeView(run, () => undefined);
  const narration = narrationView(run, h("div"), () => "");
  const picture = pictureView(run, ([first]) => choose(first));
  const ledger = ledgerView(run, choose);
  const stack = stackView(run);
  const findings = findingsView(run, moves.go);
  const views: View[] = [narration, code, stack, picture, ledger, findings];
  const waits = h("span", { class: "quiet" }, "waits: only the other run makes this step");
  const count = run.findings.length;
  const verdict = count ? `${count} finding${count > 1 ? "s" : ""}` : "no finding";
  const head = h("div", { class: "head" }, h("h2", {}, name), h("span", {}, verdict), waits);
  const element = h("section", { class: "side", "aria-label": name }, head, narration.element, h("div", { class: "left" }, code.element, stack.element), ...[picture, ledger, findings].map((view) => view.element));
  code.point(own);
  // What stands on both sides needs two names.
  for (const part of [code, ledger, findings]) part.element.setAttribute("aria-label", `${part.element.getAttribute("aria-label") ?? ""}, ${name}`);
  const select = (chosen: string | null): void => {
    const object = chosen === null ? null : run.objects.indexOf(chosen);
    for (const view of [picture, ledger]) view.select?.(object !== null && object < 0 ? null : object);
  };
  const show = (position: number, isWaiting: boolean): void => {
    for (const view of views) view.show(position);
    waits.classList.toggle("hidden", !isWaiting);
  };
  const differ = (names: ReadonlySet<string>): void => {
    const objects = new Set(run.objects.flatMap((object, index) => (names.has(object) ? [index] : [])));
    picture.differ(objects);
    ledger.differ(objects);
  };
  const rows = (): Map<string, LedgerRow> => new Map(ledger.rows().map((row) => [run.objects[row[0]] ?? "", row]));
  return { element, show, select, rows, differ };
}
