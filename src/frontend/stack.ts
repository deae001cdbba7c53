/** The call stack: there only while a function of the program runs. */

import { h } from "./dom";
import type { Run } from "./payload";
import { stackAt, stepAt } from "./story";
import type { View } from "./view";

export function stackView(run: Run): View {
  const element = h("ol", { class: "stack", "aria-label": "Call stack, innermost last" });
  const show = (position: number): void => {
    const isInside = (stepAt(run, position)?.depth ?? 0) > 0;
    const frames = isInside ? stackAt(run, position) : [];
    element.replaceChildren(...frames.map(({ line, text }) => h("li", {}, `line ${line}: ${text}`)));
    element.classList.toggle("idle", !isInside);
  };
  const grow = (): void => {
    const deepest = Math.max(0, ...run.steps.map(({ depth }) => depth));
    // Its room is kept from the start, so that the code does not move when a callback runs.
    element.style.minHeight = deepest ? `${(deepest + 1) * 1.45}em` : "";
    element.hidden = deepest === 0;
  };
  grow();
  return { element, show, grow };
}
