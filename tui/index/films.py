"""Films put into the tables and taken out of them, and the counts that are kept of their rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zlib import crc32

from tui.catalog.files import order
from tui.films.dates import period_of
from tui.index import entry
from tui.index.database import the_row
from tui.index.failures import DamagedError

if TYPE_CHECKING:
    from tui.base.errors import Message
    from tui.catalog.files import File
    from tui.index.database import Connection
    from tui.index.entry import FilmEntry, ReleaseEntry, RowPlaces

_RELEASE = "INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SEARCH = "INSERT INTO search (rowid, words) VALUES (?, ?)"
_UNSEARCH = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)"
_PLACES_OF = "SELECT place FROM release WHERE film = ? ORDER BY ordinal"

_KNOWN = 100_000
"""Words that are remembered as being in the table already, some 10 MiB."""

_MOST_REPORTED = 20_000
"""Films of one build whose changes are reported. With more, another catalog has taken this one's place."""


class Films:
    """The films of one file after the other, within the caller's transactions.

    Of each file: `begin`, its films by `put`, `end`. Methods raise sqlite3's errors, DamagedError among them.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._days: Counter[int] = Counter()
        self._facets: Counter[tuple[str, str]] = Counter()
        self._known: set[str] = set()
        self._filled = False
        self.again: set[int] = set()
        """Keys of files of which a film was left out, as another had its id, which has gone: to be read again."""
        self.changed = 0
        """Films put in or taken out since the last `sum_up`."""
        self.before: dict[str, tuple[bytes, int] | None] = {}
        """For the ledger: each id that was put in or taken out, with its film's body and checksum before this build."""
        (self._reports,) = self._db.execute("SELECT EXISTS (SELECT 1 FROM whole)").fetchone()

    def begin(self, file: int) -> None:
        """The films of this file follow, in its order. Those of before that do not follow are taken out at `end`."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (key INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.seen")
        (filled,) = self._db.execute("SELECT EXISTS (SELECT 1 FROM film WHERE file = ?)", (file,)).fetchone()
        self._filled = bool(filled)

    def end(self, file: int) -> None:
        if self._filled:
            gone = "SELECT key FROM film WHERE file = ? AND key NOT IN (SELECT key FROM temp.seen)"
            for (key,) in self._db.execute(gone, (file,)).fetchall():
                self._remove(key)

    def empty(self, file: int) -> None:
        """Take all films of a file out."""
        while keys := self._db.execute("SELECT key FROM film WHERE file = ? LIMIT 1000", (file,)).fetchall():
            for (key,) in keys:
                self._remove(key)

    def put(self, file: int, of: File, film: FilmEntry, places: RowPlaces) -> Message | None:
        """Put a film in. Where an earlier film has its id, it is left out, and the problem is returned."""
        if self._insert(file, film, places):
            return None
        from tui.catalog.check import twin

        key, holder, old, name, seen = the_row(self._db.execute(
            "SELECT film.key, film.file, film.body, file.name, EXISTS (SELECT 1 FROM temp.seen WHERE key = film.key) "
            "FROM film JOIN file ON file.id = film.file WHERE film.id = ?",
            (film.id,),
        ))  # fmt: skip
        if seen or (holder != file and order(name) < order(of.name)) or (holder == file and not self._filled):
            return twin(film.id, name)
        if holder != file:
            # this file comes before the other in the catalog's order, so the other's film is the one to leave out
            self.again.add(holder)
            self._remove(key)
        else:
            wanted = places.of(film)
            if old == film.body and wanted == [place for (place,) in self._db.execute(_PLACES_OF, (key,))]:
                self._db.execute("INSERT INTO temp.seen VALUES (?)", (key,))
                return None
            places.back(film)
            self._remove(key, report=False)
        self._insert(file, film, places)
        return None

    def _insert(self, file: int, film: FilmEntry, places: RowPlaces) -> bool:
        """Put a film in. Where one of its id is in already, nothing is done, and the answer is False."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO film (id, file, body, crc) VALUES (?, ?, ?, ?)",
            (film.id, file, film.body, crc32(film.body)),
        )
        if not done.rowcount:
            return False
        key = done.lastrowid
        self._note(film.id, None)
        self._db.executemany("INSERT OR IGNORE INTO moved VALUES (?, ?)", ((day, key) for day in film.moved))
        if self._filled:
            self._db.execute("INSERT INTO temp.seen VALUES (?)", (key,))
        for ordinal, (release, place) in enumerate(zip(film.rows, places.of(film), strict=True)):
            if not self._release(place, key, film, ordinal, release):
                place = self._free(place, file)  # noqa: PLW2901 (the one beside it)
                self._release(place, key, film, ordinal, release)
            self._db.execute(_SEARCH, (place, f"{film.words} {release.facets}"))
        self._learn(film)
        self._count(film, 1)
        return True

    def _release(self, place: int, key: int | None, film: FilmEntry, ordinal: int, release: ReleaseEntry) -> bool:
        """Put a release in. Where its place is taken, nothing is done, and the answer is False."""
        shown = film.title, release.type, release.region, release.status, film.genre
        crc = entry.row_crc(place, film.id, ordinal, *shown)
        return bool(
            self._db.execute(_RELEASE, (place, key, ordinal, release.home, *shown, crc, *film.counted)).rowcount
        )

    def _note(self, id: str, before: tuple[bytes, int] | None) -> None:
        if self._reports and len(self.before) < _MOST_REPORTED:
            self.before.setdefault(id, before)

    def _learn(self, film: FilmEntry) -> None:
        """Add its words and names to the table of words. They stay there without a film: then they find nothing."""
        new = {*film.words.split(), *film.people} - self._known
        if new:
            self._db.executemany("INSERT OR IGNORE INTO word VALUES (?)", ((word,) for word in new))
            if len(self._known) > _KNOWN:
                self._known.clear()
            self._known |= new

    def _free(self, place: int, file: int) -> int:
        """A place that is free: this one, by taking a film of before of the same file out of it, or the next one."""
        while True:
            there = self._db.execute(
                "SELECT film.key, film.file, EXISTS (SELECT 1 FROM temp.seen WHERE key = film.key) "
                "FROM release JOIN film ON film.key = release.film WHERE place = ?",
                (place,),
            ).fetchone()
            if there is None:
                return place
            if self._filled and there[1] == file and not there[2]:
                self._remove(there[0])
                return place
            place += entry.NEXT_FILE

    def _remove(self, key: int, *, report: bool = True) -> None:
        id, *kept = the_row(self._db.execute("SELECT id, body, crc FROM film WHERE key = ?", (key,)))
        film = entry.entry_of(entry.decode_film(*kept))
        self._note(id, (kept[0], kept[1]))
        self._db.execute("DELETE FROM moved WHERE film = ?", (key,))
        places = [place for (place,) in self._db.execute(_PLACES_OF, (key,))]
        if film.id != id or len(places) != len(film.rows):
            raise DamagedError
        for place, release in zip(places, film.rows, strict=True):
            self._db.execute(_UNSEARCH, (place, f"{film.words} {release.facets}"))
        self._db.execute("DELETE FROM release WHERE film = ?", (key,))
        self._db.execute("DELETE FROM film WHERE key = ?", (key,))
        self._count(film, -1)
        if report:
            self.again.update(f for (f,) in self._db.execute("SELECT file FROM problem WHERE twin = ?", (id,)))

    def _count(self, film: FilmEntry, by: int) -> None:
        self.changed += 1
        for release in film.rows:
            if release.home:
                self._days[release.key] += by
            for found in release.counted:
                self._facets[found] += by

    def sum_up(self) -> None:
        """Bring the counts of rows up to date, of days, months and filters. To be called before each commit."""
        if self._days:
            counts = Counter(dict(entry.decode_months(*the_row(self._db.execute("SELECT months, crc FROM state")))))
            for key, rows in self._days.items():
                counts[period_of(key)] += rows
            months = entry.encode(sorted((period, rows) for period, rows in counts.items() if rows))
            self._db.execute("UPDATE state SET months = ?, crc = ?", (months, crc32(months)))
            self._db.executemany(
                "INSERT INTO day VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET rows = rows + excluded.rows",
                self._days.items(),
            )
            self._db.execute("DELETE FROM day WHERE rows = 0")
        self._db.executemany(
            "INSERT INTO facet VALUES (?, ?, ?) ON CONFLICT (kind, value) DO UPDATE SET rows = rows + excluded.rows",
            ((*found, rows) for found, rows in self._facets.items()),
        )
        self._db.execute("DELETE FROM facet WHERE rows = 0")
        self._days.clear()
        self._facets.clear()
        self.changed = 0
