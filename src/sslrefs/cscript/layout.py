"""Our tokens as those that pycparser reads, each at its place, and its complaint in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pycparser import c_ast
from pycparser.c_lexer import CLexer
from pycparser.c_lexer import Token as Word
from pycparser.c_parser import CParser, ParseError

from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.tokens import Token

__all__ = ["parsed"]

_FILE = "text"


class _PlacedLexer(CLexer):
    """A lexer that cuts nothing: it hands out tokens that were cut before, where they stood.

    Every text is cut once, so that no place can be lost; to cut it again would take half of the
    time of the parser.
    """

    furthest: Word | None = None
    """The last word that was asked for, which is where a syntax error really is."""
    waiting: Iterator[Word] = iter(())

    def input(self, text: str, filename: str = "") -> None:
        """Begin; what there is to read was given by `parsed`."""

    def token(self) -> Word | None:
        """The next word, None at the end."""
        return next(self.waiting, None)

    def words(
        self, lead: Iterable[str], tokens: Sequence[Token], trail: Iterable[str]
    ) -> Iterator[Word]:
        """The tokens as words of pycparser, with others before and after them."""
        for text in lead:
            yield Word(_kind(text), text, 1, 1, _FILE)
        line, column = 0, 1
        for token in tokens:
            if token.line > line:
                line, column = token.line, 1
            if token.column > column or token.end > token.start:
                column = token.column  # any other came out of a macro: behind what is before it
            self.furthest = Word(_kind(token.text), token.text, line, column, _FILE)
            if not self.furthest.type:
                self.error_func(f"{token.text} is no word of C", line, column)
            yield self.furthest
            column += len(token.text)
        for text in trail:
            self.furthest = Word(_kind(text), text, line + 1, 1, _FILE)
            yield self.furthest


@lru_cache(maxsize=4096)
def _kind(text: str) -> str:
    """What pycparser calls a word; nothing if it is none, as `09`."""
    complaints: list[str] = []
    lexer = CLexer(lambda message, _line, _column: complaints.append(message))
    lexer.input(text)
    found = lexer.token()
    return found.type if found is not None and found.value == text and not complaints else ""


def parsed(
    lead: Iterable[str], tokens: Sequence[Token], trail: Iterable[str] = ()
) -> list[c_ast.Node] | Problem:
    """What words, then tokens of the text, then words again are to pycparser; or the mistake.

    Raises:
        RecursionError: They are nested too deeply.
    """
    parser = CParser(lexer=_PlacedLexer)
    parser.clex.waiting = parser.clex.words(lead, tokens, trail)
    try:
        return list(parser.parse("").ext)
    except ParseError as error:
        return _syntax_problem(error, parser.clex.furthest, tokens)
    finally:
        # The parser and its lexer know each other: all that they read would stay for long.
        vars(parser).clear()


def _syntax_problem(error: ParseError, furthest: object, tokens: Sequence[Token]) -> Problem:
    """What pycparser found, at the furthest token it came to, in words for people."""
    line = getattr(furthest, "lineno", tokens[0].line)
    column = getattr(furthest, "column", tokens[0].column)
    index = next(
        (i for i, t in enumerate(tokens) if (t.line, t.column) >= (line, column)), len(tokens)
    )
    if index >= len(tokens):
        last = tokens[-1]
        place = Problem(last.line, last.column + len(last.text), 1, "")
        found = "the end of the statement"
    else:
        token = tokens[index]
        place = Problem(token.line, token.column, len(token.text), "")
        found = token.text
    if getattr(furthest, "type", None) == "":
        return place._replace(message=f"{found} is no word of C", hint=_hint_for(found))
    before = tokens[index - 1] if index > 0 else None
    if before is not None and before.line < place.line and before.text not in ";{}":
        place = Problem(before.line, before.column + len(before.text), 1, "")
        return place._replace(
            message="the statement does not end here", hint="is there a ; missing at this place?"
        )
    detail = str(error).rsplit(":", 1)[-1].strip()
    if detail == "Invalid expression":
        hint = f"write a value or a variable before {found}"
        return place._replace(message=f"found {found} where an expression is expected", hint=hint)
    hint = "is there an operator, a comma or a ; missing before it?"
    return place._replace(message=f"{found} does not fit here", hint=hint)


def _hint_for(word: str) -> str:
    """What to write in the place of a word that C does not have."""
    if word[0].isdigit():
        return "a number that begins with 0 is octal, and has no 8 or 9: write it without the 0"
    if word.endswith("'"):
        return "between single quotes stands one character: write text between double quotes"
    return r"behind a \ in a text stands one of n, t, r, 0, x, \ and the quotes"
