"""What a source of a kind is given to ask with, and what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tui.base.errors import message
from tui.base.words import N_
from tui.imports.sources.incoming import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tui.base.errors import Problem
    from tui.catalog.sources import Followed
    from tui.films.film import Release
    from tui.imports.following.state import LayerState
    from tui.imports.sources.incoming import Incoming
    from tui.net.client import Client

NOT_UNDERSTOOD = N_("{source}: the answer is not what it should be; check the address, or try again later")


class Told(NamedTuple):
    """A film of a source, under the key by which the source itself knows it."""

    incoming: Incoming
    mark: str = ""
    """By which the source sees whether it has to ask for the film again."""


class Fetched(NamedTuple):
    told: dict[str, Told]
    """By key, in the source's order."""
    memory: dict[str, str]
    """What the next question begins with."""
    still: frozenset[str] = frozenset()
    """Keys of films that are still there, and were not asked for."""
    problems: tuple[Problem, ...] = ()


class Asking(NamedTuple):
    source: Followed
    client: Client
    before: LayerState
    """As of the last time; its memory is empty where something else was asked then."""
    today: date
    token: str
    """TMDB's; empty without one."""
    tell: Callable[[int, int], None]
    """Called with how many films are done, and of how many."""

    def within(self, releases: tuple[Release, ...]) -> bool:
        """Whether any of the releases opens in the months that are asked for, or has no date."""
        first, last = self.source.span(self.today)
        low, high = first.key - first.key % 100, last.period
        return not releases or any(
            release.date is None or low <= release.when.key <= high or release.when.holds(first)
            or release.when.holds(last) for release in releases
        )  # fmt: skip


def decoded(data: bytes, source: str) -> dict[str, Any]:
    """An object out of JSON. Raises SourceError."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise not_understood(source)
    return found


def not_understood(source: str) -> SourceError:
    return SourceError(message(NOT_UNDERSTOOD, source=source))
