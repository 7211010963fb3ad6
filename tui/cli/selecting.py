"""The options by which a command takes releases of the calendar, and the listing that they give."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tui.base.words import N_
from tui.cli import completion
from tui.cli.searching import narrowed, say_what_was_understood, understood
from tui.cli.shared import DATE, MONTH, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.cli.localised import State
    from tui.exports.listing import Listing, Options
    from tui.films.dates import ReleaseDate


class Asked(NamedTuple):
    """The values of the options."""

    text: tuple[str, ...]
    month: int | None
    first: ReleaseDate | None
    last: ReleaseDate | None
    search: str
    genre: tuple[str, ...]
    types: tuple[str, ...]
    region: str | None


_OPTIONS = (
    click.argument("text", nargs=-1, metavar=N_("[TEXT]…")),
    click.option("--month", type=MONTH, metavar="YYYY-MM", help=N_("That month only.")),
    click.option("--from", "first", type=DATE, metavar="DATE", help=N_("From that date on.")),
    click.option("--to", "last", type=DATE, metavar="DATE", help=N_("Up to that date.")),
    click.option("--search", default="", metavar="TEXT",
                 help=N_("Words, genres, months, holidays, and fields such as genre:horror; see the guide.")),
    click.option("--genre", multiple=True, metavar="GENRE", shell_complete=completion.genres,
                 help=N_("That genre only; may be given again.")),
    click.option("--type", "types", multiple=True, metavar="TYPE", shell_complete=completion.types,
                 help=N_("Release type: premiere, limited, theatrical, digital, physical or tv; may be given again.")),
    click.option("--region", metavar="XX",
                 help=N_("Country of the release, two letters; that of the settings if not given.")),
)  # fmt: skip


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it takes their values as `asked`, an `Asked`."""

    @wraps(command)
    def with_asked(*args: Any, **given: Any) -> Any:
        return command(*args, asked=Asked(*(given.pop(name) for name in Asked._fields)), **given)

    wrapped: Callable[..., Any] = with_asked
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def listed(
    ctx: click.Context, state: State, asked: Asked, options: Options | None = None, *, quiet: bool = False
) -> Iterator[Listing]:
    """What these options select, its index brought up to date; what the search was taken for is said.

    `quiet`: only if nothing was found; and nothing of what the listing has to tell.

    Raises Refused, CatalogError, IndexUnavailableError.
    """
    from tui.exports.listing import Listing, Options

    month = asked.month if asked.month is not None else ctx.find_root().meta.get("month")
    text = " ".join(filter(None, (*asked.text, asked.search)))
    places = state.settings.places
    with opened(state) as library:
        searched = understood(library, state, text)
        selection = narrowed(
            state.words, searched.selection, asked.first, asked.last, asked.genre, asked.types, asked.region
        )
        view = library.sound_view(selection, month)
        if searched.parts and not (quiet and view.total):
            say_what_was_understood(library, state, searched, view)
        yield Listing(
            library, view, state.words, places.today, options or Options(), places.revisions,
            lambda line: None if quiet else click.echo(f"filmtui: {line}", err=True),
        )  # fmt: skip
