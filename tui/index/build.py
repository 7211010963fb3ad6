"""Bring the index up to date with the catalog's files."""

from __future__ import annotations

import time
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from tui.catalog.files import File, find, order
from tui.dates import period_of
from tui.errors import Problem
from tui.index import entry
from tui.index.reading import Reading
from tui.index.schema import PATIENCE
from tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection

    from tui.catalog.film import News
    from tui.errors import Message
    from tui.i18n import Words
    from tui.index.entry import Entry
    from tui.index.schema import Database

_YOUNG = 2_000_000_000
"""Nanoseconds. A file may change again within its clock's tick: younger ones are compared by content next time."""

_BATCH = 20_000
"""Films between two commits: what is in can be browsed, and an interrupted build goes on from there."""

_REPORT_EVERY = 500


class Progress(msgspec.Struct, frozen=True):
    files: int
    of_files: int
    bytes: int
    of_bytes: int
    films: int
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds that it may still take; None before a file has been read."""
        return self.seconds * (self.of_bytes - self.bytes) / self.bytes if self.bytes else None

    def said(self, words: Words) -> str:
        said = words.gettext("{films} films, file {file} of {files}, {rate}/s").format(
            films=words.number(self.films),
            file=words.number(min(self.files + 1, self.of_files)),
            files=words.number(self.of_files),
            rate=words.number(round(self.films / self.seconds) if self.seconds else 0),
        )
        if self.left is None:
            return said
        minutes, seconds = divmod(round(self.left), 60)
        return f"{said}, " + words.gettext("{time} left").format(time=f"{minutes}:{seconds:02}")


class Changes(msgspec.Struct):
    """What a refresh did."""

    files: int = 0
    """Read anew, or gone."""
    films: int = 0
    """Put in or taken out."""
    finished: bool = True
    """False where it was stopped."""


class _Stopped(Exception):  # noqa: N818 (no error)
    pass


def refresh(
    database: Database,
    root: Path,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
) -> Changes:
    """Read what changed since the last time, and only that. Raises CatalogError, IndexBusyError.

    Stopped or killed, it leaves what is done; the next call goes on there.
    """
    return _Build(database, progress, stop).run(root, patience)


def pending(database: Database, root: Path) -> int:
    """Bytes that `refresh` would read. Raises CatalogError."""
    known = _known(database.connection)
    return sum(max(file.size, 0) for file in find(root) if known.get(file.name, ())[1:3] != (file.size, file.mtime))


def _known(connection: Connection) -> dict[str, tuple[int, int, int, bytes | None]]:
    return {
        name: (id, size, mtime, digest)
        for id, name, size, mtime, digest in connection.execute("SELECT id, name, size, mtime, digest FROM file")
    }


def _changed(file: File, known: dict[str, tuple[int, int, int, bytes | None]]) -> bool:
    return bool(file.trouble) or known.get(file.name, ())[1:3] != (file.size, file.mtime)


def _same(known: dict[str, tuple[int, int, int, bytes | None]], files: list[File]) -> bool:
    return len(known) == len(files) and not any(_changed(file, known) for file in files)


class _Build:
    def __init__(
        self,
        database: Database,
        progress: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
    ) -> None:
        self._database = database
        self._db = database.connection
        self._progress = progress
        self._stop = stop
        self._done = Changes()
        self._months: Counter[int] = Counter()
        self._facets: Counter[tuple[str, str]] = Counter()
        self._again: set[int] = set()  # files that held a film back because of another's, which is gone
        self._uncommitted = 0
        self._filled = 0  # whether the file being read had films before
        self._read = 0
        self._begun = time.monotonic()
        self._shelves: dict[int, list[File]] = {}
        self._touched: set[str] = set()
        self._reading = Reading([])
        self._totals = 0, 0
        self._passed = [0, 0]

    def run(self, root: Path, patience: float) -> Changes:
        if _same(_known(self._db), list(find(root))):
            return self._done
        with self._database.writing(patience):
            # ids come in no order: with less, each film's page of their index is fetched and written anew
            self._db.execute("PRAGMA cache_size = -65536")  # KiB
            try:
                return self._alone(root)
            finally:
                self._db.execute("PRAGMA cache_size = -2000")

    def _alone(self, root: Path) -> Changes:
        known = _known(self._db)
        files = list(find(root))
        changed = [file for file in files if _changed(file, known)]
        gone = known.keys() - {file.name for file in files}
        if not changed and not gone:
            return self._done
        self._shelves = {}
        for file in files:
            self._shelves.setdefault(entry.shelf(file.name), []).append(file)
        left = {entry.shelf(name) for name in gone}
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for name in sorted(gone, key=order):
                self._touched.add(name)
                self._forget(known[name][0])
            self._done.files = len(self._touched)
            together = {entry.shelf(file.name) for file in changed}
            together = {shelf for shelf in together if len(self._shelves[shelf]) > 1} | left & self._shelves.keys()
            alone = [file for file in changed if entry.shelf(file.name) not in together]
            shelved = [file for shelf in sorted(together) for file in self._shelves[shelf]]
            self._totals = len(alone) + len(shelved), sum(max(file.size, 0) for file in [*alone, *shelved])
            with Reading([*alone, *shelved]) as self._reading:
                for file in alone:
                    self._file(file, known.get(file.name))
                for shelf in sorted(together):
                    self._shelf(shelf)
                self._reread(files)
        except _Stopped:
            self._done.finished = False
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._commit()
        self._tell()
        return self._done

    def _reread(self, files: list[File]) -> None:
        while self._again:
            again, self._again = self._again, set()
            names = {name for id in again for (name,) in self._db.execute("SELECT name FROM file WHERE id = ?", (id,))}
            shelves = {entry.shelf(file.name) for file in files if file.name in names}
            for shelf in sorted(shelves):
                self._shelf(shelf)

    def _shelf(self, shelf: int) -> None:
        """Read the files of a shelf anew, one after the other as if there had been no index."""
        files = self._shelves[shelf]
        known = [self._db.execute("SELECT id FROM file WHERE name = ?", (file.name,)).fetchone() for file in files]
        ids = [row[0] for row in known if row]
        for id in ids:
            self._clear(id)
        for id in ids:
            self._empty(id)
        places = entry.Places(shelf)
        for file in files:
            self._file(file, None, places)

    # files

    def _file(
        self, file: File, known: tuple[int, int, int, bytes | None] | None, places: entry.Places | None = None
    ) -> None:
        digest = _digest(file)
        if known and known[3] is not None and known[3] == digest and known[1] >= 0:
            self._db.execute("UPDATE file SET size = ?, mtime = ? WHERE id = ?", (file.size, _mtime(file), known[0]))
            self._reading.skip(file)
            self._pass(file)
            return
        self._touched.add(file.name)
        self._done.files = len(self._touched)
        (id,) = self._db.execute(
            "INSERT INTO file (name, size, mtime) VALUES (?, -1, -1) "
            "ON CONFLICT (name) DO UPDATE SET size = -1 RETURNING id",
            (file.name,),
        ).fetchone()
        self._clear(id)
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (key INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.seen")
        (self._filled,) = self._db.execute("SELECT EXISTS (SELECT 1 FROM film WHERE file = ?)", (id,)).fetchone()
        places = places or entry.Places(entry.shelf(file.name))

        for frame in self._reading.frames(file):
            for problem in frame.problems:
                self._problem(id, problem)
            for news in frame.news:
                self._news(id, news)
            for film in frame.films:
                if (twin := self._film(id, file, film, places)) is not None:
                    self._problem(id, Problem(clean(file.name), film.line, film.column, twin), film.id)
                self._step()
        if self._filled:
            gone = "SELECT key FROM film WHERE file = ? AND key NOT IN (SELECT key FROM temp.seen)"
            for (key,) in self._db.execute(gone, (id,)).fetchall():
                self._remove(key)
        self._db.execute(
            "UPDATE file SET size = ?, mtime = ?, digest = ? WHERE id = ?",
            (file.size if digest else -1, _mtime(file), digest, id),  # what could not be read is tried again
        )
        self._pass(file)

    def _pass(self, file: File) -> None:
        self._passed[0] = min(self._passed[0] + 1, self._totals[0])
        self._passed[1] = min(self._passed[1] + max(file.size, 0), self._totals[1])

    def _clear(self, file: int) -> None:
        """Take out what a file holds beside films: that is small, and simply put in again."""
        self._db.execute("DELETE FROM mention WHERE news IN (SELECT key FROM news WHERE file = ?)", (file,))
        self._db.execute("DELETE FROM news WHERE file = ?", (file,))
        self._db.execute("DELETE FROM problem WHERE file = ?", (file,))

    def _forget(self, file: int) -> None:
        self._clear(file)
        self._empty(file)
        self._db.execute("DELETE FROM file WHERE id = ?", (file,))

    def _empty(self, file: int) -> None:
        while keys := self._db.execute("SELECT key FROM film WHERE file = ? LIMIT 1000", (file,)).fetchall():
            for (key,) in keys:
                self._remove(key)

    # films

    def _film(self, file: int, of: File, film: Entry, places: entry.Places) -> Message | None:
        """Put a film in; or say which film of this id was there before."""
        if self._insert(file, film, places):
            return None
        from tui.catalog.check import twin

        key, holder, old, name, seen = self._db.execute(
            "SELECT film.key, film.file, film.body, file.name, EXISTS (SELECT 1 FROM temp.seen WHERE key = film.key) "
            "FROM film JOIN file ON file.id = film.file WHERE film.id = ?",
            (film.id,),
        ).fetchone()
        if seen or (holder != file and order(name) < order(of.name)) or (holder == file and not self._filled):
            return twin(film.id, name)
        if holder != file:
            # this file comes first in the catalog's order: the other's film gives way and is then reported
            self._again.add(holder)
            self._remove(key)
        else:
            wanted = places.of(film)
            if old == film.body and wanted == [place for (place,) in self._db.execute(_PLACES_OF, (key,))]:
                self._db.execute("INSERT INTO temp.seen VALUES (?)", (key,))
                return None
            places.back(film)
            self._remove(key, told=False)
        self._insert(file, film, places)
        return None

    def _insert(self, file: int, film: Entry, places: entry.Places) -> bool:
        """False, and nothing done, where a film of this id is in already."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO film (id, file, body) VALUES (?, ?, ?)", (film.id, file, film.body)
        )
        if not done.rowcount:
            return False
        key = done.lastrowid
        if self._filled:
            self._db.execute("INSERT INTO temp.seen VALUES (?)", (key,))
        for ordinal, (row, place) in enumerate(zip(film.rows, places.of(film), strict=True)):
            told = (key, ordinal, row.home, film.title, row.type, row.region, row.status)
            if not self._db.execute(_RELEASE, (place, *told)).rowcount:
                place = self._free(place, file)  # noqa: PLW2901 (the one beside it)
                self._db.execute(_RELEASE, (place, *told))
            self._db.execute(_SEARCH, (place, *film.words, row.facets))
        self._count(film, 1)
        return True

    def _free(self, place: int, file: int) -> int:
        """This place, once the film of the same file that stood there has made room; another file's stays."""
        while True:
            row = self._db.execute(
                "SELECT film.key, film.file, EXISTS (SELECT 1 FROM temp.seen WHERE key = film.key) "
                "FROM release JOIN film ON film.key = release.film WHERE place = ?",
                (place,),
            ).fetchone()
            if row is None:
                return place
            if self._filled and row[1] == file and not row[2]:
                self._remove(row[0])
                return place
            place += entry.NEXT_FILE

    def _remove(self, key: int, *, told: bool = True) -> None:
        id, body = self._db.execute("SELECT id, body FROM film WHERE key = ?", (key,)).fetchone()
        film = entry.entry(entry.decode_film(body))
        places = [place for (place,) in self._db.execute(_PLACES_OF, (key,))]
        for place, row in zip(places, film.rows, strict=True):
            self._db.execute(_UNSEARCH, (place, *film.words, row.facets))
        self._db.execute("DELETE FROM release WHERE film = ?", (key,))
        self._db.execute("DELETE FROM film WHERE key = ?", (key,))
        self._count(film, -1)
        if told:
            self._again.update(f for (f,) in self._db.execute("SELECT file FROM problem WHERE twin = ?", (id,)))

    def _count(self, film: Entry, by: int) -> None:
        self._done.films += 1
        self._uncommitted += 1
        for row in film.rows:
            if row.home:
                self._months[period_of(row.key)] += by
            for found in row.counted:
                self._facets[found] += by

    # the rest

    def _news(self, file: int, news: News) -> None:
        key = self._db.execute(
            "INSERT INTO news (file, date, body) VALUES (?, ?, ?)",
            (file, news.date.isoformat() if news.date else None, entry.encode(news)),
        ).lastrowid
        self._db.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?)", ((film, key) for film in news.films))

    def _problem(self, file: int, problem: Problem, twin: str | None = None) -> None:
        self._db.execute(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?)",
            (file, problem.line, problem.column, entry.encode(problem.message), twin),
        )

    def _step(self) -> None:
        self._read += 1
        if self._read % _REPORT_EVERY:
            return
        if self._stop():
            raise _Stopped
        if self._uncommitted >= _BATCH:
            self._commit()
            self._db.execute("BEGIN IMMEDIATE")
        self._tell()

    def _commit(self) -> None:
        self._db.executemany(
            "INSERT INTO month VALUES (?, ?) ON CONFLICT (period) DO UPDATE SET rows = rows + excluded.rows",
            self._months.items(),
        )
        self._db.execute("DELETE FROM month WHERE rows = 0")
        self._db.executemany(
            "INSERT INTO facet VALUES (?, ?, ?) ON CONFLICT (kind, value) DO UPDATE SET rows = rows + excluded.rows",
            ((*found, rows) for found, rows in self._facets.items()),
        )
        self._db.execute("DELETE FROM facet WHERE rows = 0")
        self._months.clear()
        self._facets.clear()
        self._uncommitted = 0
        self._db.execute("COMMIT")

    def _tell(self) -> None:
        if self._progress:
            self._progress(Progress(*_pairs(self._passed, self._totals), self._read, time.monotonic() - self._begun))


_RELEASE = "INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SEARCH = "INSERT INTO search (rowid, title, people, synopsis, facets) VALUES (?, ?, ?, ?, ?)"
_UNSEARCH = "INSERT INTO search (search, rowid, title, people, synopsis, facets) VALUES ('delete', ?, ?, ?, ?, ?)"
_PLACES_OF = "SELECT place FROM release WHERE film = ? ORDER BY ordinal"


def _pairs(passed: list[int], totals: tuple[int, int]) -> tuple[int, int, int, int]:
    return passed[0], totals[0], passed[1], totals[1]


def _digest(file: File) -> bytes | None:
    """The content's hash; None where it cannot be read, which the reader then reports."""
    if file.trouble:
        return None
    try:
        digest = blake2b(digest_size=16)
        with file.path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return digest.digest()


def _mtime(file: File) -> int:
    return file.mtime if time.time_ns() - file.mtime > _YOUNG else -1
