"""Whether an incoming film is one that is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.text import words
from tui.films.titles import letters, loose

if TYPE_CHECKING:
    from datetime import date

    from tui.films.film import Film, Release
    from tui.imports.sources.incoming import Incoming


NEAR = 45
"""Days between two dates of what may be one opening."""


FAR = 200
"""Days from which on one title is likely to be two films: a remake, or another year's."""


ALIKE = 88
"""Of 100, by rapidfuzz: titles that may be one, spelled differently. Then a person is asked."""


def _same_decorated(mine: list[str], theirs: list[str]) -> bool:
    """Whether the titles differ in digits for letters alone, of which there are too many for the number of a part."""
    return any(
        loose(one) == loose(other) and sum(a != b for a, b in zip(letters(one), letters(other), strict=False)) > 1
        for one in mine
        for other in theirs
    )


def numbers(title: str) -> list[str]:
    """By which one part of a series differs from the next."""
    return [word for word in words(title) if word.isdigit() or re.fullmatch(r"[ivx]+", word)]


def same_film(incoming: Incoming, film: Film) -> bool | None:
    """Whether it is this film; None where a person has to say."""
    mine = [title for title in (incoming.film.title, incoming.film.original_title) if title]
    theirs = [title for title in (film.title, film.original_title) if title]
    apart = _apart(incoming, film)
    if {letters(title) for title in mine} & {letters(title) for title in theirs} or _same_decorated(mine, theirs):
        if apart is None or apart <= FAR:
            return True
        return None
    if {loose(title) for title in mine} & {loose(title) for title in theirs}:
        return None if apart is None or apart <= NEAR else False  # Get Married and GET M4RRIED: the fourth part
    if apart is not None and apart > NEAR:
        return False
    from rapidfuzz import fuzz  # 10 ms, only when something is imported

    for one in mine:
        for other in theirs:
            if numbers(one) == numbers(other) and fuzz.ratio(loose(one), loose(other)) >= ALIKE:
                return None
    return False


def _apart(incoming: Incoming, film: Film) -> int | None:
    """Days between the nearest openings of the two, also former ones; None where one has no date."""
    mine = [when for release in incoming.film.releases for when in days_of(release)]
    theirs = [when for release in film.releases for when in days_of(release)]
    if mine and theirs:
        return min(abs((one - other).days) for one in mine for other in theirs)
    if incoming.year and theirs and not any(abs(when.year - incoming.year) <= 2 for when in theirs):
        return 366
    return None


def days_of(release: Release) -> list[date]:
    """A date that is not exact stands for a day in its middle."""
    return [
        about
        for when in (release.when, *(earlier.when for earlier in release.history))
        if (about := when.about) is not None
    ]
