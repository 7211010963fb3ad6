"""Keys that the settings file gives to commands: bound, shown wherever a key is named, and told where they are wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys as TextualKeys
from textual.keys import _character_to_key

from tests.conftest import film, films, filmtui, lines, press, settled, shown
from tui.app.app import make
from tui.app.commands import COMMANDS, written_keys
from tui.app.keys import FIXED_KEYS, assigned, key_name, plain_name, textual_key
from tui.base.words import Words
from tui.user.settings import KeySetting, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)
OWN = COMMANDS.own_keys()


@pytest.fixture
def keyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """The app with these lines in the settings' table of keys."""
    monkeypatch.setenv("HOME", str(tmp_path))

    def build(*given: str, catalog: Path | None = None, today: str = "2025-12-24", language: str = "id") -> FilmtuiApp:
        (tmp_path / "settings.toml").write_text("[keys]\n" + "\n".join(given) + "\n", "utf-8")
        return make(settings(catalog=str(catalog) if catalog else None, language=language, today=today), fresh=True)

    yield build
    COMMANDS.give(())


def footer_of(pilot: Pilot[None]) -> str:
    return lines(pilot)[-1]


async def test_a_key_is_bound_and_its_own_is_free(keyed: Make) -> None:
    async with keyed('next = "n"', 'news = ["N", "f5"]').run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        at = screen.state.cursor
        await press(pilot, "down", "j")
        assert screen.state.cursor == at
        await press(pilot, "n", "n")
        assert screen.state.cursor == at + 2
        await press(pilot, "f5")
        assert "Berita" in shown(pilot)
        await press(pilot, "escape", "up")
        assert screen.state.cursor == at + 1
        await press(pilot, "tab")
        assert screen.focused is screen.detail  # a key of Textual's own screen that is ours goes on


async def test_footer_tabs_help_palette_and_texts_name_the_key(keyed: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("one", "Satu", "2025-12-24")))
    given = ('next = ["pgdn", "d"]', 'help = "ctrl+h"', 'show_week = "w"', 'filter_none = "9"', 'clear = "x"',
             'import = "I"', 'page_down = "z"', 'open_link = "ctrl+o"')  # fmt: skip
    async with keyed(*given, catalog=root).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "↑ PgDn film" in footer_of(pilot)
        assert "Ctrl+H bantuan" in footer_of(pilot)
        assert " w Pekan ini" in lines(pilot)[0]
        await press(pilot, "ctrl+h")
        text = shown(pilot)
        assert "PgDn d" in text
        assert "Ctrl+H" in text
        await press(pilot, "escape", "ctrl+p", *"impor")
        assert "I" in next(line for line in lines(pilot) if "Impor  " in line).split()
        await press(pilot, "escape", "slash", *"zzz", "enter")
        assert "x tampilkan semua" in shown(pilot)
        await press(pilot, "x", "enter")
        assert footer_of(pilot).startswith(" x kembali")


async def test_an_empty_catalog_and_its_end_name_the_key(keyed: Make, catalog: Callable[..., Path]) -> None:
    async with keyed('import = "ctrl+i"', catalog=catalog(a="films: []\n")).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Tekan Ctrl+I" in shown(pilot)
    async with keyed('import = "I"', 'reload = "f5"', today="2026-11-24").run_test(size=SIZE) as pilot:
        await press(pilot, "t")
        assert [line.split()[0] for line in lines(pilot) if "Impor" in line or "Baca" in line] == ["I", "F5"]
        assert footer_of(pilot).startswith(" S sumber  I impor")


async def test_what_is_wrong_is_said_with_its_line(keyed: Make) -> None:
    wrong = ('nxt = "n"', 'next = ["blue", "n"]', 'previous = "n"', 'today = "ctrl+c"', 'help = "t"')
    async with keyed(*wrong, language="en").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "e")
        text = " ".join(shown(pilot).split())
        for expected in (
            "~/settings.toml:2:1", "unknown command “nxt”; did you mean next?",
            "“blue” is no key; write one such as",
            "~/settings.toml:4:1", "n is next already; choose another key for previous",
            "Ctrl+C always leaves",
            "n was the key of news, which has none now; give it another one",
            "t was the key of today, which has none now",
        ):  # fmt: skip
            assert expected in text.replace(" │ │ ", " ")
        await press(pilot, "escape")
        assert " c changes" in footer_of(pilot)
        assert "news" not in footer_of(pilot)  # it has no key


def test_commands_that_print_tell_it_too(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\nnxt = "n"\n')
    done = filmtui("list", "--lang", "en")
    assert done.returncode == 0
    assert ":2:1: unknown command “nxt”; did you mean next?\n" in done.stderr
    assert "unknown command “nxt”" in filmtui("config", "--lang", "en").stdout


def test_every_key_that_is_written_as_we_write_it_is_that_key() -> None:
    for command, keys in written_keys():
        assert tuple(map(textual_key, keys)) == OWN[command]


WRITTEN = {
    "/": "slash", "?": "question_mark", "n": "n", "N": "N", "é": "é", "PgUp": "pageup", "esc": "escape", "↑": "up",
    "Ctrl+N": "ctrl+n", "shift+n": "N", "shift+tab": "shift+tab", "ctrl+/": "ctrl+slash", "+": "plus", ",": "comma",
    "ctrl++": "ctrl+plus", "F12": "f12", "shift+ctrl+a": "ctrl+shift+a", "left_square_bracket": "left_square_bracket",
    "alt+up": "alt+up", "Space": "space", "-": "minus", "slash": "slash",
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_keys_as_people_write_them(written: str) -> None:
    assert textual_key(written) == WRITTEN[written]


@pytest.mark.parametrize(
    "written", ["", " ", "blue", "ctrl+", "ctrl", "hyper+a", "ctrl+ctrl+a", "\x1b", "\u202e", "ab", "f99"]
)
def test_what_is_no_key(written: str) -> None:
    assert textual_key(written) is None


@given(st.text(max_size=8))
def test_any_text_is_a_key_of_textuals_or_none(written: str) -> None:
    key = textual_key(written)
    if key is None:
        return
    last = key.rpartition("+")[2]
    assert "," not in key
    if len(written) == 1 and written not in "↑↓←→":
        assert key == _character_to_key(written)
    else:
        assert last in {item.value for item in TextualKeys} or len(plain_name(last)) == 1 or len(key_name(last)) == 1


ANY_KEY = st.sampled_from(["n", "N", "up", "down", "t", "f5", "/", "ctrl+q", "blue", "space"])
GIVEN = st.lists(st.tuples(st.sampled_from([*OWN, "nope"]), st.lists(ANY_KEY, min_size=1, max_size=3)), max_size=6)


@given(GIVEN)
def test_no_key_has_two_commands_and_each_that_was_lost_is_told(given: list[tuple[str, list[str]]]) -> None:
    entries = [KeySetting(command, tuple(keys), n, 1) for n, (command, keys) in enumerate(dict(given).items(), 1)]
    found, problems = assigned(OWN, entries, "settings.toml")
    every = [key for keys in found.values() for key in keys]
    assert len(every) == len(set(every))
    assert set(found) == set(OWN)
    assert set(FIXED_KEYS) <= set(every) or "leave" in dict(given)
    lost = {command for command, keys in found.items() if not keys}
    told = " ".join(problem.message.text(Words("en")) for problem in problems)
    assert all(f"was the key of {command}," in told for command in lost)


def test_every_command_of_the_footer_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.app.commands import view_tabs
    from tui.app.footer import footer

    everywhere: list[dict[str, Any]] = [
        {"view": "show_list"}, {"view": "show_week"}, {"view": ""}, {"reading": True, "linked": True},
        {"view": "show_list", "narrowed": True, "linked": True},
    ]  # fmt: skip
    before = {entry.action for where in everywhere for entry in footer(Words("en"), **where)}
    letters = iter("αβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщыэюя")
    fresh = {command: next(letters) for command in OWN}
    COMMANDS.give(KeySetting(command, (key,), n, 1) for n, (command, key) in enumerate(fresh.items(), 1))
    try:
        for where in everywhere:
            for keys, _, action, *_ in footer(Words("en"), **where):
                assert fresh[action] in keys
                assert not keys.isascii()
        assert all(key == fresh[action] for key, _, action in view_tabs(Words("en")))
    finally:
        COMMANDS.give(())
    assert {entry.action for where in everywhere for entry in footer(Words("en"), **where)} == before


async def test_without_settings_all_keys_are_their_own_again(keyed: Make, app: Make) -> None:
    keyed('next = "n"')
    async with app(today=date(2025, 12, 24)).run_test(size=SIZE) as pilot:
        assert not COMMANDS.given
        await press(pilot, "n")
        assert "Berita" in shown(pilot)
