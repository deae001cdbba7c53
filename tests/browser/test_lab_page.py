"""What stands together on a page of JupyterLab: players, a comparison, a quiz; and a program saved from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook, write_notebook
from tests.browser.reading import press
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

CELLS = (
    f"import sslrefs\nsslrefs.run('''{DELAYED}''', start=6)",
    "sslrefs.compare('SSL_SESSION *s = SSL_SESSION_new();', '')",
    "from sslrefs.lessons.catalogue import start_here\n"
    "from sslrefs.widgets.quiz import ask\nask(start_here.ONE_LEFT)",
    "sslrefs.challenge('first-wrong')",
)


def opened(page: Page, lab: JupyterServer) -> OpenNotebook:
    """A notebook with everything in it, run."""
    write_notebook(lab.root / "together.ipynb", *CELLS)
    notebook = OpenNotebook.open(page, lab, "together.ipynb")
    notebook.run_all()
    notebook.player(1)
    return notebook


def test_axe_finds_nothing_in_the_outputs(page: Page, lab: JupyterServer) -> None:
    opened(page, lab)

    found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]

    assert [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found] == []


def test_the_chosen_answer_looks_chosen(page: Page, lab: JupyterServer) -> None:
    opened(page, lab)
    quiz = page.locator(".sslrefs-quiz")
    chosen = quiz.get_by_role("button", pressed=True)
    expect(chosen).to_have_count(0)

    for answer in ("A. ", "B. "):
        quiz.get_by_role("button", name=answer).click()

        expect(chosen).to_have_count(1)
        expect(chosen).to_contain_text(answer)
        expect(chosen).to_have_css("font-weight", "600")


def test_the_chosen_way_looks_chosen(page: Page, lab: JupyterServer) -> None:
    text = "SSL_CTX *c = SSL_CTX_new(TLS_method());\nif (c == NULL) return 1;\nSSL_CTX_free(c);"
    write_notebook(lab.root / "ways.ipynb", f"import sslrefs\nsslrefs.branches({text!r})")
    notebook = OpenNotebook.open(page, lab, "ways.ipynb")
    notebook.run_all()
    chosen = page.locator(".sslrefs-quiz").get_by_role("button", pressed=True)

    expect(chosen).to_have_count(1)
    page.locator(".sslrefs-quiz").get_by_role("button").last.click()

    expect(page.locator(".sslrefs-quiz").get_by_role("button").last).to_have_css(
        "font-weight", "600"
    )
    expect(chosen).to_have_count(1)


def test_a_program_is_saved_while_the_kernel_runs(page: Page, lab: JupyterServer) -> None:
    root = opened(page, lab).player()
    press(root, "More")
    root.get_by_role("combobox", name="Save as").select_option("C program to compile")

    with page.expect_download() as download:
        press(root, "Save")

    assert download.value.suggested_filename == "sslrefs-program.c"
    program = download.value.path().read_text(encoding="utf-8")
    assert "SSL_SESSION_free(peek);" in program
    assert "int main(" in program
