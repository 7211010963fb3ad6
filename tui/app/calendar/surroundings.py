"""What stands around a release and between the rows of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.calendar import marks
from tui.app.film.article import Around
from tui.films.dates import key_of, shifted
from tui.library.week import monday_of

if TYPE_CHECKING:
    from datetime import date

    from tui.app.calendar.lines import Between
    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.library.library import Library, Row
    from tui.library.view import View

_RIVALS = 11
"""Films of a release's week that its page names."""


def around(library: Library, row: Row, holidays: tuple[Holiday, ...]) -> Around:
    """What else opens in the release's week, and the holidays. One question."""
    day = row.when.exact
    if day is None:
        return Around(holidays=holidays)
    monday = monday_of(day)
    found = library.between(key_of(monday), key_of(shifted(monday, 6)), _RIVALS + 2)
    rows = tuple(other for other in found if other.id != row.id and other.when.exact)
    return Around(rows[:_RIVALS], len(rows) > _RIVALS, holidays)


def between(library: Library, view: View, holidays: tuple[Holiday, ...], today: date, words: Words) -> list[Between]:
    """The list's lines that are no rows. A question for each holiday, so not for the thread that draws."""
    return [
        *marks.holidays(library, view, holidays, today, words),
        *marks.rules(library, view, today, words),
    ]
