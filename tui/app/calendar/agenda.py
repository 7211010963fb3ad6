"""The list: releases under their months and days. Holds no object per film: what it draws it asks of the state."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset

from tui.app.calendar.lines import At, Between, Header, Lines, lines_of
from tui.app.calendar.painter import Painter
from tui.app.calendar.views import CalendarView
from tui.app.widgets.pane import cut, line

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import Step
    from tui.base.words import Words

_MARGIN = 3
"""Rows that are seen before and behind the cursor."""


class Agenda(CalendarView):
    """Lines are the rows of the state's view, each month's under a header that stays while the month scrolls by."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "agenda--month", "agenda--count", "agenda--day", "agenda--today", "agenda--past", "agenda--title",
        "agenda--match", "agenda--mark", "agenda--off", "agenda--cursor", "agenda--cursor-blurred", "agenda--empty",
        "agenda--rule", "agenda--genre", "agenda--now", "agenda--holiday", "agenda--weekend", "agenda--near",
        "agenda--hover",
    }  # fmt: skip

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._query: list[str] = []
        self._hint = ""
        self._lines = Lines(state.view)
        self._painter = Painter(self)
        self._pointed: int | None = None
        self._homing = False
        self.lines_drawn = 0
        """How many lines have been drawn since it was made: the cost of a key, for the tests."""

    # what is shown

    def show(self, hint: str) -> None:
        self._query, self._hint = self.state.view.selection.words, hint
        self.fit()
        if self.rows_seen and self.state.view.total and not self._homing:
            at, rows = self._lines.of_row(self.state.cursor), self.rows_seen
            if at - self.scroll_offset.y > rows - 2 * _MARGIN:  # other rows: more of what comes is to be seen
                self.scroll_to(y=max(0, at - rows // 3), animate=False, force=True, immediate=True)

    def show_cursor(self, before: int) -> None:
        top = self.scroll_offset.y
        self._see(self.state.cursor)
        if self.scroll_offset.y == top:
            for index in (before, self.state.cursor):
                if index < self.state.view.total:
                    self.refresh_line(self._lines.of_row(index))

    def show_between(self) -> None:
        if self.state.view.total:
            y = self._lines.of_row(self.state.cursor) - self.scroll_offset.y
            self._lines = lines_of(self.state.view, self.state.between)
            self.set_lines(self._lines.total)
            top = max(0, self._lines.of_row(self.state.cursor) - y)
            self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def show_today(self) -> None:
        """Today's rule, or the cursor where there is none, a quarter of the pane down."""
        self._homing = not self.rows_seen  # before its first picture it does not know its size
        if self._homing or not self.state.view.total:
            return
        lines = self._lines
        today = next((lines.numbers[n] for n, one in enumerate(lines.between) if one.rule), None)
        at = lines.of_row(self.state.cursor)
        if today is not None and 0 <= at - today < self.rows_seen // 2:
            at = today
        self.scroll_to(y=max(0, at - self.rows_seen // 4), animate=False, force=True, immediate=True)
        self._hold_cursor()
        self.refresh()

    def fit(self) -> None:
        self._lines = lines_of(self.state.view, self.state.between)
        self.set_lines(self._lines.total)
        if self._homing:
            self.show_today()
        elif self.put and self.rows_seen and self.state.view.total:
            top = max(0, self._lines.of_row(self.state.cursor) - self.put)
            self.put = 0
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
            self._see(self.state.cursor)
        else:
            self._see(self.state.cursor)

    # moving

    def _hold_cursor(self) -> None:
        """Put the terminal's own cursor on the chosen row, where screen readers and magnifiers look for it."""
        region = self.content_region
        y = self._lines.of_row(self.state.cursor) - self.scroll_offset.y if self.state.view.total else 0
        if 0 <= y < self.rows_seen:
            self.app.cursor_position = Offset(region.x, region.y + y)

    @property
    def down(self) -> int:
        return self._lines.of_row(self.state.cursor) - self.scroll_offset.y if self.state.view.total else 0

    def _see(self, index: int) -> None:
        """Scroll so that the row is seen, below the header that sticks and with a margin of rows around it."""
        if not self.rows_seen or not self.state.view.total:
            return
        at, top = self._lines.of_row(index), self.scroll_offset.y
        margin = min(_MARGIN, max(0, self.rows_seen // 2 - 2))
        if at - 1 - margin < top:
            self.scroll_to(y=max(0, at - 1 - margin), animate=False, force=True, immediate=True)
        elif at + margin >= top + self.rows_seen:
            self.scroll_to(y=at + margin - self.rows_seen + 1, animate=False, force=True, immediate=True)
        self._hold_cursor()

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
            self.refresh_line(self._lines.of_row(self.state.cursor))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or (offset.y == 0 and self.scroll_offset.y > 0):
            return
        number = offset.y + self.scroll_offset.y
        if number < self._lines.total and isinstance(at := self._lines.at(number), At):
            self.post_message(self.Pointed(at.row, again=event.chain > 1))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        offset = event.get_content_offset(self)
        number = -1 if offset is None else offset.y + self.scroll_offset.y
        stuck = offset is not None and offset.y == 0 and self.scroll_offset.y > 0  # the header stays there
        inside = 0 <= number < self._lines.total and self.state.view.total and not stuck
        found = self._lines.at(number) if inside else None
        self._point(found.row if isinstance(found, At) else None)

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, row: int | None) -> None:
        before, self._pointed = self._pointed, row
        if row != before:
            self.styles.pointer = "default" if row is None else "pointer"
            for index in (before, row):
                if index is not None and index < self.state.view.total:
                    self.refresh_line(self._lines.of_row(index))

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
        if number >= self._lines.total:
            return self.blank()
        found = self._lines.at(number)
        if (y == 0 and top > 0) or isinstance(found, Header):
            return self._painter.header(max(0, found.month), width)
        if isinstance(found, Between):
            return self._painter.rule(found, width) if found.rule else self._painter.holiday(found, width)
        row = self.row(found.row)
        if row is None:
            return self.blank()
        above = self._lines.at(number - 1) if y > 1 or not top else None
        before = self.row(above.row) if isinstance(above, At) else None
        labelled = before is None or before.key != row.key
        chosen, pointed = found.row == self.state.cursor, found.row == self._pointed
        return self._painter.row(row, width, self._query, labelled=labelled, chosen=chosen, pointed=pointed)
