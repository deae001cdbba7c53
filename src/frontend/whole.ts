/** Says which boxes stand for many, and offers to draw them all: with numbers first, since it is slow. */

import { button, h } from "./dom";
import type { Closing, Kernel } from "./kernel";
import type { Run } from "./payload";

const [SECONDS, KILOBYTES] = [0.003, 1.7]; // measured, for each box
const MANY = 40;

/** Nothing, if every box is drawn and there are not many. */
export function wholeOffer(run: Run, kernel: Kernel, closing: Closing, waiting: (words: string) => void): HTMLElement[] {
  const all = run.boxes ?? 0;
  const groups = run.folds ?? [];
  const isFolded = groups.length > 0;
  if (!isFolded && all <= MANY) return [];
  const count = (number: number): string => number.toLocaleString("en");
  const ask = (isWhole: boolean): void => {
    kernel.wish("whole", isWhole);
    waiting(`The kernel draws ${isWhole ? `all ${count(all)} boxes` : "groups as one box"} …`);
  };
  if (!isFolded) {
    const back = button("Draw large groups as one box", "Draw groups as one box", () => ask(false));
    kernel.watch((isThere) => (back.hidden = !isThere), closing);
    return [h("p", { class: "whole quiet" }, `All ${count(all)} boxes are drawn. `, back)];
  }
  const grouped = groups.reduce((sum, [, objects]) => sum + objects.length, 0);
  const words = `${count(grouped)} of ${count(run.objects.length)} objects share a box: click on +N more, or find one by its name. `;
  const warning = `Drawing all ${count(all)} boxes takes about ${Math.max(1, Math.round(all * SECONDS))} s and adds ${((all * KILOBYTES) / 1000).toFixed(1)} MB to the page. `;
  const sure = h("span", {}, warning, button("Draw every box", "Draw them all", () => ask(true)));
  sure.hidden = true;
  const draw = button("Says first how long it takes", `Draw all ${count(all)}`, () => (sure.hidden = !sure.hidden));
  const offer = h("span", {}, draw, " ", sure);
  kernel.watch((isThere) => (offer.hidden = !isThere), closing);
  return [h("p", { class: "whole quiet" }, words, offer)];
}
