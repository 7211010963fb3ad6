"""Warnings for `filmtui check`: what is valid, but probably not what the editor meant."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tui.base.errors import Message, Problem, message
from tui.base.text import words
from tui.base.words import N_
from tui.films.dates import shifted
from tui.films.film import HOME_REGION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tui.films.film import Film

_APART = 200
"""If two films of one title open more days apart than this, they are taken for different films."""

_USUAL = frozenset({2, 3})
"""Wednesday and Thursday, as `date.weekday` counts: the usual days in Indonesia."""

_CASTLESS = frozenset({"animation", "documentary"})
"""No warning about a missing cast in these genres."""

_CROWD = 3
"""If so many films open on one day, the day is taken to be meant, whatever its weekday."""


class Place(NamedTuple):
    """Where a film is in the catalog, as in `Problem`."""

    path: str
    line: int
    column: int


class Advice:
    """Pass each film to `film` once, then call `end`. Keeps a few bytes for each film, not the film itself."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._titles: dict[bytes, dict[str, int | None]] = {}
        self._openings: Counter[date] = Counter()
        self._odd: list[tuple[Place, date]] = []

    def film(self, film: Film, place: Place) -> Iterator[Problem]:
        """Warnings about this film, alone or compared with the films before it."""
        for text in (*self._missing(film), *self._dates(film, place), *self._twice(film)):
            yield _warning(place, text)

    def end(self) -> Iterator[Problem]:
        """Warnings that depend on all films: unusual opening days."""
        free = _holidays({day.year for _, day in self._odd})
        for place, day in self._odd:
            if self._openings[day] < _CROWD and not free & {day, shifted(day, 1)}:
                yield _warning(
                    place,
                    message(N_("opens on {date}, neither a Wednesday nor a Thursday nor a holiday; is that right?"),
                            date=day.isoformat()),
                )  # fmt: skip

    def _missing(self, film: Film) -> Iterator[Message]:
        """Of films that have opened. One with neither cast nor synopsis is a mere listing, and complete as such."""
        opened = any(r.status == "confirmed" and r.when.exact and r.when.exact < self._today for r in film.releases)
        if not opened or not (film.cast or film.synopsis):
            return
        if not film.cast and not _CASTLESS & set(film.genres):
            yield message(N_("no cast"))
        synopsis = film.synopsis
        if synopsis is None:
            yield message(N_("no synopsis"))
        elif not synopsis.plain:
            if not synopsis.id:
                yield message(N_("no synopsis in Indonesian"))
            if not synopsis.en:
                yield message(N_("no synopsis in English"))

    def _dates(self, film: Film, place: Place) -> Iterator[Message]:
        """Tentative dates in the past. Also collects the openings for `end`."""
        for release in film.releases:
            day = release.when.exact
            if day is None:
                continue
            if release.status == "tentative" and day < self._today and not release.note:
                yield message(N_("{date} is past and still tentative; confirm or move it"), date=day.isoformat())
            if release.region == HOME_REGION and release.type == "theatrical" and release.status == "confirmed":
                self._openings[day] += 1
                if day.weekday() not in _USUAL and not release.note:
                    self._odd.append((place, day))

    def _twice(self, film: Film) -> Iterator[Message]:
        """An earlier film of the same title with another id, that opens at about the same time."""
        title = "".join(words(film.title)) or film.title
        days = [release.when.exact for release in film.releases if release.home and release.when.exact]
        first = min(days).toordinal() if days else None
        known = self._titles.setdefault(blake2b(title.encode(), digest_size=8).digest(), {})
        for id, other in known.items():
            if id != film.id and (first is None or other is None or abs(first - other) <= _APART):
                yield message(N_("perhaps the same film as “{id}”: one title, near dates"), id=id)
                break
        known[film.id] = first


def _warning(place: Place, text: Message) -> Problem:
    return Problem(place.path, place.line, place.column, text, "warning")


def _holidays(years: set[int]) -> frozenset[date]:
    """Public holidays in Indonesia, including the days that the government adds (cuti bersama)."""
    if not years:
        return frozenset()
    from holidays import country_holidays  # takes 60 ms

    found = country_holidays(HOME_REGION, years=sorted(years), language="id", categories=("public", "government"))
    return frozenset(found)
