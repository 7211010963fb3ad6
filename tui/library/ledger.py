"""What changed in a catalog and when: kept beside the index, as it cannot be made again from the files."""

from __future__ import annotations

import contextlib
import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
from typing import TYPE_CHECKING

import msgspec

from tui.films.facts import RELEASE
from tui.films.film import Film, Release
from tui.films.pairs import paired

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = ("added", "moved", "status", "removed")

_MOST = 50_000
"""Entries that are kept: some 10 MB."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened to one release of a film."""

    day: dt.date
    """On which it was noticed."""
    kind: str
    """One of KINDS."""
    id: str
    title: str
    type: str = "theatrical"
    region: str = "ID"
    was: str | None = None
    """The date before, as Release.date."""
    date: str | None = None
    status: str = "confirmed"
    source: str | None = None

    @property
    def home(self) -> bool:
        return Release(type=self.type, region=self.region).home

    @property
    def what(self) -> tuple[str, str, str, str, str | None, str | None]:
        """By which two records of one thing are known."""
        return self.kind, self.id, self.type, self.region, self.was, self.date if self.kind != "status" else self.status


class Ledger:
    """A file of one entry a line, oldest first. What cannot be read of it is passed over."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, entries: Iterable[Entry]) -> None:
        """Raises nothing: without a place to write the calendar goes on, and these entries are lost."""
        lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
        if not lines:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as stream:
                stream.write(lines)
            self._shorten()

    @property
    def size(self) -> int:
        """Bytes; what is added later stands behind them."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def behind(self, size: int) -> list[Entry]:
        """Those that were added after the ledger had this size; all, if it has been shortened since."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return []
        return _read(data[size if size <= len(data) else 0 :])

    def since(self, day: dt.date) -> list[Entry]:
        """Those of this day and later, oldest first."""
        return [entry for entry in self.behind(0) if entry.day >= day]

    def _shorten(self) -> None:
        lines = self._path.read_bytes().splitlines(keepends=True)
        if len(lines) > _MOST:
            new = self._path.with_suffix(".new")
            new.write_bytes(b"".join(lines[-_MOST // 2 :]))
            new.replace(self._path)


def _read(data: bytes) -> list[Entry]:
    decode = msgspec.json.Decoder(Entry).decode
    found = []
    for line in data.splitlines():
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            found.append(decode(line))
    return found


class Visit(msgspec.Struct, frozen=True):
    """The last time that somebody looked at the calendar."""

    day: dt.date
    read: int
    """The ledger's size then."""
    unseen: list[str] = []
    """Ids of changed films that the cursor had not been on."""


def last_visit(path: Path) -> Visit | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Visit)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def keep_visit(path: Path, visit: Visit) -> None:
    """Raises nothing: without a place to write, marks come again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(visit))
        new.replace(path)


def compare(before: Film | None, after: Film | None, day: dt.date) -> list[Entry]:
    """What became of a film's releases between two readings of it."""
    film = after or before
    assert film

    def entry(kind: str, release: Release, was: Release | None = None) -> Entry:
        return Entry(
            day, kind, film.id, film.title, release.type, release.region,
            was.date if was else None, release.date, release.status, release.source,
        )  # fmt: skip

    if before is None:
        return [entry("added", release) for release in film.rows]
    if after is None:
        return [entry("removed", release) for release in film.rows]
    found = []
    pairs = paired(before.rows, after.rows)
    for release, number in zip(after.rows, pairs, strict=True):
        if number is None:
            found.append(entry("added", release))
            continue
        was = before.rows[number]
        found += [
            entry(kind, release, was)
            for fact in RELEASE
            if fact.compare and (kind := fact.compare(getattr(was, fact.name), getattr(release, fact.name)))
        ]
    met = set(pairs)
    return found + [entry("removed", release) for number, release in enumerate(before.rows) if number not in met]


def own_moves(film: Film, since: dt.date) -> list[Entry]:
    """What the film's own history says."""
    found = []
    for release in film.releases:
        later = [*(earlier.date for earlier in release.history[1:]), release.date]
        sources = [*(earlier.source for earlier in release.history[1:]), release.source]
        for earlier, date, source in zip(release.history, later, sources, strict=True):
            if earlier.recorded and earlier.recorded >= since:
                found.append(
                    Entry(earlier.recorded, "moved", film.id, film.title, release.type, release.region,
                          earlier.date, date, release.status, source)
                )  # fmt: skip
    return found
