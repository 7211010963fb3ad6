"""Bring the index up to date with the catalog's files: which are read, in what order, in which transactions."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import Problem
from tui.base.text import clean
from tui.catalog.files import order
from tui.catalog.layers import files_of
from tui.films.film import Film  # noqa: TC001 (msgspec reads Changes' annotations)
from tui.index import entry
from tui.index.database import PATIENCE, the_row
from tui.index.failures import DamagedError
from tui.index.films import Films
from tui.index.fingerprints import digest_of, has_changed, known_files, trusted_mtime, unchanged
from tui.index.news import clear, put_news, put_problem
from tui.index.progress import Progress
from tui.index.workers import Readers, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.catalog.files import File
    from tui.index.database import Database
    from tui.index.fingerprints import Fingerprint

_BATCH = 20_000
"""Films between two commits: what is in can be browsed, and an interrupted build goes on from there."""

_REPORT_EVERY = 500
"""Films between two reports of the progress, and two looks whether to stop."""

_LARGE = 4 << 20
"""Bytes. A larger file is nobody's to edit by hand, and is not read twice to see whether it is to be held."""


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


class _UnwantedError(Exception):
    """Whoever asked for the refresh no longer wants it."""


def refresh(
    database: Database,
    root: Path,
    shipped: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
    *,
    hold: bool = False,
) -> Changes:
    """Read the files that changed since the last time, and only those.

    `root` is the catalog, `shipped` the one below it, if there is one; see catalog/layers.py.
    `progress` is called every 500 films and at the end, `stop` every 500 films. Stopped or killed, it leaves what is
    done; the next call goes on from there. `patience`: seconds that it waits for another process that writes. With
    `hold` a file that had no problem and now has one keeps the films it had, as somebody may be editing it.
    Raises CatalogError, IndexBusyError, IndexUnavailableError, and sqlite3's errors.
    """
    return _Build(database, progress, stop, hold=hold).run(partial(files_of, root, shipped), patience)


def begin(database: Database) -> None:
    """Count changes from here on, as if all files had been read. Raises IndexBusyError."""
    with database.writing(), database.transaction() as connection:
        connection.execute("INSERT OR IGNORE INTO whole VALUES (1)")


class _Build:
    """One refresh: the values that are the same for all its files, and how far it is."""

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
        self._read = 0  # films
        self._begun = time.monotonic()
        self._shelves: dict[int, list[File]] = {}
        self._touched: set[str] = set()
        self._readers = Readers([])
        self._totals = 0, 0  # files and bytes to be read
        self._passed = [0, 0]  # those of them that have been

    def run(self, find: Callable[[], Iterator[File]], patience: float) -> Changes:
        if unchanged(known_files(self._db), find()):
            return self._done
        with self._database.writing(patience):
            # ids come in no order: with less, each film's page of their index is fetched and written anew
            self._db.execute("PRAGMA cache_size = -65536")  # KiB
            try:
                return self._write(find)
            finally:
                self._db.execute("PRAGMA cache_size = -2000")

    def _write(self, find: Callable[[], Iterator[File]]) -> Changes:
        """With the lock held. What had changed may have been read by another process while this one waited for it."""
        if not self._database.current:  # another version has made it its own meanwhile
            raise DamagedError
        known = known_files(self._db)
        files = list(find())
        changed = [file for file in files if has_changed(file, known)]
        held = {file.name for file in changed if self._hold and self._faulty(file, known.get(file.name))}
        changed = [file for file in changed if file.name not in held]
        gone = known.keys() - {file.name for file in files}
        if not changed and not gone:
            return self._done
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for name in sorted(gone, key=order):
                self._touched.add(name)
                self._forget(known[name].id)
            self._done.files = len(self._touched)
            self._put_in(files, changed, known, gone, held)
            self._films.put_together()
        except _UnwantedError:
            self._done.finished = False
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        if self._done.finished:
            self._done.met = list(self._met())
            self._db.execute("INSERT OR IGNORE INTO whole VALUES (1)")
        self._commit()
        self._report()
        return self._done

    def _put_in(
        self, files: list[File], changed: list[File], known: dict[str, Fingerprint], gone: set[str], held: set[str]
    ) -> None:
        """Read the files that changed; where one shares its shelf with others, or did with one gone, all of these."""
        self._shelves = {}
        for file in files:
            self._shelves.setdefault(entry.shelf(file.name), []).append(file)
        shelves = {entry.shelf(file.name) for file in changed}
        shelves = {shelf for shelf in shelves if len(self._shelves[shelf]) > 1}
        shelves |= {entry.shelf(name) for name in gone} & self._shelves.keys()
        shelves -= {entry.shelf(name) for name in held}  # these are read all or none
        alone = [file for file in changed if entry.shelf(file.name) not in shelves]
        plan = alone + [file for shelf in sorted(shelves) for file in self._shelves[shelf]]
        self._totals = len(plan), sum(max(file.size, 0) for file in plan)
        with Readers(plan) as self._readers:
            for file in alone:
                self._file(file, known.get(file.name))
            for shelf in sorted(shelves):
                self._shelf(shelf)
            self._reread(files)

    def _met(self) -> Iterator[tuple[Film | None, Film | None]]:
        """Films that this refresh has put in, taken out or changed: before and after it."""
        for id, before in self._films.before.items():
            after = self._db.execute("SELECT body, crc FROM film WHERE id = ?", (id,)).fetchone()
            if before != after:
                yield entry.decode_film(*before) if before else None, entry.decode_film(*after) if after else None

    def _faulty(self, file: File, known: Fingerprint | None) -> bool:
        """Whether something is wrong in a file in which nothing was; then it is added to what is held."""
        if known is None or known.size < 0 or file.size > _LARGE:
            return False
        faults = "SELECT EXISTS (SELECT 1 FROM problem WHERE file = ?)"
        if self._db.execute(faults, (known.id,)).fetchone()[0] or digest_of(file) == known.digest:
            return False
        found = [problem for frame in frames(file) for problem in frame.problems]
        self._done.held += found
        return bool(found)

    def _reread(self, files: list[File]) -> None:
        """Read the files again that held a film back because another file had its id, and no longer has."""
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
            clear(self._db, id)
        for id in ids:
            self._films.empty(id)
        places = entry.RowPlaces(shelf)
        for file in files:
            self._file(file, None, places)

    def _file(self, file: File, known: Fingerprint | None, places: entry.RowPlaces | None = None) -> None:
        """Put a file's films in, unless its content is as `known`; `places` are those left of its shelf."""
        digest = digest_of(file)
        if known and known.digest is not None and known.digest == digest and known.size >= 0:
            self._db.execute(
                "UPDATE file SET size = ?, mtime = ? WHERE id = ?", (file.size, trusted_mtime(file), known.id)
            )
            self._readers.skip(file)
            self._pass(file)
            return
        self._touched.add(file.name)
        self._done.files = len(self._touched)
        (id,) = the_row(self._db.execute(
            "INSERT INTO file (name, size, mtime) VALUES (?, -1, -1) "
            "ON CONFLICT (name) DO UPDATE SET size = -1 RETURNING id",
            (file.name,),
        ))  # fmt: skip
        clear(self._db, id)
        self._films.begin(id, file.name)
        places = places or entry.RowPlaces(entry.shelf(file.name))
        for frame in self._readers.frames(file):
            for problem in frame.problems:
                put_problem(self._db, id, problem)
            for news in frame.news:
                put_news(self._db, id, news)
            for film in frame.films:
                if (twin := self._films.put(id, file, film, places)) is not None:
                    put_problem(self._db, id, Problem(clean(file.name), film.line, film.column, twin), film.id)
                self._step()
        self._films.end(id)
        self._db.execute(
            "UPDATE file SET size = ?, mtime = ?, digest = ? WHERE id = ?",
            (file.size if digest else -1, trusted_mtime(file), digest, id),  # what could not be read is tried again
        )
        self._pass(file)

    def _pass(self, file: File) -> None:
        self._passed[0] = min(self._passed[0] + 1, self._totals[0])
        self._passed[1] = min(self._passed[1] + max(file.size, 0), self._totals[1])

    def _forget(self, file: int) -> None:
        clear(self._db, file)
        self._films.empty(file)
        self._db.execute("DELETE FROM file WHERE id = ?", (file,))

    # transactions, and the progress between them

    def _step(self) -> None:
        """Count a film that has been read. Raises _UnwantedError."""
        self._read += 1
        if self._read % _REPORT_EVERY:
            return
        if self._stop():
            raise _UnwantedError
        if self._films.tally.changed >= _BATCH:
            self._commit()
            self._db.execute("BEGIN IMMEDIATE")
        self._report()

    def _commit(self) -> None:
        self._done.films += self._films.tally.changed
        if self._films.tally.changed or self._touched:
            self._db.execute("UPDATE state SET generation = generation + 1")
        self._films.tally.sum_up()
        self._db.execute("COMMIT")

    def _report(self) -> None:
        if self._progress:
            files, size = self._passed
            all_files, all_bytes = self._totals
            self._progress(Progress(files, all_files, size, all_bytes, self._read, time.monotonic() - self._begun))
