"""The calendar for somebody who may only look: the owner's commands are not there, and nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.conftest import CHRISTMAS_EVE, DATA, film, films, lines, places, press, settled, shown
from tui.app.app import make
from tui.app.calendar.screen import CalendarScreen
from tui.app.commands import COMMANDS
from tui.app.keys import key_name
from tui.app.widgets.bars import Keys
from tui.app.widgets.typeset import Press
from tui.base.words import Words
from tui.catalog.files import JOURNAL
from tui.library.library import Library
from tui.user.settings import Kept, KeySetting, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.app.app import FilmtuiApp
    from tui.app.commands import Command

SIZE = (120, 36)
OWNERS = [command for command in COMMANDS if command.owners]


@pytest.fixture(autouse=True)
def _own_commands() -> Iterator[None]:
    yield
    COMMANDS.give(())


@pytest.fixture
def guest(tmp_path: Path) -> Callable[..., FilmtuiApp]:
    """The app as a guest gets it."""

    def build(catalog: Path = DATA, *, today: date = CHRISTMAS_EVE, language: str = "id") -> FilmtuiApp:
        found = places(catalog, tmp_path / "cache", tmp_path / "state", today)
        return make(Settings(found, language).for_reading(), fresh=True)

    return build


@pytest.mark.parametrize("command", OWNERS, ids=lambda command: command.action)
async def test_a_command_of_the_owners_does_nothing(guest: Callable[..., FilmtuiApp], command: Command) -> None:
    async with guest().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        before = shown(pilot)
        for key in command.keys:
            await press(pilot, key)
        await screen.follow(Press(command.action))
        await screen.run_action(command.action)
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert shown(pilot) == before


@pytest.mark.parametrize("language", ["id", "en"])
async def test_no_command_of_the_owners_is_offered(guest: Callable[..., FilmtuiApp], language: str) -> None:
    words = Words(language)
    async with guest(language=language).run_test(size=(160, 60)) as pilot:
        screen = await settled(pilot)
        await press(pilot, "question_mark")
        told = " ".join(lines(pilot))
        assert words.gettext("Search titles, people, genres, months, holidays as you type")[:30] in told
        assert not [c.action for c in OWNERS if words.gettext(c.help)[:30] in told]
        await press(pilot, "escape", "ctrl+p")
        told = " ".join(lines(pilot))
        assert not [c.action for c in OWNERS if f"{key_name(c.keys[0])} " in told and words.gettext(c.label) in told]
        await press(pilot, "escape")
        bound = {binding.action for ones in screen._bindings.key_to_bindings.values() for binding in ones}
        assert "filter" in bound
        assert not bound & {command.action for command in OWNERS}


async def test_the_page_of_nothing_ahead_offers_what_works(guest: Callable[..., FilmtuiApp]) -> None:
    async with guest(today=date(2030, 1, 1)).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert "Katalog ini" in shown(pilot)
        assert {entry[2] for entry in screen.keys_here} == {"look_back", "show_list", "help", "leave"}
        assert "Wikipedia" not in shown(pilot)
        assert screen.query_one(Keys).display


async def test_an_empty_catalog_asks_for_no_import(
    guest: Callable[..., FilmtuiApp], catalog: Callable[..., Path]
) -> None:
    async with guest(catalog(one="films: []\n")).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Belum ada film di sini." in shown(pilot)
        assert "Tekan" not in shown(pilot)


async def test_a_guest_is_told_nothing_of_the_owners_files(
    guest: Callable[..., FilmtuiApp], catalog: Callable[..., Path]
) -> None:
    wrong = catalog(one=films(film("kuyank", "Kuyank", "2026-01-29")), two="films:\n- id: x\n  release: kapan-kapan\n")
    async with guest(wrong).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert "Kuyank" in shown(pilot)
        assert screen.state.library.problems()
        assert "two.yaml" not in shown(pilot)


async def test_the_other_commands_stay_and_so_do_the_keys_of_the_settings(tmp_path: Path) -> None:
    found = places(DATA, tmp_path / "cache", tmp_path / "state")
    kept = Kept(keys=(KeySetting("filter", ("F",), 1, 1), KeySetting("import", ("X",), 2, 1)))
    app = make(Settings(found, "id", kept=kept, tmdb_token="rahasia", caldav_user="rahasia").for_reading(), fresh=True)
    assert "rahasia" not in repr(app._settings)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        assert len(pilot.app.screen_stack) == 1
        await press(pilot, "F")
        assert len(pilot.app.screen_stack) == 2


async def test_nothing_is_kept_of_a_guests_visit(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    """The owner's visit and session stay; and what a reading finds in the files is still told to the owner."""
    root = catalog(one=films(film("kuyank", "Kuyank", "2026-01-29"), film("b", "B", "2026-02-05")))
    owner = Settings(places(root, tmp_path / "cache", tmp_path / "state"), "id")
    async with make(owner, fresh=True).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "slash", "k", "u", "enter")
    before = {path.name: path.read_bytes() for path in (tmp_path / "state").iterdir()}
    assert {name.partition(".")[2] for name in before} >= {"session", "visit"}
    async with make(owner.for_reading()).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert not screen.state.understood.text
        await press(pilot, "T")
        await press(pilot, "down")
    assert {path.name: path.read_bytes() for path in (tmp_path / "state").iterdir()} == before
    catalog(one=films(film("kuyank", "Kuyank", "2026-02-12"), film("b", "B", "2026-02-05")))
    with Library(owner.for_reading().places) as library:
        library.refresh()
    with Library(owner.places) as library:
        assert "kuyank" in library.since_visit()[1]


def test_a_guests_reading_rolls_no_import_back(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("kuyank", "Kuyank", "2026-01-29")))
    journal = root / JOURNAL
    journal.write_bytes(b"half an import")
    found = msgspec.structs.replace(places(root, tmp_path / "cache"), read_only=True)
    with Library(found) as library:
        library.refresh()
        assert library.sizes()[0] == 1
    assert journal.read_bytes() == b"half an import"


async def test_an_internal_error_is_told_on_standard_error_alone(
    guest: Callable[..., FilmtuiApp],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(CalendarScreen, "action_theme", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with guest().run_test(size=SIZE) as pilot:
            await settled(pilot)
            await press(pilot, "T")
    assert not list((tmp_path / "state").glob("crash-*"))
    assert "ZeroDivisionError" in capsys.readouterr().err
