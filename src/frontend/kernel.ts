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
  /** The run as a file's bytes, made by Python. */
  file(form: string, position: number): Promise<ArrayBufferView<ArrayBuffer>>;
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
  const awaited = new Map<string, { made(bytes: ArrayBufferView<ArrayBuffer>): void; failed(error: Error): void }>();
  const hear = (content?: unknown, buffers?: unknown[]): void => {
    const said = (content ?? {}) as { rerun?: boolean; file?: string; problem?: string };
    if (said.file === undefined) return tell(said.rerun === true);
    const [bytes] = (buffers ?? []) as ArrayBufferView<ArrayBuffer>[];
    if (bytes) awaited.get(said.file)?.made(bytes);
    else awaited.get(said.file)?.failed(new Error(said.problem));
    awaited.delete(said.file);
  };
  const heard: [string, (content?: unknown, buffers?: unknown[]) => void][] = [
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
    file: (form, position) => {
      model.send({ ask: "file", form, position });
      return new Promise((made, failed) => awaited.set(form, { made, failed }));
    },
    problem: () => String(model.get("problem") ?? ""),
    close: () => {
      for (const [event, call] of heard) model.off(event, call);
    },
  };
}
