"""Films put into the tables and taken out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from tui.catalog.files import order
from tui.catalog.layers import layer_of
from tui.index import entry
from tui.index.database import the_row
from tui.index.failures import DamagedError
from tui.index.said import Sayings, place_in_file
from tui.index.tally import Tally

if TYPE_CHECKING:
    from tui.base.errors import Message
    from tui.catalog.files import File
    from tui.index.database import Connection
    from tui.index.entry import FilmEntry, FixedPlaces, ReleaseEntry, RowPlaces
    from tui.index.said import Family, SaidRow

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
        self.tally = Tally(connection)
        self._known: set[str] = set()
        self._filled = False
        self._layer = ""
        self._said = Sayings(connection)
        self.again: set[int] = set()
        """Keys of files of which a film was left out, as another had its id, which has gone: to be read again."""
        self.before: dict[str, tuple[bytes, int] | None] = {}
        """For the ledger: each id that was put in or taken out, with its film's body and checksum before this build."""
        (self._reports,) = self._db.execute("SELECT EXISTS (SELECT 1 FROM whole)").fetchone()

    def begin(self, file: int, name: str) -> None:
        """The films of this file follow, in its order. Those of before that do not follow are taken out at `end`."""
        self._layer = layer_of(name)
        self._said.begin()
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (key INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.seen")
        (filled,) = self._db.execute("SELECT EXISTS (SELECT 1 FROM film WHERE file = ?)", (file,)).fetchone()
        self._filled = bool(filled)

    def end(self, file: int) -> None:
        if self._filled:
            gone = "SELECT key FROM film WHERE file = ? AND key NOT IN (SELECT key FROM temp.seen)"
            for (key,) in self._db.execute(gone, (file,)).fetchall():
                self._remove(key)
        for said in self._said.unseen(file):
            self._unsay(said)

    def empty(self, file: int) -> None:
        """Take all films of a file out."""
        while keys := self._db.execute("SELECT key FROM film WHERE file = ? LIMIT 1000", (file,)).fetchall():
            for (key,) in keys:
                self._remove(key)
        for said in self._said.all_of(file):
            self._unsay(said)

    def put(self, file: int, of: File, film: FilmEntry, places: RowPlaces) -> Message | None:
        """Put a film in. Where an earlier film of its layer has its id, it is left out, and the problem is returned."""
        if film.apart or film.id in self._said.ids:
            return self._say(file, of, film, places)
        if self._insert(file, film, places):
            return None
        from tui.catalog.check import twin

        key, holder, old, name, seen = the_row(self._db.execute(
            "SELECT film.key, film.file, film.body, file.name, EXISTS (SELECT 1 FROM temp.seen WHERE key = film.key) "
            "FROM film JOIN file ON file.id = film.file WHERE film.id = ?",
            (film.id,),
        ))  # fmt: skip
        if layer_of(name) != self._layer:
            return self._say(file, of, film, places)
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

    # films that are not one layer's alone

    def _say(self, file: int, of: File, film: FilmEntry, places: RowPlaces) -> Message | None:
        """As `put`, of what a layer says of a film that others speak of too, or that is none by itself."""
        self._share(film.id, file)
        there = self._said.of(film.id, self._layer)
        if there:
            from tui.catalog.check import twin

            (name,) = the_row(self._db.execute("SELECT name FROM file WHERE id = ?", (there.file,)))
            if self._said.seen(there.key) or (there.file != file and order(name) < order(of.name)):
                return twin(film.id, name)
            if there.file != file:
                self.again.add(there.file)
        wanted = places.of(film)
        if there:
            now = file, *place_in_file(film), film.body, entry.encode(wanted)
            if (there.file, there.line, there.column, there.body, there.places) == now:
                self._said.see(there.key)
                return None
            self._unsay(there, report=False)
        self._said.see(self._said.put(film, self._layer, file, wanted))
        if film.same_as:
            self._share(film.same_as, file)
        return None

    def _share(self, id: str, reading: int) -> None:
        """Where a film of this id is in the tables as it stands in its file, it becomes what its layer says."""
        row = self._db.execute(
            "SELECT key, file, body, crc, name FROM film JOIN file ON file.id = film.file WHERE film.id = ?", (id,)
        ).fetchone()
        if row is None:
            return
        key, file, body, crc, name = row
        seen = file == reading and (not self._filled or self._was_seen(key))
        places = [place for (place,) in self._db.execute(_PLACES_OF, (key,))]
        self._remove(key, report=False)
        self._db.execute("DELETE FROM temp.seen WHERE key = ?", (key,))
        film = entry.entry_of(entry.decode_film(body, crc))
        said = self._said.put(film, layer_of(name), file, places)
        if seen:
            self._said.see(said)

    def _was_seen(self, key: int) -> bool:
        return bool(the_row(self._db.execute("SELECT EXISTS (SELECT 1 FROM temp.seen WHERE key = ?)", (key,)))[0])

    def _unsay(self, said: SaidRow, *, report: bool = True) -> None:
        self._said.take(said)
        if report:
            self._report(said.id)

    def _report(self, id: str) -> None:
        self.again.update(f for (f,) in self._db.execute("SELECT file FROM problem WHERE twin = ?", (id,)))

    def put_together(self) -> None:
        """Put the films anew together of which layers say something else than before: once all files are read."""
        self._filled = False
        if self._db.execute("SELECT EXISTS (SELECT 1 FROM film WHERE file = 0)").fetchone()[0]:
            for families in self._said.touched():
                self._take_apart(families)
        names: dict[int, str] = {}
        for families in self._said.touched():
            for family in families:
                self._said.complain(family, names)
                film = family.film
                if film is None or self._db.execute("SELECT 1 FROM film WHERE id = ?", (family.id,)).fetchone():
                    continue
                alone = family.alone
                if alone:
                    self._said.forget(alone)
                self._insert(alone.file if alone else 0, entry.entry_of(film), family.places)
        self._said.settle()

    def _take_apart(self, families: list[Family]) -> None:
        """Take the films out of the tables that these make no more, or not as they are."""
        made = {family.id: family for family in families}
        for id in sorted({id for family in families for id in family.ids}):
            there = self._db.execute("SELECT key, body FROM film WHERE id = ? AND file = 0", (id,)).fetchone()
            if there is None:
                continue
            if (family := made.get(id)) and (film := family.film) and not family.alone:
                now = entry.entry_of(film)
                places = [place for (place,) in self._db.execute(_PLACES_OF, (there[0],))]
                if (there[1], places) == (now.body, family.places.of(now)):
                    continue
            self._remove(there[0], report=False)

    def _insert(self, file: int, film: FilmEntry, places: RowPlaces | FixedPlaces) -> bool:
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
        self.tally.count(film, 1)
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
            if file and not there[1]:  # of several layers: put together anew when all is read
                (id,) = the_row(self._db.execute("SELECT id FROM film WHERE key = ?", (there[0],)))
                self._remove(there[0], report=False)
                self._said.touch(id)
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
        self.tally.count(film, -1)
        if report:
            self._report(id)
