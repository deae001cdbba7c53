/** The gallery's first page: finds cards, and follows a link that names a run, or holds its text, and a step. */

import { h } from "./dom";
import { placeOf } from "./link";

const main = document.querySelector<HTMLElement>("main");
const cards = [...document.querySelectorAll<HTMLElement>("li[data-name]")];
const search = document.querySelector<HTMLElement>("[role=search]");
const alert = document.querySelector<HTMLElement>("[role=alert]");

const textOf = (card: HTMLElement): string => card.querySelector("pre")?.textContent ?? "";

function find(words: string): void {
  const wanted = words.toLowerCase().split(/\s+/);
  let found = 0;
  for (const card of cards) {
    const all = `${card.closest("section")?.querySelector("h2")?.textContent} ${card.textContent}`.toLowerCase();
    card.hidden = !wanted.every((word) => all.includes(word));
    if (!card.hidden) found++;
  }
  for (const shelf of document.querySelectorAll("section")) shelf.hidden = !shelf.querySelector("li:not([hidden])");
  const said = search?.querySelector("[role=status]");
  if (said) said.textContent = words ? `${found} of ${cards.length}` : "";
}

/** Goes to the page a fragment names; a text that is on no page is shown with the way to run it. */
async function follow(fragment: string): Promise<void> {
  alert?.replaceChildren();
  let place;
  try {
    place = await placeOf(fragment);
  } catch {
    return tell("The text in this link is cut off or broken. Copy the whole link again.");
  }
  if (!place) return;
  const { scenario, text, step } = place;
  const card = cards.find((one) => (scenario ? one.dataset.name === scenario : textOf(one).trimEnd() === text?.trimEnd()));
  const page = card?.querySelector("a")?.getAttribute("href");
  if (page) return location.replace(`${page}#step=${step}`);
  if (scenario) return tell(`No run here is called ${scenario}. It may be of another version of the course.`);
  tell("The C text in this link is none of this gallery's. Pages without a kernel cannot run it; sslrefs in Jupyter or in a terminal can.", text);
}

function tell(message: string, text?: string): void {
  alert?.append(h("p", {}, message));
  if (text !== undefined) {
    const kernel = main?.dataset.kernel;
    if (kernel) alert?.append(h("p", {}, h("a", { href: kernel + location.hash }, "Run it in this browser")));
    alert?.append(h("pre", { tabindex: "0", "aria-label": "The C text" }, text));
  }
}

if (search) search.hidden = false;
search?.querySelector("input")?.addEventListener("input", (event) => find((event.target as HTMLInputElement).value.trim()));
window.addEventListener("hashchange", () => void follow(location.hash));
void follow(location.hash);
