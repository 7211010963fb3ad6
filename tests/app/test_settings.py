"""The sheet of settings, and what the settings make of the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import DATA, film, films, press, settled, shown
from tui.app.app import make
from tui.app.sheets.settings import SettingRows, SettingsScreen
from tui.base.words import Words
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "settings.toml"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FilmtuiApp]:
    """The app with the settings as they stand in the file."""

    def build(catalog: Path = DATA, today: str = "2025-12-24") -> FilmtuiApp:
        return make(settings(catalog=str(catalog), today=today), fresh=True)

    return build


def row(pilot: Pilot[None], label: str) -> str:
    """A line of the sheet behind its label."""
    (line,) = [line for line in shown(pilot).splitlines() if f"{label}  " in line and "│" in line]
    return line.partition(label)[2].partition("│")[0].strip()


def written(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def text_of(file: Path) -> str:
    """Empty where there is no file."""
    return file.read_text("utf-8") if file.exists() else ""


def told(pilot: Pilot[None]) -> list[str]:
    return [notification.message for notification in pilot.app._notifications]


async def test_language_and_theme_show_at_once_and_escape_takes_them_back(opened: Make, file: Path) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        before, theme = shown(pilot), pilot.app.theme
        await press(pilot, "comma")
        assert row(pilot, "Bahasa") == "‹ Bahasa Indonesia ›"
        await press(pilot, "right")
        text = shown(pilot)
        assert row(pilot, "Language") == "‹ English ›"
        for word in ("Schedule", "DECEMBER 2025", "Wednesday, 24 December 2025", "quit", "Settings"):
            assert word in text
        assert not any(word in text for word in ("Jadwal", "DESEMBER", "keluar", "Pengaturan"))
        await press(pilot, "down", "right", "right", "right", "right")
        assert row(pilot, "Theme") == "‹ textual-dark ›"
        assert pilot.app.theme == "textual-dark"
        await press(pilot, "escape")
        assert shown(pilot) == before
        assert pilot.app.theme == theme
    assert not text_of(file)


async def test_enter_writes_what_was_changed_and_nothing_else(opened: Make, file: Path) -> None:
    written(file, '# mine\nfirst_day = "sunday"  # why\n')
    async with opened().run_test(size=SIZE) as pilot:
        await press(pilot, "comma", "down", "right", "enter")
        assert text_of(file) == '# mine\nfirst_day = "sunday"  # why\ntheme = "dark"\n'
        assert told(pilot) == ["tersimpan"]
        await press(pilot, "comma")
        assert row(pilot, "Tema") == "gelap"
        assert row(pilot, "Hari pertama pekan") == "Minggu"
        await press(pilot, "enter")  # nothing changed
    assert text_of(file) == '# mine\nfirst_day = "sunday"  # why\ntheme = "dark"\n'
    assert settings().theme == "dark"


async def test_a_file_is_begun_with_comments_on_all_that_it_may_hold(opened: Make, file: Path) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await press(pilot, "comma", "right", "enter")
    lines = text_of(file).splitlines()
    assert 'language = "en"' in lines
    assert '# theme = "auto"' in lines


async def test_the_country_is_changed_without_a_new_start(
    opened: Make, catalog: Callable[..., Path], file: Path
) -> None:
    root = catalog(
        a=films(film("home", "Di Sini", "2025-12-31"), film("far", "Di Kabul", releases="[{date: 2026-01-08, region: AF}]"))
    )  # fmt: skip
    async with opened(root).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Di Sini" in shown(pilot)
        await press(pilot, "comma", "down", "down", "right")
        assert row(pilot, "Negara") == "‹ {} (AF) ›".format(Words().territory("AF"))
        await press(pilot, "enter")
        text = shown(pilot)
        assert "Di Kabul" in text
        assert "Di Sini" not in text
        assert "hari ini · Rab 24 Des" in text
        assert "Natal" not in text  # no holiday there
        await press(pilot, "escape")  # which clears what narrows, and that is not the country
        assert "Di Kabul" in shown(pilot)
        await press(pilot, "comma", "down", "down", "left", "enter")
        assert "Di Sini" in shown(pilot)
        assert "Natal" in shown(pilot)
    assert settings().region == "ID"


async def test_the_calendar_begins_with_the_country_of_the_settings(
    opened: Make, catalog: Callable[..., Path], file: Path
) -> None:
    one = film("home", "Di Sini", "2026-01-07")
    many = [film(f"far-{n}", f"Jauh {n:03}", releases=f"[{{date: 2026-0{n // 60 + 1}-08, region: US}}]") for n in range(300)]  # fmt: skip
    written(file, 'region = "US"\n')
    async with opened(catalog(a=films(one, *many))).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert screen.state.view.total == 300
        assert not screen.state.narrowed
        assert "hari ini · Rab 24 Des" in shown(pilot)
        await press(pilot, "slash", *"250", "enter")
        assert screen.state.view.total == 1
        await press(pilot, "escape")
        assert screen.state.view.total == 300


async def test_weeks_begin_on_the_day_that_is_set(opened: Make, file: Path) -> None:
    async with opened(today="2026-01-04").run_test(size=SIZE) as pilot:
        screen = await press(pilot, "2")
        assert screen.state.week == date(2025, 12, 29)
        await press(pilot, "comma", "down", "down", "down", "right", "enter")
        assert screen.state.week == date(2025, 12, 28)  # that of the chosen film
        await press(pilot, "right_square_bracket")
        assert screen.state.week == date(2026, 1, 4)
        assert "4–10 Januari 2026" in shown(pilot)


async def test_a_variable_that_will_hold_again_is_named(
    opened: Make, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMTUI_LANG", "en")
    async with opened().run_test(size=SIZE) as pilot:
        await press(pilot, "comma")
        assert row(pilot, "Language").split() == ["‹", "English", "›", "FILMTUI_LANG"]


async def test_a_file_that_cannot_be_written_is_told_and_kept(opened: Make, file: Path) -> None:
    written(file, "theme = \n")
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert " ~/settings.toml:1:9: ini bukan TOML" in shown(pilot)
        await press(pilot, "comma", "right", "enter")
        expected = "~/settings.toml is not TOML, so nothing is written into it; mend it with filmtui config --edit"
        assert told(pilot) == [expected]
    assert text_of(file) == "theme = \n"


async def test_what_is_wrong_in_the_file_is_said_in_the_calendars_line(opened: Make, file: Path) -> None:
    written(file, 'lanuage_ = "en"\n')
    async with opened().run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "~/settings.toml:1:1: pengaturan “lanuage_” tidak dikenal; maksud Anda language?" in shown(pilot)
        await press(pilot, "e")
        assert "settings.toml:1:1" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 6)])
async def test_it_works_in_any_size(opened: Make, file: Path, size: tuple[int, int]) -> None:
    async with opened().run_test(size=size) as pilot:
        await press(pilot, "comma", "j", "j", "j", "l", "pagedown", "up", "k", "pageup", "left")
        assert isinstance(pilot.app.screen, SettingsScreen)
        await press(pilot, "q")
        assert not isinstance(pilot.app.screen, SettingsScreen)


async def test_a_click_chooses_a_line_and_another_turns_it(opened: Make, file: Path) -> None:
    async with opened().run_test(size=SIZE) as pilot:
        await press(pilot, "comma")
        for x, shows in ((30, "‹ ikut terminal ›"), (40, "‹ gelap ›"), (22, "‹ ikut terminal ›")):
            await pilot.click(SettingRows, offset=(x, 1))
            await settled(pilot)
            assert row(pilot, "Tema") == shows
        await pilot.click(offset=(2, 30))  # beside the sheet
        assert not isinstance(pilot.app.screen, SettingsScreen)
