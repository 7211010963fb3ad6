"""Which line of the list is what: a row of the view, its month's header, or a line between rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import msgspec

from tui.library.view import View  # noqa: TC001 (msgspec reads the annotations)


class Between(NamedTuple):
    """A line that is no row: a rule or a holiday."""

    month: int
    """The position in View.shown of the month it stands in."""
    before: int
    """The row of the view before which it stands; that behind the month's last where it ends the month."""
    key: int
    """Of its day."""
    text: str
    note: str = ""
    """At the line's end."""
    brief: str = ""
    """The same where there is less room."""
    rule: bool = False
    """Drawn as a rule through the pane, else as a holiday's row."""


class Header(NamedTuple):
    month: int


class At(NamedTuple):
    """A row of the view, and the month it stands in."""

    month: int
    row: int


class Lines(msgspec.Struct, frozen=True):
    """The arithmetic of lines: O(log n) for a view of n months and a few lines between rows.

    Without those the header of month m is line starts[m] + m, and row i of it line i + m + 1. Each line between
    moves what is behind it by one.
    """

    view: View
    between: tuple[Between, ...] = ()
    """In the order of their lines."""
    places: tuple[tuple[int, int], ...] = ()
    """Month and index of each of them."""
    numbers: tuple[int, ...] = ()
    """The line of each of them."""

    @property
    def total(self) -> int:
        return self.view.total + len(self.view.shown) + len(self.between)

    def of_row(self, index: int) -> int:
        """The line of a row."""
        month = self.view.month_of(index)
        return index + month + 1 + bisect_right(self.places, (month, index))

    def at(self, number: int) -> Header | At | Between:
        """What line `number` is, 0..total-1."""
        before = bisect_left(self.numbers, number)
        if before < len(self.numbers) and self.numbers[before] == number:
            return self.between[before]
        plain = number - before
        starts = self.view.starts
        low, high = 0, len(starts) - 2
        while low < high:
            middle = (low + high + 1) // 2
            if starts[middle] + middle <= plain:
                low = middle
            else:
                high = middle - 1
        index = plain - low - 1
        return At(low, index) if index >= starts[low] else Header(low)


def lines_of(view: View, between: tuple[Between, ...] = ()) -> Lines:
    """`between` in any order; those of one place stay in theirs."""
    ordered = tuple(sorted(between, key=lambda one: one[:2]))
    places = tuple(one[:2] for one in ordered)
    numbers = tuple(index + month + 1 + nth for nth, (month, index) in enumerate(places))
    return Lines(view, ordered, places, numbers)
