"""What changed in a catalog, and when. It is kept apart from the index, as it cannot be made again from the files."""

from __future__ import annotations

import contextlib
import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)
import os
from typing import TYPE_CHECKING

import msgspec

from tui.films.facts import RELEASE
from tui.films.film import Film, Release
from tui.films.pairs import paired

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LEDGER_KINDS = ("added", "moved", "status", "removed")

_MOST_KEPT = 50_000
"""Lines, some 10 MB. With more, the older half is dropped."""


class ReleaseChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened to one release of a film."""

    day: dt.date
    """The day on which it was noticed."""
    kind: str
    """One of LEDGER_KINDS."""
    id: str
    title: str
    type: str = "theatrical"
    region: str = "ID"
    was: str | None = None
    """The date before, as Release.date; None where it had none."""
    date: str | None = None
    """The date now, or the last one of what was taken out."""
    status: str = "confirmed"
    source: str | None = None
    """Where the date is from, as Release.source."""

    @property
    def home(self) -> bool:
        """Whether the calendar shows such a release unless asked for more."""
        return Release(type=self.type, region=self.region).home

    @property
    def what(self) -> tuple[str, str, str, str, str | None, str | None]:
        """What happened, without when and who says so: equal for two records of the same change."""
        return self.kind, self.id, self.type, self.region, self.was, self.date if self.kind != "status" else self.status


class Ledger:
    """A file with a ReleaseChange as JSON on each line, oldest first. Lines that cannot be read are passed over."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, entries: Iterable[ReleaseChange]) -> None:
        """Add these at the end. Raises nothing: where the file cannot be written, they are lost."""
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
        """Bytes of the file, 0 without one. What is added later stands behind them."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def behind(self, size: int) -> list[ReleaseChange]:
        """What was added after the file had this size; all of it, where the file has become shorter."""
        try:
            with self._path.open("rb") as stream:
                if size <= os.fstat(stream.fileno()).st_size:
                    stream.seek(size)
                data = stream.read()
        except OSError:
            return []
        return _read(data)

    def since(self, day: dt.date) -> list[ReleaseChange]:
        """What was noticed on this day or later, oldest first."""
        return [entry for entry in self.behind(0) if entry.day >= day]

    def _shorten(self) -> None:
        lines = self._path.read_bytes().splitlines(keepends=True)
        if len(lines) > _MOST_KEPT:
            new = self._path.with_suffix(".new")
            new.write_bytes(b"".join(lines[-_MOST_KEPT // 2 :]))
            new.replace(self._path)


def _read(data: bytes) -> list[ReleaseChange]:
    decode = msgspec.json.Decoder(ReleaseChange).decode
    found = []
    for line in data.splitlines():
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            found.append(decode(line))
    return found


def compare(before: Film | None, after: Film | None, day: dt.date) -> list[ReleaseChange]:
    """What became of a film's releases between two readings of it, noticed on this day; None: it was not there."""
    film = after or before
    assert film

    def entry(kind: str, release: Release, was: Release | None = None) -> ReleaseChange:
        return ReleaseChange(
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


def own_moves(film: Film, since: dt.date) -> list[ReleaseChange]:
    """The moves that the film's own history records, on this day or later."""
    found = []
    for release in film.releases:
        if not release.history:
            continue
        later = [*(earlier.date for earlier in release.history[1:]), release.date]
        sources = [*(earlier.source for earlier in release.history[1:]), release.source]
        for earlier, date, source in zip(release.history, later, sources, strict=True):
            if earlier.recorded and earlier.recorded >= since:
                found.append(
                    ReleaseChange(earlier.recorded, "moved", film.id, film.title, release.type, release.region,
                          earlier.date, date, release.status, source)
                )  # fmt: skip
    return found
