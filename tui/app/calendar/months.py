"""The strip of months."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.message import Message

from tui.app.widgets.bars import Bar
from tui.films import spoken
from tui.library.view import View

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from tui.base.words import Words


class _Tab(NamedTuple):
    """A month in the strip, and the cells that it takes: from `start` up to `end`."""

    period: int | None
    """None for all."""
    label: str
    start: int
    end: int


class MonthStrip(Bar):
    """All months with their counts, the filtered one lit; it scrolls so that the current one is seen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "months--month",
        "months--current",
        "months--active",
        "months--rule",
    }

    class Picked(Message):
        """A month was clicked; None for all."""

        def __init__(self, period: int | None) -> None:
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

    def _label(self, period: int | None, rows: int) -> str:
        name = spoken.brief(period, self._words) if period is not None else self._words.gettext("All")
        return f" {name} {self._words.number(rows)} "

    def parts(self, width: int) -> list[tuple[str, Style]]:
        months = self._view.months
        everything = self._label(None, self._view.everything)
        tabs = [_Tab(None, everything, 0, len(everything))]
        focus = self._view.only if self._view.only is not None else self._current
        at = next((n for n, (period, _) in enumerate(months) if period == focus), 0)
        # as many months as there is room for, around the current one
        room = width - len(everything) - 4
        first = last = at
        used = len(self._label(*months[at])) if months else 0
        grown = bool(months)
        while grown:
            grown = False
            for candidate in (last + 1, first - 1):
                if 0 <= candidate < len(months):
                    more = len(self._label(*months[candidate])) + 1
                    if used + more <= room:
                        used += more
                        first, last = min(first, candidate), max(last, candidate)
                        grown = True
        rule = self.style_of("months--rule")
        parts = [(everything, self._style(None)), (" ‹" if first else "  ", rule)]
        x = len(everything) + 2
        for number in range(first, last + 1) if months else ():
            if number > first:
                parts.append(("│", rule))
                x += 1
            period, rows = months[number]
            label = self._label(period, rows)
            tabs.append(_Tab(period, label, x, x + len(label)))
            parts.append((label, self._style(period)))
            x += len(label)
        parts.append(("›" if last + 1 < len(months) else " ", rule))
        self._tabs = tabs
        return parts

    def _style(self, period: int | None) -> Style:
        if period == self._view.only:
            return self.style_of("months--active")
        return self.style_of("months--current" if period == self._current else "months--month")

    def on_click(self, event: events.Click) -> None:
        if event.chain > 1:
            return  # the strip has scrolled under the pointer since the first click
        for tab in self._tabs:
            if tab.start <= event.x < tab.end:
                self.post_message(self.Picked(tab.period))
