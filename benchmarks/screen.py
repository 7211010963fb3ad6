"""What is seen on the screen: sessions of the floor and of the calendar in turn, each in a terminal of its own."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks import terminal
from benchmarks.figure import Budget, Figure
from benchmarks.floor import FIRST_ROW
from benchmarks.pace import QUIET, Timed
from benchmarks.process import FILMTUI, FLOOR, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.catalogs import Catalog

SCREEN_GROUPS = ("paint", "key", "filter", "move", "search", "memory", "hold")

_KEYS = 5
_HOLD_RATE, _HOLD_KEYS = 30, 60
_SWEEP = 12
"""Lines after which a held key turns round. The shipped catalog has fewer than keys are sent; the floor turns too."""

_LIST_ROWS = (7, terminal.ROWS - 2)
"""Lines of the screen that are list and detail also while the search box is open."""

Samples = dict[str, list[float]]


def figures(catalog: Catalog, runs: int, groups: set[str], tell: Callable[[str], None]) -> list[Figure]:
    floor: Samples = defaultdict(list)
    ours: Samples = defaultdict(list)
    for number in range(runs + 1):
        tell(f"screen, run {number} of {runs}" if number else "screen, warming up")
        warming = not number
        _session(_floor, FLOOR, environment(), groups, defaultdict(list) if warming else floor)
        _session(_calendar(catalog), FILMTUI, catalog.env, groups, defaultdict(list) if warming else ours)
        if "hold" in groups:
            keys = _held(catalog)
            _hold(FLOOR, environment(), (FIRST_ROW, "detail"), keys, defaultdict(list) if warming else floor)
            _hold(FILMTUI, catalog.env, _PAINTED, keys, defaultdict(list) if warming else ours)
    return _made(catalog, floor, ours, groups)


_PAINTED = ("Jadwal", "JANUARI 2026", "PEMERAN")
_MS = 1e3


def _session(
    play: Callable[[Timed, set[str], Samples], None],
    argv: tuple[str, ...], env: dict[str, str], groups: set[str], samples: Samples,
) -> None:  # fmt: skip
    if groups == {"hold"}:
        return
    with Timed(argv, env) as shown:
        play(shown, groups, samples)
        samples["memory"].append(shown.peak())


def _floor(shown: Timed, groups: set[str], samples: Samples) -> None:
    samples["paint"].append((shown.wait_for(FIRST_ROW, "detail") - shown.begun) * _MS)
    shown.settle()
    if groups & {"key", "filter", "move"}:
        _press(shown, terminal.DOWN, _KEYS, "key", samples)


def _calendar(catalog: Catalog) -> Callable[[Timed, set[str], Samples], None]:
    def play(shown: Timed, groups: set[str], samples: Samples) -> None:
        samples["paint"].append((shown.wait_for(*_PAINTED) - shown.begun) * _MS)
        shown.settle()
        if "filter" in groups:
            _press(shown, "]", 2, "month_filter", samples)
            _go(shown, "0")
        if "move" in groups:
            _moves(shown, samples)
        if "key" in groups:
            _go(shown, terminal.HOME)
            _press(shown, terminal.DOWN, _KEYS, "key", samples)
        if "search" in groups:
            _search(shown, catalog, samples)

    return play


def _go(shown: Timed, *keys: str) -> None:
    for key in keys:
        shown.send(key)
        shown.settle(QUIET)


def _press(shown: Timed, key: str, times: int, name: str, samples: Samples) -> None:
    for _ in range(times):
        pressed = shown.press(key)
        samples[f"{name}_first"].append(pressed.first * _MS)
        samples[f"{name}_last"].append(pressed.last * _MS)
        samples[f"{name}_bytes"].append(pressed.bytes)


def _moves(shown: Timed, samples: Samples) -> None:
    _go(shown, terminal.HOME)
    _press(shown, terminal.RIGHT, 1, "month_jump", samples)
    _go(shown, terminal.HOME)
    _press(shown, terminal.PAGE_DOWN, 1, "page_down", samples)
    _go(shown, terminal.HOME)
    _press(shown, terminal.END, 1, "end", samples)


def _search(shown: Timed, catalog: Catalog, samples: Samples) -> None:
    _go(shown, terminal.HOME, "/")
    # a letter too many empties the list; the key that takes it away brings the hits, seen by their title
    _go(shown, catalog.rare + "q")
    shown.settle()
    before, begun = len(shown.sent), time.perf_counter()
    shown.send(terminal.BACKSPACE)
    samples["search_rare"].append((shown.wait_for(catalog.marker, since=before) - begun) * _MS)
    shown.settle()

    _go(shown, terminal.ESCAPE, terminal.HOME, "/")
    shown.settle()
    before, begun = len(shown.sent), time.perf_counter()
    shown.send("c")
    samples["search_common"].append((shown.wait_for_rows(*_LIST_ROWS, since=before) - begun) * _MS)
    last = shown.settle(QUIET) or time.perf_counter()
    samples["search_common_last"].append((last - begun) * _MS)

    _go(shown, terminal.ESCAPE, "/")
    shown.settle()
    released = shown.type(list("cinta"), 20)
    last = shown.settle(QUIET)
    samples["search_typed"].append(max(last - released, 0) * _MS)


def _held(catalog: Catalog) -> list[str]:
    if not catalog.shipped:
        return [terminal.DOWN] * _HOLD_KEYS
    return [(terminal.DOWN, terminal.UP)[number // _SWEEP % 2] for number in range(_HOLD_KEYS)]


def _hold(
    argv: tuple[str, ...], env: dict[str, str], painted: tuple[str, ...], keys: list[str], samples: Samples
) -> None:
    with Timed(argv, env, frames=True) as shown:
        shown.wait_for(*painted)
        shown.settle()
        _go(shown, terminal.HOME)
        held = shown.hold(keys, _HOLD_RATE)
        samples["hold_frames"].append(held.frames)
        samples["hold_backlog"].append(held.backlog * _MS)


def _made(catalog: Catalog, floor: Samples, ours: Samples, groups: set[str]) -> list[Figure]:
    def figure(name: str, beside: str = "", unit: str = "ms", budget: Budget | None = None) -> None:
        if ours[name]:
            made.append(Figure(name, catalog.size, unit, ours[name], floor[beside] if beside else [], budget))

    made: list[Figure] = []
    first_hits = Budget(30 if catalog.shipped else 40, "value")
    if "paint" in groups:
        figure("paint", "paint", budget=Budget(1.10 if catalog.shipped else 1.15))
    if "key" in groups:
        figure("key_first", "key_first")
        figure("key_last", "key_last", budget=Budget(0.5))
        figure("key_bytes", "key_bytes", "bytes")
    if "filter" in groups:
        figure("month_filter_last", "key_last", budget=Budget(1.0))
    if "move" in groups:
        figure("month_jump_last", "key_last")
        figure("page_down_last", "key_last")
        figure("end_last", "key_last")
    if "search" in groups:
        figure("search_rare", budget=first_hits)
        figure("search_common", budget=first_hits)
        figure("search_common_last")
        figure("search_typed")
    if "memory" in groups and all(ours["memory"]):
        figure("memory", "memory", "MiB", Budget(1.3 if catalog.shipped else 1.6))
    if "hold" in groups:
        figure("hold_frames", "hold_frames", "frames")
        figure("hold_backlog", "hold_backlog")
    return made
