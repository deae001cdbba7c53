"""What one learner costs a server: memory of a kernel, CPU of a lesson, of an operation, of a replay.

Measured in a kernel of its own, as a notebook server starts it.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import psutil
from jupyter_client.manager import KernelManager

from tests.browser.jupyter import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["lines"]

_MB = 1_000_000
_LIMIT = 120
# CPU of the kernel and of the programs it started, in milliseconds.
_CLOCK = """
import json, resource, statistics
from IPython.display import display
from sslrefs.lessons import LESSONS

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) * 1000
"""
_LESSON = """
began = spent()
texts = [one.text for one in LESSONS[0].scenarios.values()]
for text in texts:
    display(sslrefs.run(text))
print(json.dumps([len(texts), spent() - began]))
"""
# What the Add button does with a typed line.
_OPERATIONS = """
lines = ["SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());"]
for n in range({connections}):
    lines += [f"SSL *ssl{{n}} = SSL_new(ctx);", f"SSL_accept(ssl{{n}});"]
    lines += [f"SSL_SESSION *s{{n}} = SSL_get1_session(ssl{{n}});"]
    lines += [f"SSL_SESSION_up_ref(s{{n}});", f"SSL_SESSION_free(s{{n}});"]
medians, most = [], []
for _ in range(3):
    box, took = sslrefs.sandbox(), []
    for line in lines:
        began = spent()
        box._type(line)
        took.append(spent() - began)
    medians.append(statistics.median(took))
    most.append(max(took))
objects = len(box.bench.run.timeline.objects())
print(json.dumps([objects, len(lines), min(medians), min(most)]))
"""


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    yield from _server()
    with _kernel() as (ask, process):
        ask("1")
        used = process.cpu_times()
        yield f"a kernel's start      {(used.user + used.system) * 1000:9.0f} ms CPU"
        yield f"a kernel alone        {_memory(process)}"
        ask("import sslrefs; sslrefs.run('SSL_SESSION *s = SSL_SESSION_new();').player")
        yield f"  sslrefs, one player {_memory(process)} (goal: 120 MB)"
        ask(_CLOCK)
        runs, spent = json.loads(ask(_LESSON))
        yield f"the first lesson      {spent:9.0f} ms CPU for its {runs} players, once"
        for connections in (3, 8):
            asked = _OPERATIONS.format(connections=connections)
            objects, count, middle, most = json.loads(ask(asked))
            yield (
                f"a sandbox operation   {middle:9.1f} ms CPU (median of {count} up to {objects} "
                f"objects; most {most:.1f}; goal: 5 ms)"
            )
        yield f"  after all that      {_memory(process)}"
    yield "a step of a replay            0 ms: it sends no message, as the browser tests hold"


def _server() -> Iterator[str]:
    """A learner's own notebook server, as a hub starts one for each."""
    before = set(psutil.Process().children())
    with tempfile.TemporaryDirectory() as folder, serving("lab", Path(folder)):
        (process,) = set(psutil.Process().children()) - before
        used = process.cpu_times()
        yield f"a JupyterLab server   {_memory(process)}"
        yield f"  its start           {(used.user + used.system) * 1000:9.0f} ms CPU"


def _memory(process: psutil.Process) -> str:
    """Resident memory, and how much of it no other kernel shares."""
    memory = process.memory_full_info()
    return f"{memory.rss / _MB:9.0f} MB resident, {memory.uss / _MB:.0f} of its own"


@contextmanager
def _kernel() -> Iterator[tuple[Callable[[str], str], psutil.Process]]:
    """A kernel: how to ask it for what a code prints, and its process."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=_LIMIT)

        def ask(code: str) -> str:
            said: list[str] = []

            def hear(message: dict[str, Any]) -> None:
                if message["msg_type"] == "stream":
                    said.append(message["content"]["text"])
                elif message["msg_type"] == "error":
                    raise RuntimeError("\n".join(message["content"]["traceback"]))

            client.execute_interactive(code, timeout=_LIMIT, output_hook=hear)
            return "".join(said)

        yield ask, psutil.Process(cast("Any", manager.provisioner).pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
