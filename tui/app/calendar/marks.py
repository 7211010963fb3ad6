"""What the list says beside its titles: lines between rows (today, the next week, holidays), marks at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.app.calendar.lines import Between
from tui.films import spoken, terms
from tui.films.dates import key_of, period_of, shifted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.base.words import Words
    from tui.films.holidays import Holiday
    from tui.library.library import Library, Row
    from tui.library.view import View

_BEHIND, _AHEAD = 31, 400
"""Days around today whose holidays are lines."""
_NEAR = 14
"""Days ahead that are counted down."""
_WITH_COUNTDOWN, _WITH_WORDS = 30, 36
"""Cells of a line from which on there is room for a countdown, and for a status in full."""
_MARK = 8
"""Cells that countdowns and statuses keep free behind the genres, so that these stand below each other."""
_WITH_GENRE = 46
"""Cells of a line from which on genres are named, where they fit behind the title."""


def rules(library: Library, view: View, today: date, words: Words) -> list[Between]:
    """Today, with how many films open in its week; the next week, if any open in it. Four questions."""
    if not view.total or view.selection != library.home or view.partial:
        return []
    following = shifted(library.week_start(today), 7)
    this, now, next_, behind = (
        library.index_of(view, key_of(day)) for day in (shifted(following, -7), today, following, shifted(following, 7))
    )
    found = []
    periods = [period for period, _ in view.shown]
    if view.only in {None, period_of(key_of(today))}:
        month = view.month_of(min(now, view.total - 1))
        if now >= view.total:
            month = len(periods) - 1
        elif periods[month] > period_of(key_of(today)):
            month -= 1
        films = brief = ""
        if next_ > this:
            films = words.ngettext("{n} film this week", "{n} films this week", next_ - this)
            brief = words.ngettext("{n} film", "{n} films", next_ - this)
        name = words.gettext("today")
        found.append(
            Between(month, now, key_of(today), f"{name} · {spoken.short(today, words)}", films, brief, rule=True)
        )
    if behind > next_ and next_ < view.total and view.only is None:
        name = words.gettext("next week")
        name += f" {spoken.short_days(following, shifted(following, 6), words)}"
        films = words.ngettext("{n} film", "{n} films", behind - next_)
        found.append(Between(view.month_of(next_), next_, key_of(following), name, films, rule=True))
    return found


def holidays(library: Library, view: View, holidays: Iterable[Holiday], today: date, words: Words) -> list[Between]:
    """Days off from a month ago to a year ahead, in months that the view has. A question for each."""
    if not view.total or view.selection != library.home or view.partial:
        return []
    months = {period: number for number, (period, _) in enumerate(view.shown)}
    note = words.gettext("holiday")
    found = []
    for holiday in holidays:
        month = months.get(period_of(key_of(holiday.day)))
        if month is not None and -_BEHIND <= (holiday.day - today).days <= _AHEAD:
            index = library.index_of(view, key_of(holiday.day))
            text = holiday.text(words)
            found.append(Between(month, index, key_of(holiday.day), text, "" if holiday.joint else note))
    return found


def between(library: Library, view: View, days: tuple[Holiday, ...], today: date, words: Words) -> list[Between]:
    """All of the list's lines that are no rows. A question for each holiday, so not for the thread that draws."""
    return [*holidays(library, view, days, today, words), *rules(library, view, today, words)]


def beside(row: Row, today: date, width: int, words: Words, *, labelled: bool) -> tuple[str, bool]:
    """At a line's end: what is unusual about the release, and how near its day is; whether it is near."""
    unusual = next(reversed(terms.unusual(row, words)), "")
    if unusual and width < _WITH_WORDS:
        unusual = f"{unusual[:3]}."
    day = row.when.exact
    off = row.status in {"cancelled", "postponed"}
    if labelled and not off and day and 0 <= (day - today).days <= _NEAR and width >= _WITH_COUNTDOWN:
        near = spoken.near(day, today, words)
        return f"{unusual} · {near}" if unusual else near, True
    return unusual, False


def genre(row: Row, width: int, room: int, mark: str, words: Words) -> str:
    """The film's first genre with the cells behind it, before this mark; empty in a narrow list.

    `room`: the cells of the line that the title leaves.
    """
    if not row.genre or width < _WITH_GENRE:
        return ""
    text = terms.genre(row.genre, words).lower()
    behind = max(2, _MARK + 1 - cell_len(mark)) if mark else _MARK + 2
    return f"{text}{' ' * behind}" if cell_len(text) + behind + cell_len(mark) + 3 <= room else ""
