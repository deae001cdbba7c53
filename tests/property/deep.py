"""Walks beside libssl from the command line, as long as one likes.

`python -m tests.property.deep --profile deep` makes a million random steps;
`--libssl PATH` names another libssl. It prints the library's version, the
steps, the calls covered and the differences; its status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
import time

from sslrefs.oracle.library import LibsslNotFoundError
from tests.property.libssl_child import Child
from tests.property.libssl_machine import Tally, walk

PROFILES = {"quick": 20_000, "deep": 1_000_000}
_TOLD_EVERY = 30.0  # seconds


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.property.deep", description=__doc__)
    parser.add_argument("--profile", choices=PROFILES, default="deep", help="how many steps")
    parser.add_argument("--steps", type=int, help="another number of steps")
    parser.add_argument("--libssl", metavar="PATH", help="a libssl; else the machine's")
    parser.add_argument("--seed", type=int, default=0, help="where to begin drawing")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Walk, and say how it went."""
    options = _options(arguments)
    try:
        child = Child(options.libssl)
    except LibsslNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    tally = Tally()
    last = time.monotonic()

    def told(tally: Tally) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_EVERY:
            last = time.monotonic()
            sys.stdout.write(f"{tally.steps:,} steps, no difference\n")
            sys.stdout.flush()

    problem = None
    try:
        steps = options.steps or PROFILES[options.profile]
        walk(child, tally, steps=steps, first_seed=options.seed, told=told)
    except AssertionError as error:
        problem = str(error)
    finally:
        child.close()
    sys.stdout.write(tally.report(child.library, options.profile) + "\n")
    if problem is not None:
        sys.stdout.write(f"{problem}\n")
    return int(problem is not None)


if __name__ == "__main__":
    sys.exit(main())
