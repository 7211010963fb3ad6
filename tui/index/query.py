"""What is asked of the index: rows of a selection, films, news, problems. Each question is one of `Index.ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tui.base.errors import Problem
from tui.base.text import clean, words
from tui.films.dates import UNDATED, first_key, from_key
from tui.films.film import Film, Held, News
from tui.index import entry
from tui.index.database import the_row
from tui.index.failures import DamagedError
from tui.index.selection import Selection, places_between, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.films.dates import ReleaseDate
    from tui.index.database import Connection


class Row(NamedTuple):
    """A row of the calendar: one release of a film."""

    place: int
    """Where it stands in the calendar, see entry.py; unique."""
    id: str
    ordinal: int
    """Which of the film's releases it is, from 0."""
    title: str
    type: str
    region: str
    status: str
    genre: str = ""
    """The film's first, as the catalog writes it."""

    @property
    def key(self) -> int:
        """The date key."""
        return entry.key_of_place(self.place)

    @property
    def when(self) -> ReleaseDate:
        return from_key(self.key)


_PERIOD = (f"CASE WHEN {{0}} = {UNDATED} OR {{0}} % 100 > 32 THEN {{0}} ELSE {{0}} - {{0}} % 100 + 32 END").format(
    f"(rowid >> {entry.DATE_SHIFT})"
)
_ROW = (
    "SELECT place, film.id, ordinal, title, type, region, status, genre, release.crc "
    "FROM release JOIN film ON film.key = release.film "
)  # fmt: skip

_HELD = "SELECT body, crc, name FROM film JOIN file ON file.id = film.file"


def months(db: Connection, selection: Selection) -> list[tuple[int, int]]:
    """Each period that has rows, and how many, in calendar order."""
    if selection == Selection(search=selection.search) and not selection.searched:
        return entry.decode_months(*the_row(db.execute("SELECT months, crc FROM state")))
    source, values = places_of(db, selection)
    return db.execute(
        f"SELECT {_PERIOD} AS period, count(*) FROM {source} GROUP BY period ORDER BY period",
        (*values, *places_between(selection.first, selection.last)),
    ).fetchall()


def days(db: Connection, selection: Selection, first: int, last: int) -> list[tuple[int, int]]:
    """Each date key from first to last that has rows, and how many, in calendar order.

    Of what the calendar shows unasked from a table of days, 0.1 ms a year; of what is searched its hits are counted.
    """
    first, last = max(first, selection.first), min(last, selection.last)
    if not selection.searched:
        found = db.execute("SELECT key, rows FROM day WHERE key BETWEEN ? AND ? ORDER BY key", (first, last))
    else:
        source, values = places_of(db, selection)
        found = db.execute(
            f"SELECT rowid >> {entry.DATE_SHIFT} AS key, count(*) FROM {source} GROUP BY key ORDER BY key",
            (*values, *places_between(first, last)),
        )
    counts = found.fetchall()
    if any(type(rows) is not int or rows < 1 for _, rows in counts):
        raise DamagedError
    return counts


def rows(db: Connection, selection: Selection, first: int, last: int, offset: int, count: int) -> list[Row]:
    """At most `count` rows of date keys first..last, from the `offset`-th on, in calendar order."""
    source, values = places_of(db, selection)
    found = db.execute(
        f"{_ROW} WHERE place IN (SELECT rowid FROM {source} ORDER BY rowid LIMIT ? OFFSET ?) ORDER BY place",
        (*values, *places_between(first, last), count, offset),
    )
    encode, make, rows = entry.encode, Row._make, []
    for row in found:
        values = row[:-1]
        if crc32(encode(values)) != row[-1]:
            raise DamagedError
        rows.append(make(values))
    return rows


def before(db: Connection, selection: Selection, period: int, place: int) -> int:
    """How many rows of the period stand before this place."""
    source, values = places_of(db, selection)
    low, high = places_between(first_key(period), period)
    (number,) = db.execute(
        f"SELECT count(*) FROM {source}", (*values, low, max(low - 1, min(high, place - 1)))
    ).fetchone()
    return int(number)


def place(db: Connection, id: str, ordinal: int) -> int | None:
    """Where a release of a film stands now; None where it does not."""
    row = db.execute(
        "SELECT place FROM release JOIN film ON film.key = release.film WHERE film.id = ? AND ordinal = ?",
        (id, ordinal),
    ).fetchone()
    return row[0] if row else None


def film(db: Connection, id: str) -> Film | None:
    """The film of this id, or None. Raises DamagedError also where its row may have been lost."""
    row = db.execute("SELECT body, crc FROM film WHERE id = ?", (id,)).fetchone()
    if row is None:
        _look_through(db)
        return None
    return _of_id(entry.decode_film(*row), id)


def _of_id(film: Film, id: str) -> Film:
    if film.id != id:
        raise DamagedError
    return film


_FEW = 100_000
"""Films of an index that is checked, in 0.1 s, before an id is called unknown."""


def _look_through(db: Connection) -> None:
    """Compare the films with the index of their ids. Raises DamagedError where they differ."""
    (most,) = the_row(db.execute("SELECT ifnull(max(key), 0) FROM film"))
    if most <= _FEW and the_row(db.execute("PRAGMA integrity_check(film)")) != ("ok",):
        raise DamagedError


def holder(db: Connection, id: str) -> Held | None:
    """The film of this id and the name of its file. Raises DamagedError."""
    row = db.execute(_HELD + " WHERE film.id = ?", (id,)).fetchone()
    return Held(film=_of_id(entry.decode_film(*row[:2]), id), file=_text(row[2])) if row else None


def _text(value: object) -> str:
    """A text without a checksum. Raises DamagedError where it is none any more."""
    if type(value) is not str:
        raise DamagedError
    return value


def linked(db: Connection, url: str) -> list[Held]:
    """The films that link to this address, with their files; those of 200 rows."""
    return _held(db, f'"{entry.facet("link", url)}"')


def titled(db: Connection, title: str) -> list[Held]:
    """Films of this title, or that have its words in another title, among them those that the calendar does not show;
    those of 200 rows. Others that have all its words and more are not decoded: that takes longer than all else.
    """
    wanted = words(title)
    if not wanted:
        return []
    places = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT 200"
    match = " AND ".join(f'"{word[: entry.LONGEST_WORD]}"' for word in wanted)
    found = db.execute(f"SELECT film, title FROM release WHERE place IN ({places})", (match,))
    keys = [key for key, name in found if (other := words(_text(name))) == wanted or not set(wanted) <= set(other)]
    marks = ",".join("?" * len(keys))
    held = db.execute(f"{_HELD} WHERE key IN ({marks}) ORDER BY key", keys) if keys else ()
    return [Held(film=entry.decode_film(body, crc), file=_text(name)) for body, crc, name in held]


def _held(db: Connection, match: str) -> list[Held]:
    places = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT 200"
    found = db.execute(
        f"{_HELD} WHERE key IN (SELECT film FROM release WHERE place IN ({places})) ORDER BY key", (match,)
    )
    return [Held(film=entry.decode_film(body, crc), file=_text(name)) for body, crc, name in found]


def titles(db: Connection, first: int, last: int) -> list[tuple[str, str]]:
    """Id and title of the films that open between two date keys, among them those that the calendar does not show."""
    found = db.execute(
        "SELECT DISTINCT film.id, title FROM release JOIN film ON film.key = release.film WHERE place BETWEEN ? AND ?",
        places_between(first, last),
    )
    return [(_text(id), _text(title)) for id, title in found]


def moved(db: Connection, since: int) -> list[Film]:
    """The films whose history records a move on the day of this date key or later."""
    found = db.execute(
        "SELECT body, crc FROM film WHERE key IN (SELECT film FROM moved WHERE day >= ?) ORDER BY key", (since,)
    )
    return [entry.decode_film(*kept) for kept in found]


def ids_like(db: Connection, start: str) -> list[str]:
    """At most 200 ids that begin so."""
    found = db.execute("SELECT id FROM film WHERE id >= ? AND id < ? ORDER BY id LIMIT 200", (start, start + "~"))
    return [_text(id) for (id,) in found]


def words_between(db: Connection, start: str, end: str, shortest: int, longest: int) -> list[str]:
    """The words of films from one word on and before another, with so many letters."""
    found = db.execute(
        "SELECT word FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
        (start, end, shortest, longest),
    )
    return [_text(word) for (word,) in found]


def titles_like(db: Connection, start: str) -> list[tuple[str, str]]:
    """Id and title of at most 200 films whose id begins so, by id."""
    found = db.execute(
        "SELECT film.id, min(title) FROM film JOIN release ON release.film = film.key "
        "WHERE film.id >= ? AND film.id < ? GROUP BY film.id ORDER BY film.id LIMIT 200",
        (start, start + "~"),
    )
    return [(_text(id), _text(title)) for id, title in found]


def news_of(db: Connection, id: str) -> list[News]:
    """The news that names the film, newest first."""
    found = db.execute(
        "SELECT body, crc FROM mention JOIN news ON news.key = mention.news WHERE film = ? ORDER BY date DESC, key",
        (id,),
    )
    return [entry.decode_news(*kept) for kept in found]


def news(db: Connection, count: int) -> list[News]:
    """The newest news, those without a date last."""
    found = db.execute("SELECT body, crc FROM news ORDER BY date DESC, key LIMIT ?", (count,))
    return [entry.decode_news(*kept) for kept in found]


def facets(db: Connection) -> dict[str, list[tuple[str, int]]]:
    """For each kind of filter the values that there are, and how many rows have each; the commonest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, value, number in db.execute("SELECT kind, value, rows FROM facet ORDER BY kind, rows DESC, value"):
        found.setdefault(_text(kind), []).append((_text(value), number))
    return found


def problems(db: Connection, count: int = -1) -> Iterator[Problem]:
    """What is wrong in the catalog, in the order of its files and lines; at most `count`, if that is not negative."""
    for name, line, column, *text in db.execute(
        "SELECT name, line, column, message, crc FROM problem JOIN file ON file.id = problem.file "
        "ORDER BY replace(name, '/', char(1)), line, column LIMIT ?",
        (count,),
    ):
        yield Problem(clean(_text(name)), line, column, entry.decode_message(*text))


def generation(db: Connection) -> int:
    """A number that is another one after each transaction that changed something, whichever process it was of."""
    (number,) = the_row(db.execute("SELECT generation FROM state"))
    if type(number) is not int:
        raise DamagedError
    return number


def filled(db: Connection) -> bool:
    """Whether any file has been read."""
    (any_file,) = db.execute("SELECT EXISTS (SELECT 1 FROM file)").fetchone()
    return bool(any_file)


def whole(db: Connection) -> bool:
    """Whether all files of the catalog have been read once."""
    (found,) = db.execute("SELECT EXISTS (SELECT 1 FROM whole)").fetchone()
    return bool(found)


def sizes(db: Connection) -> tuple[int, int]:
    """How many films and how many problems the index holds."""
    (films,) = db.execute("SELECT count(*) FROM film").fetchone()
    (wrong,) = db.execute("SELECT count(*) FROM problem").fetchone()
    return int(films), int(wrong)
