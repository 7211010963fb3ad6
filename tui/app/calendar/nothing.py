"""In place of the list where a search or a month has no film: what would have some, to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.calendar.views import CalendarView
from tui.app.widgets.page import Page
from tui.app.widgets.typeset import Piece, Seek, wrap

if TYPE_CHECKING:
    from tui.app.calendar.views import Step
    from tui.app.widgets.typeset import Line
    from tui.library.instead import Offer


_ROOMY = 9
"""Lines from which on some stay empty."""


class Nothing(CalendarView, Page):
    """Up and down pick one of the offers, Enter or a click takes it. Styled as the list is, whose place it takes."""

    COMPONENT_CLASSES = Page.COMPONENT_CLASSES

    _hint = ""
    _shown: tuple[Offer, ...] = ()

    def show(self, hint: str) -> None:
        self._hint = hint
        self.fit()

    def offer(self, offers: tuple[Offer, ...]) -> None:
        """Show these."""
        self._shown = offers
        self.fit()

    def show_cursor(self, before: int) -> None:
        pass

    def show_today(self) -> None:
        pass

    def fit(self) -> None:
        width = self.inner - 2
        if width < 1:
            return
        lines: list[Line] = [[Piece(text, "fact")] for text in wrap(self._hint, width - 1)]
        if self.rows_seen > _ROOMY:
            lines = [[], *lines, []]
        for offer in self._shown:
            to = Seek(offer.line, offer.period)
            *first, last = wrap(offer.label, max(width - 2 - len(offer.note), 8))
            lines += [[Piece(text, "link", to)] for text in first]
            lines.append([Piece(last, "link", to), Piece(f"  {offer.note}", "fact")])
        self.set_page(lines)
        self.pick(1)

    def target(self, step: Step) -> int:
        self.pick(-1 if step in {"previous", "page_up", "previous_month", "first"} else 1)
        return self.state.cursor
