"""Taking films along: a copy for a chat, and the sheet that writes them to a file or hands them to a browser."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from tui.app.calendar.starring import CalendarStars
from tui.app.calendar.views import VIEWS
from tui.app.commands import COMMANDS
from tui.films import spoken
from tui.films.dates import first_key, from_key, key_of, shifted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tui.app.sheets.exporting import Exported, Take
    from tui.films.film import Film
    from tui.library.library import Row
    from tui.library.view import View

_MOST_COPIED = 74_000
"""Bytes: of more, some terminals take nothing at all (xterm, tmux)."""
_MOST_READ = 2_000
"""Films that are read for a copy; fewer have more text than can be copied."""
_COPIED = 4
"""Seconds that the word about a copy stays."""
_ONCE = 10
"""Seconds that the word about terminals stays, the first time."""


class CalendarTaking(CalendarStars):
    """`y`, `Y` and `x`."""

    _warned = False
    """Whether it was said that not all terminals take a copy."""
    _form = ""
    """The format of the last export."""

    # a copy

    def action_copy(self) -> None:
        """Copy the chosen film as a message."""
        from tui.exports.chat import film_message

        if (row := self._row) is not None:
            film = self.state.library.film(row.id)
            self._copy(film_message(row, film, self.words), row.title)

    def action_copy_all(self) -> None:
        """Copy the day, the week or the month that the view is about."""
        from tui.exports import week as weeks
        from tui.exports.chat import whatsapp
        from tui.library.week import week_of

        state, words, library = self.state, self.words, self.state.library
        if self._entry is VIEWS[1]:
            week = week_of(library, state.view, state.week)
            what = spoken.days(week.first, week.last, words)
            count, lines = len(week.rows), weeks.whatsapp(week, library.film, state.today, words)
        else:
            first, last, what, headed = self._of_cursor()
            view = self._between(first, last)
            count = view.total
            films = words.ngettext("{n} film", "{n} films", count)
            heading = f"{what} · {films}" if headed else ""
            lines = whatsapp(self._entries(view), words, library.week_start, heading)
        if not count:
            told = words.gettext("{when}: no film to copy").format(when=what) if what else words.gettext("No films.")
            self.notify(told, markup=False, timeout=_COPIED)
            return
        text, size = [], 0
        for line in lines:
            text.append(line)
            size += len(line.encode()) + 1
            if size > _MOST_COPIED:
                break
        too_long = size > _MOST_COPIED or count > _MOST_READ
        self._copy("\n".join(text) + "\n", what, count=count, too_long=too_long)

    def _of_cursor(self) -> tuple[int, int, str, bool]:
        """The first and the last date key of what `Y` copies, what that is called, and whether it needs a heading.

        The cursor's day in the month and in the year, there the month where nothing opens on that day; else the month.
        """
        state, words = self.state, self.words
        day, month = state.exact_day, state.month
        if self.active_view.by_days and day is not None:
            key = key_of(day)
            if self._entry is VIEWS[2] or state.library.days(state.selection, key, key):
                return key, key, spoken.full(from_key(key), words), False
        if month is None:
            return 0, 0, "", False
        return first_key(month), month, spoken.period(month, words), True

    def _entries(self, view: View) -> Iterator[tuple[Row, Film]]:
        return islice(self.state.library.entries(view), _MOST_READ)

    def _between(self, first: int, last: int) -> View:
        """What is selected, between these date keys."""
        selection = self.state.selection
        narrower = msgspec.structs.replace(selection, first=max(first, selection.first), last=min(last, selection.last))
        return self.state.library.view(narrower)

    def _copy(self, text: str, what: str, *, count: int = 0, too_long: bool = False) -> None:
        """Hand a text to the terminal's clipboard, and say so; it never answers whether it has taken it."""
        words = self.words
        films = words.ngettext("{n} film", "{n} films", count)
        if too_long:
            told = words.gettext("{what}, {films}: too much for a terminal's clipboard; export it with {key}")
            key = COMMANDS.key("export")
            self.notify(told.format(what=what, films=films, key=key), markup=False, severity="warning")
            return
        self.app.copy_to_clipboard(text)
        told = words.gettext("Copied for WhatsApp: {what}").format(what=f"{what}, {films}" if count else what)
        if self._warned:
            self.notify(told, markup=False, timeout=_COPIED)
            return
        self._warned = True
        hint = words.gettext(
            "If nothing can be pasted: Apple's Terminal takes no copies; tmux needs “set-clipboard on”."
        )
        if self.app.is_web:
            hint = words.gettext("If nothing can be pasted: not every browser takes copies; {key} downloads the films.")
            hint = hint.format(key=COMMANDS.key("export"))
        self.notify(f"{told}\n{hint}", markup=False, timeout=_ONCE)

    # a file

    def action_export(self) -> None:
        """The sheet of what to export, and how."""
        from tui.app.sheets.exporting import ExportScreen

        takes = {take.name: take for take in self._takes()}
        name = {"show_week": "week", "show_grid": "month", "show_year": "year"}.get(self._entry.action, "")
        if name not in takes:
            name = "shown" if "shown" in takes else "all"
        form = self._form or ("ics" if name == "week" else "html")
        places = self.settings.places
        sheet = ExportScreen(
            self.words, self.state.library, self.state.today, places.revisions, list(takes.values()), name, form
        )
        self.app.push_screen(sheet, self._exported)

    def _exported(self, done: Exported | None) -> None:
        if done is not None:
            self._form = done.form
            self.notify(done.told, markup=False, timeout=_ONCE)

    def _takes(self) -> Iterable[Take]:
        """What can be exported: what is shown, the cursor's month and week, its year, what is starred, all."""
        from tui.app.sheets.exporting import Take

        state, words, library = self.state, self.words, self.state.library
        if state.narrowed:
            view = state.view  # counted already, unless it is being searched for
            shown = partial(library.view, state.selection, state.period) if view.partial else lambda: view
            yield Take("shown", words.gettext("what is shown now"), shown)
        period = state.month
        if period is not None:
            between = partial(self._between, first_key(period), period)
            yield Take("month", spoken.period(period, words), between, str(from_key(period)))
        week = state.week
        last = shifted(week, 6)
        between = partial(self._between, key_of(week), key_of(last))
        yield Take("week", spoken.days(week, last, words), between, week.isoformat())
        if self._entry is VIEWS[3]:
            yield self._year(state.day)
        if state.stars:
            from tui.library.fields import STAR
            from tui.library.search import understand

            starred = partial(library.view, understand(STAR, self.context).selection)
            yield Take("starred", words.gettext("starred films"), starred, words.gettext("starred"))
        yield Take("all", words.gettext("all films"), library.view)

    def _year(self, day: date) -> Take:
        from tui.app.sheets.exporting import Take

        year = day.year * 10_000
        return Take("year", str(day.year), partial(self._between, year, year + 9_999), str(day.year))
