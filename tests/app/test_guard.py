"""What goes wrong while the calendar is open: a line for what can be expected, a report for everything else."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.conftest import press, settled, shown, until
from tui.app.calendar.agenda import Agenda
from tui.app.calendar.months import MonthStrip
from tui.app.guard import save_report
from tui.base.errors import IndexUnavailableError, message
from tui.index.failures import Error
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)

FAILURES = {
    "a full disk": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "a database error": Error[0]("disk I/O error"),
    "our own error": IndexUnavailableError(message("no index")),
}


def raising(error: Exception) -> Callable[..., NoReturn]:
    def fail(*_args: Any, **_more: Any) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize("error", FAILURES.values(), ids=FAILURES)
async def test_an_action_that_fails_is_told_in_a_line_and_the_calendar_stays(
    app: Make, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Library, "facets", raising(error))
            screen = await press(pilot, "f")
        assert screen.query_one("#status").display
        assert screen.following.failure
        await press(pilot, "f")
        assert "Saringan" in shown(pilot)


async def test_a_step_that_fails_is_told_in_a_line_and_the_calendar_stays(
    app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Library, "film", raising(FAILURES["a full disk"]))
            screen = await press(pilot, "down")
            assert "tidak dapat dilanjutkan" in screen.following.failure
        await press(pilot, "down")
        assert screen.state.chosen


async def test_a_click_that_fails_is_told_in_a_line_and_the_pane_stays(
    app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Library, "film", raising(FAILURES["a full disk"]))
            await pilot.click(Agenda, offset=(10, 4))
            await settled(pilot)
            assert screen.following.failure
            broken.setattr(Library, "position", raising(FAILURES["a full disk"]))
            broken.setattr(Library, "find", raising(FAILURES["a full disk"]))
            await pilot.click(MonthStrip, offset=(15, 0))
            await settled(pilot)
        before = screen.state.cursor
        await pilot.click(Agenda, offset=(10, 6))
        await settled(pilot)
        assert screen.state.cursor != before


async def test_rows_that_cannot_be_fetched_while_drawing_are_told(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Library, "rows", raising(FAILURES["a database error"]))
            screen.state._pages.clear()
            screen.active_view.refresh()
            await until(pilot, "disk I/O error")
        screen = await press(pilot, "r")
        assert not screen.following.failure


async def test_a_worker_that_fails_is_told_in_a_line(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(Library, "glimpse", raising(FAILURES["a full disk"]))
            screen = await press(pilot, "slash", "k")
            assert "tidak dapat dilanjutkan" in screen.following.failure
            broken.setattr(Library, "refresh", raising(FAILURES["a full disk"]))
            screen.following.failure = ""
            screen.following.reload()
            await settled(pilot)
            assert "tidak dapat dilanjutkan" in screen.following.failure


async def test_an_internal_error_leaves_with_a_report_and_never_with_0(
    app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = app()
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 (raised where the app is left)
        async with made.run_test(size=SIZE) as pilot:
            await settled(pilot)
            monkeypatch.setattr(Library, "film", raising(ZeroDivisionError("secret")))
            await pilot.press("down")
            await pilot.pause()
    assert made.return_code == 1
    (report,) = (tmp_path / "state").glob("crash-*.txt")
    text = report.read_text("utf-8")
    assert text.startswith("filmtui ")
    assert "ZeroDivisionError" in text


def test_a_report_finds_another_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    saved = save_report(tmp_path / "file" / "state", "what happened")
    assert saved is not None
    assert saved.read_text("utf-8").endswith("what happened")
    saved.unlink()
