"""ICS: feeds of release calendars. An event is an opening; a rule of repetition is never followed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import message
from tui.base.text import fold
from tui.base.words import N_
from tui.films.film import HOME_REGION, Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources import summaries
from tui.imports.sources.incoming import Incoming, Problems, SourceError, Taken, completed
from tui.imports.sources.own_events import own_event
from tui.imports.sources.values import genres, line, lines, links, status_of, type_of
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
    events: list[_Event] = []
    for count, (number, block) in enumerate(_events(text, report)):
        if count == _MOST:
            report(number, message(N_("more than {count} events; the rest was left out"), count=_MOST))
            break
        try:
            events.append(_event(Event.from_ical(block), number))
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            report(number, message(N_("this event cannot be read; it needs SUMMARY and DTSTART")))
    films = _joined(_of_films(events, _named(text), report))
    problems = report.reported()
    if not films and not problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return Taken(films, [], problems)


class _Event(msgspec.Struct):
    """An event, read as a film's."""

    incoming: Incoming
    film: bool
    """Whether something in it says that it is one."""
    other: bool
    """Whether something in it says that it is none."""


def _named(text: str) -> str:
    """What the calendar calls itself."""
    head = text[: max(text.find("BEGIN:VEVENT"), 0)][:5000]
    return " ".join(
        re.findall(r"(?im)^(?:PRODID|X-WR-CALNAME|X-WR-CALDESC|NAME|DESCRIPTION|CATEGORIES)[:;](.*)$", head)
    )


def _of_films(events: list[_Event], named: str, report: Problems) -> list[Incoming]:
    """The events that are films': all of a calendar of films, else those that say so themselves."""
    likely = sum(event.film and not event.other for event in events)
    all_films = summaries.speaks_of_films(named) or 2 * likely > len(events)
    kept = [event.incoming for event in events if not event.other and (event.film or all_films)]
    if left := [event.incoming.line for event in events if event.other or not (event.film or all_films)]:
        text = N_("events that are no films', such as this one, were left out: {count}; films have CATEGORIES:FILM")
        report(left[0], message(text, count=len(left)))
    return kept


def _joined(found: list[Incoming]) -> list[Incoming]:
    """Events of one title are one film's releases; those of one kind and day, such as in other formats, are one."""
    films: list[Incoming] = []
    known: dict[object, int] = {}
    years = {fold(one.film.title): one.year for one in found if one.year}
    for one in found:
        key = one.film.id or (fold(one.film.title), one.year or years.get(fold(one.film.title)))
        if key in known:
            before = films[known[key]]
            releases = tuple(dict.fromkeys(before.film.releases + one.film.releases))
            films[known[key]] = completed(before, one, releases)
        else:
            known[key] = len(films)
            films.append(one)
    return films


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


def _event(event: Any, number: int) -> _Event:
    """Raises ValueError for an event without a title or day."""
    start = _first(event.get("DTSTART"))
    day = getattr(start, "dt", None)
    # the day as it is written: no zone moves it
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    named = [line(str(value)) for group in _all(event.get("CATEGORIES")) for value in getattr(group, "cats", [])]
    if own := own_event(lambda name: _given(event, name), day, named):
        return _Event(Incoming(film=own, line=number), film=True, other=False)
    summary = summaries.read(line(_text(event, "SUMMARY")))
    if not summary.title:
        raise ValueError
    about = _text(event, "DESCRIPTION")
    first = [part for part in about.split("\n") if part.strip()][:3]
    text = next((found for value in [*named, *first] if (found := type_of(value))), None)
    id, uid, address = _text(event, "X-FILMTUI-ID"), _text(event, "UID"), _text(event, "URL")
    radarr = uid.startswith("Radarr_movie_")
    kinds = tuple(known for known in genres("\n".join(named)) if known in GENRES)
    release = Release(
        date=day.isoformat(),
        type=summary.type or text or "theatrical",
        status=status_of(_text(event, "STATUS")) or "confirmed",
        region=summary.region or HOME_REGION,
    )
    film = Film(
        id=id if re.fullmatch(r"[a-z0-9-]{1,200}", id) else "",
        title=summary.title,
        releases=(release,),
        # others are studios (Radarr's) or what somebody files their calendar under
        genres=kinds,
        companies=tuple(value for value in named if value) if radarr else (),
        synopsis=_synopsis(about),
        links=links([address]),
    )
    says_so = summary.film or bool(text or id or radarr or kinds)
    says_so = (
        says_so or any(map(summaries.speaks_of_films, named)) or summaries.describes_film(about, f"{address} {about}")
    )
    other = summary.other or (not radarr and any(map(summaries.is_other_category, named)))
    return _Event(Incoming(film=film, line=number, year=summary.year), says_so, other)


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _text(event: Any, name: str) -> str:
    return _given(event, name) or ""


def _given(event: Any, name: str) -> str | None:
    value = _first(event.get(name))
    if value is None:
        return None
    if name.startswith("X-"):  # icalendar 7 leaves the escapes of these, 6 does not
        escaped = bytes(value.to_ical()).decode()
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], escaped).strip()
    return str(value).strip()


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def _synopsis(about: str) -> Prose | None:
    """What a description says beside kinds of release and addresses."""
    parts = (part for part in about.split("\n") if not type_of(part) and not _ADDRESS.fullmatch(part.strip()))
    text = lines("\n".join(parts))
    return Prose(plain=text) if len(text.split()) > 2 else None
