/** Three levels of why: plain words, what the manual says, what happens inside libssl. Pure. */

import type { Run } from "./payload";
import { stepAt } from "./story";

export type Level = "plain" | "manual" | "inside";

/** What a level adds to the sentence of the step at a position. */
export function whyLines(run: Run, position: number, level: Level): string[] {
  const step = stepAt(run, position);
  if (!step || level === "plain") return [];
  const known = [...new Set(step.calls ?? [])].flatMap((name) => run.calls?.[name] ?? []);
  const contracts = known.filter((_, index) => index % 2 === 0);
  if (level === "manual") return contracts.length ? contracts : ["No libssl function is called here."];
  const events = (step.events ?? []).map(([text], index) => `${index + 1}. ${text}`).join("  ");
  return [...contracts, events || "Nothing changes inside libssl.", ...known.filter((text, index) => index % 2 === 1 && text)];
}
