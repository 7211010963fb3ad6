"""How the list's lines are drawn: rules, holidays, months, and the row of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.app.calendar import marks
from tui.app.widgets.pane import cut, ink, line
from tui.base import text
from tui.films import dates, spoken

if TYPE_CHECKING:
    from tui.app.calendar.lines import Between
    from tui.app.calendar.views import CalendarView
    from tui.library.library import Row

_LABEL = 7  # "Rab  7 "
_SATURDAY = 5


class Painter:
    """Draws for a view, in its styles. Each line is `width` cells wide."""

    def __init__(self, view: CalendarView) -> None:
        self._view = view

    def rule(self, between: Between, width: int) -> Strip:
        """── hari ini · Sen 5 Jan ──────── 5 film pekan ini ──"""
        today = between.key == dates.key_of(self._view.state.today)
        name = self._view.style_of("agenda--now" if today else "agenda--rule")
        rule = self._view.style_of("agenda--rule")
        day = between.text.partition(" · ")[0]  # without the date, where only so there is room for the count
        for title, note in ((between.text, between.note), (between.text, between.brief), (day, between.brief)):
            text, note = f" {title} ", f" {note} " if note else ""  # noqa: PLW2901
            room = width - 4 - cell_len(text) - cell_len(note)
            if room >= 0:
                break
        else:
            text, note = cut(f" {between.text} ", max(0, width - 4)), ""
            room = width - 4 - cell_len(text)
        count = self._view.style_of("agenda--count")
        parts = [("──", rule), (text, name), ("─" * room, rule), (note, count), ("──", rule)]
        return line(parts, width, self._view.ground)

    def holiday(self, between: Between, width: int) -> Strip:
        """Jum 16  ◆ Isra Mikraj                    libur"""
        day = dates.from_key(between.key).exact
        past = day is not None and day < self._view.state.today
        style = self._view.style_of("agenda--past" if past else "agenda--holiday")
        label = f" {spoken.weekday(day, self._view.words):<3} {day.day:>2}" if day else ""
        text = cut(f"◆ {between.text}", max(0, width - _LABEL - 3))
        gap = width - _LABEL - 2 - cell_len(text) - cell_len(between.note) - 1
        note = " " * gap + between.note if gap > 1 else ""
        dim = self._view.style_of("agenda--past")
        return line([(f"{label:<{_LABEL + 2}}", dim), (text, style), (note, dim)], width, self._view.ground)

    def header(self, month: int, width: int) -> Strip:
        period, rows = self._view.state.view.shown[month]
        open_end = self._view.state.view.partial and month == len(self._view.state.view.shown) - 1
        count = "" if open_end else self._view.words.ngettext("{n} film", "{n} films", rows)
        name = cut(spoken.period(period, self._view.words).upper(), max(0, width - len(count) - 3))
        gap = " " * (width - 2 - len(count) - len(name))
        style, counted = self._view.style_of("agenda--month"), self._view.style_of("agenda--count")
        return line([(" " + name, style), (gap + count + " ", counted)], width, style)

    def row(self, row: Row, width: int, query: list[str], *, labelled: bool, chosen: bool, pointed: bool) -> Strip:
        """▌Rab  7  Greenland: Migration         laga    lusa"""
        view = self._view
        if chosen:
            base = view.style_of("agenda--cursor" if view.has_focus else "agenda--cursor-blurred")
        else:
            base = view.ground
        label, name = self._label(row) if labelled else ("", "agenda--day")
        today = view.state.today
        mark, near = marks.beside(row, today, width, view.words, labelled=labelled)
        star = f"{' ' if mark else ''}★" if row.id in view.state.stars else ""
        room = width - 2 - _LABEL - (cell_len(mark + star) + 2 if mark or star else 0)
        title = cut(row.title, room)
        genre = marks.genre(row, width, width - 2 - _LABEL - cell_len(title), mark + star, view.words)
        day = row.when.exact
        off, past = row.status in {"cancelled", "postponed"}, day is not None and day < today
        style = "agenda--off" if off else "agenda--past" if past else "agenda--title"
        sign = "▌" if chosen else "•" if row.id in view.state.unseen else " "
        titled = self._on(base, style, chosen=chosen)
        if pointed:
            titled += view.style_of("agenda--hover")
        ends = [(genre, "agenda--genre"), (mark, "agenda--near" if near else "agenda--count"),
                (star, "agenda--near"), (" " if mark or star else "", "agenda--count")]  # fmt: skip
        parts = [
            (sign, self._on(base, "agenda--mark", chosen=chosen, keep=True)),
            (f"{label:<{_LABEL}} ", self._on(base, name, chosen=chosen)),
            *self._title(title, titled, query),
        ]  # fmt: skip
        strip = line(parts, width - sum(cell_len(text) for text, _ in ends), base)
        beside = [line([(text, self._on(base, name, chosen=chosen))], cell_len(text), base) for text, name in ends]
        return Strip.join([strip, *beside])

    def _on(self, base: Style, name: str, *, chosen: bool, keep: bool = False) -> Style:
        """A component's style. On the cursor's ground all is in the text's colour, or in its own where it is kept."""
        style = self._view.style_of(name)
        if not chosen:
            return style
        colour = style.color if keep or name == "agenda--today" else self._view.style_of("agenda--title").color
        return style + Style(color=colour, bgcolor=base.bgcolor, bold=base.bold, reverse=base.reverse)

    def _title(self, title: str, style: Style, query: list[str]) -> list[tuple[str, Style]]:
        parts: list[tuple[str, Style]] = []
        at = 0
        for start, end in text.spans(title, query):
            parts += [
                (title[at:start], style),
                (title[start:end], style + ink(self._view.style_of("agenda--match"))),
            ]
            at = end
        return [*parts, (title[at:], style)]

    def _label(self, row: Row) -> tuple[str, str]:
        day = row.when.exact
        if day is None:
            return ("     –" if row.key != dates.UNDATED else ""), "agenda--day"
        today = self._view.state.today
        name = "agenda--today" if day == today else "agenda--past" if day < today else "agenda--day"
        if name == "agenda--day" and day.weekday() >= _SATURDAY:
            name = "agenda--weekend"
        return f"{spoken.weekday(day, self._view.words):<3} {day.day:>2}", name
