"""Searching from the command line: what the text means, and what to say of it on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.base.errors import FilmtuiError
from tui.base.text import clean
from tui.cli.localised import Refused, choice

if TYPE_CHECKING:
    from tui.base.words import Words
    from tui.cli.localised import State
    from tui.films.dates import ReleaseDate
    from tui.library.fields import Context
    from tui.library.library import Library, Selection
    from tui.library.understood import Understood
    from tui.library.view import View


def _context(library: Library, state: State) -> Context:
    from tui.library.almanac import Almanac
    from tui.library.fields import Context
    from tui.library.moments import Clock

    settings = state.settings
    holidays = Almanac(settings.places.cache, settings.region)
    clock = Clock(settings.places.today, state.words, holidays.year, library.first_day)
    return Context(clock, library.home, library.genres, library.stars.ids)


def understood(library: Library, state: State, text: str) -> Understood:
    """What this text means, as in the calendar's search box."""
    from tui.library.understood import Understood

    if not text.strip():
        return Understood(selection=library.home)
    from tui.library.search import understand

    return understand(text, _context(library, state))


def narrowed(
    words: Words, searched: Selection, first: ReleaseDate | None, last: ReleaseDate | None,
    genres: tuple[str, ...], types: tuple[str, ...], region: str | None,
) -> Selection:  # fmt: skip
    """What the search selects, less what the options leave out; an option comes before a field of the same meaning.

    Raises Refused.
    """
    import msgspec

    from tui.films import parsers, terms
    from tui.films.dates import first_key
    from tui.films.film import TYPES

    try:
        return msgspec.structs.replace(
            searched,
            genres=frozenset(terms.genre_called(clean(genre), words) for genre in genres),
            types=frozenset(map(choice(*TYPES), types)) or searched.types,
            region=parsers.country(region.upper()) if region else searched.region,
            first=max(searched.first, first_key(first.key)) if first else searched.first,
            last=min(searched.last, last.key) if last else searched.last,
        )
    except FilmtuiError as error:
        raise Refused(error) from None


def say_what_was_understood(library: Library, state: State, searched: Understood, view: View) -> None:
    """Write to standard error what it was beyond plain words; and where nothing was found, what would be."""
    words = state.words
    if searched.said:
        click.echo(f"filmtui: {searched.said}", err=True)
    if view.total:
        return
    from tui.library.instead import months, offers, told

    instead = months(view, searched.text, words)
    if not instead and not library.glimpse(searched.selection, 0).total:
        instead = offers(library, searched, _context(library, state))
    if instead:
        click.echo("filmtui: " + words.gettext("nothing found; {offers}").format(offers=told(instead)), err=True)
