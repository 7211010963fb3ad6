"""One film out of a known one and what a source tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.films.facts import FILM
from tui.films.film import Earlier, Film, Release
from tui.films.pairs import paired
from tui.imports.changeset import Move

if TYPE_CHECKING:
    from datetime import date


def sourced(release: Release, source: str) -> Release:
    return release if release.source else msgspec.structs.replace(release, source=source)


def combine(film: Film, incoming: Film, today: date, source: str) -> tuple[Film, tuple[Move, ...], tuple[str, ...]]:
    """The film with what the source has of it; what moved; and the fields that were not known before.

    Nothing known gives way but a date and a status, and none of them to what is not said.
    """
    releases, moves, fields = _releases(film, incoming, today, source)
    values: dict[str, object] = {}
    for fact in FILM:
        known = getattr(film, fact.name)
        if fact.name != "releases" and (now := fact.complete(known, getattr(incoming, fact.name))) != known:
            values[fact.name] = now
    fields += values
    if releases != film.releases:
        values["releases"] = releases
    return msgspec.structs.replace(film, **values), moves, tuple(fields)


def _releases(
    film: Film, incoming: Film, today: date, source: str
) -> tuple[tuple[Release, ...], tuple[Move, ...], list[str]]:
    releases = list(film.releases)
    moves: list[Move] = []
    fields: list[str] = []
    meant = _meant(film.releases, incoming.releases)
    for release, number in zip(meant, paired(film.releases, meant), strict=True):
        if number is None:
            if not any(_says_nothing_new(known, release) for known in film.releases):
                releases.append(sourced(release, source))
                fields.append("releases")
            continue
        was = releases[number]
        now = _moved(was, release, today, release.source or source)
        if (was.date, was.status) != (now.date, now.status):
            moves.append(Move(number, was, now))
        releases[number] = now
    return tuple(releases), tuple(moves), list(dict.fromkeys(fields))


def at_once(before: Film, film: Film) -> tuple[Film, tuple[Move, ...]]:
    """What several sources made of a film, as one step: a date that only one of them had is no part of its history."""
    releases = list(film.releases)
    moves = []
    for number, (was, now) in enumerate(zip(before.releases, film.releases, strict=False)):
        if was.date == now.date:
            now = msgspec.structs.replace(now, history=was.history, source=was.source)  # noqa: PLW2901
        else:
            kept = len(was.history) + _leaves_a_trace(was)
            now = msgspec.structs.replace(now, history=now.history[:kept])  # noqa: PLW2901
        if (was.date, was.status) != (now.date, now.status):
            moves.append(Move(number, was, now))
        releases[number] = now
    return msgspec.structs.replace(film, releases=tuple(releases)), tuple(moves)


def _leaves_a_trace(was: Release) -> bool:
    """Whether another date leaves the former one in the history."""
    return was.date is not None or was.status == "postponed"


def _meant(known: tuple[Release, ...], incoming: tuple[Release, ...]) -> list[Release]:
    """The releases as the catalog calls them: most sources say “in cinemas” of whatever opening there is.

    Where it has openings at home of one type only, and the source names none of that type, they are meant.
    """
    homes = {release.type for release in known if release.home}
    if len(homes) != 1 or any(release.home and release.type in homes for release in incoming):
        return list(incoming)
    (type,) = homes
    return [
        msgspec.structs.replace(release, type=type) if release.home and release.type == "theatrical" else release
        for release in incoming
    ]


def _says_nothing_new(known: Release, incoming: Release) -> bool:
    """Whether a release that is paired with none is only another, or a vaguer, word for a known one."""
    of_kind = (known.type, known.region) == (incoming.type, incoming.region)
    return of_kind and (incoming.date is None or incoming.when.holds(known.when))


def _moved(was: Release, incoming: Release, today: date, source: str) -> Release:
    status = incoming.status if incoming.status != "confirmed" else was.status
    if incoming.date is None or incoming.when.holds(was.when):
        return was if status == was.status else msgspec.structs.replace(was, status=status)
    if incoming.status == "confirmed" and was.status in {"postponed", "cancelled"}:
        status = "confirmed"
    history = was.history
    if _leaves_a_trace(was):
        history = (*history, Earlier(date=was.date, recorded=today, source=was.source))
    return msgspec.structs.replace(
        was, date=incoming.date, status=status, history=history, source=source, note=incoming.note
    )
