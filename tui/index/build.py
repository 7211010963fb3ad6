"""Bring the index up to date with the catalog's files: which are read, in what order, in which transactions."""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import msgspec

from tui.base.errors import Problem
from tui.base.text import clean
from tui.catalog.files import File, find, open_regular, order
from tui.films.film import Film, News  # noqa: TC001 (msgspec reads Changes' annotations)
from tui.index import entry
from tui.index.database import PATIENCE, DamagedError, row
from tui.index.films import Films
from tui.index.progress import Progress
from tui.index.workers import Reading, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from tui.index.database import Database

_YOUNG = 2_000_000_000
"""Nanoseconds. A file may change again within its clock's tick: younger ones are compared by content next time."""

_BATCH = 20_000
"""Films between two commits: what is in can be browsed, and an interrupted build goes on from there."""

_REPORT_EVERY = 500

_LARGE = 4 << 20
"""Bytes of a file that nobody keeps by hand."""


class Changes(msgspec.Struct):
    """What a refresh did."""

    files: int = 0
    """Read anew, or gone."""
    films: int = 0
    """Put in or taken out."""
    finished: bool = True
    """False where it was stopped."""
    held: list[Problem] = []
    """What is wrong in files that were left as they had been, see `refresh`."""
    met: list[tuple[Film | None, Film | None]] = []
    """Films before and after it, None where there was none; none at all when the catalog was read the first time."""


class _Stopped(Exception):  # noqa: N818 (no error)
    pass


class _Known(NamedTuple):
    """A file as it was when it was read."""

    id: int
    size: int
    mtime: int
    digest: bytes | None


def refresh(
    database: Database,
    root: Path,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
    *,
    hold: bool = False,
) -> Changes:
    """Read what changed since the last time, and only that. Raises CatalogError, IndexBusyError.

    Stopped or killed, it leaves what is done; the next call goes on there. With `hold` a file that was without fault
    and now has one keeps the films it had, as somebody may be at it.
    """
    return _Build(database, progress, stop, hold=hold).run(root, patience)


def begin(database: Database) -> None:
    """Count changes from here on, as if all files had been read. Raises IndexBusyError."""
    with database.writing(), database.transaction() as connection:
        connection.execute("INSERT OR IGNORE INTO whole VALUES (1)")


def pending(database: Database, root: Path) -> int:
    """Bytes that `refresh` would read. Raises CatalogError."""
    known = _known(database.connection)
    return sum(max(file.size, 0) for file in find(root) if _changed(file, known))


def _known(connection: Connection) -> dict[str, _Known]:
    files = connection.execute("SELECT name, id, size, mtime, digest FROM file").fetchall()
    if not all(type(name) is str for name, *_ in files):
        raise DamagedError
    return {name: _Known(*stamps) for name, *stamps in files}


def _changed(file: File, known: dict[str, _Known]) -> bool:
    was = known.get(file.name)
    return bool(file.trouble) or was is None or (was.size, was.mtime) != (file.size, file.mtime)


def _same(known: dict[str, _Known], files: list[File]) -> bool:
    return len(known) == len(files) and not any(_changed(file, known) for file in files)


class _Build:
    def __init__(
        self,
        database: Database,
        progress: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
        *,
        hold: bool,
    ) -> None:
        self._hold = hold
        self._database = database
        self._db = database.connection
        self._films = Films(self._db)
        self._progress = progress
        self._stop = stop
        self._done = Changes()
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
        if not self._database.current:  # another version has made it its own meanwhile
            raise DamagedError
        known = _known(self._db)
        files = list(find(root))
        changed = [file for file in files if _changed(file, known)]
        held = {file.name for file in changed if self._hold and self._faulty(file, known.get(file.name))}
        changed = [file for file in changed if file.name not in held]
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
                self._forget(known[name].id)
            self._done.files = len(self._touched)
            together = {entry.shelf(file.name) for file in changed}
            together = {shelf for shelf in together if len(self._shelves[shelf]) > 1} | left & self._shelves.keys()
            together -= {entry.shelf(name) for name in held}  # these are read all or none
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
        if self._done.finished:
            self._done.met = list(self._met())
            self._db.execute("INSERT OR IGNORE INTO whole VALUES (1)")
        self._commit()
        self._tell()
        return self._done

    def _met(self) -> Iterator[tuple[Film | None, Film | None]]:
        for id, before in self._films.before.items():
            after = self._db.execute("SELECT body, crc FROM film WHERE id = ?", (id,)).fetchone()
            if before != after:
                yield entry.decode_film(*before) if before else None, entry.decode_film(*after) if after else None

    def _faulty(self, file: File, known: _Known | None) -> bool:
        if known is None or known.size < 0 or file.size > _LARGE:
            return False
        faults = "SELECT EXISTS (SELECT 1 FROM problem WHERE file = ?)"
        if self._db.execute(faults, (known.id,)).fetchone()[0] or _digest(file) == known.digest:
            return False
        found = [problem for frame in frames(file) for problem in frame.problems]
        self._done.held += found
        return bool(found)

    def _reread(self, files: list[File]) -> None:
        while self._films.again:
            again, self._films.again = self._films.again, set()
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
            self._films.empty(id)
        places = entry.Places(shelf)
        for file in files:
            self._file(file, None, places)

    def _file(self, file: File, known: _Known | None, places: entry.Places | None = None) -> None:
        digest = _digest(file)
        if known and known.digest is not None and known.digest == digest and known.size >= 0:
            self._db.execute("UPDATE file SET size = ?, mtime = ? WHERE id = ?", (file.size, _mtime(file), known.id))
            self._reading.skip(file)
            self._pass(file)
            return
        self._touched.add(file.name)
        self._done.files = len(self._touched)
        (id,) = row(self._db.execute(
            "INSERT INTO file (name, size, mtime) VALUES (?, -1, -1) "
            "ON CONFLICT (name) DO UPDATE SET size = -1 RETURNING id",
            (file.name,),
        ))  # fmt: skip
        self._clear(id)
        self._films.begin(id)
        places = places or entry.Places(entry.shelf(file.name))
        for frame in self._reading.frames(file):
            for problem in frame.problems:
                self._problem(id, problem)
            for news in frame.news:
                self._news(id, news)
            for film in frame.films:
                if (twin := self._films.put(id, file, film, places)) is not None:
                    self._problem(id, Problem(clean(file.name), film.line, film.column, twin), film.id)
                self._step()
        self._films.end(id)
        self._db.execute(
            "UPDATE file SET size = ?, mtime = ?, digest = ? WHERE id = ?",
            (file.size if digest else -1, _mtime(file), digest, id),  # what could not be read is tried again
        )
        self._pass(file)

    def _pass(self, file: File) -> None:
        self._passed[0] = min(self._passed[0] + 1, self._totals[0])
        self._passed[1] = min(self._passed[1] + max(file.size, 0), self._totals[1])

    def _forget(self, file: int) -> None:
        self._clear(file)
        self._films.empty(file)
        self._db.execute("DELETE FROM file WHERE id = ?", (file,))

    # what a file holds beside films: that is small, and simply put in again

    def _clear(self, file: int) -> None:
        self._db.execute("DELETE FROM mention WHERE news IN (SELECT key FROM news WHERE file = ?)", (file,))
        self._db.execute("DELETE FROM news WHERE file = ?", (file,))
        self._db.execute("DELETE FROM problem WHERE file = ?", (file,))

    def _news(self, file: int, news: News) -> None:
        body = entry.encode(news)
        key = self._db.execute(
            "INSERT INTO news (file, date, body, crc) VALUES (?, ?, ?, ?)",
            (file, news.date.isoformat() if news.date else None, body, crc32(body)),
        ).lastrowid
        self._db.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?)", ((film, key) for film in news.films))

    def _problem(self, file: int, problem: Problem, twin: str | None = None) -> None:
        text = entry.encode(problem.message)
        self._db.execute(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?)",
            (file, problem.line, problem.column, text, crc32(text), twin),
        )

    # transactions, and what is told between them

    def _step(self) -> None:
        self._read += 1
        if self._read % _REPORT_EVERY:
            return
        if self._stop():
            raise _Stopped
        if self._films.changed >= _BATCH:
            self._commit()
            self._db.execute("BEGIN IMMEDIATE")
        self._tell()

    def _commit(self) -> None:
        self._done.films += self._films.changed
        if self._films.changed or self._touched:
            self._db.execute("UPDATE state SET generation = generation + 1")
        self._films.sum_up()
        self._db.execute("COMMIT")

    def _tell(self) -> None:
        if self._progress:
            files, size = self._passed
            all_files, all_bytes = self._totals
            self._progress(Progress(files, all_files, size, all_bytes, self._read, time.monotonic() - self._begun))


def _digest(file: File) -> bytes | None:
    """The content's hash; None where it cannot be read, which the reader then reports."""
    if file.trouble:
        return None
    try:
        digest = blake2b(digest_size=16)
        with open_regular(file.path) as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return digest.digest()


def _mtime(file: File) -> int:
    return file.mtime if time.time_ns() - file.mtime > _YOUNG else -1
