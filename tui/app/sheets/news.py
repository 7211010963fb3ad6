"""The sheet of all news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.sheets.sheets import Sheet, closes
from tui.app.widgets.typeset import Address, Go, Line, Piece, flow, joined
from tui.base.errors import NotFoundError
from tui.films import dates, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.base.words import Words
    from tui.films.film import Film, News


def news_sheet(words: Words, news: list[News], film: Callable[[str], Film]) -> Sheet:
    """These news in their order. Dismissed with where the link leads that was followed: a page, or one of its films.

    `film` is `Library.film`.
    """
    _ = words.gettext

    def lines(width: int) -> list[Line]:
        made: list[Line] = []
        for item in news:
            if item.date:
                made.append([Piece(spoken.full(dates.parse(item.date.isoformat()), words), "fact")])
            films = [Piece(title, "link", Go(id)) for id in item.films if (title := _title(id, film))]
            to = Address(item.url) if item.url else None
            made += flow([Piece(item.title.best(words.language), "link" if to else "text", to)], width)
            made += flow(joined(([piece] for piece in films), " · ", "fact"), width)
            made.append([])
        return made or [[Piece(_("No news in this catalog."), "fact")]]

    return Sheet(_("News"), [("↑↓ Enter", _("open"), "follow"), closes(words)], lines)


def _title(id: str, film: Callable[[str], Film]) -> str:
    """A film's title; an empty text where the catalog does not have it."""
    try:
        return film(id).title
    except NotFoundError:
        return ""
