/** A place in a run as the last part of a link: the text, or the name of one of the course, the library and the step. */

import { inflate, type Run } from "./payload";

export interface Place {
  readonly scenario?: string;
  readonly text?: string;
  readonly step: number;
}

/** The step that a link's fragment names, or null if it names none. */
export function stepOf(fragment: string): number | null {
  const step = words(fragment).get("step");
  return step !== null && /^\d+$/.test(step) ? Number(step) : null;
}

/** The place that a link's fragment names, or null if it names none; fails if its text is broken. */
export async function placeOf(fragment: string): Promise<Place | null> {
  const step = stepOf(fragment) ?? 0;
  const scenario = words(fragment).get("scenario");
  if (scenario) return { scenario, step };
  const packed = words(fragment).get("text");
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return { text: await inflate(bytes), step };
}

/** This place as a link: a page of its own opens it here; JupyterLite by the page our site has for that. */
export async function linkTo(run: Run, position: number): Promise<string> {
  const lite = document.querySelector<HTMLElement>("[data-jupyter-lite-root]")?.dataset.jupyterLiteRoot;
  const page = lite === undefined ? location.href.replace(/#.*/, "") : new URL(`${lite}/open.html`, location.href).href;
  return page + (await fragmentOf(run, position));
}

async function fragmentOf(run: Run, position: number): Promise<string> {
  const stream = new Blob([run.source.join("\n")]).stream().pipeThrough(new CompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#${new URLSearchParams({ step: String(position), library: run.library, text })}`;
}

function words(fragment: string): URLSearchParams {
  return new URLSearchParams(fragment.replace(/^#/, ""));
}
