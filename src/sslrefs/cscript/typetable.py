"""The types a text declares itself: typedefs, structs with their members, enum constants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pycparser import c_ast

from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import UNKNOWN, struct_name, type_text

__all__ = ["TypeTable", "enum_constants"]


@dataclass(frozen=True, slots=True)
class TypeTable:
    """What `typedef` and `struct` say: other names of types, and the members of structs.

    `unions` has, by struct, the members that share their place with another, and with which.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    structs: dict[str, dict[str, str]] = field(default_factory=dict)
    unions: dict[str, dict[str, str]] = field(default_factory=dict)
    _members: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(nodes: Sequence[c_ast.Node]) -> TypeTable:
        """The table of a text's file scope."""
        table = TypeTable()
        for node in nodes:
            if isinstance(node, c_ast.Typedef):
                table.aliases.setdefault(node.name, type_text(node.type))
        for struct in walk(*nodes):
            if isinstance(struct, c_ast.Struct | c_ast.Union) and struct.decls:
                name = struct_name(struct)
                table.structs[name] = {d.name: type_text(d.type) for d in _fields(struct)}
                table.unions[name] = dict(_shared(struct))
        return table

    def resolved(self, type_: str) -> str:
        """The type with typedef names replaced by what they stand for.

        >>> TypeTable({"conn_t": "struct conn"}).resolved("conn_t *")
        'struct conn *'
        """
        for _ in range(10):
            base = type_.rstrip("*[] ")
            if base not in self.aliases:
                break
            stars = type_[len(base) :].replace(" ", "")
            inner = self.aliases[base]
            type_ = inner if not stars else f"{inner}{'' if inner.endswith('*') else ' '}{stars}"
        return type_

    def member(self, type_: str, name: str) -> str:
        """The type of a member of a struct, or of what a pointer to it leads to."""
        return self._members_of(type_).get(name, UNKNOWN)

    def _members_of(self, type_: str) -> dict[str, str]:
        """The members with their types, worked out once: a loop asks again and again."""
        members = self._members.get(type_)
        if members is None:
            declared = self.structs.get(self.resolved(type_).rstrip("*[] "), {})
            members = {name: self.resolved(inner) for name, inner in declared.items()}
            self._members[type_] = members
        return members

    @property
    def has_unions(self) -> bool:
        """Whether any members share a place."""
        return any(self.unions.values())

    @property
    def has_arrays(self) -> bool:
        """Whether any member is an array."""
        return any(t.endswith("[]") for members in self.structs.values() for t in members.values())

    def slot(self, type_: str, name: str) -> str:
        """The member in whose place another stands: in a union all stand in that of the first."""
        return self.unions.get(self.resolved(type_).rstrip("*[] "), {}).get(name, name)

    def has_member(self, type_: str, name: str) -> bool | None:
        """Whether the struct has that member; None when the struct is not known."""
        struct = self.resolved(type_).rstrip("*[] ")
        return None if struct not in self.structs else name in self.structs[struct]

    def fields_of(self, type_: str) -> list[str]:
        """The members of a struct in order."""
        return list(self._members_of(type_))


def _fields(struct: c_ast.Struct | c_ast.Union) -> Iterator[c_ast.Decl]:
    """The members of a struct, and those of structs and unions without a name in it."""
    for decl in struct.decls or []:
        inner = getattr(decl, "type", None)
        if getattr(decl, "name", None):
            yield decl
        elif isinstance(inner, c_ast.Struct | c_ast.Union):
            yield from _fields(inner)


def _shared(struct: c_ast.Struct | c_ast.Union) -> Iterator[tuple[str, str]]:
    """The members of unions, each with the first of its union."""
    for decl in struct.decls or []:
        inner = getattr(decl, "type", None)
        if not getattr(decl, "name", None) and isinstance(inner, c_ast.Struct | c_ast.Union):
            yield from _shared(inner)
    if isinstance(struct, c_ast.Union):
        names = [decl.name for decl in _fields(struct)]
        yield from ((name, names[0]) for name in names)


def enum_constants(nodes: Iterable[c_ast.Node]) -> dict[str, int]:
    """The constants of the text's enums."""
    found: dict[str, int] = {}
    for enum in walk(*nodes):
        following = 0
        for item in enum.values.enumerators if isinstance(enum, c_ast.Enum) and enum.values else []:
            if isinstance(item.value, c_ast.Constant):
                following = int(item.value.value.rstrip("uUlL"), 0)
            found[item.name] = following
            following += 1
    return found
