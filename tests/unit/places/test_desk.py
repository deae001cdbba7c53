"""`sslrefs lab`: what is copied, what is never touched, and what a full or closed folder says."""

from __future__ import annotations

import errno
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from sslrefs.cli import main
from sslrefs.places.desk import FIRST, HANDOUT, DeskError, copy_course, course, open_lab

NOBODY = 65534


def test_the_course_is_that_of_the_repository() -> None:
    folder = Path(__file__).parents[3] / "notebooks"
    names = sorted(path.name for path in folder.glob("*.ipynb"))

    assert FIRST in names
    assert list(course()) == names
    assert course()[FIRST] == (folder / FIRST).read_bytes()


def test_notebooks_are_copied_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "course"

    copied = copy_course(folder)

    names = [*course(), HANDOUT]
    assert sorted(path.name for path in folder.iterdir()) == list(copied.new) == names
    assert str(copied) == f"notebooks and hand-out: {len(names)} new"


def test_a_changed_notebook_is_never_written_to(tmp_path: Path) -> None:
    copy_course(tmp_path)
    mine = tmp_path / FIRST
    mine.write_text("mine", encoding="utf-8")

    copied = copy_course(tmp_path)

    assert mine.read_text(encoding="utf-8") == "mine"
    assert (copied.new, copied.kept) == ((), (FIRST,))
    assert f"1 kept as you have them ({FIRST})" in str(copied)


def test_a_link_to_nowhere_and_a_folder_of_that_name_are_kept(tmp_path: Path) -> None:
    (tmp_path / FIRST).symlink_to(tmp_path / "nowhere")
    (tmp_path / list(course())[-1]).mkdir()

    copied = copy_course(tmp_path)

    assert copied.kept == (FIRST, list(course())[-1])
    assert not (tmp_path / "nowhere").exists()


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As on a full disk: a file takes so many bytes and refuses the next one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the operating system are Unix's")
def test_a_write_that_breaks_off_leaves_no_half_notebook(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    with files_of_at_most(1000), pytest.raises(DeskError, match="cannot write the notebooks") as no:
        copy_course(folder)

    assert "sslrefs lab FOLDER" in str(no.value)
    assert list(folder.iterdir()) == []


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody who runs now may write into `folder`; root becomes somebody else for that time."""
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are closed another way there")
def test_a_read_only_folder_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    course()  # imported and read while we may
    with closed(tmp_path):
        result = CliRunner().invoke(main, ["lab", str(tmp_path / "course")])

    assert result.exit_code == 2
    assert f"cannot write the notebooks to {tmp_path / 'course'}" in result.output
    assert os.strerror(errno.EACCES) in result.output


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(DeskError, match="cannot write the notebooks"):
        copy_course(tmp_path / "file")


def test_without_jupyterlab_the_notebooks_are_there_and_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    monkeypatch.setattr("sslrefs.places.desk.find_spec", sys.modules.get)

    result = CliRunner().invoke(main, ["lab", str(tmp_path)])

    assert result.exit_code == 2
    assert "pip install 'sslrefs[lab]'" in result.output
    assert (tmp_path / FIRST).is_file()


def test_what_follows_the_folder_goes_to_jupyterlab(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("jupyterlab")

    assert open_lab(tmp_path, ["--version"]) == 0

    assert capfd.readouterr().out[0].isdigit()
