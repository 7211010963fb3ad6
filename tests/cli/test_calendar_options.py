"""The options of filmtui export that are for calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, filmtui
from tests.exports.strict import events_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def export(*options: str, form: str = "ics") -> str:
    done = filmtui("export", "--format", form, "--today", "2025-12-24", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\n ", "")


@pytest.mark.parametrize(
    ("given", "trigger"), [("15h", "-PT15H"), ("1d", "-PT24H"), ("0h", "PT0S"), ("28d", "-PT672H")]
)
def test_an_alarm_stands_in_each_event(given: str, trigger: str) -> None:
    feed = export("--alarm", given)
    assert feed.count(f"TRIGGER:{trigger}\n") == feed.count("BEGIN:VEVENT\n") > 0
    assert "VALARM" not in export()


def test_a_month_is_put_on_its_first_if_asked_for(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a", "A", "2026-03"), film("b", "B", "2026-03-08")))
    done = filmtui("export", "--format", "ics", "--lang", "en", "--catalog", str(root))
    assert "filmtui: 1 release without a day was left out\n" in done.stderr
    assert done.stdout.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:A (bulan Maret)\n" in export("--partial", "--catalog", str(root))


def test_the_calendar_is_named_and_says_where_it_is() -> None:
    feed = export("--calendar-name", "Bioskop, kami", "--source-url", "https://contoh.id/film.ics")
    assert "\nX-WR-CALNAME:Bioskop\\, kami\n" in feed
    assert "\nSOURCE;VALUE=URI:https://contoh.id/film.ics\n" in feed


def test_filters_hold_for_calendars() -> None:
    done = filmtui("export", "horor", "--format", "ics", "--month", "2026-01")
    events = events_in(done.stdout.replace("\n", "\r\n").encode())
    assert events
    assert all("Horor" in event["CATEGORIES"] for event in events)
    assert all(event["DTSTART"].startswith("202601") for event in events)


@pytest.mark.parametrize("given", ["", "d", "1w", "29d", "673h", "-1d", "1.5h", "٣h", "9999d"])
def test_an_alarm_that_is_none_is_refused(given: str) -> None:
    done = filmtui("export", "--format", "ics", f"--alarm={given}", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "write 15h or 1d" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("given", ["contoh.id", "ftp://a/b", "https://a b", "https://a\nX-EVIL:1", "https://é.id"])
def test_an_address_that_is_none_is_refused(given: str) -> None:
    done = filmtui("export", "--format", "ics", "--source-url", given, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not an address" in done.stderr


def test_a_format_that_does_not_heed_an_option_refuses_it() -> None:
    done = filmtui("export", "--format", "vdir", "-o", "x", "--source-url", "https://contoh.id", "--lang", "en")
    assert done.returncode == 2
    assert "--source-url is for ics" in done.stderr
