from __future__ import annotations

import pytest

from sslrefs.lessons.scenario import Tally


@pytest.mark.parametrize(
    ("expected", "count", "holders"),
    [
        ("2 = ssl + cache", 2, ("ssl#1.session", "ctx#1.cache")),
        ("1 ≠ 2 = ssl + cache", 1, ("ssl#1.session", "ctx#1.cache")),
        ("0 ≠ 1 = cache", 0, ("ctx#1.cache",)),
        ("2 = s + s", 2, ("s", "s")),
        ("3 = ssl + cache + peek", 3, ("ssl#1.session", "ctx#1.cache", "peek")),
        ("0", 0, ()),
    ],
)
def test_a_tally_reads_as_the_lessons_write_it(
    expected: str, count: int, holders: tuple[str, ...]
) -> None:
    assert str(Tally(1, "session#1", count, holders)) == expected
