"""A catalog that was made by copying a lower layer, thinned to what differs from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    from tui.user.places import Places


def thin(places: Places) -> int:
    """Take out of the user's own films what a lower layer says too; of how many, of those that say again all of it.

    It is undone as an import is. What differs stays, also where the lower layer has moved on since the copy: nobody
    can tell that from what a person wrote. Raises CatalogError, IndexUnavailableError.
    """
    need_locks()
    if not places.catalog.exists():
        return 0
    recover(places.catalog)
    with Library(places) as library:
        library.refresh()
        edits = list(_edits(library))
        if edits:
            writes = plan(places.catalog, edits)
            refuse_shipped(writes)
            commit(places.catalog, writes, places.undo)
            library.refresh()
    return len(edits)


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
