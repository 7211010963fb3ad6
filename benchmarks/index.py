"""Building the index, and bringing it up to date after one file of many."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from benchmarks.catalogs import place
from benchmarks.figure import Budget, Figure
from benchmarks.process import FILMTUI, environment, run
from benchmarks.repeat import SLOW, SLOW_RUNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.catalogs import Catalog

_INDEX = (*FILMTUI, "index")
_REBUILD = (*_INDEX, "--rebuild")

_LONG = 120.0
"""Seconds from which on one run is enough: the start of a process is a small part of it."""

_NOISE = 10.0
"""Milliseconds: two processes of the same work differ by this much."""


def figures(catalog: Catalog, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    if catalog.shipped:
        return []
    return [*_build(catalog, runs, tell), *_again(catalog, runs, tell)]


def _build(catalog: Catalog, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    """The rate of a whole build, beside that of the YAML parser alone on the same films."""
    file = catalog.path / f"{catalog.month}.yaml"
    tell("index --rebuild, warming up")
    first = run(_REBUILD, catalog.env)
    if first.seconds > _LONG:
        built, parsed = [first], [_parsing(file)]
    else:
        runs = min(runs, SLOW_RUNS) if first.seconds > SLOW else runs
        built, parsed = [], []
        for number in range(1, runs + 1):
            tell(f"index --rebuild, run {number} of {runs}")
            parsed.append(_parsing(file))
            built.append(run(_REBUILD, catalog.env))
    rates, peaks = [catalog.films / ran.seconds for ran in built], [ran.peak for ran in built]
    return [
        Figure("index_build", catalog.size, "films/s", rates, parsed, Budget(10_000, "value", at_least=True)),
        Figure("index_build_memory", catalog.size, "MiB", peaks),
    ]


def _parsing(file: Path) -> float:
    """Films a second through the events of the C parser, none of them looked at."""
    source = file.read_text("utf-8")
    films = source.count("\n- id: ")
    begun, rounds = time.perf_counter(), 0
    while not rounds or time.perf_counter() - begun < 0.3:
        for _ in yaml.parse(source, Loader=yaml.CBaseLoader):
            pass
        rounds += 1
    return films * rounds / (time.perf_counter() - begun)


def _again(catalog: Catalog, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    """What one changed file costs, beside a catalog of that file alone. Of both, what a start costs is taken off."""
    file = catalog.path / f"{catalog.month}.yaml"
    home = Path(tempfile.mkdtemp(prefix="alone-", dir=place()))
    try:
        alone = environment(FILMTUI_CATALOG=str(home / "one.yaml"), FILMTUI_CACHE=str(home / "index"))
        shutil.copy(file, home / "one.yaml")
        ours, beside = [], []
        for number in range(runs + 1):
            tell(f"index after one file, run {number} of {runs}" if number else "index after one file, warming up")
            ours.append(_changed(file, catalog.env, number))
            rebuilt = run(_REBUILD, alone).seconds
            beside.append((rebuilt - run(_INDEX, alone).seconds) * 1e3)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return [Figure("index_one_file", catalog.size, "ms", ours[1:], beside[1:], Budget(2.0), least=_NOISE)]


def _changed(file: Path, env: dict[str, str], number: int) -> float:
    """Milliseconds more than an index of nothing new takes. The file is as before afterwards, and the index too."""
    whole, times = file.read_bytes(), file.stat()
    same = run(_INDEX, env).seconds
    try:
        file.write_bytes(whole + f"# {number}\n".encode())
        changed = run(_INDEX, env).seconds
    finally:
        file.write_bytes(whole)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    run(_INDEX, env)
    return (changed - same) * 1e3
