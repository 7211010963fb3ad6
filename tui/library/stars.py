"""The films that the user has starred, by the ids under which the catalog has them now."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

from tui.base.disk import stamp_of
from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_
from tui.films.dates import UNDATED, key_of
from tui.index import lookup, query
from tui.index.selection import Term
from tui.user.watchlist import Star, Watchlist, read_stars

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from tui.base.disk import Stamp
    from tui.base.errors import Problem
    from tui.index.index import Index
    from tui.index.query import Row
    from tui.index.selection import Selection


class StarredFilms:
    """The user's file of stars beside a catalog's index. Usable from several threads.

    Each question looks whether the file is another one now, in some microseconds, and raises as the library's do.
    """

    def __init__(self, path: Path | None, index: Index) -> None:
        """Reads nothing yet. `path`: None where none can be kept."""
        self._path = path
        self._index = index
        self._reading = threading.Lock()
        self._stamp: Stamp | None = None
        self._list: Watchlist | None = None
        self._known: tuple[object, dict[str, Star]] = (None, {})

    @property
    def stamp(self) -> str:
        """Of the file as it was read the last time: another text whenever it has been written."""
        return str(self._stamp)

    def changed(self) -> bool:
        """Whether the file is another one than the one that was read."""
        return self._list is not None and stamp_of(self._path) != self._stamp

    @property
    def written(self) -> Watchlist:
        """What the file says, be it of films that the catalog has or not."""
        with self._reading:
            stamp = stamp_of(self._path)
            if self._list is None or stamp != self._stamp:
                self._list, self._stamp = read_stars(self._path), stamp
            return self._list

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the file, if it was read already."""
        return self._list.problems if self._list else ()

    @property
    def films(self) -> dict[str, Star]:
        """Each star by the id that the catalog has for its film; by its own where the catalog has no such film."""
        listed = self.written
        if not listed.stars:
            return {}
        known_at = listed, self._index.generation
        if self._known[0] != known_at:
            ids = self._index.ask(lambda db: lookup.known_as(db, (star.id for star in listed.stars)))
            found: dict[str, Star] = {}
            for star in listed.stars:
                found.setdefault(ids.get(star.id, star.id), star)
            self._known = known_at, found
        return self._known[1]

    def ids(self) -> frozenset[str]:
        """Those of `films`."""
        return frozenset(self.films)

    def by_any_id(self) -> dict[str, Star]:
        """Each star by the catalog's id and by its own, as the ledger may know the film by either."""
        return {id: star for key, star in self.films.items() for id in (key, star.id)}

    def ahead(self, home: Selection, today: date, count: int) -> list[Row]:
        """At most `count` starred releases of a selection from today on that have a day and are not called off."""
        ids = self.ids()
        if not ids:
            return []
        wanted = msgspec.structs.replace(home, terms=(*home.terms, Term(films=ids)))
        found = self._index.ask(lambda db: query.rows(db, wanted, key_of(today), UNDATED - 1, 0, 4 * count))
        return [row for row in found if row.when.exact and row.status not in {"cancelled", "postponed"}][:count]

    # changing them; each raises ValueRefusedError and OSError as `user.starring` does

    def give(self, id: str, today: date, note: str = "") -> None:
        """Star the film of this id of the catalog; one that is starred gets the note, if there is one."""
        from tui.user.starring import put

        star = self.films.get(id) or Star(id, since=today)
        put(self._place(), msgspec.structs.replace(star, note=note))

    def note(self, id: str, today: date, note: str) -> None:
        """Star the film, if it is not, with this note, which may be empty."""
        from tui.user.starring import put

        star = self.films.get(id) or Star(id, since=today)
        put(self._place(), msgspec.structs.replace(star, note=note), renote=True)

    def take(self, ids: Iterable[str]) -> None:
        """Take the stars of these films away, whichever of their ids they were starred by."""
        from tui.user.starring import take

        gone, now = {*ids}, self.films
        known = self._index.ask(lambda db: lookup.known_as(db, (star.id for star in self.written.stars)))
        same = {id for id, one in known.items() if one in gone}
        take(self._place(), {*gone, *same, *(now[id].id for id in gone if id in now)})

    def toggle(self, id: str, today: date) -> bool:
        """Star the film, or take its star away. Whether it is starred now."""
        starred = id in self.films
        if starred:
            self.take([id])
        else:
            self.give(id, today)
        return not starred

    def _place(self) -> Path:
        if self._path is None:
            told = N_("there is no place for your stars; name a file in FILMTUI_STARS")
            raise ValueRefusedError(message(told))
        return self._path
