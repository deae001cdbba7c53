"""Large groups of a scene drawn as one box: "+497 more", with exact numbers at every moment.

Nobody can read a picture of hundreds of boxes. What was born alike (by one
line in a loop) is shown by its first few; the others share a box whose badge
counts them and whose arrows carry their sums. What somebody asks about is
never folded away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sslrefs.picture.scene import Edge, Look, Moment, Node, Scene

__all__ = ["Folded", "fold"]

_ROOM = 40
"""Boxes that can be read at once: a smaller scene stays as it is."""
_FEW = 3
"""Boxes of a group that are drawn one by one."""
_LEAST = 8
"""Members that make a group worth folding."""

Name = Callable[[Node], Hashable]


class Folded(NamedTuple):
    """A scene with groups, and the group's box (node id) of every node in one."""

    scene: Scene
    homes: Mapping[str, str]

    @property
    def boxes(self) -> int:
        """How many boxes there would be if none stood for several."""
        return sum(node.more or 1 for node in self.scene.nodes if node.kind != "row")


def fold(
    scene: Scene, born: Mapping[str, Hashable], keep: AbstractSet[str] = frozenset()
) -> Folded:
    """The scene with its large groups folded, if it has more boxes than can be read.

    Args:
        scene: The whole scene.
        born: What made an object, by node id: objects born alike make a group.
        keep: Node ids that must stay boxes of their own.
    """
    boxes = [node for node in scene.nodes if node.kind != "row"]
    if len(boxes) <= _ROOM:
        return Folded(scene, {})

    def alike(node: Node) -> Hashable:
        # Places of an array and variables of a series differ by their numbers.
        return born.get(node.id) if node.kind != "var" else re.sub(r"\d+", "0", node.name)

    ways: list[Name] = [alike, lambda _node: None]
    groups: dict[str, list[Node]] = {}
    for alike_by in ways:
        groups = _groups(boxes, alike_by, keep)
        if len(boxes) - sum(len(group) - 1 for group in groups.values()) <= _ROOM:
            break
    homes = {node.id: group for group, members in groups.items() for node in members}
    nodes = {group: _group_node(group, members) for group, members in groups.items()}
    return Folded(_Folding(scene, homes, nodes).scene(), homes)


def _groups(boxes: list[Node], alike: Name, keep: AbstractSet[str]) -> dict[str, list[Node]]:
    """The folded members of each group by the id of its box; the first few are no members."""
    together: dict[Hashable, list[Node]] = {}
    for node in boxes:
        together.setdefault((node.kind, alike(node)), []).append(node)
    groups: dict[str, list[Node]] = {}
    for members in together.values():
        folded = [node for node in members[_FEW:] if node.id not in keep]
        if len(members) >= _LEAST and len(folded) > 1:
            groups[f"n_more{len(groups) + 1}"] = folded
    return groups


def _group_node(group: str, members: list[Node]) -> Node:
    first = members[0]
    return Node(group, first.kind, f"+{len(members):,} more", first.sub, more=len(members))


class _Folding:
    """Carries the items and moments of a scene over into one with groups."""

    def __init__(self, scene: Scene, homes: Mapping[str, str], groups: Mapping[str, Node]) -> None:
        self.whole = scene
        self.groups = groups
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.home = dict(homes)
        self.inside: set[str] = set()
        for node in scene.nodes:
            self._node(node)
        self.edge_home = {edge.id: self._edge(edge) for edge in scene.edges}

    def _node(self, node: Node) -> None:
        """A node stays, or its group stands at the place of its first member."""
        if node.kind == "row":
            self._row(node)
        elif node.id in self.home:
            group = self.home[node.id]
            self.nodes.setdefault(group, self.groups[group])
        else:
            self.nodes[node.id] = node

    def _row(self, row: Node) -> None:
        """A row of a folded context is part of it; rows of folded sessions share one."""
        if row.group in self.home:
            self.home[row.id] = self.home[row.group]
            self.inside.add(row.id)
            return
        # A row's id is that of its context with the number of the session behind it.
        session = "n_session" + row.id.rpartition("_")[2]
        if session not in self.home:
            self.nodes[row.id] = row
            return
        shared = row.id.rpartition("_")[0] + "_" + self.home[session].removeprefix("n_")
        self.home[row.id] = shared
        before = self.nodes.get(shared)
        count = before.more + 1 if before else 1
        self.nodes[shared] = Node(shared, "row", f"+{count:,} more", "", row.group, more=count)

    def _edge(self, edge: Edge) -> str:
        source, target = (self.home.get(end, end) for end in (edge.source, edge.target))
        name = f"e_{source[2:]}__{target[2:]}"
        self.edges.setdefault(name, Edge(name, source, target, edge.kind))
        return name

    def scene(self) -> Scene:
        """The scene with groups."""
        home = [self.home.get(node.id, node.id) for node in self.whole.nodes]
        home += [self.edge_home[edge.id] for edge in self.whole.edges]
        uncounted = {at for at, node in enumerate(self.whole.nodes) if node.id in self.inside}
        order = {name: at for at, name in enumerate((*self.nodes, *self.edges))}
        shared = {name for name, many in Counter(self.edge_home.values()).items() if many > 1}
        tallies = {name: _Tally() for name in {*self.home.values(), *shared}}
        looks: dict[int, Look] = {}
        moments = []
        for moment in self.whole.moments:
            changes: dict[int, Look] = {}
            counted: dict[str, None] = {}
            for item, look in moment.changes:
                name = home[item]
                if item in uncounted:
                    continue
                if name in tallies:
                    tallies[name].count(looks.get(item), look)
                    counted[name] = None
                else:
                    changes[order[name]] = look
                looks[item] = look
            for name in counted:
                tally = tallies[name]
                changes[order[name]] = (
                    tally.arrow() if name in self.edges else tally.box(self.nodes[name])
                )
            hot = sorted({order[home[item]] for item in moment.hot})
            moments.append(Moment(tuple(sorted(changes.items())), tuple(hot)))
        return Scene(tuple(self.nodes.values()), tuple(self.edges.values()), tuple(moments))


class _Tally:
    """How many members of a group look how."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.times = 0

    def count(self, before: Look | None, after: Look) -> None:
        """One member changes."""
        for look, sign in ((before, -1), (after, 1)):
            if look is not None and look.words != "absent":
                for word in look.words.split():
                    self.words[word] += sign
                self.times += sign * _times(look)

    def box(self, node: Node) -> Look:
        """How the box of the group looks now."""
        alive, wrong, dangling = (self.words[word] for word in ("live", "wrong", "dangling"))
        if dangling:
            return Look("dangling")
        if node.kind in ("var", "row"):
            return Look("live" if alive else "absent")
        if wrong:
            return Look("live wrong", f"{alive:,} alive, {wrong:,} ≠")
        gone = self.words["freed"]
        if not alive + gone:
            return Look("absent")
        # What is freed does not come back: a group is so only when nothing is to come.
        return Look("freed" if gone == node.more else "live", f"{alive:,} alive")

    def arrow(self) -> Look:
        """How the arrow of the group looks now."""
        states = [word for word in ("dangling", "counted", "borrowed") if self.words[word]]
        if not states:
            return Look("absent")
        all_of_them = sum(self.words[word] for word in states)
        if len(states) > 1:
            return Look(states[0], f"{self.words[states[0]]:,} of {all_of_them:,}")
        return Look(states[0], f"×{self.times:,}" if self.times > 1 else "")


def _times(look: Look) -> int:
    """How many references an arrow stands for."""
    return int(look.text[1:]) if look.text.startswith("×") else 1
