"""Publishing from the calendar by X: the account, what would change, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, press, settled, shown, until
from tests.net.radicale_server import CUT, PASSWORD, USER, Fault, RadicaleServer
from tui.app.app import make
from tui.app.sheets.account import AccountScreen
from tui.app.sheets.publishing import PublishScreen
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app.app import FilmtuiApp

SIZE = (100, 34)


@pytest.fixture
def opened(catalog: Callable[..., Path]) -> Callable[..., FilmtuiApp]:
    def build(**dates: str) -> FilmtuiApp:
        dates = dates or {"kuyank": "2026-02-05", "hantu": "2026-01-15"}
        root = catalog(own=films(*(film(id, id.title(), date) for id, date in dates.items())))
        return make(settings(catalog=str(root), language="en", today="2026-01-05"), fresh=True)

    return build


@pytest.fixture
def _known(radicale: RadicaleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMTUI_CALDAV_URL", radicale.address)
    monkeypatch.setenv("FILMTUI_CALDAV_USER", USER)
    monkeypatch.setenv("FILMTUI_CALDAV_PASSWORD", PASSWORD)


def holding(text: str, folder: Path) -> list[str]:
    """The files of a folder that have this text in them."""
    return [path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


async def test_an_account_is_typed_and_kept_but_for_its_password(
    opened: Callable[..., FilmtuiApp], radicale: RadicaleServer, tmp_path: Path
) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        assert isinstance(pilot.app.screen, AccountScreen)
        await press(pilot, *radicale.address, "enter", *USER, "enter", *"Bioskop", "enter", *PASSWORD)
        assert PASSWORD not in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "Calendar “Bioskop” will be made in 127.0.0.1: 2 new")
        assert radicale.writes() == []
        await press(pilot, "enter")
        await until(pilot, "Calendar “Bioskop”: 2 new; ")
        await press(pilot, "enter", "escape")
        screen = await settled(pilot)
        assert screen.settings.caldav_calendar == "Bioskop"
    assert len(radicale.objects("filmtui-bioskop")) == 2
    kept = (tmp_path / "settings.toml").read_text("utf-8")
    assert f'caldav_url = "{radicale.address}"' in kept
    assert f'caldav_user = "{USER}"' in kept
    assert holding(PASSWORD, tmp_path) == ["users"]  # the server's own


@pytest.mark.usefixtures("_known")
async def test_what_the_calendar_shows_is_published_once_enter_is_pressed(
    opened: Callable[..., FilmtuiApp], radicale: RadicaleServer
) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        await until(pilot, "will be made in 127.0.0.1: 2 new")
        assert "+ 15 Jan 2026  Hantu" in shown(pilot)
        await press(pilot, "escape")
        assert radicale.writes() == []
        await press(pilot, "slash", *"kuyank", "enter", "X")
        await until(pilot, "1 new")
        await press(pilot, "enter")
        await until(pilot, "Calendar “Film releases”: 1 new; ")
        await press(pilot, "escape")
        assert list(radicale.objects("filmtui")) == ["kuyank.ID.theatrical.ics"]
        radicale.writes()
        await press(pilot, "X")
        await until(pilot, "in 127.0.0.1: 1 unchanged")
        await press(pilot, "enter", "escape")
        assert radicale.writes() == []


@pytest.mark.usefixtures("_known")
async def test_a_wrong_password_leads_back_to_the_account(
    opened: Callable[..., FilmtuiApp], radicale: RadicaleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMTUI_CALDAV_PASSWORD", "salah")
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        await until(pilot, "does not take this user and password")
        assert isinstance(pilot.app.screen, AccountScreen)
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "password"
        await press(pilot, *PASSWORD, "enter")
        await until(pilot, "will be made")
        await press(pilot, "escape")


@pytest.mark.usefixtures("_known")
async def test_where_no_password_is_known_it_is_asked_for(
    opened: Callable[..., FilmtuiApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FILMTUI_CALDAV_PASSWORD")
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        await until(pilot, "many servers want an app password")
        await press(pilot, *PASSWORD, "enter")
        await until(pilot, "will be made")
        await press(pilot, "escape")


@pytest.mark.usefixtures("_known")
async def test_a_connection_that_is_lost_is_told_with_how_far_it_was(
    opened: Callable[..., FilmtuiApp], radicale: RadicaleServer
) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        await until(pilot, "2 new")
        radicale.fault = lambda call: CUT if "kuyank" in call.path else None
        await press(pilot, "enter")
        await until(pilot, "1 of 2 are done")
        assert "breaks off or is damaged" in shown(pilot)
        await press(pilot, "escape")
        assert len(radicale.objects("filmtui")) == 1


@pytest.mark.usefixtures("_known")
async def test_it_can_be_broken_off_while_it_writes(
    opened: Callable[..., FilmtuiApp], radicale: RadicaleServer
) -> None:
    import threading

    waiting, go = threading.Event(), threading.Event()

    def slow(call: object) -> Fault | None:
        waiting.set()
        go.wait(20)
        return None

    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        await until(pilot, "2 new")
        radicale.fault = slow
        await pilot.press("enter")
        while not waiting.is_set():
            await pilot.pause(0.01)
        assert "break off" in shown(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PublishScreen)
        radicale.fault = lambda call: None
        go.set()
        await until(pilot, "0 of 2 are done")
        await press(pilot, "escape")
        await settled(pilot)
    assert radicale.objects("filmtui") == {}


async def test_an_address_that_is_none_is_said_at_once(opened: Callable[..., FilmtuiApp]) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X", *"cloud", "enter", "enter", "enter", "enter")
        assert "“cloud” is no address of a calendar server" in shown(pilot)
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1
