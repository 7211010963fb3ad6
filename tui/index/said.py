"""What the layers of a catalog say of a film that is not one layer's alone, and the film that it makes.

A film that stands in one layer only, whole, is put into the tables as it is (films.py). All others are kept here, a row
for what each layer says of an id, so that a change in one layer reads no file of another. Ids that are touched are put
together anew at the end of a refresh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tui.base.errors import Problem, message
from tui.base.text import clean
from tui.base.words import N_
from tui.films.layered import merged
from tui.index import entry
from tui.index.database import the_row
from tui.index.entry import FixedPlaces
from tui.index.news import put_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.errors import Message
    from tui.films.film import Film
    from tui.index.database import Connection
    from tui.index.entry import FilmEntry

_COLUMNS = "key, id, layer, file, line, column, same_as, places, body, crc"


class SaidRow(NamedTuple):
    """What a layer says of an id: a row of the table."""

    key: int
    id: str
    layer: str
    file: int
    line: int
    column: int
    same_as: str | None
    places: bytes
    body: bytes
    crc: int

    @property
    def film(self) -> Film:
        """Raises DamagedError."""
        return entry.decode_film(self.body, self.crc)


class Sayings:
    """The table of what layers say, within the caller's transactions."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.ids = {id for row in db.execute("SELECT id, same_as FROM said") for id in row if id}
        """Those that are spoken of here, and some that no longer are."""

    def begin(self) -> None:
        """Another file follows."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS said_again (key INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.said_again")

    def see(self, key: int) -> None:
        """This is in the file that is being read."""
        self._db.execute("INSERT OR IGNORE INTO temp.said_again VALUES (?)", (key,))

    def seen(self, key: int) -> bool:
        found = self._db.execute("SELECT EXISTS (SELECT 1 FROM temp.said_again WHERE key = ?)", (key,)).fetchone()
        return bool(found[0])

    def unseen(self, file: int) -> list[SaidRow]:
        """What is kept of the file and was not in it."""
        return _rows(self._db, "file = ? AND key NOT IN (SELECT key FROM temp.said_again)", file)

    def all_of(self, file: int) -> list[SaidRow]:
        return _rows(self._db, "file = ?", file)

    def of(self, id: str, layer: str) -> SaidRow | None:
        return next(iter(_rows(self._db, "id = ? AND layer = ?", id, layer)), None)

    def put(self, film: FilmEntry, layer: str, file: int, places: list[int]) -> int:
        """Keep what a layer says; its key."""
        line, column = place_in_file(film)
        done = self._db.execute(
            f"INSERT INTO said ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (film.id, layer, file, line, column, film.same_as, entry.encode(places), film.body, crc32(film.body)),
        )  # fmt: skip
        self.touch(film.id, film.same_as)
        return done.lastrowid or 0

    def take(self, said: SaidRow) -> None:
        """Keep it no longer."""
        self._db.execute("DELETE FROM said WHERE key = ?", (said.key,))
        self._db.execute("DELETE FROM problem WHERE said = ?", (said.key,))
        self.touch(said.id, said.same_as)

    def forget(self, said: SaidRow) -> None:
        """Keep it no longer, as the film is put into the tables as it is."""
        self._db.execute("DELETE FROM said WHERE key = ?", (said.key,))
        self.ids.discard(said.id)

    def touch(self, *ids: str | None) -> None:
        """These films are to be put together anew."""
        for id in filter(None, ids):
            self.ids.add(id)
            self._db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (id,))

    def touched(self) -> Iterator[list[Family]]:
        """What is touched: families that have to do with each other together."""
        done: set[str] = set()
        for (id,) in self._db.execute("SELECT id FROM touched ORDER BY id").fetchall():
            if id not in done:
                families = families_of(self._db, id)
                done |= {id for family in families for id in family.ids}
                yield families

    def settle(self) -> None:
        """Nothing is touched any more."""
        self._db.execute("DELETE FROM touched")

    def complain(self, family: Family, names: dict[int, str]) -> None:
        """Keep what is wrong with what the layers say, and only that; `names`: those of files by key, to be filled."""
        for said in family.said:
            self._db.execute("DELETE FROM problem WHERE said = ?", (said.key,))
        for said, wrong in family.problems:
            if said.file not in names:
                (names[said.file],) = the_row(self._db.execute("SELECT name FROM file WHERE id = ?", (said.file,)))
            problem = Problem(clean(names[said.file]), said.line, said.column, wrong)
            put_problem(self._db, said.file, problem, said=said.key)


def place_in_file(film: FilmEntry) -> tuple[int, int]:
    """Line and column; of a film that is whole by itself none, as nothing can be wrong with it."""
    return (film.line, film.column) if film.apart else (0, 0)


class Family(NamedTuple):
    """What is said of one film: under its id, and under those that are the same."""

    id: str
    ids: set[str]
    """All that have to do with it."""
    said: list[SaidRow]
    """The highest layer first, and of one layer its own id."""
    problems: list[tuple[SaidRow, Message]]

    @property
    def film(self) -> Film | None:
        """None where it is hidden, or lacks a title."""
        film = self.whole
        return film if film.title and not film.hidden else None

    @property
    def whole(self) -> Film:
        """All that is said, be it enough for a film or not."""
        return merged(self.id, (said.film for said in self.said))

    @property
    def places(self) -> FixedPlaces:
        """The places of its releases in the calendar."""
        return FixedPlaces(entry.decode_places(said.places) for said in reversed(self.said))

    @property
    def alone(self) -> SaidRow | None:
        """What says all by itself, so that the film need not be kept here."""
        if len(self.said) != 1 or self.ids != {self.id}:
            return None
        film = self.said[0].film
        return self.said[0] if film.title and film.hidden is None and film.same_as is None else None


def _rows(db: Connection, where: str, *values: object) -> list[SaidRow]:
    return [SaidRow(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM said WHERE {where} ORDER BY layer", values)]


def families_of(db: Connection, id: str) -> list[Family]:
    """The families of all ids that this one has to do with, by the chain of what is the same as what."""
    by_id: dict[str, list[SaidRow]] = {}
    waiting = [id]
    while waiting:
        if (one := waiting.pop()) in by_id:
            continue
        by_id[one] = _rows(db, "id = ?", one)
        waiting += [said.same_as for said in by_id[one] if said.same_as]
        waiting += [said.id for said in _rows(db, "same_as = ?", one)]
    problems: dict[str, list[tuple[SaidRow, Message]]] = {}
    targets = {one: _target(one, by_id, problems.setdefault(one, [])) for one in by_id}
    return [_family(one, by_id, targets, problems) for one in sorted({*targets.values()})]


def _target(id: str, by_id: dict[str, list[SaidRow]], problems: list[tuple[SaidRow, Message]]) -> str:
    """The id that this one is the same as in the end; itself where that is none."""
    path: list[SaidRow] = []
    at = id
    while says := next((said for said in by_id[at] if said.same_as), None):
        path.append(says)
        other = says.same_as or ""
        if other in {said.id for said in path}:
            if other == id:
                problems.append((path[0], message(N_("“{id}” is the same as itself; leave out same_as"), id=id)))
            return id
        if not by_id[other]:
            if at == id:
                problems.append((says, message(N_("same_as names “{id}”, and no film has that id"), id=other)))
            return at
        at = other
    return at


def _family(
    id: str,
    by_id: dict[str, list[SaidRow]],
    targets: dict[str, str],
    problems: dict[str, list[tuple[SaidRow, Message]]],
) -> Family:
    members = [one for one, target in targets.items() if target == id]
    said = sorted((one for member in members for one in by_id[member]), key=lambda s: (s.layer, s.id != id, s.id))
    wrong = [problem for member in members for problem in problems[member]]
    family = Family(id, {*by_id}, said, wrong)
    if said and not family.whole.title and not family.whole.hidden:
        text = message(N_("“{name}” is missing; each entry needs it"), name="title")
        family.problems.extend((one, text) for one in said if one not in {known for known, _ in wrong})
    return family
