"""TMDB's answer about one film -> a film, with the releases of one country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import ValueRefusedError
from tui.films.dates import parse
from tui.films.film import Credit, Film, Prose, Release
from tui.films.terms import TMDB_SOURCE
from tui.imports.sources.incoming import Incoming
from tui.imports.sources.values import country, each, line, lines, rating, tongue, web

if TYPE_CHECKING:
    from collections.abc import Iterable

APPENDED = "credits,release_dates,videos,external_ids,translations"
_TYPES = {1: "premiere", 2: "limited", 3: "theatrical", 4: "digital", 5: "physical", 6: "tv"}
_GENRES = {
    28: "action", 12: "adventure", 16: "animation", 35: "comedy", 80: "crime", 99: "documentary", 18: "drama",
    10751: "family", 14: "fantasy", 36: "history", 27: "horror", 10402: "music", 9648: "mystery", 10749: "romance",
    878: "science-fiction", 10770: "tv-movie", 53: "thriller", 10752: "war", 37: "western",
}  # fmt: skip
"""By id: names are translated, and change."""
_MOST_CAST = 20
_FESTIVAL = re.compile(r"festival|biennale|sundance|cannes|berlinale|film week|jaff|pekan film", re.IGNORECASE)
_WRITERS = {"Screenplay", "Writer", "Story", "Novel"}


class Part(msgspec.Struct, frozen=True):
    """Whatever has an id, a name or a code; "" and null both mean that it is not known."""

    id: int | None = None
    name: str | None = None
    iso_3166_1: str | None = None
    iso_639_1: str | None = None


class Member(msgspec.Struct, frozen=True):
    name: str | None = None
    character: str | None = None
    order: int | None = None
    job: str | None = None


class Credits(msgspec.Struct, frozen=True):
    cast: list[Member] = []
    crew: list[Member] = []


class DateEntry(msgspec.Struct, frozen=True):
    release_date: str = ""
    """2023-07-12T00:00:00.000Z: its time and its zone mean nothing."""
    type: int = 3
    certification: str | None = None
    note: str | None = None


class CountryDates(msgspec.Struct, frozen=True):
    iso_3166_1: str = ""
    release_dates: list[DateEntry] = []


class DateResults(msgspec.Struct, frozen=True):
    results: list[CountryDates] = []


class Video(msgspec.Struct, frozen=True):
    key: str | None = None
    site: str | None = None
    type: str | None = None
    official: bool | None = None
    iso_639_1: str | None = None


class VideoResults(msgspec.Struct, frozen=True):
    results: list[Video] = []


class TranslatedTexts(msgspec.Struct, frozen=True):
    title: str | None = None
    overview: str | None = None


class Translation(msgspec.Struct, frozen=True):
    iso_639_1: str | None = None
    iso_3166_1: str | None = None
    data: TranslatedTexts = TranslatedTexts()


class Translations(msgspec.Struct, frozen=True):
    translations: list[Translation] = []


class ExternalIds(msgspec.Struct, frozen=True):
    imdb_id: str | None = None
    wikidata_id: str | None = None


class Details(msgspec.Struct, frozen=True):
    """/movie/{id} with APPENDED; what is not named here is passed over."""

    id: int
    title: str | None = None
    original_title: str | None = None
    original_language: str | None = None
    overview: str | None = None
    status: str | None = None
    runtime: int | None = None
    homepage: str | None = None
    imdb_id: str | None = None
    adult: bool | None = None
    softcore: bool | None = None
    video: bool | None = None
    origin_country: list[str] | None = None
    genres: list[Part] = []
    production_companies: list[Part] = []
    production_countries: list[Part] = []
    spoken_languages: list[Part] = []
    credits: Credits = Credits()
    release_dates: DateResults = DateResults()
    videos: VideoResults = VideoResults()
    external_ids: ExternalIds = ExternalIds()
    translations: Translations = Translations()


def read(data: bytes, region: str) -> Incoming | None:
    """The film with its releases in this country; None where it is none for a calendar. Raises msgspec.DecodeError."""
    told = msgspec.json.decode(data, type=Details)
    title = _title(told)
    releases = _releases(told, region)
    if told.adult or told.softcore or told.video or not title or not releases:
        return None
    original = line(told.original_title or "")
    film = Film(
        id="",
        title=title,
        original_title=original if original != title else None,
        releases=releases,
        genres=tuple(dict.fromkeys(_GENRES[part.id] for part in told.genres if part.id in _GENRES)),
        runtime=told.runtime if told.runtime and 0 < told.runtime < 1000 else None,
        rating=_rating(told, region),
        countries=each(country, told.origin_country or [part.iso_3166_1 or "" for part in told.production_countries]),
        languages=each(tongue, [part.iso_639_1 or "" for part in told.spoken_languages if part.iso_639_1 != "xx"]),
        directors=_crew(told, {"Director"}),
        writers=_crew(told, _WRITERS),
        producers=_crew(told, {"Producer"}),
        companies=_once(line(part.name or "") for part in told.production_companies),
        cast=_cast(told.credits.cast),
        synopsis=_synopsis(told),
        links=_links(told),
    )
    return Incoming(film)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _translated(told: Details, language: str) -> list[TranslatedTexts]:
    """Those of a language, its own country's first."""
    found = [one for one in told.translations.translations if one.iso_639_1 == language]
    home = {"id": "ID", "en": "US"}.get(language)
    return [one.data for one in sorted(found, key=lambda one: one.iso_3166_1 != home)]


def _title(told: Details) -> str:
    """Field by field: the Indonesian one, the English one, the original one."""
    own = told.original_title if told.original_language in {"id", "en"} else None
    titles = [text.title for text in _translated(told, "id")]
    titles += [own] if told.original_language == "id" else []
    titles += [text.title for text in _translated(told, "en")]
    titles += [own, told.title, told.original_title]
    return next((title for one in titles if one and (title := line(one))), "")


def _synopsis(told: Details) -> Prose | None:
    found = {
        language: next((text for one in _translated(told, language) if (text := lines(one.overview or ""))), None)
        for language in ("id", "en")
    }
    if not any(found.values()):
        plain = lines(told.overview or "")
        return Prose(plain=plain) if plain else None
    return Prose(**found)


def _releases(told: Details, region: str) -> tuple[Release, ...]:
    """Each type's dates in the country, the earliest first, each once."""
    entries = [entry for one in told.release_dates.results if one.iso_3166_1 == region for entry in one.release_dates]
    found: dict[tuple[str, str], Release] = {}
    for entry in sorted(entries, key=lambda entry: (entry.release_date, entry.type)):
        day, type = entry.release_date[:10], _TYPES.get(entry.type)  # never an instant: no zone moves it
        try:
            exact = parse(day).exact
        except ValueRefusedError:
            continue
        if exact is None or type is None:
            continue
        note = line(entry.note or "")
        # a festival is at times entered as an opening, and 1 January stands for a year
        doubtful = _FESTIVAL.search(note) or (exact.month, exact.day) == (1, 1)
        status = "cancelled" if told.status == "Canceled" else "tentative" if doubtful else "confirmed"
        found.setdefault(
            (type, day),
            Release(date=day, type=type, region=region, status=status, source=TMDB_SOURCE,
                    note=Prose(plain=note) if note else None),
        )  # fmt: skip
    return tuple(found.values())


def _rating(told: Details, region: str) -> str | None:
    if region != "ID":
        return None
    entries = [entry for one in told.release_dates.results if one.iso_3166_1 == region for entry in one.release_dates]
    return next((found for entry in entries if (found := rating(entry.certification or ""))), None)


def _crew(told: Details, jobs: set[str]) -> tuple[str, ...]:
    return _once(line(one.name or "") for one in told.credits.crew if one.job in jobs)


def _cast(members: list[Member]) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    for one in sorted(members, key=lambda one: 9999 if one.order is None else one.order):
        name = line(one.name or "")
        if name and len(found) < _MOST_CAST:
            found.setdefault(name, Credit(name=name, role=line(one.character or "") or None))
    return tuple(found.values())


def _links(told: Details) -> dict[str, str]:
    found = {"tmdb": f"https://www.themoviedb.org/movie/{told.id}"}
    imdb = told.external_ids.imdb_id or told.imdb_id or ""
    if re.fullmatch(r"tt\d{5,12}", imdb, re.ASCII):
        found["imdb"] = f"https://www.imdb.com/title/{imdb}/"
    if re.fullmatch(r"Q\d{1,12}", told.external_ids.wikidata_id or "", re.ASCII):
        found["wikidata"] = f"https://www.wikidata.org/wiki/{told.external_ids.wikidata_id}"
    if trailer := _trailer(told.videos.results):
        found["trailer"] = trailer
    if told.homepage and web(told.homepage):
        found["web"] = told.homepage
    return found


def _trailer(videos: list[Video]) -> str | None:
    languages = {"id": 0, "en": 1}

    def rank(video: Video) -> tuple[bool, bool, int]:
        return not video.official, video.type != "Trailer", languages.get(video.iso_639_1 or "", 2)

    for video in sorted(videos, key=rank):
        if video.type in {"Trailer", "Teaser"} and re.fullmatch(r"[\w-]{1,40}", video.key or "", re.ASCII):
            if video.site == "YouTube":
                return f"https://www.youtube.com/watch?v={video.key}"
            if video.site == "Vimeo":
                return f"https://vimeo.com/{video.key}"
    return None
