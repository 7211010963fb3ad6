"""What a feed's events are over time: changed where their film has, and else the same to the byte."""

from __future__ import annotations

from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films
from tests.exports.listings import listing_of, written
from tests.exports.strict import events_in
from tui.exports.ics import events
from tui.exports.listing import Listing, Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Catalog = Callable[..., Path]

LATER = date(2026, 1, 3)


def told(cache: Path, catalog: Path, today: date = LATER, state: Path | None = None, language: str = "id",
         options: Options | None = None) -> dict[str, dict[str, str]]:  # fmt: skip
    """The feed's events by film."""
    with listing_of(cache, catalog, language, options=options, today=today, state=state) as listing:
        return {event["X-FILMTUI-ID"]: event for event in events_in(written(listing, "ics"))}


@pytest.mark.parametrize("kept", [True, False], ids=["state", "stateless"])
def test_two_exports_are_the_same_bytes_on_other_days_too(kept: bool, tmp_path: Path) -> None:
    found = set()
    for number, today in enumerate((date(2025, 12, 24), date(2026, 1, 20), date(2025, 12, 24))):
        with listing_of(tmp_path / str(number % 2), today=today, state=tmp_path / "s" if kept else None) as listing:
            found.add((written(listing, "ics"), *(event.text for event in events(listing))))
    assert len(found) == 1


def test_whoever_exports_first_tells_the_same(tmp_path: Path) -> None:
    feeds = set()
    for state in (None, tmp_path / "a", tmp_path / "b"):
        with listing_of(tmp_path / "c", state=state) as listing:
            feeds.add(written(listing, "ics"))
    assert len(feeds) == 1


def test_a_film_that_moves_is_the_same_event_a_revision_later_and_no_other_is_touched(
    catalog: Catalog, tmp_path: Path
) -> None:
    def export(day: str, today: date) -> dict[str, dict[str, str]]:
        root = catalog(a=films(film("a", "A", day), film("b", "B", "2026-02-01")))
        return told(tmp_path, root, today, tmp_path / "state")

    first = export("2026-01-08", date(2026, 1, 1))
    second = export("2026-01-15", date(2026, 1, 2))
    assert second["b"] == first["b"]
    assert second["a"]["UID"] == first["a"]["UID"]
    assert (first["a"]["SEQUENCE"], second["a"]["SEQUENCE"]) == ("0", "1")
    assert second["a"]["LAST-MODIFIED"] == second["a"]["DTSTAMP"] == "20260102T000000Z" > first["a"]["LAST-MODIFIED"]
    assert second["a"]["DTSTART"] == "20260115"
    assert export("2026-01-15", date(2026, 1, 9)) == second
    third = export("2026-01-08", date(2026, 1, 2))  # back again, on the same day
    assert third["a"]["SEQUENCE"] == "2"
    assert third["a"]["LAST-MODIFIED"] > second["a"]["LAST-MODIFIED"]


@pytest.mark.parametrize(
    "change",
    [{"status": "cancelled"}, {"title": "Lain"}, {"synopsis": "Lain sekali."}, {"genres": "[horror]"}],
    ids=lambda change: next(iter(change)),
)
def test_all_that_readers_see_is_a_change(change: dict[str, str], catalog: Catalog, tmp_path: Path) -> None:
    entry = film("a", "A").replace("title: A", f"title: {change.get('title', 'A')}")
    entry += "".join(f"  {name}: {value}\n" for name, value in change.items() if name in {"synopsis", "genres"})
    release = "  releases:\n  - date: 2026-01-08\n"
    before = told(tmp_path, catalog(a=films(film("a", "A") + release)), state=tmp_path / "s")["a"]
    release += f"    status: {change['status']}\n" if "status" in change else ""
    after = told(tmp_path, catalog(a=films(entry + release)), state=tmp_path / "s")["a"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")


def test_each_language_and_alarm_has_revisions_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    english = "  synopsis:\n    id: Satu.\n    en: {}.\n"
    state = tmp_path / "state"
    for text in ("One", "Two"):
        root = catalog(a=films(film("a", "A", "2026-01-08") + english.format(text)))
        found = [
            told(tmp_path, root, state=state, language=language, options=options)["a"]["SEQUENCE"]
            for language, options in (("id", None), ("en", None), ("id", Options(alarm=24)))
        ]
    assert found == ["0", "1", "0"]


HISTORY = """  releases:
  - date: 2026-01-15
    history:
    - {date: 2026-01-01, recorded: 2025-11-02}
    - {date: 2026-01-08, recorded: 2025-12-03}
"""


def test_without_a_state_the_catalog_tells_of_its_changes(catalog: Catalog, tmp_path: Path) -> None:
    root = catalog(a=films(film("a", "A") + HISTORY))
    found = told(tmp_path, root)["a"]
    assert (found["SEQUENCE"], found["LAST-MODIFIED"]) == ("2", "20251203T000000Z")


def test_a_move_that_the_catalog_records_counts_once(catalog: Catalog, tmp_path: Path) -> None:
    before = told(tmp_path, catalog(a=films(film("a", "A", "2026-01-08"))), state=tmp_path / "s")["a"]
    after = told(tmp_path, catalog(a=films(film("a", "A") + HISTORY)), state=tmp_path / "s")["a"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "2")


def test_what_is_called_off_is_told_for_sixty_days(catalog: Catalog, tmp_path: Path) -> None:
    off = "  releases:\n  - {{date: 2026-01-08, status: {}}}\n"
    root = catalog(a=films(*(film(status) + off.format(status) for status in ("cancelled", "postponed", "confirmed"))))
    assert {*told(tmp_path, root, date(2026, 3, 9))} == {"cancelled", "postponed", "confirmed"}
    assert {*told(tmp_path, root, date(2026, 3, 10))} == {"confirmed"}


def test_what_is_put_off_without_a_new_day_keeps_its_last_one(catalog: Catalog, tmp_path: Path) -> None:
    entry = "  releases:\n  - status: postponed\n    history:\n    - {date: 2026-01-08}\n    - {date: 2026-02}\n"
    found = told(tmp_path, catalog(a=films(film("a", "A") + entry)))["a"]
    assert (found["DTSTART"], found["STATUS"], found["SUMMARY"]) == ("20260108", "CANCELLED", "[DITUNDA] A")


PARTIAL = [("a", "2026-03"), ("b", "2026-Q2"), ("c", "2027"), ("d", None), ("e", "2026-03-04")]


def test_what_has_no_day_is_left_out_and_counted(catalog: Catalog, tmp_path: Path) -> None:
    said: list[str] = []
    root = catalog(a=films(*(film(id, id, when) for id, when in PARTIAL)))
    with listing_of(tmp_path, root, tell=said.append) as listing:
        assert [event["X-FILMTUI-ID"] for event in events_in(written(listing, "ics"))] == ["e"]
    assert said == ["4 rilis tanpa tanggal pasti tidak ikut"]


def test_a_month_stands_on_its_first_if_asked_for(catalog: Catalog, tmp_path: Path) -> None:
    said: list[str] = []
    root = catalog(a=films(*(film(id, id, when) for id, when in PARTIAL)))
    with listing_of(tmp_path, root, "en", options=Options(partial=True), tell=said.append) as listing:
        found = {event["X-FILMTUI-ID"]: event for event in events_in(written(listing, "ics"))}
    assert found.keys() == {"a", "e"}
    assert said == ["3 releases without a day were left out"]
    assert (found["a"]["DTSTART"], found["a"]["STATUS"]) == ("20260301", "TENTATIVE")
    assert found["a"]["SUMMARY"] == "a (some day in March)"
    assert told(tmp_path, root, options=Options(partial=True))["a"]["SUMMARY"] == "a (bulan Maret)"


def test_a_state_that_cannot_be_written_is_told_and_the_feed_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "state").write_text("a file", "utf-8")
    with listing_of(tmp_path / "c", state=tmp_path / "state", tell=said.append) as listing:
        feed = written(listing, "ics")
    with listing_of(tmp_path / "c") as listing:
        assert feed == written(listing, "ics")
    assert any(str(tmp_path / "state") in line for line in said)


def test_the_revisions_are_kept_beside_the_catalogs_other_files(tmp_path: Path) -> None:
    with listing_of(tmp_path / "c", state=tmp_path / "state") as listing:
        listing.library.refresh()
        before = {*(tmp_path / "state").glob("*")}
        written(listing, "ics")
        assert {*(tmp_path / "state").iterdir()} - before == {listing.revisions}


def test_a_feed_is_written_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many films there are: these never end."""
    with listing_of(tmp_path) as listing:
        first = next(listing.entries())
        monkeypatch.setattr(Listing, "entries", lambda *_: repeat(first))
        assert next(events(listing)).film == first[1].id
