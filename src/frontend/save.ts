/** Takes things out of the player: what the browser can make itself, and what Python is asked for. */

import { button, drawing, h, homeOf, QUIET } from "./dom";
import type { Closing, Kernel } from "./kernel";
import type { Run } from "./payload";

const SCALE = 2; // of a PNG: sharp on a projector

export interface Saving {
  readonly run: Run;
  /** The drawing of the moment shown. */
  still(): SVGSVGElement | null;
  /** The film strip: the steps chosen for it, or all that change something. */
  film(): SVGSVGElement | null;
  /** Who makes what the browser cannot, if there is somebody. */
  readonly kernel?: Kernel | undefined;
  readonly closing: Closing;
  position(): number;
  /** Its place as part of a link. */
  link(): Promise<string>;
}

type Format = "svg" | "png" | "film" | "c" | "link";
const FORMATS: [Format, string][] = [
  ["svg", "SVG of this step"],
  ["png", "PNG of this step"],
  ["film", "film strip as SVG"],
  ["c", "C text"],
  ["link", "link to this step"],
];

/** What Python makes: its name for it, what people call it, the file. */
const MADE: [form: string, words: string, file: string][] = [
  ["html", "HTML page that plays", "sslrefs.html"],
  ["c", "C program to compile", "sslrefs-program.c"],
  ["json", "data as JSON", "sslrefs.json"],
  ["dot", "DOT of this step", "sslrefs.dot"],
];

export function saveControl(saving: Saving): HTMLElement {
  const list = h("select", { "aria-label": "Save as", ...QUIET }, ...FORMATS.map(([value, words]) => h("option", { value }, words)));
  const made = MADE.map(([form, words]) => h("option", { value: `made ${form}` }, words));
  const group = h("optgroup", {}, ...made);
  if (saving.kernel) list.append(group);
  saving.kernel?.watch((isThere) => {
    group.disabled = !isThere;
    group.label = isThere ? "made by the kernel" : "these need a running kernel";
  }, saving.closing);
  const told = h("span", { class: "told", role: "status" });
  const press = (): void => {
    const wanted = MADE.find(([form]) => list.value === `made ${form}`);
    if (wanted) told.textContent = "The kernel makes it …";
    (wanted ? fetched(wanted[0], wanted[2], saving) : make(list.value as Format, saving, homeOf(list)))
      .then((words) => (told.textContent = words))
      .catch((error: unknown) => (told.textContent = `It could not be saved (${String(error)}).`));
  };
  return h("span", { class: "save" }, list, button("Save it", "Save", press), told);
}

async function fetched(form: string, name: string, { kernel, position }: Saving): Promise<string> {
  if (!kernel) return "This needs a running kernel.";
  return download("application/octet-stream", new Blob([await kernel.file(form, position())]), name);
}

async function make(format: Format, saving: Saving, home: DocumentOrShadowRoot): Promise<string> {
  if (format === "c") return download("text/x-c", saving.run.source.join("\n") + "\n", "sslrefs.c");
  if (format === "link") {
    const link = await saving.link();
    await navigator.clipboard.writeText(link);
    return "The link is in the clipboard.";
  }
  const svg = format === "film" ? saving.film() : saving.still();
  if (!svg) return "There is nothing to draw.";
  const text = standalone(svg, home);
  if (format === "png") return download("image/png", await raster(text, svg), "sslrefs.png");
  return download("image/svg+xml", text, format === "film" ? "sslrefs-film.svg" : "sslrefs.svg");
}

function download(type: string, content: string | Blob, name: string): string {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
  return `Saved as ${name}.`;
}

/** The drawing with the rules of its look, as the page has them. */
function standalone(svg: SVGSVGElement, home: DocumentOrShadowRoot): string {
  const sheets = [...home.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules];
    } catch {
      return []; // a sheet from elsewhere keeps its rules to itself
    }
  });
  // The file needs no mark of the version it was made with.
  const rules = sheets.map(({ cssText }) => cssText.replace(/:where\(\[data-look[^)]*\)/g, "")).filter((text) => text.includes(".sslrefs-picture") && !text.includes("prefers-color-scheme"));
  const { x, y, width, height } = svg.viewBox.baseVal;
  const paper = drawing("rect", { class: "paper", x: String(x), y: String(y), width: "100%", height: "100%" });
  svg.prepend(drawing("style", {}, document.createTextNode(rules.join("\n"))), paper);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(svg);
}

async function raster(text: string, svg: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const { width, height } = svg.viewBox.baseVal;
  const canvas = Object.assign(document.createElement("canvas"), { width: width * SCALE, height: height * SCALE });
  const pen = canvas.getContext("2d");
  pen?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((made, failed) => canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error("no image")))));
}
