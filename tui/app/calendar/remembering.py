"""How the calendar was left comes back at the next start, and is kept when it is left."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from tui.app.calendar.choosing import CalendarChoosing
from tui.app.calendar.views import VIEWS
from tui.app.guard import EXPECTED
from tui.library.library import Selection
from tui.user.session import Session, write_session

if TYPE_CHECKING:
    from tui.base.words import Words
    from tui.library.library import Library
    from tui.user.settings import Settings

_OWN = {"region", "first", "last"}
"""What of a selection is not kept: the settings say it, or the command line."""


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
        if session is None:
            return
        if session.setting == settings.theme:
            self.theme = session.theme
        if session.divider and 0 < session.divider < 1:
            self.panes.divider = session.divider
        if only is None:
            self._recall(session)

    def _recall(self, session: Session) -> None:
        state = self.state
        kept = {name: value for name, value in session.selection.items() if name not in _OWN}
        with contextlib.suppress(msgspec.ValidationError):  # another version's
            state.selection = msgspec.convert({**kept, "region": state.selection.region}, Selection)
        if session.day == state.today:
            state.recall(session.period, session.film)

    def _set_panes(self, panes: int) -> None:
        """Show these panes."""
        raise NotImplementedError

    def begin(self) -> None:
        session, state = self._session, self.state
        if session is None or session.day != state.today or session.film is None:
            super().begin()
        if session is None:
            return
        if session.panes in {1, 2}:
            self._set_panes(session.panes)
        entry = next((entry for entry in VIEWS[1:] if entry.action == session.view), None)
        if entry is not None and state.period is None:
            self.open_view(entry)
            if session.day != state.today:
                self.go_to_today()

    def on_unmount(self) -> None:
        """Keep how it is left."""
        path = self.settings.places.session
        if path is None:
            return
        row = None
        with contextlib.suppress(*EXPECTED):
            row = self.state.chosen
        made = msgspec.to_builtins(self.state.selection)
        write_session(
            path,
            Session(
                catalog=str(self.settings.places.catalog),
                day=self.state.today,
                view=self._entry.action,
                selection={name: value for name, value in made.items() if value and name not in _OWN},
                period=self.state.period,
                film=(row.id, row.ordinal, row.place) if row else None,
                panes=self._panes,
                divider=self.panes.divider,
                theme=self.theme,
                setting=self.settings.theme,
            ),
        )
