"""Opening the index so that a stale, damaged or vanished one is made anew; who may write."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tui.base.errors import IndexBusyError, IndexUnavailableError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_
from tui.index.schema import PROBES, TABLES, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection, Cursor


Error = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a question to a database can raise; the second where a damaged one's error message is not UTF-8."""


class DamagedError(sqlite3.DatabaseError):
    """What is read is not what was put in."""


class GoneError(DamagedError):
    """The index's file is no longer there."""


def row(found: Cursor) -> Any:
    """The one row that has to be there. Raises DamagedError."""
    got = found.fetchone()
    if got is None:
        raise DamagedError
    return got


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
        for question in PROBES:
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
            for statement in TABLES.split(";\n"):
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
