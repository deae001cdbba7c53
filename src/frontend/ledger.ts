/** The ledger: every object with its count and who holds it. The picture's text alternative. */

import { folded } from "./boxes";
import { button, h, scroller } from "./dom";
import type { LedgerRow, Run } from "./payload";
import { Replay } from "./replay";
import { rowChanges, settled, stepAt } from "./story";
import type { View } from "./view";

const MOST = 40; // rows of a group that one step may bring; how many more there are is said
const LONG = 150; // rows; of more, those of later objects come only when they matter
const COLUMNS = ["object", "count", "held by", "pointed to by", "state"];

export interface LedgerView extends View {
  /** What is known of each object now. */
  rows(): LedgerRow[];
  /** Marks the objects that another run says something else about. */
  differ(objects: ReadonlySet<number>): void;
}

export function ledgerView(run: Run, choose: (object: number) => void): LedgerView {
  const body = h("tbody");
  const head = h("tr", {}, ...COLUMNS.map((name) => h("th", { scope: "col" }, name)));
  const table = h("table", { "aria-label": "Ledger" }, h("thead", {}, head), body);
  const element = scroller("div", "Ledger of counts and holders", { role: "group", class: "ledger" });
  element.append(table);

  const more = h("p", { class: "quiet" });
  element.append(more);

  let replay = new Replay<LedgerRow | null>(run.objects.length, null, rowChanges(run));
  const rows: (HTMLTableRowElement | undefined)[] = [];
  let grouped = withoutRow(run);
  let fresh: number[] = [];
  let selected: number | null = null;
  let named = [...run.objects];

  const draw = (objects: Iterable<number>): void => {
    for (const object of objects) {
      // What shares a box in the picture has no row of its own either, until it matters.
      if (grouped.has(object) && object !== selected && !fresh.includes(object)) {
        rows[object]?.remove();
        delete rows[object];
        continue;
      }
      const row = (rows[object] ??= insert(body, rows, object, nameButton(run.objects[object] ?? "", () => choose(object))));
      fill(row, replay.now[object] ?? null, fresh.includes(object));
    }
    const hidden = [...grouped].filter((object) => replay.now[object] && !rows[object]);
    const alive = hidden.filter((object) => !replay.now[object]?.[4].startsWith("gone"));
    more.hidden = !hidden.length;
    const words = `+${hidden.length.toLocaleString("en")} more objects, ${alive.length.toLocaleString("en")} of them alive: find one by its name.`;
    if (more.textContent !== words) more.textContent = words;
  };
  const show = (position: number): void => {
    const touched = replay.seek(position);
    const rowsNow = stepAt(run, position)?.rows.map(([object]) => object) ?? [];
    const before = fresh;
    fresh = grouped.size ? rowsNow.filter((object, index) => index < MOST || !grouped.has(object)) : rowsNow;
    draw(new Set([...touched, ...before, ...fresh]));
    const first = rows[Math.min(...fresh)];
    if (first && element.scrollHeight > element.clientHeight) reveal(element, first);
  };
  const grow = (): void => {
    // A row stays with its object: a table made anew is laid out anew.
    rows.forEach((row, object) => {
      if (run.objects[object] === named[object]) return;
      row?.remove();
      delete rows[object];
    });
    named = [...run.objects];
    replay = new Replay<LedgerRow | null>(run.objects.length, null, rowChanges(run));
    grouped = withoutRow(run);
    [fresh, selected] = [[...rows.keys()], null]; // as if all had just changed, so that `show` looks at each
  };
  const select = (chosen: number | null): void => {
    const before = selected;
    selected = chosen;
    draw([before, chosen].filter((object) => object !== null));
    rows.forEach((row, object) => row?.querySelector("button")?.setAttribute("aria-pressed", String(object === chosen)));
  };
  const differ = (objects: ReadonlySet<number>): void => {
    rows.forEach((row, object) => row?.classList.toggle("differs", objects.has(object)));
  };
  return { element, show, grow, select, differ, rows: () => replay.now.filter((row) => row !== null) };
}

/** The objects that have no row until it matters: those that share a box, and the later ones of very many. */
function withoutRow(run: Run): Set<number> {
  const grouped = folded(run);
  const own = run.objects.flatMap((_, object) => (grouped.has(object) ? [] : [object]));
  return new Set([...grouped, ...own.slice(LONG)]);
}

function nameButton(name: string, press: () => void): HTMLButtonElement {
  const made = button("Select: its holders and history", name, press, "name");
  made.setAttribute("aria-pressed", "false");
  return made;
}

/** A new row for an object, before the row of the next later object. */
function insert(body: HTMLElement, rows: (HTMLTableRowElement | undefined)[], object: number, name: HTMLElement): HTMLTableRowElement {
  const cells = COLUMNS.map((_, column) => (column ? h("td") : h("th", { scope: "row" }, name)));
  const row = h("tr", {}, ...cells);
  const later = rows.find((other, index) => index > object && other !== undefined);
  body.insertBefore(row, later ?? null);
  return row;
}

function fill(row: HTMLTableRowElement, values: LedgerRow | null, isFresh: boolean): void {
  row.hidden = values === null;
  row.classList.toggle("changed", isFresh && values !== null);
  if (!values) return;
  const [, count, held, pointed, state] = values;
  row.classList.toggle("unequal", (count + state).includes("≠"));
  const texts = [isFresh ? count : settled(count), held || "–", pointed || "–", state];
  texts.forEach((text, column) => {
    const cell = row.cells[column + 1];
    if (cell && cell.textContent !== text) cell.textContent = text;
  });
}

/** Scrolls the ledger, never the page. */
function reveal(frame: HTMLElement, row: HTMLElement): void {
  const head = row.offsetHeight;
  if (row.offsetTop < frame.scrollTop + head || row.offsetTop + row.offsetHeight > frame.scrollTop + frame.clientHeight) {
    frame.scrollTop = row.offsetTop - frame.clientHeight / 2;
  }
}
