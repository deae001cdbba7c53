"""A text that only defines functions: the lines that call the one which nobody calls.

The lines are C that stands below the text, so that all can see and change what
was made up. What a function is given is made by libssl or declared `extern`;
nothing is assumed of what it does with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from pycparser import c_ast, c_generator

from sslrefs.cscript.mentions import members, names, needed, passed, stored, written
from sslrefs.cscript.parser import Program
from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import UNKNOWN, callee, is_foreign, parameters_of, type_text
from sslrefs.model.calls import CALLS

__all__ = ["Added", "added_to", "uncalled"]

_HANDSHAKES = frozenset({"SSL_connect", "SSL_accept", "SSL_do_handshake"})
_CALLBACKS: dict[tuple[str, ...], str] = {
    ("int", "SSL *", "SSL_SESSION *"): "SSL_CTX_sess_set_new_cb",
    ("void", "SSL_CTX *", "SSL_SESSION *"): "SSL_CTX_sess_set_remove_cb",
}
_OBJECTS = {"SSL_CTX *": "ctx", "SSL *": "ssl", "SSL_SESSION *": "session"}


@dataclass(slots=True)
class Added:
    """Lines to be added: `names` are the variables they declare, `callees` what they make run.

    `again` is the call that can be made once more, "" if none can.
    """

    callees: tuple[str, ...]
    again: str = ""
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def uncalled(program: Program) -> list[str]:
    """The functions of a text that nothing in it mentions, in order; else those in its tables.

    >>> from sslrefs.cscript.parser import parse
    >>> uncalled(parse("void a(void) { } void b(void) { a(); }"))
    ['b']
    """
    called: set[str] = set()
    for name, function in program.functions.items():
        called |= names(function.body) - {name}
    listed = {name for node in (*program.file_scope, *program.body) for name in names(node)}
    found = [name for name in program.functions if name not in called]
    return [name for name in found if name not in listed] or found


def added_to(program: Program) -> Added | None:
    """The lines that make a text of definitions run; None if it runs by itself or nothing can.

    If the last function that nobody calls is a callback, those are installed: C is written from
    the parts to the whole. Else the others are called in their order, as a program that makes,
    uses and tidies up would.
    """
    if program.has_main or any(_runs(program, node) for node in program.body):
        return None
    roots = uncalled(program)
    if not roots:
        return None
    if not _callback(program, roots[-1]):
        return _Writer(program).calls([name for name in roots if not _callback(program, name)])
    return _Writer(program).installs([name for name in roots if _callback(program, name)])


class _Writer:
    """Writes the lines, and what they need before them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.added = Added(())
        self.taken = {
            *program.functions,
            *(str(n.name) for n in (*program.file_scope, *program.body) if getattr(n, "name", "")),
        }
        self.objects: dict[str, str] = {}
        self.given: dict[tuple[str, str], str] = {}
        self.set_up: set[str] = set()
        bodies = [function.body for function in program.functions.values()]
        self.said: set[str] = set().union(*map(names, bodies))
        self.shaking = _handshakes(program)
        self.is_shaken = bool(self.shaking)
        self.stored = {text for body in bodies for text in stored(body)}
        self.stored -= {text for body in bodies for text in needed(body)}

    def calls(self, names: list[str]) -> Added:
        """One call each, with an argument for every parameter, after what they need is there."""
        self.added.callees = tuple(names)
        given = {name: self._arguments(name) for name in names}
        self.is_shaken = bool(self.shaking)
        for name in names:
            for owner, kind in members(self.program, name, given[name]):
                if owner not in self.set_up:
                    self.set_up.add(owner)
                    is_left = owner in self.stored
                    self._line(f"{owner} = {'NULL' if is_left else self._object(kind)};")
        self._given_globals()
        for name in names:
            self._call(name, list(given[name].values()))
        return self.added

    def _given_globals(self) -> None:
        """Variables at file scope that libssl is called with and that nothing here ever sets."""
        bodies = [function.body for function in self.program.functions.values()]
        used = {name for body in bodies for name, _type in passed(body)}
        for node in self.program.file_scope:
            if isinstance(node, c_ast.Decl) and node.name in used - self.stored and not node.init:
                kind = _type(node, self)
                if kind in _OBJECTS:
                    self._line(f"{node.name} = {self._object(kind)};")

    def _arguments(self, name: str) -> dict[str, str]:
        """A variable for each parameter of a function, by its name."""
        given: dict[str, str] = {}
        uses = dict(passed(self.program.functions[name].body))
        for number, parameter in enumerate(parameters_of(self.program.functions[name])):
            if isinstance(parameter, c_ast.EllipsisParam) or _type(parameter, self) == "void":
                continue
            used = uses.get(str(parameter.name), UNKNOWN)
            self.is_shaken = name in self.shaking
            given[str(parameter.name or number)] = self._argument(parameter, used)
        return given

    def _call(self, name: str, arguments: list[str]) -> None:
        self.added.again = f"{name}({', '.join(arguments)});"
        kind = self.program.types.resolved(type_text(self.program.functions[name].decl.type.type))
        call = self.added.again
        if kind in _OBJECTS:
            call, self.added.again = f"{kind}{self._name('result')} = {call}", ""
        self._line(call)

    def installs(self, names: list[str]) -> Added:
        """A connection whose context has the callbacks."""
        self.added.callees = tuple(names)
        ctx = self._object("SSL_CTX *", mode=True)
        for name in names:
            self._line(f"{_callback(self.program, name)}({ctx}, {name});")
        ssl = self._name("ssl")
        self._line(f"SSL *{ssl} = SSL_new({ctx});")
        for kind, setter in dict.fromkeys(_ex_data(self.program, names)):
            given = self._name("given")
            self._line(f"extern void *{given};", first=True)
            self._line(setter.format(ctx if kind == "SSL_CTX" else ssl, given))
        self._given_globals()
        self._shake(ssl)
        self._close(ssl)
        self._line(f"SSL_CTX_free({ctx});")
        self.added.names.discard(ctx)
        return self.added

    # -- pieces ----------------------------------------------------------------

    def _line(self, text: str, *, first: bool = False) -> None:
        self.added.lines.insert(0 if first else len(self.added.lines), text)

    def _name(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}{number}"
        self.taken.add(name)
        self.added.names.add(name)
        return name

    def _argument(self, parameter: c_ast.Node, used: str = UNKNOWN) -> str:
        """A variable for a parameter, called as it is; an object of libssl's is made.

        `used` is the object that libssl is given it as: its own type may be another name of that.
        """
        type_ = _type(parameter, self)
        is_other = type_ == "void *" or (type_.endswith("*") and is_foreign(type_))
        if used and is_other and type_ not in _OBJECTS:
            type_ = used
        known = self.given.get((parameter.name or "", type_))
        if known and type_ not in _OBJECTS:
            return known  # what belongs to the rest of the program is the same for all functions
        name = self._name(parameter.name or "given")
        self.given[parameter.name or "", type_] = name
        pointed = type_.removesuffix("*").rstrip()
        if type_ in _OBJECTS:
            self._make(type_, name)
        elif pointed in _OBJECTS and type_.endswith("**"):
            self._line(f"{pointed}{name} = NULL;")
            self.given[parameter.name or "", type_] = f"&{name}"
            return f"&{name}"
        else:
            self._line(f"extern {_declaration(parameter, name)};", first=True)
        if type_ == "void *":
            self.added.names.discard(name)  # no member of it can be named
        return name

    def _object(self, type_: str, *, mode: bool = False) -> str:
        """The object of a kind that the lines made, or a new one."""
        if type_ not in self.objects:
            self._make(type_, self._name(_OBJECTS[type_]), mode=mode)
        return self.objects[type_]

    def _make(self, type_: str, name: str, *, mode: bool = False) -> None:
        if type_ == "SSL_CTX *":
            self._line(f"SSL_CTX *{name} = SSL_CTX_new(TLS_method());")
            if mode:
                self._line(f"SSL_CTX_set_session_cache_mode({name}, SSL_SESS_CACHE_CLIENT);")
        elif type_ == "SSL *":
            self._line(f"SSL *{name} = SSL_new({self._object('SSL_CTX *')});")
            if self.is_shaken:
                pass
            elif "SSL_SESSION_is_resumable" in self.said:
                self._shake(name)  # it would say no of a session without a ticket
            else:
                self._line(f"SSL_connect({name});")
        elif type_ in self.objects:
            self._line(f"SSL_SESSION *{name} = SSL_SESSION_new();")
        else:
            ssl = self._name("former")
            self._line(f"SSL *{ssl} = SSL_new({self._object('SSL_CTX *')});")
            self._shake(ssl)
            self._line(f"SSL_SESSION *{name} = SSL_get1_session({ssl});")
            self._close(ssl)
        self.objects.setdefault(type_, name)

    def _shake(self, ssl: str) -> None:
        buffer = self._name("buffer")
        self.added.names.discard(buffer)
        self._line(f"char {buffer}[16];")
        self._line(f"SSL_connect({ssl});")
        self._line(f"SSL_read({ssl}, {buffer}, sizeof {buffer});")

    def _close(self, ssl: str) -> None:
        self._line(f"SSL_shutdown({ssl});")
        self._line(f"SSL_free({ssl});")
        self.added.names.discard(ssl)


def _handshakes(program: Program) -> set[str]:
    """The functions that make the handshake themselves, or by another one of the text."""
    calls = {name: names(function.body) for name, function in program.functions.items()}
    found: set[str] = set()
    while new := {n for n, said in calls.items() if said & (_HANDSHAKES | found)} - found:
        found |= new
    return found


def _type(parameter: c_ast.Node, writer: _Writer) -> str:
    return writer.program.types.resolved(type_text(parameter.type))


def _declaration(parameter: c_ast.Node, name: str) -> str:
    """A parameter as the declaration of a variable."""
    declared = deepcopy(parameter)
    inner = declared.type
    while not isinstance(inner, c_ast.TypeDecl):
        inner = inner.type
    inner.declname = name
    return str(c_generator.CGenerator().visit(declared))


def _callback(program: Program, name: str) -> str:
    """The function of libssl that takes a function of this shape as a callback, or ""."""
    function = program.functions[name]
    parameters = (program.types.resolved(type_text(p.type)) for p in parameters_of(function)
                  if not isinstance(p, c_ast.EllipsisParam))  # fmt: skip
    result = program.types.resolved(type_text(function.decl.type.type))
    return _CALLBACKS.get((result, *parameters), "")


def _runs(program: Program, node: c_ast.Node) -> bool:
    """Whether a piece outside all functions calls one of the text's or of libssl's."""
    called = map(callee, walk(node))
    return any(name in program.functions or name in CALLS for name in called)


def _ex_data(program: Program, names: list[str]) -> Iterator[tuple[str, str]]:
    """The calls that give a context or a connection the data that a callback asks it for."""
    for node in (node for name in names for node in walk(program.functions[name].body)):
        kind, _, what = callee(node).partition("_get_")
        if kind not in ("SSL", "SSL_CTX"):
            continue
        if what == "app_data":
            yield kind, f"{kind}_set_app_data({{}}, {{}});"
        elif what == "ex_data" and node.args and len(node.args.exprs) == 2:
            yield kind, f"{kind}_set_ex_data({{}}, {written(node.args.exprs[1])}, {{}});"
