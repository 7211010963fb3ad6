"""iCalendar: a listing as a feed that calendars subscribe to, and its events one by one for CalDAV and vdir."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

from tui.base.reasons import not_noted
from tui.exports.contentlines import line, text
from tui.exports.event import day_of, kept, uid, vevent
from tui.index.revisions import Edition, Revision, Revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.exports.listing import Listing
    from tui.films.film import Release

COLOUR = "#008080"
_COLOUR_NAME = "teal"
"""The nearest that CSS3 has a name for: RFC 7986 takes names alone."""

_PAGE = 1000
"""Events that are held at a time, some 1 MiB. Their revisions are written together, which waits for the disk once."""

_REFRESH = "PT12H"
"""How often a feed asks to be read again: Apple and Outlook listen, Google asks when it likes."""

_UNKNOWN = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
"""When an event changed last of which nothing is known: the same in every export, which now would not be."""

_BEGIN, _END = line("BEGIN", "VEVENT"), line("END", "VCALENDAR")
_HEAD = b"".join(
    (
        line("BEGIN", "VCALENDAR"),
        line("VERSION", "2.0"),
        line("PRODID", "-//filmtui//filmtui//EN"),  # without a version, which would change every event
        line("CALSCALE", "GREGORIAN"),
    )
)


@dataclass(frozen=True)
class Event:
    """A release of a listing as an event."""

    uid: str
    film: str
    """Id."""
    day: date
    status: str
    """One of film.STATUSES."""
    text: bytes
    """A whole VCALENDAR with this one VEVENT, as CalDAV and vdir keep it: without METHOD, its lines ended by CRLF.

    The same bytes as long as nothing of it changes.
    """


def chunks(listing: Listing) -> Iterator[bytes]:
    """The feed, event by event; the rest as `events`."""
    yield _feed(listing)
    for event in _bare(listing):
        yield event.text
    yield _END


def events(listing: Listing) -> Iterator[Event]:
    """An event for each release that has a day, in calendar order; in the end `tell` takes how many have none.

    What was put off or called off is left out `KEPT_DAYS` days after its day. Raises IndexUnavailableError.
    """
    for event in _bare(listing):
        yield replace(event, text=_HEAD + event.text + _END)


def _bare(listing: Listing) -> Iterator[Event]:
    """The events; their text is the VEVENT alone.

    An event's revision is kept by language and alarm: the Indonesian and the English text of one UID are feeds of
    their own, each of which has changed when its own words have.
    """
    words, options = listing.words, listing.options
    today = listing.today
    variant = words.language if options.alarm is None else f"{words.language} {options.alarm}"
    left = 0

    def made() -> Iterator[tuple[Event, Edition]]:
        nonlocal left
        for row, film in listing.entries():
            release = film.rows[row.ordinal]
            day = day_of(release, partial=options.partial)
            if day is None:
                left += 1
            elif kept(release, day, today):
                body = vevent(film, row.ordinal, day, words, options.alarm, listing.library.home.region)
                event = Event(uid(film, row.ordinal), film.id, day, release.status, body)
                yield event, Edition(event.uid, blake2b(body, digest_size=16).digest(), _told(release))

    revisions = Revisions(listing.revisions)
    try:
        every = made()
        while page := list(islice(every, _PAGE)):
            found = revisions.of(variant, [edition for _, edition in page], _seconds(today))
            for (event, _), revision in zip(page, found, strict=True):
                yield replace(event, text=_revised(event.text, revision))
            page.clear()  # before the next is made
    finally:
        revisions.close()
    if left:
        listing.leave(left)
        listing.tell(
            words.ngettext("{n} release without a day was left out", "{n} releases without a day were left out", left)
        )
    if revisions.lost and listing.revisions:
        listing.tell(not_noted(listing.revisions.parent).text(words))


def _told(release: Release) -> Revision:
    """What the catalog itself records: how often the date was moved, and when last."""
    days = [earlier.recorded for earlier in release.history if earlier.recorded]
    return Revision(len(release.history), max([_UNKNOWN, *map(_seconds, days)]))


def _seconds(day: date) -> int:
    """Since 1970, of a day's beginning, UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _revised(event: bytes, revision: Revision) -> bytes:
    """The VEVENT with its revision."""
    stamp = datetime.fromtimestamp(revision.modified, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = line("DTSTAMP", stamp), line("LAST-MODIFIED", stamp), line("SEQUENCE", str(revision.sequence))
    return b"".join((_BEGIN, *lines, event.removeprefix(_BEGIN)))


def _feed(listing: Listing) -> bytes:
    """What stands before the events, as subscribers read it: RFC 7986's properties, and those that were before it."""
    words, options = listing.words, listing.options
    name, about = calendar_name(listing), words.gettext("Release days of films, from filmtui")
    key = blake2b(f"{name}\n{words.language}\n{options.source_url}".encode(), digest_size=8).hexdigest()
    lines = [
        line("METHOD", "PUBLISH"),  # REQUEST would be an invitation
        text("UID", f"calendar-{key}@filmtui"),
        text("NAME", name),
        text("X-WR-CALNAME", name),
        text("DESCRIPTION", about),
        text("X-WR-CALDESC", about),
        line("COLOR", _COLOUR_NAME),
        line("X-APPLE-CALENDAR-COLOR", COLOUR),
        line("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH),  # without VALUE Home Assistant refuses the file
        line("X-PUBLISHED-TTL", _REFRESH),
    ]
    if options.source_url:
        lines.append(line("SOURCE;VALUE=URI", options.source_url))
    return _HEAD + b"".join(lines)


def calendar_name(listing: Listing) -> str:
    """What the calendar is called in lists of calendars."""
    return listing.options.calendar_name or listing.words.gettext("Film releases")
