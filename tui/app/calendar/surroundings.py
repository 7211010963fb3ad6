"""What stands around a release in the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.film.article import Around
from tui.films.dates import key_of, shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.films.holidays import Holiday
    from tui.library.library import Library, Row
    from tui.user.watchlist import Star

_RIVALS = 11
"""Films of a release's week that its page names."""


def around(library: Library, row: Row, holidays: tuple[Holiday, ...], stars: Mapping[str, Star]) -> Around:
    """What else opens in the release's week, the holidays, and whether it is starred. One question."""
    day, star = row.when.exact, stars.get(row.id)
    if day is None:
        return Around(holidays=holidays, star=star)
    start = library.week_start(day)
    found = library.between(key_of(start), key_of(shifted(start, 6)), _RIVALS + 2)
    rows = tuple(other for other in found if other.id != row.id and other.when.exact)
    return Around(rows[:_RIVALS], len(rows) > _RIVALS, holidays, star, stars)
