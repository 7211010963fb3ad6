"""One release as an event of a calendar: an iCalendar VEVENT as phones and calendars read it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.base.servers import is_web
from tui.base.words import N_
from tui.exports.contentlines import component, line, text
from tui.exports.links import in_ascii
from tui.films import spoken, terms
from tui.films.dates import shifted
from tui.films.facts import FILM, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.words import Words
    from tui.films.dates import ReleaseDate
    from tui.films.film import Film, Release

KEPT_DAYS = 60
"""After its day a cancelled event is kept so long: one that only vanishes tells its subscribers nothing."""

_STATUSES = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}
_MARKS = {"postponed": N_("[POSTPONED]"), "cancelled": N_("[CANCELLED]")}
"""In front of the title: Google hides what is cancelled, Outlook shows it as if it were not."""

_LONGEST_TEXT = 2000
"""Characters of a synopsis' first paragraph; Google drops what is behind 8,192 bytes of a description."""
_MOST_CAST = 10


def uid(film: Film, ordinal: int) -> str:
    """What an event is known by for good: film, region and type; a number where the film has several of these."""
    release = film.rows[ordinal]
    same = sum((one.region, one.type) == (release.region, release.type) for one in film.rows[:ordinal])
    number = f".{same + 1}" if same else ""
    return f"{film.id}.{release.region}.{release.type}{number}@filmtui"


def when(release: Release) -> ReleaseDate:
    """The date that its event has: of what was put off or called off without a new day, the last that it had."""
    if _STATUSES[release.status] == "CANCELLED" and not release.when.exact:
        return next((earlier.when for earlier in reversed(release.history) if earlier.when.exact), release.when)
    return release.when


def day_of(release: Release, *, partial: bool) -> date | None:
    """The day of its event; with `partial` the first of its month, where no more is known. None where it has none."""
    known = when(release)
    if partial and known.month and not known.day:
        return date(known.year or 1, known.month, 1)
    return known.exact


def kept(release: Release, day: date, today: date) -> bool:
    """Whether an event is still told: what is called off, for a while."""
    return _STATUSES[release.status] != "CANCELLED" or today <= shifted(day, KEPT_DAYS)


def vevent(film: Film, ordinal: int, day: date, words: Words, alarm: int | None, home: str) -> bytes:
    """The event's lines, but for DTSTAMP, LAST-MODIFIED and SEQUENCE: the same bytes for the same release.

    `alarm` as in `Options`; `home` is the country that no title names.
    """
    release = film.rows[ordinal]
    known = when(release)
    summary = _summary(film, release, words, home)
    doubtful = known.exact is None and release.status == "confirmed"
    kinds = [*(terms.genre(name, words) for name in film.genres), terms.release_type(release.type, words)]
    lines = [
        text("UID", uid(film, ordinal)),
        text("SUMMARY", summary),
        line("DTSTART;VALUE=DATE", _digits(day)),
    ]
    if day < date.max:
        # exclusive; without it some Android clients show nothing, with the same day Outlook refuses the event
        lines.append(line("DTEND;VALUE=DATE", _digits(shifted(day, 1))))
    lines += [
        line("STATUS", "TENTATIVE" if doubtful else _STATUSES[release.status]),
        line("TRANSP", "TRANSPARENT"),  # a film makes nobody busy
        line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
        text("CATEGORIES", *kinds),
    ]
    if about := "\n".join(_description(film, release, words)).strip():
        lines.append(text("DESCRIPTION", about))
    if address := _address(film):
        lines.append(line("URL", address))
    lines.append(text("X-FILMTUI-ID", film.id))
    # what the properties above do not tell, so that the event can be read back
    if summary != film.title:
        lines.append(text("X-FILMTUI-TITLE", film.title))
    if doubtful or release.status == "postponed":
        lines.append(text("X-FILMTUI-STATUS", release.status))
    if release.date != day.isoformat():
        lines.append(text("X-FILMTUI-DATE", release.date or ""))
    if alarm is not None:
        trigger = line("TRIGGER", f"-PT{alarm}H" if alarm else "PT0S")
        # strict readers want the description
        lines.append(component("VALARM", [line("ACTION", "DISPLAY"), text("DESCRIPTION", summary), trigger]))
    return component("VEVENT", lines)


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _summary(film: Film, release: Release, words: Words, home: str) -> str:
    """[BATAL] Musuh Dalam Selimut (Digital, Malaysia, tentatif, bulan Maret)."""
    known, behind = when(release), []
    if release.type != "theatrical":
        behind.append(terms.release_type(release.type, words))
    if release.region != home:
        behind.append(words.territory(release.region))
    if release.status == "tentative":
        behind.append(terms.status(release.status, words))
    if known.exact is None and known.month:
        name = words.names.alone_months[known.month - 1]
        behind.append(words.gettext("some day in {month}").format(month=name))
    title = f"{film.title} ({', '.join(behind)})" if behind else film.title
    if release.status not in _MARKS:
        return title
    mark = words.gettext(_MARKS[release.status])
    return f"{mark} {title}"


def _description(film: Film, release: Release, words: Words) -> Iterator[str]:
    """The line of facts, what is said of the date, the synopsis' first paragraph, people, sources."""
    facts = [
        (fact.line or fact.words)(value, words)
        for fact in FILM
        if fact.shown is Shown.LINE and (value := getattr(film, fact.name))
    ]
    if facts:
        yield " · ".join(facts)
    if film.other_title:
        yield _labelled(N_("Original title"), film.other_title, words)
    for earlier in release.history[-1:]:
        yield spoken.moved(earlier.when, words)
    if release.note:
        yield release.note.best(words.language)
    if synopsis := film.synopsis.best(words.language).partition("\n")[0] if film.synopsis else "":
        yield ""
        yield synopsis if len(synopsis) <= _LONGEST_TEXT else synopsis[: _LONGEST_TEXT - 1].rstrip() + "…"
    cast = [credit.name for credit in film.cast[:_MOST_CAST]] + ["…"] * (len(film.cast) > _MOST_CAST)
    people = [
        (N_("Director"), ", ".join(film.directors)),
        (N_("Cast"), ", ".join(cast)),
        (N_("Source"), release.source),
    ]
    if any(value for _, value in people):
        yield ""
    for label, value in people:
        if value:
            yield _labelled(label, value, words)
    if notice := terms.notice(one.source for one in film.rows):
        yield from ("", notice)


def _labelled(label: str, value: str, words: Words) -> str:
    name = words.gettext(label)
    return f"{name}: {value}"


def _address(film: Film) -> str:
    """The first link as RFC 3986 writes one, in ASCII; empty without one."""
    for address in film.links.values():
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if is_web(address) and parts.hostname and parts.netloc.isascii():
            return in_ascii(address)
    return ""
