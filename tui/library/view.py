"""The rows of a selection as the calendar counts them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

import msgspec

from tui.index.selection import Selection


class View(msgspec.Struct, frozen=True):
    """How many rows a selection has in each period of the calendar, see `dates.period_of`.

    It is a value: to show one period, or to find the row on a line, needs no question to the index.
    """

    selection: Selection = Selection()
    months: tuple[tuple[int, int], ...] = ()
    """Each period that has rows, and how many, in calendar order."""
    only: int | None = None
    """The one period that is shown; None shows all."""
    starts: tuple[int, ...] = (0,)
    """For each shown period the index of its first row, and at the end the number of all rows."""
    partial: bool = False
    """Whether the selection has more rows than are counted: the last month may go on, and others follow."""
    generation: int = 0
    """The generation of the index that it was counted in, see `Library.generation`."""

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        """The periods that are shown, and how many rows each has."""
        if self.only is None:
            return self.months
        return tuple(month for month in self.months if month[0] == self.only)

    @property
    def total(self) -> int:
        """Rows in the shown periods."""
        return self.starts[-1]

    @property
    def everything(self) -> int:
        """Rows in all periods, shown or not."""
        return sum(rows for _, rows in self.months)

    def month_of(self, index: int) -> int:
        """The position in `shown` of the period that row `index` stands in."""
        return max(0, min(bisect_right(self.starts, index) - 1, len(self.starts) - 2))

    def within(self, period: int | None) -> View:
        """The same selection, of which one period is shown, or all (None)."""
        return view_of(self.selection, self.months, period, self.generation, partial=self.partial)


def view_of(
    selection: Selection,
    months: tuple[tuple[int, int], ...],
    only: int | None,
    generation: int,
    *,
    partial: bool = False,
) -> View:
    """A View with its running totals."""
    counts = (rows for period, rows in months if only in {None, period})
    return View(selection, months, only, (0, *accumulate(counts)), partial, generation)
