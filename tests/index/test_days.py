"""The table of days says what the rows say, whatever was put in and taken out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import film, films, places
from tui.films.dates import UNDATED, key_of
from tui.library.library import Library, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

dates = st.sampled_from(["2026-01-07", "2026-01-08", "2026-01", "2026-Q1", "2026", "2026-12-31", "2027-01-01", None])
catalogs = st.dictionaries(st.sampled_from("abcdefgh"), dates, max_size=8)


def written(folder: Path, found: dict[str, str | None]) -> None:
    text = films(*(film(id, release=when) for id, when in found.items())) if found else "films: []\n"
    (folder / "catalog" / "a.yaml").write_text(text, "utf-8")


@settings(max_examples=30)
@given(st.lists(catalogs, min_size=1, max_size=3))
def test_the_table_of_days_counts_the_rows_after_every_edit(edits: list[dict[str, str | None]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "catalog").mkdir()
        with Library(places(folder / "catalog", folder / "cache")) as library:
            for found in edits:
                written(folder, found)
                library.refresh()
                rows = Counter(row.key for row in library.all_rows(library.view()))
                assert library.days(Selection(), 0, UNDATED) == dict(sorted(rows.items()))


def test_days_of_a_selection_and_of_a_part(catalog: Callable[..., Path], tmp_path: Path) -> None:
    days = ["2026-01-07", "2026-01-07", "2026-01-08", "2026-02-01"]
    items = [film(f"f{n}", release=day, genres="[horror]" if n % 2 else "[drama]") for n, day in enumerate(days)]
    with Library(places(catalog(a=films(*items)), tmp_path / "cache")) as library:
        library.refresh()
        assert library.days(Selection(), 20260101, 20260132) == {20260107: 2, 20260108: 1}
        assert library.days(Selection(first=20260108), 20260101, 20260232) == {20260108: 1, 20260201: 1}
        horror = Selection(genres=frozenset({"horror"}))
        assert library.days(horror, 20260101, 20261231) == {20260107: 1, 20260201: 1}


def test_a_question_of_days_costs_what_it_shows(catalog: Callable[..., Path], tmp_path: Path) -> None:
    """It reads the table of days between two keys, not the releases."""
    items = films(*(film(f"f{n}", release="2026-01-07") for n in range(50)))
    with Library(places(catalog(a=items), tmp_path / "cache")) as library:
        library.refresh()
        asked: list[str] = []
        library._index.ask(lambda db: db.set_trace_callback(asked.append))
        library.days(Selection(), key_of(library.today), UNDATED)
        assert len(asked) == 1
        plan = library._index.ask(lambda db: db.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall())
        assert "SEARCH day USING INTEGER PRIMARY KEY" in plan[0][3]
