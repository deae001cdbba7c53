"""`python -m tests.fuzz.beside [--texts N]`: random texts, step by step on this machine's libssl.

Runs the library in its own process: start it as one. Prints the texts that differ.
"""

from __future__ import annotations

import argparse
import sys

from sslrefs.cscript.interpreter import run_text
from sslrefs.oracle.library import load
from sslrefs.oracle.profile import profile_of
from sslrefs.oracle.replay import replay
from tests.fuzz.straight import straight


def main() -> int:
    """Compare the texts and print how many steps agreed; 1 if any differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.beside", description=__doc__)
    parser.add_argument("--texts", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    library = load(None)
    profile = profile_of(library.version)
    steps, wrong, undefined = 0, 0, 0
    for number in range(wanted.first, wanted.first + wanted.texts):
        text = straight(number, wanted.seed)
        timeline = run_text(text, library=profile)
        if timeline.steps[-1].undefined:
            undefined += 1  # one session in two caches, by chance
            continue
        for step in replay(timeline, library):
            steps += 1
            if step.differences:
                line = timeline.steps[step.step].line
                sys.stdout.write(f"text {number}, line {line}: {step.differences}\n{text}\n")
                wrong += 1
                break
    sys.stdout.write(f"{library.version}: {wanted.texts} texts, {steps:,} steps, {wrong} differ")
    sys.stdout.write(f" ({undefined} left out, undefined)\n" if undefined else "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
