"""What is written out: the rows of a view with their films, and what they are told with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.base.errors import StoppedError, message
from tui.base.words import N_
from tui.films.dates import from_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from tui.base.words import Words
    from tui.films.film import Film
    from tui.index.query import Row
    from tui.library.library import Library, View


@dataclass(frozen=True)
class Options:
    """Where a format leaves a choice. A format heeds those that its row in `formats.py` names."""

    excel: bool = False
    """A table as Excel opens it by a double click."""
    partial: bool = False
    """Calendars: whether what has a month and no day stands on the month's first."""
    alarm: int | None = None
    """Calendars: how many hours before the day begins an alarm goes off; None: never."""
    calendar_name: str = ""
    """What the calendar, or the site, is called; empty: film releases, in the user's language."""
    source_url: str = ""
    """Where the feed, or the site, will be found."""


@dataclass(frozen=True)
class Listing:
    """A view of a library. It is read a page at a time while it is written, so memory does not grow with it."""

    library: Library
    view: View
    words: Words
    today: date
    options: Options = Options()
    revisions: Path | None = None
    """The file in which calendars keep how often each event has changed, `Places.revisions`; None: of nothing."""
    tell: Callable[[str], None] = lambda _: None
    """Takes a line that the reader has to know beside what is written, in their language."""
    leave: Callable[[int], None] = lambda _: None
    """Takes how many releases a format had to leave out."""
    stop: Callable[[], bool] = lambda: False
    """Whether nobody wants it any more; then what is being written raises StoppedError."""

    def rows(self) -> Iterator[Row]:
        """In calendar order. Raises IndexUnavailableError, StoppedError."""
        for row in self.library.all_rows(self.view):
            if self.stop():
                raise StoppedError(message(N_("nothing was written")))
            yield row

    def entries(self) -> Iterator[tuple[Row, Film]]:
        """The same, each with its film. Raises IndexUnavailableError, StoppedError."""
        for row in self.rows():
            yield row, self.library.film(row.id)

    def of(self, period: int) -> Listing:
        """The releases of one period."""
        return replace(self, view=self.view.within(period))

    def credited(self) -> Iterator[tuple[Row, Film]]:
        """The same for formats without room for words: in the end `tell` takes what TMDB asks for, where it is used."""
        from tui.films.terms import TMDB_NOTICE, TMDB_SOURCE

        used = False
        for row, film in self.entries():
            used = used or film.rows[row.ordinal].source == TMDB_SOURCE
            yield row, film
        if used:
            self.tell(TMDB_NOTICE)

    @property
    def months(self) -> dict[int, int]:
        """Each period that is written, and how many rows it has."""
        return dict(self.view.shown)

    @property
    def ends(self) -> tuple[int, ...]:
        """The first and the last month; one where they are the same, none where nothing has a month."""
        return ends_of(self.view)


def ends_of(view: View) -> tuple[int, ...]:
    """The first and the last month of a view: two, one or none."""
    months = [period for period, _ in view.shown if from_key(period).month]
    return tuple(dict.fromkeys(months[:1] + months[-1:]))
