/** The player as an anywidget: decodes the payload and shows the run, or says why it cannot. */

import { h, QUIET } from "./dom";
import { type LibraryChoice, libraryChoice } from "./library";
import type { Model } from "./model";
import { diagnostics, failure, waiting } from "./notice";
import { Grown } from "./grown";
import { glide, keep, restore } from "./keep";
import { type Run, Unreadable } from "./payload";
import { openStage, type Stage } from "./stage";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const root = h("div", { class: "sslrefs", role: "group", tabindex: "-1", ...QUIET });
  el.append(root);
  const choice = libraryChoice(model);
  let stage: Stage | undefined;
  const grown = new Grown();
  let latest = 0;

  const load = async (): Promise<void> => {
    const mine = ++latest;
    const decoded = await grown.run(model.get("payload"), model.get("growth")).catch((error: unknown) => new Unreadable(worded(error)));
    if (mine !== latest) return; // a newer payload came, or the view is gone
    const focused = root.contains(root.ownerDocument.activeElement) ? (root.ownerDocument.activeElement as HTMLElement) : null;
    const kept = stage && model.get("growth") !== undefined ? keep(root) : null;
    stage?.close();
    delete root.dataset.step;
    stage = present(root, model, decoded, choice);
    if (kept) {
      restore(root, kept);
      glide(root, kept);
    }
    // What had the focus was just taken out of the page: else the next key would reach the notebook.
    if (focused) (root.contains(focused) ? focused : root).focus({ preventScroll: true });
    root.dataset.loaded = String(mine);
  };
  const changed = (): void => void load();
  const follow = (): void => stage?.go(Number(model.get("position")));
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
    stage?.close();
    root.remove();
  };
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
function present(root: HTMLElement, model: Model, decoded: Run | Unreadable | null, choice: LibraryChoice): Stage | undefined {
  const title = decoded && "title" in decoded ? decoded.title : "";
  root.setAttribute("aria-label", title ? `Reference count player: ${title}` : "Reference count player");
  if (decoded === null) root.replaceChildren(waiting());
  else if (decoded instanceof Unreadable) root.replaceChildren(failure(decoded.message));
  else {
    choice.offer(decoded);
    if (decoded.error) {
      const notice = diagnostics(decoded.title, decoded.error.message);
      root.replaceChildren(h("div", { class: "bar" }, choice.element), choice.message, notice);
      return undefined;
    }
    try {
      // Only set, not saved: other views and a saved notebook know the position, and a step sends no message.
      const moved = (position: number): void => model.set("position", position);
      return openStage(root, decoded, Number(model.get("position")), choice, { moved, ...choosing(model) });
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
