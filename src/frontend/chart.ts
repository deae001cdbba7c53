/** An object over time: its count as a step line, its holders as bands. The history says it in words. */

import { changes, holdings } from "./answers";
import { drawing } from "./dom";
import type { Run } from "./payload";

const [WIDTH, BAND, LEFT, TOP] = [640, 22, 26, 6];

export function chart(run: Run, object: number, position: number): SVGElement {
  const steps = run.steps.length;
  const at = (moment: number): number => LEFT + ((WIDTH - LEFT - 8) * moment) / Math.max(1, steps);
  const bands = banded(run, object);
  const past = changes(run, object);
  const highest = Math.max(1, ...bands.map(({ slot }) => slot + 1), ...past.map(({ after }) => after));
  const level = (count: number): number => TOP + BAND * (highest - count);
  const parts: SVGElement[] = [];
  for (const { holder, from, to, slot } of bands) {
    const [x, end] = [at(from + 1), at(Math.min(to + 1, steps))];
    const box = { x: x.toFixed(1), y: String(level(slot + 1) + 1), width: Math.max(2, end - x).toFixed(1), height: String(BAND - 2) };
    parts.push(drawing("rect", { class: "band", ...box }, title(holder)));
    const room = Math.floor((end - x) / 7.2);
    if (room > 3) parts.push(text(x + 4, level(slot + 1) + 15, holder.length > room ? `${holder.slice(0, room - 1)}…` : holder));
  }
  for (let count = 0; count <= highest; count++) parts.push(text(4, level(count) + 5, String(count)));
  const moves = past.map(({ step, after }) => `H${at(step + 1).toFixed(1)}V${level(after)}`);
  parts.push(drawing("path", { class: "counts", d: `M${LEFT} ${level(0)}${moves.join("")}H${WIDTH - 8}` }));
  parts.push(drawing("path", { class: "cursor", d: `M${at(position).toFixed(1)} 0V${level(0) + 4}` }));
  const name = run.objects[object] ?? "";
  const said = past.map(({ step, after }) => `${after} after step ${step + 1}`).join(", ");
  const shape = { viewBox: `0 0 ${WIDTH} ${level(0) + 10}`, class: "chart", role: "img", "aria-label": `Count of ${name} over time: ${said}` };
  return drawing("svg", shape, ...parts);
}

/** Each reference in the lowest band that is free while it is held. */
function banded(run: Run, object: number): { holder: string; from: number; to: number; slot: number }[] {
  const free: number[] = [];
  return holdings(run, object).map((holding) => {
    let slot = free.findIndex((until) => until <= holding.from);
    if (slot < 0) slot = free.length;
    free[slot] = holding.to;
    return { ...holding, slot };
  });
}

function text(x: number, y: number, words: string): SVGElement {
  return drawing("text", { x: x.toFixed(1), y: String(y) }, document.createTextNode(words));
}

function title(words: string): SVGElement {
  return drawing("title", {}, document.createTextNode(words));
}
