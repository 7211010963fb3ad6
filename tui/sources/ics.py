"""ICS: feeds of release calendars. An event is an opening; a rule of repetition is never followed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tui.catalog.film import Film, Release, Synopsis
from tui.errors import Problem, message
from tui.i18n import N_
from tui.sources.incoming import Incoming, SourceError, Taken
from tui.sources.values import genres, line, lines, web

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    "digital": r"digital|streaming|vod|web",
    "physical": r"physical|disc|blu-?ray|dvd|cakram",
    "tv": r"tv|television|televisi",
    "premiere": r"premiere|tayang perdana|gala",
    "limited": r"limited|terbatas",
    "theatrical": r"theatrical|in cinemas?|cinemas?|theaters?|theatres?|bioskop",
}
_STATUSES = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}

_EVENT = 200_000
"""Characters: longer ones are no events."""


def read(text: str, name: str) -> Taken:
    """A film for each event; events of one title are one film's releases. Raises SourceError."""
    from icalendar import Event

    taken = Taken([], [], [])
    known: dict[str, int] = {}
    for number, block in _events(text, name, taken):
        try:
            event = Event.from_ical(block)
            found = _film(event, number)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError):
            said = message(N_("this event cannot be read; it needs SUMMARY and DTSTART"))
            taken.problems.append(Problem(name, number, 1, said))
            continue
        key = found.film.id or found.film.title
        if key in known:
            taken.films[known[key]] = _joined(taken.films[known[key]], found)
        else:
            known[key] = len(taken.films)
            taken.films.append(found)
    if not taken.films and not taken.problems:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    return taken


def _events(text: str, name: str, taken: Taken) -> Iterator[tuple[int, str]]:
    """Each whole event with its line. One by one: a broken one must not hide the others, and nothing is nested."""
    begun = inner = 0
    kept: list[str] = []
    for number, part in enumerate(text.splitlines(), 1):
        head = part.strip().upper()
        if head == "BEGIN:VEVENT":
            if begun:
                taken.problems.append(_unended(name, begun))
            begun, kept, inner = number, [], 0
        if begun:
            inner += head.startswith("BEGIN:") - head.startswith("END:")
            alarm = inner > 1 or (inner == 1 and head.startswith("END:") and head != "END:VEVENT")
            if not alarm and not head.startswith(("RRULE", "RDATE", "EXDATE", "EXRULE")):
                kept.append(part)
            if head == "END:VEVENT":
                if sum(map(len, kept)) <= _EVENT:
                    yield begun, "\r\n".join(kept)
                begun = 0
            elif head == "END:VCALENDAR":
                taken.problems.append(_unended(name, begun))
                begun = 0
    if begun:
        taken.problems.append(_unended(name, begun))


def _unended(name: str, number: int) -> Problem:
    return Problem(name, number, 1, message(N_("this event has no END:VEVENT and was left out")))


def _film(event: Any, number: int) -> Incoming:
    """Raises ValueError for an event without a title or day."""
    summary, about = line(str(event.get("SUMMARY", ""))), lines(str(event.get("DESCRIPTION", "")))
    # the day as it is written: no zone moves it
    start = event.decoded("DTSTART")
    if isinstance(start, datetime):
        start = start.date()
    if not isinstance(start, date) or not summary:
        raise ValueError
    categories = event.get("CATEGORIES")
    named = [line(str(value)) for value in getattr(categories, "cats", [])]
    title, kind = _kind(summary, about, named)
    status = _STATUSES.get(str(event.get("STATUS", "")).upper(), "confirmed")
    address = str(event.get("URL", ""))
    id = line(str(event.get("X-FILMTUI-ID", "")))
    film = Film(
        id=id if re.fullmatch(r"[a-z0-9-]+", id) else "",
        title=title,
        releases=(Release(date=start.isoformat(), type=kind, status=status),),
        genres=genres(", ".join(named)) if named and not any(_type(value) for value in named) else (),
        synopsis=Synopsis(plain=about) if len(about) > 40 else None,
        links={"web": address} if web(address) else {},
    )
    return Incoming(film=film, line=number)


def _kind(summary: str, about: str, named: list[str]) -> tuple[str, str]:
    """The title without the kind of release that calendars put beside it, and that kind."""
    match = re.fullmatch(r"(.+?)\s*(?:[-–—:]\s*)?[(\[]([^()\[\]]+)[)\]]", summary) or re.fullmatch(
        r"(.+?)\s+[-–—]\s+([^-–—]+)", summary
    )
    if match and (kind := _type(match[2])):
        return match[1].strip(), kind
    for value in [*named, *about.splitlines()[:3]]:
        if len(value) <= 40 and (kind := _type(value)):
            return summary, kind
    return summary, "theatrical"


def _type(said: str) -> str | None:
    for kind, words in _TYPES.items():
        if re.fullmatch(rf"(?:rilis\s+)?(?:{words})(?:\s+(?:release|rilis))?", said.strip(), re.IGNORECASE):
            return kind
    return None


def _joined(one: Incoming, other: Incoming) -> Incoming:
    import msgspec

    releases = tuple(dict.fromkeys(one.film.releases + other.film.releases))
    return msgspec.structs.replace(one, film=msgspec.structs.replace(one.film, releases=releases))
