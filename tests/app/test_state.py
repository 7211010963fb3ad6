"""The calendar's state without a screen: what is selected, what is answered, where the cursor is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CHRISTMAS_EVE, film, films, places
from tui.app.calendar import wording
from tui.app.calendar.state import CalendarState
from tui.base.errors import IndexUnavailableError, message
from tui.base.words import Words
from tui.films.dates import UNDATED
from tui.library.fields import Context
from tui.library.library import Library, Selection
from tui.library.moments import Clock
from tui.library.search import understand
from tui.library.understood import Understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.library.library import Row
    from tui.library.view import View

DECEMBER, JANUARY = 20251232, 20260132


def answer(state: CalendarState, *, reading: bool = False) -> CalendarState:
    """Ask the library what the state wants to know, and take the answers."""
    for whole in state.question.answers():
        assert state.take(whole)
        state.settle(reading=reading)
    return state


def move(state: CalendarState, index: int) -> None:
    """As the user does."""
    if state.go(index):
        state.keep()


def chosen(state: CalendarState) -> str:
    row = state.chosen
    return row.id if row else ""


@pytest.fixture
def state(library: Library) -> CalendarState:
    """On the fifteen films, on Christmas Eve 2025: eight in December, six in January, one without a date."""
    return answer(CalendarState(library, CHRISTMAS_EVE))


@pytest.fixture
def opened(catalog: Callable[..., Path], tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Write a catalog of one file, and give a library that has read it. Called again, the file changes."""
    made: list[Library] = []

    def build(*items: str) -> Library:
        root = catalog(one=films(*items))
        if not made:
            made.append(Library(places(root, tmp_path / "cache", tmp_path / "state")))
        made[0].refresh()
        return made[0]

    yield build
    for library in made:
        library.close()


def on(day: int, month: int = 1) -> str:
    return film(f"f{month}-{day}", release=f"2026-{month:02}-{day:02}")


# where the cursor is


def test_it_opens_at_the_next_release(library: Library) -> None:
    assert chosen(answer(CalendarState(library, date(2026, 1, 9)))) == "penerbangan-terakhir"
    assert chosen(answer(CalendarState(library, date(2030, 1, 1)))) == "kuyank"


def test_the_cursor_stays_within_the_rows(state: CalendarState) -> None:
    for index, reached in ((-1, 0), (99, 14), (5, 5)):
        state.go(index)
        assert state.cursor == reached
    assert not state.go(5)


def test_a_move_in_an_empty_calendar_is_none(library: Library) -> None:
    state = CalendarState(library, CHRISTMAS_EVE)
    assert not state.go(1)
    assert not state.go(-1)
    assert state.chosen is None
    assert chosen(answer(state)) == "patah-hati-yang-kupilih"


def test_the_cursor_stays_on_its_release_when_the_index_changes(opened: Callable[..., Library]) -> None:
    state = answer(CalendarState(opened(on(7), on(8), on(9)), CHRISTMAS_EVE))
    move(state, 1)
    opened(on(1), on(2), on(7), on(8), on(9))
    answer(state)
    assert (state.cursor, chosen(state), state.view.total) == (3, "f1-8", 5)


def test_a_cursor_nobody_has_moved_stays_on_its_release_too(opened: Callable[..., Library]) -> None:
    state = answer(CalendarState(opened(on(7), on(8)), CHRISTMAS_EVE))
    opened(on(2), on(7), on(8))
    assert chosen(answer(state)) == "f1-7"


def test_a_release_that_has_gone_gives_its_place_to_the_next_and_takes_it_again(opened: Callable[..., Library]) -> None:
    state = answer(CalendarState(opened(on(7), on(8), on(9)), CHRISTMAS_EVE))
    move(state, 1)
    opened(on(7), on(9))
    assert chosen(answer(state)) == "f1-9"
    opened(on(7), on(8), on(9))
    assert chosen(answer(state)) == "f1-8"


def test_while_the_catalog_is_read_an_untouched_cursor_goes_along(opened: Callable[..., Library]) -> None:
    library = opened(film("past", release="2020-01-01"))
    state = answer(CalendarState(library, CHRISTMAS_EVE), reading=True)
    assert chosen(state) == "past"
    opened(film("past", release="2020-01-01"), on(9))
    assert chosen(answer(state, reading=True)) == "f1-9"
    opened(film("past", release="2020-01-01"), on(8), on(9))
    assert chosen(answer(state)) == "f1-8"
    opened(film("past", release="2020-01-01"), on(7), on(8), on(9))
    assert chosen(answer(state)) == "f1-8"


def test_while_the_catalog_is_read_a_cursor_that_was_moved_stays(opened: Callable[..., Library]) -> None:
    past = [film(f"past-{n}", release=f"2020-01-0{n}") for n in (1, 2, 3)]
    state = answer(CalendarState(opened(*past), CHRISTMAS_EVE), reading=True)
    move(state, state.cursor - 1)
    opened(*past, on(9))
    assert chosen(answer(state, reading=True)) == "past-2"


def test_a_move_counts_also_where_its_row_cannot_be_read_any_more(opened: Callable[..., Library]) -> None:
    """Between a change of the index and the answer the view counts rows that are gone."""
    library = opened(*(on(day, month) for month in (1, 2, 3, 4) for day in range(1, 29)))
    state = answer(CalendarState(library, CHRISTMAS_EVE))
    assert chosen(state) == "f1-1"
    opened(*(on(day) for day in range(1, 29)))
    move(state, 99)
    assert state.chosen is None
    assert chosen(answer(state)) == "f1-28"
    opened(*(on(day) for day in range(2, 29)))
    assert chosen(answer(state)) == "f1-28"


def test_a_move_counts_also_where_the_library_fails(state: CalendarState, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Library, "rows", failing)
        state._pages.clear()
        with pytest.raises(IndexUnavailableError):
            move(state, 3)
    assert state.cursor == 3
    expected = state.library.rows(state.view, 3, 1)[0].id
    assert chosen(answer(state)) == expected


def failing(*_args: object) -> list[Row]:
    raise IndexUnavailableError(message("no index"))


def test_the_next_day_takes_an_untouched_cursor_along(library: Library) -> None:
    state = answer(CalendarState(library, date(2026, 1, 6)))
    assert state.turn(date(2026, 1, 8))
    assert library.today == date(2026, 1, 8)
    assert not state.turn(date(2026, 1, 9))


# what is selected and answered


def test_the_answer_to_an_earlier_question_is_dropped(state: CalendarState) -> None:
    former = state.question
    assert state.select(Understood(selection=Selection(search="rio")))
    assert not state.select(Understood(selection=Selection(search="rio")))
    assert not any(map(state.take, former.answers()))
    assert state.view.total == 15
    assert answer(state).view.total < 15


def test_the_first_rows_come_before_all_are_counted(
    opened: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.library.paging._GLIMPSE", 5)
    state = answer(CalendarState(opened(*map(on, range(1, 21))), CHRISTMAS_EVE))
    state.select(Understood(selection=Selection(search="f1")))
    first, then = state.question.answers()
    assert (first.partial, first.total) == (True, 5)
    assert (then.partial, then.total) == (False, 20)
    assert state.take(first)
    assert wording.count(state, Words()) == "≥ 5 film · Esc tampilkan semua"
    assert state.question.ahead is not None  # what is shown is not all
    assert state.take(then)
    assert state.question.ahead is None


def test_a_search_starts_near_the_cursor(state: CalendarState) -> None:
    move(state, 14)
    assert chosen(state) == "red-rooms"
    state.select(Understood(selection=Selection(search="a")))
    assert state.question.ahead == UNDATED
    state.show_period(JANUARY)
    assert state.question.ahead == JANUARY


def test_cleared_the_film_of_before_is_chosen(state: CalendarState) -> None:
    move(state, 13)
    assert chosen(state) == "kuyank"
    state.select(Understood(selection=Selection(search="housemaid")))
    assert chosen(answer(state)) == "the-housemaid"
    assert state.narrowed
    assert state.clear()
    assert chosen(answer(state)) == "kuyank"
    assert not state.narrowed


def test_cleared_of_a_period_alone_nothing_is_asked(state: CalendarState) -> None:
    state.show_period(JANUARY)
    assert not state.clear()
    assert state.view.total == 15


def test_another_catalog_keeps_what_is_selected(state: CalendarState, opened: Callable[..., Library]) -> None:
    state.show_period(JANUARY)
    state.move_to(opened(on(7), on(8), on(1, 2)))
    assert answer(state).view.shown == ((JANUARY, 2),)


# periods


def test_a_period_given_at_the_start_is_shown_alone(library: Library) -> None:
    state = answer(CalendarState(library, CHRISTMAS_EVE, JANUARY))
    assert (state.view.total, chosen(state)) == (6, "greenland-migration")


def test_a_past_period_begins_at_its_first_row_and_another_at_the_next_release(library: Library) -> None:
    state = answer(CalendarState(library, date(2026, 1, 20)))
    state.show_period(DECEMBER)
    assert state.cursor == 0
    assert state.show_period(JANUARY)
    assert chosen(state) == "esok-tanpa-ibu"
    assert not state.show_period(JANUARY)


def test_a_period_with_the_chosen_film_keeps_it(state: CalendarState) -> None:
    move(state, 12)
    film = chosen(state)
    state.show_period(JANUARY)
    assert (state.cursor, chosen(state)) == (4, film)


def test_steps_from_period_to_period_stop_at_the_ends(state: CalendarState) -> None:
    seen = []
    for _ in range(4):
        state.show_period(state.period_beside(1))
        seen.append(state.period)
    assert seen == [DECEMBER, JANUARY, UNDATED, UNDATED]
    for _ in range(3):
        state.show_period(state.period_beside(-1))
        seen.append(state.period)
    assert seen[4:] == [JANUARY, DECEMBER, DECEMBER]


def test_without_rows_there_is_no_other_period(library: Library) -> None:
    state = CalendarState(library, CHRISTMAS_EVE, JANUARY)
    assert state.period_beside(1) == JANUARY


def test_a_period_that_cannot_be_asked_for_changes_nothing(
    state: CalendarState, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state.cursor, state.view
    with monkeypatch.context() as broken:
        broken.setattr(Library, "find", failing)
        with pytest.raises(IndexUnavailableError):
            state.show_period(DECEMBER)
    assert (state.cursor, state.view, state.period) == (*before, None)


# rows


def test_rows_are_asked_for_by_the_page_and_few_pages_are_kept(
    opened: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(*(film(f"f{n:04}", release=f"2026-{1 + n % 12:02}-01") for n in range(2000)))
    state = answer(CalendarState(library, CHRISTMAS_EVE))
    asked: list[int] = []
    rows = library.rows

    def spy(view: View, first: int, count: int) -> list[Row]:
        asked.append(first)
        return rows(view, first, count)

    monkeypatch.setattr(library, "rows", spy)
    state._pages.clear()
    places = [row.place for n in range(2000) if (row := state.row(n))]
    assert places == sorted(places)
    assert len(places) == 2000
    assert asked == list(range(0, 2000, 64))
    assert sum(map(len, state._pages.values())) <= 24 * 64
    assert state.row(-1) is state.row(2000) is None


def test_a_page_that_cannot_be_read_is_asked_for_once(state: CalendarState, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Library, "rows", failing)
        state._pages.clear()
        with pytest.raises(IndexUnavailableError):
            state.row(0)
        assert state.row(1) is None
    assert state.row(1) is None
    answer(state)
    assert state.row(1)


def test_what_has_changed_is_marked_until_the_cursor_was_on_it(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened(on(7), on(8))
    library.keep_visit(set())
    opened(on(7), film("f1-8", release="2026-01-15"), on(9))
    state = answer(CalendarState(library, CHRISTMAS_EVE))
    state.mark()
    assert state.unseen == {"f1-8", "f1-9"}
    move(state, 1)
    state.mark()
    assert state.unseen == {"f1-8"}
    state.leave()
    with Library(places(library.catalog, tmp_path / "cache", tmp_path / "state")) as again:
        later = CalendarState(again, CHRISTMAS_EVE)
        later.mark()
        assert later.unseen == {"f1-8"}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("go"), st.integers(-3, 20)),
        st.tuples(st.just("period"), st.sampled_from([None, DECEMBER, JANUARY, UNDATED, 20300132])),
        st.tuples(st.just("beside"), st.sampled_from([-1, 1])),
        st.tuples(st.just("search"), st.sampled_from(["", "a", "rio", "zzzz", "kuyank"])),
        st.tuples(st.just("genre"), st.sampled_from(["horror", "drama"])),
        st.tuples(st.just("clear"), st.none()),
        st.tuples(st.just("answer"), st.none()),
    ),
    max_size=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_the_cursor_is_on_a_row_and_answers_leave_it_there(
    library: Library, steps: list[tuple[str, int | str | None]]
) -> None:
    state = answer(CalendarState(library, CHRISTMAS_EVE))
    for what, value in steps:
        match what, value:
            case "go", int():
                move(state, value)
            case "period", _:
                assert value is None or isinstance(value, int)
                if state.show_period(value):
                    state.keep()
            case "beside", int():
                if state.show_period(state.period_beside(value)):
                    state.keep()
            case "search", str():
                state.select(Understood(selection=msgspec.structs.replace(state.selection, search=value)))
            case "genre", str():
                state.select(Understood(selection=msgspec.structs.replace(state.selection, genres=frozenset({value}))))
            case "clear", _:
                state.clear()
            case _:
                answer(state)
        assert 0 <= state.cursor < max(1, state.view.total)
        assert (state.chosen is None) == (state.view.total == 0)
    answer(state)
    assert state.view == state.whole.within(state.period)
    before = chosen(state)
    assert chosen(answer(state)) == before


# in words


def understood(state: CalendarState, line: str) -> Understood:
    return understand(line, Context(Clock(state.today, Words(), lambda _: [])))


def test_what_narrows_is_said(state: CalendarState) -> None:
    words = Words()
    assert wording.narrowing(state, words) == []
    state.show_period(JANUARY)
    state.select(understood(state, "rio genre:horor usia:17+"))
    assert wording.narrowing(state, words) == ["Januari 2026", "“rio”", "genre: Horor", "usia: 17+"]


def test_a_month_without_films_offers_those_that_have_some(state: CalendarState) -> None:
    words = Words()
    state.show_period(JANUARY)
    state.select(understood(state, "patah hati"))
    answer(state)
    assert wording.hint(state, words, reading=False).startswith("Tidak ada film di Januari 2026. Coba:")
    offers = wording.offered(state, words, reading=False)
    assert [(offer.label, offer.line, offer.note, offer.period) for offer in offers] == [
        ("Desember 2025", "patah hati", "1 film", 2025_12_32),
        ("semua bulan", "patah hati", "1 film", None),
    ]
    assert wording.offered(state, words, reading=True) == ()


def test_an_empty_calendar_says_why(state: CalendarState) -> None:
    words = Words()
    assert wording.hint(state, words, reading=True) == "Katalog sedang dibaca…"
    state.select(Understood(selection=Selection(search="zzzz")))
    assert "Tidak ada film yang cocok" in wording.hint(answer(state), words, reading=False)
