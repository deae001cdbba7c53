/** The player as an anywidget: decodes the payload and shows the run, or says why it cannot. */

import { h, QUIET } from "./dom";
import { diagnostics, failure, waiting } from "./notice";
import { decode, type Run, Unreadable } from "./payload";
import { openStage, type Stage } from "./stage";

/** The part of anywidget's model that the player uses. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, heard: () => void): void;
  off(event: string, heard: () => void): void;
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const root = h("div", { class: "sslrefs", role: "group", tabindex: "-1", ...QUIET });
  el.append(root);
  let stage: Stage | undefined;
  let latest = 0;

  const load = async (): Promise<void> => {
    const mine = ++latest;
    const decoded = await decode(model.get("payload")).catch((error: unknown) => new Unreadable(worded(error)));
    if (mine !== latest) return; // a newer payload came, or the view is gone
    stage?.close();
    delete root.dataset.step;
    stage = present(root, model, decoded);
    root.dataset.loaded = String(mine);
  };
  const changed = (): void => void load();
  const follow = (): void => stage?.go(Number(model.get("position")));
  model.on("change:payload", changed);
  model.on("change:position", follow);
  changed();
  return () => {
    latest = NaN;
    model.off("change:payload", changed);
    model.off("change:position", follow);
    stage?.close();
    root.remove();
  };
}

/** Shows what was decoded. Whatever goes wrong becomes a message in the player's place. */
function present(root: HTMLElement, model: Model, decoded: Run | Unreadable | null): Stage | undefined {
  const title = decoded && "title" in decoded ? decoded.title : "";
  root.setAttribute("aria-label", title ? `Reference count player: ${title}` : "Reference count player");
  if (decoded === null) root.replaceChildren(waiting());
  else if (decoded instanceof Unreadable) root.replaceChildren(failure(decoded.message));
  else if (decoded.error) root.replaceChildren(diagnostics(decoded.title, decoded.error.message));
  else {
    try {
      // Only set, not saved: other views and a saved notebook know the position, and a step sends no message.
      return openStage(root, decoded, Number(model.get("position")), (position) => model.set("position", position));
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
