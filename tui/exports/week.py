"""A week as text, Markdown and JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from tui.exports import chat
from tui.exports.data import record
from tui.exports.text import escaped, named
from tui.films import dates, spoken, terms
from tui.films.holidays import SECOND_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.films.film import Film
    from tui.films.holidays import Holiday
    from tui.index.query import Row
    from tui.library.week import Week

_HOLIDAYS = 3
"""Those that are counted down to."""


def title(week: Week, today: date, words: Words) -> str:
    """5 film baru pekan ini · 5–11 Januari 2026."""
    days = spoken.days(week.first, week.last, words)
    if not week.total:
        none = words.gettext("No new film this week") if _current(week, today) else words.gettext("No new film")
        return f"{none} · {days}"
    if _current(week, today):
        count = words.ngettext("{n} new film this week", "{n} new films this week", week.total)
    else:
        count = words.ngettext("{n} new film", "{n} new films", week.total)
    return f"{count} · {days}"


def _current(week: Week, today: date) -> bool:
    return week.first <= today <= week.last


def upcoming(holidays: Iterable[Holiday], today: date) -> list[Holiday]:
    """The next public holidays, today's among them; of Eid al-Fitr the first day."""
    ahead = [h for h in holidays if h.day >= today and not h.joint and h.name != SECOND_DAY]
    return ahead[:_HOLIDAYS]


def text(
    week: Week, film: Callable[[str], Film], holidays: Iterable[Holiday], today: date, words: Words
) -> Iterator[str]:
    _ = words.gettext
    yield title(week, today, words)
    for key, rows in groupby(week.rows, key=lambda row: row.key):
        day = dates.from_key(key)
        yield ""
        yield f"{spoken.full(day, words)} · {spoken.countdown(day.exact, today, words)}" if day.exact else ""
        for row in rows:
            facts = terms.about(film(row.id), words)
            yield f"  {named(row, words)}" + (f" · {facts}" if facts else "")
    for heading, listed, more in _lists(week, words):
        yield ""
        yield heading
        for key, rows in groupby(listed, key=lambda row: row.key):
            yield f"  {_day(key, words)}  " + " · ".join(named(row, words) for row in rows)
        if more:
            yield "  " + words.ngettext("{n} more", "{n} more", more)
    if ahead := upcoming(holidays, today):
        yield ""
        yield _("Holidays")
        for holiday in ahead:
            yield f"  {_holiday(holiday, today, words)}"


def markdown(
    week: Week, film: Callable[[str], Film], holidays: Iterable[Holiday], today: date, words: Words
) -> Iterator[str]:
    yield f"## {title(week, today, words)}"
    for key, rows in groupby(week.rows, key=lambda row: row.key):
        yield ""
        yield f"### {spoken.full(dates.from_key(key), words)}"
        yield ""
        for row in rows:
            facts = terms.about(film(row.id), words)
            yield f"- **{escaped(named(row, words))}**" + (f" · {escaped(facts)}" if facts else "")
    for heading, listed, more in _lists(week, words):
        yield ""
        yield f"### {heading}"
        yield ""
        for key, rows in groupby(listed, key=lambda row: row.key):
            yield f"- {_day(key, words)}: " + " · ".join(escaped(named(row, words)) for row in rows)
        if more:
            yield "- " + words.ngettext("{n} more", "{n} more", more)
    if ahead := upcoming(holidays, today):
        yield ""
        yield "### " + words.gettext("Holidays")
        yield ""
        for holiday in ahead:
            yield f"- {_holiday(holiday, today, words)}"


def whatsapp(week: Week, film: Callable[[str], Film], today: date, words: Words) -> Iterator[str]:
    """What opens in the week, as a message."""
    entries = ((row, film(row.id)) for row in week.rows)
    return chat.whatsapp(entries, words, lambda _: week.first, title(week, today, words))


def json(week: Week, film: Callable[[str], Film], holidays: Iterable[Holiday], today: date, words: Words) -> str:
    """first, last, films, still_new, next: `data.record`s; holidays: date, name."""
    lists = {"films": week.rows, "still_new": week.still, "next": week.next}
    found: dict[str, Any] = {"first": week.first, "last": week.last}
    found |= {name: [record(row, film(row.id)) for row in rows] for name, rows in lists.items()}
    found["holidays"] = [{"date": h.day, "name": h.text(words)} for h in upcoming(holidays, today)]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _lists(week: Week, words: Words) -> Iterator[tuple[str, tuple[Row, ...], int]]:
    """Heading, rows, and how many more there are."""
    if week.still:
        yield words.gettext("Still new"), week.still, week.still_total - len(week.still)
    if week.next:
        yield words.gettext("Coming next"), week.next, 0


def _day(key: int, words: Words) -> str:
    day = dates.from_key(key).exact
    return spoken.short(day, words) if day else spoken.brief(key, words)


def _holiday(holiday: Holiday, today: date, words: Words) -> str:
    countdown = spoken.countdown(holiday.day, today, words)
    return f"{countdown} · {holiday.text(words)}, {spoken.short(holiday.day, words)}"
