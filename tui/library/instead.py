"""What would hit where a search hits nothing: another spelling, other months, or less of what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.base.text import words as folded
from tui.films import spoken
from tui.films.dates import UNDATED, from_key, key_of, period_of
from tui.index.selection import Selection
from tui.library import fields, moments
from tui.library.search import understand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.base.words import Words
    from tui.library.fields import Context
    from tui.library.library import Library
    from tui.library.understood import SearchPart, Understood
    from tui.library.view import View

_MOST = 3
"""Spellings that are offered, and months."""
_SHORTEST = 3
"""Letters of a word whose spelling is looked at."""


class Offer(msgspec.Struct, frozen=True):
    """Something to choose instead."""

    label: str
    """For the reader."""
    line: str
    """The search that it leads to."""
    note: str = ""
    """How many films that has."""
    period: int | None = None
    """The only month to be shown then; None for all."""


def months(view: View, line: str, words: Words) -> list[Offer]:
    """The months nearest to the one that is shown, which has no film of the view."""
    if view.only is None or not view.months:
        return []
    near = sorted(view.months, key=lambda month: _apart(month[0], view.only or 0))[:_MOST]
    found = [
        Offer(spoken.period(period, words), line, words.ngettext("{n} film", "{n} films", rows), period)
        for period, rows in sorted(near)
    ]
    return [*found, Offer(words.gettext("all months"), line, words.ngettext("{n} film", "{n} films", view.everything))]


def _apart(one: int, other: int) -> int:
    return abs((one // 10_000 - other // 10_000) * 12 + one // 100 % 100 - other // 100 % 100)


def offers(library: Library, understood: Understood, context: Context) -> list[Offer]:
    """What to try instead of this search, which finds nothing; each of them finds something.

    Raises as the library does. Each is asked for its first hits only: some milliseconds, whatever the catalog's size.
    """
    found = [*_spellings(library, understood, context), *_less(library, understood, context)]
    return list({offer.line: offer for offer in reversed(found)}.values())[::-1]


def _spellings(library: Library, understood: Understood, context: Context) -> Iterator[Offer]:
    """The line with one word as it is spelled in the index, or as a genre, a month or a holiday is."""
    label = context.words.gettext("Did you mean “{what}”?")
    others = [*fields.genre_words(), *moments.months(), *moments.holiday_names()]
    for start, end, word in _unknown(library, understood):
        near = library.near_words(word, others)
        lines = {one: f"{understood.text[:start]}{one}{understood.text[end:]}".strip() for one in near}
        found = {one: offer for one, line in lines.items() if (offer := _hitting(library, line, context, label, line))}
        if not found:  # then the word by itself
            found = {one: offer for one in near if (offer := _hitting(library, one, context, label, one))}
        # a month in both languages is one offer
        once: dict[tuple[str, ...], Offer] = {}
        for one, offer in found.items():
            once.setdefault(tuple(part.label for part in understand(one, context).parts), offer)
        yield from list(once.values())[:_MOST]


def _unknown(library: Library, understood: Understood) -> Iterator[tuple[int, int, str]]:
    """Words of the line that no film has: where each stands, and the word, folded."""
    for part in understood.parts:
        if part.term is None or part.excluded or part.term.facets or not part.term.words:
            continue
        at = part.start
        for text in understood.text[part.start : part.end].split():
            start = understood.text.index(text, at)
            at = start + len(text)
            name, colon, value = text.rpartition(":")
            start += len(name) + len(colon) + (len(value) - len(value.lstrip('"')))
            bare = value.strip('"')
            said = folded(bare)
            if len(said) == 1 and len(said[0]) >= _SHORTEST and not _known(library, part, said[0]):
                yield start, start + len(bare), said[0]


def _known(library: Library, part: SearchPart, word: str) -> bool:
    assert part.term
    term = msgspec.structs.replace(part.term, words=(word,))
    return bool(library.glimpse(Selection(terms=(term,)), 0).total)


def _less(library: Library, understood: Understood, context: Context) -> Iterator[Offer]:
    """The line without one of its parts; where that tells the days, in the months that have some."""
    if len(understood.parts) < 2:
        return
    for part in understood.parts:
        line = understood.without(part)
        if part.field in fields.TIMES and not part.excluded:
            yield from _elsewhere(library, line, context)
        elif offer := _hitting(library, line, context, context.words.gettext("without {what}"), part.label):
            yield offer


def _elsewhere(library: Library, line: str, context: Context) -> Iterator[Offer]:
    """The months nearest to today that this line has films in."""
    today = key_of(context.clock.today)
    view = library.glimpse(understand(line, context).selection, today)
    words, field = context.words, fields.KINDS["month"]
    near = sorted(
        (month for month in view.months if month[0] != UNDATED), key=lambda month: _apart(month[0], period_of(today))
    )
    for period, rows in sorted(near[:_MOST]):
        note = "" if view.partial else words.ngettext("{n} film", "{n} films", rows)
        yield Offer(spoken.period(period, words), f"{line} {field.name(words)}:{from_key(period)}", note)
    if not near and view.total:
        yield Offer(words.gettext("all months"), line)


def _hitting(library: Library, line: str, context: Context, label: str, what: str = "") -> Offer | None:
    """The offer of a line that finds something."""
    view = library.glimpse(understand(line, context).selection, key_of(context.clock.today))
    if not view.total:
        return None
    words = context.words
    note = "" if view.partial else words.ngettext("{n} film", "{n} films", view.total)
    return Offer(label.format(what=what), line, note)


def told(found: Iterable[Offer]) -> str:
    """The offers in a line: Desember 2025 (1 film), all months."""
    return ", ".join(f"{offer.label} ({offer.note})" if offer.note else offer.label for offer in found)
