from __future__ import annotations

import re

from sslrefs.lessons.misconceptions import MISCONCEPTIONS


def test_each_of_the_25_beliefs_has_its_truth_and_a_public_place() -> None:
    assert len(MISCONCEPTIONS) == 25
    assert len({one.belief for one in MISCONCEPTIONS.values()}) == 25
    for name, one in MISCONCEPTIONS.items():
        assert re.fullmatch("[a-z0-9-]+", name)
        assert one.belief.endswith(".")
        assert one.truth.endswith(".")
        assert one.seen
        for place in one.seen:
            assert re.fullmatch(r"[\w.-]+(/[\w.-]+)? #\d+|\w+\(3\)", place), place
