"""Starred films in the library: found by ★, kept through a film's absence and its other ids, counted and reminded of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import DATA, film, films, places
from tests.library.test_search import TODAY, context
from tui.base.words import Words
from tui.films.dates import key_of
from tui.library.completion import completions
from tui.library.filtering import filter_of, in_context, total_of
from tui.library.library import Library
from tui.library.reminding import reminders
from tui.library.search import understand
from tui.user.told import Told, add_told, read_told
from tui.user.watchlist import Star

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.index.database import Connection
    from tui.library.fields import Context

    Write = Callable[..., Path]

FILMS = (
    film("a", "Alas", "2026-01-05", genres="[horror]"),
    film("b", "Batas", "2026-01-06", genres="[drama]"),
    film("c", "Cahaya", "2026-01-12", genres="[horror]"),
    film("d", "Danau", "2026-01-13", genres="[horror]"),
    film("e", "Edan", "2026-02", genres="[drama]"),
    film("f", "Fajar", "2026-01-07", releases="[{date: 2026-01-07, status: cancelled}]").replace(
        "  release: 2026-01-07\n", ""
    ),
)


@pytest.fixture
def library(catalog: Write, tmp_path: Path) -> Iterator[Library]:
    root = catalog(one=films(*FILMS))
    found = places(root, tmp_path / "cache", tmp_path / "state", TODAY, tmp_path / "starred.yaml")
    with Library(found) as opened:
        opened.refresh()
        yield opened


def known(library: Library, language: str = "id") -> Context:
    return msgspec.structs.replace(context(language), starred=library.stars.ids)


def found(library: Library, line: str) -> list[str]:
    view = library.view(understand(line, known(library)).selection)
    assert not view.total or library.rows(view, 0, 1)
    return [row.id for row in library.all_rows(view)]


def star(library: Library, *ids: str) -> None:
    for id in ids:
        library.stars.give(id, TODAY)


# searching


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("★", ["a", "c", "e"]), ("☆", ["a", "c", "e"]), ("*", ["a", "c", "e"]), ("bintang:ya", ["a", "c", "e"]),
        ("starred:yes", ["a", "c", "e"]), ("Starred:★", ["a", "c", "e"]), ("-★", ["b", "f", "d"]), ("-*", ["b", "f", "d"]),
        ("★ horor", ["a", "c"]), ("horor -★", ["d"]), ("★ -horor", ["e"]), ("★ cah", ["c"]), ("★ batas", []),
        ("★ bulan:2026-01", ["a", "c"]), ("★ genre:drama", ["e"]), ("★ -★", []), ("★ dari:2026-01-06", ["c", "e"]),
        ('★ "cahaya"', ["c"]),
    ],
)  # fmt: skip
def test_the_star_finds_starred_films_beside_all_else(library: Library, line: str, ids: list[str]) -> None:
    star(library, "a", "c", "e")
    assert sorted(found(library, line)) == sorted(ids)


def test_without_a_star_it_finds_nothing_and_its_minus_all(library: Library) -> None:
    assert found(library, "★") == []
    assert len(found(library, "-★")) == 6


def test_a_star_in_a_word_is_a_word(library: Library) -> None:
    star(library, "a")
    assert found(library, "bintang") == []
    assert understand("5*", known(library)).said == ""
    assert understand("bintang:entah", known(library)).said == ""


@given(starred=st.sets(st.sampled_from("abcdef")), line=st.sampled_from(["★", "-★", "★ horor", "-★ -horor", "★ a"]))
@settings(max_examples=40)
def test_it_is_the_intersection_whatever_is_starred(
    tmp_path_factory: pytest.TempPathFactory, starred: set[str], line: str
) -> None:
    folder = tmp_path_factory.mktemp("stars")
    (folder / "one.yaml").write_text(films(*FILMS), "utf-8")
    (folder / "starred").write_text("".join(f"- {id}\n" for id in starred), "utf-8")
    with Library(places(folder / "one.yaml", folder / "cache", None, TODAY, folder / "starred")) as library:
        library.refresh()
        rest = " ".join(part for part in line.split() if "★" not in part)
        others = [row.id for row in library.all_rows(library.view(understand(rest, context()).selection))]
        wanted = [id for id in others if (id in starred) is not line.startswith("-")]
        assert found(library, line) == wanted
        selection = understand(line, known(library)).selection
        days = library.days(selection, 0, 99_999_999)
        assert sum(days.values()) == library.view(selection).total == len(wanted)
        assert library.glimpse(selection, key_of(TODAY)).total == len(wanted)
        assert sum(library.spread(selection, "type").values()) == len(wanted)


def test_the_line_says_it_in_the_users_language_and_is_completed(library: Library) -> None:
    assert understand("-★", known(library)).said == "kecuali ★ berbintang"
    assert understand("★", known(library, "en")).said == "★ starred"
    assert "bintang:" in completions("bin", known(library))
    assert completions("bintang:", known(library)) == ["bintang:ya"]
    assert completions("starred:y", known(library, "en")) == ["starred:yes"]


def test_it_is_one_of_the_filters_with_its_count(library: Library) -> None:
    star(library, "a", "c", "e", "nowhere")
    wanted = filter_of("★ genre:horor", known(library))
    assert wanted.chosen == {"star": frozenset({"★"}), "genre": frozenset({"horror"})}
    assert wanted.line(known(library)) == "★ genre:horor"
    counts = in_context(library, wanted, known(library), None)
    assert counts["star"] == {"★": 2}
    assert counts["genre"] == {"horror": 2, "drama": 1}
    assert total_of(wanted, counts) == 2
    off = wanted.toggled("star", "★")
    assert off.line(known(library)) == "genre:horor"
    assert in_context(library, off, known(library), None)["star"] == {"★": 2}
    library.stars.take(["a", "c", "e", "nowhere"])
    assert in_context(library, off, known(library), None)["star"] == {}


# ids


def test_a_star_outlives_the_film_and_finds_it_again(library: Library) -> None:
    star(library, "a")
    path = library.catalog / "one.yaml"
    path.write_text(films(*FILMS[1:]), "utf-8")
    library.refresh()
    assert found(library, "★") == []
    assert list(library.stars.films) == ["a"]
    path.write_text(films(*FILMS), "utf-8")
    library.refresh()
    assert found(library, "★") == ["a"]


def test_a_star_follows_a_film_that_is_merged_into_another(library: Library) -> None:
    star(library, "a", "b")
    library.stars.note("a", TODAY, "with Rina")
    path = library.catalog / "one.yaml"
    path.write_text(films("- {id: a, same_as: c}\n", *FILMS[1:]), "utf-8")
    library.refresh()
    assert set(library.stars.films) == {"c", "b"}
    assert library.stars.films["c"].note == "with Rina"
    assert found(library, "★") == ["b", "c"]
    library.stars.note("c", TODAY, "alone")
    assert library.stars.written.stars[0] == Star("a", "alone", TODAY)
    assert library.stars.toggle("c", TODAY) is False
    assert found(library, "★") == ["b"]
    assert [star.id for star in library.stars.written.stars] == ["b"]


def test_both_ids_of_a_merged_film_lose_their_star_together(library: Library) -> None:
    star(library, "a", "c")
    (library.catalog / "one.yaml").write_text(films("- {id: a, same_as: c}\n", *FILMS[1:]), "utf-8")
    library.refresh()
    assert library.stars.toggle("c", TODAY) is False
    assert library.stars.written.stars == ()


def test_another_process_is_noticed(library: Library, tmp_path: Path) -> None:
    assert library.stars.films == {}
    assert not library.stars.changed()
    (tmp_path / "starred.yaml").write_text("- a\n", "utf-8")
    assert library.stars.changed()
    assert list(library.stars.films) == ["a"]
    assert not library.stars.changed()


def test_what_the_index_is_asked_does_not_grow_with_the_calls(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    star(library, "a", "b")
    assert len(library.stars.films) == 2
    asked: list[object] = []
    monkeypatch.setattr("tui.index.lookup.known_as", lambda *_: asked.append(1))
    for _ in range(5):
        assert len(library.stars.films) == 2
    assert asked == []


def test_what_is_ahead_has_a_day_and_is_not_called_off(library: Library) -> None:
    star(library, "a", "c", "d", "e", "f")
    assert [row.id for row in library.stars.ahead(library.home, date(2026, 1, 6), 9)] == ["c", "d"]
    assert [row.id for row in library.stars.ahead(library.home, TODAY, 2)] == ["a", "c"]


# reminders


def titles(library: Library, told: Told, today: date = TODAY, **options: object) -> list[str]:
    return [f"{one.title} {one.stage}".strip() for one in reminders(library, told, today, **options).found]  # type: ignore[arg-type]


def test_each_stage_is_told_once(library: Library, tmp_path: Path) -> None:
    star(library, "a", "b", "c", "d", "f")
    path = tmp_path / "told"
    seen = []
    for day in range(5, 15):
        today = date(2026, 1, day)
        for _ in range(2):  # an hour later nothing is new
            found = reminders(library, read_told(path), today)
            seen += [f"{day} {one.title} {one.stage}" for one in found.found]
            add_told(path, [one.key for one in found.found], today, found.read)
    assert seen == [
        "5 Alas today", "5 Batas tomorrow", "5 Cahaya week", "6 Batas today", "6 Danau week", "11 Cahaya tomorrow",
        "12 Cahaya today", "12 Danau tomorrow", "13 Danau today",
    ]  # fmt: skip


def test_how_far_ahead_is_the_users_to_say(library: Library) -> None:
    star(library, "a", "b", "c", "d")
    assert titles(library, Told(), ahead=0) == ["Alas today"]
    assert titles(library, Told(), ahead=1) == ["Alas today", "Batas tomorrow"]
    assert titles(library, Told(), ahead=30) == ["Alas today", "Batas tomorrow", "Cahaya week", "Danau week"]


def rewritten(library: Library, *items: str) -> None:
    (library.catalog / "one.yaml").write_text(films(*items), "utf-8")
    library.refresh()


def test_what_moved_or_was_called_off_comes_first_and_once(library: Library, tmp_path: Path) -> None:
    star(library, "a", "c", "d")
    path = tmp_path / "told"
    add_told(path, (), TODAY, reminders(library, read_told(path), TODAY).read)
    rewritten(
        library, FILMS[0], FILMS[1].replace("01-06", "01-20"), FILMS[2].replace("01-12", "02-12"),
        film("d", "Danau", releases="[{date: 2026-01-13, status: cancelled}]"),
    )  # fmt: skip
    found = reminders(library, read_told(path), TODAY)
    assert [(one.title, one.change.kind if one.change else one.stage) for one in found.found] == [
        ("Cahaya", "moved"), ("Danau", "status"), ("Alas", "today"),
    ]  # fmt: skip
    add_told(path, [one.key for one in found.found[:1]], TODAY, None)  # only the first could be shown
    assert titles(library, read_told(path)) == ["Danau", "Alas today"]
    add_told(path, [one.key for one in found.found[1:]], TODAY, found.read)
    assert titles(library, read_told(path)) == []
    assert titles(library, read_told(path), again=True) == ["Cahaya", "Danau", "Alas today"]
    assert titles(library, Told()) == ["Alas today"]  # who begins now is told of what is to come


def test_a_film_that_moved_is_told_again_for_its_new_day(library: Library, tmp_path: Path) -> None:
    star(library, "c")
    path = tmp_path / "told"
    found = reminders(library, read_told(path), TODAY)
    add_told(path, [one.key for one in found.found], TODAY, found.read)
    rewritten(library, FILMS[2].replace("01-12", "01-11"))
    assert titles(library, read_told(path)) == ["Cahaya", "Cahaya week"]


def test_two_processes_that_tell_remember_both(tmp_path: Path) -> None:
    path = tmp_path / "told"
    add_told(path, ["a"], TODAY, 5)
    add_told(path, ["b"], TODAY, None)
    assert read_told(path) == Told(5, TODAY, {"a": TODAY, "b": TODAY})
    add_told(path, ["c"], date(2027, 3, 1), 7)
    assert list(read_told(path).said) == ["c"]  # what is long past is forgotten
    for content in (b"", b"{", b"\xff", b"[]"):
        path.write_bytes(content)
        assert read_told(path) == Told()


def test_the_news_of_a_visit_are_what_the_ledger_has_behind_it(library: Library) -> None:
    library.since_visit()
    library.keep_visit(set())
    rewritten(library, FILMS[0].replace("01-05", "01-08"), *FILMS[1:])
    assert [change.title for change in library.history.news(TODAY)] == ["Alas"]
    with Library(places(DATA, library.path.parent, None)) as other:
        assert other.history.news(TODAY) == []
        assert other.stars.films == {}


def test_without_a_place_for_stars_the_user_is_told_where_one_would_be(tmp_path: Path) -> None:
    from tui.base.errors import ValueRefusedError

    with Library(places(DATA, tmp_path)) as library:
        with pytest.raises(ValueRefusedError) as raised:
            library.stars.give("kuyank", TODAY)
        assert "FILMTUI_STARS" in raised.value.message.text(Words("en"))


def test_starred_films_alone_are_found_by_their_keys_and_nothing_is_scanned(library: Library) -> None:
    """So it takes the same time in a catalog of a million films."""
    from tui.index.selection import places_between, places_of

    star(library, "a", "c")
    selection = understand("★", known(library)).selection

    def plan(db: Connection) -> list[str]:
        source, values = places_of(db, selection)
        assert "MATCH" not in source
        bounds = places_between(selection.first, selection.last)
        return [row[-1] for row in db.execute(f"EXPLAIN QUERY PLAN SELECT rowid FROM {source}", (*values, *bounds))]

    steps = library._index.ask(plan)
    assert any("SEARCH release USING INTEGER PRIMARY KEY (rowid=?)" in step for step in steps)
    assert not any(step.startswith(("SCAN release", "SCAN film")) for step in steps)
