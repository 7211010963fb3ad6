"""Completion in bash, zsh and fish: what may follow on the command line, and the script that asks for it.

What is looked up is read from the index as it is: a shell waits for it, so nothing is made or brought up to date.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

import click

from tui.base.words import N_, Words
from tui.cli.localised import Localised, Read, State, choice, everywhere, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from tui.cli.localised import Offers

VARIABLE = "_FILMTUI_COMPLETE"
"""By which the script of a shell asks; the rest of the question is in COMP_WORDS and COMP_CWORD."""
SHELLS = ("bash", "zsh", "fish")

_PLAIN = re.compile(r"[\w.:+-]+")
"""What no shell splits or expands. Other values are not offered."""


def answer(group: click.Group) -> int:
    """Print what may follow. The exit code; where anything fails, nothing is printed, and it is 1."""
    from click.shell_completion import BashComplete, add_completion_class, shell_complete

    class Bash(BashComplete):
        """bash gives --genre=horor as three words."""

        def get_completion_args(self) -> tuple[list[str], str]:
            arguments, start = super().get_completion_args()
            return [argument for argument in arguments if argument != "="], start

    with contextlib.suppress(Exception):
        add_completion_class(Bash)
        words = Words(language_of(os.environ.get("COMP_WORDS", "").split()))
        return shell_complete(group, {"obj": State(words)}, "filmtui", VARIABLE, os.environ[VARIABLE])
    return 1


def _offers(find: Callable[[State, str], Iterable[tuple[str, str]]]) -> Offers:
    """Of the values that a function finds, each with its help, those that begin as what is typed."""

    def offer(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        state = ctx.find_object(State)
        assert state is not None
        found = dict(find(state, start))
        return [
            CompletionItem(value, help=help or None)
            for value, help in found.items()
            if value.startswith(start) and _PLAIN.fullmatch(value)
        ]

    return offer


def among(*values: str) -> Offers:
    """These values."""
    return _offers(lambda state, start: ((value, "") for value in values))


@_offers
def months(state: State, _start: str) -> Iterable[tuple[str, str]]:
    """Those that have releases."""
    from tui.films import dates, spoken
    from tui.library.offers import periods

    return [(str(dates.from_key(key)), spoken.period(key, state.words)) for key in periods(state.settings.places)]


@_offers
def years(state: State, _start: str) -> Iterable[tuple[str, str]]:
    """Those that have releases."""
    from tui.library.offers import periods

    return [(str(key // 10_000), "") for key in periods(state.settings.places)]


@_offers
def genres(state: State, _start: str) -> Iterable[tuple[str, str]]:
    """As the language calls them, where that is one word; those that occur, or all where no index tells."""
    from tui.films import terms
    from tui.library import offers

    found = offers.genres(state.settings.places) or sorted(terms.GENRES)
    for genre in found:
        name = terms.genre(genre, state.words).lower()
        yield (genre, name) if " " in name else (name, "")


@_offers
def types(state: State, _start: str) -> Iterable[tuple[str, str]]:
    from tui.films import terms
    from tui.films.film import TYPES

    return [(type, terms.release_type(type, state.words)) for type in TYPES]


@_offers
def ids(state: State, start: str) -> Iterable[tuple[str, str]]:
    from tui.library.offers import films

    return films(state.settings.places, start)


@_offers
def starred_ids(state: State, _start: str) -> Iterable[tuple[str, str]]:
    """Those of the user's starred films, with the notes on them."""
    from tui.user.watchlist import read_stars

    return [(star.id, star.note) for star in read_stars(state.settings.places.starred).stars]


@_offers
def followed_names(state: State, _start: str) -> Iterable[tuple[str, str]]:
    """Of the sources that are followed."""
    from tui.catalog.sources import read_sources

    return [(source.name, source.address or source.kind) for source in read_sources(state.settings.places.sources)[0]]


_HELP = N_("""\
Print the script by which a shell completes commands, options, months, genres and films.

bash, in ~/.bashrc: eval "$(filmtui completion bash)"

zsh, in ~/.zshrc after compinit: eval "$(filmtui completion zsh)"

fish, once: filmtui completion fish > ~/.config/fish/completions/filmtui.fish""")


@click.command(cls=Localised, help=_HELP)
@everywhere
@click.argument("shell", metavar="bash|zsh|fish", type=Read("shell", choice(*SHELLS), among(*SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(ctx.find_root().command, {}, "filmtui", VARIABLE)
    # not source(), which for bash asks for its version in a process and warns in English
    click.echo(script.source_template % script.source_vars(), nl=False)
    return 0
