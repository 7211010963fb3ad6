"""What is written out: the rows of a view with their films, and what they are told with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    partial: bool = False
    """ics, vdir: whether what has a month and no day stands on the month's first."""
    alarm: int | None = None
    """ics, vdir: how many hours before the day begins an alarm goes off; None: never."""
    calendar_name: str = ""
    """ics, vdir: what the calendar is called; empty: film releases, in the user's language."""
    source_url: str = ""
    """ics: where the feed will be found."""
    excel: bool = False
    """A table as Excel opens it by a double click."""


@dataclass(frozen=True)
class Listing:
    """A view of a library. It is read a page at a time while it is written, so memory does not grow with it."""

    library: Library
    view: View
    words: Words
    today: date
    options: Options = Options()
    state: Path | None = None
    """The directory where a format keeps what it has to remember of what it wrote before; None: of nothing."""
    tell: Callable[[str], None] = lambda _: None
    """Takes a line that the reader has to know beside what is written, in their language."""

    def rows(self) -> Iterator[Row]:
        """In calendar order. Raises IndexUnavailableError."""
        return self.library.all_rows(self.view)

    def entries(self) -> Iterator[tuple[Row, Film]]:
        """The same, each with its film. Raises IndexUnavailableError."""
        return self.library.entries(self.view)

    @property
    def months(self) -> dict[int, int]:
        """Each period that is written, and how many rows it has."""
        return dict(self.view.shown)
