"""What can go wrong with an index's file: what means that it has to be made anew, and what the user is told."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tui.base.errors import IndexBusyError, IndexUnavailableError, message
from tui.base.reasons import reason_of
from tui.base.text import clean
from tui.base.words import N_

if TYPE_CHECKING:
    from pathlib import Path

Error = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a question to a database can raise; the second where a damaged one's error message is not UTF-8."""


class DamagedError(sqlite3.DatabaseError):
    """What is read is not what was put in."""


class GoneError(DamagedError):
    """The index's file is no longer there."""


_DAMAGE = (
    "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_CONSTRAINT", "SQLITE_TOOBIG",
    "SQLITE_INTERNAL", "SQLITE_CANTOPEN", "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR_SHORT_READ",
)  # fmt: skip
"""SQLite's names of errors that mean: not a database, not with these tables, or no longer there.

A full disk and a lock are not among them: they leave the index as it was.
"""


def damaged(error: Exception) -> bool:
    """Whether the index has to be made anew."""
    # sqlite3 itself raises an OperationalError, without SQLite's name for it, where a text is not UTF-8
    undecoded = isinstance(error, UnicodeDecodeError) or (type(error) is sqlite3.OperationalError and not _name(error))
    return undecoded or isinstance(error, DamagedError) or _name(error).startswith(_DAMAGE)


def closed(error: Exception) -> bool:
    """Whether another thread closed the connection, to make the index anew or because the program ends."""
    return type(error) is sqlite3.ProgrammingError and not _name(error)


def _name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def unavailable(error: Exception, path: Path) -> IndexUnavailableError:
    """The error for the user when the index could not be asked or written: IndexBusyError where it is locked."""
    if _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy()
    where, why = clean(str(path)), reason_of(error) if isinstance(error, OSError) else clean(str(error))
    return IndexUnavailableError(
        message(N_("{path}: the index cannot be written ({why}); check space and permissions there"),
                path=where, why=why),
    )  # fmt: skip


def busy() -> IndexBusyError:
    """The error for the user when another process has been writing for longer than one waits."""
    return IndexBusyError(
        message(N_("another filmtui is reading this catalog, so films may be missing; try again when it is done")),
    )
