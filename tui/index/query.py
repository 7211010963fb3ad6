"""What is asked of the index: rows of a selection, news, problems. Each question is one of `Index.ask`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tui.base.errors import Problem
from tui.base.text import clean
from tui.films.dates import UNDATED, first_key, from_key
from tui.index import entry
from tui.index.database import the_row, the_text
from tui.index.failures import DamagedError
from tui.index.selection import Selection, places_between, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.films.dates import ReleaseDate
    from tui.films.film import News
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


def titles(db: Connection, first: int, last: int) -> list[tuple[str, str]]:
    """Id and title of the films that open between two date keys, among them those that the calendar does not show."""
    found = db.execute(
        "SELECT DISTINCT film.id, title FROM release JOIN film ON film.key = release.film WHERE place BETWEEN ? AND ?",
        places_between(first, last),
    )
    return [(the_text(id), the_text(title)) for id, title in found]


def ids_like(db: Connection, start: str) -> list[str]:
    """At most 200 ids that begin so."""
    found = db.execute("SELECT id FROM film WHERE id >= ? AND id < ? ORDER BY id LIMIT 200", (start, start + "~"))
    return [the_text(id) for (id,) in found]


def words_between(db: Connection, start: str, end: str, shortest: int, longest: int) -> list[str]:
    """The words of films from one word on and before another, with so many letters."""
    found = db.execute(
        "SELECT word FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
        (start, end, shortest, longest),
    )
    return [the_text(word) for (word,) in found]


def titles_like(db: Connection, start: str) -> list[tuple[str, str]]:
    """Id and title of at most 200 films whose id begins so, by id."""
    found = db.execute(
        "SELECT film.id, min(title) FROM film JOIN release ON release.film = film.key "
        "WHERE film.id >= ? AND film.id < ? GROUP BY film.id ORDER BY film.id LIMIT 200",
        (start, start + "~"),
    )
    return [(the_text(id), the_text(title)) for id, title in found]


def news_of(db: Connection, id: str) -> list[News]:
    """The news that names the film, or one that is the same, newest first."""
    found = db.execute(
        "SELECT body, crc FROM news WHERE key IN (SELECT news FROM mention WHERE film = ? "
        "OR film IN (SELECT id FROM said WHERE same_as = ?)) ORDER BY date DESC, key",
        (id, id),
    )
    return list(_distinct(found))


def news(db: Connection, count: int) -> list[News]:
    """The newest news, those without a date last."""
    return list(islice(_distinct(db.execute("SELECT body, crc FROM news ORDER BY date DESC, key")), count))


def news_in_files(db: Connection) -> list[tuple[str, News]]:
    """Each news item with the name of its file, as often as it is told."""
    found = db.execute("SELECT name, body, crc FROM news JOIN file ON file.id = news.file ORDER BY news.key")
    return [(the_text(name), entry.decode_news(body, crc)) for name, body, crc in found]


def _distinct(found: Iterable[tuple[bytes, int]]) -> Iterator[News]:
    """Each once, though several layers or files tell it."""
    seen = set()
    for body, crc in found:
        if body not in seen:
            seen.add(body)
            yield entry.decode_news(body, crc)


def facets(db: Connection) -> dict[str, list[tuple[str, int]]]:
    """For each kind of filter the values that there are, and how many rows have each; the commonest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, value, number in db.execute("SELECT kind, value, rows FROM facet ORDER BY kind, rows DESC, value"):
        found.setdefault(the_text(kind), []).append((the_text(value), number))
    return found


def problems(db: Connection, count: int = -1) -> Iterator[Problem]:
    """What is wrong in the catalog, in the order of its files and lines; at most `count`, if that is not negative."""
    for name, line, column, *text in db.execute(
        "SELECT name, line, column, message, crc FROM problem JOIN file ON file.id = problem.file "
        "ORDER BY replace(name, '/', char(1)), line, column LIMIT ?",
        (count,),
    ):
        yield Problem(clean(the_text(name)), line, column, entry.decode_message(*text))


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
