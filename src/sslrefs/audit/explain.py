"""Findings in words: one plain sentence why, the places that matter, what to write instead."""

from __future__ import annotations

import re
from typing import NamedTuple

from sslrefs.audit.ledger import Ledger, Spoiling
from sslrefs.audit.records import Hold, Loss, Misplacement, Refusal, Surplus, Touch
from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Timeline

__all__ = [
    "Site",
    "Story",
    "Teller",
    "as_code",
    "death",
    "leaked",
    "lost",
    "misplaced",
    "not_resumable",
    "other_context",
    "surplus",
    "touched",
]

_FREE = {"ctx": "SSL_CTX_free", "ssl": "SSL_free", "session": "SSL_SESSION_free"}
_UP_REF = {"ctx": "SSL_CTX_up_ref", "ssl": "SSL_up_ref", "session": "SSL_SESSION_up_ref"}


class Site(NamedTuple):
    """A place in the run that has to do with a bug.

    `what` is one of "lent", "taken", "freed", "died", "used" and the like.
    """

    what: str
    step: int
    line: int
    text: str


class Story(NamedTuple):
    """A finding in words."""

    message: str
    fix: str
    sites: tuple[Site, ...]
    cause: str | None = None


class Teller:
    """Finds lines and texts of steps."""

    def __init__(self, timeline: Timeline, ledger: Ledger) -> None:
        self.timeline = timeline
        self.ledger = ledger

    def site(self, what: str, step: int) -> Site:
        """The statement of a step, as a site."""
        found = self.timeline.steps[min(step, len(self.timeline.steps) - 1)]
        return Site(what, found.index, found.line, found.text)

    def line(self, step: int) -> int:
        """The line of a step."""
        return self.site("", step).line

    def death(self, target: ObjectId) -> int | None:
        """The step at which the object died."""
        return self.ledger.deaths.get(target)

    def is_marked(self, session: ObjectId, step: int) -> bool:
        """Whether the session was marked not resumable after a step."""
        return self.timeline.steps[step].world.session(session).spoiled

    def pointer_since(self, place: str | None, step: int) -> int | None:
        """When the variable got the pointer it had at a step."""
        pointer = self.ledger.pointers.get(place) if place else None
        return pointer.since if pointer is not None and pointer.since <= step else None


def as_code(place: str) -> str:
    """A place as the program itself writes it: without its function, and shadowed or not.

    >>> as_code("remember:last"), as_code("s'2"), as_code("f:conn'2->session")
    ('last', 's', 'conn->session')
    """
    return re.sub(r"'\d+", "", place.rpartition(":")[2])


def death(teller: Teller, target: ObjectId, step: int) -> str:
    """What it means that an object died while somebody held it."""
    verb = "holds" if teller.ledger.account(target).count(step) == 1 else "hold"
    betrayed = teller.ledger.few_holders(target, step)
    return f"the memory of {target} goes while {betrayed} still {verb} it"


def surplus(teller: Teller, found: Surplus) -> Story:
    """A free without a reference."""
    target, place = found.target, found.place
    free, up_ref = _FREE[target.kind], _UP_REF[target.kind]
    line = teller.line(found.step)
    holders = teller.ledger.few_holders(target, found.step)
    betrayed = f" Still counting on it: {holders}." if holders else ""
    sites = [teller.site("freed", found.step)]
    if found.other is not None:
        is_later = found.other > found.step
        other = teller.site("missed" if is_later else "given back before", found.other)
        sites.insert(1 if is_later else 0, other)
    who = place or "this expression"
    if found.was_lent:
        since = teller.pointer_since(place, found.step)
        lent = ""
        if since is not None:
            lent = f" at line {teller.line(since)}"
            sites.insert(0, teller.site("lent", since))
        message = (
            f"Line {line} gives back a reference to {target} that the program never took: "
            f"{who} was only lent{lent}.{betrayed}"
        )
        own = "SSL_get1_session or SSL_SESSION_up_ref" if target.kind == "session" else up_ref
        fix = f"Leave out this {free}, or take a reference of your own first ({own})."
    else:
        message = (
            f"Line {line} gives back one reference to {target} more than was taken "
            f"through {who}.{betrayed}"
        )
        fix = f"Leave out one {free}, or take a reference more with {up_ref}."
    return Story(message, fix, tuple(sites))


def touched(teller: Teller, touch: Touch, kind: str) -> Story:
    """An undefined act that no surplus free explains."""
    if kind == "bad_pointer":
        fix = "Give the variable an object first, or test it before the call."
        return Story(f"Line {teller.line(touch.step)}: {touch.what}.", fix, ())
    target = touch.target
    assert target is not None
    if kind == "wrong_ctx":
        message = f"Line {teller.line(touch.step)}: {touch.what}."
        fix = "Keep a session in one cache only; give the other context a copy (SSL_SESSION_dup)."
        return Story(message, fix, (teller.site("added", touch.step),), "two caches")
    died = teller.death(target)
    sites = [teller.site("died", died)] if died is not None else []
    gone = f" at line {teller.line(died)}" if died is not None else ""
    line = teller.line(touch.step)
    if kind == "double_free":
        sites.append(teller.site("freed again", touch.step))
        message = f"The memory of {target} went{gone}; line {line} gives it back once more."
        free = _FREE[target.kind]
        fix = f"Leave out this {free}; set a pointer to NULL once its reference is given back."
        return Story(message, fix, tuple(sites))
    sites.append(teller.site("used", touch.step))
    return _used_late(teller, touch, target, sites)


def _used_late(teller: Teller, touch: Touch, target: ObjectId, sites: list[Site]) -> Story:
    died = teller.death(target)
    gone = f"its memory went at line {teller.line(died)}" if died is not None else "it is gone"
    line, who = teller.line(touch.step), touch.place or "the pointer"
    pointer = touch.pointer
    if pointer is not None and pointer.released is not None:
        sites.insert(0, teller.site("freed", pointer.released))
        early = teller.line(pointer.released)
        message = (
            f"Line {early} gave back the program's reference to {target} too early: {gone}, "
            f"and line {line} still uses {who}."
        )
        return Story(message, f"Move the free of line {early} behind line {line}.", tuple(sites))
    since = pointer.since if pointer is not None else touch.step
    sites.insert(0, teller.site("lent", since))
    message = (
        f"{who} took no reference to {target} at line {teller.line(since)}: {gone}, "
        f"and line {line} still uses it."
    )
    own = f"with {_UP_REF[target.kind]}"
    if target.kind == "session":
        own = "with SSL_get1_session or SSL_SESSION_up_ref"
    fix = (
        f"Take a reference at line {teller.line(since)} {own}, and give it back after the last use."
    )
    return Story(message, fix, tuple(sites))


def lost(teller: Teller, loss: Loss) -> Story:
    """A reference nobody can give back."""
    line, taken = teller.line(loss.step), teller.line(loss.hold.taken)
    sites = (teller.site("taken", loss.hold.taken), teller.site("lost", loss.step))
    free = _FREE[loss.target.kind]
    owed = f"the reference to {loss.target} taken at line {taken} can never be given back"
    match loss.cause:
        case "overwritten":
            message = f"Line {line} overwrites {loss.place}, the last variable with it: {owed}."
            fix = f"Call {free}({as_code(loss.place or '')}) before line {line}."
        case "out of scope":
            message = f"After line {line} {loss.place} goes out of scope: {owed}."
            freed = f"{free}({as_code(loss.place or '')})"
            fix = f"Call {freed} before that, or keep the pointer in a variable that lives on."
        case "struct freed":
            message = f"Line {line} frees what {loss.place} stood in: {owed}."
            fix = f"Call {free}({as_code(loss.place or '')}) before line {line}."
        case "the callback kept nothing":
            message = (
                f"The new callback returned 1 but kept no pointer: the reference to {loss.target} "
                f"that it was given at line {line} can never be given back."
            )
            fix = "Return 0 from the callback, or store the pointer and free it later."
        case _:
            message = f"Line {line} stores its result nowhere: {owed}."
            fix = f"Store the pointer and give it back with {free}, or do not take the reference."
    return Story(message, fix, sites, loss.cause)


def leaked(teller: Teller, target: ObjectId, hold: Hold) -> Story:
    """A reference still held at the end."""
    line, free = teller.line(hold.taken), _FREE[target.kind]
    message = (
        f"The reference to {target} taken at line {line} is never given back: "
        f"at the end {hold.place} still holds it."
    )
    fix = f"Add {free}({as_code(hold.place or '')}); after its last use."
    return Story(message, fix, (teller.site("taken", hold.taken),))


def misplaced(teller: Teller, found: Misplacement) -> Story:
    """A removal from the wrong context's cache."""
    message = (
        f"Line {teller.line(found.step)} looks for {found.target} in the cache of {found.ctx}, "
        f"but the cache of {found.actual} has it: the entry stays there, the session is spoiled."
    )
    fix = (
        f"Call SSL_CTX_remove_session with {found.actual}: a connection's sessions are kept by "
        f"the context that was given to SSL_new, also after SSL_set_SSL_CTX."
    )
    return Story(
        message, fix, (teller.site("removed", found.step),), "removed from the wrong cache"
    )


def other_context(teller: Teller, found: Refusal, born: int) -> Story:
    """A server's connection of one context, a session in the cache of another."""
    message = (
        f"The client asks for {found.target}, which is in another context's cache: line "
        f"{teller.line(born)} made {found.ssl} from a context that does not know it."
    )
    fix = "Make the connections that shall resume from one context, or share sessions by callbacks."
    sites = (teller.site("made", born), teller.site("looked for", found.step))
    return Story(message, fix, sites, "looked for in another cache")


def not_resumable(teller: Teller, found: Refusal, spoiling: Spoiling | None, wrong: int) -> Story:
    """A session that is alive but worthless was offered."""
    line, offered = teller.line(wrong), teller.line(found.step)
    sites = (
        teller.site("spoiled" if spoiling else "taken", wrong),
        teller.site("offered", found.step),
    )
    if spoiling is None and teller.is_marked(found.target, wrong):
        message = (
            f"The session taken at line {line} is a copy of one that was not resumable any more: "
            f"the handshake at line {offered} cannot resume it and makes a new one."
        )
        return Story(message, "Copy first, remove or let go afterwards.", sites, "copied too late")
    if spoiling is None:
        message = (
            f"The session taken at line {line} has neither id nor ticket yet: "
            f"the handshake at line {offered} cannot resume it and makes a new one."
        )
        fix = (
            "In TLS 1.3 take the session after SSL_read has brought a ticket, or in a new callback."
        )
        return Story(message, fix, sites, "taken too early")
    died = teller.death(found.target)
    is_gone = died is not None and died <= found.step
    state = "its memory went" if is_gone else "it is alive"
    message = (
        f"Line {line} made {found.target} not resumable ({spoiling.why}): {state}, "
        f"{'and' if is_gone else 'but'} the handshake at line {offered} cannot resume it and "
        "makes a new one."
    )
    fix = "Offer a copy that was made before (SSL_SESSION_dup)."
    if "SSL_shutdown" in spoiling.why:
        fix = "Call SSL_shutdown first, or offer a copy that was made before (SSL_SESSION_dup)."
    return Story(message, fix, sites, spoiling.why)
