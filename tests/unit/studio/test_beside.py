"""Two runs side by side: their moments, their first difference, what is said of it."""

from __future__ import annotations

import pytest

from sslrefs.lessons.catalogue.broke_here import CLEAN, ONE_LINE_MORE
from sslrefs.studio.beside import Beside
from sslrefs.studio.export import page_beside
from sslrefs.studio.run import run


@pytest.fixture(scope="module")
def both() -> Beside:
    return Beside(run(ONE_LINE_MORE.text), run(CLEAN.text), names=("buggy", "fixed"))


def test_the_first_difference_is_the_free_that_only_one_makes(both: Beside) -> None:
    assert both.difference is not None
    assert both.beats[both.difference.beat] == (5, 4)
    assert both.beats[both.difference.beat - 1] == (4, 4)
    assert both.difference.says == ("session#1: count 1 | 2; state count 1 ≠ holders 2 | alive")


def test_the_payload_is_the_left_run_with_the_right_one_beside_it(both: Beside) -> None:
    payload = both.payload()
    beside = payload["beside"]

    assert isinstance(beside, dict)
    assert len(beside["right"]["steps"]) + 1 == len(payload["steps"])  # type: ignore[arg-type]  # a list
    assert beside["names"] == ["buggy", "fixed"]
    assert beside["first"] == 5
    assert beside["lines"] == [[7], []]
    assert beside["beats"][-1] == [9, 8]


def test_an_object_that_only_one_run_makes_is_a_difference() -> None:
    new = "SSL_SESSION *s = SSL_SESSION_new();"

    assert Beside(run(";"), run(new)).says == (
        "The first difference is after step 0 | step 1: session#1: not made | made, count 1."
    )


def test_equal_runs_never_disagree(both: Beside) -> None:
    same = Beside(both.left, run(both.left.source + "\n/* the same */\n"))

    assert same.difference is None
    assert str(same).endswith("=== The two never disagree about an object.")


def test_the_text_tells_both(both: Beside) -> None:
    text = str(both)

    assert text.startswith("=== buggy\n")
    assert "\n=== fixed\n" in text
    assert text.endswith("count 1 | 2; state count 1 ≠ holders 2 | alive.")


def test_the_page_of_both_stays_within_its_bound(both: Beside) -> None:
    assert len(page_beside(both)) <= 150_000
