"""`python -m tools.site FOLDER`: the whole course as files for any web server."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from sslrefs.places.desk import FIRST, HANDOUT
from sslrefs.places.gallery import course_exhibits, write_gallery
from sslrefs.places.reading import write_course
from tools.site.distribution import fetch_pyodide
from tools.site.lite import build_lite
from tools.site.wheels import collect_wheels

__all__ = ["build_site", "main"]

ROOT = Path(__file__).parents[2]
MB = 1_000_000
LINKS = (
    ("The course, run in this browser", f"lite/lab/index.html?path={FIRST}"),
    ("The course to read", "read/index.html"),
    ("The hand-out", f"read/{HANDOUT}"),
)


def build_site(out: Path) -> None:
    """Write the gallery to `out`, which must not be there yet, pages to read, and JupyterLite."""
    out.mkdir(parents=True)
    write_gallery(course_exhibits(), out, kernel="lite/open.html", links=LINKS)
    write_course(out / "read")
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "lite"
        pyodide = source / "static" / "pyodide"
        info = fetch_pyodide(pyodide)
        packages = collect_wheels(ROOT, pyodide, info)
        build_lite(source, ROOT / "notebooks", packages, out / "lite")
    shutil.copy(Path(__file__).with_name("open.html"), out / "lite" / "open.html")


def main() -> None:
    """Build the site and say how large it is and how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write the site; must not exist")
    out: Path = parser.parse_args().folder
    if out.exists():
        parser.error(f"{out} is already there; name a new folder")
    began = time.monotonic()
    build_site(out)
    seconds = time.monotonic() - began
    files = [path for path in out.rglob("*") if path.is_file()]
    lite = sum(path.stat().st_size for path in files if path.is_relative_to(out / "lite"))
    every = sum(path.stat().st_size for path in files)
    print(f"{out}: {len(files)} files, {every / MB:.1f} MB ({lite / MB:.1f} MB of it the kernel's)")
    print(f"built in {seconds:.0f} s; try it: python -m http.server --directory {out}")


if __name__ == "__main__":
    main()
