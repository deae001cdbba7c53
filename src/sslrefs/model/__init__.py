"""The ownership model of libssl: pure, exact, and the base of all else."""

from __future__ import annotations

from sslrefs.model.calls import CALLS, Call, call_named
from sslrefs.model.library import LIBRARIES, OPENSSL_3, Library, library_named
from sslrefs.model.objects import NULL, UNINITIALISED, ObjectId, Value
from sslrefs.model.outcome import NeedsCallback, Outcome, Violation
from sslrefs.model.rules import step
from sslrefs.model.world import CLOCK_START, Peer, World, empty_world

__all__ = [
    "CALLS",
    "CLOCK_START",
    "LIBRARIES",
    "NULL",
    "OPENSSL_3",
    "UNINITIALISED",
    "Call",
    "Library",
    "NeedsCallback",
    "ObjectId",
    "Outcome",
    "Peer",
    "Value",
    "Violation",
    "World",
    "call_named",
    "empty_world",
    "library_named",
    "step",
]
