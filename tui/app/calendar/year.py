"""The year: a row a month, a cell a day with the number of its openings, and the cursor's week in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from tui.app.calendar.days import DayView
from tui.exports import year as sheets
from tui.exports.month import Sheet
from tui.exports.parts import Part
from tui.films import spoken
from tui.films.dates import from_key, key_of, shifted
from tui.library.month import in_month
from tui.library.year import Year, year_of

if TYPE_CHECKING:
    from datetime import date

    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import Step
    from tui.base.words import Words
    from tui.library.library import Row

_LISTED = 24
"""Films of the cursor's week that are named."""


class YearView(DayView):
    """The cursor is a day; Enter opens its month."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--at", *(f"page--heat{depth}" for depth in range(1, 5))}

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._year = Year(0)
        self._monday: date | None = None
        self._rows: list[Row] = []
        self._first = 0
        self._count = 0

    def read(self, *, anew: bool) -> None:
        state = self.state
        if anew or self._year.year != state.day.year:
            self._year = year_of(state.library, state.view, state.day.year)
        monday = state.week
        if anew or monday != self._monday:
            self._monday = monday
            self._first = state.library.index_of(state.view, key_of(monday))
            self._count = state.library.index_of(state.view, key_of(shifted(monday, 7))) - self._first
            self._rows = state.library.rows(state.view, self._first, min(self._count, _LISTED))

    # moving

    def target(self, step: Step) -> int | date:
        day = self.state.day
        match step:
            case "previous_month" | "next_month":
                return shifted(day, -1 if step == "previous_month" else 1)
            case "previous" | "next":
                return in_month(day, -1 if step == "previous" else 1)
            case "page_up" | "page_down":
                return in_month(day, -12 if step == "page_up" else 12)
            case "first":
                return 0
            case "last":
                return self.state.view.total - 1

    def enter(self) -> bool:
        self.post_message(self.Asked("show_grid"))
        return True

    # drawing

    def set_lines_of(self, width: int, height: int) -> list[list[Part]]:
        if not self._year.year:
            return []
        state, day = self.state, self.state.day
        sheet = Sheet(self.words, state.today, self.holidays, state.library.first_day, cursor=day)
        scale, *months = sheets.rows(self._year, sheet, width)
        count = self._year.days.get(day, 0)
        text = self.words.ngettext("{n} film", "{n} films", count) if count else self.words.gettext("no new film")
        told = self.day_in_words(day, text, width)
        if height < 15:  # as many months as there is room for, the cursor's among them
            room = max(1, height - 2)
            first = max(0, min(day.month - 1 - room // 2, 12 - room))
            return [scale, *months[first : first + room], told]
        lines = [sheets.title(self._year, self.words, width), scale, *months]
        if height >= 26:
            lines = [lines[0], [Part("")], *lines[1:], [Part("")]]
        week = self._week(width)
        weeks = sheets.weeks(self._year, sheet, width)
        left = height - len(lines) - 1
        if len(weeks) + 1 + len(week) > left:
            weeks = weeks[: max(0, left - min(len(week), 3))]
        lines += weeks
        if height >= 26:
            lines += [[Part("")]]
        return [*lines, told, *week[: max(0, height - len(lines) - 1)]]

    def _week(self, width: int) -> list[list[Part]]:
        """The cursor's week: its days with their films."""
        words, monday = self.words, self.state.week
        days = spoken.short_days(monday, shifted(monday, 6), words)
        count = words.ngettext("{n} film", "{n} films", self._count) if self._count else words.gettext("no new film")
        name = words.gettext("Week of {days}").format(days=days)
        lines = [[Part(f" {name}", "heading"), Part(f" · {count}", "fact")]]
        numbered = [(self._first + number, row) for number, row in enumerate(self._rows)]
        for key, found in groupby(numbered, key=lambda one: one[1].key):
            day = from_key(key).exact
            if day is None:
                continue
            lines.append(self.day_of_week(day, list(found), width))
        return lines
