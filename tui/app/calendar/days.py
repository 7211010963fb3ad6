"""What the month and the year have in common: a cursor that moves over days, and lines of parts that know their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset

from tui.app.calendar.views import CalendarView
from tui.app.widgets.page import Page
from tui.app.widgets.typeset import Piece, Spot
from tui.base.text import cells
from tui.exports.parts import Part, by_day, fitted, marked
from tui.exports.text import named
from tui.films import spoken
from tui.films.holidays import beside_holiday

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual import events

    from tui.app.calendar.state import CalendarState
    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.library.library import Row


class DayView(Page, CalendarView):
    """Lines are set by `exports`; a key draws those that are others now. Each view reads its films before it draws."""

    by_days = True

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._parts: list[list[Part]] = []
        self._hint = ""

    def read(self, *, anew: bool) -> None:
        """Ask the library for what the cursor's day needs; `anew`: the rows are others now."""
        raise NotImplementedError

    def set_lines_of(self, width: int, height: int) -> list[list[Part]]:
        """The page, at most `height` lines where that can be. Asks the library nothing."""
        raise NotImplementedError

    # what is shown

    def show(self, hint: str) -> None:
        self._hint = "" if self.state.view.total else hint
        if not self.state.view.partial:  # where a row is in it is not known yet
            self.read(anew=True)
            self.fit()

    def show_cursor(self, before: int) -> None:
        self.read(anew=False)
        self.fit()

    def fit(self) -> None:
        if self.inner < 3:
            return
        width = self.inner - 1
        self._parts = self.set_lines_of(width, self.rows_seen - bool(self._hint))
        if self._hint:
            self._parts.append([Part(" " + fitted(self._hint, width - 1), "fact")])
        self._hold_cursor()
        self.set_page([_line(parts) for parts in self._parts], self.state.view.selection.words)

    def _hold_cursor(self) -> None:
        """Put the terminal's own cursor on the chosen day, where screen readers and magnifiers look for it."""
        for y, parts in enumerate(self._parts[: self.rows_seen]):
            x = 1
            for part in parts:
                if part.style in {"picked", "at"}:
                    self.app.cursor_position = self.content_region.offset + Offset(x, y)
                    return
                x += cells(part.text)

    @property
    def holidays(self) -> dict[date, list[Holiday]]:
        return by_day(self.state.holidays)

    def day_in_words(self, day: date, count: str, width: int) -> list[Part]:
        """Kamis, 15 Januari 2026 · 10 hari lagi · 1 hari sebelum Isra Mikraj · 3 film; what has no room is left out."""
        words = self.words
        names = words.names
        long = f"{names.days[day.weekday()]}, {day.day} {names.months[day.month - 1]} {day.year}"
        parts = [Part(f" {long if width >= 80 else spoken.short(day, words)}", "title", day)]
        off = self.holidays.get(day, [])
        near = ", ".join(holiday.text(words) for holiday in off) or beside_holiday(day, self.state.holidays, words)
        if any(holiday.estimated for holiday in off):
            near += " (" + words.gettext("estimated") + ")"
        told = [(spoken.countdown(day, self.state.today, words), "when"), (near, "season"), (count, "text")]
        left = width - cells(parts[0].text)
        fits = []
        for text, style in sorted(told, key=lambda one: one[1] != "text"):  # the count has room before the rest
            if text and cells(text) + 3 <= left:
                fits.append((text, style))
                left -= cells(text) + 3
        for one in told:
            if one in fits:
                parts += [Part(" · ", "fact"), Part(*one)]
        return parts

    def day_of_week(self, day: date, found: Iterable[tuple[int | None, Row]], width: int) -> list[Part]:
        """Kam  8  Musuh Dalam Selimut · Suka Duka Tawa …: films with their index in the view."""
        line = [Part(f" {spoken.weekday(day, self.words):<3} {day.day:>2}  ", "fact", day)]
        left = width - cells(line[0].text)
        for number, (index, row) in enumerate(found):
            between = " · " if number else ""
            starred = row.id in self.state.stars
            name = named(row, self.words)
            if number and cells(name) + 2 * starred + 3 > left - 4:
                line.append(Part(" …", "fact"))
                break
            title = marked(name, left - cells(between), starred=starred)
            style = "fact" if index is None else "title" if index == self.state.cursor else "text"
            line += [Part(between, "fact"), Part(title, style, day, index)]
            left -= cells(between) + cells(title)
        return line

    # the mouse

    def on_click(self, event: events.Click) -> None:
        part = self._part_at(event)
        if part is None:
            return
        event.stop()
        again = event.chain > 1
        if part.row is not None:
            self.post_message(self.Pointed(part.row, again=again))
        elif part.day is not None:
            self.post_message(self.DayPointed(part.day, again=again))

    def _part_at(self, event: events.MouseEvent) -> Part | None:
        offset = event.get_content_offset(self)
        number = -1 if offset is None else offset.y + self.scroll_offset.y
        if offset is None or not 0 <= number < len(self._parts):
            return None
        end = 1
        for part in self._parts[number]:
            end += cells(part.text)
            if offset.x < end:
                return part
        return None


def _line(parts: Iterable[Part]) -> list[Piece]:
    """What can be clicked and is no space is lit under the pointer."""
    return [
        Piece(part.text, part.style, Spot(part.day, part.row))
        if (part.row is not None or part.day is not None) and not part.text.isspace() and part.text != "▌"
        else Piece(part.text, part.style)
        for part in parts
    ]
