"""A film as a page: what is known of it, in typographic order, as lines of a given width.

What is unknown takes no room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.renderables.digits import Digits

from tui.app.widgets.typeset import Address, Find, Go, Line, Piece, beside, flow, joined, wrap
from tui.films import dates, spoken, terms
from tui.films.facts import FILM, Fact, Shown, values
from tui.films.holidays import Holiday, beside_holiday, window_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from tui.base.words import Words
    from tui.films.dates import ReleaseDate
    from tui.films.film import Film, News, Release
    from tui.library.library import Row
    from tui.user.watchlist import Star

_LEAF = 11
"""Cells of the day's leaf."""
_WITH_LEAF, _WITH_DIGITS = 50, 39
"""Widths from which the leaf, and the day's digits alone, stand beside the title."""
_MEASURE = 75
"""Cells of a line of prose; longer ones tire the eye."""


class Around(NamedTuple):
    """What stands beside a release in the calendar."""

    rows: tuple[Row, ...] = ()
    """Others of its week, in calendar order."""
    more: bool = False
    """Whether there are others beside `rows`."""
    holidays: tuple[Holiday, ...] = ()
    """Of the years around it; none while they are not worked out."""
    star: Star | None = None
    """If the film is starred."""
    stars: Container[str] = ()
    """The films that are starred."""


_ALONE = Around()


class Article:
    """The lines of one film for one of its releases."""

    def __init__(self, words: Words, today: date, width: int) -> None:
        self._words = words
        self._today = today
        self._width = max(width, 8)
        self.lines: list[Line] = []

    def film(self, film: Film, ordinal: int, news: list[News], around: Around = _ALONE) -> list[Line]:
        rows = film.rows
        release = rows[ordinal] if ordinal < len(rows) else rows[0]
        _ = self._words.gettext
        self._head(film, release, around)
        synopsis = film.synopsis.best(self._words.language) if film.synopsis else None
        if synopsis:
            self._gap()
            self._flow([Piece(synopsis)], min(self._width, _MEASURE))
        if film.cast:
            self._heading(_("Cast"))
            self._columns([(credit.name, credit.role or "") for credit in film.cast])
        self._labelled(film)
        self._rivals(release, around)
        self._others(film, release)
        self._links(film)
        if news:
            self._heading(_("News"))
            for item in news:
                self._news(item)
        sources = dict.fromkeys(r.source for r in rows if r.source)
        if sources:
            self._heading(_("Sources"))
            self._flow(joined(([Piece(source, "fact", Find("source", source))] for source in sources), "; ", "fact"))
        return self.lines

    # the head

    def _head(self, film: Film, release: Release, around: Around) -> None:
        """Title, date and facts; the day's leaf beside them where there is room."""
        leaf = self._leaf(release.when)
        indent = max((sum(cell_len(piece.text) for piece in line) for line in leaf), default=-2) + 2
        whole, self._width = self._width, self._width - indent
        self._flow([Piece(film.title, "title"), *([Piece(" ★", "when")] if around.star else [])])
        if film.other_title:
            self._flow([Piece(film.other_title, "original")])
        self._gap()
        self._flow([Piece(self._when(release), "when")])
        if release.when.exact and (season := self._season(release.when.exact, around.holidays)):
            self._flow([Piece(season, "season")])
        if around.star and around.star.note:
            self._flow([Piece("★ ", "when"), Piece(around.star.note)])
        if release.note:
            self._flow([Piece(release.note.best(self._words.language), "fact")])
        for earlier in reversed(release.history):
            self._flow([Piece(self._moved(earlier.when, earlier.recorded), "moved")])
        self._facts(film)
        self._width = whole
        self.lines = beside(leaf, self.lines, indent) if leaf else self.lines

    def _leaf(self, when: ReleaseDate) -> list[Line]:
        """As torn from a calendar: weekday, day in large digits, month; the digits alone in a narrow pane."""
        day = when.exact
        if day is None or self._width < _WITH_DIGITS:
            return []
        drawn = "".join(
            segment.text for segment in Digits(str(day.day)).render(Style()) if isinstance(segment, Segment)
        )
        digits = [row.rstrip() for row in drawn.splitlines()]
        wide = max(map(len, digits))
        if self._width < _WITH_LEAF:
            return [[Piece(f"{row:<{wide}}", "when")] for row in digits]
        inner = _LEAF - 2
        names = self._words.names
        middle = [
            (names.short_days[day.weekday()].upper(), "leaf"),
            *((f"{row:<{wide}}", "when") for row in digits),
            (names.alone_months[day.month - 1].upper()[:inner], "leaf"),
        ]
        return [
            [Piece(f"╭{'─' * inner}╮", "rule")],
            *([Piece("│", "rule"), Piece(f"{text:^{inner}}", style), Piece("│", "rule")] for text, style in middle),
            [Piece(f"╰{'─' * inner}╯", "rule")],
        ]

    def _when(self, release: Release) -> str:
        """14 hari lagi · Rabu, 7 Januari 2026."""
        when = release.when
        parts = [spoken.countdown(when.exact, self._today, self._words)] if when.exact else []
        parts.append(spoken.full(when, self._words))
        if release.type != "theatrical":
            parts.append(terms.release_type(release.type, self._words))
        if not release.home:
            parts.append(self._words.territory(release.region))
        return " · ".join(filter(None, [*parts, terms.doubt(release, self._words)]))

    def _season(self, day: date, holidays: tuple[Holiday, ...]) -> str:
        """2 hari sebelum Natal · Natal dan Tahun Baru."""
        window = window_of(day, holidays)
        parts = [beside_holiday(day, holidays, self._words), self._words.gettext(window.name) if window else ""]
        return " · ".join(filter(None, parts))

    def _moved(self, earlier: ReleaseDate, recorded: date | None) -> str:
        text = spoken.moved(earlier, self._words)
        if recorded:
            noticed = spoken.medium(dates.parse(recorded.isoformat()), self._words)
            text += " " + self._words.gettext("(noticed {date})").format(date=noticed)
        return text

    def _facts(self, film: Film) -> None:
        facts = ([*self._fact(fact, film, "fact")] for fact in FILM if fact.shown is Shown.LINE)
        if pieces := joined(facts, " · ", "fact"):
            self._flow(pieces)

    def _fact(self, fact: Fact, film: Film, style: str = "text") -> Iterable[Piece]:
        """The field in words; each of its values leads to the films that share it, where the calendar finds them."""
        value = getattr(film, fact.name)
        if not value:
            return []
        if not fact.finds:
            return [Piece(((style == "fact" and fact.line) or fact.words)(value, self._words), style)]
        return joined(
            ([Piece(fact.words((one,), self._words), style, Find(fact.finds, one))] for one in values(value)),
            ", ",
            style,
        )

    # below

    def _labelled(self, film: Film) -> None:
        """Labels and texts in two columns, or one under the other where it is narrow."""
        found = [
            (self._words.gettext(fact.label), pieces)
            for fact in FILM
            if fact.shown is Shown.LABELLED and (pieces := [*self._fact(fact, film)])
        ]
        if not found:
            return
        self._gap()
        left = max(len(label) for label, _ in found) + 2
        room = self._width - left
        for label, pieces in found:
            if room < 20:
                self.lines.append([Piece(label, "fact")])
                self.lines += beside([], flow(pieces, self._width - 2), 2)
            else:
                self.lines += beside([[Piece(label, "fact")]], flow(pieces, room), left)

    def _rivals(self, release: Release, around: Around) -> None:
        """What else opens that day and that week, a line for each day."""
        if not around.rows:
            return
        self._heading(self._words.gettext("Opening the same week"))
        days: dict[int, list[Piece]] = {}
        for row in around.rows:
            title = f"{row.title}\xa0★" if row.id in around.stars else row.title
            days.setdefault(row.key, []).append(Piece(title, "text", Go(row.id)))
        label = max(len(self._day(key)) for key in days) + 2
        for key, films in days.items():
            style = "when" if key == release.when.key else "fact"
            self.lines += beside(
                [[Piece(self._day(key), style)]],
                flow(joined(([film] for film in films), " · ", "fact"), self._width - label),
                label,
            )
        if around.more:
            self.lines.append([Piece(" " * label), Piece(self._words.gettext("and others"), "fact")])

    def _day(self, key: int) -> str:
        day = dates.from_key(key).exact
        return f"{spoken.weekday(day, self._words)} {day.day}" if day else spoken.brief(key, self._words)

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
                terms.doubt(release, self._words),
            ]
            self._flow([Piece(" · ".join(filter(None, parts)))])
            if release.note:
                self._flow([Piece(release.note.best(self._words.language), "fact")])
            for earlier in reversed(release.history):
                self._flow([Piece(self._moved(earlier.when, earlier.recorded), "moved")])

    def _links(self, film: Film) -> None:
        if not film.links:
            return
        self._heading(self._words.gettext("Links"))
        for name, url in film.links.items():
            self._flow([Piece(f"{name.capitalize()}  "), Piece(url, "link", Address(url))])

    def _news(self, item: News) -> None:
        dated = spoken.medium(dates.parse(item.date.isoformat()), self._words) if item.date else ""
        title = item.title.best(self._words.language)
        to = Address(item.url) if item.url else None
        self._flow([Piece(f"{dated}  {title}" if dated else title, "link" if to else "text", to)])

    # typesetting

    def _gap(self) -> None:
        if self.lines:
            self.lines.append([])

    def _heading(self, name: str) -> None:
        self._gap()
        self.lines.append([Piece(name.upper(), "heading")])

    def _flow(self, pieces: list[Piece], width: int = 0) -> None:
        self.lines += flow(pieces, width or self._width)

    def _columns(self, pairs: list[tuple[str, str]]) -> None:
        """Name and role side by side; where there is no room, the role below."""
        left = min(max(cell_len(name) for name, _ in pairs), self._width // 2)
        room = self._width - left - 2
        for name, role in pairs:
            person = Piece(name, "text", Find("person", name))
            if room < 14:
                self._flow([person])
                self.lines += [[Piece("  " + part, "role")] for part in wrap(role, self._width - 2) if part]
            else:
                roles = flow([Piece(role, "role")], room) if role else []
                self.lines += beside(flow([person], left), roles, left + 2)
