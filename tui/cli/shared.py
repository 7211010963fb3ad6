"""What the commands share: values of options, the catalog opened, lines written."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui.base.errors import IndexBusyError, message
from tui.base.words import N_, Words
from tui.cli.localised import Read, State

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


def choice(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        from tui.catalog.reading import fields

        return fields.choice(choices)(value)

    return read


MONTH = Read("2026-01", _period)
DATE = Read("2026-01-07", _date)


@contextmanager
def opened(state: State, *, tell: bool = True) -> Iterator[Library]:
    """The catalog, its index up to date. Raises CatalogError."""
    from tui.library.library import Library

    with Library(state.settings.places) as library:
        progress = progress_line(state.words) if tell and sys.stderr.isatty() else None
        try:
            library.refresh(progress)
        except IndexBusyError as error:  # what is in is better than nothing
            click.echo(f"filmtui: {error.message.text(state.words)}", err=True)
            state.behind = True
        if progress:
            click.echo("\r\033[K", err=True, nl=False)
        yield library


def progress_line(words: Words) -> Callable[[Any], None]:

    def tell(progress: Progress) -> None:
        if progress.seconds > 0.5:
            click.echo(f"\r\033[K{progress.text(words)}", err=True, nl=False)

    return tell


def report(library: Library, state: State) -> int:
    """Each problem of the catalog on standard error; 1 if there was one, or the index is behind."""
    problems = library.problems()
    for problem in problems:
        click.echo(problem.text(state.words), err=True)
    return 1 if problems or state.behind else 0


def write(lines: Iterable[str]) -> None:
    sys.stdout.flush()
    out = sys.stdout.buffer
    for line in lines:
        out.write(line.encode("utf-8", errors="replace") + b"\n")
    out.flush()
