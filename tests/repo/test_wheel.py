"""The wheel and the sdist: whole, well described, and enough for a terminal by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.repo.fresh import clone, environment
from tests.repo.test_repository import ROOT

pytestmark = pytest.mark.slow

BORROWED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION_free(SSL_get0_session(ssl));
SSL_free(ssl);
"""


def build(project: Path, target: str, out: Path) -> Path:
    """The one file that the project's build makes for a target."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = (path for path in out.iterdir() if path.name.endswith((".whl", ".tar.gz")))
    return made


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist of a fresh clone, and the wheel built from nothing but that sdist."""
    folder = tmp_path_factory.mktemp("packages")
    sdist = build(clone(folder), "sdist", folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return sdist, build(folder / sdist.name.removesuffix(".tar.gz"), "wheel", folder / "wheel")


def test_the_wheel_carries_all_that_the_package_reads(packages: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(packages[1]) as wheel:
        names = set(wheel.namelist())
    own = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "sslrefs").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    notebooks = {f"sslrefs/course/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}

    assert "sslrefs/py.typed" in own
    assert (own | notebooks) - names == set()
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_metadata_passes_the_index_s_own_check(packages: tuple[Path, Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *packages],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_alone_gives_the_terminal_commands(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    bin_folder = environment(tmp_path / "empty")
    subprocess.run([bin_folder / "pip", "install", "-q", packages[1]], check=True)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    (tmp_path / "borrowed.c").write_text(BORROWED, encoding="utf-8")

    def sslrefs(*words: str) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [bin_folder / "sslrefs", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    ran = sslrefs("run", "borrowed.c")
    page = sslrefs("export", "borrowed.c", "--format", "html", "-o", "borrowed.html")
    checked = sslrefs("check", "borrowed.c")
    calls = sslrefs("calls", "SSL_SESSION_free")
    doctor = sslrefs("doctor")
    lab = sslrefs("lab", "desk")

    assert (ran.returncode, page.returncode, calls.returncode) == (1, 0, 0), ran.stderr
    assert "borrowed_free" in ran.stdout
    assert "Content-Security-Policy" in (tmp_path / "borrowed.html").read_text(encoding="utf-8")
    assert "SSL_SESSION_free" in calls.stdout
    assert "agree" in checked.stdout or "no libssl was found" in checked.stderr
    assert doctor.returncode == 0
    assert "missing  jupyterlab" in doctor.stdout
    assert lab.returncode == 2
    assert "pip install 'sslrefs[lab]'" in lab.stderr
    assert (tmp_path / "desk" / "00_start_here.ipynb").is_file()
