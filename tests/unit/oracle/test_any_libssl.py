"""Whatever file is named as libssl: a clear message, or a comparison, never a crash or a wait."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sslrefs.oracle.compare import check
from sslrefs.oracle.library import Libssl, LibsslNotFoundError
from tests.required import program

TEXT = """\
// sslrefs: peer TLS 1.2
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_SESSION_free(s);
"""
NAMED = "Name the file itself"
HEADERS = "#include <stdlib.h>\n#include <unistd.h>\n"
Build = Callable[..., str]


def refusal(path: str, *, limit: float = 30.0) -> str:
    with pytest.raises(LibsslNotFoundError, match=NAMED) as caught:
        check(TEXT, libssl=path, limit=limit)
    return str(caught.value)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Makes a shared library of a few lines of C, linked with the libraries named."""
    compiler = program("cc", ("cc", "gcc", "clang"), "no C compiler: apt install gcc")

    def make(source: str, *needed: str) -> str:
        text, library = tmp_path / "made.c", tmp_path / "libmade.so"
        text.write_text(source)
        command = [compiler, "-shared", "-fPIC", "-Wl,--no-as-needed", "-o", str(library)]
        linked = [name if "/" in name else f"-l:{name}" for name in needed]
        subprocess.run([*command, str(text), *linked], check=True)
        return str(library)

    return make


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "libssl.so")).startswith("there is no file /")


def test_a_name_that_the_system_does_not_know() -> None:
    assert "libno-such-ssl.so cannot be loaded" in refusal("libno-such-ssl.so")


def test_a_file_that_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libssl.so").write_text("not a library")
    monkeypatch.chdir(tmp_path)

    assert f"{tmp_path}/libssl.so cannot be loaded" in refusal("libssl.so")


def test_a_folder_names_the_file_in_it(tmp_path: Path) -> None:
    assert "is a folder, and no libssl is in it" in refusal(str(tmp_path))

    (tmp_path / "libssl.so.3").touch()

    assert f"the libssl in it is {tmp_path}/libssl.so.3" in refusal(str(tmp_path))


def test_a_file_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLREFS_LIBSSL", "/no/such/libssl.so")

    with pytest.raises(LibsslNotFoundError, match="there is no file /no/such"):
        check(TEXT)


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those of Linux")
def test_a_library_that_is_no_libssl(build: Build) -> None:
    assert "is a library, but not a libssl" in refusal(build("int a_number = 1;"))


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those of Linux")
def test_a_libssl_whose_libcrypto_is_missing(build: Build, tmp_path: Path) -> None:
    crypto = tmp_path / "libcrypto-of-another.so"
    Path(build("int crypto = 1;")).rename(crypto)
    made = build("extern int crypto; int *SSL_CTX_new(void) { return &crypto; }", str(crypto))
    crypto.unlink()

    assert "cannot be loaded: " in refusal(made)
    assert "libcrypto-of-another.so: cannot open" in refusal(made)


def test_a_libssl_of_another_age(build: Build) -> None:
    assert "older than OpenSSL 1.1" in refusal(build("void SSL_CTX_new(void) {}"))


@pytest.mark.parametrize(
    ("deed", "limit", "told"),
    [
        ("abort()", 60.0, "ended the process by SIGABRT"),
        ("pause()", 2.0, "did not return in 2 s"),
    ],
)
def test_a_library_that_fails_when_it_is_loaded(
    build: Build, deed: str, limit: float, told: str
) -> None:
    begin = "__attribute__((constructor)) static void begin(void)"

    said = refusal(build(f"{HEADERS}{begin} {{ {deed}; }}"), limit=limit)

    assert f"{told} when it was loaded" in said


@pytest.mark.libssl
@pytest.mark.parametrize(
    ("deed", "limit", "told"),
    [
        ("abort()", 60.0, "ended the process by SIGABRT"),
        ("pause()", 8.0, "did not return in 8 s"),
    ],
)
def test_a_libssl_that_fails_in_a_sound_call(
    build: Build, library: Libssl, deed: str, limit: float, told: str
) -> None:
    """All but one function are those of the real one; what was compared before is kept."""
    broken = f"{HEADERS}void *SSL_get1_session(void *ssl) {{ {deed}; return ssl; }}"

    comparison = check(TEXT, libssl=build(broken, library.path), limit=limit)

    assert comparison.library == library.version
    assert comparison.problem == (
        f"libssl {told} after step 3, where the model sees no undefined behaviour"
    )
    assert [step.agrees for step in comparison.steps] == [True] * 3


@pytest.mark.libssl
def test_a_libssl_that_counts_otherwise_is_seen(build: Build, library: Libssl) -> None:
    lends = "void *SSL_get_session(void *);\nvoid *SSL_get1_session(void *s)"

    comparison = check(
        TEXT, libssl=build(f"{lends} {{ return SSL_get_session(s); }}", library.path)
    )

    assert [str(one) for one in comparison.steps[-1].differences] == [
        "count of session#1: the model says 2, libssl says 1"
    ]


@pytest.mark.libssl
def test_what_a_libssl_prints_does_no_harm(build: Build, library: Libssl) -> None:
    begin = "__attribute__((constructor)) static void begin(void)"
    noisy = f'#include <stdio.h>\n{begin} {{ puts("{{\\"step\\": 7}}"); fflush(stdout); }}'

    assert check(TEXT, libssl=build(noisy, library.path)).agrees
