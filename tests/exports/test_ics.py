"""The ICS feed: read by a strict reader of our own, by the icalendar package, and by Home Assistant's reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.conftest import DATA, LEBARAN
from tests.exports.listings import listing_of, written
from tests.exports.strict import day_in, events_in, unescaped, unfolded
from tui.base.text import clean
from tui.base.words import Words
from tui.exports.contentlines import text
from tui.exports.event import uid, vevent
from tui.exports.ics import events
from tui.exports.listing import Options
from tui.films.film import Earlier, Film, Prose, Release
from tui.films.terms import TMDB_NOTICE

if TYPE_CHECKING:
    from pathlib import Path

ALL = Options(partial=True, alarm=15, calendar_name="Film; bagus, dan \\ lain", source_url="https://contoh.id/f.ics")


def by_icalendar(data: bytes) -> list[Any]:
    known = Calendar.from_ical(data)
    assert not known.errors
    return list(known.walk("VEVENT"))


@pytest.mark.parametrize("catalog", [DATA, LEBARAN], ids=["data", "lebaran"])
@pytest.mark.parametrize("options", [Options(), ALL], ids=["usual", "all"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_three_readers_agree_about_the_feed(catalog: Path, options: Options, language: str, tmp_path: Path) -> None:
    with listing_of(tmp_path, catalog, language, options=options) as listing:
        feed = written(listing, "ics")
        rows = [row for row in listing.rows() if row.when.exact or (options.partial and row.when.month)]
    found = events_in(feed)
    assert [day_in(event).isoformat()[:7] for event in found] == [str(row.when)[:7] for row in rows]
    assert all(row.title in event["SUMMARY"] for row, event in zip(rows, found, strict=True))
    for event, other in zip(found, by_icalendar(feed), strict=True):
        assert not other.errors
        assert (event["UID"], event["SUMMARY"]) == (other["UID"], other["SUMMARY"])
        assert event.get("DESCRIPTION") == other.get("DESCRIPTION")
        assert other["DTSTART"].dt == day_in(event)
        assert other["DTEND"].dt - other["DTSTART"].dt == timedelta(1)


@pytest.mark.parametrize("options", [Options(), ALL], ids=["usual", "all"])
def test_home_assistant_takes_the_feed(options: Options, tmp_path: Path) -> None:
    stream = pytest.importorskip("ical.calendar_stream")
    with listing_of(tmp_path, options=options) as listing:
        feed = written(listing, "ics")
    taken = stream.IcsCalendarStream.calendar_from_ics(feed.decode())
    known = {event["UID"]: (event["SUMMARY"], day_in(event)) for event in events_in(feed)}
    assert {event.uid: (event.summary, event.dtstart) for event in taken.events} == known


def test_the_feed_says_what_subscribers_need(tmp_path: Path) -> None:
    with listing_of(tmp_path, options=ALL) as listing:
        lines = written(listing, "ics").decode().split("BEGIN:VEVENT")[0].split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {
        "METHOD:PUBLISH",
        "NAME:Film\\; bagus\\, dan \\\\ lain",
        "X-WR-CALNAME:Film\\; bagus\\, dan \\\\ lain",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "SOURCE;VALUE=URI:https://contoh.id/f.ics",
        "COLOR:teal",
        "X-APPLE-CALENDAR-COLOR:#008080",
    } <= set(lines)
    assert not {"X-WR-TIMEZONE", "TZID"} & {line.partition(":")[0] for line in lines}


def test_events_are_those_of_the_feed_each_in_a_calendar_of_its_own(tmp_path: Path) -> None:
    with listing_of(tmp_path) as listing:
        feed, single = events_in(written(listing, "ics")), list(events(listing))
    assert len(single) == len(feed) > 10
    for event, properties in zip(single, feed, strict=True):
        assert events_in(event.text, stored=True) == [properties]
        assert (event.uid, event.film, event.day) == (
            properties["UID"], properties["X-FILMTUI-ID"], day_in(properties),
        )  # fmt: skip


# one event

WORDS = Words("id")
DAY = date(2026, 1, 7)


def one(
    film: Film, language: str = "id", day: date = DAY, ordinal: int = 0, alarm: int | None = None
) -> dict[str, str]:
    """A film's event, read strictly and by icalendar."""
    stamp = b"BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260101T000000Z\r\nSEQUENCE:0\r\n"
    body = vevent(film, ordinal, day, Words(language), alarm, "ID").replace(b"BEGIN:VEVENT\r\n", stamp, 1)
    data = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\n" + body + b"END:VCALENDAR\r\n"
    (found,) = events_in(data, stored=True)
    (other,) = by_icalendar(data)
    assert (other["SUMMARY"], other.get("DESCRIPTION")) == (found["SUMMARY"], found.get("DESCRIPTION"))
    assert other["DTSTART"].dt == day
    return found


TEXTS = st.text(st.sampled_from("abc 🎬🎞️👩‍🚀é,;\\:\"'\n\tn") | st.characters(codec="utf-8"), min_size=1, max_size=200)


@given(TEXTS, TEXTS, st.dates(), st.lists(TEXTS, max_size=3), st.none() | st.integers(0, 672))
def test_any_text_comes_back_whole(title: str, synopsis: str, day: date, genres: list[str], alarm: int | None) -> None:
    title, synopsis = clean(title) or "x", clean(synopsis, lines=True)
    release = Release(date=day.isoformat(), source=clean(title) or None)
    known = Film(
        id="a-film", title=title, genres=tuple(filter(None, map(clean, genres))), releases=(release,),
        synopsis=Prose(plain=synopsis) if synopsis else None,
    )  # fmt: skip
    found = one(known, day=day, alarm=alarm)
    assert found["SUMMARY"] == title
    if synopsis:
        assert synopsis.split("\n")[0] in found["DESCRIPTION"].split("\n")


@given(st.integers(0, 90), st.sampled_from(["🎬", "é", "\\", ",", "\n", "👩‍🚀"]))
def test_nothing_is_cut_in_two_at_any_fold(before: int, sign: str) -> None:
    value = "x" * before + sign * 60
    (line,) = unfolded(text("DESCRIPTION", value))
    assert unescaped(line) == f"DESCRIPTION:{value}"


@pytest.mark.parametrize("day", ["2026-02-28", "2028-02-28", "2028-02-29", "2026-12-31", "9999-12-31", "0026-01-01"])
def test_the_day_after_any_day(day: str) -> None:
    known = date.fromisoformat(day)
    found = one(Film(id="a", title="A", releases=(Release(date=day),)), day=known)
    assert found.get("DTEND") == (None if known == date.max else (known + timedelta(1)).isoformat().replace("-", ""))


@pytest.mark.parametrize(
    ("language", "status", "said", "title"),
    [
        ("id", "confirmed", "CONFIRMED", "Kala Senja"),
        ("id", "tentative", "TENTATIVE", "Kala Senja (tentatif)"),
        ("id", "postponed", "CANCELLED", "[DITUNDA] Kala Senja"),
        ("id", "cancelled", "CANCELLED", "[BATAL] Kala Senja"),
        ("en", "postponed", "CANCELLED", "[POSTPONED] Kala Senja"),
        ("en", "cancelled", "CANCELLED", "[CANCELLED] Kala Senja"),
    ],
)
def test_a_status_stands_in_the_title_too(language: str, status: str, said: str, title: str) -> None:
    found = one(Film(id="a", title="Kala Senja", releases=(Release(date="2026-01-07", status=status),)), language)
    assert (found["STATUS"], found["SUMMARY"]) == (said, title)


def test_a_release_elsewhere_and_of_another_kind_says_so() -> None:
    release = Release(date="2026-01-07", type="digital", region="MY", status="tentative")
    found = one(Film(id="a", title="Kala Senja", genres=("horror", "a, b; c"), releases=(release,)))
    assert found["SUMMARY"] == "Kala Senja (Digital, Malaysia, tentatif)"
    assert found["CATEGORIES"] == "Horor,a\\, b\\; c,Digital"


def test_a_uid_is_of_film_region_and_type_and_numbers_the_second() -> None:
    kinds = [("theatrical", "ID"), ("digital", "ID"), ("theatrical", "MY"), ("theatrical", "ID")]
    known = Film(id="a", title="A", releases=tuple(Release(type=type, region=region) for type, region in kinds))
    assert [uid(known, number) for number in range(4)] == [
        "a.ID.theatrical@filmtui", "a.ID.digital@filmtui", "a.MY.theatrical@filmtui", "a.ID.theatrical.2@filmtui",
    ]  # fmt: skip


def test_the_description_tells_what_is_known_and_where_it_is_from() -> None:
    release = Release(
        date="2026-01-07", source="TMDB", note=Prose(id="Menunggu sensor."), history=(Earlier(date="2026-01-01"),)
    )
    known = Film(
        id="a", title="A", original_title="B", genres=("horror",), runtime=98, releases=(release,), directors=("Joko",),
        synopsis=Prose(id="Satu.\nDua.", en="One."), links={"x": "https://contoh.id/é?a=1&b=2"},
    )  # fmt: skip
    found = one(known)
    assert found["DESCRIPTION"].split("\n") == [
        "Horor · 98 menit", "Judul asli: B", "bergeser dari 1 Jan 2026", "Menunggu sensor.", "", "Satu.", "",
        "Sutradara: Joko", "Sumber: TMDB", "", TMDB_NOTICE,
    ]  # fmt: skip
    assert found["URL"] == "https://contoh.id/%C3%A9?a=1&b=2"
    assert "One." in one(known, "en")["DESCRIPTION"]


def test_an_address_that_is_none_is_passed_over() -> None:
    links = {"a": "http://[x", "b": "https://кино.рф/", "c": "https://contoh.id/2"}
    assert one(Film(id="a", title="A", links=links))["URL"] == "https://contoh.id/2"
    assert "URL" not in one(Film(id="a", title="A"))
