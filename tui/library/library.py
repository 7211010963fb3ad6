"""The one door to a catalog for the screen, the commands and the imports.

Its answers come from the index, which is made anew where it is damaged or gone; so each question may raise
IndexUnavailableError (no index can be made) or IndexBusyError (another process is making it), and nothing of SQLite's.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from tui.base.errors import IndexUnavailableError, NotFoundError, message
from tui.base.words import N_
from tui.films.dates import UNDATED, key_of, shifted
from tui.films.film import HOME_REGION, TYPES
from tui.index import lookup, query
from tui.index.database import PATIENCE
from tui.index.entry import key_of_place, place_of_key
from tui.index.index import Index
from tui.index.query import Row
from tui.index.selection import Selection
from tui.library import paging
from tui.library.history import History
from tui.library.ledger import ReleaseChange
from tui.library.stars import StarredFilms
from tui.library.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from tui.base.errors import Problem
    from tui.films.dates import ReleaseDate
    from tui.films.film import Film, Held, News
    from tui.index.build import Changes
    from tui.index.database import Connection
    from tui.index.lookup import Saying
    from tui.index.progress import Progress
    from tui.user.places import Places

__all__ = ["Library", "ReleaseChange", "Row", "Selection", "View", "key_of_place"]

_PAGE = 1000
"""Rows that are held at a time where all are wanted."""


class Library(AbstractContextManager["Library"]):
    """A catalog with its index and its history. Usable from several threads."""

    def __init__(self, places: Places, region: str = HOME_REGION, first_day: int = 0) -> None:
        """Opens the index, and reads nothing of the catalog: one that is not there shows when it is refreshed.

        `region` is the country of the calendar's releases, `first_day` that of a week as `date.weekday` counts.
        Raises IndexUnavailableError, OSError where not even a temporary index can be made.
        """
        self.catalog = places.catalog
        self.home = Selection(region=region)
        """The calendar that nothing narrows."""
        self.first_day = first_day
        self.today = places.today
        """The day on which what a refresh finds is noted as noticed."""
        self.history = History(places)
        self._index = Index(
            places.index, places.catalog, lambda changes: self.history.record(changes, self.today), places.shipped,
            recovers=not places.read_only,
        )  # fmt: skip
        self.stars = StarredFilms(places.starred, self._index)

    @property
    def path(self) -> Path:
        """The index's file."""
        return self._index.path

    def close(self) -> None:
        """Whatever is asked afterwards raises IndexUnavailableError."""
        self._index.close()

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

        An import that was interrupted is rolled back first. The rest as `index.build.refresh`. Raises CatalogError too.
        """
        return self._index.refresh(progress, stop, patience, hold=hold)

    def follow(self) -> None:
        """From now on the caller watches the generation, and refreshes an index that it finds empty.

        So a question that finds the index gone is answered at once, from an empty one, where the catalog is large.
        """
        self._index.followed = True

    def begin(self) -> None:
        """Take what the catalog holds now, be it nothing, for known: changes are reported from here on."""
        self._index.begin()

    def discard(self) -> None:
        """Empty the index; the next refresh reads everything."""
        self._index.discard()

    def quick(self) -> bool:
        """Whether a refresh is so short that one waits for it. Raises CatalogError too."""
        return self._index.quick

    @property
    def generation(self) -> int:
        """Another number whenever the index has changed, whichever thread or process changed it."""
        return self._index.generation

    @property
    def filled(self) -> bool:
        """Whether the index holds anything of the catalog."""
        return self._index.ask(query.filled)

    def sizes(self) -> tuple[int, int]:
        """How many films and how many problems the index holds."""
        return self._index.ask(query.sizes)

    def problems(self, count: int = -1) -> list[Problem]:
        """What is wrong in the catalog, by file and line; at most `count`, if that is not negative."""
        return self._index.ask(lambda db: list(query.problems(db, count)))

    # rows

    def view(self, selection: Selection | None = None, only: int | None = None) -> View:
        """The rows of a selection (None: the calendar) as they are counted; of one period where `only` names it."""
        return self._index.ask(lambda db: paging.counted(db, selection or self.home, only))

    def sound_view(self, selection: Selection, only: int | None = None) -> View:
        """A view whose first thousand rows are known to be as counted, for lists that cannot be taken back."""

        def checked(db: Connection) -> View:
            view = paging.counted(db, selection, only)
            paging.page(db, view, 0, _PAGE)
            return view

        return self._index.ask(checked)

    def glimpse(self, selection: Selection, key: int) -> View:
        """The selection's first rows from the month of this date key on, without counting all that there are.

        Not partial where they are so few that these are all. A count walks all hits: 0.7 s for a million, this 3 ms.
        """
        return self._index.ask(lambda db: paging.glimpse(db, selection, key))

    def rows(self, view: View, first: int, count: int) -> list[Row]:
        """Rows first..first+count of the view, in calendar order; fewer at its end."""
        return self._index.ask(lambda db: paging.page(db, view, first, count))

    def all_rows(self, view: View, page: int = _PAGE) -> Iterator[Row]:
        """Every row of the view, read `page` at a time.

        Raises IndexUnavailableError where an index that was made anew in the middle has other rows.
        """
        made = self._index.database.made
        for first in range(0, view.total, page):
            rows = self.rows(view, first, page)
            if self._index.database.made != made and len(rows) != min(page, view.total - first):
                raise IndexUnavailableError(message(N_("the index was damaged and has been made anew; ask again")))
            yield from rows

    def entries(self, view: View) -> Iterator[tuple[Row, Film]]:
        """Every row of the view with its film."""
        for row in self.all_rows(view):
            yield row, self.film(row.id)

    def position(self, view: View, place: int) -> int:
        """The index of the view's first row at this place or behind it; the view's total where there is none."""
        return self._index.ask(lambda db: paging.position(db, view, place))

    def index_of(self, view: View, key: int) -> int:
        """The index of the first row of the view at or behind this date key; its total if none is."""
        return self.position(view, place_of_key(key))

    def week_start(self, day: date) -> date:
        """The first day of this day's week."""
        return shifted(day, -((day.weekday() - self.first_day) % 7))

    def ended(self, today: date) -> ReleaseDate | None:
        """The calendar's last date, if it is past; None if anything dated is still to come, or nothing is there."""
        if not self._index.ask(query.whole):  # more may be yet to be read
            return None
        view = self.view()
        dated = sum(rows for period, rows in view.shown if period != UNDATED)
        if not 0 < dated <= self.index_of(view, key_of(today)):
            return None
        return self.rows(view, dated - 1, 1)[0].when

    def days(self, selection: Selection, first: int, last: int) -> dict[int, int]:
        """Each date key from first to last that has rows of a selection, and how many, in calendar order."""
        return dict(self._index.ask(lambda db: query.days(db, selection, first, last)))

    def between(self, first: int, last: int, count: int, selection: Selection | None = None) -> list[Row]:
        """At most `count` rows of a selection (None: the calendar), from one date key to another."""
        return self._index.ask(lambda db: query.rows(db, selection or self.home, first, last, 0, count))

    def find(self, view: View, id: str, ordinal: int) -> int | None:
        """The index in the view of a film's release, by its ordinal; None where the view does not have it."""
        return self._index.ask(lambda db: paging.find(db, view, id, ordinal))

    def next_from(self, view: View, today: date) -> int:
        """The index of the first row from today on that is not cancelled; of the last with a date if all are past."""
        return self._index.ask(lambda db: paging.next_from(db, view, today))

    def spread(self, selection: Selection, kind: str) -> dict[str, int]:
        """Each genre, or whatever `kind` is, of the selection's rows, and how many have it; the commonest first."""
        from tui.index.counts import KEPT, spread

        if kind in KEPT and selection in {Selection(), Selection(types=frozenset(TYPES))}:
            return dict(self.facets().get(kind, []))
        return self._index.ask(lambda db: spread(db, selection, kind))

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """For genre, rating, type and status: the values that occur, and how many rows have each."""
        return self._index.ask(query.facets)

    # films and news

    def film(self, id: str) -> Film:
        """The film of this id. Raises NotFoundError, which names the nearest id."""
        found = self._index.ask(lambda db: lookup.film(db, id)) if id.isascii() else None
        if found is None:
            from tui.library.likeness import unknown_id

            raise NotFoundError(self._index.ask(lambda db: unknown_id(db, id)))
        return found

    def news_of(self, id: str) -> list[News]:
        """The news that names the film, newest first."""
        return self._index.ask(lambda db: query.news_of(db, id))

    def news(self, count: int = 500) -> list[News]:
        """The newest news first, at most `count`."""
        return self._index.ask(lambda db: query.news(db, count))

    def news_in_files(self) -> list[tuple[str, News]]:
        """Each news item with the name of its file, which tells the layer; as often as it is told."""
        return self._index.ask(query.news_in_files)

    def holder(self, id: str) -> Held | None:
        """The film of this id and the name of its file, or None."""
        return self._index.ask(lambda db: lookup.holder(db, id)) if id.isascii() else None

    def said(self, id: str) -> list[Saying]:
        """What each layer of the catalog says of the film of this id, the highest first; of a hidden one too."""
        return self._index.ask(lambda db: lookup.sayings(db, id)) if id.isascii() else []

    def own_ids(self) -> list[str]:
        """The films of the user's own layer of which another layer speaks too, by id."""
        return self._index.ask(lookup.own_ids)

    def linked(self, url: str) -> list[Held]:
        """The films that link to this address."""
        return self._index.ask(lambda db: lookup.linked(db, url))

    def titled(self, title: str) -> list[Held]:
        """The films of this title, or that have its words in another, such as the original one."""
        return self._index.ask(lambda db: lookup.titled(db, title))

    def opening(self, first: int, last: int) -> list[tuple[str, str]]:
        """Id and title of the films that open between two date keys, among them those that are not shown."""
        return self._index.ask(lambda db: query.titles(db, first, last))

    def near_words(self, word: str, others: Iterable[str] = ()) -> list[str]:
        """Words of the films, or of these others, that are spelled nearly like this folded one; the nearest first."""
        from tui.library.likeness import near_words

        return self._index.ask(lambda db: near_words(db, word, others))

    def genres(self) -> list[str]:
        """All genres of the calendar, as the catalog writes them."""
        return [name for name, _ in self.facets().get("genre", [])]

    # what has changed

    def changed(self, since: date) -> list[ReleaseChange]:
        """What was added, moved, put off or taken out since this day: the newest day first, then by date."""
        return self.history.since(since, self._index.ask(lambda db: lookup.moved(db, key_of(since))))

    def since_visit(self) -> tuple[date | None, set[str]]:
        """The day of the last visit, None where none is kept, and the films that changed and were not seen since."""
        return self.history.since_visit(self.today)

    def keep_visit(self, unseen: set[str]) -> None:
        """The calendar has been looked at, all but these films, which changed."""
        self.history.keep_visit(self.today, unseen)
