"""A week as cards: what opens in it, what is still new, what comes next, and the days to the next holidays."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from tui.app.calendar.reminding import reminders
from tui.app.calendar.views import CalendarView
from tui.app.widgets.page import Page
from tui.app.widgets.pane import cut
from tui.app.widgets.typeset import Go, Line, Piece, at_most, beside, flow, joined, wrap
from tui.exports import week as written
from tui.exports.parts import marked
from tui.exports.text import named
from tui.films import dates, spoken, terms
from tui.films.dates import shifted
from tui.library.week import Week, week_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from tui.app.calendar.state import CalendarState
    from tui.app.calendar.views import Step
    from tui.base.words import Words
    from tui.films.film import Film
    from tui.library.library import Row

_GAP = 3
"""Cells between columns."""
_COLUMNS = ((108, 3), (70, 2))
"""From which width on there are so many."""
_SYNOPSIS = 6
"""Lines of a synopsis on a card at most."""


_STARRED = 12
"""Starred films that are counted down to."""
_TOLD = 4
"""Lines below the chosen card where it has none on it, at most."""
_WITH_FACTS = 50
"""Cells of a card of one line from which on it has more than the genre."""


class _Card(NamedTuple):
    row: Row
    film: Film
    to: Go


class WeekView(Page, CalendarView):
    """The cursor moves over the cards; from the first and the last it goes on to the week beside."""

    steps_weeks = True

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__(state, words)
        self._week = Week(state.today)
        self._cards: list[_Card] = []
        self._starred: list[Row] = []
        self._grid: list[list[int]] = []
        """Numbers of the cards that stand side by side, from the top down."""
        self._told = 0
        """Lines of text below the chosen card, where no card has any on it."""

    # what is shown

    def show(self, hint: str) -> None:
        state = self.state
        self._week = week_of(state.library, state.view, state.week)
        self._cards = [_Card(row, state.library.film(row.id), Go(row.id)) for row in self._week.rows]
        self.show_stars()

    def show_stars(self) -> None:
        library = self.state.library
        self._starred = library.stars.ahead(library.home, self.state.today, _STARRED)
        self.fit()

    def show_cursor(self, before: int) -> None:
        if self.state.cursor in self._week.indices and self.state.week == self._week.first:
            if self._told:
                self.fit()
            else:
                self._point()
        else:
            self.show("")

    def fit(self) -> None:
        """Asks the library nothing, as it may be called while the screen is drawn."""
        if self.inner > 2:
            self.set_page(self._page(self.inner - 2))
            self._point()

    def _point(self) -> None:
        indices = self._week.indices
        number = indices.index(self.state.cursor) if self.state.cursor in indices else None
        self.pick_target(self._cards[number].to if number is not None else None)

    # moving

    def target(self, step: Step) -> int:
        """Index in the view of the card to which the step leads; in the week beside behind the ends."""
        indices = self._week.indices
        if not indices:
            return self.state.cursor
        if self.state.cursor not in indices:
            return indices[0]
        at = indices.index(self.state.cursor)
        match step:
            case "previous" | "next":
                return self._vertically(at, -1 if step == "previous" else 1)
            case "previous_month":
                return indices[at] - 1
            case "next_month":
                return indices[at] + 1
            case "first" | "page_up":
                return indices[0]
            case "last" | "page_down":
                return indices[-1]

    def _vertically(self, at: int, by: int) -> int:
        line, column = next((n, row.index(at)) for n, row in enumerate(self._grid) if at in row)
        if not 0 <= line + by < len(self._grid):
            return self._week.indices[0] - 1 if by < 0 else self._week.indices[-1] + 1
        beside_it = self._grid[line + by]
        return self._week.indices[beside_it[min(column, len(beside_it) - 1)]]

    def on_click(self, event: events.Click) -> None:
        to = self.target_at(event)
        for number, card in enumerate(self._cards):
            if card.to is to:
                event.stop()
                self.post_message(self.Pointed(self._week.indices[number], again=event.chain > 1))
                return
        super().on_click(event)

    # drawing

    def _page(self, width: int) -> list[Line]:
        columns = next((count for least, count in _COLUMNS if width >= least), 1)
        tall = self.rows_seen > 28
        starred = reminders(self._starred, self.state.today, self.words, width)
        starred = [[], *starred] if starred and tall else starred
        below = [*self._below(width), *starred]
        top = [*([[]] if tall else []), *self._head(width)]
        self._told = 0
        for synopsis in range(_SYNOPSIS, -1, -1):
            side = columns if synopsis or columns > 2 else 1
            cards = self._days(width, side, synopsis)
            if (spare := self.rows_seen - len(top) - len(cards) - len(below)) >= 0:
                break
        if not synopsis and side == 1 and spare > 1:
            self._told = min(spare, _TOLD)
            cards = self._days(width, side, synopsis)
        longer = [*self._below(width, 2), *starred]
        if len(top) + len(cards) + len(longer) <= self.rows_seen:
            below = longer
        return [*top, *cards, *below]

    def _head(self, width: int) -> Iterable[Line]:
        words, today = self.words, self.state.today
        title = written.title(self._week, today, words)
        counts = {key: len([*rows]) for key, rows in groupby(self._week.rows, key=lambda row: row.key)}
        days: list[Piece] = []
        for number in range(7):
            day = shifted(self._week.first, number)
            count = counts.get(dates.key_of(day), 0)
            style = "when" if day == today else "text" if count else "fact"
            bar = f" {'▇' * min(count, 6)}" if count else ""
            days.append(Piece(f"{spoken.weekday(day, words)} {day.day}{bar}", style))
        strip = joined(([day] for day in days), "  ", "fact")
        room = width - cell_len(title) - sum(cell_len(piece.text) for piece in strip)
        if room >= 2:
            return [[Piece(title, "title"), Piece(" " * room), *strip]]
        lines = flow([Piece(title, "title")], width)
        return [*lines, *flow(strip, width)] if width >= 60 else lines

    def _days(self, width: int, columns: int, synopsis: int) -> list[Line]:
        """The days with their cards, `synopsis` lines of text on each; with none a card is a line."""
        lines: list[Line] = []
        self._grid = []
        room = (width - _GAP * (columns - 1)) // columns
        number = 0
        for key, rows in groupby(self._week.rows, key=lambda row: row.key):
            day = dates.from_key(key).exact
            if day is None:
                continue
            name = f"{self.words.names.days[day.weekday()]} {day.day}".upper()
            ahead = spoken.countdown(day, self.state.today, self.words)
            style = "heading" if day >= self.state.today else "fact"
            lines += [[], [Piece(name, style), Piece(f" · {ahead}", "when" if style == "heading" else "fact")]]
            count = len([*rows])
            for first in range(number, number + count, columns):
                side = [*range(first, min(first + columns, number + count))]
                self._grid.append(side)
                if synopsis and first > number:
                    lines.append([])
                block: list[Line] = []
                for at, card in enumerate(side):
                    block = beside(block, self._card(self._cards[card], room, synopsis), at * (room + _GAP))
                    if self._told and self._week.indices[card] == self.state.cursor:
                        block += self._about(self._cards[card], room - 2)
                lines += block
            number += count
        return lines

    def _card(self, card: _Card, width: int, synopsis: int) -> list[Line]:
        film, words, to = card.film, self.words, card.to
        facts = terms.about(film, words, 2, small=True)
        status = terms.doubt(card.row, words)
        if not synopsis and width < _WITH_FACTS:
            facts = status or terms.genre(card.row.genre, words).lower()
        elif status:
            facts = f"{status} · {facts}" if facts else status
        if not synopsis:
            room = width - min(cell_len(facts), width // 2) - 2 if facts else width
            text = set_cell_size(self._title(card, room), room)
            return [[Piece(text, "title", to), Piece(f"  {cut(facts, width - room - 2)}" if facts else "", "fact", to)]]
        lines = [(self._title(card, width), "title"), (cut(facts, width), "fact")]
        lines += [(line, "text") for line in self._synopsis(film, width, synopsis)]
        lines += [(cut(_names(film), width), "role")]
        return [[Piece(set_cell_size(text, width), style, to)] for text, style in lines if text]

    def _title(self, card: _Card, width: int) -> str:
        return marked(card.row.title, width, starred=card.row.id in self.state.stars)

    def _about(self, card: _Card, width: int) -> list[Line]:
        """What stands below the chosen card, two cells in."""
        lines = [(line, "fact") for line in self._synopsis(card.film, width, self._told - 1)]
        lines += [(cut(_names(card.film), width), "role")]
        return [[Piece("  "), Piece(text, style)] for text, style in lines if text]

    def _synopsis(self, film: Film, width: int, most: int) -> list[str]:
        """Its first lines."""
        about = film.synopsis.best(self.words.language).replace("\n", " ") if film.synopsis else ""
        told = [line for line in wrap(about, width) if line]
        return told if len(told) <= most else [*told[: most - 1], cut(f"{told[most - 1]} …", width)]

    def _below(self, width: int, lines_each: int = 1) -> list[Line]:
        """Still new, next, and the holidays: side by side where there is room, else in so many lines each."""
        words, week = self.words, self._week
        _ = words.gettext
        blocks = []
        if week.still:
            blocks.append((_("Still new"), self._listed(week.still), week.still_total - len(week.still)))
        if week.next:
            blocks.append((_("Coming next"), self._listed(week.next), 0))
        if ahead := written.upcoming(self.state.holidays, self.state.today):
            counts = [
                (
                    spoken.countdown(holiday.day, self.state.today, words),
                    [Piece(f"{holiday.text(words)}  "), Piece(spoken.short(holiday.day, words), "fact")],
                )
                for holiday in ahead
            ]
            blocks.append((_("Countdown"), counts, 0))
        if not blocks:
            return []
        columns = min(len(blocks), 3) if width >= _COLUMNS[0][0] else 1
        room = (width - _GAP * (columns - 1)) // columns
        lines: list[Line] = [*([[]] if self.rows_seen > 28 else []), [Piece("─" * width, "rule")]]
        if columns == 1:
            headings = [heading for heading, _entries, _more in blocks]
            headings += [_("My reminders")] if self._starred else []  # the line below these
            label = max(map(cell_len, headings)) + 2
            for heading, entries, _more in blocks:
                pieces = joined(([Piece(f"{name}  ", "fact"), *pieces] for name, pieces in entries), "   ", "fact")
                said = at_most(flow(pieces, room - label), lines_each, room - label)
                lines += beside([[Piece(heading.upper(), "heading")]], said, label)
            return lines
        side: list[Line] = []
        for number, (heading, entries, more) in enumerate(blocks):
            block: list[Line] = [[Piece(heading.upper(), "heading")]]
            label = max(cell_len(name) for name, _pieces in entries) + 2
            for name, pieces in entries[:4]:
                lines_of_it = at_most(flow(pieces, room - label), 2, room - label)
                block += beside([[Piece(name, "fact")]], lines_of_it, label)
            if more > 0:
                block.append([Piece(" " * label), Piece(words.ngettext("{n} more", "{n} more", more), "fact")])
            side = beside(side, block, number * (room + _GAP))
        return [*lines, *side]

    def _listed(self, rows: tuple[Row, ...]) -> list[tuple[str, list[Piece]]]:
        return [
            (
                spoken.short(day, self.words),
                joined(([Piece(named(row, self.words), "text", Go(row.id))] for row in of_day), " · ", "fact"),
            )
            for key, of_day in groupby(rows, key=lambda row: row.key)
            if (day := dates.from_key(key).exact)
        ]


def _names(film: Film) -> str:
    """The first two of its cast."""
    return ", ".join(credit.name for credit in film.cast[:2])
