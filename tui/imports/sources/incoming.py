"""What a source holds: films as it tells them, before anything is known of the catalog."""

from __future__ import annotations

import msgspec

from tui.base.errors import FilmtuiError, Problem
from tui.films.film import Film, News, Release


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
