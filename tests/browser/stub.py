"""An empty page with a stand-in for the widget's model, on which players are mounted.

No Jupyter here: the built script is loaded as anywidget loads it, from a blob.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from tests.browser.sample import pack

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

__all__ = ["URL", "StubPage", "answer"]

URL = "http://player.test/"
STATIC = Path(__file__).parents[2] / "src" / "sslrefs" / "static"

Form = Literal["DataView", "ArrayBuffer", "Uint8Array", "offset"]

HTML = """<!doctype html><html lang="en"><meta charset="utf-8"><title>players</title>
<style>body { margin: 8px }</style><main></main>
<script>
window.leaked = [];
for (const kind of ["keydown", "keyup"]) {
  document.addEventListener(kind, (event) => {
    if (kind === "keydown") leaked.push(event.key);
  });
}
window.outside = [];
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...rest) {
  if (!(this instanceof Element) || this === document.body) outside.push(kind);
  return add.call(this, kind, ...rest);
};
class Model {
  constructor(state) { this.state = state; this.heard = []; this.saved = 0; this.sent = []; }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (this.state[name] === value) return;
    this.state[name] = value;
    for (const [event, call] of [...this.heard]) if (event === "change:" + name) call();
  }
  on(event, call) { this.heard.push([event, call]); }
  off(event, call) { this.heard = this.heard.filter(([e, c]) => e !== event || c !== call); }
  save_changes() { this.saved++; }
  send(content) { this.sent.push(content); }
  tell(event, content) {
    for (const [heard, call] of [...this.heard]) if (heard === event) call(content);
  }
}
window.forms = {
  DataView: (bytes) => new DataView(bytes.buffer),
  ArrayBuffer: (bytes) => bytes.buffer,
  Uint8Array: (bytes) => bytes,
  offset: (bytes) => {
    const roomy = new Uint8Array(bytes.length + 7);
    roomy.set(bytes, 5);
    return new DataView(roomy.buffer, 5, bytes.length);
  },
};
window.bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
window.models = [];
window.views = [];
window.mount = (model) => {
  const el = document.createElement("div");
  document.querySelector("main").append(el);
  views.push({ el, model, close: widget.render({ model, el }) });
};
</script></html>"""

LOAD = """async (script) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  window.widget = (await import(url)).default;
}"""


def answer(route: Route) -> None:
    """Serves the empty page for every request."""
    route.fulfill(body=HTML, content_type="text/html; charset=utf-8")


@dataclass(frozen=True)
class StubPage:
    """A page with the player's script loaded."""

    page: Page

    def load(self) -> None:
        """Opens the page and loads the script as committed; the style sheet is in it."""
        self.page.route("**/*", answer)
        self.page.goto(URL)
        self.page.evaluate(LOAD, (STATIC / "player.js").read_text(encoding="utf-8"))

    def mount(self, payload: object, *, position: int = -1, form: Form = "DataView") -> Locator:
        """A player of its own model; returns its root when it has loaded."""
        return self.mount_bytes(pack(payload), position=position, form=form)

    def mount_bytes(self, data: bytes, *, position: int = -1, form: Form = "DataView") -> Locator:
        """Like `mount`, with the trait's bytes as they are."""
        self.page.evaluate(
            """([data, position, form]) => {
              models.push(new Model({ payload: forms[form](bytesOf(data)), position }));
              mount(models.at(-1));
            }""",
            [base64.b64encode(data).decode(), position, form],
        )
        return self.last()

    def bring(self, payload: object, **traits: object) -> None:
        """What Python does to the last model: other traits, then another payload."""
        self.page.evaluate(
            """([data, traits]) => {
              for (const [name, value] of Object.entries(traits)) models.at(-1).set(name, value);
              if (data) models.at(-1).set("payload", forms.DataView(bytesOf(data)));
            }""",
            ["" if payload is None else base64.b64encode(pack(payload)).decode(), traits],
        )

    def mount_again(self) -> Locator:
        """Another view of the last model."""
        self.page.evaluate("mount(models.at(-1))")
        return self.last()

    def last(self) -> Locator:
        """The root of the newest view, loaded."""
        count = cast("int", self.page.evaluate("views.length"))
        root = self.page.locator(".sslrefs").nth(count - 1)
        root.and_(self.page.locator("[data-loaded]")).wait_for()
        return root

    def leaked(self) -> list[str]:
        """The keys that got out of the players to the document."""
        return cast("list[str]", self.page.evaluate("leaked"))
