"""SSL_CTX_add_session(3), SSL_CTX_flush_sessions(3), SSL_CTX_sess_set_cache_size(3).

The cache of a context holds one reference to each session it links. A session
leaves it with a mark (not resumable) and a remove callback, except when an
equal id silently takes its place.
"""

from __future__ import annotations

from sslrefs.model.objects import NULL, CacheKey, Null, ObjectId, Value
from sslrefs.model.outcome import Holder, Misplaced
from sslrefs.model.turn import Rule, Turn, Work

__all__ = [
    "add_session",
    "flush",
    "flush_sessions",
    "is_readable",
    "list_again",
    "release_session",
    "remove_session",
    "rename_entry",
    "session_count",
    "set_cache_size",
    "unlink",
]


def cache_of(ctx: ObjectId) -> Holder:
    """The cache of a context, as a holder."""
    return Holder("cache", ctx)


def release_session(turn: Turn, session: ObjectId, holder: Holder) -> None:
    """SSL_SESSION_free(3): count down; at 0 the memory goes.

    Nobody asks here whether a cache still links the session.
    """
    if not turn.is_alive(session, holder, f"{holder} gives a reference back to"):
        return
    if turn.down(session, holder) == 0:
        turn.bury(session)
        linked_by = turn.session(session).cached_in
        if linked_by is not None:
            turn.change_ctx(linked_by, dead_links=turn.ctx(linked_by).dead_links + 1)


def unlink(turn: Turn, ctx: ObjectId, key: CacheKey, why: str) -> ObjectId:
    """Take an entry out of the cache; its count is for the caller to give back."""
    cache = turn.ctx(ctx).cache
    session = cache[key]
    turn.change_ctx(ctx, cache=cache.remove(key))
    if turn.session(session).cached_in == ctx:
        turn.change_session(session, cached_in=None)
    if not turn.session(session).alive:
        turn.change_ctx(ctx, dead_links=max(0, turn.ctx(ctx).dead_links - 1))
    turn.unlinked(session, cache_of(ctx), why)
    return session


def _key_of(turn: Turn, ctx: ObjectId, session: ObjectId) -> CacheKey:
    """The key under which the cache has a session; its id may have changed since."""
    key = turn.session(session).cache_key
    cache = turn.ctx(ctx).cache
    if cache.get(key) == session:
        return key
    return next(k for k, linked in cache.items() if linked == session)


def rename_entry(turn: Turn, session: ObjectId, old: CacheKey) -> None:
    """A cached session was changed in what a cache compares: it is found by the new key.

    A new id, though, is looked for in another place of libssl's table; and of two
    that have become equal, the first in that table hides the other.
    """
    ctx, new = turn.session(session).cached_in, turn.session(session).cache_key
    if ctx is None or old == new:
        return
    if old[1] != new[1]:
        what = f"the id of {session} changes while the cache of {ctx} lists it under the old one"
        turn.violate("bad pointer", session, None, what)
        return
    cache = turn.ctx(ctx).cache
    key = next((k for k, linked in cache.items() if linked == session), old)
    if new in cache:
        what = f"{session} becomes equal to {cache[new]}, which the cache of {ctx} lists too"
        turn.violate("bad pointer", session, None, what)
        return
    turn.change_ctx(ctx, cache=cache.remove(key).set(new, session))


def _dead_link(turn: Turn, ctx: ObjectId) -> ObjectId | None:
    """A session the cache still links though it is gone, if there is one."""
    return next((s for s in turn.ctx(ctx).cache.values() if not turn.session(s).alive), None)


def _list_is_sound(turn: Turn, ctx: ObjectId, deed: str) -> bool:
    """Whether the cache's list can be changed without writing into freed memory."""
    if turn.ctx(ctx).has_broken_list:
        what = f"{deed} walks the list of {ctx}, which another cache's list has broken"
        turn.violate("two lists", next(iter(turn.ctx(ctx).cache.values()), None), None, what)
        return False
    if not turn.ctx(ctx).dead_links:
        return True
    dead = _dead_link(turn, ctx)
    if dead is None:
        return True
    what = f"{deed} walks the list of {ctx} through {dead}, whose memory is gone"
    turn.violate("dead", dead, cache_of(ctx), what)
    return False


def is_readable(turn: Turn, ctx: ObjectId, key: str, deed: str) -> bool:
    """Whether an id can be looked up: that reads each entry of this id, whatever its version."""
    if not turn.ctx(ctx).dead_links:
        return True
    for (_version, listed), session in turn.ctx(ctx).cache.items():
        if listed == key and not turn.session(session).alive:
            what = f"{deed} compares with {session} in the cache of {ctx}, whose memory is gone"
            turn.violate("dead", session, cache_of(ctx), what)
            return False
    return True


def _remove_entry(turn: Turn, ctx: ObjectId, session: ObjectId, why: str) -> Work[int]:
    """What libssl does to take `session` out of the cache; 1 if an entry left it."""
    record = turn.session(session)
    if record.key == "":
        return 0
    found = turn.ctx(ctx).cache.get(record.cache_key)
    if found is None and record.cached_in not in (None, ctx):
        turn.tell(Misplaced(session, ctx, record.cached_in))
    if found is None:
        is_readable(turn, ctx, record.key, "the removal")
    if found is None and not turn.library.absent_removal_spoils:
        return 0
    if found is not None and found != session and not turn.library.removes_by_equal_id:
        return 0
    if found is not None:
        _list_is_sound(turn, ctx, "the removal")
        unlink(turn, ctx, record.cache_key, why)
    turn.spoil(session, why)
    callback = turn.ctx(ctx).remove_cb
    if callback:
        yield from turn.call_back("remove_cb", callback, (ctx, session))
    if found is not None:
        release_session(turn, found, cache_of(ctx))
    return int(found is not None)


def remove_session(turn: Turn, ctx: ObjectId, session: ObjectId | Null) -> Rule:
    """SSL_CTX_remove_session(3): the cache gives its reference back; yours stays yours.

    The session is marked not resumable and the remove callback runs, also
    when the cache does not hold it (then 0 is returned).
    """
    if session is NULL:
        return 0
    return (yield from _remove_entry(turn, ctx, session, "SSL_CTX_remove_session"))


def drop_session(turn: Turn, ctx: ObjectId, session: ObjectId, why: str) -> Work[int]:
    """The same removal, made by libssl itself for the reason `why`."""
    return (yield from _remove_entry(turn, ctx, session, why))


def add_session(turn: Turn, ctx: ObjectId, session: ObjectId) -> Rule:
    """SSL_CTX_add_session(3): the cache takes a reference of its own.

    0 if it has this very session already; another session with an equal id is
    replaced without a word.
    """
    record = turn.session(session)
    if record.cached_in is not None and record.cached_in != ctx:
        turn.violate(
            "two lists",
            session,
            cache_of(ctx),
            f"{session} is put into the list of {ctx} while the list of {record.cached_in} "
            "links it: both lists are broken",
        )
        turn.change_ctx(record.cached_in, has_broken_list=True)
    _list_is_sound(turn, ctx, "the insertion")
    old = turn.ctx(ctx).cache.get(record.cache_key)
    if old == session:
        if turn.library.adding_again_renews:
            turn.change_session(session, added=turn.next_serial())
        return 0
    turn.up(session, cache_of(ctx))
    if old is not None:
        unlink(turn, ctx, record.cache_key, "replaced by an equal id")
        release_session(turn, old, cache_of(ctx))
    # The table has the new session before room is made: a remove callback sees it there.
    turn.change_ctx(ctx, cache=turn.ctx(ctx).cache.set(record.cache_key, session))
    yield from _make_room(turn, ctx, session)
    turn.change_session(session, cached_in=ctx, added=turn.next_serial())
    turn.linked(session, cache_of(ctx))
    return 1


def _make_room(turn: Turn, ctx: ObjectId, new: ObjectId) -> Rule:
    """Evict others until there is room for the new session; OpenSSL 3 wants one place more."""
    size = turn.ctx(ctx).cache_size
    spare = 1 if turn.library.full_cache_keeps_all else 0
    while size > 0 and len(turn.ctx(ctx).cache) >= size + spare:
        order = [session for session in _by_age(turn, ctx) if session != new]
        if not order:
            break
        if not (yield from _remove_entry(turn, ctx, order[0], "the cache is full")):
            break
        turn.change_ctx(ctx, cache_full=turn.ctx(ctx).cache_full + 1)
    return None


def _by_age(turn: Turn, ctx: ObjectId) -> list[ObjectId]:
    """The cached sessions, the one that leaves first at the front."""

    def age(which: ObjectId) -> tuple[int, int]:
        record = turn.session(which)
        expiry = record.time + record.timeout if turn.library.evicts_by_expiry else 0
        return (expiry, record.added)

    return sorted(turn.ctx(ctx).cache.values(), key=age)


def flush(turn: Turn, ctx: ObjectId, when: int) -> Rule:
    """Take all sessions out of the cache that have expired at `when`; 0 takes all."""
    leaving: list[ObjectId] = []
    if turn.ctx(ctx).has_broken_list and turn.ctx(ctx).cache:
        _list_is_sound(turn, ctx, "the flush")
        return None
    for session in _by_age(turn, ctx):
        record = turn.session(session)
        if not turn.is_alive(session, cache_of(ctx), f"the flush of {ctx}'s cache reads"):
            break
        if when != 0 and when <= record.time + record.timeout:
            if turn.library.evicts_by_expiry:
                break
            continue
        unlink(turn, ctx, _key_of(turn, ctx, session), "flush")
        turn.spoil(session, "flush")
        leaving.append(session)
        callback = turn.ctx(ctx).remove_cb
        if callback:
            yield from turn.call_back("remove_cb", callback, (ctx, session))
        if not turn.library.flush_gives_back_last:
            release_session(turn, leaving.pop(), cache_of(ctx))
    for session in leaving:
        release_session(turn, session, cache_of(ctx))
    return None


def flush_sessions(turn: Turn, ctx: ObjectId, when: int) -> Rule:
    """SSL_CTX_flush_sessions(3): the cache gives back what has expired.

    A session whose expiry equals `when` stays; 0 removes all.
    """
    return (yield from flush(turn, ctx, when))


def session_count(turn: Turn, ctx: ObjectId) -> Value:
    """SSL_CTX_sess_number(3): how many sessions the cache links."""
    return len(turn.ctx(ctx).cache)


def set_cache_size(turn: Turn, ctx: ObjectId, size: int) -> Value:
    """SSL_CTX_sess_set_cache_size(3): nothing leaves before the next add; 0 is no limit."""
    old = turn.ctx(ctx).cache_size
    turn.change_ctx(ctx, cache_size=size)
    return old


def list_again(turn: Turn, session: ObjectId) -> None:
    """OpenSSL 3 sorts a cached session into its list anew when its expiry changes."""
    ctx = turn.session(session).cached_in
    if ctx is None or not turn.library.evicts_by_expiry:
        return
    _list_is_sound(turn, ctx, "the change of expiry")
    turn.change_session(session, added=turn.next_serial())
