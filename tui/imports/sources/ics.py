"""ICS: feeds of release calendars. An event is an opening; a rule of repetition is never followed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tui.base.errors import message
from tui.base.text import fold
from tui.base.words import N_
from tui.films.film import Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken, completed
from tui.imports.sources.values import genres, line, lines, links, status_of, type_of, year_of
from tui.imports.sources.written import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 200_000
"""Characters of an event: longer ones are none."""
_MOST = 5_000
"""Events of a feed, which has some hundred: reading one takes a quarter of a millisecond."""
_LEFT_OUT = ("RRULE", "RDATE", "EXDATE", "EXRULE", "ATTACH", "IMAGE", "ATTENDEE", "ORGANIZER")


def read(data: bytes | str, name: str) -> Taken:
    """A film for each event; events of one title are one film's releases. Raises SourceError."""
    from icalendar import Event

    text = data if isinstance(data, str) else data.decode("utf-8-sig", errors="replace")
    report = Problems(name)
    films: list[Incoming] = []
    known: dict[object, int] = {}
    for count, (number, block) in enumerate(_events(text, report)):
        if count == _MOST:
            report(number, message(N_("more than {count} events; the rest was left out"), count=_MOST))
            break
        try:
            found = _film(Event.from_ical(block), number)
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            report(number, message(N_("this event cannot be read; it needs SUMMARY and DTSTART")))
            continue
        key = found.film.id or (fold(found.film.title), found.year)
        if key in known:
            before = films[known[key]]
            releases = tuple(dict.fromkeys(before.film.releases + found.film.releases))
            films[known[key]] = completed(before, found, releases)
        else:
            known[key] = len(films)
            films.append(found)
    problems = report.reported()
    if not films and not problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return Taken(films, [], problems)


def _events(text: str, report: Problems) -> Iterator[tuple[int, str]]:
    """Each whole event with its line. One by one: a broken one must not hide the others, and nothing is nested."""
    begun = inner = length = 0
    kept: list[str] = []
    keeping = False
    # not str.splitlines, which takes a form feed and U+2028 in a text for the end of a line
    for number, part in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        head = part[:40].strip().upper()
        if head in {"BEGIN:VEVENT", "END:VCALENDAR"} and begun:
            _unended(report, begun)
            begun = 0
        if head == "BEGIN:VEVENT":
            begun, inner, length = number, 0, 0
            kept = [part.strip()]
        elif begun and head == "END:VEVENT":
            if length <= _LONGEST:
                yield begun, "\r\n".join([*kept, "END:VEVENT"])
            else:
                report(begun, message(N_("this event is too long and was left out")))
            begun = 0
        elif begun:
            inner = max(0, inner + head.startswith("BEGIN:") - head.startswith("END:"))
            if not part.startswith((" ", "\t")):
                keeping = not inner and not head.startswith(("END:", *_LEFT_OUT))
            if keeping:
                length += len(part)
                if length <= _LONGEST:
                    kept.append(part)
    if begun:
        _unended(report, begun)


def _unended(report: Problems, number: int) -> None:
    report(number, message(N_("this event has no END:VEVENT and was left out")))


def _film(event: Any, number: int) -> Incoming:
    """Raises ValueError for an event without a title or day."""
    start = _first(event.get("DTSTART"))
    day = getattr(start, "dt", None)
    # the day as it is written: no zone moves it
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    title, year, kind = _title(line(_text(event, "SUMMARY")))
    if not title:
        raise ValueError
    about = _text(event, "DESCRIPTION")
    named = [line(str(value)) for group in _all(event.get("CATEGORIES")) for value in getattr(group, "cats", [])]
    first = [part for part in about.split("\n") if part.strip()][:3]
    text = next((found for value in [*named, *first] if (found := type_of(value))), None)
    id = _text(event, "X-FILMTUI-ID")
    address = _text(event, "URL")
    film = Film(
        id=id if re.fullmatch(r"[a-z0-9-]{1,200}", id) else "",
        title=title,
        releases=(
            Release(
                date=day.isoformat(),
                type=kind or text or "theatrical",
                status=status_of(_text(event, "STATUS")) or "confirmed",
            ),
        ),
        # others are studios (Radarr's) or what somebody files their calendar under
        genres=tuple(known for known in genres("\n".join(named)) if known in GENRES),
        companies=tuple(value for value in named if value) if _text(event, "UID").startswith("Radarr_movie_") else (),
        synopsis=_synopsis(about),
        links=links([address]),
    )
    return Incoming(film=film, line=number, year=year)


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _text(event: Any, name: str) -> str:
    value = _first(event.get(name))
    return "" if value is None else str(value).strip()


_KIND = re.compile(r"(.+?)\s*(?:[-–—:]\s*)?[(\[]([^()\[\]]{1,60})[)\]]|(.+?)\s+[-–—]\s+([^()\[\]]{1,60})")


def _title(summary: str) -> tuple[str, int | None, str | None]:
    """The title, and the year and the kind of release that calendars put beside it."""
    year = kind = None
    while match := _KIND.fullmatch(summary):
        title, text = match[1] or match[3], match[2] or match[4]
        if kind is None and (known := type_of(text)):
            kind = known
        elif year is None and match[2] and (found := year_of(text)):
            year = found
        else:
            break
        summary = title
    return summary, year, kind


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def _synopsis(about: str) -> Prose | None:
    """What a description says beside kinds of release and addresses."""
    parts = (part for part in about.split("\n") if not type_of(part) and not _ADDRESS.fullmatch(part.strip()))
    text = lines("\n".join(parts))
    return Prose(plain=text) if len(text.split()) > 2 else None
