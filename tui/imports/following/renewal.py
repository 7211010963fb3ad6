"""A source's layer out of what it held and what has been fetched: a pure step, of which both sides can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.films.dates import ReleaseDate, shifted
from tui.films.film import Earlier, Film, Release
from tui.films.pairs import paired
from tui.imports.combine import sourced
from tui.imports.following.identity import Identities
from tui.imports.following.state import FilmState, LayerState
from tui.library.ledger import ReleaseChange, compare

if TYPE_CHECKING:
    from datetime import date

    from tui.imports.following.asking import Asking, Fetched
    from tui.imports.merge import Known


class Doubt(NamedTuple):
    """A film that may be one that is known."""

    id: str
    title: str
    maybe: tuple[str, ...]


class Renewed(NamedTuple):
    films: dict[str, Film]
    """The whole layer, by id."""
    state: LayerState
    changes: tuple[ReleaseChange, ...] = ()
    """What was added, moved or put off."""
    gone: tuple[str, ...] = ()
    """Titles of films that are found no longer at the source; they are kept."""
    doubts: tuple[Doubt, ...] = ()
    """Those of this time."""


def renewed(
    asking: Asking, films: dict[str, Film], former: tuple[FilmState, ...], fetched: Fetched, known: Known
) -> Renewed:
    """`films` and `former`: the layer as it is, and what is remembered of its films."""
    today = asking.today
    before = {one.key: one for one in former if one.id in films}
    standing = [before[key].id for key in before if key in fetched.told or key in fetched.still]
    identities = Identities(known, films.values(), standing)
    made: dict[str, Film] = {}
    states: list[FilmState] = []
    changes: list[ReleaseChange] = []
    doubts: list[Doubt] = []
    for key, told in fetched.told.items():
        state = before.get(key)
        if state is None:
            id, maybe = identities.find(told.incoming)
            if maybe:
                doubts.append(Doubt(id, told.incoming.film.title, maybe))
        else:
            id, maybe = state.id, state.maybe
        film = _carried(films.get(id), told.incoming.film, id, today, asking.source.name)
        changes += compare(films.get(id), film, today)
        made[id] = film
        states.append(FilmState(key, id, today, told.mark, maybe=maybe))
    gone: list[str] = []
    for key, state in before.items():
        if key in fetched.told or state.id in made:
            continue
        film = made[state.id] = films[state.id]
        if key in fetched.still:
            state = msgspec.structs.replace(state, gone=None)  # noqa: PLW2901
        elif state.gone is None and asking.within(film.releases):  # what is past is not missed
            state = msgspec.structs.replace(state, gone=today)  # noqa: PLW2901
            gone.append(film.title)
        states.append(state)
    states.sort(key=lambda state: state.id)
    asked = msgspec.json.encode(asking.source).decode()
    return Renewed(
        made, LayerState(asked, fetched.memory, tuple(states)), tuple(changes), tuple(gone), tuple(doubts)
    )  # fmt: skip


def expired(films: dict[str, Film], state: LayerState, today: date, days: int) -> tuple[dict[str, Film], LayerState]:
    """The layer without films that were fetched longer ago than that."""
    since = shifted(today, -days)
    left = tuple(one for one in state.films if one.fetched >= since)
    if len(left) == len(state.films):
        return films, state
    ids = {one.id for one in left}
    return {id: film for id, film in films.items() if id in ids}, msgspec.structs.replace(state, films=left)


def _carried(before: Film | None, told: Film, id: str, today: date, source: str) -> Film:
    """The film as the source tells it now, with the former dates of its releases."""
    releases = tuple(sourced(release, source) for release in told.releases)
    if before is not None:
        pairs = paired(before.releases, releases)
        releases = tuple(
            release if at is None else _moved(before.releases[at], release, today)
            for release, at in zip(releases, pairs, strict=True)
        )
    return msgspec.structs.replace(told, id=id, releases=releases)


def _moved(was: Release, now: Release, today: date) -> Release:
    """The release with its history; as it was if nothing but the source's own version is another."""
    history = was.history
    if was.when != now.when and was.when != ReleaseDate():
        history = (*history, Earlier(date=was.date, recorded=today, source=was.source))
    now = msgspec.structs.replace(now, history=history)
    return was if msgspec.structs.replace(now, source=was.source) == was else now
