"""How a known value is completed by what another source has. What is known stays; what is missing is added."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tui.base.text import fold
from tui.films.pairs import paired

if TYPE_CHECKING:
    from tui.films.film import Credit, Prose, Release

T = TypeVar("T")


def value(known: T, other: T) -> T:
    """The other only where nothing is known."""
    return known or other


def prose(known: Prose | None, other: Prose | None) -> Prose | None:
    """Each language on its own, unless the known text is of no stated language."""
    if known is None or other is None or known.plain:
        return known or other
    return msgspec.structs.replace(known, id=known.id or other.id, en=known.en or other.en)


def cast(known: tuple[Credit, ...], other: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """People are added only where nobody was known; a role wherever it was missing."""
    if not known:
        return other
    roles = {fold(credit.name): credit.role for credit in other if credit.role}
    return tuple(
        credit if credit.role else msgspec.structs.replace(credit, role=roles.get(fold(credit.name)))
        for credit in known
    )


def links(known: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Those whose name and address are both new."""
    new = {name: url for name, url in other.items() if url not in known.values() and name not in known}
    return known | new


def flag(known: bool | None, other: bool | None) -> bool | None:
    """False is known too."""
    return other if known is None else known


def releases(known: tuple[Release, ...], other: tuple[Release, ...]) -> tuple[Release, ...]:
    """By type and region: of each kind that is known the known ones, in the place of the others; then new kinds."""
    if not known or not other:
        return known or other
    mine: dict[tuple[str, str], list[Release]] = defaultdict(list)
    for release, number in zip(known, paired(other, known), strict=True):
        mine[release.type, release.region].append(release if number is None else _release(release, other[number]))
    kinds = mine.keys()
    found: list[Release] = []
    placed = set()
    for release in other:
        kind = release.type, release.region
        if kind not in kinds:
            found.append(release)
        elif kind not in placed:
            placed.add(kind)
            found += mine[kind]
    return (*found, *(release for kind in mine if kind not in placed for release in mine[kind]))


def _release(known: Release, other: Release) -> Release:
    """What is said of a date goes with that date; where none is known, the other's is meant, with its status."""
    if known.date not in {None, other.date}:
        return known
    status = other.status if known.date is None and known.status == "confirmed" else known.status
    return msgspec.structs.replace(
        known,
        date=other.date,
        status=status,
        source=known.source or other.source,
        note=prose(known.note, other.note),
        history=known.history or other.history,
    )
