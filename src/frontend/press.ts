/**
 * Sends a press to the kernel, and says so when nobody answers: the kernel was ended or begun anew, or the notebook was
 * opened again and shows what was saved. A button that does nothing and says nothing looks broken.
 */

import { h } from "./dom";
import type { Model } from "./model";

const PATIENCE = 4000; // milliseconds; a kernel that is at work answers when it is done, and then the words go

const NOBODY = "Nobody answers. The kernel is busy, or it is not the one that made this: then run this cell again.";

export interface Presses {
  send(content: unknown): void;
  close(): void;
}

export function pressesOf(model: Model, el: HTMLElement): Presses {
  const told = h("p", { class: "sslrefs-nobody", role: "alert" });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    told.textContent = NOBODY;
    el.append(told);
  };
  const hear = (content?: unknown): void => {
    if (!(content as { heard?: boolean } | undefined)?.heard) return;
    clearTimeout(waiting);
    told.remove();
  };
  model.on("msg:custom", hear);
  return {
    send: (content) => {
      clearTimeout(waiting);
      waiting = setTimeout(tell, PATIENCE);
      try {
        model.send(content);
      } catch {
        clearTimeout(waiting);
        tell();
      }
    },
    close: () => {
      clearTimeout(waiting);
      model.off("msg:custom", hear);
    },
  };
}
