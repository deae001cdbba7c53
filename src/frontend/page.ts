/** A page of its own: the run stands in the page, and nobody answers what the player asks. */

import { stepOf } from "./link";
import type { Model } from "./model";
import player from "./player";

const run = document.querySelector("[data-run]")?.textContent ?? "";
const place = document.querySelector<HTMLElement>("main");

/** The widget's model without a kernel: it keeps what is set and tells those who listen. */
function model(state: Record<string, unknown>): Model {
  const heard: [string, () => void][] = [];
  return {
    get: (name) => state[name],
    set: (name, value) => {
      if (state[name] === value) return;
      state[name] = value;
      for (const [event, call] of [...heard]) if (event === `change:${name}`) call();
    },
    save_changes: () => undefined,
    send: () => undefined,
    on: (event, call) => void heard.push([event, call]),
    off: (event, call) => void heard.splice(heard.findIndex(([name, other]) => name === event && other === call) >>> 0, 1),
  };
}

if (place) {
  const payload = Uint8Array.from(atob(run), (letter) => letter.charCodeAt(0));
  const here = model({ payload, position: stepOf(location.hash) ?? Number(place.dataset.step ?? 0) });
  place.replaceChildren(...place.querySelectorAll("h1"));
  player.render({ model: here, el: place });
  window.addEventListener("hashchange", () => here.set("position", stepOf(location.hash) ?? here.get("position")));
}
