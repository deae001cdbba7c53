"""`python -m tests.benchmarks` prints every measure beside its alternative; it asserts nothing.

Names of parts (speed, sizes, learners, painting, growing, lasting) choose; without names all are measured.
"""

from __future__ import annotations

import sys

from tests.benchmarks import growing, lasting, learners, painting, sizes, speed

PARTS = {
    "speed": speed.lines,
    "sizes": sizes.lines,
    "learners": learners.lines,
    "painting": painting.lines,
    "growing": growing.lines,
    "lasting": lasting.lines,
}


def main(wanted: list[str]) -> int:
    """Measures the wanted parts; the exit status."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    for name in wanted or PARTS:
        print(f"== {name}", flush=True)
        for line in PARTS[name]():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
