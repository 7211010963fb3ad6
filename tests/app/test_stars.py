"""Stars in the calendar: the key in every view, notes, other programs, the search, and what became of starred films."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import film, films, lines, places, press, settled, shown, until
from tui.app.app import make
from tui.app.sheets.changes import ChangesScreen
from tui.app.sheets.note import NoteScreen
from tui.app.widgets.typeset import Go
from tui.library.library import Library
from tui.user.settings import Settings
from tui.user.watchlist import Star, read_stars

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.app.calendar.screen import CalendarScreen

    Make = Callable[..., FilmtuiApp]

DAY = date(2026, 1, 5)
SIZES = [(160, 45), (120, 36), (80, 24), (40, 12)]
ITEMS = (
    film("alas", "Alas", "2026-01-07", genres="[horror]", synopsis="{id: Hutan.}"),
    film("batas", "Batas", "2026-01-07"),
    film("cahaya", "Cahaya", "2026-01-08"),
    film("danau", "Danau", "2026-02-05"),
    film("edan", "Edan", "2026-04-16"),
)


@pytest.fixture
def root(catalog: Callable[..., Path]) -> Path:
    return catalog(one=films(*ITEMS))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the app of these tests has its stars."""
    return tmp_path / "starred.yaml"


def ids(file: Path) -> list[str]:
    return [star.id for star in read_stars(file).stars]


def put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def kept(screen: CalendarScreen) -> bool:
    """Whether a picture of it is kept for the next start."""
    return screen.settled


def content(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def line_with(pilot: Pilot[None], text: str) -> str:
    return next(line for line in lines(pilot) if text in line)


@pytest.mark.parametrize("view", ["1", "2", "3", "4"])
async def test_space_stars_the_chosen_film_in_every_view(app: Make, root: Path, file: Path, view: str) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36), notifications=True) as pilot:
        screen = await press(pilot, view)
        assert "★" not in shown(pilot)
        await press(pilot, "space")
        assert read_stars(file).stars == (Star("alas", since=DAY),)
        assert set(screen.state.stars) == {"alas"}
        assert any("Alas ★" in line or ("Alas" in line and line.rstrip(" │╮▂").endswith("★")) for line in lines(pilot))
        await press(pilot, "space")
        assert ids(file) == []
        await until(pilot, "Alas: bintang dicabut")
        assert screen.state.stars == {}


async def test_space_stars_while_a_film_is_read(app: Make, root: Path, file: Path) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter", "J", "space")
        assert ids(file) == ["batas"]
        assert "Batas ★" in shown(pilot)
        assert "Spasi ingatkan" in lines(pilot)[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_star_stands_at_the_lines_end_at_every_size(
    app: Make, root: Path, file: Path, size: tuple[int, int]
) -> None:
    put(file, "- alas\n- batas\n")
    async with app(root, today=DAY).run_test(size=size) as pilot:
        await settled(pilot)
        listed = [line[:36] if size[0] == 80 else line[:50] if size[0] < 160 else line[:68] for line in lines(pilot)]
        ends = {next(line for line in listed if f"  {title} " in line).find("★") for title in ("Alas", "Batas")}
        assert len(ends - {-1}) == 1  # below each other
        for key in "234":
            await press(pilot, key)
            assert "★" in shown(pilot) or size == (40, 12), key


async def test_on_a_day_without_films_nothing_is_starred(app: Make, root: Path, file: Path) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "3", "left", "space")
        await until(pilot, "Tidak ada film yang dipilih")
        await press(pilot, "2", "right_square_bracket", "space", "N")
        assert len(pilot.app.screen_stack) == 1
        assert not content(file)


async def test_the_week_counts_down_to_starred_films(app: Make, root: Path, file: Path) -> None:
    put(file, "- alas\n- danau\n- edan\n- gone\n")
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "2")
        assert "PENGINGAT SAYA  ★ Alas Rab 7 Jan · lusa    ★ Danau Kam 5 Feb · 31 hari" in line_with(pilot, "PENGINGAT")
        assert "Edan Kam 16 Apr · 101 hari" in line_with(pilot, "PENGINGAT")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "★ Danau 31 hari" in line_with(pilot, "PENGINGAT")
        await pilot.resize_terminal(40, 12)
        await settled(pilot)
        page = screen.active_view
        assert any(piece.text.startswith("★") for line in page._lines for piece in line)  # type: ignore[attr-defined]
        await screen.follow(Go("edan"))
        await settled(pilot)
        assert screen.state.chosen
        assert screen.state.chosen.id == "edan"


async def test_many_starred_films_are_counted_where_they_have_no_room(app: Make, root: Path, file: Path) -> None:
    put(file, "".join(f"- {id}\n" for id in ("alas", "batas", "cahaya", "danau", "edan")))
    for size in ((120, 36), (80, 24)):
        async with app(root, today=DAY).run_test(size=size) as pilot:
            await press(pilot, "2")
            strip = line_with(pilot, "PENGINGAT").strip()
            assert strip.endswith("+2"), strip


# notes


async def test_a_note_is_written_shown_changed_and_taken_away(app: Make, root: Path, file: Path) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        assert isinstance(pilot.app.screen, NoteScreen)
        await press(pilot, *"dua kursi", "enter")
        assert read_stars(file).stars == (Star("alas", "dua kursi", DAY),)
        assert "★ dua kursi" in shown(pilot)
        assert "Alas ★" in shown(pilot)
        await press(pilot, "N", "!", "enter")
        assert read_stars(file).stars[0].note == "dua kursi!"
        await press(pilot, "N", "x", "escape")
        assert read_stars(file).stars[0].note == "dua kursi!"
        await press(pilot, "N", *["backspace"] * 12, "enter")
        assert read_stars(file).stars == (Star("alas", "", DAY),)


async def test_a_foreign_note_is_text(app: Make, root: Path, file: Path) -> None:
    put(file, '- {id: alas, note: "[red]a[/] \\e[31m \\u202e"}\n')
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "★ [red]a[/] ␛[31m ‹U+202E›" in shown(pilot)


@pytest.mark.parametrize("size", [(120, 36), (40, 12), (20, 5)])
async def test_the_sheet_of_a_note_opens_at_every_size(app: Make, root: Path, size: tuple[int, int]) -> None:
    async with app(root, today=DAY, language="en").run_test(size=size) as pilot:
        await press(pilot, "N", "a")
        assert isinstance(pilot.app.screen, NoteScreen)
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1


# the search and the filter


async def test_the_star_is_searched_for_and_ticked(app: Make, root: Path, file: Path) -> None:
    put(file, "- alas\n- danau\n")
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "slash", "asterisk", "enter")
        assert screen.state.view.total == 2
        assert "★ berbintang" in shown(pilot)
        await press(pilot, "space")  # its star goes, and so does its row
        assert screen.state.view.total == 1
        assert ids(file) == ["danau"]
        await press(pilot, "escape")
        assert screen.state.view.total == len(ITEMS)
        await press(pilot, "f")
        assert "★ berbintang" in shown(pilot)
        await press(pilot, "space", "enter")
        assert screen.state.view.total == 1
        assert screen.state.understood.text == "★"


async def test_the_star_is_found_by_what_keyboards_have(app: Make, root: Path, file: Path) -> None:
    put(file, "- alas\n")
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "slash", "minus", "asterisk", "enter")
        assert screen.state.view.total == len(ITEMS) - 1


# other programs


async def test_what_another_program_stars_appears(app: Make, root: Path, file: Path) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "slash", "asterisk", "enter")
        assert screen.state.view.total == 0
        assert "Belum ada film berbintang. Spasi" in " ".join(shown(pilot).split())
        put(file, "- alas\n")
        await until(pilot, "Alas ★")
        assert screen.state.view.total == 1


async def test_a_broken_file_is_told_and_listed_and_not_written(app: Make, root: Path, file: Path) -> None:
    async with app(root, today=DAY).run_test(size=(120, 36), notifications=True) as pilot:
        await press(pilot, "space")
        put(file, "- alas\n- [\n")
        await until(pilot, "starred.yaml:3:")
        await press(pilot, "space")
        await until(pilot, "tidak ada yang")
        await press(pilot, "e")
        assert "starred.yaml:" in shown(pilot)
        assert content(file) == "- alas\n- [\n"
        await press(pilot, "escape")
        put(file, "- alas\n")
        await until(pilot, "Alas ★")
        assert "starred.yaml" not in lines(pilot)[2]


async def test_a_star_follows_a_film_that_is_merged_while_it_is_shown(app: Make, root: Path, file: Path) -> None:
    put(file, "- alas\n")
    async with app(root, today=DAY).run_test(size=(120, 36)) as pilot:
        screen = await press(pilot, "slash", "asterisk", "enter")
        put(root / "one.yaml", films("- {id: alas, same_as: batas}\n", *ITEMS[1:]))
        await until(pilot, "Batas ★")
        await settled(pilot)
        assert [screen.state.row(0) and screen.state.row(0).id] == ["batas"]  # type: ignore[union-attr]


# what became of them


@pytest.fixture
def visited(root: Path, file: Path, tmp_path: Path) -> Path:
    """A calendar that was looked at, and in which a starred film has moved since and another one was cancelled."""
    put(file, "- alas\n- danau\n")
    with Library(places(root, tmp_path / "cache", tmp_path / "state", DAY, file)) as library:
        library.refresh()
        library.since_visit()
        library.keep_visit(set())
    text = films(*ITEMS).replace("2026-02-05", "2026-03-05").replace("2026-01-08", "2026-03-12")
    text = text.replace("release: 2026-01-07\n  genres", "releases: [{date: 2026-01-07, status: cancelled}]\n  genres")
    (root / "one.yaml").write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("size", SIZES)
async def test_a_starred_film_that_moved_says_so_first_of_all(app: Make, visited: Path, size: tuple[int, int]) -> None:
    async with app(visited, today=DAY).run_test(size=size) as pilot:
        await until(pilot, "★ Danau mundur dari 5" if size[0] > 40 else "★ Danau mundur")
        news = next(number for number, line in enumerate(lines(pilot)) if "★ Danau mundur" in line)
        assert news < 4
        assert lines(pilot)[news].rstrip().endswith("+1 · c" if size[0] < 60 else "+1 · c perubahan")
        assert "Cahaya mundur" not in shown(pilot)  # which is not starred


async def test_the_changes_have_starred_films_first_and_then_it_is_told(app: Make, visited: Path, file: Path) -> None:
    async with app(visited, today=DAY).run_test(size=(120, 36)) as pilot:
        await until(pilot, "★ Danau mundur")
        screen = await settled(pilot)
        assert not kept(screen)  # no picture with it is kept for the next start
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, ChangesScreen)
        text = shown(pilot)
        assert text.index("★ Film berbintang") < text.index("Danau mundur dari 5 Februari")
        assert text.index("Alas batal") < text.index("Senin, 5 Januari 2026", text.index("berbintang"))
        assert text.index("Senin, 5 Januari 2026", text.index("berbintang")) < text.index("Cahaya mundur")
        await press(pilot, "escape")
        assert "Danau mundur" not in shown(pilot)
        assert kept(screen)
        path = visited / "one.yaml"
        put(path, content(path).replace("2026-03-05", "2026-03-19"))
        await until(pilot, "★ Danau mundur dari 5 Maret")
        assert "+1" not in line_with(pilot, "★ Danau mundur")
    async with app(visited, today=DAY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "Danau mundur" not in shown(pilot)


async def test_a_click_on_the_news_opens_the_changes(app: Make, visited: Path) -> None:
    async with app(visited, today=DAY).run_test(size=(120, 36)) as pilot:
        await until(pilot, "★ Danau mundur")
        await pilot.click("#starnews")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChangesScreen)


async def test_the_picture_is_of_these_stars(root: Path, file: Path, tmp_path: Path) -> None:
    from tui.app import frame
    from tui.base.disk import stamp_of

    settings = Settings(places(root, tmp_path / "cache", tmp_path / "state", DAY, file), "id")
    app = make(settings, fresh=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await settled(pilot)
        before = frame.seen_by(settings, "dark", 80, 24, screen.state.library.stars.stamp)
        await press(pilot, "space")
        assert not kept(screen)  # a toast is on it
        after = frame.seen_by(settings, "dark", 80, 24, screen.state.library.stars.stamp)
        assert before != after
        assert frame.seen_by(settings, "dark", 80, 24, str(stamp_of(file))) == after
