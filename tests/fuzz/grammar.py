"""Random C programs that a compiler takes: every construct of the language, often in odd company.

What they do with libssl may be right or wrong; that they can be run is part of the claim.
"""

from __future__ import annotations

import re
from random import Random

__all__ = ["program"]

_SESSIONS = ("s", "t", "box.session", "boxes[1].session", "pool[0]", "pool[i & 1]", "at->session")
_CONNECTIONS = ("a", "b", "box.ssl", "at->ssl")
_CONTEXTS = ("c", "d")

_HEADS = (
    "",
    "/* sslrefs: peer TLS 1.2 */\n",
    "/* sslrefs: library LibreSSL */\n",
    "/* sslrefs: library OpenSSL 1.1.1 */ /* sslrefs: peer without tickets */\n",
    "/* sslrefs: assume dropped frees 1 */\n",
)
_TOP = {
    "DROP": "#define DROP(x) do { SSL_SESSION_free(x); (x) = NULL; } while (0)\n",
    "COUNT": "#include <openssl/ssl.h>\n#define COUNT 2\n",
    "SECOND": "enum state { FIRST, SECOND = 4, THIRD };\n",
    "box_t": """typedef struct box { SSL *ssl; SSL_SESSION *session; int used; struct box *next; } box_t;
""",
    "boxes": "static box_t boxes[2];\n",
    "kept": "static SSL_SESSION *kept;\n",
    "last": "static SSL_SESSION *last;\n",
    "index_of_box": "static int index_of_box;\n",
    "take": "SSL_SESSION *take(SSL_SESSION *x) { if (x) SSL_SESSION_up_ref(x); return x; }\n",
    "give": "static void give(SSL_SESSION *x) { SSL_SESSION *y = x; SSL_SESSION_free(y); }\n",
    "made": "static box_t made(SSL_SESSION *x) { box_t y = { .session = x }; return y; }\n",
    "drop": """static void drop(void *of, void *p, CRYPTO_EX_DATA *ad, int i, long l, void *x) {
    SSL_SESSION_free(p);
}
""",
    "shown": "static inline void shown(STACK_OF(X509) *x UNUSED) __attribute__((cold));\n",
    "depth": "static int depth(int n) { return n > 0 ? depth(n - 1) + 1 : 0; }\n",
    "on_new": """static int on_new(SSL *ssl, SSL_SESSION *sess) {
    box_t *own = SSL_get_ex_data(ssl, index_of_box);
    if (own != NULL && own->used++ < 3) { own->session = sess; return 1; }
    kept = sess;
    return 0;
}
""",
    "on_remove": "static void on_remove(SSL_CTX *ctx, SSL_SESSION *sess) { last = sess; }\n",
    "on_get": """static SSL_SESSION *on_get(SSL *ssl, const unsigned char *id, int len, int *copy) {
    *copy = len > 16;
    return kept;
}
""",
}
_VARIABLES = {
    "c": "    SSL_CTX *c = SSL_CTX_new(TLS_method());\n",
    "d": "    SSL_CTX *d = NULL;\n",
    "a": "    SSL *a = SSL_new(c);\n",
    "b": "    SSL *b = NULL;\n",
    "s": "    SSL_SESSION *s = NULL;\n",
    "t": "    SSL_SESSION *t = NULL;\n",
    "pool": "    SSL_SESSION *pool[2] = { NULL };\n",
    "box": "    box_t box = { .used = 0 };\n",
    "at": "    box_t *at = &boxes[0];\n",
    "cell": "    SSL_SESSION *held = NULL, **cell = &held;\n",
    "fn": "    void (*fn)(SSL_SESSION *) = give;\n",
    "buf": "    char buf[64];\n",
    "i": "    int i = 0;\n",
    "n": "    int n = 1;\n",
    "rc": "    int rc = 0;\n",
}
_SIMPLE = (
    "{S} = SSL_SESSION_new();",
    "{S} = SSL_get1_session({A});",
    "{S} = SSL_get_session({A});",
    "SSL_SESSION_up_ref({S});",
    "SSL_SESSION_free({S});",
    "{S} = {S};",
    "{S} = NULL;",
    "{S} = take({S});",
    "give({S});",
    "fn({S});",
    "(*fn)({S});",
    "fn = rc ? give : SSL_SESSION_free;",
    "DROP({S});",
    "dropped({S});",
    "cell = &{S};",
    "*cell = {S};",
    "SSL_SESSION_free(*cell);",
    "{C} = SSL_CTX_new(TLS_client_method());",
    "SSL_CTX_up_ref({C});",
    "SSL_CTX_free({C});",
    "SSL_CTX_set_session_cache_mode({C}, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_SERVER);",
    "SSL_CTX_sess_set_new_cb({C}, on_new);",
    "SSL_CTX_sess_set_remove_cb({C}, &on_remove);",
    "SSL_CTX_sess_set_get_cb({C}, on_get);",
    "SSL_CTX_sess_set_new_cb({C}, NULL);",
    "SSL_CTX_add_session({C}, {S});",
    "SSL_CTX_remove_session({C}, {S});",
    "SSL_CTX_flush_sessions({C}, time(NULL) + {N});",
    "SSL_CTX_sess_set_cache_size({C}, {N});",
    "{A} = SSL_new({C});",
    "SSL_up_ref({A});",
    "SSL_free({A});",
    "rc = SSL_connect({A});",
    "rc = SSL_accept({A});",
    "SSL_connect({A}); // sslrefs: fails",
    "SSL_accept({A}); /* sslrefs: peer resumes */",
    "n = SSL_read({A}, buf, sizeof(buf));",
    "SSL_write({A}, buf, n);",
    "SSL_shutdown({A});",
    "SSL_set_session({A}, {S});",
    "{A} = SSL_dup({A});",
    "SSL_clear({A});",
    "SSL_set_SSL_CTX({A}, {C});",
    "SSL_set_ex_data({A}, index_of_box, at);",
    "SSL_set_app_data({A}, {S});",
    "at = (box_t *) calloc(1, sizeof(*at));",
    "at = &boxes[{N} % 2];",
    "free(at);",
    "memset(&box, 0, sizeof box);",
    "box = *at;",
    "*at = box;",
    "boxes[{N} % 2] = box;",
    "box = (box_t){ .session = {S}, .used = {N} };",
    "box = (box_t){ session: {S}, used: {N} };",
    "box = made({S});",
    "memcpy(at, &box, sizeof box);",
    "at++;",
    "at->next = at - 1;",
    "cell = pool + {N} % 2;",
    "*cell++ = {S};",
    "rc = cell - pool;",
    "if (unlikely(cell > pool)) cell--;",
    "SSL_SESSION_get_ex_new_index({N}, NULL, NULL, NULL, drop);",
    "SSL_SESSION_set_ex_data({S}, 1, {S});",
    "shown(NULL);",
    "TAILQ_FOREACH(at, &box, next) { give({S}); }",
    "box.next = at; box.next->used = {N};",
    "n = {E};",
    "n += {E};",
    "i++;",
    "--n;",
    "sleep({N});",
    'printf("%d %s\\n", n, "x");',
    'helper(c, {E}, "y" "z");',
    "rc = helper({E}) == HELPER_OK;",
    "sleep(depth({N}));",
    ";",
)
_EXPRESSIONS = (
    "{N}", "n", "i", "rc", "COUNT", "SECOND", "(n + {N})", "(n - {N}) * 3", "n / {N}", "n % {N}",
    "n << 2", "~n", "-n", "!rc", "(n & 7) | 1", "n ^ i", "'\\n'", "0x1F", "sizeof(box_t)",
    "(int) n", "n > i ? {N} : i", "n ?: i", "{S} != NULL", "{S} == {S}", "rc == 1 && n < {N}", "i || n",
    "helper(n)", "unknown_number({N}) > 0", "SSL_session_reused({A})", "(i, n)", "1.5",
)  # fmt: skip


def program(random: Random) -> str:
    """A program with a main, or without; only what it uses is declared."""
    maker = _Maker(random)
    body = maker.block(random.choice((1, 2, 3, 5, 12)), 0, in_loop=False)
    end = "out:\n    SSL_free(a);\n    SSL_CTX_free(c);\n" if "goto out" in body else ""
    variables = _used(_VARIABLES, body + end)
    if "index_of_box" in body:
        variables += "    index_of_box = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);\n"
    head = random.choice(("", "int main(void) {\n", "int main(int argc, char **argv) {\n"))
    close = "    return 0;\n}\n" if head else ""
    text = f"{head}{variables}{body}{end}{close}"
    return random.choice(_HEADS) + _used(_TOP, text) + text


def _used(parts: dict[str, str], text: str) -> str:
    """The parts whose names a text or a later part uses, in order."""
    chosen: list[str] = []
    for name, part in reversed(parts.items()):
        if re.search(rf"\b{name}\b", text):
            chosen.append(part)
            text += part
    return "".join(reversed(chosen))


class _Maker:
    """Writes statements."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def block(self, many: int, level: int, *, in_loop: bool) -> str:
        """Statements, one after the other."""
        return "".join(self.statement(level + 1, in_loop=in_loop) for _ in range(many))

    def statement(self, level: int, *, in_loop: bool) -> str:
        """A statement, simple or made of others."""
        pick = self.random.random()
        lead = "    " * level
        if level > 3 or pick < 0.7:
            return f"{lead}{self.filled(self.random.choice(_SIMPLE))}\n"
        if pick < 0.74:
            return (
                f"{lead}goto out;\n"
                if pick < 0.71
                else f"{lead}if ({self.expression()}) goto out;\n"
            )
        if pick < 0.76 and in_loop:
            return f"{lead}if ({self.expression()}) {self.random.choice(('break', 'continue'))};\n"
        return self.compound(level, lead, in_loop=in_loop)

    def compound(self, level: int, lead: str, *, in_loop: bool) -> str:
        """A branch, a loop, a block."""
        kind = self.random.choice(
            ("if", "else", "while", "for", "do", "switch", "block", "endless")
        )
        inside = self.block(self.random.randint(1, 3), level, in_loop=in_loop)
        turns = self.block(self.random.randint(1, 3), level, in_loop=True)
        test = self.expression()
        match kind:
            case "if":
                return f"{lead}if ({test}) {{\n{inside}{lead}}}\n"
            case "else":
                other = self.block(1, level, in_loop=in_loop)
                return f"{lead}if ({test}) {{\n{inside}{lead}}} else {{\n{other}{lead}}}\n"
            case "while":
                return f"{lead}while (i++ < {self.number()} && {test}) {{\n{turns}{lead}}}\n"
            case "for":
                return f"{lead}for (int j = 0; j < {self.number()}; j++) {{\n{turns}{lead}}}\n"
            case "do":
                return f"{lead}do {{\n{turns}{lead}}} while (i++ < {self.number()});\n"
            case "endless":
                return f"{lead}for (;;) {{\n{turns}{lead}    break;\n{lead}}}\n"
            case "switch":
                other = self.block(1, level, in_loop=in_loop)
                case = f"{self.number()}{self.random.choice(('', ' ... 4'))}"
                cases = f"case {case}:\n{inside}{lead}break;\n{lead}default:\n{other}{lead}"
                return f"{lead}switch ({test}) {{\n{lead}{cases}}}\n"
        declared = f"{lead}    static SSL_SESSION *own;\n" if self.random.random() < 0.3 else ""
        return f"{lead}{{\n{declared}{inside}{lead}}}\n"

    def expression(self) -> str:
        """A number."""
        return self.filled(self.random.choice(_EXPRESSIONS))

    def number(self) -> str:
        """A small number, mostly."""
        return str(self.random.choice((0, 1, 2, 3, 5, 100)))

    def filled(self, template: str) -> str:
        """A template with places, numbers and expressions."""
        while (found := _PLACE.search(template)) is not None:
            template = template.replace(found[0], _FILLERS[found[0]](self), 1)
        return template


_PLACE = re.compile(r"\{[SACNE]\}")
_FILLERS = {
    "{S}": lambda maker: maker.random.choice(_SESSIONS),
    "{A}": lambda maker: maker.random.choice(_CONNECTIONS),
    "{C}": lambda maker: maker.random.choice(_CONTEXTS),
    "{N}": lambda maker: maker.number(),
    "{E}": lambda maker: maker.expression(),
}
