"""The calendar's state: what is selected, what the library has answered to it, and where the cursor is.

Nothing of it knows the screen. The screen changes it and tells the active view, which reads it while it draws.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.app.calendar.daycursor import DayCursor
from tui.films.dates import key_of, period_of
from tui.library.library import key_of_place
from tui.library.understood import Understood
from tui.library.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tui.app.calendar.lines import Between
    from tui.films.holidays import Holiday
    from tui.library.instead import Offer
    from tui.library.library import Library, Row, Selection
    from tui.user.watchlist import Star

_PAGE = 64
"""Rows that are asked for at a time."""

_PAGES_KEPT = 24


class Anchor(NamedTuple):
    """The release that the cursor stays on, whatever becomes of the rows around it."""

    id: str
    ordinal: int
    place: int
    """Where it stood, see `library.Row`: the cursor goes there once the release has gone."""


class Question(NamedTuple):
    """What the library is to be asked behind the screen."""

    library: Library
    selection: Selection
    ahead: int | None
    """The date key of the month from which on rows are wanted before all are counted; None to count at once."""

    def answers(self) -> Iterator[View]:
        """The first rows, if they are wanted ahead, then all; from any thread.

        Raises IndexUnavailableError, IndexBusyError.
        """
        if self.ahead is not None:
            glimpse = self.library.glimpse(self.selection, self.ahead)
            yield glimpse
            if not glimpse.partial:
                return
        yield self.library.view(self.selection)


class CalendarState(DayCursor):
    """What the calendar shows. All but `select`, `go` and the attributes may raise what the library raises."""

    def __init__(self, library: Library, today: date, period: int | None = None) -> None:
        """`period` is the one to show at the start, None for all."""
        self.library = library
        self.today = today
        self.understood = Understood(selection=library.home)
        """The search, and what it means: `whole` is the answer to it, or still to the one before."""
        self.offers: tuple[Offer, ...] = ()
        """What to try instead of a search that finds nothing; none while they are not worked out."""
        self.period = period
        """The one period that is shown, None for all."""
        self.whole = View()
        """The rows of the selection in all periods."""
        self.view = View()
        """Those of `whole` that are shown."""
        self.cursor = 0
        """Index of the chosen row in `view`."""
        self.unseen: set[str] = set()
        """Ids of films that changed since the last visit, without those that the cursor was on in this one."""
        self.stars: dict[str, Star] = {}
        """What the user has starred, by the ids of films."""
        self.holidays: tuple[Holiday, ...] = ()
        """Of the years around today; none while they are not worked out."""
        self.between: tuple[Between, ...] = ()
        """The list's lines that are no rows."""
        self._seen: set[str] = set()
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        # an index where the row there could not be read, None while the user has chosen nothing
        self._anchor: Anchor | int | None = None

    # what is selected

    @property
    def selection(self) -> Selection:
        """What is asked for."""
        return self.understood.selection

    def select(self, understood: Understood) -> bool:
        """Want other rows. Whether they are others: then the library is to be asked `question`."""
        changed = understood.selection != self.selection
        if understood.text != self.understood.text:
            self.offers = ()
        self.understood = understood
        return changed

    def clear(self) -> bool:
        """Drop search, filters and period. True if the library is to be asked `question`, else all is shown now."""
        if not self.select(Understood(selection=self.library.home)):
            self._lay_out(self.whole, None, self._anchor)
            return False
        self.period = None
        return True

    @property
    def narrowed(self) -> bool:
        """Whether a search, a filter or a period leaves anything out."""
        return self.period is not None or self.selection != self.library.home

    @property
    def question(self) -> Question:
        """What the library is to be asked now."""
        if self.period is not None:
            near = self.period
        elif isinstance(self._anchor, Anchor):
            near = key_of_place(self._anchor.place)
        else:
            near = key_of(self.today)
        # the rows that are on the screen already stay there until they are counted anew
        known = self.whole.selection == self.selection and not self.whole.partial
        return Question(self.library, self.selection, None if known else near)

    def move_to(self, library: Library) -> None:
        """Go on with another catalog: what is selected and chosen stays. The library is to be asked `question`."""
        self.library = library
        there = msgspec.structs.replace(self.selection, region=library.home.region)
        self.understood = msgspec.structs.replace(self.understood, selection=there)
        self.whole = View()

    # what is answered

    def take(self, whole: View) -> bool:
        """Show this answer, the cursor on its release or next to it. False for the answer to another question."""
        if whole.selection != self.selection:
            return False
        self._lay_out(whole, self.period, self._anchor)
        return True

    def _lay_out(self, whole: View, period: int | None, anchor: Anchor | int | None) -> None:
        view = whole.within(period)
        cursor = self._cursor_in(view, anchor)  # first, as it may raise
        self.whole, self.period, self._anchor = whole, period, anchor
        self.view, self.cursor = view, max(0, min(cursor, view.total - 1))
        self.between = ()
        self._pages.clear()

    def _cursor_in(self, view: View, anchor: Anchor | int | None) -> int:
        if isinstance(anchor, int):
            return anchor
        if anchor is not None:
            found = self.library.find(view, anchor.id, anchor.ordinal)
            return self.library.position(view, anchor.place) if found is None else found
        past = view.only is not None and view.only < key_of(self.today)
        return 0 if past else self.library.next_from(view, self.today)

    def row(self, index: int) -> Row | None:
        """A row of the view; None outside it, or if the index has changed since the view was counted."""
        if not 0 <= index < self.view.total:
            return None
        page, within = divmod(index, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._pages[page] = []  # a page that cannot be read is not asked for again before the next answer
            rows = self._pages[page] = self.library.rows(self.view, page * _PAGE, _PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[within] if within < len(rows) else None

    # the cursor

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    def go(self, index: int) -> bool:
        """Move the cursor to this row, or to the nearest there is. Whether it moved; `keep` is to follow."""
        index = max(0, min(index, self.view.total - 1))
        if index == self.cursor and self._day is None:
            return False
        self._day = None
        self.cursor = self._anchor = index
        return True

    def anchor(self, id: str, ordinal: int = 0, place: int = 0) -> None:
        """Keep the cursor on this release, once an answer has it; see `Anchor`."""
        self._anchor = Anchor(id, ordinal, place)

    def keep(self) -> None:
        """Keep the cursor on the release that it is on now. Its film has been seen."""
        row = self.chosen
        if row is not None:
            self._anchor = Anchor(row.id, row.ordinal, row.place)
            self._seen.add(row.id)
            self.unseen.discard(row.id)

    def settle(self, *, reading: bool) -> None:
        """Keep the cursor where an answer has put it, unless it is kept on a release already.

        While the catalog is being read the first time, the nearest release may be yet to come: a cursor that the
        user has not moved goes along.
        """
        if isinstance(self._anchor, int) or (self._anchor is None and not reading):
            self.keep()

    @property
    def ended(self) -> bool:
        """Whether all that has a date is past, in a calendar that nothing narrows."""
        return not self.narrowed and self.library.ended(self.today) is not None

    @property
    def next_release(self) -> int:
        """Index of the next release from today on, see `Library.next_from`."""
        return self.library.next_from(self.view, self.today)

    def turn(self, today: date) -> bool:
        """Another day has begun. Whether the cursor was on the next release, as where the user has not moved it."""
        untouched = self.cursor == self.next_release
        self.today = self.library.today = today
        self.between = ()
        return untouched

    # periods

    def show_period(self, period: int | None) -> bool:
        """Show only this period, None for all. Whether it is another one; `keep` is to follow.

        The cursor stays on its release if that is in the period, else goes to the next one or a past period's first.
        """
        if period == self.period:
            return False
        anchor = self._anchor
        if period is not None and isinstance(anchor, Anchor) and period_of(key_of_place(anchor.place)) != period:
            anchor = None
        self._lay_out(self.whole, period, anchor)
        return True

    def period_beside(self, by: int) -> int | None:
        """The period to show instead of this one, a step before (-1) or after it (1).

        The cursor's where all are shown; at the ends this one.
        """
        periods = [period for period, _ in self.whole.months]
        if not periods:
            return self.period
        if self.period is None:
            row = self.chosen
            return period_of(row.key) if row else periods[0]
        if by >= 0:
            return next((period for period in periods if period > self.period), self.period)
        return next((period for period in reversed(periods) if period < self.period), self.period)

    # what has changed

    def mark(self) -> None:
        """Read anew what has changed since the last visit, and what is starred."""
        _, changed = self.library.since_visit()
        self.unseen = changed - self._seen
        self.stars = self.library.stars.films

    def leave(self) -> None:
        """The calendar is left: what the user has not seen is marked the next time too."""
        self.library.keep_visit(self.unseen)
