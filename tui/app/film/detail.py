"""The chosen film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.film.article import Around, Article
from tui.app.widgets.page import Page

if TYPE_CHECKING:
    from datetime import date

    from tui.app.widgets.typeset import Line
    from tui.base.words import Words
    from tui.films.film import Film, News

_NOTHING = Around()


class Detail(Page, can_focus=True):
    """The page of a film, for one of its releases."""

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(id="detail")
        self._words = words
        self._today = today
        self._film: Film | None = None
        self._ordinal = 0
        self._news: list[News] = []
        self._around = _NOTHING
        self._words_lit: list[str] = []
        self._width = 0

    def show(self, film: Film | None, ordinal: int = 0, news: list[News] | None = None, around: Around = _NOTHING,
             query: list[str] | None = None) -> None:  # fmt: skip
        """Show this film for one of its releases; None empties the pane."""
        if (film, ordinal) != (self._film, self._ordinal):
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._film, self._ordinal, self._news, self._around = film, ordinal, news or [], around
        self._words_lit = query or []
        self._set()

    @property
    def linked(self) -> bool:
        """Whether the film has a link to open."""
        return bool(self._film and self._film.links)

    def turn(self, today: date) -> None:
        """Another day has begun."""
        self._today = today
        self._set()

    def fit(self) -> None:
        if self.inner != self._width:
            self._set()
        else:
            self.set_lines(len(self._lines))

    def _set(self) -> None:
        self._width = self.inner
        lines: list[Line] = []
        if self._film and self._width:
            article = Article(self._words, self._today, self._width - 2)
            lines = article.film(self._film, self._ordinal, self._news, self._around)
        self.set_page(lines, self._words_lit)
