"""A film as an article: what is known of it, in typographic order, as lines of a given width.

Knows nothing of the screen: a line is a list of pieces, each a text, the name of its style and perhaps an
address. What is unknown takes no room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells

from tui.films import dates, spoken, terms
from tui.films.facts import FILM, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.base.words import Words
    from tui.films.film import Film, News, Release


class Piece(NamedTuple):
    text: str
    style: str = "text"
    """title, original, when, fact, heading, text, role, link, moved"""
    link: str = ""


Line = list[Piece]


def wrap(value: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces where it can be."""
    lines: list[str] = []
    for paragraph in value.split("\n"):
        current, used = "", 0
        for word in paragraph.split(" "):
            room = len(word) if word.isascii() else cell_len(word)
            if current and used + 1 + room <= width:
                current, used = f"{current} {word}", used + 1 + room
                continue
            if current:
                lines.append(current)
            if room > width:
                *full, rest = chop_cells(word, max(width, 2))
                lines += full
                current, used = rest, cell_len(rest)
            else:
                current, used = word, room
        lines.append(current)
    return lines


class Article:
    """The lines of one film for one of its releases."""

    def __init__(self, words: Words, today: date, width: int) -> None:
        self._words = words
        self._today = today
        self._width = max(width, 8)
        self.lines: list[Line] = []

    def film(self, film: Film, ordinal: int, news: list[News]) -> list[Line]:
        rows = film.rows
        release = rows[ordinal] if ordinal < len(rows) else rows[0]
        _ = self._words.gettext
        self._flow(film.title, "title")
        if film.original_title and film.original_title != film.title:
            self._flow(film.original_title, "original")
        self._gap()
        self._flow(self._when(release, film), "when")
        self._note(release)
        for earlier in reversed(release.history):
            self._flow(self._moved(earlier.when, earlier.recorded), "moved")
        self._facts(film)
        synopsis = film.synopsis.best(self._words.language) if film.synopsis else None
        if synopsis:
            self._heading(_("Synopsis"))
            self._flow(synopsis)
        if film.cast:
            self._heading(_("Cast"))
            self._columns([(credit.name, credit.role or "") for credit in film.cast])
        self._labelled(
            [
                (_(fact.label), fact.words(value, self._words))
                for fact in FILM
                if fact.shown is Shown.LABELLED and (value := getattr(film, fact.name))
            ]
        )
        self._others(film, release)
        self._links(film)
        if news:
            self._heading(_("News"))
            for item in news:
                self._news(item)
        sources = dict.fromkeys(r.source for r in rows if r.source)
        if sources:
            self._heading(_("Sources"))
            self._flow("; ".join(sources), "fact")
        return self.lines

    def _when(self, release: Release, film: Film) -> str:
        """Rabu, 7 Januari 2026 · 14 hari lagi."""
        when = release.when
        parts = [spoken.full(when, self._words)]
        if when.exact:
            parts.append(spoken.countdown(when.exact, self._today, self._words))
        if release.type != "theatrical":
            parts.append(terms.release_type(release.type, self._words))
        if not release.home:
            parts.append(self._words.territory(release.region))
        if release.status != "confirmed":
            parts.append(terms.status(release.status, self._words))
        return " · ".join(parts)

    def _note(self, release: Release) -> None:
        if release.note:
            self._flow(release.note.best(self._words.language), "fact")

    def _moved(self, earlier: dates.ReleaseDate, recorded: date | None) -> str:
        text = spoken.moved(earlier, self._words)
        if recorded:
            noticed = spoken.medium(dates.parse(recorded.isoformat()), self._words)
            text += " " + self._words.gettext("(noticed {date})").format(date=noticed)
        return text

    def _facts(self, film: Film) -> None:
        facts = [
            (fact.line or fact.words)(value, self._words)
            for fact in FILM
            if fact.shown is Shown.LINE and (value := getattr(film, fact.name))
        ]
        if facts:
            self._flow(" · ".join(facts), "fact")

    def _others(self, film: Film, shown: Release) -> None:
        others = [release for release in film.rows if release is not shown]
        if not others:
            return
        self._heading(self._words.gettext("Other releases"))
        for release in sorted(others, key=lambda release: release.when.key):
            parts = [
                spoken.full(release.when, self._words),
                terms.release_type(release.type, self._words),
                self._words.territory(release.region),
            ]
            if release.status != "confirmed":
                parts.append(terms.status(release.status, self._words))
            self._flow(" · ".join(parts))
            self._note(release)
            for earlier in reversed(release.history):
                self._flow(self._moved(earlier.when, earlier.recorded), "moved")

    def _links(self, film: Film) -> None:
        if not film.links:
            return
        self._heading(self._words.gettext("Links"))
        for name, address in film.links.items():
            for number, part in enumerate(wrap(f"{name.capitalize()}  {address}", self._width)):
                label = f"{name.capitalize()}  " if number == 0 else ""
                self.lines.append([Piece(label), Piece(part.removeprefix(label), "link", address)])

    def _news(self, item: News) -> None:
        dated = spoken.medium(dates.parse(item.date.isoformat()), self._words) if item.date else ""
        title = item.title.best(self._words.language)
        for part in wrap(f"{dated}  {title}" if dated else title, self._width):
            self.lines.append([Piece(part, "link" if item.url else "text", item.url or "")])

    # typesetting

    def _gap(self) -> None:
        if self.lines:
            self.lines.append([])

    def _heading(self, name: str) -> None:
        self._gap()
        self.lines.append([Piece(name.upper(), "heading")])

    def _flow(self, value: str, style: str = "text") -> None:
        glued = value.replace(" · ", "\u00a0· ")  # no line begins with the dot
        self.lines += [[Piece(part.replace("\u00a0", " "), style)] for part in wrap(glued, self._width)]

    def _columns(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Name and role side by side; where there is no room, the role below."""
        pairs = list(pairs)
        widest = max(cell_len(name) for name, _ in pairs)
        left = min(widest, self._width // 2)
        beside = self._width - left - 2
        if beside < 14:
            for name, role in pairs:
                self._flow(name)
                if role:
                    self.lines += [[Piece("  " + part, "role")] for part in wrap(role, self._width - 2)]
            return
        for name, role in pairs:
            names = wrap(name, left)
            roles = wrap(role, beside) if role else []
            for number in range(max(len(names), len(roles))):
                first = names[number] if number < len(names) else ""
                second = roles[number] if number < len(roles) else ""
                padding = " " * (left + 2 - cell_len(first))
                self.lines.append([Piece(first + padding), Piece(second, "role")] if second else [Piece(first)])

    def _labelled(self, pairs: list[tuple[str, str]]) -> None:
        """A label and its text in two columns, or one under the other where it is narrow."""
        if not pairs:
            return
        self._gap()
        left = max(len(label) for label, _ in pairs)
        beside = self._width - left - 2
        for label, value in pairs:
            if beside < 20:
                self.lines.append([Piece(label, "fact")])
                self.lines += [[Piece("  " + part)] for part in wrap(value, self._width - 2)]
                continue
            for number, part in enumerate(wrap(value, beside)):
                head = label if number == 0 else ""
                self.lines.append([Piece(f"{head:<{left + 2}}", "fact"), Piece(part)])
