"""Nothing ahead: the page for a day behind all that the catalog has, with what can be done about it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui.app.calendar.views import CalendarView
from tui.app.commands import COMMANDS
from tui.app.widgets.page import Page
from tui.app.widgets.typeset import Go, Line, Piece, Press, beside, flow, joined
from tui.films import spoken
from tui.films.dates import UNDATED

if TYPE_CHECKING:
    from tui.app.calendar.views import Step
    from tui.library.library import Row

_LAST_DAYS, _LAST_ROWS = 3, 12
"""Of the films that opened last."""
_MEASURE = 66


class Ending(Page, CalendarView):
    """Any move leads from it to the list."""

    def show(self, hint: str) -> None:
        self.fit()

    def show_cursor(self, before: int) -> None:
        pass

    def target(self, step: Step) -> int:
        return self.last

    @property
    def last(self) -> int:
        """Index of the last release that has a date."""
        view = self.state.view
        return max(0, sum(rows for period, rows in view.shown if period != UNDATED) - 1)

    def fit(self) -> None:
        width = min(self.inner - 2, _MEASURE)
        if width > 0:
            left = max(0, min((self.inner - 2 - width) // 2, 12))
            top = 2 if self.rows_seen > 24 else 1 if self.rows_seen > 14 else 0
            self.set_page([*([[]] * top), *beside([], self._page(width), left)])

    def _page(self, width: int) -> list[Line]:
        words, state = self.words, self.state
        _ = words.gettext
        last = self.row(self.last)
        if last is None:
            return []
        date = spoken.long(last.when, words)
        lines = flow([Piece(_("This catalog ends on {date}.").format(date=date), "title")], width)
        after = _("Nothing is still to come.")
        if last.when.exact:
            after = words.ngettext(
                "Nothing is still to come: today is {n} day later.",
                "Nothing is still to come: today is {n} days later.",
                (state.today - last.when.exact).days,
            )
        lines += [*flow([Piece(after)], width), []]
        for label, about, action in (
            (_("Follow sources: the newest schedule"), _("Wikipedia, TMDB, address"), "sources"),
            (_("Import a page, or a file with a schedule"), _("text, HTML, ICS, CSV"), "import"),
            (_("Look back: the last film"), f"{last.title}, {self._day(last)}", "look_back"),
            (_("News"), "", "news"),
            (_("Read the catalog again"), "", "reload"),
        ):
            if action in COMMANDS.withheld:
                continue
            to = Press(action)
            line = [Piece(f"{COMMANDS.key(action)}  ", "key", to), Piece(label, "text", to)]
            lines.append(line)
            if about:
                room = width - sum(len(piece.text) for piece in line) - 2
                if room >= len(about):
                    line.append(Piece(f"{about:>{room + 2}}", "fact"))
        lines += [[], [Piece("─" * width, "rule")], [Piece(_("Last to open").upper(), "heading")]]
        for rows in self._days():
            titles = joined(([Piece(row.title, "text", Go(row.id))] for row in rows), " · ", "fact")
            lines += beside([[Piece(self._day(rows[0]), "fact")]], flow(titles, width - 12), 12)
        films = words.ngettext("{n} film", "{n} films", state.view.total)
        first, final = state.view.shown[0][0], last.when.period
        span = f"{spoken.period(first, words)} – {spoken.period(final, words)}"
        return [*lines, [], [Piece(f"{films} · {span}", "fact")]]

    def _day(self, row: Row) -> str:
        day = row.when.exact
        return spoken.short(day, self.words) if day else spoken.brief(row.key, self.words)

    def _days(self) -> list[list[Row]]:
        """The last days on which films opened, the newest first."""
        rows = [self.row(index) for index in range(max(0, self.last - _LAST_ROWS + 1), self.last + 1)]
        days = [list(found) for _, found in groupby(filter(None, rows), key=lambda row: row.key)]
        return days[::-1][:_LAST_DAYS]
