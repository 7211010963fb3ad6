"""Opening the index so that a stale, damaged or vanished one is made anew; who may write."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tui.base.errors import IndexBusyError, IndexUnavailableError
from tui.index.failures import DamagedError, Error, GoneError, damaged, unavailable
from tui.index.schema import PROBES, TABLES, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Cursor


Connection = sqlite3.Connection
"""What questions are put to. Named here, as no other room knows sqlite3."""


def the_row(found: Cursor) -> Any:
    """The first row of an answer that always has one. Raises DamagedError."""
    got = found.fetchone()
    if got is None:
        raise DamagedError
    return got


def the_text(value: object) -> str:
    """A text without a checksum. Raises DamagedError where it is none any more."""
    if type(value) is not str:
        raise DamagedError
    return value


PATIENCE = 5.0
"""Seconds to wait for another process that writes."""


class Database:
    """One index file. Each thread has its own connection to it; only one of all threads and processes writes."""

    def __init__(self, path: Path) -> None:
        """Opens the index, or makes one. Where it cannot be made there, it is a temporary file of this run.

        Raises IndexUnavailableError and OSError where that cannot be made either.
        """
        self.path = path
        self.made = 0
        """How often the index was made here."""
        self._connections: dict[int, tuple[Connection, int]] = {}  # by thread: it, and its file's identity
        self._lock = threading.Lock()
        self._closed = False
        self.asked: set[int] = set()
        """Threads whose question is being answered."""
        self._temporary: Path | None = None
        self.open()

    @property
    def connection(self) -> Connection:
        """This thread's connection to the file that is there now. Raises GoneError where there is none."""
        if self._closed:
            raise sqlite3.ProgrammingError
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
        """Be the only writer of all threads and processes, once the one before has ended, for `patience` seconds.

        A build gives the index's own lock up at each commit. So it holds another one until its end: an exclusive
        transaction on an empty database beside the index, which the system releases when the process ends.
        Raises IndexBusyError, IndexUnavailableError.
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
                # all of it can be made again, so a commit does not wait for the disk
                made.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
            except BaseException:
                made.close()
                raise
            self._connections[own] = made, self._identity()
            return made

    def open(self) -> None:
        """Open the index that is there, or make a new one where it is stale or damaged. Raises as the class does."""
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
        """There is no place for it in the cache (read-only, full, a file): open one in a temporary directory."""
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
        """Whether the index was made by the same program, see `schema.stamp`. Raises sqlite3's errors."""
        return bool(the_row(self.connection.execute("PRAGMA user_version"))[0] == stamp())

    def rebuild(self) -> None:
        """Empty the index, in the same file where that can be done, as other processes may have it open.

        Raises IndexBusyError, and as the class does.
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
            # a generation that it has not had: who has shown an earlier one sees that this is another
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
        """Close all connections. A question put afterwards raises an error, see `closed`.

        Those that are being answered in other threads are broken off first: SQLite crashes the process where a
        connection is closed under its question. One that does not end within a second keeps its connection.
        """
        self._closed = True
        own, end = threading.get_ident(), time.monotonic() + 1
        while (others := self.asked - {own}) and time.monotonic() < end:
            with self._lock, contextlib.suppress(*Error):
                for ident in others & self._connections.keys():
                    self._connections[ident][0].interrupt()
            time.sleep(0.001)
        self._disconnect(own, *(self._connections.keys() - others))
        self._leave_temporary()

    @contextlib.contextmanager
    def transaction(self, connection: Connection | None = None) -> Iterator[Connection]:
        """All of what is written within, or nothing of it. Raises sqlite3's errors."""
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
    """Closing it gives the lock up. Raises sqlite3's errors."""
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
