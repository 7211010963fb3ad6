"""The database: where it is, its tables, and opening it so that a stale or damaged one is made anew."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from typing import TYPE_CHECKING

from tui.catalog.reasons import reason_of
from tui.errors import IndexBusyError, IndexUnavailableError, message
from tui.i18n import N_
from tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 4
"""Raised with every change of the tables or of what is put into them (see entry.py)."""

# A release's rowid is its place in the calendar (entry.place), so that pages and full-text hits come in
# calendar order without a sort. `search` holds which words and facets a release has, not where or how often:
# a quarter of the space of a full-text table that can find phrases, and made in two thirds of its time.
_TABLES = """
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,    -- -1 while its films are being put in
    mtime INTEGER NOT NULL,   -- -1 where it was too young to be trusted
    digest BLOB
);
CREATE TABLE film (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file INTEGER NOT NULL,
    body BLOB NOT NULL        -- the Film as JSON
);
CREATE INDEX film_file ON film (file);
CREATE TABLE release (
    place INTEGER PRIMARY KEY,
    film INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, -- which of the film's releases
    home INTEGER NOT NULL,    -- shown unless asked for more
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    region TEXT NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX release_film ON release (film);
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3', tokenize = ascii
);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE moved (     -- films that say when a date of theirs moved
    day INTEGER NOT NULL,     -- its date key
    film INTEGER NOT NULL,
    PRIMARY KEY (day, film)
) WITHOUT ROWID;
CREATE INDEX moved_film ON moved (film);
CREATE TABLE whole (          -- one row once all files have been read: changes count from then on
    read INTEGER PRIMARY KEY
);
CREATE TABLE month (period INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TABLE facet (
    kind TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE TABLE news (key INTEGER PRIMARY KEY, file INTEGER NOT NULL, date TEXT, body BLOB NOT NULL);
CREATE INDEX news_date ON news (date DESC);
CREATE INDEX news_file ON news (file);
CREATE TABLE mention (
    film TEXT NOT NULL, news INTEGER NOT NULL, PRIMARY KEY (film, news)
) WITHOUT ROWID;
CREATE INDEX mention_news ON mention (news);
CREATE TABLE problem (
    file INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, message BLOB NOT NULL,
    twin TEXT                 -- the id that stands in two files, if that is the problem
);
CREATE INDEX problem_file ON problem (file);
CREATE INDEX problem_twin ON problem (twin) WHERE twin IS NOT NULL;
"""

_PROBES = (
    *(
        f"SELECT 1 FROM {table} LIMIT 1"
        for table in (
            "file",
            "film",
            "release",
            "word",
            "moved",
            "whole",
            "month",
            "facet",
            "news",
            "mention",
            "problem",
        )
    ),
    """SELECT 1 FROM search WHERE search MATCH '"¶away"' LIMIT 1""",
)
"""What an index must be able to answer when it is opened."""

Error = sqlite3.DatabaseError

LONGEST_PREFIX = 3
"""Letters of a beginning of a word that `search` finds directly."""

PATIENCE = 5.0
"""Seconds that one waits for another process."""

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_IOERR_SHORT_READ")
"""Not a database, or not this one's tables. A full disk or a lock is none: the index stays."""


def damaged(error: Error) -> bool:
    """Whether the index has to be made anew."""
    return _name(error).startswith(_DAMAGE)


def closed(error: Error) -> bool:
    """Whether another thread took the connection away, to make the index anew."""
    return not _name(error)


def _name(error: Error | OSError) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def unavailable(error: Error | OSError, path: Path) -> IndexUnavailableError:
    """What it means for the user that the index could not be asked or written."""
    if _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy()
    where, why = clean(str(path)), reason_of(error) if isinstance(error, OSError) else clean(str(error))
    return IndexUnavailableError(
        message(N_("{path}: the index cannot be written ({why}); check space and permissions there"),
                path=where, why=why),
    )  # fmt: skip


def busy() -> IndexBusyError:
    return IndexBusyError(
        message(N_("another filmtui is reading this catalog, so films may be missing; try again when it is done")),
    )


class Database:
    """One index file. Each thread has its own connection to it; whoever writes is alone (see `writing`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._made: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._open()

    @property
    def connection(self) -> sqlite3.Connection:
        known: tuple[sqlite3.Connection, int] | None = getattr(self._local, "connection", None)
        # the file may have been thrown away and made anew, here or by another process
        if known and known[1] in {self._identity(), 0}:
            return known[0]
        return self._connect()

    def _identity(self) -> int:
        try:
            return os.stat(self.path).st_ino  # noqa: PTH116 (at every question: half the time of Path.stat)
        except OSError:
            return 0

    @contextlib.contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[None]:
        """Be the only writer, of all threads and processes. Raises IndexBusyError.

        The index's own lock is given up at each of a build's commits; this one is kept until the end, and falls
        with the process.
        """
        lock = sqlite3.connect(f"{self.path}.lock", timeout=patience, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        except sqlite3.OperationalError as error:
            if not lock.in_transaction:
                raise unavailable(error, self.path) from None
            raise
        finally:
            lock.close()

    def _connect(self) -> sqlite3.Connection:
        made = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        # Nothing here cannot be made again: no wait for the disk at each commit.
        made.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        self._local.connection = made, self._identity()
        with self._lock:
            self._made.append(made)
        return made

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(Error):
            if self._sound():
                return
        with self.writing():
            with contextlib.suppress(Error):
                if self._sound():  # another process made it meanwhile
                    return
            self._replace()

    def _sound(self) -> bool:
        if not self.path.exists():
            return False
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            return False
        for question in _PROBES:
            self.connection.execute(question).fetchone()
        return True

    def rebuild(self) -> None:
        """Throw everything away: an empty index. Raises IndexBusyError.

        In its place where that can be done, as others may have the file open.
        """
        with self.writing():
            self._replace()

    def _replace(self) -> None:
        try:
            self._make()
        except Error as error:
            if not damaged(error):
                raise unavailable(error, self.path) from None
            self.close()
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self._make()

    def _make(self) -> None:
        with self.transaction() as connection:
            virtual = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
            for (name,) in connection.execute(virtual).fetchall():
                if not name.startswith("sqlite_"):  # what a full-text table consists of goes with it
                    connection.execute(f'DROP TABLE IF EXISTS "{name}"')
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        with self._lock:
            for connection in self._made:
                with contextlib.suppress(Error):
                    connection.close()
            self._made.clear()
        self._local = threading.local()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
