/**
 * Whether somebody answers: Python runs texts again, and the player cannot.
 * It is asked once, and again whenever the connection changes.
 */

import type { Model } from "./model";

/** What is to be done when a run leaves the player. */
export type Closing = (() => void)[];

export interface Kernel {
  /** Tells at once, and whenever it changes, until `closing` is gone through. */
  watch(told: (isThere: boolean) => void, closing?: Closing): void;
  /** Sets what is wished for; the answer is another payload, or a problem. */
  wish(name: "library" | "edit" | "whole", value: unknown): void;
  /** The problem with the last wish, "" if there is none. */
  problem(): string;
  close(): void;
}

export function kernelOf(model: Model, troubled: () => void): Kernel {
  const watching = new Set<(isThere: boolean) => void>();
  let isThere = false;
  const tell = (now: boolean): void => {
    isThere = now;
    for (const told of watching) told(now);
  };
  const ask = (): void => {
    tell(false);
    try {
      model.send({ ask: "rerun" });
    } catch {
      // The connection is gone while it is being told so; nobody is there.
    }
  };
  const hear = (content?: unknown): void => tell((content as { rerun?: boolean } | undefined)?.rerun === true);
  const heard: [string, (content?: unknown) => void][] = [
    ["msg:custom", hear],
    ["change:problem", troubled],
    ["comm_live_update", ask],
  ];
  for (const [event, call] of heard) model.on(event, call);
  ask();
  return {
    watch: (told, closing) => {
      watching.add(told);
      closing?.push(() => watching.delete(told));
      told(isThere);
    },
    wish: (name, value) => {
      model.set("problem", ""); // so that the same problem is news again
      model.set(name, value);
      if (isThere) model.save_changes();
    },
    problem: () => String(model.get("problem") ?? ""),
    close: () => {
      for (const [event, call] of heard) model.off(event, call);
    },
  };
}
