"""Starring in the calendar: the key, the note, what other programs star, and what became of starred films."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tui.app.calendar.remembering import CalendarRemembering
from tui.app.calendar.status import StarNews
from tui.app.commands import COMMANDS
from tui.app.guard import EXPECTED, line
from tui.exports.changes import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.ledger import ReleaseChange
    from tui.library.library import Library, Row

_SHORT = 3
"""Seconds that a word about a star stays."""


class CalendarStars(CalendarRemembering):
    """The file is written behind the screen; what it says then is shown, whoever has written it."""

    _news: tuple[ReleaseChange, ...] = ()
    """What became of starred films since the last visit, until it is looked at."""
    _looked_at: frozenset[ReleaseChange] = frozenset()

    def on_mount(self) -> None:
        self._announce()

    def action_star(self) -> None:
        """Star the chosen film, or take its star away."""
        if (row := self._row) is not None:
            library, today = self.state.library, self.state.today

            def toggle() -> str:
                starred = library.stars.toggle(row.id, today)
                text = "★ {title}" if starred else self.words.gettext("{title}: no longer starred")
                return text.format(title=row.title)

            self._change(toggle)

    def action_note(self) -> None:
        """Write a note on the chosen film, which is starred with it."""
        from tui.app.sheets.note import NoteScreen

        if (row := self._row) is not None:
            star = self.state.stars.get(row.id)
            sheet = NoteScreen(self.words, row.title, star.note if star else "")
            self.app.push_screen(sheet, partial(self._noted, row))

    @property
    def _row(self) -> Row | None:
        """The chosen film; None on a day without one."""
        row = self.state.chosen
        if row is None or self.state.exact_day not in {None, row.when.exact}:
            self.notify(self.words.gettext("No film is chosen here."), markup=False, timeout=_SHORT)
            return None
        return row

    def _noted(self, row: Row, note: str | None) -> None:
        if note is None:
            return
        library, today = self.state.library, self.state.today

        def write() -> str:
            library.stars.note(row.id, today, note)
            return f"★ {row.title}"

        self._change(write)

    def _change(self, change: Callable[[], str]) -> None:
        """Do this behind the screen and say what it gives, or why it could not be done."""
        work = partial(self._changed, self.state.library, change)
        self.run_worker(work, thread=True, group="stars")

    def _changed(self, library: Library, change: Callable[[], str]) -> None:
        try:
            told, severity = change(), "information"
        except EXPECTED as error:
            told, severity = line(error, self.words), "error"
        self.app.call_from_thread(self._tell, library, told, severity)

    def _tell(self, library: Library, told: str, severity: str) -> None:
        if severity == "error":
            self.notify(told, markup=False, severity="error")
        else:
            self.notify(told, markup=False, timeout=_SHORT)
        if library is self.state.library:
            self.show_stars()

    # what is starred

    def on_following_noticed(self) -> None:
        """The file has been written, perhaps by another program, or the ledger has."""
        self.show_stars()
        self._announce()
        self._show_status()
        before = self.state.unseen
        self.state.mark()
        if self.state.unseen != before:
            self.active_view.show_stars()

    def on_following_changed(self) -> None:
        """Films may be others now: what was found by stars too, and what became of starred ones."""
        self.show_stars()
        self._announce()

    def show_stars(self) -> None:
        """Show which films are starred now."""
        state = self.state
        stars = state.library.stars.films
        if stars == state.stars:
            return
        others = {*stars} != {*state.stars}
        state.stars = stars
        if others and any(part.field == "star" for part in state.understood.parts):
            self.search(state.understood.text)
        self.active_view.show_stars()
        self._show_chosen()

    # what became of them

    @property
    def settled(self) -> bool:
        return super().settled and not self._news and not self.query("Toast")

    def _announce(self) -> None:
        """Say in a line above all else what became of starred films since the last visit, until it is looked at."""
        state = self.state
        ids = state.library.stars.by_any_id()
        found = state.library.history.news(state.today) if ids else []
        self._news = tuple(change for change in reversed(found) if change.id in ids and change not in self._looked_at)
        if not self._news:
            self.query(StarNews).remove()
            return
        first, *others = self._news
        text = "★ " + sentence(msgspec.structs.replace(first, source=None), self.words)
        end = " · ".join(filter(None, [f"+{len(others)}" if others else "", COMMANDS.key("changes")]))
        bar = next(iter(self.query(StarNews)), None)
        if bar is None:
            bar = StarNews()
            self.mount(bar, before=self._status)
        bar.tell(text, end, self.words.gettext("changes"))

    def on_star_news_asked(self) -> None:
        self.action_changes()

    def action_changes(self) -> None:
        """What has changed, starred films first. What was announced has been looked at."""
        from tui.app.sheets.changes import ChangesScreen

        state = self.state
        visited, _ = state.library.since_visit()
        sheet = ChangesScreen(self.words, state.today, visited, state.library.changed, state.library.stars.by_any_id())
        self.app.push_screen(sheet, self.follow)
        self._looked_at |= {*self._news}
        self._announce()
