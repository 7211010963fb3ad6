"""A catalog that was made by copying a lower layer, thinned to what differs from that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.catalog.layers import OWN, layer_of
from tui.catalog.writing.disk import need_locks
from tui.catalog.writing.plan import Edit, plan
from tui.catalog.writing.transaction import commit, recover
from tui.films.film import Film
from tui.films.layered import differing, merged
from tui.imports.importing import refuse_shipped
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.films.film import News
    from tui.user.places import Places


class Thinned(NamedTuple):
    """How many films say only what differs now, and how many news items were taken out."""

    films: int = 0
    news: int = 0


def thin(places: Places) -> Thinned:
    """Take out of the user's own files what a lower layer says too: of the films that say again all of it, and news.

    It is undone as an import is. What differs stays, also where the lower layer has moved on since the copy: nobody
    can tell that from what a person wrote. Raises CatalogError, IndexUnavailableError.
    """
    need_locks()
    if not places.catalog.exists():
        return Thinned()
    recover(places.catalog)
    with Library(places) as library:
        library.refresh()
        edits = list(_edits(library))
        news = list(_told_again(library))
        if edits or news:
            writes = plan(places.catalog, edits, dropped=news)
            refuse_shipped(writes)
            commit(places.catalog, writes, places.undo)
            library.refresh()
    return Thinned(len(edits), len(news))


def _told_again(library: Library) -> Iterator[tuple[str, News]]:
    """News of the user's own files that a lower layer tells too, with the names of their files."""
    told = library.news_in_files()
    below = [item for file, item in told if layer_of(file) != OWN]
    yield from ((file, item) for file, item in told if layer_of(file) == OWN and item in below)


def _edits(library: Library) -> Iterator[Edit]:
    for id in library.own_ids():
        said = library.said(id)
        own = next((one for one in said if layer_of(one.file) == OWN and one.film.id == id), None)
        below = [one.film for one in said if one is not own]
        if own is None or not below or own.film.hidden is not None:
            continue
        whole = merged(id, [own.film, *below])
        if whole == merged(id, [own.film]) and (less := differing(whole, merged(id, below))) != own.film:
            yield Edit(film=None if less == Film(id=id) else less, before=own.film, file=own.file)
