"""What is asked of the index of films: one by its id, some by a link or words, and what layers say of one.

Each question is one of `Index.ask`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.base.text import words
from tui.catalog.layers import OWN
from tui.films.film import Film, Held
from tui.index import entry
from tui.index.database import the_row, the_text
from tui.index.failures import DamagedError
from tui.index.said import families_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.index.database import Connection
    from tui.index.said import Family

_HELD = (
    "SELECT body, crc, ifnull(name, (SELECT name FROM said JOIN file ON file.id = said.file WHERE said.id = film.id "
    "ORDER BY layer LIMIT 1)) FROM film LEFT JOIN file ON file.id = film.file"
)


def film(db: Connection, id: str) -> Film | None:
    """The film of this id, or the one that it is the same as; or None.

    Raises DamagedError also where its row may have been lost.
    """
    row = db.execute("SELECT body, crc FROM film WHERE id = ?", (id,)).fetchone()
    if row is None:
        if family := _family(db, id):
            return family.film
        _look_through(db)
        return None
    return _of_id(entry.decode_film(*row), id)


def _family(db: Connection, id: str) -> Family | None:
    """What layers say of the film of this id, if that is not one layer's alone."""
    return next((family for family in families_of(db, id) if family.said and _names(family, id)), None)


def _names(family: Family, id: str) -> bool:
    return any(said.id == id for said in family.said)


class Saying(NamedTuple):
    """What one layer says of a film."""

    file: str
    """The name of its file, which tells the layer, see `catalog.layers.layer_of`."""
    film: Film
    """Under another id where that is the same as this film."""


def sayings(db: Connection, id: str) -> list[Saying]:
    """What each layer says of the film of this id, the highest first; of a hidden one too. Nothing of an unknown id."""
    row = db.execute(
        "SELECT name, body, crc FROM film JOIN file ON file.id = film.file WHERE film.id = ?", (id,)
    ).fetchone()
    if row:
        return [Saying(the_text(row[0]), _of_id(entry.decode_film(*row[1:]), id))]
    family = _family(db, id)
    found = []
    for said in family.said if family else []:
        (name,) = the_row(db.execute("SELECT name FROM file WHERE id = ?", (said.file,)))
        found.append(Saying(the_text(name), said.film))
    return found


def _of_id(film: Film, id: str) -> Film:
    if film.id != id:
        raise DamagedError
    return film


_AMONG = "(SELECT value FROM json_each(?))"


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
    if row is None and (family := _family(db, id)) and family.id != id:
        return holder(db, family.id)
    return Held(film=_of_id(entry.decode_film(*row[:2]), id), file=the_text(row[2])) if row else None


def linked(db: Connection, url: str) -> list[Held]:
    """The films that link to this address, with their files; those of 200 rows."""
    return _held(db, f'"{entry.facet("link", url)}"')


def titled(db: Connection, title: str) -> list[Held]:
    """Films of this title, or that have its words in another title, among them those that the calendar does not show.

    Those of 200 rows. Others that have all its words and more are not decoded: that takes longer than all else.
    """
    wanted = words(title)
    if not wanted:
        return []
    places = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT 200"
    match = " AND ".join(f'"{word[: entry.LONGEST_WORD]}"' for word in wanted)
    found = db.execute(f"SELECT film, title FROM release WHERE place IN ({places})", (match,))
    keys = [key for key, name in found if (other := words(the_text(name))) == wanted or not {*wanted} <= {*other}]
    marks = ",".join("?" * len(keys))
    held = db.execute(f"{_HELD} WHERE key IN ({marks}) ORDER BY key", keys) if keys else ()
    return [Held(film=entry.decode_film(body, crc), file=the_text(name)) for body, crc, name in held]


def _held(db: Connection, match: str) -> list[Held]:
    places = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT 200"
    found = db.execute(
        f"{_HELD} WHERE key IN (SELECT film FROM release WHERE place IN ({places})) ORDER BY key", (match,)
    )
    return [Held(film=entry.decode_film(body, crc), file=the_text(name)) for body, crc, name in found]


def known_as(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    """For each of these ids the one under which the catalog has its film now; without those that it has not."""
    wanted = entry.encode(sorted({*ids})).decode()
    found = {id: id for (id,) in db.execute(f"SELECT id FROM film WHERE id IN {_AMONG}", (wanted,))}
    others = f"SELECT id FROM said WHERE id IN {_AMONG} UNION SELECT same_as FROM said WHERE same_as IN {_AMONG}"
    for (id,) in db.execute(others, (wanted, wanted)).fetchall():
        if id not in found and (family := _family(db, id)) and family.film:
            found[id] = family.id
    return found


def moved(db: Connection, since: int) -> list[Film]:
    """The films whose history records a move on the day of this date key or later."""
    found = db.execute(
        "SELECT body, crc FROM film WHERE key IN (SELECT film FROM moved WHERE day >= ?) ORDER BY key", (since,)
    )
    return [entry.decode_film(*kept) for kept in found]


def own_ids(db: Connection) -> list[str]:
    """The films of the user's own layer of which other layers speak too, and what else is no film by itself."""
    return [the_text(id) for (id,) in db.execute("SELECT id FROM said WHERE layer = ? ORDER BY id", (OWN,))]
