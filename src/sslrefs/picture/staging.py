"""Builds the scene of a run: which boxes and arrows there ever are, and how each looks when.

It follows the run once, in the order things happened, and writes down per
moment only what changed.
"""

from __future__ import annotations

from functools import lru_cache

from sslrefs.audit.ledger import Ledger
from sslrefs.model.objects import ObjectId
from sslrefs.model.world import World
from sslrefs.picture.follow import Follower, Touched
from sslrefs.picture.scene import Edge, Look, Moment, Node, Scene
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Place, Step, Timeline

__all__ = ["TYPES", "Stage", "edge_id", "node_id", "row_id", "stage"]

TYPES = {"ctx": "SSL_CTX", "ssl": "SSL", "session": "SSL_SESSION"}
_ABSENT = Look("absent")
_Change = tuple[dict[str, Look], dict[str, None]]


@lru_cache(maxsize=4096)  # each step asks for those of what it touched
def node_id(what: ObjectId | Place) -> str:
    """The SVG id of an object's or a variable's box.

    >>> node_id(ObjectId("ctx", 1)), node_id("f:s")
    ('n_ctx1', 'n_v_f-3as')
    """
    if isinstance(what, ObjectId):
        return f"n_{what.kind}{what.number}"
    return "n_v_" + "".join(c if c.isalnum() and c.isascii() else f"-{ord(c):x}" for c in what)


def row_id(ctx: ObjectId, session: ObjectId) -> str:
    """The SVG id of a session's row in a context's cache."""
    return f"n_row{ctx.number}_{session.number}"


def edge_id(source: str, target: str) -> str:
    """The SVG id of the arrow between two boxes."""
    return f"e_{source[2:]}__{target[2:]}"


def stage(timeline: Timeline, ledger: Ledger) -> Scene:
    """The scene of a run."""
    return Stage().go_on(timeline, ledger)


class Stage:
    """Collects items and looks while following a run, and goes on where its text goes on."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.looks: dict[str, Look] = {}
        self.now = Follower()
        self.moment: dict[str, Look] = {}
        self.hot: dict[str, None] = {}
        self.counts: dict[ObjectId, int] = {}
        self.passing: dict[str, Look] = {}
        self.aims: dict[Place, ObjectId] = {}
        self._changes: list[_Change] = [({}, {})]
        self._order: dict[str, int] = {}
        self._moments: list[Moment] = []

    @without_collector()
    def go_on(self, timeline: Timeline, ledger: Ledger) -> Scene:
        """The scene of a run that begins like the last one."""
        for index in self.now.read(timeline, ledger):
            self._changes.append(self._step(timeline.steps[index]))
        order = {name: i for i, name in enumerate((*self.nodes, *self.edges))}
        if order != self._order:
            self._order, self._moments = order, []
        for changes, hot in self._changes[len(self._moments) :]:
            looks = sorted((order[name], look) for name, look in changes.items())
            self._moments.append(Moment(tuple(looks), tuple(sorted(order[name] for name in hot))))
        return Scene(tuple(self.nodes.values()), tuple(self.edges.values()), tuple(self._moments))

    def _step(self, step: Step) -> _Change:
        """What one step changes: looks, and what is hot."""
        self.moment, self.hot = {}, {}
        self._settle()
        touched = self.now.advance(step.index)
        for target in touched.objects:
            self._object(step.world, target)
            touched.places |= self.now.pointed[target]
        for place in touched.places:
            self._variable(step.world, place, is_there=place in step.variables)
        for owner, target in self._links(step.world, touched):
            if owner.kind == "ctx":
                self._cached(step.world, owner, target)
            else:
                self._held_by_ssl(step.world, owner, target)
        if not self.hot:
            self.hot = {node_id(target): None for target in touched.called}
        return self.moment, self.hot

    def _links(self, world: World, touched: Touched) -> dict[tuple[ObjectId, ObjectId], None]:
        """The library's pointers to look at: those that changed, and those to what died."""
        links = dict(touched.links)
        for target in touched.objects:
            if not world.record(target).alive:
                links |= {
                    (owner, target): None
                    for owner in (*self._owners(target), *touched.objects)
                    if edge_id(self._tail(owner, target), node_id(target)) in self.edges
                }
        return links

    def _owners(self, target: ObjectId) -> list[ObjectId]:
        """Who may still point to a dead object: whoever the ledger shows as its holder."""
        found = []
        for label, count in self.now.held[target].items():
            if count > 0 and "#" in label:
                kind, number = label.split(".")[0].split("#")
                found.append(ObjectId(kind, int(number)))  # type: ignore[arg-type]  # labels are made from ids
        return found

    # -- looks -------------------------------------------------------------

    def _set(self, name: str, look: Look) -> None:
        if self.looks.get(name, _ABSENT) != look:
            self.looks[name] = look
            self.moment[name] = look
            self.hot[name] = None

    def _edge(self, source: str, target: str, kind: str, look: Look) -> None:
        name = edge_id(source, target)
        if name not in self.edges:
            if look == _ABSENT:
                return
            self.edges[name] = Edge(name, source, target, kind)  # type: ignore[arg-type]  # callers pass literals
        self._set(name, look)

    def _settle(self) -> None:
        """A badge that read "2 → 1" in the step before now reads "1"."""
        for name, look in self.passing.items():
            self.looks[name] = self.moment[name] = look
        self.passing = {}

    def _object(self, world: World, target: ObjectId) -> None:
        record = world.record(target)
        name = node_id(target)
        if name not in self.nodes:
            self.nodes[name] = Node(name, target.kind, str(target), TYPES[target.kind])
        holders = self.now.total[target]
        if not record.alive:
            look = Look("freed", "0")
        elif record.count != holders:
            look = Look("live wrong", f"{record.count} ≠ {holders}")
        else:
            look = Look("live", str(record.count))
        before = self.counts.get(target, record.count)
        self.counts[target] = record.count
        if before != record.count and look.words != "live wrong":
            self.passing[name] = look
            look = Look(f"{look.words} moving", f"{before} → {look.text}")
        self._set(name, look)
        self.hot[name] = None

    def _variable(self, world: World, place: Place, *, is_there: bool) -> None:
        """A variable's box and all its arrows."""
        name = node_id(place)
        target = self.now.points.get(place)
        if name not in self.nodes:
            if target is None:
                return
            self.nodes[name] = Node(name, "var", place)
        self._set(name, Look("live") if is_there else _ABSENT)
        before = self.aims.pop(place, None)
        if before is not None and before != target:
            self._edge(name, node_id(before), "pointer", _ABSENT)
        if target is not None:
            self.aims[place] = target
            self._edge(name, node_id(target), "pointer", self._pointer(world, place, target))

    def _pointer(self, world: World, place: Place, target: ObjectId) -> Look:
        if not world.record(target).alive:
            return Look("dangling")
        held = self.now.held[target][place]
        if held > 0:
            return Look("counted", f"×{held}" if held > 1 else "")
        return Look("borrowed")

    def _tail(self, owner: ObjectId, target: ObjectId) -> str:
        return row_id(owner, target) if owner.kind == "ctx" else node_id(owner)

    def _cached(self, world: World, ctx: ObjectId, session: ObjectId) -> None:
        """A session's row in a cache, and the arrow from it."""
        record = world.session(session)
        is_linked = world.ctx(ctx).alive and world.ctx(ctx).cache.get(record.cache_key) == session
        name = row_id(ctx, session)
        if is_linked and name not in self.nodes:
            self.nodes[name] = Node(name, "row", str(session), "", node_id(ctx))
        if name not in self.nodes:
            return
        if not is_linked:
            row = arrow = _ABSENT
        elif record.alive:
            row, arrow = Look("live"), Look("counted")
        else:
            row = arrow = Look("dangling")
        self._set(name, row)
        self._edge(name, node_id(session), "cache", arrow)

    def _held_by_ssl(self, world: World, owner: ObjectId, target: ObjectId) -> None:
        """The arrows of a connection: two references to its context make one arrow ×2."""
        ssl = world.ssl(owner)
        slots = (ssl.session, ssl.ctx, ssl.session_ctx) if ssl.alive else ()
        count = sum(slot == target for slot in slots)
        if not count:
            look = _ABSENT
        elif not world.record(target).alive:
            look = Look("dangling")
        else:
            look = Look("counted", f"×{count}" if count > 1 else "")
        self._edge(node_id(owner), node_id(target), "reference", look)
