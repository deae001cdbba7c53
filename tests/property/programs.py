"""Random C texts: straight-line programs of valid and invalid calls, and mutilated ones."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["broken_texts", "odd_programs", "programs"]

_NAMES = {
    "SSL_CTX *": ("c1", "c2"),
    "SSL *": ("a", "b", "d"),
    "SSL_SESSION *": ("s", "t", "u"),
}
_C, _A, _S = (st.sampled_from(names) for names in _NAMES.values())
_MODES = st.sampled_from(
    ["SSL_SESS_CACHE_OFF", "SSL_SESS_CACHE_CLIENT", "SSL_SESS_CACHE_SERVER", "SSL_SESS_CACHE_BOTH"]
)

_TEMPLATES = [
    "{c} = SSL_CTX_new(TLS_method());",
    "SSL_CTX_up_ref({c});",
    "SSL_CTX_free({c});",
    "SSL_CTX_set_session_cache_mode({c}, {m});",
    "SSL_CTX_set_max_proto_version({c}, TLS1_2_VERSION);",
    "SSL_CTX_set_options({c}, SSL_OP_NO_TICKET);",
    'SSL_CTX_set_session_id_context({c}, "app", 3);',
    "SSL_CTX_sess_number({c});",
    "SSL_CTX_add_session({c}, {s});",
    "SSL_CTX_remove_session({c}, {s});",
    "SSL_CTX_flush_sessions({c}, {n});",
    "{a} = SSL_new({c});",
    "SSL_up_ref({a});",
    "SSL_free({a});",
    "SSL_connect({a});",
    "SSL_accept({a});",
    "SSL_accept({a}); /* sslrefs: peer resumes */",
    "SSL_connect({a}); // sslrefs: fails",
    "SSL_shutdown({a});",
    "{s} = SSL_get_session({a});",
    "{s} = SSL_get1_session({a});",
    "SSL_set_session({a}, {s});",
    "{s} = SSL_SESSION_new();",
    "SSL_SESSION_up_ref({s});",
    "SSL_SESSION_free({s});",
    'SSL_SESSION_set1_id({s}, "{k}", 3);',
    "{s} = {s2};",
    "{a} = {a2};",
    "{c} = NULL;",
    "{s} = NULL;",
    "SSL_SESSION_free(SSL_get1_session({a}));",
    "if ({s} != NULL) SSL_SESSION_free({s});",
    "{{ SSL_SESSION *s = SSL_SESSION_new(); {s} = s; }}",
    "for (int i = 0; i < 2; i++) SSL_SESSION_up_ref({s});",
    "{s} = made();",
    "{s} = kept({s2});",
    "drop({s});",
    "sleep({n});",
]
_HELPERS = """static SSL_SESSION *made(void) { return SSL_SESSION_new(); }
static SSL_SESSION *kept(SSL_SESSION *x) { if (x) { SSL_SESSION_up_ref(x); } return x; }
static void drop(SSL_SESSION *x) { SSL_SESSION *y = x; SSL_SESSION_free(y); }
"""
_START = """c1 = SSL_CTX_new(TLS_method());
a = SSL_new(c1);
SSL_connect(a);
s = SSL_get1_session(a);
"""


@st.composite
def _lines(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from(_TEMPLATES))
    return template.format(
        c=draw(_C),
        a=draw(_A),
        a2=draw(_A),
        s=draw(_S),
        s2=draw(_S),
        m=draw(_MODES),
        n=draw(st.sampled_from(["0", "1000000", "time(NULL)", "1"])),
        k=draw(st.sampled_from(["one", "two"])),
    )


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that can be run; what it does may be right or wrong."""
    peer = draw(st.sampled_from(["", "/* sslrefs: peer TLS 1.2 */\n"]))
    declared = "".join(
        f"{type_}{name}{draw(st.sampled_from([' = NULL', ' = NULL', '']))};\n"
        for type_, names in _NAMES.items()
        for name in names
    )
    start = draw(st.sampled_from([_START, _START, ""]))
    lines = draw(st.lists(_lines(), max_size=25))
    return peer + _HELPERS + declared + start + "\n".join(lines) + "\n"


_SCRAPS = st.sampled_from(
    [*"(){}[];,*&=\"'#\\/.<>-+!?:%@`$\n\t\0", "/*", "*/", "//", "SSL", "if", "else", "for", "while"]
    + [
        "return",
        "NULL",
        "int main(void) {",
        "0",
        "struct",
        "typedef",
        "sslrefs:",
        "ö",
        "\ud800",
        "case",
    ]
    + [
        "goto",
        "switch",
        "do",
        "->",
        "...",
        "#define X",
        "SSL_SESSION_free",
        "static",
        "sizeof",
        "1e9",
    ]
)


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    """A program with pieces cut out, put in and swapped; or any text at all."""
    if draw(st.booleans()):
        return draw(st.text() | st.lists(_SCRAPS, max_size=30).map(" ".join))
    text = draw(programs())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(_SCRAPS | st.just("") | st.text(max_size=3)) + text[end:]
    return text


_ODD_LINES = st.sampled_from(
    [
        "goto out;",
        "out: sleep(1);",
        "break;",
        "continue;",
        "return;",
        "return 1;",
        "exit(0);",
        "while (1) { if (s) break; s = t; }",
        "do { SSL_SESSION_up_ref(t); } while (0);",
        "switch (SSL_connect(a)) { case 1: SSL_shutdown(a); break; default: return 1; }",
        "SSL_SESSION_free((SSL_SESSION *)5);",
        'SSL_SESSION_free((SSL_SESSION *)"x");',
        "SSL_free((SSL *)(void *)s);",
        "SSL_CTX_flush_sessions(c1, (long)s);",
        "SSL_CTX_flush_sessions(c1, NULL);",
        "SSL_CTX_set_session_cache_mode(c1, NULL);",
        "SSL_CTX_sess_set_new_cb(c1, (void *)5);",
        "SSL_CTX_sess_set_new_cb(c1, (void *)made);",
        "SSL_CTX_sess_set_remove_cb(c1, (void *)drop);",
        "void *v = s; v = a; SSL_SESSION_free(v);",
        "struct box { SSL_SESSION *in; SSL *conn; } one; one.in = s; SSL_SESSION_free(one.in);",
        "SSL_SESSION *many[2]; many[0] = s; many[7] = t; SSL_SESSION_free(many[n0]);",
        "SSL_SESSION **at = &s; SSL_SESSION_free(*at); *at = NULL;",
        "SSL_SESSION **heap = malloc(8); *heap = SSL_SESSION_new(); free(heap);",
        "SSL_SESSION_set1_id(s, (unsigned char *)5, 3);",
        'SSL_SESSION_set1_id(s, "x", 900);',
        "SSL_SESSION_set_timeout(s, -5);",
        "long big = 9223372036854775807; big = big * big; sleep(big);",
        "sleep(s == NULL);",
        "(s ? SSL_SESSION_free : drop)(s);",
        "s = (drop(s), made());",
        "s++;",
        "s[0];",
        "*s;",
        "&s;",
        "-s;",
        "!s;",
        "s == a;",
        "s = a = NULL;",
        "unknown_thing(&s, made(), 3);",
        "SSL_SESSION *x = x;",
        "int n0 = n0 + 1;",
        'char *p = "a" "b"; p[0] = \'x\';',
        "static SSL_SESSION *once = NULL; if (!once) once = made();",
        "SSL_read(a, (void *)s, 10);",
        "SSL_CTX_free(SSL_get_SSL_CTX(a));",
        "SSL_set_SSL_CTX(a, c2);",
        "SSL_clear(a);",
        "b = SSL_dup(a);",
        "t = SSL_SESSION_dup(s);",
        "kept(kept(kept(s)));",
        "drop(made());",
        "SSL_set_session(a, made());",
        "c1 = SSL_get_SSL_CTX(a);",
        "SSL_set_session(a, NULL);",
    ]
)


@st.composite
def odd_programs(draw: st.DrawFn) -> str:
    """A program with lines that are C, but nothing a sound program has; it may be refused."""
    lines = draw(programs()).splitlines()
    for odd in draw(st.lists(_ODD_LINES, min_size=1, max_size=4)):
        lines.insert(draw(st.integers(4, len(lines))), odd)
    return "\n".join(lines)
