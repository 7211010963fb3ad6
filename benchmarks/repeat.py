"""Processes run several times, those that are compared in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.process import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.process import Ran

SLOW = 10.0
SLOW_RUNS = 3
"""Seconds from which on three runs are enough: what takes so long varies little."""

Step = tuple[tuple[str, ...], dict[str, str]]
"""Arguments and environment."""


def in_turn(runs: int, tell: Callable[[str], None], *steps: Step) -> list[list[Ran]]:
    """The runs of each step, after one of each that warms up. Raises FailedError."""
    warm = [run(*step) for step in steps]
    runs = min(runs, SLOW_RUNS) if any(ran.seconds > SLOW for ran in warm) else runs
    taken: list[list[Ran]] = [[] for _ in steps]
    for number in range(1, runs + 1):
        tell(f"{' '.join(steps[0][0][2:5])}, run {number} of {runs}")
        for step, samples in zip(steps, taken, strict=True):
            samples.append(run(*step))
    return taken
