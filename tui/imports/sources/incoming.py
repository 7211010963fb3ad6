"""What a source holds: films as it tells them, before anything is known of the catalog."""

from __future__ import annotations

import msgspec

from tui.base.errors import FilmtuiError, Problem
from tui.films.film import Film, News  # noqa: TC001 (msgspec reads the annotations)


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
