"""The filter: what of a line it takes over, what it writes, and its counts in context."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SHIPPED, places
from tests.library.test_search import TODAY, context
from tui.library.filtering import FILTER_GROUPS, Filter, filter_of, in_context, listed, total_of
from tui.library.library import Library
from tui.library.search import understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.index.selection import Selection

JANUARY = 2026_01_32


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(places(SHIPPED, tmp_path_factory.mktemp("cache"), today=TODAY)) as opened:
        opened.refresh()
        yield opened


def test_the_fields_of_a_line_are_ticked_and_taken_over() -> None:
    known = context()
    taken = filter_of('rio genre:horor,laga -usia:su negara:US sutradara:"Joko Anwar" bulan:2026-01', known)
    assert taken.rest == "rio -usia:su bulan:2026-01"
    assert taken.chosen == {
        "genre": frozenset({"horror", "action"}),
        "country": frozenset({"US"}),
        "director": frozenset({"Joko Anwar"}),
    }
    line = taken.toggled("genre", "action").toggled("rating", "").line(known)
    assert line == 'rio -usia:su bulan:2026-01 genre:horor usia:tanpa negara:US sutradara:"Joko Anwar"'
    assert filter_of(line, known).line(known) == line


def test_what_is_ticked_twice_is_as_it_was() -> None:
    start = filter_of("rio genre:horor", context())
    again = start.toggled("status", "tentative").toggled("status", "tentative")
    assert again.line(context()) == start.line(context())


@pytest.mark.parametrize("period", [None, JANUARY])
@pytest.mark.parametrize("line", ["", "horor", "genre:horor,drama usia:tanpa", "negara:US status:tentatif", "rio"])
def test_counts_are_those_of_the_films_given_everything_else(shipped: Library, line: str, period: int | None) -> None:
    known = context()
    wanted = filter_of(line, known)
    counts = in_context(shipped, wanted, known, period)
    for group in FILTER_GROUPS[1:]:
        others = {kind: values for kind, values in wanted.chosen.items() if kind != group.kind}
        view = shipped.view(understand(Filter(wanted.rest, others).line(known), known).selection, period)
        seen: Counter[str] = Counter()
        for row, film in shipped.entries(view):
            seen.update({
                "genre": film.genres, "rating": (film.rating or "",), "type": (row.type,), "status": (row.status,),
                "country": film.countries, "director": film.directors,
            }[group.kind])  # fmt: skip
        found = counts[group.kind]
        if group.kind == "type":  # those that the calendar does not show are counted too
            found = {type: rows for type, rows in found.items() if type in seen}
        assert found == dict(seen)
        assert list(found.values()) == sorted(found.values(), reverse=True)
    view = shipped.view(understand(wanted.line(known), known).selection, period)
    assert total_of(wanted, counts) == view.total


def test_one_question_is_put_for_each_group(shipped: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    spread = Library.spread

    def noted(library: Library, selection: Selection, kind: str) -> dict[str, int]:
        asked.append(kind)
        return spread(library, selection, kind)

    monkeypatch.setattr(Library, "spread", noted)
    in_context(shipped, filter_of("genre:horor", context()), context(), None)
    assert asked == [group.kind for group in FILTER_GROUPS if group.kind != "star"]


def test_values_keep_their_places_and_ticked_ones_stay() -> None:
    _star, genre, rating, *_, director = FILTER_GROUPS
    assert listed(genre, {"b": 3}, ["a", "b"], frozenset({"c"})) == ["a", "b", "c"]
    assert listed(rating, {"": 5, "SU": 1}, ["17+"], frozenset()) == ["SU", "17+", ""]
    many = {f"name {n}": 20 - n for n in range(12)}
    assert listed(director, many, [], frozenset({"name 11"})) == [*[f"name {n}" for n in range(8)], "name 11"]
