"""Which release of a film is which in another account of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from tui.films.film import Release

T = TypeVar("T", bound="Hashable")

_UNKNOWN = 1_000_000
"""Days between two dates of which one is not known: more than between any that are."""

_MOST = 10_000
"""Distances that are compared. Where there are more (100 releases of one type and region on each side), both sides are
paired in calendar order."""


def paired(known: Sequence[Release], incoming: Sequence[Release]) -> list[int | None]:
    """For each of `incoming` the position of its release in `known`, or None if it is another one.

    Only releases of one type and region are paired, each once. Equal dates come first, so that no date that both
    sides have counts as moved; then a date and the month, quarter or year that it stands in; then the nearest.
    """
    found: list[int | None] = [None] * len(incoming)
    left, open_ = list(range(len(known))), list(range(len(incoming)))
    for same in (_date_and_status, _date):
        left, open_ = _equal(known, incoming, left, open_, same, found)
    kinds: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for one in left:
        kinds[known[one].type, known[one].region][0].append(one)
    for other in open_:
        kinds[incoming[other].type, incoming[other].region][1].append(other)
    for ours, theirs in kinds.values():
        for one, other in _nearest(known, incoming, ours, theirs):
            found[other] = one
    return found


def _date(release: Release) -> Hashable:
    return release.type, release.region, release.date


def _date_and_status(release: Release) -> Hashable:
    return _date(release), release.status


def _equal(
    known: Sequence[Release], incoming: Sequence[Release], left: list[int], open_: list[int],
    same: Callable[[Release], Hashable], found: list[int | None],
) -> tuple[list[int], list[int]]:  # fmt: skip
    """Pair those that are the same by this measure; what is left of both."""
    waiting = defaultdict(list)
    for one in reversed(left):
        waiting[same(known[one])].append(one)
    for other in open_:
        if ones := waiting[same(incoming[other])]:
            found[other] = ones.pop()
    taken = set(found)
    return [one for one in left if one not in taken], [other for other in open_ if found[other] is None]


def _nearest(
    known: Sequence[Release], incoming: Sequence[Release], left: list[int], open_: list[int]
) -> list[tuple[int, int]]:
    if len(left) * len(open_) > _MOST:
        left.sort(key=lambda one: known[one].when.key)
        open_.sort(key=lambda other: incoming[other].when.key)
        return list(zip(left, open_, strict=False))
    distances = sorted((_apart(known[one], incoming[other]), other, one) for one in left for other in open_)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, other, one in distances:
        if other not in pairs and one not in taken:
            pairs[other] = one
            taken.add(one)
    return [(one, other) for other, one in pairs.items()]


def _apart(one: Release, other: Release) -> int:
    """Days between the two; 0 where one stands in the other."""
    mine, theirs = one.when, other.when
    if mine.holds(theirs) or theirs.holds(mine):
        return 0
    if mine.about is None or theirs.about is None:
        return _UNKNOWN
    return abs((mine.about - theirs.about).days)
