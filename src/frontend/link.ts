/** A place in a run as the last part of a link: the text, the library and the step. */

import type { Run } from "./payload";

/** The step that a link's fragment names, or null if it names none. */
export function stepOf(fragment: string): number | null {
  const step = new URLSearchParams(fragment.replace(/^#/, "")).get("step");
  return step !== null && /^\d+$/.test(step) ? Number(step) : null;
}

export async function fragmentOf(run: Run, position: number): Promise<string> {
  const stream = new Blob([run.source.join("\n")]).stream().pipeThrough(new CompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#${new URLSearchParams({ step: String(position), library: run.library, text })}`;
}
