"""Films of a saved page's data: schema.org's Movie and ScreeningEvent as Incoming."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.dates import parse as parse_date
from tui.films.film import LONGEST_NAME, LONGEST_TEXT, Credit, Film, Prose, Release
from tui.imports.sources.html.data import flat, types_of
from tui.imports.sources.html.document import TextPlaces
from tui.imports.sources.incoming import Incoming, completed
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    SYNOPSIS_TOO_LONG,
    UNREADABLE_DATE,
    country,
    each,
    genres,
    line,
    lines,
    links,
    minutes,
    rating,
    tongue,
    year_of,
)
from tui.imports.sources.written import FIRST_YEAR, LAST_YEAR
from tui.imports.sources.written import parse as parse_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.imports.sources.html.data import FilmItems, Item
    from tui.imports.sources.html.document import Document
    from tui.imports.sources.incoming import Problems

T = TypeVar("T")

_MOST_FILMS = 2_000
"""In data, and dates of one film; each film is looked for in the source, for its line."""
_LANGUAGES = {"id": "id", "in": "id", "ind": "id", "en": "en", "eng": "en"}
"""A page's lang to the field of Prose."""


def films_of(items: FilmItems, document: Document, report: Problems) -> list[Incoming]:
    """Each title once, in the order of the page; what cannot be read is reported."""
    films: dict[str, tuple[Incoming, bool]] = {}
    if len(items.films) > _MOST_FILMS:
        report(1, message(N_("more than {count} films; the rest was left out"), count=_MOST_FILMS))
    reader = _FilmReader(items, document, report)
    for item, since, until in items.films[:_MOST_FILMS]:
        event = "ScreeningEvent" in types_of(item)
        if film := reader.film(item, event, since, until):
            key = fold(film.film.title)
            known = films.get(key)
            films[key] = _both(*known, film, event) if known else (film, event)
    return [film for film, _ in films.values()]


def _both(one: Incoming, event: bool, other: Incoming, also_event: bool) -> tuple[Incoming, bool]:
    """What a page says of one film in two places.

    Of its screenings the first is the opening, but what the film itself says of its release goes before.
    """
    releases = one.film.releases or other.film.releases
    if one.film.releases and other.film.releases and event:
        if also_event:
            releases = min(one.film.releases, other.film.releases, key=lambda found: found[0].when.key)
        else:
            releases = other.film.releases
    return completed(one, other, releases), event and also_event


class _FilmReader:
    """One page's items, read one by one."""

    def __init__(self, items: FilmItems, document: Document, report: Problems) -> None:
        self._by_id = items.by_id
        self._places = TextPlaces(document.source)
        self._report = report
        self._language = _language(document)

    def film(self, item: Item, event: bool, since: int, until: int) -> Incoming | None:
        """The film that the item is or, if it is an event, shows; None, and reported, if it has no name."""
        movie = item
        if event:
            movie = next(iter(self._records(item.get("workPresented"))), {})
            movie = {"name": item.get("name"), "url": item.get("url")} | movie
        name = movie.get("name")
        title = line(_text(name))
        # as it stands there, with its entities
        number = self._line(name if isinstance(name, str) and name else title, since, until)
        if not title:
            self._report(number, message(N_("a film of the page's data has no name, or one that is too long")))
            return None
        releases = self._releases([item] if event else self._records(movie.get("releasedEvent")), number)
        if not releases and not event:
            releases = self._releases([{"startDate": movie.get("datePublished")}], number)
        about = _text(movie.get("description"))
        if len(about) > LONGEST_TEXT:
            self._report(number, message(SYNOPSIS_TOO_LONG, count=LONGEST_TEXT))
        synopsis = lines(_untagged(about))
        other = line(_text(movie.get("alternateName")))
        trailers = [_text(one.get("embedUrl") or one.get("url")) for one in self._records(movie.get("trailer"))]
        film = Film(
            id="",
            title=title,
            original_title=other if other and other != title else None,
            releases=releases,
            genres=genres("\n".join(_texts(movie.get("genre")))),
            runtime=self._single(minutes, NO_LENGTH, movie.get("duration"), number),
            rating=self._single(rating, NO_CLASS, movie.get("contentRating"), number),
            countries=each(country, _texts(movie.get("countryOfOrigin"))),
            languages=each(tongue, _texts(movie.get("inLanguage"))),
            directors=self._names(movie.get("director")),
            writers=self._names(movie.get("author")) or self._names(movie.get("creator")),
            producers=self._names(movie.get("producer")),
            companies=self._names(movie.get("productionCompany")),
            cast=self._cast(movie.get("actor") or movie.get("actors")),
            synopsis=Prose(**{self._language: synopsis}) if synopsis else None,
            links=links([*_texts(movie.get("url")), *_texts(movie.get("sameAs")), *trailers]),
        )
        years = (year_of(_text(movie.get(name))[:4]) for name in ("copyrightYear", "dateCreated"))
        return Incoming(film=film, line=number, year=next(filter(None, years), None))

    def _line(self, name: str, since: int, until: int) -> int:
        """Where the film's name stands in its part of the source, else where that begins."""
        return self._places.line(max(self._places.find(name, since, until), since))

    def _single(self, read_one: Callable[[str], T | None], unread: str, value: object, number: int) -> T | None:
        """A single value; None, and reported, if it cannot be read."""
        text = _text(value).strip()
        found = read_one(text)
        if text and found is None:
            self._report(number, message(unread, value=clean(text[:40])))
        return found

    def _releases(self, events: list[Item], number: int) -> tuple[Release, ...]:
        found: dict[tuple[str, str], Release] = {}
        for event in events[:_MOST_FILMS]:
            text = _text(event.get("startDate"))
            if not text:
                continue
            day = _day(text)
            if day is None:
                self._report(number, message(UNREADABLE_DATE, value=clean(text[:40])))
                continue
            place = next(iter(self._records(event.get("location"))), {})
            nation = country(_text(place.get("name"))) if "Country" in types_of(place) else None
            release = Release(date=day, region=nation) if nation else Release(date=day)
            found.setdefault((day, release.region), release)
        return tuple(found.values())

    def _records(self, value: object) -> list[Item]:
        """Items; where only an @id is given, the one that has it."""
        found = [one for one in flat(value) if isinstance(one, dict)]
        return [self._by_id.get(_text(one.get("@id")), one) if "name" not in one else one for one in found]

    def _names(self, value: object) -> tuple[str, ...]:
        found = (line(_text(self._records(one)[0] if isinstance(one, dict) else one)) for one in flat(value))
        return tuple(dict.fromkeys(filter(None, found)))

    def _cast(self, value: object) -> tuple[Credit, ...]:
        found: dict[str, Credit] = {}
        for one in flat(value):
            person, role = one, None
            if isinstance(one, dict) and types_of(one) & {"PerformanceRole", "Role"}:
                role = line(_text(one.get("characterName"))) or None
                person = one.get("actor")
            for name in self._names(person):
                known = found.get(name)
                if known is None or not known.role:
                    found[name] = Credit(name=name, role=role)
        return tuple(found.values())


def _language(document: Document) -> str:
    """The field of Prose for the page's texts, by its lang: id, en or plain."""
    root = document.tree.root
    attributes = root.attributes if root else {}
    wording = attributes.get("lang") or attributes.get("xml:lang") or ""
    return _LANGUAGES.get(re.split(r"[-_]", wording.strip().lower())[0], "plain")


def _text(value: object) -> str:
    """The first text in it: itself, its name, or that of the first in a list. Pages write entities into JSON too."""
    for _ in range(4):
        if isinstance(value, list):
            value = next((one for one in value if one), None)
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        else:
            break
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:LONGEST_NAME]
    return unescape(value) if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [text for one in flat(value) if (text := _text(one).strip())]


def _untagged(text: str) -> str:
    return re.sub(r"</?[a-zA-Z][^<>]*>", " ", re.sub(r"(?i)<br\b[^<>]*>|</p>", "\n", text))


def _day(text: str) -> str | None:
    """The date's part as it is written: no zone moves it."""
    text = text.strip()[:60]
    match = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ].*)?", text, re.ASCII)
    if match is None:
        written = parse_written(text)
        return written.date if written else None
    try:
        known = parse_date(match[1])
    except ValueRefusedError:
        return None
    return str(known) if FIRST_YEAR <= (known.year or 0) <= LAST_YEAR else None
