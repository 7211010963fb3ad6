"""The database: where it is, its tables, and opening it so that a stale, damaged or lost one is made anew."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tui import __version__
from tui.base.errors import IndexBusyError, IndexUnavailableError, Message, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.films.film import Credit, Earlier, Film, News, Prose, Release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection, Cursor

VERSION = 5
"""Raised with every change of the tables or of what is put into them (see entry.py)."""

# Nothing in SQLite notices a bit that has flipped in a value, so what is shown has a checksum beside it, which is
# compared when it is read.
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
    body BLOB NOT NULL,       -- the Film as JSON
    crc INTEGER NOT NULL      -- of the body
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
    status TEXT NOT NULL,
    crc INTEGER NOT NULL      -- of the row as it is read, see query.Row
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
CREATE TABLE state (          -- one row
    generation INTEGER NOT NULL, -- another one after each transaction that changed something
    months BLOB NOT NULL,     -- each period of the calendar and its rows, as JSON
    crc INTEGER NOT NULL      -- of the months
);
CREATE TABLE facet (
    kind TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE TABLE news (key INTEGER PRIMARY KEY, file INTEGER NOT NULL, date TEXT, body BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE INDEX news_date ON news (date DESC);
CREATE INDEX news_file ON news (file);
CREATE TABLE mention (
    film TEXT NOT NULL, news INTEGER NOT NULL, PRIMARY KEY (film, news)
) WITHOUT ROWID;
CREATE INDEX mention_news ON mention (news);
CREATE TABLE problem (
    file INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, message BLOB NOT NULL,
    crc INTEGER NOT NULL,     -- of the message
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
            "state",
            "facet",
            "news",
            "mention",
            "problem",
        )
    ),
    """SELECT 1 FROM search WHERE search MATCH '"¶away"' LIMIT 1""",
)
"""What an index must be able to answer when it is opened."""

Error = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a question to a database can raise; the second where a damaged one's error message is not UTF-8."""


class DamagedError(sqlite3.DatabaseError):
    """What is read is not what was put in."""


class GoneError(DamagedError):
    """The index's file is no longer there."""


@cache
def stamp() -> int:
    """What tells an index of this program from any other's, as its user_version: 31 bits.

    Words are folded by Python's Unicode tables, and films are stored by the names and types of their fields.
    """
    fields = [(kind.__name__, kind.__annotations__, kind.__struct_defaults__) for kind in _STORED]
    return crc32(repr((VERSION, __version__, unicodedata.unidata_version, fields)).encode()) >> 1


_STORED = (Film, Release, Earlier, Credit, Prose, News, Message)


def row(found: Cursor) -> Any:
    """The one row that has to be there. Raises DamagedError."""
    got = found.fetchone()
    if got is None:
        raise DamagedError
    return got


LONGEST_PREFIX = 3
"""Letters of a beginning of a word that `search` finds directly."""

PATIENCE = 5.0
"""Seconds that one waits for another process."""

_DAMAGE = (
    "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_CONSTRAINT", "SQLITE_TOOBIG",
    "SQLITE_INTERNAL", "SQLITE_CANTOPEN", "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR_SHORT_READ",
)  # fmt: skip
"""Not a database, not this one's tables, or no longer there. A full disk or a lock is none: the index stays."""


def damaged(error: Exception) -> bool:
    """Whether the index has to be made anew."""
    # sqlite3 itself raises an OperationalError, without SQLite's name for it, where a text is not UTF-8
    undecoded = isinstance(error, UnicodeDecodeError) or (type(error) is sqlite3.OperationalError and not _name(error))
    return undecoded or isinstance(error, DamagedError) or _name(error).startswith(_DAMAGE)


def closed(error: Exception) -> bool:
    """Whether another thread took the connection away, to make the index anew or because all is over."""
    return type(error) is sqlite3.ProgrammingError and not _name(error)


def _name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def unavailable(error: Exception, path: Path) -> IndexUnavailableError:
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
        """Opens the index, or makes one. Without a place for it there, it is a file of this run only."""
        self.path = path
        self.made = 0
        """How often the index was made here."""
        self._connections: dict[int, tuple[Connection, int]] = {}  # by thread: it, and its file's identity
        self._lock = threading.Lock()
        self._closed = False
        self._temporary: Path | None = None
        self.open()

    @property
    def connection(self) -> Connection:
        """This thread's. Raises GoneError."""
        known = self._connections.get(threading.get_ident())
        # the file may have been thrown away and made anew, here or by another process
        if known and known[1] == self._identity():
            return known[0]
        if not self.path.exists():
            raise GoneError
        return self._connect()

    def _identity(self) -> int:
        try:
            return os.stat(self.path).st_ino  # noqa: PTH116 (at every question: half the time of Path.stat)
        except OSError:
            return 0

    @contextlib.contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[None]:
        """Be the only writer, of all threads and processes. Raises IndexBusyError, IndexUnavailableError.

        The index's own lock is given up at each of a build's commits; this one is kept until the end, and falls
        with the process.
        """
        path = self.path.with_name(self.path.name + ".lock")
        try:
            try:
                lock = _locked(path, patience)
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                path.parent.mkdir(parents=True, exist_ok=True)
                _throw_away(path)  # something else of that name, which nobody can have locked
                lock = _locked(path, patience)
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None
        try:
            yield
        finally:
            lock.close()

    def _connect(self) -> Connection:
        with self._lock:
            if self._closed:
                raise sqlite3.ProgrammingError
            own = threading.get_ident()
            self._drop(own, *(self._connections.keys() - {thread.ident for thread in threading.enumerate()}))
            made = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
            try:
                # Nothing here cannot be made again: no wait for the disk at each commit.
                made.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
            except BaseException:
                made.close()
                raise
            self._connections[own] = made, self._identity()
            return made

    def open(self) -> None:
        """Have an index that can be asked: the one that is there, or a new one. Raises OSError, sqlite3's errors."""
        try:
            self._open()
        except (*Error, OSError, IndexUnavailableError):
            self._elsewhere()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(*Error):
            if self._sound():
                return
        with self.writing():
            with contextlib.suppress(*Error):
                if self._sound():  # another process made it meanwhile
                    return
            self._replace()

    def _elsewhere(self) -> None:
        """No place in the cache (read-only, full, a file): this run makes its own."""
        self._disconnect()
        self._leave_temporary()
        self._temporary = Path(tempfile.mkdtemp(prefix="filmtui-"))
        self.path = self._temporary / self.path.name
        self._open()

    def _leave_temporary(self) -> None:
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _sound(self) -> bool:
        if not self.path.exists() or not self.current:
            return False
        for question in _PROBES:
            self.connection.execute(question).fetchone()
        return True

    @property
    def current(self) -> bool:
        """Whether the index is of this version of the program."""
        return bool(row(self.connection.execute("PRAGMA user_version"))[0] == stamp())

    def rebuild(self) -> None:
        """Throw everything away: an empty index. Raises IndexBusyError.

        In its place where that can be done, as others may have the file open.
        """
        try:
            with self.writing():
                self._disconnect(threading.get_ident())  # a question that met damage still holds its table
                self._replace()
        except IndexBusyError:
            raise
        except (*Error, OSError, IndexUnavailableError):
            self._elsewhere()

    def _replace(self) -> None:
        try:
            self._make()
        except Error as error:
            if not damaged(error):
                raise unavailable(error, self.path) from None
            self._disconnect()
            for suffix in ("", "-wal", "-shm"):
                _throw_away(self.path.with_name(self.path.name + suffix))
            self._make(self._connect())

    def _make(self, connection: Connection | None = None) -> None:
        with self.transaction(connection) as database:
            virtual = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
            for (name,) in database.execute(virtual).fetchall():
                if not name.startswith("sqlite_"):  # what a full-text table consists of goes with it
                    database.execute(f'DROP TABLE IF EXISTS "{name}"')
            for statement in _TABLES.split(";\n"):
                database.execute(statement)
            # another beginning each time, so that nobody takes it for the index of before
            database.execute("INSERT INTO state VALUES (random() >> 1, ?, ?)", (b"[]", crc32(b"[]")))
            database.execute(f"PRAGMA user_version = {stamp()}")
        self.made += 1

    def _disconnect(self, *threads: int) -> None:
        """Close the connections of these threads; of all, where none is named."""
        with self._lock:
            self._drop(*(threads or list(self._connections)))

    def _drop(self, *threads: int) -> None:
        for ident in threads:
            if known := self._connections.pop(ident, None):
                with contextlib.suppress(*Error):
                    known[0].close()

    def close(self) -> None:
        """For good: who asks afterwards gets an error, see `closed`."""
        self._closed = True
        self._disconnect()
        self._leave_temporary()

    @contextlib.contextmanager
    def transaction(self, connection: Connection | None = None) -> Iterator[Connection]:
        connection = connection or self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _locked(path: Path, patience: float) -> Connection:
    lock = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except BaseException:
        lock.close()
        raise
    return lock


def _throw_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
