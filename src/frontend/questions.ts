/** A question about the step that comes next, made from the run itself. Pure. */

import { countAt, stateAt } from "./answers";
import type { Run, Step } from "./payload";
import { settled } from "./story";

export type Asking = "off" | "marked" | "always";

export interface Question {
  readonly prompt: string;
  readonly options: string[];
  readonly right: number;
  readonly because: string;
}

const NO_BUG = "no bug";
const KINDS: Record<string, string> = {
  borrowed_free: "frees what was only lent",
  over_release: "frees once more than was taken",
  double_free: "frees what is gone already",
  use_after_free: "uses what is gone",
  lost_pointer: "loses a reference",
  leak: "takes a reference that nobody gives back",
  wrong_ctx: "uses another context's session",
  not_resumable: "offers a session that cannot be resumed",
};
const MOST = 4; // options beside "I don't know"

/** What to ask before the step at an index, or null: nothing there is worth a guess. */
export function questionFor(run: Run, index: number, asking: Asking): Question | null {
  const step = run.steps[index];
  if (!step || asking === "off") return null;
  if (asking === "marked" && !/[wsd]/.test(step.marks)) return null;
  const finding = run.findings.find(({ wrong_step }) => wrong_step === index);
  if (finding) return aboutBug(run, step, finding.kind, finding.message);
  if (step.undefined !== null) return aboutSafety(step);
  if (step.marks.includes("d")) return aboutDeath(run, step, index);
  return aboutCount(run, step, index) ?? aboutBug(run, step, "", "No rule is broken at this line.");
}

function ask(prompt: string, options: string[], right: string, because: string): Question {
  return { prompt, options, right: options.indexOf(right), because };
}

function aboutBug(run: Run, step: Step, kind: string, because: string): Question {
  const names = Object.keys(KINDS);
  const start = Math.max(0, names.indexOf(kind));
  const near = [0, 1, 2].map((offset) => names[(start + offset) % names.length] ?? "");
  const options = names.filter((name) => near.includes(name)).map((name) => KINDS[name] ?? name);
  const right = kind ? (KINDS[kind] ?? kind) : NO_BUG;
  if (kind && !options.includes(right)) options.push(right);
  return ask(`Line ${step.line} comes next. Is it a bug, and of which kind?`, [NO_BUG, ...options], right, `${because} ${ledgerOf(run, step)}`);
}

function aboutSafety(step: Step): Question {
  const right = "it touches memory that is gone";
  return ask(`Line ${step.line} comes next. What happens there?`, ["it works as written", right, "it leaves a count too high"], right, step.undefined ?? "");
}

function aboutDeath(run: Run, step: Step, index: number): Question {
  const alive = run.objects.map((_, object) => object).filter((object) => stateAt(run, object, index) === "alive");
  const dying = alive.filter((object) => stateAt(run, object, index + 1) === "gone");
  const name = (object: number): string => run.objects[object] ?? "";
  const right = dying.map(name).join(" and ") || "nothing";
  const others = ["nothing", ...alive.map(name)].filter((option) => option !== right);
  const options = [...others.slice(0, MOST - 1), right].sort();
  return ask(`Line ${step.line} comes next. Which memory goes?`, options, right, ledgerOf(run, step));
}

function aboutCount(run: Run, step: Step, index: number): Question | null {
  const rows = step.rows.filter(([object]) => stateAt(run, object, index) === "alive");
  const row = rows.find(([, count]) => count.includes("→")) ?? rows[0];
  if (!row) return null;
  const before = countAt(run, row[0], index);
  const after = countAt(run, row[0], index + 1);
  const numbers = [...new Set([before - 1, before, before + 1, after])].filter((count) => count >= 0).sort((a, b) => a - b);
  const prompt = `Line ${step.line} comes next. The count of ${run.objects[row[0]]} is ${before}. What will it be?`;
  return ask(prompt, numbers.map(String), String(after), ledgerOf(run, step));
}

/** What the ledger shows after a step: the proof of the answer. */
function ledgerOf(run: Run, step: Step): string {
  const lines = step.rows.map(([object, count, held]) => `${run.objects[object]}: ${settled(count)}${held ? ` = ${held}` : ", nobody"}`);
  return lines.length ? `The ledger then: ${lines.join("; ")}.` : "The ledger stays as it is.";
}
