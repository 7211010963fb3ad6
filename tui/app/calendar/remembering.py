"""How the calendar was left comes back at the next start, and is kept when it is left."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tui.app.calendar.choosing import CalendarChoosing
from tui.app.calendar.views import VIEWS
from tui.app.guard import EXPECTED
from tui.user.session import Session, write_session

if TYPE_CHECKING:
    from textual.strip import Strip

    from tui.base.words import Words
    from tui.library.library import Library
    from tui.user.settings import Settings


class CalendarRemembering(CalendarChoosing):
    """On the same day all comes back; on another one what was chosen, and the calendar opens at its today."""

    _panes = 0
    """Which panes are shown: both, or either alone."""

    def __init__(
        self,
        library: Library,
        words: Words,
        settings: Settings,
        only: int | None = None,
        session: Session | None = None,
    ) -> None:
        """`only` is the period to show at the start, None for all; `session` how the calendar was left."""
        super().__init__(library, words, settings, only)
        self._session = session
        if session is not None and session.setting == settings.theme:
            self.theme = session.theme
        if session is not None and session.divider and 0 < session.divider < 1:
            self.panes.divider = session.divider
        if only is not None:
            self._session = None

    def on_mount(self) -> None:
        """Before anything is asked: what was searched for, and on the same day where the cursor was."""
        session, state = self._session, self.state
        if session is None:
            return
        if session.search.strip():
            from tui.library.search import understand

            state.select(understand(session.search, self.context))
        if session.day == state.today:
            state.period = session.period
            if session.film:
                state.anchor(*session.film)
                self.active_view.put = session.down

    def _set_panes(self, panes: int) -> None:
        """Show these panes."""
        raise NotImplementedError

    def begin(self) -> None:
        session, state = self._session, self.state
        if session is None or session.day != state.today or session.film is None:
            super().begin()
        if session is None:
            return
        if session.search.strip():
            self.search(session.search)  # its holidays or genres may not have been known
        if session.panes in {1, 2}:
            self._set_panes(session.panes)
        entry = next((entry for entry in VIEWS[1:] if entry.action == session.view), None)
        if entry is not None and state.period is None:
            self.open_view(entry)
            if session.day != state.today:
                self.go_to_today()

    @property
    def settled(self) -> bool:
        """Whether it shows what it will show when it comes back."""
        return not (self.narrowing.searching or self._status.display or self.has_class("-reading"))

    def picture(self) -> list[Strip]:
        """The screen, line by line."""
        return self._compositor.render_strips()

    def on_unmount(self) -> None:
        """Keep how it is left."""
        path = self.settings.places.session
        if path is None:
            return
        row = None
        with contextlib.suppress(*EXPECTED):
            row = self.state.chosen
        write_session(
            path,
            Session(
                catalog=str(self.settings.places.catalog),
                day=self.state.today,
                view=self._entry.action,
                search=self.state.understood.text,
                period=self.state.period,
                film=(row.id, row.ordinal, row.place) if row else None,
                down=self.active_view.down,
                panes=self._panes,
                divider=self.panes.divider,
                theme=self.theme,
                setting=self.settings.theme,
            ),
        )
