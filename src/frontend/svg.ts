/**
 * Takes Python's drawing into the page: parsed as XML, never as HTML, refused
 * when it holds more than a drawing, and with ids of its own in every view.
 */

import { Unreadable } from "./payload";

const ALLOWED = new Set(
  "svg g path polygon polyline rect circle ellipse line text tspan title desc defs marker clipPath pattern".split(" "),
);

/** What each item was drawn as, before a moment changed its classes and texts. */
const written = new WeakMap<Element, { markup: string | undefined; words: string }>();

/** Items stand one after another in their layer, each a group with an id. */
const ITEM = /(?=<g id=")/;

/** The drawing as an element that may stand in the page beside another copy of itself. */
export function adopt(text: string): SVGSVGElement {
  const svg = read(text);
  note(svg, itemsOf(text));
  separate(svg, `v${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}-`);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

/** Makes a drawing in the page show another text; items that are drawn the same are not even read, and stay as they are. */
export function renew(svg: SVGSVGElement, text: string): void {
  const prefix = svg.getAttribute("data-ids") ?? "";
  const known = new Map([...svg.querySelectorAll("g[id]")].map((item) => [item.id, item]));
  const markups = itemsOf(text);
  const stay = (id: string): Element | undefined => {
    const item = known.get(prefix + id);
    return item && written.get(item)?.markup === markups.get(id) ? item : undefined;
  };
  const next = read(text.split(ITEM).map((piece) => (stay(idOf(piece)) ? `<g id="${idOf(piece)}"/>${piece.slice(ownOf(piece).length)}` : piece)).join(""));
  note(next, markups);
  // Even the same numbers, set again, would lay out every text of the drawing.
  const box = next.getAttribute("viewBox") ?? "";
  if (svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
  [...next.children].forEach((layer, index) => {
    const old = svg.children[index];
    if (!old || !layer.querySelector(":scope > g[id]")) {
      separate(layer, prefix);
      if (old?.isEqualNode(layer)) return;
      if (old) old.replaceWith(layer);
      else svg.append(layer);
      return;
    }
    const stays = [...layer.children].map((item) => {
      const same = stay(item.id);
      if (same) return same;
      separate(item, prefix);
      return item;
    });
    arrange(old, stays);
  });
}

/** Gives a parent these children; those that are there and in order are not touched. */
function arrange(parent: Element, children: Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** The classes that an item was drawn with. */
export function plainClass(item: Element): string {
  return written.get(item)?.words ?? item.getAttribute("class") ?? "";
}

function read(text: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  if (parsed.querySelector("parsererror") || parsed.documentElement.localName !== "svg") {
    throw new Unreadable("This run's picture is not an SVG drawing. Run the cell again.");
  }
  // Before it enters the page: there a picture would start to load and to act at once.
  for (const element of [parsed.documentElement, ...parsed.querySelectorAll("*")]) refuseActive(element);
  return document.importNode(parsed.documentElement, true) as Element as SVGSVGElement;
}

/** Remembers what the items of a drawing were drawn as. */
function note(svg: Element, markups: Map<string, string>): void {
  for (const item of svg.querySelectorAll("g[id]")) {
    written.set(item, { markup: markups.get(item.id), words: item.getAttribute("class") ?? "" });
  }
}

/** The markup of each item by its id. */
function itemsOf(text: string): Map<string, string> {
  return new Map(text.split(ITEM).slice(1).map((piece) => [idOf(piece), ownOf(piece)]));
}

function idOf(piece: string): string {
  return /^<g id="([^"]*)"/.exec(piece)?.[1] ?? "";
}

/** A piece up to where its group closes: behind the last item of a layer more comes. */
function ownOf(piece: string): string {
  let depth = 0;
  for (const { 0: tag, 1: closed, index } of piece.matchAll(/<g\b[^>]*?(\/?)>|<\/g>/g)) {
    depth += tag === "</g>" ? -1 : closed ? 0 : 1;
    if (depth === 0) return piece.slice(0, index + tag.length);
  }
  return piece;
}

/** Python draws nothing that acts or loads; a payload that does was made by someone else. */
function refuseActive(element: Element): void {
  const isDrawn = element.namespaceURI === "http://www.w3.org/2000/svg" && ALLOWED.has(element.localName);
  const active = [...element.attributes].find(
    ({ localName, value }) => /^on/i.test(localName) || (/^(href|src)$/i.test(localName) && !value.startsWith("#")),
  );
  if (isDrawn && !active) return;
  const what = active ? `the attribute ${active.name}` : `<${element.localName}>`;
  throw new Unreadable(`This run's picture was refused: it holds ${what}, which no drawing of sslrefs needs.`);
}

/** Two views of one run would otherwise share ids, and the later would use the earlier one's markers. */
function separate(root: Element, prefix: string): void {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      if (attribute.localName === "id") attribute.value = prefix + attribute.value;
      else if (attribute.localName === "href") attribute.value = `#${prefix}${attribute.value.slice(1)}`;
      else if (attribute.value.includes("url(#")) attribute.value = attribute.value.replaceAll("url(#", `url(#${prefix}`);
    }
  }
  if (root.localName === "svg") root.setAttribute("data-ids", prefix);
}
