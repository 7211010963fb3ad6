"""What to remind the user of: starred films that open soon, and what became of starred films."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING

import msgspec

from tui.films.dates import shifted
from tui.index.query import Row  # noqa: TC001 (msgspec reads the annotations)
from tui.library.ledger import ReleaseChange  # noqa: TC001 (msgspec reads the annotations)

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.user.told import Told

STAGES = ("today", "tomorrow", "week")
"""How near an opening is; each is told once."""
AHEAD = 7
"""Days ahead, unless the user wants others."""
_MOST = 500
"""Films that are told at once."""


class Reminder(msgspec.Struct, frozen=True):
    """An opening that comes, or something that happened to a release: one of the two is there."""

    key: str
    """By which it is remembered that it was told."""
    note: str = ""
    """The user's own, on the film."""
    row: Row | None = None
    day: dt.date | None = None
    stage: str = ""
    """One of STAGES."""
    change: ReleaseChange | None = None

    @property
    def title(self) -> str:
        return self.change.title if self.change else self.row.title if self.row else ""


class Reminders(msgspec.Struct, frozen=True):
    """All that is to be told now: what happened first, then what opens, by day."""

    found: tuple[Reminder, ...]
    read: int
    """Bytes of the ledger that are told with them."""


def reminders(library: Library, told: Told, today: dt.date, ahead: int = AHEAD, *, again: bool = False) -> Reminders:
    """What opens within so many days and was not told at its stage, and what happened since the last time.

    `again`: all of it, told or not, and what happened in the last week. Raises as the library does.
    """
    stars, by_id = library.stars.films, library.stars.by_any_id()
    changes, read = library.history.behind(0 if again else told.read)
    since = shifted(today, -AHEAD) if again else told.day
    found = [
        Reminder(_key(change), by_id[change.id].note, change=change)
        for change in dict.fromkeys(changes)
        if change.id in by_id and (since is None or change.day >= since)
    ]
    last = shifted(today, ahead)
    for row in library.stars.ahead(library.home, today, _MOST):
        day = row.when.exact
        if day is None or day > last:
            break
        star, stage = stars[row.id], STAGES[min((day - today).days, 2)]
        found.append(Reminder(f"{star.id} {day} {stage}", star.note, row, day, stage))
    once = {reminder.key: reminder for reminder in reversed(found) if again or reminder.key not in told.said}
    return Reminders(tuple(reversed(once.values())), read)


def _key(change: ReleaseChange) -> str:
    return " ".join(map(str, (change.day, *change.what)))
