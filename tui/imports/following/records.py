"""When each source was asked the last time, and what came of it: kept for the calendar's sheet of sources."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import keep_value, kept_value
from tui.base.errors import Message  # noqa: TC001 (msgspec reads the annotations)
from tui.imports.following.renewal import Doubt  # noqa: TC001
from tui.library.ledger import ReleaseChange  # noqa: TC001

if TYPE_CHECKING:
    from tui.imports.following.sync import Outcome
    from tui.user.places import Places

_MOST_TOLD = 200


class SyncRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last time."""

    at: int
    """Seconds since 1970."""
    films: int = 0
    changed_at: int = 0
    """When something changed the last time; 0: never."""
    changes: tuple[ReleaseChange, ...] = ()
    """Of that time."""
    gone: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """All films so far of which a person has to say whether they are known ones."""
    failure: Message | None = None


def sync_records(places: Places) -> dict[str, SyncRecord]:
    """By the name of the source; nothing where nothing is kept."""
    return kept_value(places.synced, dict[str, SyncRecord]) or {}


def remember(places: Places, outcome: Outcome) -> None:
    """Keep what came of a source. Raises nothing: where it cannot be kept, it is told once only."""
    path = places.synced
    if path is None:
        return
    known = sync_records(places)
    before, now = known.get(outcome.source.name, SyncRecord(0)), int(time.time())
    record = msgspec.structs.replace(before, at=now, films=outcome.films, failure=outcome.failure)
    if outcome.changes or outcome.gone:
        record = msgspec.structs.replace(
            record, changed_at=now, changes=outcome.changes[:_MOST_TOLD], gone=outcome.gone[:_MOST_TOLD]
        )
    if outcome.doubts:
        record = msgspec.structs.replace(record, doubts=tuple(dict.fromkeys((*before.doubts, *outcome.doubts))))
    keep_value(path, known | {outcome.source.name: record})


def drop_doubt(places: Places, doubt: Doubt) -> None:
    """A person has said which film it is."""
    known = {
        name: msgspec.structs.replace(one, doubts=tuple(other for other in one.doubts if other.id != doubt.id))
        for name, one in sync_records(places).items()
    }
    if places.synced and known:
        keep_value(places.synced, known)


def forget(places: Places, name: str) -> None:
    """Nothing of a source that is no longer followed."""
    known = sync_records(places)
    if places.synced and known.pop(name, None):
        keep_value(places.synced, known)
