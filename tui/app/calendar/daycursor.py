"""The calendar's cursor by days and weeks, where there may be no film for it to stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.films.dates import key_of, period_of

if TYPE_CHECKING:
    from datetime import date

    from tui.library.library import Library, Row
    from tui.library.view import View


class DayCursor:
    """What `CalendarState` knows of days. Its questions may raise what the library raises."""

    library: Library
    view: View
    today: date
    _day: date | None = None  # a day or a week without films, where the cursor cannot be

    @property
    def chosen(self) -> Row | None:
        raise NotImplementedError

    def row(self, index: int) -> Row | None:
        raise NotImplementedError

    def go(self, index: int) -> bool:
        raise NotImplementedError

    @property
    def day(self) -> date:
        """The cursor's day, or one in the middle of what is known of it; today without any."""
        if self._day is not None:
            return self._day
        row = self.chosen
        return (row and row.when.about) or self.today

    @property
    def exact_day(self) -> date | None:
        """The cursor's day; None on a film that has none."""
        if self._day is not None:
            return self._day
        row = self.chosen
        return row.when.exact if row else self.today

    @property
    def month(self) -> int | None:
        """The period that the cursor stands in."""
        if self._day is not None:
            return period_of(key_of(self._day))
        row = self.chosen
        return period_of(row.key) if row else None

    def go_to_day(self, day: date) -> None:
        """The cursor on this day: on its first film, or the next behind it if it has none. `keep` is to follow."""
        index = self.library.index_of(self.view, key_of(day))
        row = self.row(index)
        self.go(index)
        self._day = None if row and row.when.exact == day else day

    @property
    def week(self) -> date:
        """The first day of the week that is shown: the cursor's, unless it was left for one without films."""
        return self.library.week_start(self.day)

    def go_to_week(self, day: date) -> None:
        """Show this day's week, the cursor on its first film if it has one; `keep` is to follow."""
        start = self.library.week_start(day)
        index = self.library.index_of(self.view, key_of(start))
        row = self.row(index)
        opens = row.when.exact if row else None
        if opens is not None and self.library.week_start(opens) == start:
            self.go(index)
        else:
            self._day = start
