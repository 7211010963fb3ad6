"""The benchmarks: their catalogs and sums in every run, the figures themselves with `pytest -m bench`."""

from __future__ import annotations

import io
import json
import math
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import catalogs, generate, screen, table, terminal, words
from benchmarks.__main__ import data
from benchmarks.figure import Budget, Figure
from benchmarks.process import FailedError, environment, run
from tests.conftest import filmtui

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def written(folder: Path, count: int, seed: int) -> dict[str, bytes]:
    generate.write(folder, count, seed)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_films(tmp_path: Path) -> None:
    first = written(tmp_path / "a", 300, 7)
    assert written(tmp_path / "b", 300, 7) == first
    assert written(tmp_path / "c", 300, 8) != first


@pytest.mark.parametrize("count", [300, 1234])
@pytest.mark.slow
def test_as_many_films_as_asked_for_and_nothing_wrong_with_them(tmp_path: Path, count: int) -> None:
    whole = b"".join(written(tmp_path / "catalog", count, 7).values())
    assert whole.count(b"\n- id: ") == count
    assert whole.lower().count(f"title: {words.RARE}".encode()) + whole.lower().count(f'"{words.RARE}'.encode()) == 3
    assert 0.7 < whole.count(f"Tentang {words.COMMON} ".encode()) / count < 0.9
    done = filmtui("check", str(tmp_path / "catalog"))
    assert done.returncode == 0
    assert all(": peringatan: " in line for line in done.stdout.splitlines())


def test_a_catalog_is_generated_once_and_only_a_whole_one_is_taken(tmp_path: Path) -> None:
    told: list[str] = []
    path = catalogs.generated(tmp_path, 300, 7, told.append)
    assert catalogs.generated(tmp_path, 300, 7, told.append) == path
    assert len(told) == 1
    (path.parent / "complete.json").unlink()
    catalogs.generated(tmp_path, 300, 7, told.append)
    assert len(told) == 2
    assert [found.name for found in tmp_path.iterdir()] == [path.parent.name]


def test_a_budget_is_on_the_ratio_or_on_the_value() -> None:
    figure = Figure("key", "10k", "ms", [4.0, 5.0, 9.0], [10.0, 10.0, 40.0], Budget(0.5))
    assert (figure.median, figure.floor, figure.ratio, figure.met) == (5.0, 10.0, 0.5, True)
    assert Figure("key", "10k", "ms", [5.1], [10.0], Budget(0.5)).met is False
    assert Figure("search", "10k", "ms", [41.0], budget=Budget(40, "value")).met is False
    assert Figure("build", "10k", "films/s", [9000.0], budget=Budget(10_000, "value", at_least=True)).met is False
    assert Figure("noise", "10k", "ms", [3.0], [1.0], Budget(2), least=10).met is None
    assert Figure("none", "10k", "ms", [3.0], [1.0]).met is None


def test_figures_are_told_to_people_and_to_programs() -> None:
    figure = Figure("paint", "10k", "ms", [1234.5, 200.0, 300.0], [250.0], Budget(1.1))
    assert table.cells(figure) == ("paint", "10k", "ms", "300.0", "1,234", "250.0", "1.20", "≤ 1.10 ×", "MISSED")
    (told,) = json.loads(data([figure]))["figures"]
    assert told == {
        "name": "paint", "size": "10k", "unit": "ms", "median": 300.0, "max": 1234.5, "floor": 250.0, "ratio": 1.2,
        "budget": 1.1, "budget_of": "ratio", "met": False, "runs": 3,
    }  # fmt: skip


def test_what_was_written_is_read_without_its_sequences() -> None:
    sent = b"\x1b[?2026h\x1b[3;1H\x1b[38;2;1;2;3mJadwal\x1b[0m\x1b]0;x\x07 film\x1b[4;1Hbaris"
    assert terminal.text(sent) == "\nJadwal film\nbaris"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are launched as POSIX does")
def test_a_command_that_fails_is_told_in_a_line() -> None:
    with pytest.raises(FailedError, match=r"exit code 3: sayang sekali$"):
        run((sys.executable, "-c", "import sys; print('sayang sekali', file=sys.stderr); sys.exit(3)"), environment())
    ran = run((sys.executable, "-c", "print('x' * 10**6)"), environment())
    assert ran.seconds > 0
    assert 1 < ran.peak < 100


@pytest.mark.bench
@pytest.mark.xdist_group("bench")  # one after the other: they would take each other's time
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize("size", ["shipped", "10k"])
def test_the_figures_can_be_taken(
    size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """They are told, not judged: what a machine can do is not the program's fault."""
    monkeypatch.setenv("FILMTUI_BENCH_DIR", str(tmp_path))
    catalog = catalogs.open_catalog(size)
    catalog.prepare()
    figures = screen.figures(catalog, 2, {"paint", "key", "filter", "search", "memory"}, lambda _: None)
    told = io.StringIO()
    table.show(figures, told)
    record_property("table", told.getvalue())
    by_name = {figure.name: figure for figure in figures}
    for name in ("paint", "key_last", "month_filter_last", "search_rare", "search_common", "memory"):
        figure = by_name[name]
        assert 0 < figure.median < math.inf
        assert not figure.floor_samples or (figure.ratio and math.isfinite(figure.ratio))
