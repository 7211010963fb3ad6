"""Titles by their words and months, so that those spelled nearly alike are found without comparing all with all."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from tui.films.dates import LAST_DAY, shifted
from tui.films.titles import loose
from tui.imports.match import ALIKE, NEAR, days_of, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.imports.sources.incoming import Incoming

Month = tuple[int, int]
"""Year and month."""

_MOST = 300
"""Titles that one is compared with in a month, the rarest words first: 0.1 ms."""
_MOST_WORDS = 6


@lru_cache(maxsize=1 << 12)
def _keys(title: str) -> frozenset[tuple[str, ...]]:
    """What two titles that are one, spelled differently, have in common: their numbers and a word, or an end."""
    counted = tuple(numbers(title))
    whole = loose(title)
    words = sorted({word for word in map(loose, re.findall(r"\S+", title)) if len(word) > 2 and not word.isdigit()})
    pairs = combinations(words[:_MOST_WORDS], 2)
    ends = ("^", whole[:4]), ("$", whole[-4:])
    return frozenset((*counted, "", *parts) for parts in (*((word,) for word in words), *pairs, *ends))


class Openings(Protocol):
    """What is asked of a catalog."""

    def opening(self, first: int, last: int) -> list[tuple[str, str]]: ...


def months_near(incoming: Incoming) -> list[Month]:
    """The months in which what may be the same opening can be."""
    days = [day for release in incoming.film.releases for day in days_of(release)]
    away = (-NEAR, -NEAR // 2, 0, NEAR // 2, NEAR)
    return sorted({(near.year, near.month) for day in days for by in away for near in (shifted(day, by),)})


class Blocks:
    """Films by month, each under what its titles may be found by."""

    def __init__(self) -> None:
        self._ids: dict[tuple[Month, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
        self._loaded: set[Month] = set()

    def load(self, known: Openings, months: Iterable[Month]) -> None:
        """Add what the catalog has in these months, once."""
        for year, month in sorted({*months} - self._loaded):
            first = year * 10_000 + month * 100
            for id, title in known.opening(first, first + LAST_DAY):
                self.add((year, month), id, title)
            self._loaded.add((year, month))

    def add(self, month: Month, id: str, title: str) -> None:
        entry = (id, loose(title))
        for key in _keys(title):
            self._ids[month, key].append(entry)

    def near(self, title: str, months: Iterable[Month]) -> set[str]:
        """Films that open in these months and whose titles are spelled nearly so."""
        from rapidfuzz import fuzz, process  # 10 ms, only when something is imported

        keys, wanted = _keys(title), loose(title)
        found: set[str] = set()
        for month in months:
            held = sorted((ones for key in keys if (ones := self._ids.get((month, key)))), key=len)
            near: dict[str, str] = {}
            for ones in held:
                if near and len(near) + len(ones) > _MOST:
                    break
                near |= ones[:_MOST]
            found.update(
                id for _, _, id in process.extract(wanted, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
            )
        return found
