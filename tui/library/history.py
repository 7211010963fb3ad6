"""What has changed in a catalog since a day, and what of that is new to the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.films.dates import key_of
from tui.library.ledger import Ledger, compare, own_moves
from tui.user.visit import Visit, read_visit, write_visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tui.films.film import Film
    from tui.index.build import Changes
    from tui.library.ledger import ReleaseChange
    from tui.user.places import Places


class History:
    """The ledger and the visits of one catalog. Without a state directory it is empty and stays so."""

    def __init__(self, places: Places) -> None:
        self._ledger = Ledger(places.ledger) if places.ledger else None
        self._file = places.visit
        self._visit: Visit | None = None

    def record(self, changes: Changes, today: date) -> None:
        """Add what a refresh has found to the ledger."""
        if self._ledger:
            found = (compare(before, after, today) for before, after in changes.met)
            self._ledger.add(change for changed in found for change in changed)

    @property
    def size(self) -> int:
        """Bytes of the ledger: another number whenever something was noticed."""
        return self._ledger.size if self._ledger else 0

    def since(self, day: date, moved: Iterable[Film]) -> list[ReleaseChange]:
        """What has changed since this day: the newest day first, then by date and title.

        It comes from the films' own histories (`moved` are those that have one) and from the ledger. What both know is
        told once, as the film tells it.
        """
        own = [change for film in moved for change in own_moves(film, day)]
        known = {change.what for change in own}
        noticed = self._ledger.since(day) if self._ledger else []
        every = own + [change for change in dict.fromkeys(noticed) if change.what not in known]
        return sorted(every, key=lambda change: (-key_of(change.day), change.date or change.was or "~", change.title))

    def since_visit(self, today: date) -> tuple[date | None, set[str]]:
        """The day of the last visit, and the ids of films that have changed and were not looked at since.

        Without a visit before this one, today and what changes from now on.
        """
        visit = self._last(today)
        if visit is None:
            return None, set()
        return visit.day, {*visit.unseen, *(change.id for change in self.news(today))}

    def _last(self, today: date) -> Visit | None:
        if self._visit is None and self._file and self._ledger:
            self._visit = read_visit(self._file)
            if self._visit is None:  # the first: what changes from now on is news, even where this one is cut short
                self.keep_visit(today, set())
                self._visit = Visit(today, self._ledger.size)
        return self._visit

    def news(self, today: date) -> list[ReleaseChange]:
        """What has changed since the last visit of what the calendar shows, the oldest first."""
        visit = self._last(today)
        return self.behind(visit.read)[0] if visit else []

    def behind(self, size: int | None) -> tuple[list[ReleaseChange], int]:
        """What was noticed after the ledger had this size, of what the calendar shows; and its size now.

        Nothing for None.
        """
        if self._ledger is None:
            return [], 0
        now = self.size
        return [change for change in self._ledger.behind(now if size is None else size) if change.home], now

    def keep_visit(self, today: date, unseen: set[str]) -> None:
        """Remember for the next visit that this one ends today, with these films still not looked at."""
        if self._file and self._ledger:
            write_visit(self._file, Visit(today, self._ledger.size, sorted(unseen)))
