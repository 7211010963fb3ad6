"""What publishing has to do in a calendar: a rule without any connection, from what is wanted to what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.base.words import N_
from tui.exports.publishing.objects import Wrote, text_of, title_of, wrote_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.exports.ics import Event
    from tui.exports.publishing.objects import Object

CREATE, MOVE, UPDATE, DELETE = "new", "moved", "changed", "deleted"
FOREIGN, EDITED, REMOVED = "foreign", "edited", "removed"
LEFT, UNKNOWN, HELD = "left", "unknown", "held"
WHY = {
    FOREIGN: N_("{title}: another event there has its UID, so it is not published"),
    EDITED: N_("{title}: stays as it was changed there, until its date or status changes"),
    REMOVED: N_("{title}: stays away, as it was deleted there, until its date or status changes"),
    LEFT: N_("{title}: is not published any more, and stays, as it was changed there"),
    UNKNOWN: N_("{title}: is not published from here, and stays; --prune deletes it"),
    HELD: N_("{title}: stays for now, as nothing was selected, or the catalog could not be read whole"),
}
"""Why something is kept as it is there; message ids."""

_A_FEW = 2
"""Where more than so many were published and not one is there, people have not deleted one by one: it begins anew."""


class Step(NamedTuple):
    """One thing to do."""

    kind: str
    """CREATE, MOVE, UPDATE, DELETE."""
    uid: str
    film: str
    title: str
    day: str
    """2026-01-07; of what is deleted, the last that was published, empty where that is not known."""
    before: str = ""
    """The day that it has moved from."""
    href: str = ""
    etag: str = ""
    text: bytes = b""
    wrote: Wrote | None = None
    over: bool = False
    """Whether it takes the place of what somebody changed there."""


class LeftAlone(NamedTuple):
    """Something that is left alone."""

    why: str
    uid: str
    film: str
    title: str
    token: str
    """What it is left for: as long as that is the same, it is told once."""


class Plan(NamedTuple):
    """All that a publishing does, and what it leaves."""

    steps: tuple[Step, ...]
    kept: tuple[LeftAlone, ...]
    same: dict[str, Wrote]
    """Those that stand there as they should, by UID."""

    def count(self, kind: str) -> int:
        """How many steps there are of a kind, or how much is left alone for a reason."""
        return sum(step.kind == kind for step in self.steps) + sum(one.why == kind for one in self.kept)


def planned(
    events: Iterable[Event], objects: Mapping[str, Object], made: Mapping[str, Wrote], stored: Mapping[str, str],
    *, overwrite: bool = False, prune: bool = False, sound: bool = True,
) -> Plan:  # fmt: skip
    """What has to be done so that the events stand in a calendar, and of others' nothing is touched.

    `objects`: what is there, by href. `made`: what this machine remembers to have published, by UID. `stored`: the
    digest of what the server made of it, where that is another one. `overwrite`: what people changed or deleted there
    comes back. `prune`: what filmtui published from elsewhere, and is not among the events, goes too. `sound`: whether
    the catalog was read whole; where it was not, or nothing is wanted at all, nothing is deleted.
    """
    there: dict[str, tuple[str, Object]] = {}
    for href, found in objects.items():
        if found.uid not in there or (found.film and not there[found.uid][1].film):
            there[found.uid] = href, found
    known = _Known(made, stored, overwrite, len(made) > _A_FEW and there.keys().isdisjoint(made))
    to_do: list[Step | LeftAlone] = []
    same: dict[str, Wrote] = {}
    wanted: set[str] = set()
    for event in events:
        if event.uid in wanted:
            continue
        wanted.add(event.uid)
        new = wrote_of(event)
        href, object_ = there.get(event.uid, ("", None))
        if object_ is None:
            to_do.append(_absent(event, new, known))
        elif not object_.film:
            to_do.append(LeftAlone(FOREIGN, event.uid, event.film, title_of(event), ""))
        elif known.as_published(object_, new):
            same[event.uid] = new
        else:
            to_do.append(_different(event, new, href, object_, known))
    for href, object_ in sorted(objects.items(), key=lambda item: _place(item[1])):
        if object_.film and object_.uid not in wanted:
            to_do.append(_unwanted(href, object_, known, prune=prune, sound=sound and bool(wanted)))
    steps = tuple(one for one in to_do if isinstance(one, Step))
    return Plan(steps, tuple(one for one in to_do if isinstance(one, LeftAlone)), same)


class _Known(NamedTuple):
    """What is known of former publishings, see `planned`."""

    made: Mapping[str, Wrote]
    stored: Mapping[str, str]
    overwrite: bool
    emptied: bool
    """Whether nothing of what was published is there any more, so that it begins anew."""

    def as_published(self, found: Object, new: Wrote) -> bool:
        """Whether what is there says what would be published."""
        if found.digest == new.digest:
            return True
        return found.digest == self.stored.get(found.uid) and self.made.get(found.uid) == new

    def edited(self, found: Object) -> bool:
        """Whether somebody has changed it since it was published; not where nothing is known of that."""
        known = {one.digest for one in (found.wrote, self.made.get(found.uid)) if one is not None}
        return bool(known) and found.digest not in known | {self.stored.get(found.uid, "")}


def _absent(event: Event, new: Wrote, known: _Known) -> Step | LeftAlone:
    """Of an event that is not there: made, unless somebody has deleted it."""
    title, before = title_of(event), known.made.get(event.uid)
    if before is not None and _alike(before, new) and not (known.emptied or known.overwrite):
        return LeftAlone(REMOVED, event.uid, event.film, title, f"{new.day} {new.status}")
    return Step(CREATE, event.uid, event.film, title, new.day, text=text_of(event, new), wrote=new)


def _different(event: Event, new: Wrote, href: str, found: Object, known: _Known) -> Step | LeftAlone:
    """Of an event that is there and says something else: written anew, unless somebody has changed it."""
    title, edited = title_of(event), known.edited(found)
    last = found.wrote or known.made.get(event.uid)
    if edited and last is not None and _alike(last, new) and not known.overwrite:
        return LeftAlone(EDITED, event.uid, event.film, title, found.digest)
    moved = last is not None and last.day != new.day
    return Step(
        MOVE if moved else UPDATE, event.uid, event.film, title, new.day,
        before=last.day if last is not None and moved else "", href=href, etag=found.etag,
        text=text_of(event, new, found.sequence), wrote=new, over=edited,
    )  # fmt: skip


def _unwanted(href: str, found: Object, known: _Known, *, prune: bool, sound: bool) -> Step | LeftAlone:
    """Of an event of ours that is not wanted any more: deleted, if it was published from here."""
    last = known.made.get(found.uid)
    if last is None and not prune:
        return LeftAlone(UNKNOWN, found.uid, found.film, found.title, "")
    if not sound:
        return LeftAlone(HELD, found.uid, found.film, found.title, "")
    if known.edited(found) and not known.overwrite:
        return LeftAlone(LEFT, found.uid, found.film, found.title, found.digest)
    last = last or found.wrote
    return Step(DELETE, found.uid, found.film, found.title, last.day if last else "", href=href, etag=found.etag)


def _place(found: Object) -> tuple[str, str]:
    return found.wrote.day if found.wrote else "", found.title


def _alike(one: Wrote, other: Wrote) -> bool:
    return (one.day, one.status) == (other.day, other.status)
