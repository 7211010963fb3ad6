"""The ids of films that come from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.films.film import Film


def fresh_id(film: Film, year: int | None, free: Callable[[str], bool], numbers: dict[str, int] | None = None) -> str:
    """The film's own id if it has one that is free, else one made of its title; with the year, then a number.

    `year` is that of its production, if it is known. `numbers` remembers where to go on counting for each title.
    """
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", film.id) and free(film.id):
        return film.id
    start = slug(film.title)
    years = [year] if year else [release.when.year for release in film.releases if release.when.year]
    for id in (start, *(f"{start}-{known}" for known in years)):
        if free(id):
            return id
    number = (numbers or {}).get(start, 2)
    while not free(f"{start}-{number}"):
        number += 1
    if numbers is not None:
        numbers[start] = number + 1
    return f"{start}-{number}"


def slug(title: str) -> str:
    """The id that a title would give."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(title).replace("'", "")))[:80].strip("-") or "film"
