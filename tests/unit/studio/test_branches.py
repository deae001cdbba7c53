from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sslrefs.cli import main
from sslrefs.studio.branches import branches

CLEANUP = """int fetch(SSL_CTX *ctx) {
    SSL_SESSION *sess = NULL;
    SSL *ssl = SSL_new(ctx);
    if (ssl == NULL)
        return -1;
    if (SSL_connect(ssl) != 1)
        goto err;
    sess = SSL_get1_session(ssl);
    if (store(sess) < 0)
        goto err;
    SSL_SESSION_free(sess);
err:
    SSL_free(ssl);
    return 0;
}
int main(void) {
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    if (ctx == NULL) return 1;
    fetch(ctx);
    SSL_CTX_free(ctx);
    return 0;
}
"""


def test_a_leak_of_one_way_is_found_on_that_way_alone() -> None:
    found = branches(CLEANUP)

    assert [(path.name, path.verdict) for path in found.paths] == [
        ("nothing fails", "clean"),
        ("line 17: SSL_CTX_new fails", "clean"),
        ("line 3: SSL_new fails", "clean"),
        ("line 6: SSL_connect fails", "clean"),
        ("line 9: store fails", "lost_pointer of session#1"),
    ]
    (finding,) = found.findings
    assert (finding.at_line, finding.wrong_line) == (14, 14)
    assert finding.fix.startswith("Call SSL_SESSION_free(sess) before that")


def test_what_is_wrong_on_every_way_is_told_once() -> None:
    found = branches(CLEANUP.replace("    SSL_CTX_free(ctx);\n", ""))

    assert [path.verdict for path in found.paths] == [
        "leak of ctx#1",
        "clean",
        "nothing more",
        "nothing more",
        "lost_pointer of session#1",
    ]
    assert len(found.findings) == 2


def test_the_second_time_is_named_as_such() -> None:
    found = branches("for (int i = 0; i < 2; i++)\nif (!SSL_SESSION_new()) break;\nsleep(1);")

    assert [path.name for path in found.paths[1:]] == [
        "line 2: SSL_SESSION_new fails",
        "line 2: SSL_SESSION_new fails the second time",
    ]


def cli(*arguments: str, text: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["run", *arguments, "-"], input=text)
    return result.exit_code, result.output


def test_the_command_prints_the_ways_and_what_ran_on_those_that_are_wrong() -> None:
    status, output = cli("--branches", "all", text=CLEANUP)

    assert status == 1
    assert "One way on which nothing fails, 4 ways on which something fails, once" in output
    assert "── line 9: store fails ──\n 9    if (store(sess) < 0)\n13    SSL_free(ssl);\n" in output
    assert output.count("lost_pointer of session#1\n") == 2


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("sleep(1);", 0, "One way: no failure changes what runs"),
        ("SSL_SESSION_free(s);", 2, "s is not declared"),
    ],
)
def test_the_command_ends_with_the_usual_statuses(text: str, status: int, words: str) -> None:
    found, output = cli("--branches", "all", text=text)

    assert found == status
    assert words in output


def test_the_ways_are_data_too() -> None:
    _status, output = cli("--branches", "all", "--format", "json", text=CLEANUP)
    data = json.loads(output)

    assert [way["name"] for way in data["ways"]][-1] == "line 9: store fails"
    assert data["ways"][-1]["fails"] == {"step": 5, "line": 9, "what": "store"}
    assert data["ways"][-1]["run"]["findings"][0]["kind"] == "lost_pointer"
    assert data["ways"][0]["fails"] is None
