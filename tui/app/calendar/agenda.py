"""The calendar: releases grouped by month and day. Holds no object per film, only the pages it last showed."""

from __future__ import annotations

import textwrap
from collections import OrderedDict
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.app.widgets.pane import Pane, cut, ink, line
from tui.base import text
from tui.films import dates, spoken, terms
from tui.library.view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual import events

    from tui.base.words import Words
    from tui.library.library import Row

_PAGE = 64
_PAGES_KEPT = 24
_LABEL = 7  # "Rab  7 "


class Agenda(Pane, can_focus=True):
    """Lines are the rows of the view, each month's under a header that stays while the month scrolls by."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "agenda--month", "agenda--count", "agenda--day", "agenda--today", "agenda--past", "agenda--title",
        "agenda--match", "agenda--mark", "agenda--off", "agenda--cursor", "agenda--cursor-blurred", "agenda--empty",
    }  # fmt: skip

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """Index of the chosen row in the view."""

    class Chosen(Message):
        """A film was asked for: Enter or a second click on it."""

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(id="agenda")
        self._words = words
        self._today = today
        self._view = View()
        self._fetch: Callable[[int, int], list[Row]] = lambda first, count: []
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._query: list[str] = []
        self._hint = ""
        self.unseen: set[str] = set()
        """Ids of films that changed since the user was here, to be marked."""
        self.lines_drawn = 0
        """Counted for those who want to know what a key costs."""

    # what is shown

    def show(self, view: View, fetch: Callable[[int, int], list[Row]], cursor: int, hint: str = "") -> None:
        """Show these rows with the cursor on row `cursor`; with no row, the hint."""
        self._view, self._fetch, self._hint = view, fetch, hint
        self._query = view.selection.words
        self._pages.clear()
        self.set_lines(self._lines)
        cursor = max(0, min(cursor, view.total - 1))
        if cursor == self.cursor:
            self._see(cursor)
        self.cursor = cursor

    def turn(self, today: date) -> None:
        """Another day has begun."""
        self._today = today
        self.refresh()

    @property
    def _lines(self) -> int:
        return self._view.total + len(self._view.shown)

    @property
    def view(self) -> View:
        return self._view

    def row(self, index: int) -> Row | None:
        """A row of the view, or None outside it."""
        if not 0 <= index < self._view.total:
            return None
        page, within = divmod(index, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._pages[page] = self._fetch(page * _PAGE, _PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[within] if within < len(rows) else None

    @property
    def chosen(self) -> Row | None:
        return self.row(self.cursor)

    # lines and rows: month m's header is line starts[m] + m, row i of month m is line i + m + 1

    def line_of(self, index: int) -> int:
        return index + self._view.month_of(index) + 1

    def at(self, line_number: int) -> tuple[int, int | None]:
        """The month a line stands in, and its row, None for a header."""
        starts = self._view.starts
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

    def watch_cursor(self, old: int, new: int) -> None:
        before = self.scroll_offset.y
        self._see(new)
        if self.scroll_offset.y == before:
            for index in (old, new):
                if 0 <= index < self._view.total:
                    self.refresh_line(self.line_of(index))

    def _see(self, index: int) -> None:
        """Scroll so that the row is seen, below the header that sticks."""
        if not self.rows_seen or not self._view.total:
            return
        at = self.line_of(index)
        top = self.scroll_offset.y
        first_of_month = index in self._view.starts
        if at - 1 < top:
            self.scroll_to(y=max(0, at - 1), animate=False, force=True, immediate=True)
        elif at >= top + self.rows_seen:
            self.scroll_to(y=at - self.rows_seen + 1, animate=False, force=True, immediate=True)
        elif first_of_month and at == top:
            self.scroll_to(y=at - 1, animate=False, force=True, immediate=True)

    def move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, self._view.total - 1))

    def move_month(self, by: int) -> None:
        """To the first row of another month; backwards first to the first row of this one's."""
        starts = self._view.starts
        if not self._view.total:
            return
        month = self._view.month_of(self.cursor) + by
        self.cursor = starts[max(0, min(month, len(starts) - 2))]

    def fit(self) -> None:
        self.set_lines(self._lines)
        self._see(self.cursor)

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        if self._view.total:
            self.refresh_line(self.line_of(self.cursor))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or (offset.y == 0 and self.scroll_offset.y > 0):
            return
        line_number = offset.y + self.scroll_offset.y
        if line_number >= self._lines:
            return
        _, index = self.at(line_number)
        if index is not None:
            if index == self.cursor and event.chain > 1:
                self.post_message(self.Chosen())
            self.cursor = index

    # drawing

    def render_line(self, y: int) -> Strip:
        self.lines_drawn += 1
        top = self.scroll_offset.y
        width = self.inner
        if not self._view.total:
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
        first = index == self._view.starts[month] or (y == 1 and top > 0)
        before = None if first else self.row(index - 1)
        return self._row(row, index, width, labelled=before is None or before.key != row.key)

    def _header(self, month: int, width: int) -> Strip:
        period, rows = self._view.shown[month]
        open_end = self._view.partial and month == len(self._view.shown) - 1
        count = "" if open_end else self._words.ngettext("{n} film", "{n} films", rows)
        name = cut(spoken.period(period, self._words).upper(), max(0, width - len(count) - 3))
        gap = " " * (width - 2 - len(count) - len(name))
        style, counted = self.style_of("agenda--month"), self.style_of("agenda--count")
        return line([(" " + name, style), (gap + count + " ", counted)], width, style)

    def _row(self, row: Row, index: int, width: int, *, labelled: bool) -> Strip:
        chosen = index == self.cursor
        if chosen:
            base = self.style_of("agenda--cursor" if self.has_focus else "agenda--cursor-blurred")
        else:
            base = self.ground
        label, name = self._label(row) if labelled else ("", "agenda--day")
        mark, mark_name = self._mark(row, width)
        room = width - 2 - _LABEL - (len(mark) + 2 if mark else 0)
        title = cut(row.title, room)
        off = row.status in {"cancelled", "postponed"}
        parts = [
            ("▌" if chosen else "•" if row.id in self.unseen else " ", self._on(base, "agenda--mark", chosen=chosen)),
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
        name = "agenda--today" if day == self._today else "agenda--past" if day < self._today else "agenda--day"
        return f"{spoken.weekday(day, self._words):<3} {day.day:>2}", name

    def _mark(self, row: Row, width: int) -> tuple[str, str]:
        """What is unusual about the release, at the line's end."""
        if row.status != "confirmed":
            text = terms.status(row.status, self._words)
        elif row.type != "theatrical":
            text = terms.release_type(row.type, self._words)
        else:
            return "", ""
        return (text if width >= 36 else f"{text[:3]}."), "agenda--count"
