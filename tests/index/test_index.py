"""The index follows the files, and nothing but the files."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from tests.conftest import film, films, places
from tui.base.errors import IndexBusyError, IndexUnavailableError, NotFoundError
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.reading import reader
from tui.index import build, entry
from tui.index.progress import Progress
from tui.index.selection import Term
from tui.library.library import Library, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.base.errors import Problem
    from tui.catalog.files import File
    from tui.catalog.reading.reader import Item
    from tui.user.places import Places


def ids(library: Library, selection: Selection | None = None) -> list[str]:
    return [row.id for row in library.all_rows(library.view(selection))]


def everything(library: Library) -> object:
    """All that the index answers, as one value."""
    view = library.view()
    return (
        [(*row, library.film(row.id)) for row in library.all_rows(view)],
        view.months,
        library.facets(),
        [problem.text(Words()) for problem in library.problems()],
        [row.place for row in library.all_rows(library.view(Selection(search="film")))],
        [row.place for row in library.all_rows(library.view(Selection(region="US")))],
        library.news(),
        [library.said(id) for id in "abcdefgh"],
    )


def spied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    read: list[str] = []

    original = reader.read

    def spy(file: File, report: Callable[[Problem], None]) -> Iterator[Item]:
        read.append(file.name)
        return original(file, report)

    monkeypatch.setattr(reader, "read", spy)
    return read


@pytest.fixture
def opened(tmp_path: Path, catalog: Callable[..., Path]) -> Iterator[Library]:
    root = catalog(
        one=films(film("a", "Film A", "2026-01-07"), film("b", "Film B", "2026-01-07")),
        two=films(film("c", "Film C", "2026-02-01")),
    )
    with Library(places(root, tmp_path / "cache")) as library:
        library.refresh()
        yield library


def test_only_what_changed_is_read(
    opened: Library, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = spied(monkeypatch)
    assert opened.refresh().files == 0
    catalog(two=films(film("c", "Film C", "2026-02-01"), film("d", "Film D", "2026-02-02")))
    changes = opened.refresh()
    assert read == ["two.yaml"]
    assert (changes.files, changes.films) == (1, 1)
    assert ids(opened) == ["a", "b", "c", "d"]


def test_a_file_touched_but_not_changed_is_not_read(opened: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(opened.catalog / "one.yaml", (1, 1))
    monkeypatch.setattr(reader, "read", None)
    assert opened.refresh().files == 0


def test_a_change_within_the_clocks_tick_is_seen(opened: Library) -> None:
    path = opened.catalog / "one.yaml"
    before = path.stat()
    path.write_text(path.read_text().replace("Film A", "Film Z"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.refresh()
    assert opened.film("a").title == "Film Z"


def test_what_vanished_is_dropped(opened: Library) -> None:
    (opened.catalog / "one.yaml").unlink()
    opened.refresh()
    assert ids(opened) == ["c"]
    assert opened.view(Selection(search="film")).total == 1
    with pytest.raises(NotFoundError):
        opened.film("a")


def test_a_film_that_moves_to_another_file_stays_one(opened: Library, catalog: Callable[..., Path]) -> None:
    catalog(
        one=films(film("a", "Film A", "2026-01-07")),
        two=films(film("c", "Film C", "2026-02-01"), film("b", "Film B", "2026-01-07")),
    )
    opened.refresh()
    assert sorted(ids(opened)) == ["a", "b", "c"]
    assert opened.problems() == []


def test_the_second_of_two_ids_is_told_and_comes_in_when_the_first_goes(
    opened: Library, catalog: Callable[..., Path]
) -> None:
    catalog(two=films(film("a", "Other A", "2026-02-01")))
    opened.refresh()
    assert opened.film("a").title == "Film A"
    (problem,) = opened.problems()
    assert problem.text(Words("en")).startswith("two.yaml:2:3: the id “a” is also in one.yaml")
    catalog(one=films(film("b", "Film B", "2026-01-07")))
    opened.refresh()
    assert opened.film("a").title == "Other A"
    assert opened.problems() == []


def test_the_first_file_keeps_the_id_whichever_was_read_first(opened: Library, catalog: Callable[..., Path]) -> None:
    catalog(a0=films(film("c", "First C", "2026-03-01")))
    opened.refresh()
    assert opened.film("c").title == "First C"
    assert [problem.path for problem in opened.problems()] == ["two.yaml"]


def test_opening_again_reads_nothing(opened: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.close()
    monkeypatch.setattr(reader, "read", None)
    with Library(places(opened.catalog, tmp_path / "cache")) as again:
        assert ids(again) == ["a", "b", "c"]
        again.refresh()


def test_the_first_of_two_ids_is_the_same_for_the_check_and_the_index(
    opened: Library, catalog: Callable[..., Path]
) -> None:
    root = catalog(b=films(film("twin", release="2026-01-07")), b__z=films(film("twin", release="2026-01-07")))
    opened.refresh()
    expected = ["b.yaml:2:3: the id “twin” is also in b/z.yaml; give each film its own"]
    assert [problem.text(Words("en")) for problem in opened.problems()] == expected
    assert [problem.text(Words("en")) for problem in check(root)] == expected


def test_names_that_are_not_utf_8_are_told_apart(opened: Library) -> None:
    for at, name in enumerate((b"v\xfe.yaml", b"v\xff.yaml")):
        try:
            path = os.path.join(os.fsencode(opened.catalog), name)  # noqa: PTH118
            with open(path, "w", encoding="utf-8") as stream:  # noqa: PTH123
                stream.write(films(film(f"v{at}")))
        except OSError:
            pytest.skip("this file system takes no such names")
    opened.refresh()
    assert {"v0", "v1"} <= set(ids(opened))


def test_progress_says_how_far_it_is_and_what_is_left() -> None:
    told = Progress(files=1, of_files=4, bytes=100, of_bytes=400, films=2000, seconds=41.0)
    assert told.text(Words()) == "2.000 film, berkas 2 dari 4, 49/detik, sisa 2:03"
    assert told.text(Words("en")) == "2,000 films, file 2 of 4, 49/s, 2:03 left"
    assert "sisa" not in Progress(0, 4, 0, 400, 500, 1.0).text(Words())


def test_a_glimpse_of_few_rows_is_all(opened: Library) -> None:
    selection = Selection(search="film")
    assert opened.glimpse(selection, 20260107) == opened.view(selection)
    assert opened.glimpse(Selection(), 20260107) == opened.view()


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2024])
def test_a_glimpse_of_many_shows_the_rows_that_the_whole_has_there(
    opened: Library, catalog: Callable[..., Path], year: int
) -> None:
    catalog(**{
        f"y{year}": films(*(film(f"m{year}-{n}", release=f"{year}-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(150)))
        for year in (2020, 2021, 2022)
    })  # fmt: skip
    opened.refresh()
    selection = Selection(search="m")
    glimpse, whole = opened.glimpse(selection, year * 10_000 + 6 * 100), opened.view(selection)
    assert glimpse.partial
    assert not whole.partial
    assert 0 < glimpse.total <= 200
    first = opened.rows(glimpse, 0, 1)[0]
    at = opened.find(whole, first.id, first.ordinal)
    assert at is not None
    assert opened.rows(glimpse, 0, 300) == opened.rows(whole, at, glimpse.total)
    if year in {2021, 2022}:
        assert glimpse.months[0][0] == year * 10_000 + 632


# two at one index


def test_a_second_writer_waits_and_then_says_so(opened: Library, catalog: Callable[..., Path]) -> None:
    catalog(three=films(film("d")))
    with Library(places(opened.catalog, opened.path.parent)) as other:
        with other._index.database.writing(), pytest.raises(IndexBusyError):
            opened.refresh(patience=0)
        assert ids(opened) == ["a", "b", "c"]
        opened.refresh(patience=0)
        assert ids(other) == ["a", "b", "c", "d"]


def test_a_lock_between_two_commits_is_no_damage(
    opened: Library, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_BATCH", 1)
    monkeypatch.setattr(build, "_REPORT_EVERY", 1)
    opened._index.database.connection.execute("PRAGMA busy_timeout = 0")
    catalog(three=films(film("d"), film("e"), film("f")))
    intruder = sqlite3.connect(opened.path, isolation_level=None)

    def lock(progress: Progress) -> None:
        if not intruder.in_transaction:
            opened._index.database.connection.execute("COMMIT")
            intruder.execute("BEGIN IMMEDIATE")

    with pytest.raises(IndexUnavailableError):
        opened.refresh(lock)
    intruder.close()
    opened.refresh()
    assert ids(opened) == ["a", "b", "c", "d", "e", "f"]


def test_an_index_made_anew_is_seen_by_all_who_have_it_open(opened: Library, catalog: Callable[..., Path]) -> None:
    assert ids(opened) == ["a", "b", "c"]
    with Library(places(opened.catalog, opened.path.parent)) as other:
        other.discard()
        catalog(three=films(film("d")))
        other.refresh()
        assert ids(opened) == ["a", "b", "c", "d"]


def test_an_index_thrown_away_and_made_by_another_is_seen(opened: Library, catalog: Callable[..., Path]) -> None:
    for path in opened.path.parent.glob(opened.path.name + "*"):
        path.unlink()
    catalog(three=films(film("d")))
    with Library(places(opened.catalog, opened.path.parent)) as other:
        other.refresh()
    assert ids(opened) == ["a", "b", "c", "d"]


def test_of_three_files_with_one_id_the_first_is_named(opened: Library, catalog: Callable[..., Path]) -> None:
    for name in ("z", "y", "b"):
        catalog(**{name: films(film("twin", release="2026-01-07"))})
        opened.refresh()
    assert [problem.text(Words("en"))[:44] for problem in opened.problems()] == [
        "y.yaml:2:3: the id “twin” is also in b.yaml;",
        "z.yaml:2:3: the id “twin” is also in b.yaml;",
    ]


def test_a_version_of_before_is_made_anew(opened: Library, tmp_path: Path) -> None:
    opened.close()
    (path,) = (tmp_path / "cache").glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with Library(places(opened.catalog, tmp_path / "cache")) as again:
        again.refresh()
        assert ids(again) == ["a", "b", "c"]


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew_without_a_word(opened: Library, tmp_path: Path, damage: bytes) -> None:
    opened.close()
    (path,) = (tmp_path / "cache").glob("*.sqlite3")
    path.write_bytes(damage)
    with Library(places(opened.catalog, tmp_path / "cache")) as again:
        again.refresh()
        assert ids(again) == ["a", "b", "c"]


def test_damage_in_the_middle_is_mended_when_it_is_met(opened: Library, tmp_path: Path) -> None:
    opened._index.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    (path,) = (tmp_path / "cache").glob("*.sqlite3")
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with Library(places(opened.catalog, tmp_path / "cache")) as again:
        again.refresh()
        assert ids(again) == ["a", "b", "c"]
        assert again.film("a").title == "Film A"


def test_without_a_place_for_the_cache_the_run_makes_its_own(opened: Library, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the directory should be")
    with Library(places(opened.catalog, blocked)) as library:
        library.refresh()
        assert ids(library) == ["a", "b", "c"]
        temporary = library.path.parent
        assert temporary != blocked
    assert not temporary.exists()


def test_a_full_disk_is_told(opened: Library, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    catalog(three=films(film("d")))
    monkeypatch.setattr(opened._index.database, "rebuild", full)
    monkeypatch.setattr(build, "refresh", full)
    with pytest.raises(IndexUnavailableError) as caught:
        opened.refresh()
    assert "check space and permissions there" in caught.value.message.text(Words("en"))


def test_an_interrupted_build_goes_on_where_it_stopped(
    tmp_path: Path, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_BATCH", 100)
    monkeypatch.setattr(build, "_REPORT_EVERY", 50)
    root = catalog(
        a=films(*(film(f"a{n}", release="2026-01-01") for n in range(300))),
        b=films(*(film(f"b{n}", release="2026-01-02") for n in range(300))),
    )
    with Library(places(root, tmp_path / "cache")) as library:
        told: list[Progress] = []
        changes = library.refresh(told.append, lambda: len(told) >= 8)
        assert not changes.finished
        part = library.view().total
        assert 300 < part < 600
        read = spied(monkeypatch)
        done = library.refresh()
        assert read == ["b.yaml"]
        assert done.films == 600 - part
        assert library.view().total == 600


def test_what_is_in_can_be_browsed_while_the_rest_is_read(
    tmp_path: Path, catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_BATCH", 100)
    monkeypatch.setattr(build, "_REPORT_EVERY", 50)
    root = catalog(a=films(*(film(f"a{n}", release="2026-01-01") for n in range(300))))
    cache = tmp_path / "cache"
    with Library(places(root, cache)) as library, Library(places(root, cache)) as other:
        seen: list[int] = []
        library.refresh(lambda progress: seen.append(other.view().total))
        assert 0 < seen[3] < 300
        assert other.view(Selection(search="a1")).total > 0


def test_two_catalogs_have_two_indexes(tmp_path: Path, catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("a")), b=films(film("b")))
    cache = tmp_path / "cache"
    for name in ("a", "b"):
        with Library(places(root / f"{name}.yaml", cache)) as library:
            library.refresh()
            assert ids(library) == [name]


def test_positions_and_pages_agree(library: Library) -> None:
    for selection in (Selection(), Selection(search="a"), Selection(genres=frozenset({"horror"}))):
        view = library.view(selection)
        rows = list(library.all_rows(view, page=4))
        assert len(rows) == view.total
        assert [row.place for row in rows] == sorted(row.place for row in rows)
        for index, row in enumerate(rows):
            assert library.find(view, row.id, row.ordinal) == index
            assert library.rows(view, index, 1) == [row]
        for period, count in view.months:
            within = view.within(period)
            assert within.total == count
            assert [row for row in rows if row in library.rows(within, 0, count)] == library.rows(within, 0, count)


@pytest.mark.parametrize("words", [3, 200])
def test_the_beginning_of_a_word_finds_all_that_begin_so(
    opened: Library, catalog: Callable[..., Path], words: int
) -> None:
    """Few words are named one by one, many are merged."""
    catalog(a=films(*(film(f"f{n}", f"Kenangan{n} {'panjang' * 20}") for n in range(words)), film("x", "Kena Away")))
    opened.refresh()
    for start in ("k", "ken", "kenan", "KENANGAN1", "kenangan1 panjangpan", "panjang" * 20, "away", "¶away"):
        found = ids(opened, Selection(search=start))
        assert found
        assert found == [id for id in ids(opened) if _begins(opened, id, start)]


def _begins(library: Library, id: str, query: str) -> bool:
    titles = library.film(id).title.lower().split()
    return all(any(title.startswith(word) for title in titles) for word in query.lower().strip("¶").split())


def test_filters_combine(library: Library) -> None:
    assert ids(library, Selection(genres=frozenset({"horror"}), terms=(Term(facets=(("rating", "13+"),)),))) == [
        "kuyank"
    ]
    assert ids(library, Selection(genres=frozenset({"horror", "animation"}), search="spongebob")) == [
        "the-spongebob-movie-search-for-squarepants"
    ]
    assert ids(library, Selection(region="US")) == ["greenland-migration"]
    assert ids(library, Selection(types=frozenset({"digital"}))) == []


@pytest.mark.parametrize("query", ['"', "(", "AND", "title:", "*", "^", "a AND (", "NEAR(", "-", "''", "{", "%", "\\"])
def test_no_search_is_taken_for_an_expression(library: Library, query: str) -> None:
    library.view(Selection(search=query))
    library.view(Selection(search=f"film {query}", genres=frozenset({query})))


TITLES = st.sampled_from(["Film Satu", "Film Dua", "Éclair", "NO", "1917"])
DATES = st.sampled_from(["2026-01-07", "2026-01-08", "2026-01", "2026-Q1", "2026", "2025-12-31", ""])
KINDS = st.sampled_from(
    ["", "", "", "title", "hidden: true", "hidden: false", "same_as: a", "same_as: b", "same_as: c"]
)
FILMS = st.lists(st.tuples(st.sampled_from("abcdefgh"), TITLES, DATES, st.booleans(), KINDS, st.booleans()), max_size=6)
NAMES = [
    "own/first",
    "own/second",
    "own/sub/third",
    "own/followed/x/one",
    "own/followed/y/one",
    "own/followed/y/two",
    "shipped/first",
    "shipped/second",
]


class FollowsTheFiles(RuleBasedStateMachine):
    """An index brought up to date after any edits equals one made anew."""

    names = Bundle("names")

    @initialize()
    def begin(self) -> None:
        self.root = Path(mkdtemp())
        self.cache = Path(mkdtemp())
        for name in NAMES:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / "shipped/first.yaml").write_text("films:\n")
        self.library = Library(self.places(self.cache))

    def places(self, cache: Path) -> Places:
        return replace(places(self.root / "own", cache), shipped=self.root / "shipped")

    @rule(name=st.sampled_from(NAMES), content=FILMS, news=st.booleans())
    def write(self, name: str, content: list[tuple[str, str, str, bool, str, bool]], news: bool) -> None:
        written = "films:\n"
        for id, title, when, american, kind, lines in content:
            written += f"- id: {id}\n" if kind == "title" else f"- id: {id}\n  title: {title}\n"
            written += f"  {kind}\n" if ":" in kind else ""
            if lines:
                written += f"  synopsis: {{en: {name}}}\n"
                continue
            written += "  genres: [drama]\n  releases:\n"
            written += f"  - {{date: {when}}}\n" if when else "  - {region: ID}\n"
            written += "  - {date: 2026-01-08, region: US}\n" if american else ""
        if news:
            written += "news:\n- {title: Kabar, films: [a]}\n"
        (self.root / f"{name}.yaml").write_text(written)

    @rule(name=st.sampled_from(NAMES[:-2]))
    def delete(self, name: str) -> None:
        (self.root / f"{name}.yaml").unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES))
    def break_off(self, name: str) -> None:
        path = self.root / f"{name}.yaml"
        if path.exists():
            path.write_text(path.read_text() + "- id: x\n  title: A: B\n")

    @rule()
    def refresh(self) -> None:
        self.library.refresh()

    @invariant()
    def equal(self) -> None:
        if not hasattr(self, "library"):
            return
        self.library.refresh()
        fresh = Path(mkdtemp())
        with Library(self.places(fresh)) as anew:
            anew.refresh()
            assert everything(self.library) == everything(anew)
        shutil.rmtree(fresh)

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            shutil.rmtree(self.root)
            shutil.rmtree(self.cache)


class FollowsFilesOfOneShelf(FollowsTheFiles):
    """The same where all files share their bits of a place."""

    def __init__(self) -> None:
        super().__init__()
        self._shelf = entry.shelf
        entry.shelf = lambda name: 7

    def teardown(self) -> None:
        super().teardown()
        entry.shelf = self._shelf


TestFollowsFilesOfOneShelf = pytest.mark.slow(FollowsFilesOfOneShelf.TestCase)
TestFollowsFilesOfOneShelf.settings = settings(max_examples=20, stateful_step_count=8, deadline=None)
TestFollowsTheFiles = pytest.mark.slow(FollowsTheFiles.TestCase)
TestFollowsTheFiles.settings = settings(max_examples=30, stateful_step_count=8, deadline=None)
