"""The month: weeks as rows, days as columns that are as wide as their films need, and the chosen day in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.app.calendar.days import DayView
from tui.base.text import cells
from tui.exports import month as sheets
from tui.exports.month import Sheet
from tui.exports.parts import Part, fitted, marked
from tui.films import dates, spoken, terms
from tui.films.dates import key_of, shifted
from tui.library.month import NONE, in_month, month_beside, month_of

if TYPE_CHECKING:
    from datetime import date

    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import Step
    from tui.base.words import Words
    from tui.films.film import Film
    from tui.library.library import Row
    from tui.library.month import Day, Month

_TWO = 150
"""Cells from which on two months stand side by side, if they are wanted."""
_TITLED = 72
"""Cells from which on the grid has titles; under that it is small, with counts."""
_ALONE = 11
"""Lines up to which the small grid stands alone, and the day's list takes its place."""
_BELOW = 2
"""Lines that are kept for the day in words and a film."""
_GAP = 2


class Grid(DayView):
    """One month, or two. The cursor is a day; Enter goes into the list of a day with several films."""

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._months: list[Month] = []
        self._films: dict[str, Film] = {}
        self._week = 0  # films of the cursor's week
        self._inside = False
        self._two = False

    # what is shown

    def read(self, *, anew: bool) -> None:
        state = self.state
        first = state.day.replace(day=1)
        two = self._two and self.app.size.width >= _TWO
        shown = [month.first for month in self._months]
        if anew or first not in shown or len(shown) != 1 + two:
            start = first if first not in shown or not two else shown[0]
            wanted = [start, month_beside(start, 1)] if two else [first]
            self._months = [month_of(state.library, state.view, month) for month in wanted]
        of_day, _ = self._of_cursor()
        if len(of_day.rows) < 2:
            self._inside = False
        self._films = {row.id: state.library.film(row.id) for row in self._window(of_day, self.app.size.height)}
        monday = state.week
        low, high = key_of(monday), key_of(shifted(monday, 6))
        found = state.library.days(state.library.home, low, high)
        self._week = sum(rows for key, rows in found.items() if dates.from_key(key).day)

    def _of_cursor(self) -> tuple[Day, date | None]:
        """The films of the cursor's day, or of its month without a day; and the day."""
        state = self.state
        month = next((month for month in self._months if month.first == state.day.replace(day=1)), None)
        if month is None:
            return NONE, state.exact_day
        exact = state.exact_day
        return (month.day(exact), exact) if exact else (month.undated, None)

    def _window(self, of_day: Day, lines: int) -> tuple[Row, ...]:
        """As many of the day's rows as there are lines, the chosen one among them."""
        chosen = self.state.cursor
        at = of_day.indices.index(chosen) if chosen in of_day.indices else 0
        first = max(0, min(at - lines // 2, len(of_day.rows) - lines))
        return of_day.rows[first : first + max(0, lines)]

    def widen(self) -> None:
        self._two = not self._two
        if self._months:
            self.read(anew=False)
            self.fit()

    def on_resize(self) -> None:
        super().on_resize()
        if self._months and len(self._months) != 1 + (self._two and self.app.size.width >= _TWO):
            self.call_later(self.show, "")

    # moving

    def target(self, step: Step) -> int | date:
        state, day = self.state, self.state.day
        if self._inside and step in {"previous", "next"}:
            indices = [index for index in self._of_cursor()[0].indices if index is not None]
            at = indices.index(state.cursor) if state.cursor in indices else 0
            return indices[max(0, min(at + (1 if step == "next" else -1), len(indices) - 1))]
        self._inside = False
        match step:
            case "previous" | "next":
                return shifted(day, -7 if step == "previous" else 7)
            case "previous_month" | "next_month":
                return shifted(day, -1 if step == "previous_month" else 1)
            case "page_up" | "page_down":
                return in_month(day, -1 if step == "page_up" else 1)
            case "first":
                return 0
            case "last":
                return state.view.total - 1

    def enter(self) -> bool:
        of_day, _ = self._of_cursor()
        found = [index for index in of_day.indices if index is not None]
        if not found:
            return True
        if len(found) > 1 and not self._inside:
            self._inside = True
            self.fit()
            return True
        return False

    def leave(self) -> bool:
        was, self._inside = self._inside, False
        if was:
            self.fit()
        return was

    # drawing

    def set_lines_of(self, width: int, height: int) -> list[list[Part]]:
        if not self._months:
            return []
        state = self.state
        of_day, day = self._of_cursor()
        chosen = state.cursor if state.cursor in of_day.indices else None
        sheet = Sheet(self.words, state.today, self.holidays, state.library.first_day, day, chosen, state.stars)
        alone = width < _TITLED and height <= _ALONE
        if alone and self._inside:
            return self._below(of_day, day, width, height)
        lines = self._grid(sheet, width, height - (1 if alone else _BELOW))
        loose = sheets.undated(self._months[0], sheet, width)
        left = height - len(lines) - bool(loose)
        if loose and left >= 1:
            lines.append(loose)
        if not alone and left > _BELOW + 1 and height > 24:
            lines.append([Part("")])
        return lines + self._below(of_day, day, width, height - len(lines))

    def _grid(self, sheet: Sheet, width: int, height: int) -> list[list[Part]]:
        loose = sum(bool(month.undated.rows) for month in self._months[:1])
        if width < _TITLED:
            return sheets.mini(self._months[0], sheet, width)
        room = (width - _GAP * (len(self._months) - 1)) // len(self._months)
        blocks = []
        for month in self._months:
            block = sheets.grid(month, sheet, room, height - loose - (len(self._months) > 1))
            if len(self._months) > 1:
                name = spoken.period(dates.period_of(key_of(month.first)), self.words).upper()
                films = sheets.counted(month.count, month.total, self.words)
                gap = " " * max(1, room - 2 - cells(name) - cells(films))
                block.insert(0, [Part(f" {name}", "heading", month.first), Part(f"{gap}{films} ", "fact")])
            blocks.append(block)
        lines = []
        for number in range(max(map(len, blocks))):
            line: list[Part] = []
            for block in blocks:
                if line:
                    line.append(Part(" " * _GAP))
                line += block[number] if number < len(block) else [Part(" " * room)]
            lines.append(line)
        return lines

    def _below(self, of_day: Day, day: date | None, width: int, height: int) -> list[list[Part]]:
        """The day in words, and its films as far as there are lines."""
        if height < 1:
            return []
        words = self.words
        if day is None:
            name = spoken.period(dates.period_of(key_of(self.state.day)), words)
            lines = [[Part(f" {name}", "title"), Part(" · " + sheets.counted(of_day.count, of_day.total, words))]]
        else:
            count = words.gettext("no new film")
            if of_day.total:
                count = sheets.counted(of_day.count, of_day.total, words)
            if self._week > of_day.total:
                count += ", " + words.ngettext("{n} in the week", "{n} in the week", self._week)
            lines = [self.day_in_words(day, count, width)]
        for row in self._window(of_day, height - 1):
            lines.append(self._film(row, of_day.indices[of_day.rows.index(row)], day, width))
        rivals = self._rivals(day, width) if day else []
        if rivals and width >= _TITLED and height - len(lines) > 1 + len(rivals):
            monday = self.state.week
            days = spoken.short_days(monday, shifted(monday, 6), words)
            lines += [[Part("")], [Part(" " + words.gettext("Week of {days}").format(days=days), "heading")], *rivals]
        return lines

    def _rivals(self, day: date, width: int) -> list[list[Part]]:
        """The other days of the week in the months that are shown, with their films."""
        monday = self.state.library.week_start(day)
        lines = []
        for other in (shifted(monday, number) for number in range(7)):
            found = next((month.day(other) for month in self._months if other in month.days), None)
            if found and other != day:
                lines.append(self.day_of_week(other, zip(found.indices, found.rows, strict=True), width))
        return lines

    def _film(self, row: Row, index: int | None, day: date | None, width: int) -> list[Part]:
        film = self._films.get(row.id)
        facts = terms.about(film, self.words, 1 if width < 60 else 2, small=True) if film else ""
        facts = " · ".join(filter(None, (terms.doubt(row, self.words), facts)))
        if film and film.directors and width >= 100:
            facts += f" · {', '.join(film.directors[:2])}"
        at = index is not None and index == self.state.cursor
        room = width - 3 if width < 60 else max(20, width - cells(facts) - 6)
        title = marked(row.title, room, starred=row.id in self.state.stars)
        style: Literal["picked", "title", "text", "fact"] = "text" if index is not None else "fact"
        if at:
            style = "picked" if self._inside else "title"
        parts = [Part(" ▌" if at else "  ", "when", day, index), Part(title, style, day, index)]
        return [*parts, Part("  " + fitted(facts, width - 4 - cells(title)), "fact", day, index)]
