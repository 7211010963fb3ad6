"""A site that is written again: only what has changed, film by film, whatever the catalog's size."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import DATA, film, films, places
from tests.exports.site.checking import parsed, text_of
from tests.exports.site.making import everything, make, state_of
from tui.base.words import Words
from tui.exports.listing import Listing
from tui.exports.markup import characters, document, pieces
from tui.exports.site.site import files
from tui.exports.site.writing import MANIFEST
from tui.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    catalog = everything(tmp_path / "catalog")
    first = make(tmp_path / "out", catalog, tmp_path)
    before = state_of(tmp_path / "out")
    again = make(tmp_path / "out", catalog, tmp_path)
    assert (again.written, again.kept, again.removed) == (0, first.written, 0)
    after = state_of(tmp_path / "out")
    assert before.pop(MANIFEST)[1] == after.pop(MANIFEST)[1]
    assert after == before


def test_another_day_changes_the_front_alone(tmp_path: Path) -> None:
    make(tmp_path / "out", DATA, tmp_path)
    before = state_of(tmp_path / "out")
    make(tmp_path / "out", DATA, tmp_path, today=date(2025, 12, 31))
    after = state_of(tmp_path / "out")
    assert {name for name in after if after[name][1] != before[name][1]} == {MANIFEST, "index.html", "en/index.html"}


def test_a_film_that_changes_changes_its_pages_and_those_that_name_it(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "a.yaml").write_text(films(
        film("satu", "Satu", "2026-01-07", genres="[horror]"), film("dua", "Dua", "2026-02-04", genres="[drama]"),
        film("tiga", "Tiga", "2026-03-04", genres="[comedy]"),
    ), "utf-8")  # fmt: skip
    make(tmp_path / "out", catalog, tmp_path)
    before = state_of(tmp_path / "out")
    text = (catalog / "a.yaml").read_text("utf-8")
    (catalog / "a.yaml").write_text(text.replace("2026-02-04", "2026-02-11"), "utf-8")
    done = make(tmp_path / "out", catalog, tmp_path)
    after = state_of(tmp_path / "out")
    changed = {name for name in after if after[name] != before.get(name)} - {MANIFEST}
    own = {"films/dua.html", "months/2026-02.html", "genres/drama.html", "genres/drama.ics", "index.html",
           "changes.html", "changes.xml", "calendar.ics"}  # fmt: skip
    assert changed == own | {f"en/{name}" for name in own} | {"data/films/dua.json", "data/months/2026-02.json"}
    assert done.written == len(changed)


def test_a_film_that_is_taken_out_takes_its_pages_with_it(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    two = film("satu", "Satu", "2026-01-07"), film("dua", "Dua", "2026-02-04")
    (catalog / "a.yaml").write_text(films(*two), "utf-8")
    make(tmp_path / "out", catalog, tmp_path)
    (catalog / "a.yaml").write_text(films(two[0]), "utf-8")
    assert make(tmp_path / "out", catalog, tmp_path).removed == 2 * 2 + 2  # film and month in two languages, data
    assert not [path for path in (tmp_path / "out").rglob("*") if path.stem in {"dua", "2026-02"}]


def test_a_film_with_several_releases_is_written_once(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    releases = ", ".join(f"{{date: {day}}}" for day in ("2026-05-06", "2026-01-07", "2026-01-07", "2026-02"))
    (catalog / "a.yaml").write_text(f"films:\n- {{id: banyak, title: Banyak, releases: [{releases}]}}\n", "utf-8")
    with Library(places(catalog, tmp_path)) as library:
        library.refresh()
        listing = Listing(library, library.view(), Words("id"), date(2026, 1, 1))
        names = [name for name, _ in files(listing)]
    assert len(names) == len(set(names))
    assert "films/banyak.html" in names


def _large(folder: Path, count: int) -> Path:
    first = date(2000, 1, 1)
    folder.mkdir()
    for part in range(0, count, 1000):
        text = films(*(
            film(f"film-{n}", f"Film {n}", (first + timedelta(n * 3 % 9000)).isoformat(), genres="[horror, drama]")
            for n in range(part, min(part + 1000, count))
        ))  # fmt: skip
        (folder / f"{part}.yaml").write_text(text, "utf-8")
    return folder


def _measured(catalog: Path, cache: Path) -> tuple[float, int]:
    """Seconds a film, and the most bytes that were held."""
    with Library(places(catalog, cache)) as library:
        library.refresh()
        listing = Listing(library, library.view(), Words("id"), date(2026, 1, 1))
        for _ in files(listing):  # imports, names, holidays
            break
        films, begun = 0, time.process_time()
        for name, chunks in files(listing):
            films += name.startswith("films/")
            for _ in chunks:
                pass
        seconds = time.process_time() - begun
        tracemalloc.start()
        for _, chunks in files(listing):
            for _ in chunks:
                pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return seconds / films, most


@pytest.mark.slow
def test_time_grows_with_the_films_and_memory_does_not(tmp_path: Path) -> None:
    small = _measured(_large(tmp_path / "small", 50), tmp_path / "a")
    large = _measured(_large(tmp_path / "large", 200), tmp_path / "b")
    assert large[0] < 2 * small[0]
    assert large[1] < 2 * small[1]


def test_the_folder_is_written_while_the_catalog_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Film by film: where reading the second film fails, the first is there."""
    asked = 0
    film_of = Library.film

    def failing(self: Library, id: str) -> object:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise OSError
        return film_of(self, id)

    monkeypatch.setattr(Library, "film", failing)
    with pytest.raises(OSError, match=r"^$"):
        make(tmp_path / "out", DATA, tmp_path)
    assert len(list((tmp_path / "out/films").iterdir())) == 2


@settings(max_examples=60)
@given(st.text(), st.text())
def test_whatever_a_text_is_it_stays_one(text: str, other: str) -> None:
    import htpy as h

    text, other = text.replace("\r", "\n").replace("\0", ""), other.replace("\r", "\n").replace("\0", "")
    text, other = ("".join(c for c in t if c.isprintable() or c == "\n") for t in (text, other))
    page = document("id", "x", h.p(title=other)[text], style=None, source="'self'")
    (found,) = parsed(b"".join(pieces(page))).iter("p")
    assert found.get("title") == characters(other)
    assert text_of(found) == " ".join(characters(text).split())
    assert not list(found)
