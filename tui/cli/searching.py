"""Searching from the command line: what the text means, and what to say of it on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tui.cli.localised import State
    from tui.library.fields import Context
    from tui.library.library import Library
    from tui.library.understood import Understood
    from tui.library.view import View


def _context(library: Library, state: State) -> Context:
    from tui.library.almanac import Almanac
    from tui.library.fields import Context
    from tui.library.moments import Clock

    places = state.settings.places
    return Context(Clock(places.today, state.words, Almanac(places.cache).year), library.genres)


def understood(library: Library, state: State, text: str) -> Understood:
    """What this text means, as in the calendar's search box."""
    from tui.library.understood import Understood

    if not text.strip():
        return Understood()
    from tui.library.search import understand

    return understand(text, _context(library, state))


def say_what_was_understood(library: Library, state: State, searched: Understood, view: View) -> None:
    """Write to standard error what it was beyond plain words; and where nothing was found, what would be."""
    words = state.words
    if searched.said:
        click.echo(f"filmtui: {searched.said}", err=True)
    if view.total:
        return
    from tui.library.offers import months, offers, told

    instead = months(view, searched.text, words)
    if not instead and not library.glimpse(searched.selection, 0).total:
        instead = offers(library, searched, _context(library, state))
    if instead:
        click.echo("filmtui: " + words.gettext("nothing found; {offers}").format(offers=told(instead)), err=True)
