"""The one door to the catalog for the screen and the commands: open, view, rows, film, news, problems."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from tui.base.errors import IndexUnavailableError, NotFoundError, message
from tui.base.text import clean, words
from tui.base.words import N_
from tui.films.dates import UNDATED, first_key, key_of, period_of
from tui.films.film import Held
from tui.index import query
from tui.index.database import PATIENCE, DamagedError, Database, Error, GoneError, closed, damaged, unavailable
from tui.index.query import Row, Selection, key_of_place
from tui.library.ledger import Entry as Happened
from tui.library.ledger import Ledger, Visit, compare, keep_visit, last_visit, own_moves
from tui.library.view import View, view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from tui.base.errors import Message, Problem
    from tui.films.film import Film, News
    from tui.index.build import Changes
    from tui.index.progress import Progress
    from tui.user.places import Places

__all__ = ["Happened", "Library", "Row", "Selection", "View", "key_of_place"]

_GLIMPSE = 200
"""Rows that are shown before all are counted: more than a screen has."""

_ALIKE, _LIKEST = 75, 20
"""Of 100, how much two titles must have in common to be looked at, and how many are."""

_NEAR = 30
"""Rows in which the next release is looked for that is not cancelled."""

_PAGE = 1000
"""Rows that are held at a time where all are wanted."""

_SMALL = 1 << 20
"""Bytes of YAML that are read before the calendar is shown rather than behind it: about 50 ms."""

P = ParamSpec("P")
T = TypeVar("T")


def _mended(
    question: Callable[Concatenate[Library, P], T],
) -> Callable[Concatenate[Library, P], T]:
    """Ask again, of an index made anew where it is damaged or gone. Raises IndexUnavailableError, IndexBusyError."""

    @wraps(question)
    def ask(self: Library, *args: P.args, **kwargs: P.kwargs) -> T:
        made = self._database.made
        try:
            try:
                return question(self, *args, **kwargs)
            except Error as error:
                self._mend(error, made)
            return question(self, *args, **kwargs)
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None

    return ask  # type: ignore[return-value]


def _held(found: tuple[Film, str]) -> Held:
    return Held(film=found[0], file=found[1])


def _letters(title: str) -> str:
    return "".join(words(title))


class Library:
    """A catalog and its index. Usable from several threads."""

    def __init__(self, places: Places) -> None:
        """Raises nothing: a catalog that is not there shows when it is refreshed."""
        self.catalog = places.catalog
        self.followed = False
        """Whether somebody looks at the generation, and refreshes an index that is found empty. Else a question that
        finds the index damaged or gone reads the whole catalog before it is answered."""
        self.today = places.today
        """The day of what is noticed from now on."""
        self._ledger = Ledger(places.ledger) if places.ledger else None
        self._visits = places.visit
        self._visit: Visit | None = None
        self._mending = threading.RLock()
        self._database = Database(places.index)

    @property
    def path(self) -> Path:
        """The index."""
        return self._database.path

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # the index

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        patience: float = PATIENCE,
        *,
        hold: bool = False,
    ) -> Changes:
        """Bring the index up to date with the files; wait at most `patience` seconds for another process.

        An import that was interrupted is finished or rolled back first. `hold`: see `index.build.refresh`.
        Raises CatalogError, IndexUnavailableError, IndexBusyError.
        """
        from tui.catalog.files import JOURNAL, folder
        from tui.index.build import refresh

        if os.path.exists(folder(self.catalog) / JOURNAL):  # noqa: PTH110 (Path's raises where one may not look)
            from tui.catalog.writing.transaction import recover

            recover(self.catalog)
        made = self._database.made
        try:
            try:
                changes = refresh(self._database, self.catalog, progress, stop, patience, hold=hold)
            except Error as error:
                self._renew(error, made)
                changes = refresh(self._database, self.catalog, progress, stop, patience)
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None
        self._record(changes)
        return changes

    def _record(self, changes: Changes) -> None:
        if self._ledger:
            found = (compare(before, after, self.today) for before, after in changes.met)
            self._ledger.add(entry for entries in found for entry in entries)

    def _mend(self, error: Exception, made: int) -> None:
        """Make the index anew and fill it. A catalog that has gone leaves it empty. Raises what cannot be mended."""
        from tui.base.errors import CatalogError
        from tui.index.build import pending

        with self._mending:
            self._renew(error, made)
            with contextlib.suppress(CatalogError):
                if not self.followed or pending(self._database, self.catalog) <= _SMALL:
                    self.refresh()

    def _renew(self, error: Exception, made: int) -> None:
        """An empty index for one that is damaged or gone, unless another thread has made it meanwhile."""
        if not (damaged(error) or closed(error)):
            raise error
        with self._mending:
            if isinstance(error, GoneError):
                self._database.open()  # or the one that another process has made
            elif damaged(error) and self._database.made == made:
                self._database.rebuild()

    def discard(self) -> None:
        """Empty the index; the next refresh reads everything. Raises IndexBusyError, IndexUnavailableError."""
        try:
            self._database.rebuild()
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None

    @_mended
    def begin(self) -> None:
        """Take what the catalog holds now, be it nothing, for known: changes are reported from here on."""
        from tui.base.errors import CatalogError
        from tui.index.build import begin

        with contextlib.suppress(CatalogError):  # it is yet to come
            self.refresh()
        begin(self._database)

    @_mended
    def quick(self) -> bool:
        """Whether a refresh is so short that one waits for it. Raises CatalogError."""
        from tui.index.build import pending

        return pending(self._database, self.catalog) <= _SMALL

    @property
    @_mended
    def generation(self) -> int:
        """Another number whenever the index has changed, whoever changed it: other threads and processes too."""
        return query.generation(self._database.connection)

    @property
    @_mended
    def filled(self) -> bool:
        """Whether the index holds anything of the catalog."""
        return query.filled(self._database.connection)

    # questions

    @_mended
    def view(self, selection: Selection | None = None, only: int | None = None) -> View:
        wanted, db = selection or Selection(), self._database.connection
        generation = query.generation(db)
        return view_of(wanted, tuple(query.months(db, wanted)), only, generation)

    @_mended
    def sound_view(self, selection: Selection, only: int | None = None) -> View:
        """A view whose first thousand rows are as it counts them: for who cannot ask again once they are written."""
        view = self.view(selection, only)
        self._rows(view, 0, _PAGE)
        return view

    @_mended
    def glimpse(self, selection: Selection, key: int) -> View:
        """The selection's first rows from the month of this date key on, without counting all that there are.

        Not partial where they are few enough to be all. A count walks all hits: 0.7 s for a million, this 3 ms.
        """
        if not selection.searched:
            return self.view(selection)
        db, last = self._database.connection, selection.last
        generation = query.generation(db)
        low = max(first_key(period_of(key)), selection.first)
        rows = query.rows(db, selection, low, last, 0, _GLIMPSE)
        more = len(rows) == _GLIMPSE
        if not more:
            every = query.rows(db, selection, selection.first, last, 0, _GLIMPSE)
            more = len(every) == _GLIMPSE
            rows = rows if more and rows else every
        months = Counter(period_of(row.key) for row in rows)
        return view_of(selection, tuple(sorted(months.items())), None, generation, partial=more)

    @_mended
    def rows(self, view: View, first: int, count: int) -> list[Row]:
        """Rows first..first+count of the view, in calendar order; fewer at its end."""
        return self._rows(view, first, count)

    def _rows(self, view: View, first: int, count: int) -> list[Row]:
        count = min(count, view.total - first)
        if first < 0 or count <= 0:
            return []
        month = view.month_of(first)
        period = view.shown[month][0]
        last = period if view.only is not None else view.selection.last
        low = max(first_key(period), view.selection.first)
        offset = first - view.starts[month]
        db = self._database.connection
        rows = query.rows(db, view.selection, low, min(last, view.selection.last), offset, count)
        # other rows than were counted: in the same index that is damage
        as_counted = len(rows) == count and all(
            period_of(row.key) == view.shown[view.month_of(index)][0]
            for row, index in ((rows[0], first), (rows[-1], first + count - 1))
        )
        if not as_counted and query.generation(db) == view.generation:
            raise DamagedError
        return rows

    def all_rows(self, view: View, page: int = _PAGE) -> Iterator[Row]:
        """Every row of the view, a page at a time. Raises IndexUnavailableError where they were wrongly counted."""
        made = self._database.made
        for first in range(0, view.total, page):
            rows = self.rows(view, first, page)
            if self._database.made != made and len(rows) != min(page, view.total - first):
                raise IndexUnavailableError(message(N_("the index was damaged and has been made anew; ask again")))
            yield from rows

    def entries(self, view: View) -> Iterator[tuple[Row, Film]]:
        """Every row of the view with its film."""
        for row in self.all_rows(view):
            yield row, self.film(row.id)

    @_mended
    def position(self, view: View, place: int) -> int:
        """The index of the first row of the view at or behind this place; its total if none is."""
        key = query.key_of_place(place)
        for number, (period, _) in enumerate(view.shown):
            if period >= key:
                return view.starts[number] + query.before(self._database.connection, view.selection, period, place)
        return view.total

    @_mended
    def find(self, view: View, id: str, ordinal: int) -> int | None:
        """The index of a film's release in the view, or None if it is not in it."""
        place = query.place(self._database.connection, id, ordinal)
        if place is None:
            return None
        index = self.position(view, place)
        found = self.rows(view, index, 1)
        return index if found and found[0].place == place else None

    def next_from(self, view: View, today: date) -> int:
        """The index of the next release from today on that is not cancelled; of the last dated one if all are past."""
        dated = sum(rows for period, rows in view.shown if period != UNDATED)
        index = self.position(view, query.place_of_key(key_of(today)))
        if index >= dated:
            return max(0, dated - 1)
        near = self.rows(view, index, min(_NEAR, dated - index))
        return index + next((n for n, row in enumerate(near) if row.status != "cancelled"), 0)

    @_mended
    def film(self, id: str) -> Film:
        """Raises NotFoundError, which names what is near."""
        found = query.film(self._database.connection, id) if id.isascii() else None
        if found is None:
            raise NotFoundError(self._not_found(id))
        return found

    def _not_found(self, id: str) -> Message:
        from difflib import get_close_matches

        shown = clean(id)[:60]
        start = shown.lower().replace(" ", "-")
        near = get_close_matches(start, query.ids_like(self._database.connection, start[:2]), 1, 0.5)
        if near:
            return message(N_("no film with the id “{id}”; did you mean “{near}”?"), id=shown, near=near[0])
        return message(N_("no film with the id “{id}”; “filmtui list --search” finds films by title"), id=shown)

    @_mended
    def news_of(self, id: str) -> list[News]:
        """What names the film, newest first."""
        return query.news_of(self._database.connection, id)

    @_mended
    def news(self, count: int = 500) -> list[News]:
        """The newest news first."""
        return query.news(self._database.connection, count)

    @_mended
    def changed(self, since: date) -> list[Happened]:
        """What was added, moved, put off or taken out since this day: the newest day first, then by date.

        From the films' own histories and from the ledger of what was noticed here.
        """
        own = [
            entry for film in query.moved(self._database.connection, key_of(since)) for entry in own_moves(film, since)
        ]
        known = {entry.what for entry in own}
        noticed = self._ledger.since(since) if self._ledger else []
        every = own + [entry for entry in dict.fromkeys(noticed) if entry.what not in known]
        return sorted(every, key=lambda entry: (-key_of(entry.day), entry.date or entry.was or "~", entry.title))

    def since_visit(self) -> tuple[date | None, set[str]]:
        """When the calendar was looked at the last time, and the ids of the films that changed unseen since."""
        if self._visits is None or self._ledger is None:
            return None, set()
        visit = self._visit
        if visit is None:
            visit = self._visit = last_visit(self._visits) or Visit(self.today, self._ledger.size)
        return visit.day, {*visit.unseen, *(entry.id for entry in self._ledger.behind(visit.read) if entry.home)}

    def keep_visit(self, unseen: set[str]) -> None:
        """The calendar has been looked at; these films changed, and were not."""
        if self._visits and self._ledger:
            keep_visit(self._visits, Visit(self.today, self._ledger.size, sorted(unseen)))

    @_mended
    def holder(self, id: str) -> Held | None:
        """The film of this id, and its file."""
        found = query.holder(self._database.connection, id) if id.isascii() else None
        return _held(found) if found else None

    @_mended
    def linked(self, url: str) -> list[Held]:
        return [_held(found) for found in query.linked(self._database.connection, url)]

    @_mended
    def alike(self, title: str, first: int, last: int) -> list[Held]:
        """Films with the words of this title, and those from one date key to another whose title is spelled alike."""
        from rapidfuzz import fuzz, process

        db = self._database.connection
        found = {film.id: Held(film=film, file=name) for film, name in query.titled(db, title)}
        near = dict(query.titles(db, first, last)) if first <= last else {}
        likest = process.extract(title, near, scorer=fuzz.ratio, processor=_letters, score_cutoff=_ALIKE, limit=_LIKEST)
        for _, _, id in likest:
            if id not in found and (held := query.holder(db, id)):
                found[id] = _held(held)
        return list(found.values())

    @_mended
    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """genre, rating, type, status: the values that occur, and in how many rows."""
        return query.facets(self._database.connection)

    @_mended
    def problems(self, count: int = -1) -> list[Problem]:
        return list(query.problems(self._database.connection, count))

    @_mended
    def sizes(self) -> tuple[int, int]:
        """Films and problems."""
        return query.sizes(self._database.connection)
