"""The inputs by number: the same number and seed are always the same text."""

from __future__ import annotations

from random import Random
from typing import Literal, NamedTuple

from tests.fuzz.grammar import program

__all__ = ["LONGEST", "SHAPES", "Input", "Kind", "input_of", "shape"]

Kind = Literal["valid", "mutated", "bytes", "large"]
_SCRAPS = (
    *"(){}[];,*&=\"'#\\/.<>-+!?:%@`$\n\t\0", "/*", "*/", "//", "SSL", "if (", "else", "for (",
    "while (", "switch (", "case 1:", "goto out;", "return", "NULL", "int main(void) {", "0", "1e999",
    "0x", "struct", "typedef", "sslrefs:", "/* sslrefs: fails */", "#define A A A", "#if 0\n",
    "#endif\n", "sizeof", "->", "...", "ö", "\ud800", "static", "SSL_free(", "%s", "'\\x", "unsigned",
    "SSL_SESSION_free(s);", "pthread_create(&x, NULL, on_new, NULL);", "char x[", "= {", "} else {",
)  # fmt: skip
LONGEST = 100_000


class Input(NamedTuple):
    """A text, and how it was made."""

    kind: Kind
    text: str


def input_of(number: int, seed: int) -> Input:
    """The input of that number: by turns a valid program, two mutated ones, and bytes."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - nothing here is a secret
    if number % 500 == 499:
        return Input("large", _large(random))
    match number % 4:
        case 0:
            return Input("valid", program(random))
        case 3:
            return Input("bytes", _bytes(random))
    return Input("mutated", _mutated(program(random), random))


def _mutated(text: str, random: Random) -> str:
    """A text with pieces cut out, put in, doubled or swapped."""
    for _ in range(random.randint(1, 6)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 3, 20)))
        piece = random.choice((random.choice(_SCRAPS), "", text[start:end] * 2))
        if random.random() < 0.2:
            other = random.randint(0, len(text))
            piece = text[other : other + random.randint(1, 60)]
        text = text[:start] + piece + text[end:]
    return text


def _bytes(random: Random) -> str:
    """Bytes read as text: any, or with C's marks and words among them."""
    size = random.choice((1, 10, 100, 1_000))
    if random.random() < 0.5:
        return random.randbytes(size).decode(errors="replace")
    return "".join(random.choice(_SCRAPS) for _ in range(size // 3 + 1))


_START = "SSL_CTX *c = SSL_CTX_new(TLS_method()); SSL *ssl = SSL_new(c); SSL_SESSION *s = NULL;\n"
_SHAPES = (
    # unit, what stands before and after, and whether what is opened is closed again;
    # a %d is the unit's number
    ("SSL_SESSION_free(NULL);\n", "", "", False),
    ("SSL_SESSION *s = SSL_SESSION_new();\n", "", "", False),
    ("x = y;\n", "", "", False),
    ("int f(int a) { return a; }\n", "", "", False),
    ("/* sslrefs: fails */", "", "", False),
    ("x ", "", "", False),
    ("a*", "", "b;", False),
    ("-", "int x = ", "1;", False),
    ("if (x) ", "int x;\n", ";", False),
    ("else ", "if (1) ", ";", False),
    ("case 1: ", "switch (1) { ", "}", False),
    ('"a" ', "char *s = ", ";", False),
    ("{", "", "}", True),
    ("(", "x = ", ")", True),
    ("f(", "", ")", True),
    ("&x[", "", "]", True),
    ("{", "", "", False),
    ("#define A A\n", "", "A", False),
    ("#define A(x) A(A(x))\n", "", "A(1)", False),
    ("#if 1\n", "", "", False),
    ("\\\n", "int x", ";", False),
    ("T *x, ", "void f(", "int n) { }", False),
    ("typedef int ", "", "x;", False),
    ("struct a { ", "", "};", False),
    ("goto a; ", "", "", False),
    ("a: ", "", ";", False),
    ("“", "", "", False),
    ("'", "", "", False),
    ("\n", "", "int a = 1;", False),
    (" ", "", "#0", False),
    ("x", "--- ", "", False),
    ("a.", "#0 0x00007fff in f ()\n", "", False),
    ("...\n", "", "", False),
    ("keep(x, T, s);\n", "T *x;\n", "", False),
    ("keep(saved, struct entry, s);\n", "struct entry *saved;\n", "", False),
    ("SSL_SESSION_free(s->next);\n", "", "", False),
    ("#if A\n#endif\n", "", "int a;", False),
    ("A(1.5);\n", "#define A(x) f(x)\n", "", False),
    ("A;", "#define A 1\n", "", False),
    ("[1]", "int x", ";", False),
    ("SSL_SESSION_fre(s);\n", _START, "", False),
    ("x x;\n", "", "", False),
    ("x = y%d;\n", "int x;\n", "", False),
    ("goto a%d; a%d: ;\n", "", "", False),
    ("goto a%d; b%d: ;\n", "", "", False),
    ("SSL *a%d = SSL_new(c);\n", _START, "", False),
    ("SSL_SESSION *a%d = s, *b%d = s;\n", _START, "", False),
    ("s = SSL_get1_session(ssl);\n", _START, "", False),
    ("SSL_set_session(ssl, SSL_SESSION_new());\n", _START, "", False),
    ("int f%d(void) { return 1; }\n", "", "", False),
    ("T%d x%d;\n", "", "", False),
    ("typedef int t%d;\n", "", "", False),
    ("a.b%d = 1;\n", "struct a { int b; } a;\n", "", False),
    ("int b%d; ", "struct a { ", "}; struct a x; int y = x.c;", False),
    ("if (f%d(ssl)) { SSL_SESSION_up_ref(s); }\n", _START, "", False),
    ("while (f(ssl)) { SSL_SESSION_up_ref(s); }\n", _START, "", False),
)


def shape(number: int, size: int) -> str:
    """A text of `size` characters, or a little less, of the shape of that number."""
    unit, before, after, is_closed = _SHAPES[number]
    if "%d" in unit:
        width = len(unit.replace("%d", "00000"))
        count = (size - len(before) - len(after)) // width
        made = "".join(unit.replace("%d", f"{one:05}") for one in range(count))
        return before + made + after
    many = (size - len(before) - len(after)) // (len(unit) + (len(after) if is_closed else 0))
    return before + unit * many + after * (many if is_closed else 1)


SHAPES = range(len(_SHAPES))


def _large(random: Random) -> str:
    """A text that may be as long as a text may be, of one shape."""
    return shape(random.choice(SHAPES), random.choice((LONGEST, LONGEST // 2, 20_000, 3_000)))
