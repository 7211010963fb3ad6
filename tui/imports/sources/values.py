"""Values as pages and tables write them, read leniently: what cannot be read is absent."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tui.base.errors import ValueRefusedError
from tui.base.text import clean, fold
from tui.base.words import LANGUAGES, N_, Words, names
from tui.films import parsers, terms
from tui.films.film import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_TEXT, STATUSES, TYPES
from tui.films.terms import GENRES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NO_LENGTH = N_("“{value}” is not a length; write 118 menit")
NO_CLASS = N_("“{value}” is not an age class; write SU, 13+, 17+ or 21+")
UNREADABLE_DATE = N_("“{value}” is no date that can be read; write 7 Januari 2026 or 2026-01-07")
SYNOPSIS_TOO_LONG = N_("the synopsis was left out: it is longer than {count} characters; shorten it")


def line(text: str) -> str:
    """One clean line; empty if it is too long for a name."""
    return clean(text) if len(text) <= 4 * LONGEST_NAME and len(clean(text)) <= LONGEST_NAME else ""


def lines(text: str) -> str:
    """Clean, with its paragraphs; empty if it is too long for a synopsis."""
    return re.sub(r"\n{3,}", "\n\n", clean(text, lines=True)) if len(text) <= LONGEST_TEXT else ""


def listed(text: str, marks: str = ";,\n|") -> tuple[str, ...]:
    """What stands between the first of the marks that the text has."""
    mark = next((mark for mark in marks if mark in text), "\n")
    return _once(line(part) for part in text.split(mark))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


# genres

_SAME = {
    "sci-fi": "science-fiction", "scifi": "science-fiction", "fiksi sains": "science-fiction", "percintaan": "romance",
    "romantis": "romance", "roman": "romance", "aksi": "action", "kriminal": "crime", "kejahatan": "crime",
    "perang": "war", "dokumenter": "documentary", "musikal": "music", "musical": "music", "sejarah": "history",
    "anak": "family",
}  # fmt: skip
_AND = re.compile(r"\s+(?:dan|and|serta)\s+|\s*&\s*")


@cache
def _genres() -> dict[str, str]:
    """Folded, with spaces for hyphens, to the catalog's name."""
    called = {fold(terms.genre(name, Words(language))): name for language in LANGUAGES for name in GENRES}
    known = {name: name for name in GENRES} | called | _SAME
    return {name.replace("-", " "): genre for name, genre in known.items()}


def genre(name: str) -> str:
    """TMDB's where it is known, in whichever language; else the text as it is."""
    return _genre(name) or line(name)


def _genre(name: str) -> str | None:
    return _genres().get(" ".join(re.sub(r"[-_]", " ", fold(name)).split()))


def genres(text: str) -> tuple[str, ...]:
    """All that a text names: Horor, Laga | Drama/Komedi; Action & Adventure."""
    found: list[str] = []
    for part in re.split(r"[;,/|•·\t\n]", text):
        several = [] if _genre(part) else [_genre(one) for one in _AND.split(part)]
        found += [one for one in several if one] if several and all(several) else [genre(part)]
    return _once(found)


# one of few

_AGE = re.compile(
    r"(?P<board>lsf[\s:]*)?(?:(?:usia|umur)\s)?"
    r"(?:(?P<all>(?:bo[\s-]?)?su|bo|semua umur|all ages)|(?P<teen>remaja|r(?:\s?\(remaja\))?)"
    r"|(?P<adult>d|dewasa)|(?:bo[\s-]?)?(?:[rd][\s-]?)?(?P<age>13|17|21)\s?\+?"
    r"\s?(?:(?:tahun|years?|thn)?(?: ke atas| and (?:over|up))?)?)(?P<behind>\s?\([^()]*\))?"
)


_AGE_MARK = re.compile(r"(?:R[ -]?13|D[ -]?(?:17|21))\+?|(?:BO[ -]?)?SU", re.IGNORECASE)
_LENGTH_MARK = re.compile(r"[0-9]\s?(?:jam|h)\s[0-9]{1,2}\s?(?:menit|m|min)", re.IGNORECASE)


def rating(text: str) -> str | None:
    """One of RATINGS, whichever way the Indonesian board's class is printed: BO-SU, R13+, D17+, 17 tahun ke atas.

    Other countries' classes (PG-13, G) say nothing of it. R by itself is one of theirs (in the US) and the
    board's former class for 13 and over: it is understood only as “LSF R” or “R (Remaja)”.
    """
    wording = fold(clean(text)) if len(text) <= 80 else ""
    match = _AGE.fullmatch(wording)
    if match is None:
        return None
    if match["teen"]:
        return "13+" if match["board"] or "remaja" in wording or "(lsf)" in wording else None
    return "SU" if match["all"] else "17+" if match["adult"] else f"{match['age']}+"


_CALLED_TYPES = {
    "theatrical": "theatrical theatre theatres theater theaters cinema cinemas cinematic bioskop layar.lebar teatrikal "
    "in.cinemas in.theaters in.theatres",
    "limited": "limited limited.theatrical theatrical.limited terbatas",
    "premiere": "premiere premier perdana tayang.perdana pemutaran.perdana gala gala.premiere festival",
    "digital": "digital streaming stream vod svod tvod web daring online",
    "physical": "physical disc disk cakram bluray blu-ray dvd fisik home.video",
    "tv": "tv television televisi",
}
_CALLED_STATUSES = {
    "confirmed": "confirmed pasti dikonfirmasi terkonfirmasi released rilis",
    "tentative": "planned rumored rumoured in.production post.production announced upcoming "
    "tentative tentatif sementara perkiraan belum.pasti tbc",
    "postponed": "postponed delayed ditunda diundur tunda",
    "cancelled": "cancelled canceled batal dibatalkan batal.tayang",
}
UNDATED = frozenset({
    "-", "–", "—", "?", "tba", "tbd", "n/a", "belum ada tanggal", "no date yet", "segera", "coming soon",
})  # fmt: skip
"""What stands for a date that is not known yet, folded."""


def status_names() -> dict[str, list[str]]:
    """Each of STATUSES to what pages call it, folded, the longest first."""
    return {
        status: sorted((name.replace(".", " ") for name in called.split()), key=len, reverse=True)
        for status, called in _CALLED_STATUSES.items()
    }


@cache
def _called(field: str) -> dict[str, str]:
    """The names of TYPES or STATUSES, in the program's languages too."""
    text = _CALLED_TYPES if field == "type" else _CALLED_STATUSES
    known = {name.replace(".", " "): value for value, called in text.items() for name in called.split()}
    for words in map(Words, LANGUAGES):
        for value in TYPES if field == "type" else STATUSES:
            known.setdefault(
                fold(terms.release_type(value, words) if field == "type" else terms.status(value, words)), value
            )
    return known


def type_of(text: str) -> str | None:
    """One of TYPES: Bioskop, Cinema Release, (Digital Release), rilis terbatas."""
    folded = re.sub(r"[^\w-]+", " ", fold(text[:80])).strip()
    if not folded:
        return None
    return _called("type").get(folded) or _called("type").get(
        re.sub(r"^(?:rilis|perilisan)\s+|\s+(?:release[sd]?|rilis)$", "", folded)
    )


def status_of(text: str) -> str | None:
    """One of STATUSES."""
    return _called("status").get(" ".join(fold(text[:80]).split()))


# countries and languages


@cache
def _countries() -> dict[str, str]:
    found = {"amerika": "US", "usa": "US", "united states of america": "US", "uk": "GB", "great britain": "GB",
             "korea": "KR", "hong kong": "HK", "tiongkok": "CN"}  # fmt: skip
    for language in LANGUAGES:
        for code, name in names(language).territories.items():
            found.setdefault(fold(name), code)
    return found


def country(text: str) -> str | None:
    """ISO 3166-1, from a code or a name in one of the program's languages."""
    wording = clean(text[:80])
    code = wording.upper() if len(wording) == 2 else _countries().get(fold(wording), "")
    try:
        return parsers.country("GB" if code == "UK" else code)
    except ValueRefusedError:
        return None


@cache
def _tongues() -> dict[str, str]:
    found = {"mandarin": "zh"}
    for language in LANGUAGES:
        for code, name in names(language).languages.items():
            found.setdefault(fold(name), code.replace("_", "-"))
    return found


def tongue(text: str) -> str | None:
    """BCP 47, from a tag or a name in one of the program's languages."""
    wording = clean(text[:80])
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", wording):
        main = wording.partition("-")[0].lower()
        if main in names("en").languages:
            return main + wording[len(main) :]
    return _tongues().get(re.sub(r"^bahasa ", "", fold(wording)))


def each(read: Callable[[str], str | None], texts: Iterable[str]) -> tuple[str, ...]:
    """Those that `read`, one of the readers above, knows."""
    return _once(read(text) or "" for text in texts)


# others

_ISO = re.compile(r"p(?:0+d)?t(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:[\d.]{1,9}s)?", re.ASCII)
_CLOCK = re.compile(r"(0?\d):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})\s*(?:jam|j|hours?|hrs?|h)\.?(?:\s*,|\s+(?:dan|and)\b)?\s*)?"
    r"(?:(\d{1,3})\s*(?:menit|mnt|minutes?|mins?|m|['′])?\.?)?", re.ASCII
)  # fmt: skip


def minutes(text: str) -> int | None:
    """PT1H58M, 1 jam 58 menit, 1h 58m, 118 menit, 118, 1:58, 1:58:30: whole minutes from 1 to 999.

    From ten hours on a clock's time is one of the day, 19:30.
    """
    wording = fold(clean(text)) if len(text) <= 80 else ""
    match = _ISO.fullmatch(wording) or _CLOCK.fullmatch(wording) or _IN_WORDS.fullmatch(wording)
    if match is None:
        return None
    hours, rest = match.groups()
    found = 60 * int(hours or 0) + int(rest or 0)
    return found if 0 < found < 1000 else None


def age_mark(text: str) -> str | None:
    """One of RATINGS, as cinemas print it below a title: R13+, BO-SU. “13+”, “Remaja” and “D” may be titles."""
    return rating(text) if _AGE_MARK.fullmatch(text) else None


def length_mark(text: str) -> int | None:
    """Minutes, as cinemas print them below a title: 1 jam 58 menit. “127 Hours” and “118 menit” may be titles."""
    return minutes(text) if _LENGTH_MARK.fullmatch(text) else None


def year_of(text: str) -> int | None:
    """A year by itself, in the time of films."""
    wording = text.strip()
    return int(wording) if re.fullmatch(r"(?:18[89]|19\d|20\d|21\d)\d", wording, re.ASCII) else None


_WEB = re.compile(r"https?://[^\s/?#@<>\"'\\]+(?:[/?#][^\s<>\"'\\]*)?", re.IGNORECASE)


def web(address: str) -> bool:
    """Whether it is an address that a catalog takes and filmtui opens."""
    return len(address) <= LONGEST_ADDRESS and _WEB.fullmatch(address) is not None and clean(address) == address


_SITES = {
    "youtube.com": "trailer", "youtu.be": "trailer", "vimeo.com": "trailer", "themoviedb.org": "tmdb",
    "imdb.com": "imdb", "wikipedia.org": "wikipedia", "letterboxd.com": "letterboxd", "trakt.tv": "trakt",
}  # fmt: skip


def links(addresses: Iterable[str]) -> dict[str, str]:
    """Under what a catalog calls a link: the site where it is a known one, else web, web2, ..."""
    found: dict[str, str] = {}
    for address in dict.fromkeys(addresses):
        if not web(address):
            continue
        host = re.split(r"[/:?#]", address.partition("://")[2], maxsplit=1)[0].lower()
        site = next((name for end, name in _SITES.items() if host == end or host.endswith("." + end)), "web")
        name = next(name for name in (site, *(f"{site}{n}" for n in range(2, 99)), "") if name not in found)
        if name:
            found[name] = address
    return found
