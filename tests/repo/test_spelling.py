"""What people read is spelled rightly: notebooks, pages, docstrings and the texts of the course."""

from __future__ import annotations

from tests.repo.test_repository import ROOT, tool, tracked


def test_codespell_finds_nothing() -> None:
    files = tracked("*.md", "*.ipynb", "*.py", "*.ts", "*.css", "*.html", "*.c", "*.toml")

    done = tool("codespell", *(str(path.relative_to(ROOT)) for path in files))

    assert len(files) > 300
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
