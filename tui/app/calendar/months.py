"""The strip of months: a year at a time, each month in its fixed place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.message import Message

from tui.app.widgets.bars import Bar
from tui.films import dates, spoken
from tui.films.dates import UNDATED
from tui.library.view import View

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from tui.base.words import Words

_COUNTED, _NAMED = 8, 5
"""Cells of a month with the number of its films, and with its name alone."""


class _Tab(NamedTuple):
    start: int
    end: int
    period: int
    """Where a click leads."""


class MonthStrip(Bar):
    """The months of the year that the cursor stands in; one month with arrows where there is little room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "months--year",
        "months--month",
        "months--empty",
        "months--current",
        "months--active",
        "months--hover",
        "months--rule",
    }

    class Picked(Message):
        """A month was clicked."""

        def __init__(self, period: int) -> None:
            super().__init__()
            self.period = period

    def __init__(self, words: Words) -> None:
        super().__init__(id="months")
        self._words = words
        self._view = View()
        self._current: int | None = None
        self._tabs: list[_Tab] = []

    def show(self, view: View, current: int | None) -> None:
        """The months of the view; `current` is the period that the cursor stands in."""
        if (view.months, view.only, current) != (self._view.months, self._view.only, self._current):
            self._view, self._current = view, current
            self.refresh()

    # drawing

    def parts(self, width: int) -> list[tuple[str, Style]]:
        self._tabs = []
        counts = dict(self._view.months)
        dated = [period for period in counts if period != UNDATED]
        empty = self._current is not None and dates.from_key(self._current).month is not None  # a month without films
        current = self._current if self._current in counts or empty else next(iter(dated), None)
        if current is None:
            return []
        if current == UNDATED:
            current = dated[-1] if dated else UNDATED
        if width < 12 * _NAMED + 12 or current == UNDATED:
            return self._one(current, list(counts))
        return self._year(current, counts, width)

    def _one(self, current: int, periods: list[int]) -> list[tuple[str, Style]]:
        """‹ Jan 2026 ›"""
        current = self._current if self._current in periods else current
        before = max((period for period in periods if period < current), default=None)
        after = min((period for period in periods if period > current), default=None)
        name = spoken.brief(current, self._words)
        active = "months--active" if self._view.only == current else "months--current"
        return [
            self._arrow(" ‹ ", 0, before),
            (name, self.style_of(active)),
            self._arrow(" › ", 3 + len(name), after),
        ]

    def _arrow(self, text: str, at: int, period: int | None) -> tuple[str, Style]:
        if period is None:
            return text, self.style_of("months--rule")
        return self._tab(text, at, period, "months--year")

    def _tab(self, text: str, at: int, period: int, style: str) -> tuple[str, Style]:
        tab = _Tab(at, at + len(text), period)
        self._tabs.append(tab)
        hovered = self.hover is not None and tab.start <= self.hover < tab.end
        return text, self.style_of(style) + self.style_of("months--hover") if hovered else self.style_of(style)

    def _year(self, current: int, counts: dict[int, int], width: int) -> list[tuple[str, Style]]:
        """‹ 2026  Jan 20│ Feb 14│ …  ›  Belum ada tanggal 3"""
        year = current // 10_000
        undated = (
            f"  {spoken.period(UNDATED, self._words)} {self._words.number(counts[UNDATED])} "
            if UNDATED in counts
            else ""
        )
        head, tail = 8, 3
        if width - head - tail - len(undated) < 12 * _COUNTED:
            undated = ""
        room = min((width - head - tail - len(undated)) // 12, _COUNTED + 2)
        parts = [
            self._arrow(" ‹", 0, self._near(counts, current, -1)),
            (f" {year:<5}", self.style_of("months--year")),
        ]
        x = head - 1
        for month in range(1, 13):
            period = dates.period_of(year * 10_000 + month * 100 + 1)
            parts.append(self._month(period, counts.get(period, 0), x, room))
            x += room
            if month < 12:
                parts[-1] = parts[-1][0][:-1], parts[-1][1]
                parts.append(("│", self.style_of("months--rule")))
        parts.append(self._arrow(" › ", x, self._near(counts, current, 1)))
        x += 3
        if undated:
            lit = UNDATED in {self._current, self._view.only}
            parts.append(self._tab(undated, x, UNDATED, self._style(UNDATED) if lit else "months--month"))
        return parts

    def _month(self, period: int, rows: int, at: int, room: int) -> tuple[str, Style]:
        name = self._words.names.short_alone_months[period // 100 % 100 - 1]
        count = self._words.number(rows) if rows else ""
        label = f" {name} {count}" if room >= _COUNTED and len(name) + len(count) + 3 <= room else f" {name}"
        text = f"{label[: room - 1]:<{room}}"
        if rows:
            return self._tab(text, at, period, self._style(period))
        return text, self.style_of("months--current" if period == self._current else "months--empty")

    def _style(self, period: int) -> str:
        if period == self._view.only:
            return "months--active"
        return "months--current" if period == self._current else "months--month"

    def _near(self, counts: dict[int, int], current: int, by: int) -> int | None:
        """The period nearest to this month in the next year that has one, or the one before."""
        wanted = current + by * 10_000
        years = [period for period in counts if period != UNDATED and (period // 10_000 - current // 10_000) * by > 0]
        if not years:
            return None
        year = (min if by > 0 else max)(years) // 10_000
        return min((p for p in years if p // 10_000 == year), key=lambda period: abs(period % 10_000 - wanted % 10_000))

    # the mouse

    def clickable(self, x: int) -> bool:
        return any(tab.start <= x < tab.end for tab in self._tabs)

    def on_click(self, event: events.Click) -> None:
        for tab in self._tabs:
            if tab.start <= event.x < tab.end:
                self.post_message(self.Picked(tab.period))
