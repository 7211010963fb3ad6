"""What an import would change, as a value that a person can review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tui.base.errors import Problem
    from tui.films.film import Film, Held, News, Release
    from tui.imports.sources.incoming import Incoming


CHANGES = ("new", "moved", "completed", "unchanged", "uncertain")


_MANY = 3
"""Films from which on an import that puts off more than half of what it meets is doubted."""


class Move(msgspec.Struct, frozen=True):
    """A release whose date or status is another one now."""

    ordinal: int
    was: Release
    now: Release

    @property
    def later(self) -> bool:
        """Put off, or called off."""
        if self.was.status != self.now.status and self.now.status in {"postponed", "cancelled"}:
            return True
        return self.now.when.key > self.was.when.key

    @property
    def dated(self) -> bool:
        """Whether its date changed, not its status alone."""
        return self.was.date != self.now.date


class Change(msgspec.Struct, frozen=True):
    """What an import does to one film."""

    kind: str
    """One of CHANGES."""
    film: Film
    """As it would stand afterwards; of an uncertain one as it came."""
    before: Film | None = None
    file: str | None = None
    """Where `before` stands."""
    line: int = 1
    """Of the source."""
    moves: tuple[Move, ...] = ()
    fields: tuple[str, ...] = ()
    """What was not known before."""
    candidates: tuple[Held, ...] = ()
    """Of an uncertain one: the films that it may be."""
    incoming: Incoming | None = None
    source: str = ""
    """Of an uncertain one: what it was read from."""

    @property
    def writes(self) -> bool:
        return self.kind in {"new", "moved", "completed"}


class ChangeSet(msgspec.Struct, frozen=True):
    """All of an import, in the source's order."""

    changes: tuple[Change, ...] = ()
    news: tuple[News, ...] = ()
    """Those that the catalog has not."""
    rejected: tuple[Problem, ...] = ()

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return not self.news and not any(change.writes for change in self.changes)

    @property
    def doubtful(self) -> bool:
        """Whether it would put off more than half of the films it meets."""
        met = [change for change in self.changes if change.before is not None]
        off = [change for change in met if any(move.later for move in change.moves)]
        return len(off) >= _MANY and 2 * len(off) > len(met)
