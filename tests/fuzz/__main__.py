"""`python -m tests.fuzz`: random texts, each answered in time, within memory, without an exception.

Each row of inputs runs in a process of its own, so that its peak of memory is
that of its inputs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time

from tests.fuzz.trial import MOST_MEGABYTES, MOST_SECONDS, Report, try_row

_ROW = 2_500


def main() -> int:
    """Try the inputs and print what became of them; 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many (default 10,000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other inputs")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    end = wanted.first + wanted.inputs
    rows = [
        (first, min(first + _ROW, end), wanted.seed) for first in range(wanted.first, end, _ROW)
    ]
    start = time.monotonic()
    context = multiprocessing.get_context("spawn")
    reports: list[Report] = []
    with context.Pool(wanted.processes, maxtasksperchild=1) as pool:
        for report in pool.imap(try_row, rows):
            reports.append(report)
            _show_failures(report)
            if len(reports) % 10 == 0:
                sys.stderr.write(f"{sum(one.inputs for one in reports):,} inputs\n")
    _show(reports, time.monotonic() - start)
    return int(any(report.failures for report in reports))


def _show_failures(report: Report) -> None:
    for failure in report.failures:
        sys.stdout.write(f"input {failure.number} ({failure.kind}): {failure.what}\n")
    sys.stdout.flush()


def _show(reports: list[Report], elapsed: float) -> None:
    slowest = max(reports, key=lambda report: report.slowest)
    inputs = sum(report.inputs for report in reports)
    lines = (
        f"{inputs:,} inputs in {elapsed:,.0f} s, {sum(r.refused for r in reports):,} refused",
        f"slowest: {slowest.slowest:.2f} s (input {slowest.slowest_input}; limit {MOST_SECONDS} s)",
        f"most memory: {max(r.megabytes for r in reports):.0f} MB (limit {MOST_MEGABYTES:.0f} MB)",
        f"failures: {sum(len(r.failures) for r in reports)}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
