/**
 * Makes elements. Text only ever enters the page through here, as text nodes:
 * nothing in the player is parsed as HTML.
 */

type Attributes = Record<string, string>;

/**
 * JupyterLab ignores its own key bindings for an element that carries this.
 * It looks at the focused element first, so each focusable element needs it;
 * on the root alone it does not help.
 */
export const QUIET: Attributes = { "data-lm-suppress-shortcuts": "true" };

const SVG = "http://www.w3.org/2000/svg";

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    // A strict page forbids style attributes; what a script sets it allows.
    if (name === "style") element.style.cssText = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function drawing(tag: string, attributes: Attributes = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The page or the shadow root that an element stands in: who knows the focus and the style sheets. */
export function homeOf(element: Element): DocumentOrShadowRoot {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root : element.ownerDocument;
}

/** A button; a text is its own name, an icon is named by the label. */
export function button(label: string, content: Node | string, press: () => void, className = ""): HTMLButtonElement {
  const named: Attributes = typeof content === "string" ? {} : { "aria-label": label };
  const element = h("button", { type: "button", class: className, title: label, ...named, ...QUIET }, content);
  // The element lives and dies with its view, so its listener needs no removal.
  element.addEventListener("click", press);
  return element;
}

/** A place that scrolls. Browsers let the keyboard focus it, so it must be quiet too. */
export function scroller<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  label: string,
  attributes: Attributes = {},
): HTMLElementTagNameMap[Tag] {
  return h(tag, { tabindex: "0", "aria-label": label, ...QUIET, ...attributes });
}
