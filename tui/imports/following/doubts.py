"""A film of a source that a person says to be a known one: written into the user's own layer as same_as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.catalog.layers import OWN, layer_of
from tui.catalog.writing.plan import Edit, plan
from tui.catalog.writing.transaction import commit
from tui.films.film import Film
from tui.imports.following.records import drop_doubt

if TYPE_CHECKING:
    from tui.imports.following.renewal import Doubt
    from tui.library.library import Library
    from tui.user.places import Places


def same(places: Places, library: Library, doubt: Doubt, other: str) -> None:
    """It is this other film, one of those that it may be; undone as an import is. Raises CatalogError."""
    own = next((one for one in library.said(doubt.id) if layer_of(one.file) == OWN and one.film.id == doubt.id), None)
    film = msgspec.structs.replace(own.film if own else Film(id=doubt.id), same_as=other)
    edit = Edit(film, own and own.film, own and own.file, opening=library.film(doubt.id))
    commit(places.catalog, plan(places.catalog, [edit]), places.undo)
    drop_doubt(places, doubt)


def apart(places: Places, doubt: Doubt) -> None:
    """It is a film of its own."""
    drop_doubt(places, doubt)
