"""What genres, types and statuses are called in each language, and a film in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.base.text import fold
from tui.base.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.words import Words
    from tui.films.film import Film


class Dated(Protocol):
    """A release, or a row of the calendar."""

    @property
    def type(self) -> str: ...
    @property
    def status(self) -> str: ...


# TMDB's list of genres, as they stand in a catalog
GENRES = frozenset({
    N_("action"), N_("adventure"), N_("animation"), N_("comedy"), N_("crime"), N_("documentary"),
    N_("drama"), N_("family"), N_("fantasy"), N_("history"), N_("horror"), N_("music"), N_("mystery"),
    N_("romance"), N_("science-fiction"), N_("thriller"), N_("tv-movie"), N_("war"), N_("western"),
})  # fmt: skip

TMDB_SOURCE = "TMDB"
"""What is given as the source of dates from there."""
TMDB_NOTICE = "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB."
"""What TMDB's terms ask for wherever its data are shown; never translated."""

_TYPES = {
    "premiere": N_("Premiere"),
    "limited": N_("Limited release"),
    "theatrical": N_("In cinemas"),
    "digital": N_("Digital"),
    "physical": N_("Disc"),
    "tv": N_("Television"),
}

_STATUSES = {
    "confirmed": N_("confirmed"),
    "tentative": N_("tentative"),
    "postponed": N_("postponed"),
    "cancelled": N_("cancelled"),
}


def genre(name: str, words: Words) -> str:
    """One of GENRES in the language; any other as it is."""
    return words.gettext(name) if name in GENRES else name


def genres(names: Iterable[str], words: Words) -> str:
    """With commas between them."""
    return ", ".join(genre(name, words) for name in names)


def genre_called(name: str, words: Words) -> str:
    """The genre that is called so in a catalog or in the language; any other name as it is."""
    wanted = fold(name.strip())
    for known in GENRES:
        if wanted in {known, fold(genre(known, words)), known.replace("-", " ")}:
            return known
    return name.strip()


def rating(rating: str, words: Words) -> str:
    """One of film.RATINGS, which no language translates; what is said where there is none."""
    return rating or words.gettext(N_("no rating"))


def release_type(type: str, words: Words) -> str:
    """One of film.TYPES in the language."""
    return words.gettext(_TYPES.get(type, type))


def status(status: str, words: Words) -> str:
    """One of film.STATUSES in the language."""
    return words.gettext(_STATUSES.get(status, status))


def unusual(of: Dated, words: Words) -> list[str]:
    """What is out of the ordinary with a release: a type that is not in cinemas, a status that is not confirmed."""
    type = release_type(of.type, words) if of.type != "theatrical" else ""
    return [known for known in (type, doubt(of, words)) if known]


def doubt(of: Dated, words: Words) -> str:
    """Its status; empty where it is confirmed."""
    return status(of.status, words) if of.status != "confirmed" else ""


def measures(film: Film, words: Words) -> list[str]:
    """98 menit, 17+: the length and the age class, if they are known."""
    length = words.ngettext("{n} minute", "{n} minutes", film.runtime) if film.runtime else ""
    return [known for known in (length, film.rating) if known]


def about(film: Film, words: Words, most: int | None = None, *, small: bool = False) -> str:
    """Laga, Thriller · 98 menit · 17+: at `most` so many genres, or all. `small`: laga, thriller."""
    named = genres(film.genres[:most], words)
    return " · ".join(filter(None, [named.lower() if small else named, *measures(film, words)]))


def notice(sources: Iterable[str | None]) -> str:
    """What has to be said where data of these sources are shown; empty for most."""
    return TMDB_NOTICE if TMDB_SOURCE in sources else ""
