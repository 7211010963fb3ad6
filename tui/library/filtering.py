"""The filter as a value: a line of search taken apart into ticked values and a rest, and its counts in context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.base.words import N_
from tui.films.dates import first_key
from tui.films.film import RATINGS, STATUSES, TYPES
from tui.index.selection import Term
from tui.library.fields import STAR
from tui.library.search import filtered, taken, understand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.fields import Context
    from tui.library.library import Library, Selection

_MOST = 8
"""Countries and directors that are listed, besides those that are ticked."""


class FilterGroup(msgspec.Struct, frozen=True):
    """Values of a kind, of which a row has to have one."""

    kind: str
    """As in `search.FILTERED`."""
    label: str
    """Message id."""
    order: tuple[str, ...] = ()
    """Of its values; without one, the commonest come first."""
    most: int = 0
    """Of its values that are listed; 0 for all."""


FILTER_GROUPS = (
    FilterGroup("star", N_("Stars"), (STAR,)),
    FilterGroup("genre", N_("Genre")),
    FilterGroup("rating", N_("Rating"), (*RATINGS, "")),
    FilterGroup("type", N_("Release type"), TYPES),
    FilterGroup("status", N_("Status"), STATUSES),
    FilterGroup("country", N_("Country"), most=_MOST),
    FilterGroup("director", N_("Director"), most=_MOST),
)


class Filter(msgspec.Struct, frozen=True):
    """What is ticked, and what else the line asks for."""

    rest: str
    """The line without what the filter has."""
    chosen: dict[str, frozenset[str]] = {}
    """For each kind its values that are ticked."""

    def line(self, context: Context) -> str:
        """The search that this is."""
        return filtered(self.rest, self.chosen, context)

    def toggled(self, kind: str, value: str) -> Filter:
        """With this value ticked, or no longer."""
        values = self.chosen.get(kind, frozenset()) ^ {value}
        return msgspec.structs.replace(self, chosen={**self.chosen, kind: values})


def filter_of(line: str, context: Context) -> Filter:
    """The filter that this line of search is, its fields ticked."""
    return Filter(*taken(understand(line, context)))


def in_context(
    library: Library,
    wanted: Filter,
    context: Context,
    period: int | None,
    stop: Callable[[], bool] = lambda: False,
) -> dict[str, dict[str, int]]:
    """For each kind its values and how many films of the month (None: of all) have each, given all but its own ticks.

    The commonest values come first. One question to the index for each kind, and none more once `stop` says so. Raises
    as the library does.
    """
    found: dict[str, dict[str, int]] = {}
    for group in FILTER_GROUPS:
        if stop():
            break
        others = _without(group.kind, wanted, context, period)
        found[group.kind] = (
            _starred(library, others, context) if group.kind == "star" else library.spread(others, group.kind)
        )
    return found


def _starred(library: Library, others: Selection, context: Context) -> dict[str, int]:
    """How many are starred; nothing where no film is."""
    ids = context.starred()
    if not ids:
        return {}
    terms = (*others.terms, Term(films=ids))
    return {STAR: library.view(msgspec.structs.replace(others, terms=terms)).total}


def total_of(wanted: Filter, counts: dict[str, dict[str, int]]) -> int:
    """How many films the filter leaves: each row is counted under one rating, or under that it has none."""
    ratings, ticked = counts["rating"], wanted.chosen.get("rating")
    return sum(rows for rating, rows in ratings.items() if not ticked or rating in ticked)


def _without(kind: str, wanted: Filter, context: Context, period: int | None) -> Selection:
    others = {other: values for other, values in wanted.chosen.items() if other != kind}
    selection = understand(filtered(wanted.rest, others, context), context).selection
    if kind == "type":
        selection = msgspec.structs.replace(selection, types=frozenset(TYPES))
    if period is not None:
        first, last = max(selection.first, first_key(period)), min(selection.last, period)
        selection = msgspec.structs.replace(selection, first=first, last=last)
    return selection


def listed(group: FilterGroup, counts: dict[str, int], known: list[str], ticked: frozenset[str]) -> list[str]:
    """The values of a group that are to be chosen from: those that are `known`, that are counted, and the ticked."""
    if group.most:
        common = list(counts)[: group.most]
        return [*common, *sorted(ticked - {*common})]
    every = dict.fromkeys([*known, *counts, *sorted(ticked)])
    if group.order:
        return [value for value in group.order if value in every]
    return list(every)
