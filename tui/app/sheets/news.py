"""The sheet of all news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.sheets.sheets import Sheet
from tui.app.widgets.typeset import Address, Go, Line, Piece, wrap
from tui.films import dates, spoken

if TYPE_CHECKING:
    from tui.base.words import Words
    from tui.films.film import News


def news_sheet(words: Words, news: list[News]) -> Sheet:
    """These news in their order. Dismissed with where the one leads that was clicked: its page, or its film."""
    _ = words.gettext

    def lines(width: int) -> list[Line]:
        made: list[Line] = []
        for item in news:
            if item.date:
                made.append([Piece(spoken.full(dates.parse(item.date.isoformat()), words), "muted")])
            to = Address(item.url) if item.url else Go(item.films[0]) if item.films else None
            style = "link" if to else "text"
            made += [[Piece(part, style, to)] for part in wrap(item.title.best(words.language), width)]
            made.append([Piece("")])
        return made or [[Piece(_("No news in this catalog."), "muted")]]

    return Sheet(_("News"), _("Esc closes"), lines)
