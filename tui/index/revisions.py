"""How often each event of a published calendar has changed, and when last: kept in the state directory, as no file of
the catalog says so.

It stands in this room because it is a database: of a million events only those that have changed are written.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from tui.index.failures import Error, damaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TABLE = """CREATE TABLE IF NOT EXISTS revision (
    uid TEXT NOT NULL, variant TEXT NOT NULL, digest BLOB NOT NULL, sequence INTEGER NOT NULL,
    modified INTEGER NOT NULL, PRIMARY KEY (uid, variant)) WITHOUT ROWID"""
_KNOWN = "SELECT digest, sequence, modified FROM revision WHERE uid = ? AND variant = ?"
_KEEP = "INSERT OR REPLACE INTO revision VALUES (?, ?, ?, ?, ?)"

_PATIENCE = 10.0
"""Seconds to wait for another process, which writes for some milliseconds at a time."""
_MOST = 2**31 - 1
"""The greatest SEQUENCE that iCalendar has (RFC 5545, 3.3.8)."""
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


class Revision(NamedTuple):
    sequence: int
    """How often it has changed."""
    modified: int
    """When it changed last: seconds since 1970, UTC."""


class Edition(NamedTuple):
    """What an event says now."""

    uid: str
    digest: bytes
    """Of all that its readers see."""
    told: Revision
    """What the catalog itself says of its changes: what holds where nothing else is known."""


class Revisions:
    """The revisions of one catalog's events, in a file; None: of nothing, then what the catalog says holds.

    Safe with several processes. A damaged file is begun anew. Methods raise nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self.lost = False
        """Whether something could not be written, so that the next export finds the same changes again."""

    def close(self) -> None:
        if self._db:
            self._db.close()
        self._db = None

    def of(self, variant: str, editions: Sequence[Edition], now: int) -> list[Revision]:
        """The revisions of these events; where one's digest is another one than was kept, it has changed now.

        `variant` tells events of one UID with other words apart, such as those in another language. `now` is in
        seconds; an event's time of change grows with each change, be it by a second.
        """
        if not self._path:
            return [edition.told for edition in editions]
        for _ in range(2):
            try:
                return self._revised(self._opened(self._path), variant, editions, now)
            except (*Error, OSError) as error:
                self.close()
                if isinstance(error, OSError) or not damaged(error):
                    break
                with contextlib.suppress(OSError):
                    self._path.unlink()
        self.lost = True
        return [edition.told for edition in editions]

    def _opened(self, path: Path) -> sqlite3.Connection:
        if not self._db:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            self._db.execute(_TABLE)
        return self._db

    def _revised(self, db: sqlite3.Connection, variant: str, editions: Sequence[Edition], now: int) -> list[Revision]:
        found, changed = _compared(db, variant, editions, now)
        if changed and not self.lost:
            try:
                db.execute("BEGIN IMMEDIATE")
                # asked again: another process may have seen the same changes, and its revisions are out
                found, changed = _compared(db, variant, editions, now)
                db.executemany(_KEEP, changed)
                db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if damaged(error):
                    raise
                if db.in_transaction:
                    db.execute("ROLLBACK")
                self.lost = True  # no space, no permission
        return found


def _compared(
    db: sqlite3.Connection, variant: str, editions: Sequence[Edition], now: int
) -> tuple[list[Revision], list[tuple[str, str, bytes, int, int]]]:
    """Each event's revision, and what of it is to be kept."""
    found, changed = [], []
    for edition in editions:
        digest, revision = None, edition.told
        if row := db.execute(_KNOWN, (edition.uid, variant)).fetchone():
            digest, sequence, modified = row
            if not (_within(sequence, _MOST) and _within(modified, _LATEST)):
                digest = None  # damaged
            elif digest == edition.digest:
                revision = Revision(sequence, modified)
            else:
                sequence = max(sequence + 1, edition.told.sequence)
                modified = max(modified + 1, edition.told.modified, now)
                revision = Revision(min(sequence, _MOST), min(modified, _LATEST))
        found.append(revision)
        if digest != edition.digest:
            changed.append((edition.uid, variant, edition.digest, *revision))
    return found, changed


def _within(value: object, most: int) -> bool:
    return isinstance(value, int) and 0 <= value <= most
