"""What `check` does when all is well, and when the library is not what it should be."""

from __future__ import annotations

import pytest

from sslrefs.oracle.compare import WrongLibraryError, check, library_asked_for

SHORT = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_up_ref(s);\nSSL_SESSION_free(s);\n"


def test_a_text_names_its_library_or_not() -> None:
    assert library_asked_for(SHORT) is None
    assert library_asked_for("// sslrefs: library LibreSSL\n" + SHORT) == "LibreSSL"


@pytest.mark.libssl
def test_every_step_of_a_short_text_agrees() -> None:
    comparison = check(SHORT)

    assert comparison.problem is None
    assert len(comparison.steps) == 3


@pytest.mark.libssl
def test_undefined_behaviour_is_seen_without_harm_to_this_process() -> None:
    comparison = check(SHORT + "SSL_SESSION_free(s);\nSSL_SESSION_free(s);\n")

    assert comparison.agrees
    assert comparison.seen is not None
    assert comparison.seen.step == 4


@pytest.mark.libssl
def test_a_text_about_another_library_is_refused() -> None:
    with pytest.raises(WrongLibraryError, match="sslrefs: library LibreSSL"):
        check("// sslrefs: library LibreSSL\n" + SHORT)
