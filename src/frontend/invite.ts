/** Before the first step the picture is empty, so that the step can be predicted: says so, and how to begin. */

import { button, h } from "./dom";
import type { Run } from "./payload";
import type { View } from "./view";

export function inviteView(run: Run, forward: () => void, play: () => void): View {
  const first = run.steps[0];
  const element = h(
    "div",
    { class: "invite" },
    h("p", {}, "Nothing is made yet."),
    button("Forward (Right arrow)", `Run line ${first?.line ?? 1} →`, forward, "begin"),
    button("Plays by itself (Space)", "Run it all", play),
  );
  const show = (position: number, tick = 0): void => {
    element.hidden = !first || position > 0 || tick > 0;
  };
  return { element, show };
}
