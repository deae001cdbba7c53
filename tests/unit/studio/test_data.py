"""A run as plain data, whole or in parts, and too large to be listed."""

from __future__ import annotations

import re

import pytest

from sslrefs.model.world import Living
from sslrefs.studio.data import TooManyFactsError
from sslrefs.studio.run import Run, run

MANY = """\
SSL_CTX *c = SSL_CTX_new(TLS_method());
for (int i = 0; i < 1500; i++) { SSL *a = SSL_new(c); }
"""


@pytest.fixture(scope="module")
def many() -> Run:
    return run(MANY)


def test_some_steps_are_those_of_the_whole() -> None:
    result = run(
        "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_up_ref(s);\nSSL_SESSION_free(s);"
    )

    part = result.data(slice(1, 3))

    assert part["steps"] == result.data()["steps"][1:3]  # type: ignore[index]
    assert part["findings"] == result.data()["findings"]


def test_a_run_with_too_many_facts_says_which_steps_can_be_had(many: Run) -> None:
    with pytest.raises(TooManyFactsError) as refused:
        many.data()

    found = re.search(r"slice\((\d+), (\d+)\)", str(refused.value))
    assert found is not None
    first, end = map(int, found.groups())
    assert first == 0
    assert len(many.data(slice(first, end))["steps"]) == end  # type: ignore[arg-type]
    with pytest.raises(TooManyFactsError):
        many.data(slice(first, end + 1))


def test_a_long_run_with_few_objects_is_listed_whole() -> None:
    text = "SSL_SESSION *s = SSL_SESSION_new();\nfor (int i = 0; i < 6000; i++) { sleep(1); }"

    assert len(run(text).data()["steps"]) == 6001  # type: ignore[arg-type]


def test_objects_that_are_gone_weigh_nothing() -> None:
    loop = "SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_free(s);"

    result = run(f"for (int i = 0; i < 1900; i++) {{ {loop} }}")

    assert len(result.data()["steps"]) == 3800  # type: ignore[arg-type]


def test_who_is_alive_is_told_of_each_world_as_the_world_tells_it() -> None:
    loop = "SSL_SESSION *s = SSL_SESSION_new(); SSL *a = SSL_new(c); SSL_SESSION_free(s);"
    text = f"SSL_CTX *c = SSL_CTX_new(TLS_method());\nfor (int i = 0; i < 200; i++) {{ {loop} }}"
    living = Living()

    for step in run(text).timeline.steps:
        assert living.of(step.world) == step.world.living()
