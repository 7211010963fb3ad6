"""What calendars write as an event's summary: a film's title and, around it, the year, the kind of release, a genre."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from tui.base.text import fold
from tui.films.terms import GENRES
from tui.imports.sources.values import country, genre, minutes, rating, type_of, year_of


class Summary(msgspec.Struct):
    """A summary's parts."""

    title: str
    year: int | None = None
    type: str | None = None
    """One of TYPES."""
    region: str | None = None
    film: bool = False
    """Whether something in it says that it is a film."""
    other: bool = False
    """Whether something in it says that it is none: an episode, a game."""


_TAGS = (
    r"films?|movies?|bioskop|cinema|rilis(?: film| bioskop)?|(?:movie |film )?release|premiere|theatrical"
    r"|tayang|theaters?"
    r"|new (?:movie|film)"
)
_FRONT = re.compile(
    rf"[\[(](?:{_TAGS})[\])]\s*[:–—-]?\s*|(?:{_TAGS})(?:\s*[:|]|\s+[–—-])\s+"
    r"|(?:now |opening |coming )?(?:in|to) (?:cinemas|theat(?:er|re)s)\s*[:–—-]\s*"
    r"|(?:film|movie) (?=[“\"])",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"(.+?)\s*[(\[{]([^()\[\]{}]{1,60})[)\]}]")
_DASHED = re.compile(r"(.+?)\s+[-–—|·•]\s+([^()\[\]]{1,60})")
_VERB = re.compile(
    r"(.+?)[\s,:–—-]+((?:opens|arrives|premieres|released?|out)?\s?(?:in|di)"
    r"\s(?:cinemas|theat(?:er|re)s|bioskop)(?: indonesia)?(?: now| today)?"
    r"|opens(?: today)?|release (?:date|day)"
    r"|(?:mulai |akan )?(?:tayang|rilis)(?: di bioskop| perdana)?(?: indonesia)?|premieres?)",
    re.IGNORECASE,
)
_FORMATS = {
    "wide": "theatrical", "wide release": "theatrical", "imax": "theatrical", "nationwide": "theatrical", "3d": None,
    "2d": None, "4dx": None, "screenx": None, "dolby": None, "dolby cinema": None, "dolby atmos": None, "70mm": None,
    "re-release": "theatrical", "rerelease": "theatrical", "platform": "limited", "expansion": "limited",
    "expands wide": "theatrical", "ny/la": "limited", "new": None, "movie": None, "film": None, "subtitled": None,
    "early access": "limited", "premium format": None, "general release": "theatrical", "rilis ulang": "theatrical",
}  # fmt: skip
_MISTAKABLE = frozenset({"new", "3d", "2d"})
"""Formats that do not say by themselves that it is a film's."""
_EPISODE = re.compile(
    r"\bS[0-9]{1,2}\s?E[0-9]{1,3}\b|\b[0-9]{1,2}x[0-9]{2}\b|\b(?:season|musim|episode|eps?)\.?\s?[0-9]{1,3}\b",
    re.IGNORECASE,
)


def read(text: str) -> Summary:
    """The parts of a summary. Only brackets and ends of which every part is understood are taken off."""
    found = Summary(_plain(text), other=bool(_EPISODE.search(text)))
    while (front := _FRONT.match(found.title)) and front.end() < len(found.title):
        found.title, found.film = _plain(found.title[front.end() :]), True
    while match := (_BRACKET.fullmatch(found.title) or _DASHED.fullmatch(found.title)):
        if not _understood(match[2], found, bracket=_BRACKET.fullmatch(found.title) is not None):
            break
        found.title = match[1].strip()
    if verb := _VERB.fullmatch(found.title):
        found.title, found.film = verb[1].strip(" ,:–—-"), True
    if len(found.title) > 2 and (found.title[0], found.title[-1]) in {("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'")}:
        found.title = found.title[1:-1].strip()
    return found


def _plain(text: str) -> str:
    """Without the pictures in front and behind."""
    start, end = 0, len(text)
    while start < end and _is_picture(text[start]):
        start += 1
    while end > start and _is_picture(text[end - 1]):
        end -= 1
    return text[start:end].strip()


def _is_picture(character: str) -> bool:
    return character.isspace() or character in "\ufe0f\u200d" or unicodedata.category(character) in {"So", "Sk"}


def _understood(text: str, found: Summary, *, bracket: bool) -> bool:
    """Whether all parts of what stands behind a title are known; then they are noted."""
    parts = [part.strip() for part in re.split(r"\s*[,;/|·]\s*", text)] if bracket else [text.strip()]
    if type_of(text) or fold(text) in _FORMATS:
        parts = [text.strip()]
    noted = Summary("")
    for part in filter(None, parts):
        folded = fold(part)
        if folded in _FORMATS:
            noted.type = noted.type or _FORMATS[folded]
            noted.film = noted.film or folded not in _MISTAKABLE
        elif kind := type_of(part):
            noted.type, noted.film = noted.type or kind, True
        elif not bracket:
            return False
        elif year := year_of(part):
            noted.year = noted.year or year
        elif (
            re.fullmatch(r"[0-9]{1,3}\s?%|[0-9](?:[.,][0-9])?/10|★+", part)
            or genre(part) in GENRES
            or rating(part)
            or (minutes(part) and not part.isdigit())
        ):
            noted.film = True
        elif re.fullmatch(r"PG|PG-13|R|G|NC-17|NR|TV-\w+", part):
            noted.other = noted.other or part.startswith("TV")
        elif len(part) == 2 and part.isupper() and (nation := country(part)):
            noted.region = nation
        else:
            return False
    found.year = found.year or noted.year
    found.type = found.type or noted.type
    found.region = found.region or noted.region
    found.film = found.film or noted.film
    found.other = found.other or noted.other
    return True


_FILM_WORDS = re.compile(
    r"\b(?:films?|movies?|cinema|cinemas|bioskop|theatrical|box office|radarr|letterboxd|tmdb|imdb)\b|filmtui"
)
_OTHER_CATEGORIES = re.compile(
    r"\b(?:tv|series|serial|episode|games?|gaming|gim|anime|manga|music|musik|album|concert|konser|book"
    r"|birthday|ulang tahun"
    r"|holiday|libur|sports?|olahraga|match|meeting|rapat|work|kerja|school|sekolah|personal)\b"
)
_FILM_SITES = re.compile(
    r"themoviedb\.org/movie|imdb\.com/title|letterboxd\.com/film|trakt\.tv/movies|boxofficemojo|rottentomatoes\.com/m/"
    r"|wikipedia\.org/wiki/[^\s]*_(?:film|\(film\))|(?:21cineplex|cgv|cinepolis|tix)\.", re.IGNORECASE
)  # fmt: skip
_FILM_FACTS = re.compile(
    r"^\s*(?:genres?|directors?|directed by|sutradara|starring|cast|pemeran|runtime|durasi|studio|distributor"
    r"|rating)\s?:",
    re.IGNORECASE | re.MULTILINE,
)


def speaks_of_films(text: str) -> bool:
    """Whether a calendar's name or a category is about films."""
    return bool(_FILM_WORDS.search(fold(text))) and not is_other_category(text)


def is_other_category(text: str) -> bool:
    """Whether a category is that of something else: TV, games, birthdays."""
    return bool(_OTHER_CATEGORIES.search(fold(text)))


def describes_film(description: str, addresses: str) -> bool:
    """Whether an event's text or address is a film's."""
    return bool(_FILM_SITES.search(addresses) or len(_FILM_FACTS.findall(description[:5000])) > 1)
