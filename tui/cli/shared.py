"""What the commands share: the values of options, opening the catalog, writing lines."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui.base.errors import IndexBusyError, message
from tui.base.words import N_, Words
from tui.cli.completion import among, months
from tui.cli.localised import Read, State, choice
from tui.exports.formats import encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.films.dates import ReleaseDate
    from tui.index.progress import Progress
    from tui.library.library import Library


def _period(value: str) -> int:
    from tui.films.dates import parse_period

    return parse_period(value)


def _date(value: str) -> ReleaseDate:
    from tui.base.errors import ValueRefusedError
    from tui.films.dates import parse

    known = parse(value)
    if known.year is None:
        raise ValueRefusedError(message(N_("“{value}” is not a day; write 2026-01-07"), value=value))
    return known


def format_option(*forms: str) -> Callable[..., Any]:
    """The option by which a command writes in one of these forms; without it, in the first."""
    return click.option(
        "--format", "form", type=Read("format", choice(*forms), among(*forms)), default=forms[0],
        metavar="|".join(forms), help=N_("Output format; text by default."),
    )  # fmt: skip


UNITS = ("systemd", "launchd", "cron")
"""What --print-unit prints, see units.py."""

MONTH = Read("2026-01", _period, months)
"""An option whose value is a month; what it gives is the period's key."""
DATE = Read("2026-01-07", _date, months)
"""An option whose value is a day, a month, a quarter or a year."""


@contextmanager
def opened(state: State) -> Iterator[Library]:
    """The catalog, its index brought up to date; a terminal shows the progress.

    Where another process is writing the index, its films are used as they are, and `state.behind` is set.
    Raises CatalogError, IndexUnavailableError.
    """
    from tui.library.library import Library

    with Library(state.settings.places, state.settings.region, state.settings.first_day) as library:
        progress = progress_line(state.words) if sys.stderr.isatty() else None
        try:
            library.refresh(progress)
        except IndexBusyError as error:
            click.echo(f"filmtui: {error.message.text(state.words)}", err=True)
            state.behind = True
        if progress:
            click.echo("\r\033[K", err=True, nl=False)
        yield library


def progress_line(words: Words) -> Callable[[Any], None]:
    """What writes the progress over one line of standard error, once reading has taken half a second."""

    def tell(progress: Progress) -> None:
        if progress.seconds > 0.5:
            click.echo(f"\r\033[K{progress.text(words)}", err=True, nl=False)

    return tell


def report(library: Library, state: State) -> int:
    """Write to standard error what is wrong in the catalog, and in the stars if they were asked for.

    The exit code: 1 with a problem, or an index that is behind.
    """
    problems = [*library.stars.problems, *library.problems()]
    for problem in problems:
        click.echo(problem.text(state.words), err=True)
    return 1 if problems or state.behind else 0


def say_if_ended(library: Library, state: State, *, aside: bool = False) -> None:
    """Say where the calendar ends, if all that has a date is past; `aside`, on standard error, for programs."""
    from tui.films import spoken

    last = library.ended(state.settings.places.today)
    if last is not None:
        text = state.words.gettext("The catalog ends on {date}; nothing is still to come.")
        click.echo(("" if aside else "\n") + text.format(date=spoken.long(last, state.words)), err=aside)


def write(lines: Iterable[str]) -> None:
    """Write lines to standard output as UTF-8. Raises OSError, BrokenPipeError."""
    write_chunks(encoded(lines))


def write_chunks(chunks: Iterable[bytes]) -> None:
    """Write bytes to standard output as they come. Raises OSError, BrokenPipeError."""
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
