"""The list: releases under their months and days. Holds no object per film: what it draws it asks of the state."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.strip import Strip

from tui.app.calendar.views import CalendarView
from tui.app.widgets.pane import cut, ink, line
from tui.base import text
from tui.films import dates, spoken, terms

if TYPE_CHECKING:
    from textual import events

    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import Step
    from tui.base.words import Words
    from tui.library.library import Row

_LABEL = 7  # "Rab  7 "


class Agenda(CalendarView):
    """Lines are the rows of the state's view, each month's under a header that stays while the month scrolls by."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "agenda--month", "agenda--count", "agenda--day", "agenda--today", "agenda--past", "agenda--title",
        "agenda--match", "agenda--mark", "agenda--off", "agenda--cursor", "agenda--cursor-blurred", "agenda--empty",
    }  # fmt: skip

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._query: list[str] = []
        self._hint = ""
        self.lines_drawn = 0
        """How many lines have been drawn since it was made: the cost of a key, for the tests."""

    # what is shown

    def show(self, hint: str) -> None:
        self._query, self._hint = self.state.view.selection.words, hint
        self.fit()

    def show_cursor(self, before: int) -> None:
        top = self.scroll_offset.y
        self._see(self.state.cursor)
        if self.scroll_offset.y == top:
            for index in (before, self.state.cursor):
                if index < self.state.view.total:
                    self.refresh_line(self.line_of(index))

    def fit(self) -> None:
        self.set_lines(self._lines)
        self._see(self.state.cursor)

    # lines and rows: month m's header is line starts[m] + m, row i of month m is line i + m + 1

    @property
    def _lines(self) -> int:
        return self.state.view.total + len(self.state.view.shown)

    def line_of(self, index: int) -> int:
        """The line of a row."""
        return index + self.state.view.month_of(index) + 1

    def at(self, line_number: int) -> tuple[int, int | None]:
        """The position in `View.shown` of the month that a line stands in, and the line's row, None for a header."""
        starts = self.state.view.starts
        low, high = 0, len(starts) - 2
        while low < high:
            middle = (low + high + 1) // 2
            if starts[middle] + middle <= line_number:
                low = middle
            else:
                high = middle - 1
        index = line_number - low - 1
        return low, index if index >= starts[low] else None

    # moving

    def _see(self, index: int) -> None:
        """Scroll so that the row is seen, below the header that sticks."""
        if not self.rows_seen or not self.state.view.total:
            return
        at = self.line_of(index)
        top = self.scroll_offset.y
        first_of_month = index in self.state.view.starts
        if at - 1 < top:
            self.scroll_to(y=max(0, at - 1), animate=False, force=True, immediate=True)
        elif at >= top + self.rows_seen:
            self.scroll_to(y=at - self.rows_seen + 1, animate=False, force=True, immediate=True)
        elif first_of_month and at == top:
            self.scroll_to(y=at - 1, animate=False, force=True, immediate=True)

    def target(self, step: Step) -> int:
        cursor, page = self.state.cursor, max(1, self.rows_seen - 2)
        match step:
            case "previous":
                return cursor - 1
            case "next":
                return cursor + 1
            case "page_up":
                return cursor - page
            case "page_down":
                return cursor + page
            case "previous_month":
                return self._first_of_month(-1)
            case "next_month":
                return self._first_of_month(1)
            case "first":
                return 0
            case "last":
                return self.state.view.total - 1

    def _first_of_month(self, by: int) -> int:
        """The first row of a month after (1) or before (-1) the cursor's; of the last or first where there is none."""
        starts = self.state.view.starts
        month = self.state.view.month_of(self.state.cursor) + by
        return starts[max(0, min(month, len(starts) - 2))]

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        if self.state.view.total:
            self.refresh_line(self.line_of(self.state.cursor))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or (offset.y == 0 and self.scroll_offset.y > 0):
            return
        line_number = offset.y + self.scroll_offset.y
        if line_number >= self._lines:
            return
        _, index = self.at(line_number)
        if index is not None:
            self.post_message(self.Pointed(index, again=event.chain > 1))

    # drawing

    def render_line(self, y: int) -> Strip:
        self.lines_drawn += 1
        top = self.scroll_offset.y
        width = self.inner
        if not self.state.view.total:
            text = textwrap.wrap(self._hint, max(1, width - 4))
            at = y - min(2, max(0, self.rows_seen - len(text)) // 2)
            shown = cut("  " + text[at], width) if 0 <= at < len(text) else ""
            return line([(shown, self.style_of("agenda--empty"))], width, self.ground)
        number = y + top
        if number >= self._lines:
            return self.blank()
        month, index = self.at(number)
        if index is None or (y == 0 and top > 0):
            return self._header(month, width)
        row = self.row(index)
        if row is None:
            return self.blank()
        first = index == self.state.view.starts[month] or (y == 1 and top > 0)
        before = None if first else self.row(index - 1)
        return self._row(row, index, width, labelled=before is None or before.key != row.key)

    def _header(self, month: int, width: int) -> Strip:
        period, rows = self.state.view.shown[month]
        open_end = self.state.view.partial and month == len(self.state.view.shown) - 1
        count = "" if open_end else self.words.ngettext("{n} film", "{n} films", rows)
        name = cut(spoken.period(period, self.words).upper(), max(0, width - len(count) - 3))
        gap = " " * (width - 2 - len(count) - len(name))
        style, counted = self.style_of("agenda--month"), self.style_of("agenda--count")
        return line([(" " + name, style), (gap + count + " ", counted)], width, style)

    def _row(self, row: Row, index: int, width: int, *, labelled: bool) -> Strip:
        chosen = index == self.state.cursor
        if chosen:
            base = self.style_of("agenda--cursor" if self.has_focus else "agenda--cursor-blurred")
        else:
            base = self.ground
        label, name = self._label(row) if labelled else ("", "agenda--day")
        mark, mark_name = self._mark(row, width)
        room = width - 2 - _LABEL - (len(mark) + 2 if mark else 0)
        title = cut(row.title, room)
        off = row.status in {"cancelled", "postponed"}
        sign = "▌" if chosen else "•" if row.id in self.state.unseen else " "
        parts = [
            (sign, self._on(base, "agenda--mark", chosen=chosen)),
            (f"{label:<{_LABEL}} ", self._on(base, name, chosen=chosen)),
            *self._title(title, self._on(base, "agenda--off" if off else "agenda--title", chosen=chosen)),
        ]  # fmt: skip
        strip = line(parts, width - len(mark) - (1 if mark else 0), base)
        if mark:
            marked = line([(mark + " ", self._on(base, mark_name, chosen=chosen))], len(mark) + 1, base)
            strip = Strip.join([strip, marked])
        return strip

    def _on(self, base: Style, name: str, *, chosen: bool) -> Style:
        """A component's style, on the cursor's background where the cursor is."""
        style = self.style_of(name)
        return style + Style(bgcolor=base.bgcolor, bold=base.bold) if chosen else style

    def _title(self, title: str, style: Style) -> list[tuple[str, Style]]:
        parts: list[tuple[str, Style]] = []
        at = 0
        for start, end in text.spans(title, self._query):
            parts += [
                (title[at:start], style),
                (title[start:end], style + ink(self.style_of("agenda--match"))),
            ]
            at = end
        return [*parts, (title[at:], style)]

    def _label(self, row: Row) -> tuple[str, str]:
        day = row.when.exact
        if day is None:
            return ("     –" if row.key != dates.UNDATED else ""), "agenda--day"
        name = (
            "agenda--today" if day == self.state.today else "agenda--past" if day < self.state.today else "agenda--day"
        )
        return f"{spoken.weekday(day, self.words):<3} {day.day:>2}", name

    def _mark(self, row: Row, width: int) -> tuple[str, str]:
        """What is unusual about the release, at the line's end."""
        if row.status != "confirmed":
            text = terms.status(row.status, self.words)
        elif row.type != "theatrical":
            text = terms.release_type(row.type, self.words)
        else:
            return "", ""
        return (text if width >= 36 else f"{text[:3]}."), "agenda--count"
