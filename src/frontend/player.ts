/** The player as an anywidget: decodes the payload and shows the run, or says why it cannot. */

import { h, homeOf, QUIET } from "./dom";
import { openDuo } from "./duo";
import { type Closing, kernelOf } from "./kernel";
import { libraryChoice } from "./library";
import type { Model } from "./model";
import { diagnostics, failure, waiting } from "./notice";
import { Grown } from "./grown";
import { type Run, Unreadable } from "./payload";
import { openStage, type Stage, type Surroundings } from "./stage";
import { trouble } from "./trouble";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const root = h("div", { class: "sslrefs", role: "group", tabindex: "-1", ...QUIET });
  el.append(root);
  const problem = trouble();
  const kernel = kernelOf(model, () => problem.say(kernel.problem()));
  const choice = libraryChoice(model, kernel, problem.say);
  // Only set, not saved: other views and a saved notebook know the position, and a step sends no message.
  const moved = (position: number): void => model.set("position", position);
  let stage: Stage | undefined;
  const grown = new Grown();
  let closing: Closing = [];
  let latest = 0;
  let isLoading = false;

  const load = async (): Promise<void> => {
    if (Number.isNaN(latest)) return; // closed meanwhile
    const mine = ++latest;
    const decoded = await grown.run(model.get("payload"), model.get("growth")).catch((error: unknown) => new Unreadable(worded(error)));
    if (mine !== latest) return; // a newer payload came, or the view is gone
    isLoading = false;
    problem.say(kernel.problem());
    if (model.get("growth") !== undefined && isRun(decoded) && stage?.grow?.(decoded, Number(model.get("position")))) choice.offer(decoded);
    else replace(decoded);
    root.dataset.loaded = String(mine);
  };
  const replace = (decoded: Run | Unreadable | null): void => {
    const focused = root.contains(homeOf(root).activeElement) ? (homeOf(root).activeElement as HTMLElement) : null;
    delete root.dataset.step;
    open(decoded);
    // What had the focus was just taken out of the page: else the next key would reach the notebook.
    if (focused) (root.contains(focused) ? focused : root).focus({ preventScroll: true });
  };
  const open = (decoded: Run | Unreadable | null): void => {
    close();
    closing = [];
    root.classList.remove("predicting", "asking", "tabled"); // of the run before; large type stays
    stage = present(root, model, decoded, { kernel, choice, trouble: problem, closing, forks: model.get("forks") !== false, moved, ...choosing(model) }, alone);
  };
  const close = (): void => {
    stage?.close();
    for (const end of closing) end();
  };
  /** Out of a fork: at once and without a kernel; if there is one, it forgets the fork too. */
  const alone = (run: Run): void => {
    const { beside: _left_out, ...one } = run;
    open(one);
    root.focus({ preventScroll: true });
    kernel.wish("edit", {});
  };
  let isTold = false;
  /** A payload and what grew on it may come together: that is one run to read, not two. */
  const changed = (): void => {
    if (isTold) return;
    isTold = isLoading = true;
    queueMicrotask(() => {
      isTold = false;
      void load();
    });
  };
  // A run that is on its way brings its position.
  const follow = (): void => void (isLoading || stage?.go(Number(model.get("position"))));
  model.on("change:payload", changed);
  model.on("change:growth", changed);
  model.on("change:position", follow);
  changed();
  return () => {
    latest = NaN;
    model.off("change:payload", changed);
    model.off("change:growth", changed);
    model.off("change:position", follow);
    choice.close();
    kernel.close();
    close();
    root.remove();
  };
}

function isRun(decoded: Run | Unreadable | null): decoded is Run {
  return decoded !== null && !(decoded instanceof Unreadable);
}

/** What the kernel is told of the selected object, if it wants to know: a text that grows offers what can be done to it. */
function choosing(model: Model): { selected: string; chosen(name: string): void } {
  const chosen = (name: string): void => {
    if (model.get("selected") === undefined) return;
    model.set("selected", name);
    model.save_changes();
  };
  return { selected: String(model.get("selected") ?? ""), chosen };
}

/** Shows what was decoded. Whatever goes wrong becomes a message in the player's place. */
function present(root: HTMLElement, model: Model, decoded: Run | Unreadable | null, around: Surroundings, alone: (run: Run) => void): Stage | undefined {
  const title = decoded && "title" in decoded ? decoded.title : "";
  root.setAttribute("aria-label", title ? `Reference count player: ${title}` : "Reference count player");
  if (decoded === null) root.replaceChildren(waiting());
  else if (decoded instanceof Unreadable) root.replaceChildren(failure(decoded.message));
  else {
    around.choice.offer(decoded);
    if (decoded.error) {
      const notice = diagnostics(decoded.title, decoded.error.message);
      root.replaceChildren(h("div", { class: "bar" }, around.choice.element), around.trouble.element, notice);
      return undefined;
    }
    try {
      const start = Number(model.get("position"));
      const { beside } = decoded;
      return beside ? openDuo(root, decoded, beside, start, around, () => alone(decoded)) : openStage(root, decoded, start, around);
    } catch (error) {
      root.replaceChildren(failure(worded(error)));
    }
  }
  return undefined;
}

function worded(error: unknown): string {
  return error instanceof Unreadable ? error.message : `Something in it was not expected (${String(error)}). Run the cell again.`;
}

export default { render };
