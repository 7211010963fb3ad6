"""The index deleted, damaged, of another version, or changed by somebody else: nothing is lost, and nobody notices."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
import unicodedata
from typing import TYPE_CHECKING, get_args, get_type_hints

import msgspec
import pytest

from tests.conftest import DATA, film, films, filmtui, places, press, settled, until
from tui.app.calendar import following
from tui.app.calendar.following import Following
from tui.base.errors import FilmtuiError, IndexUnavailableError, Message
from tui.films.facts import FILM
from tui.films.film import Film, News
from tui.index import schema
from tui.library.library import Library, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.app.app import FilmtuiApp

    Make = Callable[..., FilmtuiApp]

ONE = films(film("a", "Film A", "2026-01-07"), film("b", "Film B", "2026-01-08"))
TWO = films(film("a", "Film Baru", "2026-01-07"), film("b", "Film B", "2026-01-08"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def opened(cache: Path, catalog: Callable[..., Path]) -> Iterator[Library]:
    with Library(places(catalog(one=ONE), cache)) as library:
        library.refresh()
        yield library


def titles(library: Library) -> list[str]:
    return [row.title for row in library.all_rows(library.view())]


# changed by somebody else


def test_all_who_have_an_index_open_see_that_it_changed(
    opened: Library, cache: Path, catalog: Callable[..., Path]
) -> None:
    with Library(places(opened.catalog, cache)) as other:
        before = opened.generation
        assert other.generation == before == opened.view().generation
        other.refresh()
        assert opened.generation == before
        catalog(one=TWO)
        other.refresh()
        assert opened.generation == other.generation != before
        assert opened.view().generation == opened.generation
        before = opened.generation
        other.discard()
        assert opened.generation != before


def test_an_open_index_sees_at_once_what_another_process_has_read(
    opened: Library, catalog: Callable[..., Path]
) -> None:
    before = opened.generation
    catalog(one=TWO)
    assert filmtui("index", "--catalog", str(opened.catalog)).returncode == 0
    assert opened.generation != before
    assert titles(opened)[0] == "Film Baru"
    assert 0 < following._LOOK < 1  # seconds between two looks of a calendar


async def test_every_calendar_shows_an_edit_whoever_read_it_first(app: Make, catalog: Callable[..., Path]) -> None:
    root = catalog(one=ONE)
    async with (
        app(root).run_test(size=(100, 30)) as first,
        app(root).run_test(size=(100, 30)) as second,
        app(root).run_test(size=(100, 30)) as third,
    ):
        pilots = (first, second, third)
        for pilot in pilots:
            await settled(pilot)
        catalog(one=TWO)
        for pilot in pilots:
            await until(pilot, "Film Baru")


async def test_a_calendar_shows_what_a_command_has_read(
    app: Make, catalog: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Following, "_watch", lambda *_: None)  # no look at the files: the command comes first
    root = catalog(one=ONE)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        catalog(one=TWO)
        with Library(places(root, cache)) as other:
            other.refresh()
        await until(pilot, "Film Baru")


async def test_reading_again_shows_what_another_has_read(
    app: Make, catalog: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Following, "_watch", lambda *_: None)
    monkeypatch.setattr(Following, "_look_on", lambda *_: None)
    root = catalog(one=ONE)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        catalog(one=TWO)
        with Library(places(root, cache)) as other:
            other.refresh()
        await press(pilot, "r")
        await until(pilot, "Film Baru")


# of another version


@pytest.mark.parametrize("other", ["tables", "contents", "program", "unicode", "fields", "facts"])
def test_an_index_of_another_make_is_made_anew(
    opened: Library, cache: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    opened.close()
    match other:
        case "tables":
            monkeypatch.setattr(schema, "TABLES", schema.TABLES + "CREATE TABLE more (x);\n")
        case "contents":
            monkeypatch.setattr(schema, "VERSION", 999)
        case "program":
            monkeypatch.setattr(schema, "__version__", "999")
        case "unicode":
            monkeypatch.setattr(unicodedata, "unidata_version", "99.0.0")
        case "fields":
            monkeypatch.setitem(Film.__annotations__, "runtime", "str | None")
        case "facts":
            monkeypatch.setattr(schema, "FILM", FILM[:-1])
    schema.stamp.cache_clear()
    try:
        with Library(places(opened.catalog, cache)) as again:
            assert not again.filled
            again.refresh()
            assert titles(again) == ["Film A", "Film B"]
    finally:
        schema.stamp.cache_clear()


def test_the_stamp_knows_the_fields_of_all_that_is_stored() -> None:
    """A field that is added to any of them makes the index anew."""

    def within(kind: object) -> set[type]:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = get_type_hints(kind, include_extras=True).values() if kind not in known else ()
            known.add(kind)
        else:
            fields = get_args(kind)
        for field in fields:
            within(field)
        return known

    known: set[type] = set()
    for kind in (Film, News, Message):
        within(kind)
    assert known == {*schema.STORED}


def test_nobody_writes_into_an_index_of_another_make(opened: Library, catalog: Callable[..., Path]) -> None:
    """Which took the place of this one while it was open."""
    opened._index.database.connection.execute("PRAGMA user_version = 7")
    catalog(two=films(film("c", "Film C", "2026-01-09")))
    assert opened.refresh().films == 3
    assert opened._index.database.current


# gone


def _delete(cache: Path) -> None:
    shutil.rmtree(cache)


def _file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("a file where the directory was")


def _folder(cache: Path) -> None:
    (index,) = cache.glob("*.sqlite3")
    index.unlink()
    (index / "within").mkdir(parents=True)


def _other(cache: Path) -> None:
    (index,) = cache.glob("*.sqlite3")
    index.unlink()
    index.write_text("something else")


GONE = pytest.mark.parametrize("go", [_delete, _file, _folder, _other])


@GONE
def test_every_question_is_answered_after_the_cache_has_gone(
    opened: Library, cache: Path, go: Callable[[Path], None]
) -> None:
    go(cache)
    assert opened.film("a").title == "Film A"
    go(opened.path.parent)
    assert titles(opened) == ["Film A", "Film B"]
    assert opened.refresh().films == 0
    assert opened.view(Selection(search="film")).total == 2


@GONE
def test_the_cache_goes_in_the_middle_of_a_list(opened: Library, cache: Path, go: Callable[[Path], None]) -> None:
    rows = opened.all_rows(opened.view(), page=1)
    assert next(rows).title == "Film A"
    go(cache)
    assert [row.title for row in rows] == ["Film B"]


@GONE
async def test_the_calendar_goes_on_without_its_cache(
    app: Make, catalog: Callable[..., Path], cache: Path, go: Callable[[Path], None]
) -> None:
    root = catalog(one=ONE)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        go(cache)
        screen = await press(pilot, "down", "up", "end", "slash", "b", "enter")
        await until(pilot, "Film B")
        assert screen.state.view.total == 1
        catalog(one=TWO.replace("Film B", "B Baru"))
        await until(pilot, "B Baru")


async def test_a_large_catalog_is_read_behind_the_screen_once_its_cache_has_gone(
    app: Make, catalog: Callable[..., Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.index.index._SMALL", -1)
    root = catalog(one=ONE)
    async with app(root).run_test(size=(100, 30)) as pilot:
        await until(pilot, "Film B")
        library = (await settled(pilot)).state.library
        _delete(cache)
        assert library.view().total == 0
        await press(pilot, "down")
        await until(pilot, "Film B")


# damaged


def outputs(library: Library) -> object:
    def answer(ask: Callable[[], object]) -> object:
        try:
            return ask()
        except FilmtuiError as error:
            return type(error)

    def listed(selection: Selection) -> object:
        view = library.sound_view(selection)
        return view.shown, list(library.all_rows(view))

    ids = ("kuyank", "greenland-migration", "anaconda-2025")
    return (
        [answer(lambda id=id: (library.film(id), library.news_of(id))) for id in ids],  # type: ignore[misc]
        answer(lambda: listed(Selection())),
        answer(lambda: listed(Selection(search="anak"))),
        answer(library.problems),
        answer(library.facets) and None,
    )


def test_flipped_bits_give_no_wrong_answer(tmp_path: Path) -> None:
    """But for a bit of the full-text table: it may find one film less, and nothing tells."""
    with Library(places(DATA, tmp_path / "sound")) as library:
        library.refresh()
        expected = outputs(library)
    content = library.path.read_bytes()
    wrong = []
    for seed in range(100):
        chance = random.Random(seed)
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        cache = tmp_path / str(seed)
        cache.mkdir()
        (cache / library.path.name).write_bytes(damaged)
        with Library(places(DATA, cache)) as again:
            again.refresh()
            if outputs(again) != expected:
                wrong.append(seed)
        shutil.rmtree(cache)
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE film SET body = replace(CAST(body AS TEXT), 'Film A', 'Film Z')",
        "UPDATE film SET body = CAST(x'ff7b' AS BLOB)",
        "UPDATE film SET body = CAST(x'ff7b' AS TEXT)",
        "UPDATE film SET body = 7",
        "UPDATE film SET id = 'z' WHERE id = 'a'",
        "DELETE FROM film WHERE id = 'a'",
        "UPDATE release SET title = 'Film Z'",
        "UPDATE release SET title = CAST(x'ff' AS TEXT)",
        "UPDATE release SET status = 'cancelled'",
        "UPDATE release SET place = place + (1 << 36) WHERE title = 'Film B'",
        "DELETE FROM release WHERE title = 'Film A'",
        "UPDATE state SET months = '[[20260132, 1]]'",
        "DELETE FROM state",
    ],
)
def test_damage_in_a_row_is_met_and_mended(opened: Library, change: str) -> None:
    opened._index.database.connection.execute(change)
    view = opened.sound_view(Selection())
    assert [row.title for row in opened.all_rows(view)] == ["Film A", "Film B"]
    if "film SET id" not in change:  # in both the table and its index: as if that film had always been called so
        assert opened.film("a").title == "Film A"
    opened.refresh()
    assert view.shown == opened.view().shown == ((20260132, 2),)


@pytest.mark.parametrize("change", ["UPDATE news SET body = '{}'", "UPDATE problem SET message = x'00'"])
def test_damage_in_news_and_problems_is_mended(opened: Library, catalog: Callable[..., Path], change: str) -> None:
    catalog(one=ONE + "- id: A\n" + "news:\n- {title: Kabar, films: [a]}\n")
    opened.refresh()
    expected = opened.news(), opened.news_of("a"), opened.problems()
    assert all(expected)
    opened._index.database.connection.execute(change)
    assert (opened.news(), opened.news_of("a"), opened.problems()) == expected


def test_an_index_of_ids_that_lost_one_is_no_proof_that_there_is_none(opened: Library) -> None:
    db = opened._index.database.connection
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'film_file') "
               "WHERE name = 'sqlite_autoindex_film_1'")  # fmt: skip
    opened._index.database._disconnect()
    assert opened.film("a").title == "Film A"


def test_a_list_that_was_counted_wrongly_says_so_once_lines_are_written(opened: Library) -> None:
    view = opened.view()
    rows = opened.all_rows(view, page=1)
    next(rows)
    (opened.catalog / "one.yaml").write_text(films(film("a", "Film A", "2026-01-07")))
    opened._index.database.connection.execute("DELETE FROM release WHERE title = 'Film B'")
    with pytest.raises(IndexUnavailableError):
        list(rows)


def test_rows_that_another_process_took_away_are_no_damage(
    opened: Library, cache: Path, catalog: Callable[..., Path]
) -> None:
    view = opened.view()
    catalog(one=films(film("b", "Film B", "2026-01-08")))
    with Library(places(opened.catalog, cache)) as other:
        other.refresh()
    made = opened._index.database.made
    assert [row.title for row in opened.all_rows(view)] == ["Film B"]
    assert opened._index.database.made == made


# the lock


@pytest.mark.parametrize("rubbish", [b"x", b"rubbish" * 1000, None])
def test_rubbish_in_place_of_the_lock_is_thrown_away(
    opened: Library, catalog: Callable[..., Path], rubbish: bytes | None
) -> None:
    lock = opened.path.with_name(opened.path.name + ".lock")
    lock.unlink()
    if rubbish is None:
        (lock / "within").mkdir(parents=True)
    else:
        lock.write_bytes(rubbish)
    catalog(one=TWO)
    assert opened.refresh().films == 2
    assert titles(opened)[0] == "Film Baru"


@pytest.mark.parametrize("command", [["list"], ["check"], ["index"], ["show", "a"], ["changes"]])
def test_the_commands_work_on_a_cache_of_rubbish(opened: Library, cache: Path, command: list[str]) -> None:
    opened.close()
    (index,) = cache.glob("*.sqlite3")
    _other(cache)
    for suffix in ("-wal", "-shm", ".lock"):
        path = index.with_name(index.name + suffix)
        path.unlink(missing_ok=True)
        path.mkdir()
    done = filmtui(*command, "--catalog", str(opened.catalog), "--lang", "en")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


# connections


def test_who_opens_a_connection_closes_it(opened: Library, cache: Path) -> None:
    """Those of threads that have ended, of a file that was replaced, and all at the end."""
    known: list[sqlite3.Connection] = []
    asked, leave = threading.Event(), threading.Event()

    def ask() -> None:
        known.append(opened._index.database.connection)

    def ask_and_stay() -> None:
        ask()
        asked.set()
        leave.wait(30)

    def is_closed(connection: sqlite3.Connection) -> bool:
        try:
            connection.execute("SELECT 1")
        except sqlite3.ProgrammingError:
            return True
        return False

    ask()
    ended = threading.Thread(target=ask)
    ended.start()
    ended.join()
    stays = threading.Thread(target=ask_and_stay)
    stays.start()
    asked.wait(30)
    assert len(opened._index.database._connections) == 2
    _other(cache)
    titles(opened)
    assert is_closed(known[0])
    opened.close()
    leave.set()
    stays.join()
    assert all(is_closed(connection) for connection in known)
    with pytest.raises(IndexUnavailableError):
        opened.view()


def test_closing_breaks_off_the_question_of_another_thread(opened: Library) -> None:
    begun, failed = threading.Event(), []
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def question(db: sqlite3.Connection) -> None:
        begun.set()
        db.execute(endless).fetchone()

    def ask() -> None:
        try:
            opened._index.ask(question)
        except IndexUnavailableError as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    assert begun.wait(30)
    opened.close()
    asking.join(30)
    assert failed
    assert not opened._index.database.asked
