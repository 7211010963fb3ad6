"""What a source holds: films as it tells them, before anything is known of the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from tui.base.errors import FilmtuiError, Message, Problem, message
from tui.base.words import N_
from tui.films.film import Film, News, Release

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PROBLEMS = 200
"""Reported one by one; the rest is counted."""


class SourceError(FilmtuiError):
    """Nothing can be taken from the source; its message says why, and what would be right."""


class Incoming(msgspec.Struct, frozen=True):
    """A film as a source tells it: what it does not say is absent."""

    film: Film
    """Its id is empty unless the source is one of filmtui's own exports. All texts are clean."""
    line: int = 1
    """Where in the source, from 1."""
    year: int | None = None
    """Of production, if the source says."""


class Taken(msgspec.Struct):
    films: list[Incoming] = []
    news: list[News] = []
    problems: list[Problem] = []
    """What could not be taken, or was and should be looked at: its path is the source's name, clean."""


def completed(one: Incoming, other: Incoming, releases: tuple[Release, ...]) -> Incoming:
    """One film out of two of the same source: the first, with what only the other says, and these releases."""
    values = {name: getattr(one.film, name) or getattr(other.film, name) for name in Film.__struct_fields__}
    film = Film(**{**values, "releases": releases, "links": other.film.links | one.film.links})
    return Incoming(film, one.line, one.year or other.year)


Report: TypeAlias = "Callable[[int, Message], None]"
"""Takes a line and what is wrong there."""


class Problems:
    """What is wrong in a source, by line; to report it, call it."""

    def __init__(self, name: str, more: str = N_("there are {count} more like these, from this line on")) -> None:
        """`name` is the source's, `more` the message for what is only counted."""
        self._name = name
        self._more = more
        self._kept: list[Problem] = []
        self._counted = self._since = 0

    def __call__(self, line: int, text: Message) -> None:
        if len(self._kept) < MOST_PROBLEMS:
            problem = Problem(self._name, line, 1, text)
            if problem not in self._kept:  # each screening of a film says its age class again
                self._kept.append(problem)
        else:
            self._since = self._since or line
            self._counted += 1

    def reported(self) -> list[Problem]:
        """Those that were kept by their lines, then how many more there are."""
        problems = sorted(self._kept, key=lambda problem: problem.line)
        if self._counted:
            problems.append(Problem(self._name, self._since, 1, message(self._more, count=self._counted)))
        return problems
