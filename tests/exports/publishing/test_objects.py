"""What is read of an event on a server: the same however it is written down, another one where it tells another thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.exports.listings import listing_of
from tests.exports.publishing.events import event, foreign
from tui.exports.ics import events
from tui.exports.listing import Options
from tui.exports.publishing.objects import read, sequence_of, text_of, wrote_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KUYANK = event("kuyank", about="Satu\\, dua\\; tiga\\nempat", title="Kuyank: “Teror”")


def stored(text: str | None = None) -> str:
    return text if text is not None else text_of(KUYANK, wrote_of(KUYANK)).decode()


def test_what_was_published_says_so_itself() -> None:
    found = read('"1"', stored())
    assert (found.uid, found.film, found.title) == (KUYANK.uid, "kuyank", "Kuyank: “Teror”")
    assert found.wrote == wrote_of(KUYANK)
    assert found.digest == wrote_of(KUYANK).digest
    assert (found.wrote.day, found.wrote.status) == ("2026-01-07", "confirmed")


@pytest.mark.parametrize("alarm", [None, 15])
def test_real_events_are_read_back_and_parsed(tmp_path: Path, alarm: int | None) -> None:
    with listing_of(tmp_path, options=Options(alarm=alarm)) as listing:
        found = list(events(listing))
    assert len(found) > 10
    for one in found:
        text = text_of(one, wrote_of(one))
        assert read("", text.decode()).digest == wrote_of(one).digest
        again = Calendar.from_ical(text).to_ical().decode()  # what a server that parses it would give back
        assert read("", again).digest == wrote_of(one).digest
        assert read("", again).wrote == wrote_of(one)
        assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def _resorted(text: str) -> str:
    head, body = text.split("BEGIN:VEVENT\r\n")
    inner, tail = body.split("END:VEVENT")
    return head + "BEGIN:VEVENT\r\n" + "".join(sorted(inner.splitlines(keepends=True))) + "END:VEVENT" + tail


REWRITES: dict[str, Callable[[str], str]] = {
    "order": _resorted,
    "line-feeds": lambda text: text.replace("\r\n", "\n"),
    "folded": lambda text: text.replace("SUMMARY:Ku", "SUMMARY:K\r\n u"),
    "times": lambda text: re.sub("DTSTAMP:.*", "DTSTAMP:20270101T000000Z\r\nLAST-MODIFIED:20270101T000000Z", text),
    "own properties": lambda text: text.replace("END:VEVENT", "X-MOZ-LASTACK:20260101T000000Z\r\nEND:VEVENT"),
    "producer": lambda text: text.replace("PRODID:-//filmtui//filmtui//EN", "PRODID:-//Server//EN"),
    "lower case": lambda text: text.replace("SUMMARY:", "summary:"),
    "parameters": lambda text: text.replace("SUMMARY:", 'SUMMARY;X-A="b:c":'),
    "escapes": lambda text: text.replace("\\nempat", "\\Nempat"),
    "sequence": lambda text: text.replace("SEQUENCE:0", "SEQUENCE:7"),
}


@pytest.mark.parametrize("name", REWRITES)
def test_what_a_server_writes_otherwise_tells_the_same(name: str) -> None:
    text = REWRITES[name](stored())
    assert text != stored()
    assert read("", text).digest == read("", stored()).digest


EDITS: dict[str, Callable[[str], str]] = {
    "title": lambda text: text.replace("SUMMARY:Kuyank", "SUMMARY:Kuyank!"),
    "day": lambda text: text.replace("20260107", "20260110"),
    "hour": lambda text: text.replace("DTSTART;VALUE=DATE:20260107", "DTSTART;TZID=Asia/Jakarta:20260107T190000"),
    "place": lambda text: text.replace("STATUS:", "LOCATION:Bioskop Permata\r\nSTATUS:"),
    "note": lambda text: text.replace("DESCRIPTION:", "DESCRIPTION:Ajak Sari. "),
    "status": lambda text: text.replace("CONFIRMED", "CANCELLED"),
    "alarm": lambda text: text.replace(
        "END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\nEND:VEVENT"
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_a_person_changes_tells_another_thing(name: str) -> None:
    text = EDITS[name](stored())
    assert text != stored()
    found = read("", text)
    assert found.digest != wrote_of(KUYANK).digest
    assert found.wrote == wrote_of(KUYANK)


def test_an_alarm_is_the_same_in_other_words() -> None:
    written = EDITS["alarm"](stored())
    assert read("", written).digest == read("", written.replace("-PT2H", "-P0DT1H60M0S")).digest
    assert read("", written).digest != read("", written.replace("-PT2H", "PT2H")).digest


def test_an_alarms_text_is_not_the_events() -> None:
    found = read("", EDITS["alarm"](stored()).replace("TRIGGER", "SUMMARY:Bangun\r\nUID:lain\r\nTRIGGER"))
    assert (found.uid, found.title) == (KUYANK.uid, "Kuyank: “Teror”")


def test_somebodys_own_event_is_not_ours() -> None:
    found = read('"2"', foreign("arisan@phone"))
    assert (found.uid, found.film, found.wrote, found.title) == ("arisan@phone", "", None, "Arisan")


@pytest.mark.parametrize("mark", ["", "x", "2026-13-45/confirmed/" + "0" * 20, "2026-01-07/confirmed/0", "a/b/c/d"])
def test_a_mark_that_is_none_is_not_believed(mark: str) -> None:
    text = re.sub("PUBLISHED:.*", f"PUBLISHED:{mark}", stored())
    assert read("", text).wrote is None


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    found = read("", text)
    assert found.sequence >= 0
    assert found.title.isprintable()


@given(st.text(max_size=60))
def test_a_title_cannot_pretend_to_be_a_mark(title: str) -> None:
    text = stored().replace("SUMMARY:Kuyank", f"SUMMARY:{title.splitlines()[0] if title.splitlines() else ''}Kuyank")
    found = read("", text)
    assert found.film == "kuyank"
    assert found.wrote == wrote_of(KUYANK)


@pytest.mark.parametrize(("own", "there", "written"), [(0, -1, 0), (0, 0, 1), (2, 7, 8), (9, 7, 9)])
def test_the_sequence_rises_above_what_is_there(own: int, there: int, written: int) -> None:
    one = event("kuyank", sequence=own)
    assert sequence_of(text_of(one, wrote_of(one), there)) == written
