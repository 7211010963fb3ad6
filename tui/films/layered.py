"""What the layers of a catalog say of a film, as one film; and what an upper layer has to say of one.

A field comes from the highest layer that has it, and is completed from the lower ones as facts.py says.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from tui.films.facts import FILM, Fact
from tui.films.film import Film, Prose, Release

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK = Film(id="")
_OF_LAYERS = frozenset({"same_as", "hidden"})
"""Fields by which a layer tells what is to be made of a film, and which the film itself has not."""


def merged(id: str, films: Iterable[Film]) -> Film:
    """One film of this id out of what the layers say, the highest first. It may lack a title, and be hidden."""
    film = reduce(_over, films, _BLANK)
    return msgspec.structs.replace(film, id=id, same_as=None, hidden=film.hidden or None)


def _over(upper: Film, lower: Film) -> Film:
    return Film(**{fact.name: fact.complete(getattr(upper, fact.name), getattr(lower, fact.name)) for fact in FILM})


def differing(film: Film, lower: Film, own: Film | None = None) -> Film:
    """What a layer over `lower` has to say so that the film is this one: nothing that `lower` says too.

    `own` is what the layer says already: that stays where it says the same. What `lower` has and the film lacks cannot
    be taken away by a layer above it.
    """
    values: dict[str, Any] = {"id": film.id}
    for fact in FILM[1:]:
        wanted, below = getattr(film, fact.name), getattr(lower, fact.name)
        said = getattr(own or _BLANK, fact.name)
        if fact.name not in _OF_LAYERS and fact.complete(said, below) != wanted:
            said = _least(fact, wanted, below, said)
        values[fact.name] = said
    return Film(**values)


def _least(fact: Fact, wanted: Any, below: Any, said: Any) -> Any:
    """The least value that gives the wanted one over the one below; the wanted one where no less does."""
    less = wanted
    match wanted:
        case Prose(plain=None) if isinstance(below, Prose):
            less = Prose(**{
                name: text
                for name in ("id", "en")
                if (text := getattr(wanted, name)) and (text != getattr(below, name) or (said and getattr(said, name)))
            })  # fmt: skip
        case dict():
            less = {name: value for name, value in wanted.items() if below.get(name) != value or name in said}
        case (Release(), *_):
            kinds = {_kind(release) for release in said}
            kinds |= {_kind(r) for r in wanted if _of(wanted, _kind(r)) != _of(below, _kind(r))}
            less = tuple(release for release in wanted if _kind(release) in kinds)
    return less if fact.complete(less, below) == wanted else wanted


def _kind(release: Release) -> tuple[str, str]:
    return release.type, release.region


def _of(releases: Iterable[Release], kind: tuple[str, str]) -> list[Release]:
    return [release for release in releases if _kind(release) == kind]


class Origin(NamedTuple):
    """Where a field of a film comes from."""

    field: str
    """Its name in facts.py."""
    kind: tuple[str, str] | None
    """Of a release: type and region."""
    layers: list[int]
    """Positions of the layers in what was given; more than one where it was completed."""


def origins(said: list[Film]) -> list[Origin]:
    """Where each field comes from of the film that these make, the highest layer first; in the order of the format."""
    found: dict[tuple[int, str, tuple[str, str] | None], list[int]] = {}
    film = _BLANK
    for number, lower in enumerate(said):
        over = _over(film, lower)
        for place, fact in enumerate(FILM[1:]):
            before, now = getattr(film, fact.name), getattr(over, fact.name)
            if fact.name == "same_as" or now == before:
                continue
            kinds = dict.fromkeys(map(_kind, now)) if fact.name == "releases" else [None]
            for kind in kinds:
                if kind is None or _of(before, kind) != _of(now, kind):
                    found.setdefault((place, fact.name, kind), []).append(number)
        film = over
    return [
        Origin(name, kind, numbers) for (_, name, kind), numbers in sorted(found.items(), key=lambda one: one[0][0])
    ]
