"""The command palette: the commands by name, the months, and a search for what is neither."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from tui.app.calendar.screen import CalendarScreen
from tui.app.commands import COMMANDS
from tui.films import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits
    from textual.types import IgnoreReturnCallbackType


class CalendarCommands(Provider):
    """What Textual's command palette lists and finds over the calendar; nothing over a sheet."""

    @property
    def _calendar(self) -> CalendarScreen | None:
        return self.screen if isinstance(self.screen, CalendarScreen) else None

    def _entries(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        """Name, help and what it does."""
        calendar = self._calendar
        if calendar is None:
            return
        words = calendar.words
        for command in COMMANDS:
            if command.palette and (command.action != "open_link" or calendar.detail.linked):
                label = words.gettext(command.label)
                yield (
                    f"{label}  {command.key_text}",
                    words.gettext(command.help),
                    partial(calendar.run_action, command.action),
                )
        for period, rows in calendar.state.whole.months:
            month: Callable[[], None] = partial(calendar.show_month, period)
            yield (
                words.gettext("Only {month}").format(month=spoken.period(period, words)),
                words.ngettext("{n} film", "{n} films", rows),
                month,
            )

    async def discover(self) -> Hits:
        for name, help, run in self._entries():
            yield DiscoveryHit(name, run, name, help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        found = False
        for name, help, run in self._entries():
            score = matcher.match(name)
            if score > 0:
                found = True
                yield Hit(score, matcher.highlight(name), run, name, help)
        calendar = self._calendar
        if calendar is not None and query.strip() and not found:
            name = calendar.words.gettext("Search the films for this")
            yield Hit(0.01, name, partial(calendar.search, query), name)
