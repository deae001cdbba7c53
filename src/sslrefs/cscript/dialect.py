"""What compilers and other headers add to C, taken out or put in words that a parser of C reads.

Attributes and annotations go; `STACK_OF(X)` becomes the struct it stands for; a
macro that loops becomes a loop. Tokens stay where they stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.gnu import in_c
from sslrefs.cscript.names import KEYWORDS, KNOWN_TYPES
from sslrefs.cscript.tokens import Token, instead
from sslrefs.cscript.typenames import unknown_types
from sslrefs.trace.timeline import Note

__all__ = ["Plain", "plain"]

_WITH_BRACKETS = frozenset(
    {
        *("__attribute__", "__attribute", "__declspec", "__asm__", "__asm", "asm", "_Alignas"),
        *("__nonnull", "__format__", "__printflike"),
    }
)
_WORDS = frozenset(
    {
        *("__extension__", "__inline", "__inline__", "__restrict", "__restrict__", "__const"),
        *("__volatile__", "__signed__", "_Nonnull", "_Nullable", "__forceinline", "_Noreturn"),
        *("noreturn", "forceinline"),
    }
)
_STRUCTS = {"STACK_OF": "stack_st_", "LHASH_OF": "lhash_st_"}
_TYPEOF = frozenset({"typeof", "__typeof__", "__typeof"})
_HEAD = re.compile("(S?LIST|S?TAILQ|SIMPLEQ|CIRCLEQ|RB|SPLAY)_HEAD")
_LOOP = re.compile(r"for_?each|_foreach_|FOREACH", re.IGNORECASE)
_STORAGE = frozenset({"static", "extern", "inline", "const", "", ";", "}"})
_TAGGED = ("struct", "union", "enum")
_OF_TYPES = frozenset(
    ("const", "*", "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned")
)
_BEFORE_IT = "write its statements before this one"
_ROUND = ("(", "call", "loop")
_OPENING = {"(": ")", "[": "]", "{": "}"}


class Plain:
    """Tokens that pycparser can read, and what is to be said of those that were not."""

    def __init__(self, tokens: Sequence[Token], own_types: Iterable[str]) -> None:
        self.source = tokens
        self.types = KNOWN_TYPES | set(own_types)
        self.tokens: list[Token] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self.open: list[str] = []
        self.depth = 0
        self._read()

    @cached_property
    def _of_types(self) -> frozenset[str]:
        """The words of types, with the types of other headers, as their declarations show."""
        unknown = {token.text for token in unknown_types(self.source, {*self.types})}
        return _OF_TYPES.union(_TAGGED, self.types, unknown)

    def _read(self) -> None:
        index = 0
        while index < len(self.source):
            token = self.source[index]
            following = self._skipped(index) if token.kind == "name" else self._odd(index)
            if following is not None:
                index = following
                continue
            if token.text in _OPENING:
                self._opened(self._kind_of_bracket(token))
            elif token.text in (")", "]", "}") and self.open:
                self._closed(token)
            self.tokens.append(token)
            index += 1

    def _opened(self, kind: str) -> None:
        self.open.append(kind)
        self.depth += kind in _ROUND

    def _closed(self, token: Token) -> None:
        kind = self.open.pop()
        self.depth -= kind in _ROUND
        if kind == "loop":
            self.tokens.append(instead(token, ")"))

    # -- looking around ------------------------------------------------------

    def _text(self, index: int) -> str:
        return self.source[index].text if index < len(self.source) else ""

    def _before(self, back: int = 1) -> Token | None:
        return self.tokens[-back] if len(self.tokens) >= back else None

    def _close(self, index: int) -> int:
        """The index of the bracket that closes the one at `index`."""
        depth = 0
        for position in range(index, len(self.source)):
            depth += self.source[position].text in ("(", "[", "{")
            depth -= self.source[position].text in (")", "]", "}")
            if depth == 0:
                return position
        return len(self.source) - 1

    def _kind_of_bracket(self, token: Token) -> str:
        """What a bracket is for: a call, a block, something else."""
        before, earlier = self._before(), self._before(2)
        if token.text == "{" and {t.text for t in (before, earlier) if t} & {"struct", "union"}:
            return "struct"
        if token.text != "(" or before is None or before.kind != "name":
            return token.text
        if before.text in KEYWORDS:
            return token.text
        is_declared = earlier is not None and (earlier.kind == "name" or earlier.text == "*")
        return token.text if is_declared and earlier is not None and (
            earlier.text not in ("return", "else", "case", "do")
        ) else "call"  # fmt: skip

    def _is_start(self, *, after_head: bool = False) -> bool:
        """Whether a statement or a declaration begins here; `after_head`: also after `if (…)`."""
        before = self._before()
        starts = (";", "{", "}", "else", "do", *((")", ":") if after_head else ()))
        return not self.depth and (before is None or before.text in starts)

    # -- names ---------------------------------------------------------------

    def _skipped(self, index: int) -> int | None:
        """Where to read on after a name that C does not know, None for any other."""
        text, following = self.source[index].text, self._text(index + 1)
        if text in _WORDS:
            return index + 1
        if text == "nullptr":
            self.tokens.append(instead(self.source[index], "NULL"))
            return index + 1
        if text in _WITH_BRACKETS:
            return self._close(index + 1) + 1 if following == "(" else index + 1
        if text in ("static_assert", "_Static_assert") and following == "(":
            end = self._close(index + 1) + 1
            return end + 1 if self._text(end) == ";" else end
        if text in _STRUCTS and following == "(" and self._text(index + 3) == ")":
            inner = self.source[index + 2]
            self.tokens += [
                instead(self.source[index], "struct"),
                instead(inner, _STRUCTS[text] + inner.text, kind="name"),
            ]
            return index + 4
        if following == "(" and _HEAD.fullmatch(text):
            named = self._text(index + 2)
            name = named if named.isidentifier() else "list_head"
            self.tokens += [
                instead(self.source[index], "struct"),
                instead(self.source[index], name),
            ]
            return self._close(index + 1) + 1
        if text in _TYPEOF and following == "(":
            self.tokens.append(instead(self.source[index], "typeof", kind="name"))
            return self._close(index + 1) + 1
        if text == "va_arg" and following == "(":
            return self._argument_dropped(index)
        if text == "extern" and self._text(index + 2) == "{" and following.startswith('"'):
            self.open.append("language")
            return index + 3
        is_last = following in (",", ")") and self.open[-1:] == ["call"]
        if text in KEYWORDS or text in self.types or (is_last and text in self._of_types):
            return self._type_as_argument(index)
        before = self._before()
        is_joined = before is not None and before.kind == "string" and following != "("
        if following.startswith('"') or is_joined:
            return index + 1  # a macro that is part of a string
        return self._annotation(index) or self._macro(index)

    def _argument_dropped(self, index: int) -> int:
        """`va_arg(list, type)` without the type."""
        close = self._close(index + 1)
        comma = next((i for i in range(index + 2, close) if self._text(i) == ","), close)
        self.tokens += [*self.source[index:comma], self.source[close]]
        return close + 1

    def _type_as_argument(self, index: int) -> int | None:
        """A type in the place of an argument, as macros take it, becomes a number: it is short."""
        before, text = self._before(), self._text(index)
        is_basic = text in KNOWN_TYPES or (text in KEYWORDS and text not in _TAGGED)
        leads = (",",) if is_basic else (",", "(")  # `f(void)` is no macro
        is_call = self.open[-1:] in (["call"], ["loop"])
        if before is None or before.text not in leads or not is_call:
            return None
        end = index
        while (word := self._text(end)) in self._of_types:
            end += 2 if word in _TAGGED else 1
        if end == index or self._text(end) not in (",", ")"):
            return None
        self.tokens.append(instead(self.source[index], "1", kind="number"))
        return end

    def _annotation(self, index: int) -> int | None:
        """A word of another header beside a type or a parameter: `API int f(int x UNUSED)`."""
        text, following = self.source[index].text, self._text(index + 1)
        is_word = (text.isupper() and len(text) > 2) or text.startswith("__")
        if not is_word or text in ("__func__", "__FUNCTION__", "__FILE__", "__LINE__", "NULL"):
            return None
        before, earlier = self._before(), self._before(2)
        lead = before.text if before is not None else ""
        following_is_name = index + 1 < len(self.source) and self.source[index + 1].kind == "name"
        third = self._text(index + 2)
        if following_is_name and (lead in _STORAGE or lead in ("void", "int", "char")):
            is_third = third == "*" or (
                index + 2 < len(self.source) and self.source[index + 2].kind == "name"
            )
            if is_third or (text.startswith("__") and lead not in ("", ";", "}")):
                return index + 1
        if before is None or earlier is None:
            return None
        if lead == ")" and following in (";", "{") and not self.open and not self._has_value():
            return index + 1
        is_parameter = before.kind == "name" and lead not in KEYWORDS and following in (",", ")")
        if is_parameter and (earlier.kind == "name" or earlier.text == "*"):
            return None if earlier.text in _TAGGED else index + 1
        return None

    def _has_value(self) -> bool:
        """Whether an `=` stands in the piece that is being read."""
        words = (";", "}", "=", "return")
        last = next((t.text for t in reversed(self.tokens) if t.text in words), "")
        return last in ("=", "return")

    def _macro(self, index: int) -> int | None:
        """A call that is no statement of C: a macro that loops, or one that declares."""
        token = self.source[index]
        is_loop = self._text(index + 1) == "(" and _LOOP.search(token.text) is not None
        if self._text(index + 1) != "(" or not self._is_start(after_head=is_loop):
            return None
        close = self._close(index + 1)
        after = self._text(close + 1)
        if self.open[-1:] == ["struct"]:
            return self._member(index, close)
        is_block = after == "{" and bool(self.open)
        if is_block or (is_loop and after not in (";", "")):
            self.tokens += [
                instead(token, "while"),
                instead(token, "("),
                token,
                self.source[index + 1],
            ]
            self._opened("loop")
            text = f"{token.text} is taken as a loop of one turn: what it loops over is not known"
            self.notes.append(Note(token.line, text))
            return index + 2
        is_alone = close + 1 >= len(self.source) or self.source[close + 1].kind == "name"
        if token.text.isupper() and is_alone and after != ";":
            self.notes.append(
                Note(token.line, f"{token.text} is a macro of another header: it is left out")
            )
            return close + 1
        return None

    def _member(self, index: int, close: int) -> int | None:
        """A member that is declared by a macro: `BIT(reused);` or `LIST_ENTRY(x) link;`."""
        inner = self.source[index + 2 : close]
        if self._text(close + 1) == ";" and inner and inner[-1].kind == "name":
            self.tokens += [self.source[index], inner[-1]]
        elif self.source[close + 1].kind == "name":
            self.tokens.append(self.source[index])
        else:
            return None
        return close + 1

    # -- marks ---------------------------------------------------------------

    def _odd(self, index: int) -> int | None:
        """Attributes in `[[ ]]`, the end of `extern "C"`, and what cannot be read."""
        token = self.source[index]
        if token.text == "[" and self._text(index + 1) == "[":
            return self._close(index) + 1
        if token.text == "}" and self.open[-1:] == ["language"]:
            self.open.pop()
            return index + 1
        if token.text == "(" and self._text(index + 1) == "{":
            said = "a block that has a value, ({ … }), is not C but GNU C"
            self.problems.append(Problem(token.line, token.column, 2, said, _BEFORE_IT))
        return None


def plain(tokens: Sequence[Token], own_types: Iterable[str] = ()) -> Plain:
    """The tokens as a parser of C reads them.

    >>> from sslrefs.cscript.tokens import tokenize
    >>> read = plain(tokenize("API int f(STACK_OF(X509) *s UNUSED) __asm__();").tokens)
    >>> " ".join(token.text for token in read.tokens)
    'int f ( struct stack_st_X509 * s ) ;'
    """
    return Plain(in_c(tokens), own_types)
