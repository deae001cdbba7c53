/**
 * Takes Python's drawing into the page: parsed as XML, never as HTML, refused
 * when it holds more than a drawing, and with ids of its own in every view.
 */

import { Unreadable } from "./payload";

const ALLOWED = new Set(
  "svg g path polygon polyline rect circle ellipse line text tspan title desc defs marker clipPath pattern".split(" "),
);

/** The drawing as an element that may stand in the page beside another copy of itself. */
export function adopt(text: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  if (parsed.querySelector("parsererror") || parsed.documentElement.localName !== "svg") {
    throw new Unreadable("This run's picture is not an SVG drawing. Run the cell again.");
  }
  // Before it enters the page: there a picture would start to load and to act at once.
  for (const element of [parsed.documentElement, ...parsed.querySelectorAll("*")]) refuseActive(element);
  const svg = document.importNode(parsed.documentElement, true) as Element as SVGSVGElement;
  separate([svg, ...svg.querySelectorAll("*")]);
  svg.setAttribute("aria-hidden", "true");
  return svg;
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
function separate(elements: Element[]): void {
  const prefix = `v${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}-`;
  for (const element of elements) {
    for (const attribute of [...element.attributes]) {
      if (attribute.localName === "id") attribute.value = prefix + attribute.value;
      else if (attribute.localName === "href") attribute.value = `#${prefix}${attribute.value.slice(1)}`;
      else if (attribute.value.includes("url(#")) attribute.value = attribute.value.replaceAll("url(#", `url(#${prefix}`);
    }
  }
  elements[0]?.setAttribute("data-ids", prefix);
}
