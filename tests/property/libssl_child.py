"""Walks in a process of their own: what libssl does there hurts nobody, and cannot hang us.

A child that crashes or gives no answer in time is an answer too: libssl did
that where the model sees nothing undefined.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from multiprocessing.connection import Connection
from typing import Literal

from sslrefs.oracle.library import LibsslNotFoundError, load
from tests.property.libssl_beliefs import believe
from tests.property.libssl_walker import Answer, Plan, Walk

__all__ = ["ANSWER_LIMIT", "Child"]

ANSWER_LIMIT = 20.0
"""Seconds one call may take; the slowest, a doomed one, is stopped after far fewer."""
_START_LIMIT = 120.0  # a busy machine may take its time to start a process

Request = Plan | tuple[int, int] | Literal["leave"]


class Child:
    """A process that walks; a new one is started when it has died.

    `path` names the libssl, None the machine's. `library` is its version text,
    `lines` is the walk so far, `limit` is in seconds; `belief` is a wrong rule
    that the model gets there.
    """

    def __init__(
        self, path: str | None = None, *, limit: float = ANSWER_LIMIT, belief: str | None = None
    ) -> None:
        self._path = path
        self._belief = belief
        self.limit = limit
        self.lines: list[str] = []
        self._start()

    def _start(self) -> None:
        self._differed = False
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._connection, far = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(far, self._path, self._belief), daemon=True
        )
        self.process.start()
        far.close()
        first = self._receive(_START_LIMIT)
        if isinstance(first, LibsslNotFoundError):
            raise first
        self.library = str(first)

    def ask(self, request: Request) -> Answer:
        """The child's answer; a crash or a hang is told as a difference."""
        if isinstance(request, Plan):
            self.lines = []
            if self._differed:  # what was unforeseen may have left its memory corrupt
                self._restart()
        try:
            self._connection.send(request)
            got = self._receive(self.limit)
            while not isinstance(got, Answer):
                self.lines.append(str(got))
                got = self._receive(self.limit)
            self._differed = self._differed or bool(got.differences)
        except (EOFError, ConnectionError):
            self.process.join()
            return self._again(f"libssl {_ended(self.process.exitcode)}")
        except TimeoutError:
            self.process.kill()
            self.process.join()
            return self._again(f"libssl did not return in {self.limit:g} s")
        return got

    def _receive(self, limit: float) -> object:
        if not self._connection.poll(limit):
            raise TimeoutError
        return self._connection.recv()

    def _restart(self) -> None:
        self._connection.close()
        self.process.kill()
        self.process.join()
        self._start()

    def _again(self, difference: str) -> Answer:
        self._restart()
        return Answer(differences=(f"{difference}, where the model sees nothing undefined",))

    def close(self) -> None:
        """End the child."""
        self._connection.close()
        self.process.join(self.limit)
        self.process.kill()


def _ended(code: int | None) -> str:
    return f"ended by {signal.Signals(-code).name}" if code and code < 0 else f"ended with {code}"


def _serve(connection: Connection, path: str | None, belief: str | None) -> None:
    """The child: walk as asked until nobody asks any more."""
    if belief is not None:
        believe(belief)
    try:
        library = load(path)
    except LibsslNotFoundError as error:
        connection.send(error)
        return
    connection.send(library.version)
    walk = Walk(library, connection.send)
    while True:
        try:
            request: Request = connection.recv()
        except EOFError:
            return
        try:
            connection.send(_answer(walk, request))
        except Exception:
            connection.send(Answer(differences=(traceback.format_exc(),)))


def _answer(walk: Walk, request: Request) -> Answer:
    match request:
        case Plan():
            return walk.begin(request)
        case (which, number):
            return walk.take(which, number)
        case _:
            walk.leave()
            return Answer()
