"""Debian's Firefox, driven by WebDriver BiDi, which it speaks itself: Playwright knows only its own build."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import websocket

from tests.required import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Firefox", "firefox"]

PROGRAMS = ("firefox-esr", "firefox")
HOW = "no Firefox found: install it (Debian: apt-get install firefox-esr)"
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
LIMIT = 60  # seconds for an answer
KEYS = {"ArrowRight": "\ue014", "End": "\ue010", "Shift": "\ue008"}


@dataclass
class Firefox:
    """A page in a running Firefox."""

    socket: websocket.WebSocket
    context: str = ""
    problems: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, method: str, **parameters: object) -> Any:
        """Sends a command and returns its result; notes what the page logs meanwhile."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded":
                self.problems.append(message["params"]["text"])
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address: str, width: int = 1280) -> None:
        """Opens a page and waits until its player has loaded."""
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.resize(width)
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")
        self.run(
            "new Promise((done) => { const look = () => document.querySelector('.sslrefs[data-loaded]')"
            " ? done() : requestAnimationFrame(look); look(); })"
        )

    def resize(self, width: int) -> None:
        viewport = {"width": width, "height": 720}
        self.ask("browsingContext.setViewport", context=self.context, viewport=viewport)

    def run(self, script: str) -> Any:
        """The value of a script in the page."""
        target = {"context": self.context}
        told = self.ask("script.evaluate", expression=script, target=target, awaitPromise=True)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def press(self, *keys: str) -> None:
        """Presses keys; the first is held if there are two."""
        values = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        action = {"type": "key", "id": "keyboard", "actions": down + up}
        self.ask("input.performActions", context=self.context, actions=[action])


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox of its own, ended with the block."""
    profile = folder / "profile"
    profile.mkdir()
    command = [program("firefox", PROGRAMS, HOW), "--headless", "--no-remote", "--profile"]
    process = subprocess.Popen(
        [*command, str(profile), "--remote-debugging-port", "0", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HOME": str(folder)},
    )
    try:
        assert process.stderr is not None
        found = next(filter(None, map(LISTENING.search, process.stderr)))
        socket = websocket.create_connection(
            f"{found[1]}/session", timeout=LIMIT, suppress_origin=True
        )
        page = Firefox(socket)
        page.ask("session.new", capabilities={})
        yield page
        socket.close()
    finally:
        process.terminate()
        process.communicate(timeout=LIMIT)
