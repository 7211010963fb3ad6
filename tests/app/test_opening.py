"""The calendar while the very first index is being made behind it: where the cursor is, and that a key is never lost."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import film, films, lines, press, settled, until
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.index.build import Changes
    from tui.index.progress import Progress

    Make = Callable[..., FilmtuiApp]


@pytest.fixture
def rest(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A first index that commits each film, and stops behind the third until this is set."""
    monkeypatch.setattr("tui.index.index._SMALL", -1)  # no catalog is read before the calendar is shown
    monkeypatch.setattr("tui.index.build._REPORT_EVERY", 1)
    monkeypatch.setattr("tui.index.build._BATCH", 1)
    monkeypatch.setattr("tui.app.calendar.following._SOON", 0.0)
    go_on = threading.Event()
    refresh = Library.refresh

    def halting(library: Library, progress: Callable[[Progress], None], *args: Any, **kwargs: Any) -> Changes:
        def report(now: Progress) -> None:
            progress(now)
            if now.films == 3:
                assert go_on.wait(60)

        return refresh(library, report, *args, **kwargs)

    monkeypatch.setattr(Library, "refresh", halting)
    return go_on


PAST = films(*(film(f"past-{n}", f"Lama {n}", f"2020-01-0{n}") for n in (1, 2, 3)))
COMING = films(film("soon", "Segera", "2026-01-07"), film("later", "Nanti", "2026-02-05"))


def under_the_cursor(pilot: Pilot[None]) -> str:
    (line,) = [line for line in lines(pilot) if "▌" in line]
    return line.partition("▌")[2].partition("│")[0].strip()


async def test_the_calendar_opens_at_today_also_where_the_past_is_read_first(
    app: Make, catalog: Callable[..., Path], rest: threading.Event
) -> None:
    async with app(catalog(a=PAST, b=COMING), today=date(2025, 12, 24)).run_test(size=(100, 30)) as pilot:
        await until(pilot, "▌Jum  3  Lama 3")
        rest.set()
        await until(pilot, "Nanti")
        await settled(pilot)
        assert under_the_cursor(pilot).startswith("Rab  7  Segera")


async def test_a_key_pressed_before_all_is_read_counts(
    app: Make, catalog: Callable[..., Path], rest: threading.Event
) -> None:
    async with app(catalog(a=PAST, b=COMING), today=date(2025, 12, 24)).run_test(size=(100, 30)) as pilot:
        await until(pilot, "▌Jum  3  Lama 3")
        await pilot.press("up")
        rest.set()
        await until(pilot, "Nanti")
        await press(pilot)
        assert under_the_cursor(pilot).endswith("Lama 2")
