"""What `check` does when all is well, and when the library is not what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from sslrefs.oracle.compare import WrongLibraryError, check, library_asked_for
from sslrefs.oracle.library import LibsslNotFoundError

SHORT = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_up_ref(s);\nSSL_SESSION_free(s);\n"


def test_a_missing_library_is_said_with_the_way_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(LibsslNotFoundError, match="apt install libssl3"):
        check(SHORT, libssl=str(tmp_path / "libssl.so"))


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "libssl.so"
    file.write_text("not a library")

    with pytest.raises(LibsslNotFoundError) as caught:
        check(SHORT, libssl=str(file))

    assert caught.value.path == str(file)


def test_a_text_names_its_library_or_not() -> None:
    assert library_asked_for(SHORT) is None
    assert library_asked_for("// sslrefs: library LibreSSL\n" + SHORT) == "LibreSSL"


@pytest.mark.libssl
def test_every_step_of_a_short_text_agrees() -> None:
    comparison = check(SHORT)

    assert comparison.problem is None
    assert len(comparison.steps) == 3


@pytest.mark.libssl
def test_a_run_past_its_limit_is_a_problem_not_a_wait() -> None:
    comparison = check(SHORT, limit=0.01)

    assert comparison.problem is not None
    assert "did not return in 0.01 s" in comparison.problem


@pytest.mark.libssl
def test_a_text_about_another_library_is_refused() -> None:
    with pytest.raises(WrongLibraryError, match="sslrefs: library LibreSSL"):
        check("// sslrefs: library LibreSSL\n" + SHORT)
