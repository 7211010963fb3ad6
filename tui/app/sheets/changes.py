"""What was added, moved or cancelled, by the day on which it was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.app.sheets.sheets import Sheet, Title, closes
from tui.app.widgets.typeset import Go, Line, Piece, flow
from tui.exports.changes import sentence
from tui.films import dates, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import date

    from tui.base.words import Words
    from tui.library.library import ReleaseChange

_SPANS = (7, 30, 365)
"""Days to look back, beside the last visit."""


class ChangesScreen(Sheet):
    """Left and right choose since when; a change leads to its film.

    It begins at the last visit, or at a month ago if there was none.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("left,h,left_square_bracket", "reach(1)", show=False),
        Binding("right,l,right_square_bracket", "reach(-1)", show=False),
        Binding("c", "close", show=False),
    ]

    def __init__(
        self,
        words: Words,
        today: date,
        visited: date | None,
        changed: Callable[[date], list[ReleaseChange]],
        starred: Container[str] = (),
    ) -> None:
        """`visited` is the day of the last visit, `changed` is `Library.changed`; `starred` films come first."""
        self._words = words
        self._starred = starred
        self._changed = changed
        days = {dates.shifted(today, -span) for span in _SPANS} | ({visited} if visited else set())
        self._days = sorted(days, reverse=True)
        self._at = self._days.index(visited) if visited else min(1, len(self._days) - 1)
        self._entries = changed(self._since)
        _ = words.gettext
        hints = [("↑↓ Enter", _("open"), "follow"), ("←→", _("since when"), "reach(1)"), closes(words)]
        super().__init__(self._heading, hints, self._typeset)

    @property
    def _since(self) -> date:
        return self._days[self._at]

    @property
    def _heading(self) -> str:
        since = spoken.long(dates.parse(self._since.isoformat()), self._words)
        return self._words.gettext("Changes since {date}").format(date=since)

    def _typeset(self, width: int) -> list[Line]:
        made: list[Line] = []
        day = None
        own = [entry for entry in self._entries if entry.id in self._starred]
        if own:
            made.append([Piece("★ " + self._words.gettext("Starred films"), "heading")])
        for entry in own:
            made += flow([Piece(sentence(entry, self._words), to=Go(entry.id))], width)
        for entry in self._entries:
            if entry.id in self._starred:
                continue
            if entry.day != day:
                day = entry.day
                if made:
                    made.append([Piece("")])
                made.append([Piece(spoken.full(dates.parse(day.isoformat()), self._words), "heading")])
            made += flow([Piece(sentence(entry, self._words), to=Go(entry.id))], width)
        return made or [[Piece(self._words.gettext("Nothing has changed since then."), "fact")]]

    def action_reach(self, by: int) -> None:
        """Look further back (1) or less far (-1)."""
        at = max(0, min(self._at + by, len(self._days) - 1))
        if at != self._at:
            self._at = at
            self._entries = self._changed(self._since)
            self.query_one(Title).tell(self._heading)
            self._page.scroll_to(y=0, animate=False)
            self._page.fit()
