"""Listings for tests of formats."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.conftest import CHRISTMAS_EVE, DATA
from tui.base.words import Words
from tui.exports.listing import Listing, Options
from tui.library.library import Library, Selection
from tui.user.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path


@contextmanager
def listing_of(
    cache: Path, catalog: Path = DATA, language: str = "id", only: int | None = None,
    options: Options | None = None, selection: Selection | None = None,
    today: date = CHRISTMAS_EVE, state: Path | None = None, tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Listing]:  # fmt: skip
    """The releases of a catalog, its index in this folder."""
    places = Places(catalog=catalog, cache=cache, today=today, state=state)
    with Library(places) as library:
        library.refresh()
        view = library.view(selection, only)
        yield Listing(library, view, Words(language), places.today, options or Options(), places.revisions, tell)


def written(listing: Listing, name: str) -> bytes:
    """All that a format makes of a listing."""
    from tui.exports.formats import FORMATS

    chunks = FORMATS[name].chunks
    assert chunks is not None
    return b"".join(chunks(listing))
