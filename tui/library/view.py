"""The rows of a selection as the calendar counts them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

import msgspec

from tui.index.selection import Selection


class View(msgspec.Struct, frozen=True):
    """The rows of a selection as the calendar counts them: period by period."""

    selection: Selection = Selection()
    months: tuple[tuple[int, int], ...] = ()
    """Each period that has rows, and how many."""
    only: int | None = None
    """The one period that is shown, or None for all."""
    starts: tuple[int, ...] = (0,)
    """Index of the first row of each shown period, and behind the last the total."""
    partial: bool = False
    """Whether there are more rows than are counted here: the last month may go on, and others follow."""
    generation: int = 0
    """Of the index that it was counted in, see `Library.generation`."""

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        if self.only is None:
            return self.months
        return tuple(month for month in self.months if month[0] == self.only)

    @property
    def total(self) -> int:
        return self.starts[-1]

    @property
    def everything(self) -> int:
        """Rows in all periods, shown or not."""
        return sum(rows for _, rows in self.months)

    def month_of(self, index: int) -> int:
        """The position in `shown` of the period that row `index` stands in."""
        return max(0, min(bisect_right(self.starts, index) - 1, len(self.starts) - 2))

    def within(self, period: int | None) -> View:
        """The same rows, of one period or (None) of all."""
        return view_of(self.selection, self.months, period, self.generation, partial=self.partial)


def view_of(
    selection: Selection,
    months: tuple[tuple[int, int], ...],
    only: int | None,
    generation: int,
    *,
    partial: bool = False,
) -> View:
    counts = (rows for period, rows in months if only in {None, period})
    return View(selection, months, only, (0, *accumulate(counts)), partial, generation)
