"""`sslrefs doctor`: what is here, what is not, and how to get it."""

from __future__ import annotations

from importlib import metadata

import pytest
from click.testing import CliRunner

import sslrefs
from sslrefs.cli import main
from sslrefs.oracle.library import LibsslNotFoundError
from sslrefs.places import doctor


def parts() -> dict[str, doctor.Part]:
    return {part.name: part for part in doctor.examine()}


def test_it_names_what_is_used() -> None:
    found = parts()

    assert found["sslrefs"].found == sslrefs.__version__
    assert found["anywidget"].found == metadata.version("anywidget")
    assert found["layout engine"].found in {"graphviz-pure", "dot", "built-in"}


def test_what_is_missing_or_too_old_is_told_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = {"sslrefs": "0.1.0", "ipywidgets": "7.6.5"}

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    def nothing() -> None:
        raise LibsslNotFoundError("no libssl was found on this machine")

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(doctor, "load", nothing)
    monkeypatch.setenv("SSLREFS_ENGINE", "built-in")

    found = parts()
    result = CliRunner().invoke(main, ["doctor"])

    assert found["ipywidgets"].found == ""
    assert found["ipywidgets"].advice.startswith("7.6.5 is too old, 8.1 is needed: pip install")
    assert found["jupyterlab"].advice == "pip install 'sslrefs[lab]'"
    assert "apt install libssl3" in found["libssl"].advice
    assert "pip install graphviz-pure" in found["layout engine"].advice
    assert result.exit_code == 0
    assert "missing  libssl" in result.output


@pytest.mark.libssl
def test_it_names_the_libssl_and_its_profile(library: object) -> None:
    assert library is not None
    assert "modelled as " in parts()["libssl"].found
