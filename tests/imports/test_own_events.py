"""What filmtui exports as a calendar, read back: the catalog's own words, and nothing of how calendars tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import DATA, LEBARAN, film, films, filmtui
from tests.exports.listings import listing_of, written
from tui.base.text import clean
from tui.base.words import Words
from tui.exports.event import day_of, vevent
from tui.exports.listing import Options
from tui.films.film import STATUSES, TYPES, Earlier, Film, Release
from tui.imports.sources.registry import read
from tui.library.library import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TITLES = st.text(st.sampled_from("[BATAL] (tentatif), bulan; \\n 🎬") | st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize("catalog", [DATA, LEBARAN], ids=["data", "lebaran"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_feed_comes_back_as_the_films_that_it_was_made_of(catalog: Path, language: str, tmp_path: Path) -> None:
    every = Selection(types=frozenset(TYPES), region="ID")
    options = Options(partial=True, alarm=15)
    with listing_of(tmp_path, catalog, language, options=options, selection=every) as listing:
        taken = read(written(listing, "ics"), "x.ics")
        wanted = {(film.id, film.title, film.rows[row.ordinal].date, row.type, row.region, row.status, film.genres)
                  for row, film in listing.entries() if row.when.month}  # fmt: skip
    found = {(one.film.id, one.film.title, release.date, release.type, release.region, release.status, one.film.genres)
             for one in taken.films for release in one.film.releases}  # fmt: skip
    assert not taken.problems
    assert len(found) > 5
    assert found == wanted


@given(
    TITLES.map(clean).filter(bool), st.sampled_from(STATUSES), st.sampled_from(TYPES), st.sampled_from(["ID", "MY"]),
    st.sampled_from(["2026-01-07", "2026-03", None]), st.sampled_from(["id", "en"]),
)  # fmt: skip
def test_any_release_comes_back(
    title: str, status: str, type: str, region: str, date_: str | None, language: str
) -> None:
    release = Release(date=date_, status=status, type=type, region=region, history=(Earlier(date="2026-01-01"),))
    known = Film(id="a-1", title=title, releases=(release,))
    day = day_of(release, partial=True)
    if day is None:
        assert date_ is None
        assert status in {"confirmed", "tentative"}
        return
    event = vevent(known, 0, day, Words(language), 15, "ID")
    (one,) = read(b"BEGIN:VCALENDAR\r\n" + event + b"END:VCALENDAR\r\n", "x.ics").films
    assert one.film == Film(id="a-1", title=title, releases=(msgspec.structs.replace(release, history=()),))


def test_another_programs_event_is_read_as_before(tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:{}\nX-FILMTUI-ID:a\nSUMMARY:Kala Senja (Digital)\nDTSTART:20260108\nEND:VEVENT\n"
    for uid in ("b.ID.theatrical@filmtui", "a.ID.other@filmtui", "a", ""):
        (one,) = read(f"BEGIN:VCALENDAR\n{event.format(uid)}END:VCALENDAR\n".encode(), "x.ics").films
        assert (one.film.title, one.film.releases[0].type) == ("Kala Senja", "digital")


@pytest.mark.parametrize("written", ["x", "2026-13", "0000", "2026-03-99"])
def test_a_date_that_is_none_is_not_believed(written: str) -> None:
    event = (
        "BEGIN:VEVENT\nUID:a.ID.theatrical@filmtui\nX-FILMTUI-ID:a\nSUMMARY:A\nDTSTART:20260108\n"
        f"X-FILMTUI-DATE:{written}\nX-FILMTUI-STATUS:nonsense\nEND:VEVENT\n"
    )
    (one,) = read(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n".encode(), "x.ics").films
    assert one.film.releases == (Release(date=None),)


def test_a_catalogs_own_calendar_changes_nothing_in_it(catalog: Callable[..., Path], tmp_path: Path) -> None:
    entry = "  genres: [horror, kaiju]\n  synopsis: Satu.\n  links: {situs: https://contoh.id/x}\n"
    entry += "  releases:\n  - {date: 2026-03-08, status: postponed}\n  - {date: 2026-03, type: digital}\n"
    root = catalog(a=films(film("a", "A") + entry, film("b", "B", "2026-02-01")))
    feed = tmp_path / "x.ics"
    every = ("--type", "theatrical", "--type", "digital", "--catalog", str(root), "--today", "2026-01-05")
    filmtui("export", "--partial", "-o", str(feed), *every)
    assert feed.read_text("utf-8").count("BEGIN:VEVENT") == 3
    before = (root / "a.yaml").read_bytes()
    done = filmtui("import", str(feed), "--yes", "--catalog", str(root))
    assert done.returncode == 0, done.stderr
    assert (root / "a.yaml").read_bytes() == before
    assert [path.name for path in root.iterdir()] == ["a.yaml"]
