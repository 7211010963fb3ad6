"""The calendar as it is used: by keys and mouse, on the shipped catalog unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from tests.conftest import film, films, lines, lines_of, places, press, settled, shown
from tui.app.calendar.agenda import Agenda
from tui.app.calendar.months import MonthStrip
from tui.app.calendar.screen import CalendarScreen
from tui.app.calendar.status import Status
from tui.app.calendar.views import VIEWS, CalendarView, ViewEntry
from tui.app.film.detail import Detail
from tui.app.widgets.bars import Active, Keys, TitleBar
from tui.app.widgets.typeset import Address
from tui.films.dates import UNDATED
from tui.index.failures import unavailable
from tui.library.library import Library
from tui.user import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.app import FilmtuiApp
    from tui.films.film import Film
    from tui.library.view import View

    Make = Callable[..., FilmtuiApp]

SIZE = (120, 36)


def chosen(pilot: Pilot[None]) -> str:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, CalendarScreen)
    row = screen.state.chosen
    return row.id if row else ""


def line_of(agenda: Agenda, id: str) -> int:
    """The line of the pane, its border counted, on which the film stands."""
    index = next(n for n in range(agenda.state.view.total) if (row := agenda.state.row(n)) and row.id == id)
    return agenda._lines.of_row(index) - agenda.scroll_offset.y + 1


async def test_opens_at_the_next_release_from_today(app: Make) -> None:
    async with app(today=date(2026, 1, 9)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert chosen(pilot) == "penerbangan-terakhir"


async def test_opens_at_the_last_release_when_all_are_past(app: Make) -> None:
    async with app(today=date(2030, 1, 1)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert chosen(pilot) == "kuyank"


async def test_every_film_is_reached_by_the_arrow_key(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "home")
        seen = [chosen(pilot)]
        for _ in range(20):
            await pilot.press("down")
            seen.append(chosen(pilot))
        assert len(dict.fromkeys(seen)) == 15
        assert seen[-1] == "red-rooms"


async def test_months_days_and_what_has_no_date_stand_in_order(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        left = [line[1:50].strip() for line in lines(pilot)]
        headers = [" ".join(line.split()) for line in left if line.endswith(" film") and line[0] not in "f─"]
        assert headers == ["DESEMBER 2025 8 film", "JANUARI 2026 6 film", "BELUM ADA TANGGAL 1 film"]
        labels = [line[2:8] for line in lines(pilot) if "◆" not in line]
        assert [label for label in labels if label[:3] in {"Rab", "Kam"}] == [
            "Rab 24", "Rab 31", "Rab  7", "Kam  8", "Kam 15", "Kam 22", "Kam 29",
        ]  # fmt: skip


async def test_january_alone_shows_six(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "right", "m")
        text = shown(pilot)
        assert "JANUARI 2026" in text
        assert "DESEMBER 2025" not in text
        assert "6 film" in text
        assert "Modual Nekad" not in text
        await press(pilot, "0")
        assert "DESEMBER 2025" in shown(pilot)


async def test_month_given_at_the_start(app: Make) -> None:
    async with app(only=20260132).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert screen.state.view.total == 6
        assert chosen(pilot) == "greenland-migration"


async def test_one_month_is_stepped_by_brackets_which_stop_at_the_ends(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "m")
        seen = [screen.state.view.only]
        for key in ("right_square_bracket",) * 3 + ("left_square_bracket",) * 3:
            await press(pilot, key)
            seen.append(screen.state.view.only)
        assert seen == [20251232, 20260132, UNDATED, UNDATED, 20260132, 20251232, 20251232]
        await press(pilot, "m")
        assert screen.state.view.only is None
        await press(pilot, "m", "escape")
        assert screen.state.view.only is None


async def test_brackets_move_by_months_where_all_are_shown(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "right_square_bracket")
        assert chosen(pilot) == "greenland-migration"
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert screen.state.cursor == 0


async def test_arrows_go_from_month_to_month(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "right")
        assert chosen(pilot) == "greenland-migration"
        await press(pilot, "l")
        assert chosen(pilot) == "red-rooms"
        await press(pilot, "left", "h")
        assert chosen(pilot) == "patah-hati-yang-kupilih"


async def test_search_as_you_type_folds_accents_and_finds_people(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "slash", *"gariepy")
        text = shown(pilot)
        assert "Red Rooms" in text
        assert "Kuyank" not in text
        assert "1 film" in text
        assert chosen(pilot) == "red-rooms"


@pytest.mark.slow
async def test_hits_stand_in_calendar_order_under_their_months(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"legacy")
        assert screen.state.view.total == 0  # companies are not searched
        await press(pilot, *(["backspace"] * 6), *"ndre")  # "landre"
        await press(pilot, *(["backspace"] * 6), *"andre")
        assert [screen.state.row(n).id for n in range(screen.state.view.total)] == [  # type: ignore[union-attr]
            "comic-8-revolution-santet-k4bin3t", "modual-nekad", "the-housemaid",
        ]  # fmt: skip


async def test_matches_are_lit(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash", *"kuyank")
        strip = screen.active_view.render_line(1)
        lit = [segment.text for segment in strip if segment.style and segment.style.underline]
        assert lit == ["Kuyank"]


async def test_escape_clears_the_search_and_the_film_is_still_chosen(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "end", "up")
        assert chosen(pilot) == "kuyank"
        await press(pilot, "slash", *"housemaid")
        assert chosen(pilot) == "the-housemaid"
        screen = await press(pilot, "escape")
        assert screen.state.view.total == 15
        assert chosen(pilot) == "kuyank"


async def test_search_and_month_combine_and_both_are_named(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "slash", *"rio", "enter")
        screen = await press(pilot, "m")
        assert screen.state.view.only == 20251232
        assert [r.id for n in range(9) if (r := screen.state.row(n))] == ["janur-ireng-sewu-dino-the-prequel"]
        bar = "".join(text for text, _ in screen.query_one(Active).parts(100))
        assert "Desember 2025" in bar
        assert "“rio”" in bar
        await press(pilot, "escape")
        assert screen.state.view.total == 15
        assert not screen.query_one(Active).display


async def test_the_first_hits_are_shown_before_they_are_counted(
    app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.library.paging._GLIMPSE", 5)
    root = catalog(one=films(*(film(f"f{n}", release=f"2026-01-{n + 1:02}") for n in range(20))))
    built = app(root)
    told: list[str] = []
    count = Library.view

    def slow(library: Library, *args: Any) -> View:
        if args and args[0].words:
            told.append(str(built.call_from_thread(lambda: "\n".join(lines_of(built)))))
        return count(library, *args)

    async with built.run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(Library, "view", slow)
        await press(pilot, "slash", "f", "enter")
        assert "≥ 5 film" not in shown(pilot)
        assert "20 film · Esc" in shown(pilot)
        assert pilot.app.screen_stack[0].query_one(Agenda).state.view.total == 20
    assert "≥ 5 film · Esc" in told[-1]


async def test_a_count_that_fails_is_told_and_the_calendar_stays(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(library: Library, *_: Any) -> View:
        raise unavailable(OSError(28, "No space left on device"), library.path)

    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(Library, "glimpse", full)
        screen = await press(pilot, "slash", *"rio")
        assert "disk penuh" in screen.following.failure
        assert screen.query_one(Status).display
        assert "Patah Hati Yang Kupilih" in shown(pilot)


async def test_a_search_without_hits_says_so(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "slash", *"zzzz")
        assert "Tidak ada film yang cocok" in shown(pilot)
        assert "PEMERAN" not in shown(pilot)
        await press(pilot, "escape")
        assert "PEMERAN" in shown(pilot)


async def test_filter_by_genre(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "f")
        assert "Klasifikasi usia".upper() in shown(pilot)
        await press(pilot, "down", "down", "down", "down", "space", "enter")  # the fifth: Horor
        screen = await settled(pilot)
        assert "Horor" in shown(pilot)
        assert screen.state.view.total == 4
        await press(pilot, "escape")
        assert screen.state.view.total == 15


async def test_the_detail_tells_everything_in_indonesian(app: Make) -> None:
    async with app().run_test(size=(120, 50)) as pilot:
        await press(pilot, "right")
        text = shown(pilot)
        for part in (
            "Greenland 2: Migration", "14 hari lagi · Rabu, 7 Januari 2026", "Laga, Thriller", "98 menit",
            "Amerika Serikat", "berbahasa Inggris", "Lima tahun", "PEMERAN", "Gerard Butler", "John Garrity", "Sutradara",
            "Ric Roman Waugh", "Penulis", "Rumah produksi", "RILIS LAIN", "Jumat, 9 Januari 2026", "Austria",
            "SUMBER", "thinkmovies",
        ):  # fmt: skip
            assert part in text


async def test_english_is_complete_too(app: Make) -> None:
    async with app(language="en").run_test(size=(120, 50)) as pilot:
        await press(pilot, "right")
        text = shown(pilot)
        for part in ("in 14 days · Wednesday, 7 January 2026", "Action, Thriller", "Five years", "CAST", "Schedule",
                     "NO DATE YET", "JANUARY 2026", "6 films"):  # fmt: skip
            assert part in text


async def test_what_is_unknown_takes_no_room(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("bare", "Bare", "2026-01-07")))
    async with app(root).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        detail = screen.query_one(Detail)
        assert ["".join(piece.text for piece in line).split("│")[-1].strip() for line in detail._lines] == [
            "╭─────────╮  Bare", "", "14 hari lagi · Rabu, 7 Januari 2026", "", "", "", "╰─────────╯",
        ]  # fmt: skip


async def test_a_note_is_told_in_the_users_language(app: Make, catalog: Callable[..., Path]) -> None:
    release = "{date: 2026-01-07, status: tentative, note: {id: belum pasti, en: not certain}}"
    root = catalog(a=films(film("m", "M", releases=f"[{release}, {{date: 2026-02-01, region: US, note: lain}}]")))
    for language, note in (("id", "belum pasti"), ("en", "not certain")):
        async with app(root, language=language).run_test(size=SIZE) as pilot:
            await settled(pilot)
            text = shown(pilot)
            assert note in text
            assert "lain" in text


async def test_news_is_told_in_the_users_language(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("m")) + "news:\n- {title: {id: Kabar baru, en: Fresh news}, films: [m]}\n")
    for language, title in (("id", "Kabar baru"), ("en", "Fresh news")):
        async with app(root, language=language).run_test(size=SIZE) as pilot:
            await press(pilot, "n")
            assert title in shown(pilot)


async def test_a_long_title_keeps_a_space_before_its_mark(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("m", "Panjang" * 20, releases="[{date: 2026-01-07, status: tentative}]")))
    for size in ((120, 36), (80, 24)):
        async with app(root).run_test(size=size) as pilot:
            await settled(pilot)
            assert "… ten" in shown(pilot)


async def test_history_is_told(app: Make, catalog: Callable[..., Path]) -> None:
    moved = """films:
- id: moved
  title: Moved
  releases:
  - date: 2026-01-14
    status: tentative
    history:
    - {date: 2026-01-07, recorded: 2025-12-20}
"""
    async with app(catalog(a=moved)).run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "bergeser dari 7 Jan 2026 (tercatat 20 Des 2025)" in shown(pilot)
        assert "tentatif" in shown(pilot)


async def test_partial_dates_stand_behind_the_full_ones(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a=films(
            film("year", "Tahun", "2026"), film("quarter", "Kuartal", '"2026-Q1"'), film("month", "Bulan", "2026-03"),
            film("none", "Entah"), film("day", "Hari", "2026-03-31"), film("april", "April", "2026-04-01"),
        )
    )  # fmt: skip
    async with app(root).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        rows = [screen.state.row(n) for n in range(6)]
        assert [row.id for row in rows if row] == ["day", "month", "quarter", "april", "year", "none"]
        text = shown(pilot)
        for name in ("MARET 2026", "TRIWULAN I 2026", "APRIL 2026", "2026 ", "BELUM ADA TANGGAL"):
            assert name in text
        assert "9999" not in text


@pytest.mark.slow
async def test_the_month_header_sticks_and_the_cursor_is_never_under_it(
    app: Make, catalog: Callable[..., Path]
) -> None:
    many = [film(f"f{n:03}", f"Film {n:03}", f"2026-{1 + n // 50:02}-{1 + n % 28:02}") for n in range(200)]
    async with app(catalog(a=films(*many))).run_test(size=(100, 20)) as pilot:
        screen = await press(pilot, "home")
        agenda = screen.query_one(Agenda)
        for _ in range(60):
            await pilot.press("down")
            top = "".join(s.text for s in agenda.render_line(0)).strip()
            assert top.startswith(("JANUARI", "FEBRUARI", "── hari ini"))
            y = agenda._lines.of_row(agenda.state.cursor) - agenda.scroll_offset.y
            assert 1 <= y < agenda.rows_seen
        for _ in range(60):
            await pilot.press("up")
            y = agenda._lines.of_row(agenda.state.cursor) - agenda.scroll_offset.y
            assert 1 <= y < agenda.rows_seen
        assert agenda.scroll_offset.y == 0


async def test_the_highlight_survives_resizing(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "end", "up")
        for size in ((80, 24), (40, 12), (60, 30), (120, 36)):
            await pilot.resize_terminal(*size)
            screen = await settled(pilot)
            assert chosen(pilot) == "kuyank"
            agenda = screen.query_one(Agenda)
            if agenda.display and agenda.rows_seen:
                y = agenda._lines.of_row(agenda.state.cursor) - agenda.scroll_offset.y
                assert 0 <= y < agenda.rows_seen


async def test_the_highlight_survives_an_edit_of_the_file(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("b", "B", "2026-01-08"), film("c", "C", "2026-01-09")))
    async with app(root).run_test(size=SIZE) as pilot:
        await press(pilot, "end")
        assert chosen(pilot) == "c"
        catalog(a=films(film("a", "A", "2026-01-07"), film("b", "B", "2026-01-08"), film("c", "C!", "2026-01-02")))
        screen = await press(pilot, "r")
        assert screen.state.view.total == 3
        assert chosen(pilot) == "c"
        assert "C!" in shown(pilot)


async def test_mouse_chooses_a_film_a_month_and_a_command(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        agenda = screen.query_one(Agenda)
        await pilot.click(Agenda, offset=(12, line_of(agenda, "greenland-migration")))
        await settled(pilot)
        assert chosen(pilot) == "greenland-migration"
        strip = screen.query_one(MonthStrip)
        tab = next(tab for tab in strip._tabs if tab.period == 20260132)
        await pilot.click(MonthStrip, offset=(tab.start + 1, 0))
        await settled(pilot)
        assert screen.state.view.total == 15
        assert chosen(pilot) == "greenland-migration"
        tab = next(tab for tab in strip._tabs if tab.period == 20251232)
        await pilot.click(MonthStrip, offset=(tab.start + 1, 0))
        await settled(pilot)
        assert chosen(pilot) == "patah-hati-yang-kupilih"  # the next one from today on
        word = next(tab for tab in screen.query_one(TitleBar)._tabs if tab.action == "show_week")
        await pilot.click(TitleBar, offset=(word.start + 1, 0))
        await settled(pilot)
        assert "minggu" not in shown(pilot)
        assert "RABU 24" in shown(pilot)
        word = next(tab for tab in screen.query_one(Keys)._tabs if tab.action == "help")
        await pilot.click(Keys, offset=(word.start + 1, 0))
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 2


async def test_a_second_click_on_a_film_opens_it(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        agenda = screen.query_one(Agenda)
        await pilot.click(Agenda, offset=(12, line_of(agenda, "greenland-migration")))
        await settled(pilot)
        assert not screen.query_one(Detail).has_focus
        await pilot.click(Agenda, offset=(12, line_of(agenda, "suka-duka-tawa")), times=2)
        await settled(pilot)
        assert screen.query_one(Detail).has_focus
        assert chosen(pilot) == "suka-duka-tawa"


@pytest.mark.parametrize("entry", VIEWS, ids=lambda entry: entry.name)
def test_a_registered_view_can_be_opened(entry: ViewEntry) -> None:
    view = entry.load()
    assert issubclass(view, CalendarView)
    for method in ("show", "show_cursor", "target"):
        assert getattr(view, method) is not getattr(CalendarView, method)


async def test_today_brings_one_back(app: Make) -> None:
    async with app(today=date(2026, 1, 8)).run_test(size=SIZE) as pilot:
        await press(pilot, "home")
        assert chosen(pilot) == "patah-hati-yang-kupilih"
        await press(pilot, "t")
        assert chosen(pilot) == "musuh-dalam-selimut"


async def test_tab_goes_into_the_detail_and_keys_scroll_it(app: Make) -> None:
    async with app().run_test(size=(80, 16)) as pilot:
        screen = await press(pilot, "tab")
        before = chosen(pilot)
        await press(pilot, "down", "down")
        assert chosen(pilot) == before
        assert screen.query_one(Detail).scroll_offset.y == 2
        await press(pilot, "tab", "down")
        assert chosen(pilot) != before
        assert screen.query_one(Detail).scroll_offset.y == 0


async def test_on_a_small_terminal_the_panes_take_turns(app: Make) -> None:
    async with app().run_test(size=(40, 12)) as pilot:
        screen = await settled(pilot)
        shows = [(screen.active_view.display, screen.query_one(Detail).display)]
        for key in ("enter", "escape"):
            await press(pilot, key)
            shows.append((screen.active_view.display, screen.query_one(Detail).display))
        assert shows == [(True, False), (False, True), (True, False)]
        await press(pilot, "enter")
        assert "Patah Hati Yang Kupilih" in shown(pilot)


async def test_views(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        detail = screen.query_one(Detail)
        seen = []
        for _ in range(3):
            await press(pilot, "v")
            seen.append((screen.active_view.display, detail.display))
        assert seen == [(True, False), (False, True), (True, True)]


async def test_news_of_the_film_and_all_news(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(
        a=films(film("x", "X", "2026-01-07"))
        + "news:\n- {title: Kabar tentang X, date: 2025-12-20, url: 'https://example.org/x', films: [x]}\n"
        "- title: Kabar lain\n"
    )
    async with app(root).run_test(size=SIZE) as pilot:
        await settled(pilot)
        text = shown(pilot)
        assert "BERITA" in text
        assert "20 Des 2025  Kabar tentang X" in text
        assert "Kabar lain" not in text
        await press(pilot, "n")
        assert "Kabar lain" in shown(pilot)
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1


async def test_a_problem_shows_in_the_banner_and_the_rest_is_there(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("good", "Good", "2026-01-07"), film("bad", "Bad", "2026-02-30")))
    async with app(root).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert screen.query_one(Status).display
        text = shown(pilot)
        assert "a.yaml:7:12: “2026-02-30” tidak ada di kalender" in text
        assert "Good" in text
        await press(pilot, "e")
        assert "a.yaml:7:12" in shown(pilot)


async def test_no_catalog_is_a_banner_not_an_end(app: Make, tmp_path: Path) -> None:
    async with app(tmp_path / "nowhere").run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "tidak ada katalog di sana" in shown(pilot)


@pytest.mark.slow
async def test_text_from_strangers_is_content_never_markup(app: Make, catalog: Callable[..., Path]) -> None:
    hostile = '"[@click=app.quit()]klik[/] [bold]x[/bold] [/ \\x1b]52;c;AAAA\\x07 \\u202eevil"'
    root = catalog(
        a=films(film("evil", hostile, "2026-01-07", original_title=hostile, genres=f"[{hostile}]", synopsis=hostile))
        + f"news:\n- {{title: {hostile}, films: [evil]}}\n"
    )
    async with app(root).run_test(size=(160, 40)) as pilot:
        screen = await settled(pilot)
        text = shown(pilot)
        assert "[@click=app.quit()]klik[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        for y in range(3):
            for segment in screen.active_view.render_line(y):
                assert not (segment.style and segment.style.meta)
        for key in ("f", "n", "e"):
            await press(pilot, key)
            assert "\x1b" not in shown(pilot)
            await press(pilot, "escape")
        await press(pilot, "ctrl+p", *"filter")
        assert pilot.app.is_running


async def test_a_pasted_escape_does_not_reach_the_search_box(app: Make) -> None:
    from textual.events import Paste
    from textual.widgets import Input

    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "slash")
        box = screen.query_one(Input)
        box.post_message(Paste("gari\x1b]52;c;AAAA\x07\u202e"))
        await settled(pilot)
        assert "\x1b" not in box.value
        assert "\u202e" not in box.value
        assert box.value.startswith("gari")


async def test_a_past_month_opens_on_its_first_film(app: Make) -> None:
    async with app(today=date(2026, 1, 20)).run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        screen.show_month(20251232)
        await settled(pilot)
        assert screen.state.cursor == 0
        screen.show_month(20260132)
        await settled(pilot)
        assert chosen(pilot) == "esok-tanpa-ibu"  # the next one from today


async def test_a_double_click_on_a_month_picks_one(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(*(film(f"f{month}", release=f"2026-{month:02}-01") for month in range(1, 13))))
    for times in (1, 2):
        async with app(root, today=date(2026, 6, 1)).run_test(size=(100, 30)) as pilot:
            screen = await settled(pilot)
            tab = next(tab for tab in screen.query_one(MonthStrip)._tabs if tab.period == 20260932)
            await pilot.click(MonthStrip, offset=(tab.start + 1, 0), times=times)
            await settled(pilot)
            assert chosen(pilot) == "f9"
            assert next(t for t in screen.query_one(MonthStrip)._tabs if t.period == 20260932) == tab


async def test_a_month_without_hits_says_which_months_have_some(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        screen = await press(pilot, "right", "m", "slash", *"patah hati")
        assert screen.state.view.total == 0
        text = " ".join(shown(pilot).split())
        assert "Tidak ada film di Januari 2026" in text
        assert "Desember 2025 1 film" in text
        await press(pilot, "enter")  # the first of what is offered
        assert chosen(pilot) == "patah-hati-yang-kupilih"
        assert screen.state.period == 2025_12_32


async def test_the_day_moves_on_at_midnight(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = app(today=date(2026, 1, 6), follows=True)
    async with made.run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        assert chosen(pilot) == "greenland-migration"
        assert "besok" in shown(pilot)
        monkeypatch.setattr(settings, "clock", lambda: date(2026, 1, 8))
        made.post_message(events.AppFocus())
        await settled(pilot)
        text = shown(pilot)
        assert "Kamis, 8 Januari 2026" in lines(pilot)[0]
        assert "hari ini" in text
        assert chosen(pilot) == "musuh-dalam-selimut"
        await press(pilot, "home")
        monkeypatch.setattr(settings, "clock", lambda: date(2026, 1, 9))
        made.post_message(events.AppFocus())
        await settled(pilot)
        assert screen.state.cursor == 0
        assert "Jumat, 9 Januari 2026" in lines(pilot)[0]


async def test_a_day_that_was_named_stays(app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = app(today=date(2026, 1, 6))
    async with made.run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(settings, "clock", lambda: date(2026, 1, 8))
        made.post_message(events.AppFocus())
        await settled(pilot)
        assert "Selasa, 6 Januari 2026" in lines(pilot)[0]


async def test_a_film_that_has_gone_leaves_the_list(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=films(film("a", release="2026-01-01"), film("b", release="2026-01-02")))
    built = app(root)
    async with built.run_test() as pilot:
        screen = await settled(pilot)
        catalog(one=films(film("b", release="2026-01-02")))
        with Library(places(root, built.library.path.parent)) as other:
            other.refresh()
        await press(pilot, "o")
        assert screen.state.view.total == 1
        assert chosen(pilot) == "b"


async def test_the_filter_sheet_is_paged(app: Make) -> None:
    async with app().run_test(size=(80, 12)) as pilot:
        screen = await press(pilot, "f", "end", "space", "home", "pagedown", "pageup", "space", "enter")
        assert [part.field for part in screen.state.understood.parts] == ["genre", "director"]


async def test_a_cancelled_release_is_not_the_next_one(app: Make, catalog: Callable[..., Path]) -> None:
    off = "  releases:\n  - {date: 2025-12-25, status: cancelled}\n"
    root = catalog(one="films:\n- id: a\n  title: A\n" + off + "- {id: b, title: B, release: 2025-12-26}\n")
    async with app(root).run_test() as pilot:
        await settled(pilot)
        assert chosen(pilot) == "b"


async def test_every_command_can_be_run(app: Make) -> None:
    from tui.app.calendar.screen import CalendarScreen
    from tui.app.commands import COMMANDS

    assert not [c.action for c in COMMANDS if not hasattr(CalendarScreen, f"action_{c.action}")]
    assert len({key for c in COMMANDS for key in c.keys}) == sum(len(c.keys) for c in COMMANDS)


async def test_links_open_only_on_the_web(
    app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = catalog(a=films(film("x", "X", "2026-01-07", links="{trailer: 'https://example.org/t'}")))
    opened: list[str] = []
    made = app(root)
    monkeypatch.setattr(made, "open_url", opened.append)
    async with made.run_test(size=SIZE) as pilot:
        screen = await press(pilot, "o")
        assert opened == ["https://example.org/t"]
        screen.open("javascript:alert(1)")
        screen.open("file:///etc/passwd")
        assert len(opened) == 1


async def test_a_link_is_clicked(app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = catalog(a=films(film("x", "X", "2026-01-07", links="{trailer: 'https://example.org/t'}")))
    opened: list[str] = []
    made = app(root)
    monkeypatch.setattr(made, "open_url", opened.append)
    async with made.run_test(size=SIZE) as pilot:
        screen = await settled(pilot)
        detail = screen.query_one(Detail)
        at = next(y for y, line in enumerate(detail._lines) if any(isinstance(piece.to, Address) for piece in line))
        await pilot.click(Detail, offset=(14, at + 1))
        await settled(pilot)
        assert opened == ["https://example.org/t"]


async def test_the_wheel_scrolls_the_pane_under_it(app: Make) -> None:
    from textual.events import MouseScrollDown

    async with app().run_test(size=(80, 16)) as pilot:
        screen = await settled(pilot)
        for pane in (screen.active_view, screen.query_one(Detail)):
            pane.post_message(MouseScrollDown(pane, 3, 3, 0, 1, 0, False, False, False))
        await settled(pilot)
        await pilot.wait_for_animation()
        assert screen.query_one(Detail).scroll_offset.y > 0
        assert screen.active_view.scroll_offset.y > 0
        assert chosen(pilot) == "patah-hati-yang-kupilih"


async def test_theme_changes(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await press(pilot, "T")
        assert not pilot.app.current_theme.dark
        await press(pilot, "T")
        assert pilot.app.current_theme.dark


async def test_q_leaves(app: Make) -> None:
    async with app().run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert not pilot.app.is_running


# what a key costs, in counts


async def test_a_cursor_key_draws_two_lines_and_asks_for_one_film(
    app: Make, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [film(f"f{n:04}", f"Film {n:04}", f"2026-01-{1 + n % 28:02}") for n in range(3000)]
    async with app(catalog(a=films(*many))).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "home", "down")
        asked: list[str] = []
        original = screen.state.library.film

        def spy(id: str) -> Film:
            asked.append(id)
            return original(id)

        monkeypatch.setattr(screen.state.library, "film", spy)
        before = screen.query_one(Agenda).lines_drawn
        await press(pilot, "down")
        assert screen.query_one(Agenda).lines_drawn - before == 2
        assert len(asked) == 1


@pytest.mark.slow
async def test_the_agenda_keeps_pages_not_films(app: Make, catalog: Callable[..., Path]) -> None:
    many = [film(f"f{n:04}", f"Film {n:04}", f"2026-{1 + n % 12:02}-01") for n in range(4000)]
    async with app(catalog(a=films(*many))).run_test(size=SIZE) as pilot:
        screen = await press(pilot, "home")
        for _ in range(100):
            await pilot.press("pagedown")
        await press(pilot, "end", "home")
        assert sum(len(page) for page in screen.state._pages.values()) <= 24 * 64


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_view_is_in_the_title_of_a_small_terminal(app: Make, language: str) -> None:
    async with app(language=language).run_test(size=(40, 12)) as pilot:
        screen = await settled(pilot)
        title = screen.query_one(TitleBar)
        for number in range(len(VIEWS)):
            await press(pilot, str(number + 1))
            named = [tab.end - tab.start > 3 for tab in title._tabs]
            assert named == [at == number for at in range(len(VIEWS))]
            assert title._views[number][1] in lines(pilot)[0]
