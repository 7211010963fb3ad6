"""Films and news put into a file's lists and taken out of them, as cuts into its text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.base.text import fold
from tui.catalog.files import opening
from tui.catalog.writing import emit
from tui.catalog.writing.layout import Cut, Layout, OddLayoutError, line_end, line_start, shifted
from tui.films.dates import UNDATED
from tui.films.film import Film, News

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Moved(NamedTuple):
    """A film's lines from another file, with the comments above them; the column of its dash there."""

    lines: str
    column: int


Arrival = tuple[Film, Moved | None]
"""A film that comes to a file, and its lines if it had some elsewhere."""


class Lists:
    """The lists of a file: how they are laid out, and what is to be cut for films and news to go and to come."""

    def __init__(self, layout: Layout, section: str = "films") -> None:
        """`section` is the list from which `removals` takes."""
        self._layout = layout
        self._text = layout.text
        self._parts = layout.parts[section]

    @cached_property
    def offset(self) -> int:
        """How much deeper than its key a list's dashes stand in this file."""
        section = self._layout.sections.get("films")
        if section is None or not self._parts or self._parts[0].flow:
            return 0
        return max(0, self._layout.column(self._parts[0].dash) - self._layout.column(section.start))

    @cached_property
    def _gap(self) -> str:
        """What stands between two films: an empty line, unless this file does without."""
        gaps = [
            self._text[self._parts[at].end : self.lead(at + 1)]
            for at in range(len(self._parts) - 1)
            if not self._parts[at].flow
        ]
        dense = gaps and not any(re.search(r"\n[ \t]*\r?\n", gap) for gap in gaps)
        return "\n" if dense else "\n\n"

    def lead(self, at: int) -> int:
        """Where the comments directly above the film at this position begin."""
        start = line_start(self._text, self._parts[at].dash)
        floor = self._parts[at - 1].end if at else 0
        while start > floor:
            above = line_start(self._text, start - 1)
            if above < floor or not self._text[above:start].lstrip().startswith("#"):
                break
            start = above
        return start

    # films that go

    def removals(self, taken: set[int], *, replaced: bool) -> Iterator[Cut]:
        """The items at these positions, with the comments above them; `replaced` is whether others come."""
        text = self._text
        runs: list[tuple[int, int, int]] = []
        for at in sorted(taken):
            start, end = self.lead(at), self._parts[at].end
            if self._parts[at].flow:
                yield self._unlisted(at)
                continue
            before = self._parts[at - 1].end if at else 0
            if runs and not text[runs[-1][2] : start].strip():
                before, start, _ = runs.pop()
            runs.append((before, start, end))
        emptied = len(taken) == len(self._parts)
        for before, start, end in runs:
            following = next((found.start() for found in [re.compile(r"\S").search(text, end)] if found), len(text))
            if emptied and replaced:
                yield start, end, ""
            elif following == len(text):
                kept = max(before, len(text[:start].rstrip()))
                yield kept, len(text), "\n" if text.endswith("\n") else ""
            else:
                yield start, line_start(text, following), ""

    def _unlisted(self, at: int) -> Cut:
        """Out of [brackets], with its comma."""
        start, end = self._parts[at].dash, self._parts[at].end
        if at + 1 < len(self._parts):
            return start, self._parts[at + 1].dash, ""
        return (self._parts[at - 1].end if at else start), end, ""

    # films that come

    def insertions(self, added: list[Arrival], changed: Mapping[int, Film], taken: set[int]) -> Iterator[Cut]:
        """Films that come, each behind those that open before it, as they are once `changed` and `taken` are done.

        Raises OddLayoutError if the file has no place for them.
        """
        added = sorted(added, key=lambda one: _order(one[0]))
        if not added:
            return
        if not self._parts:
            yield from self._begun("films", [self._lines(arrival, 0) for arrival in added], self._gap)
            return
        standing = sorted(
            (_order(changed.get(at) or part.value), at) for at, part in enumerate(self._parts) if at not in taken
        )
        places: dict[int | None, list[Arrival]] = {}
        place: int | None = None
        passed = 0
        for arrival in added:
            while passed < len(standing) and standing[passed][0] <= _order(arrival[0]):
                place = max(place or 0, standing[passed][1])
                passed += 1
            places.setdefault(place, []).append(arrival)
        for behind, films in places.items():
            yield self._inserted(behind, films, alone=not standing)

    def _inserted(self, place: int | None, films: list[Arrival], *, alone: bool) -> Cut:
        part = self._parts[place or 0]
        if part.flow:
            written = [emit.inline(film) for film, _ in films]
            if place is None:
                return part.dash, part.dash, "".join(one + ", " for one in written)
            return part.end, part.end, "".join(", " + one for one in written)
        column = self._layout.column(part.dash)
        lines = [self._lines(arrival, column) for arrival in films]
        if place is not None:
            return part.end, part.end, "".join(self._gap + one for one in lines)
        start = self.lead(0)
        return start, start, self._gap.join(lines) if alone else "".join(one + self._gap for one in lines)

    def _lines(self, arrival: Arrival, column: int) -> str:
        """A film as lines with its dash at `column`."""
        film, moved = arrival
        if moved is None:
            return shifted(emit.block(film, self.offset), column)
        return shifted(moved.lines, column - moved.column)

    # news

    def headlines(self, news: list[News], *, with_films: bool) -> Iterator[Cut]:
        """News behind those that are there; `with_films` is whether films come too. Raises OddLayoutError."""
        known = self._layout.parts["news"]
        if not news:
            return
        if not known:
            yield from self._begun("news", [emit.block(item) for item in news], "\n", apart=with_films)
            return
        last = known[-1]
        if last.flow:
            yield last.end, last.end, "".join(", " + emit.inline(item) for item in news)
            return
        apart = len(known) > 1 and re.search(r"\n[ \t]*\r?\n", self._text[known[-2].end : last.dash])
        gap, column = "\n\n" if apart else "\n", self._layout.column(last.dash)
        yield last.end, last.end, "".join(gap + shifted(emit.block(item), column) for item in news)

    def _begun(self, name: str, lines: list[str], gap: str, *, apart: bool = False) -> Iterator[Cut]:
        """The first items of a section; `apart` is whether an empty line goes before a new one in any case."""
        text, sections = self._text, self._layout.sections
        if name in sections:
            section = sections[name]
            if not section.empty:
                raise OddLayoutError
            column, behind = self._layout.column(section.start), line_end(text, section.end)
            yield section.colon, section.end, ""
            yield behind, behind, "\n" + gap.join(shifted(one, column) for one in lines)
            return
        if self._layout.broken:
            raise OddLayoutError
        lead = "" if not text or text.endswith("\n") else "\n"
        lead += "\n" if sections or apart else ""
        yield len(text), len(text), f"{lead}{name}:\n{gap.join(lines)}\n"


def _order(film: Film | News | None) -> tuple[int, str]:
    """Where a film stands among others; one of which nothing is known stands at the end."""
    return (opening(film).key, fold(film.title)) if isinstance(film, Film) else (UNDATED + 1, "")
