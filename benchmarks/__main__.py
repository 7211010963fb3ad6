"""The command `python -m benchmarks`."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks import commands, index, khal, screen, table
from benchmarks.catalogs import SIZES, Catalog, open_catalog
from benchmarks.process import FailedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.figure import Figure

GROUPS = (*screen.SCREEN_GROUPS, "index", "commands", "khal")
QUICK_RUNS = 2


class Teller:
    """Progress on standard error: one line that is written over in a terminal, else a line for each."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._over = sys.stderr.isatty()
        self.size = ""

    def __call__(self, what: str) -> None:
        line = f"{time.monotonic() - self._begun:5.0f} s  {self.size:8}{what}"
        click.echo(f"\r\033[K{line}" if self._over else line, err=True, nl=not self._over)

    def note(self, what: str) -> None:
        """A line that is not written over."""
        self.done()
        click.echo(what, err=True)

    def done(self) -> None:
        if self._over:
            click.echo("\r\033[K", err=True, nl=False)


def measure(sizes: tuple[str, ...], runs: int, groups: set[str], tell: Teller) -> Iterator[Figure]:
    """All figures of these groups, as they are taken. Raises FailedError."""
    shipped = open_catalog("shipped")
    shipped.prepare()
    for size in sizes:
        tell.size = size
        catalog = open_catalog(size, tell)
        tell("bringing the index up to date")
        catalog.prepare()
        yield from _of(catalog, shipped, runs, groups, tell)


def _of(catalog: Catalog, shipped: Catalog, runs: int, groups: set[str], tell: Teller) -> Iterator[Figure]:
    seen = groups & set(screen.SCREEN_GROUPS)
    if seen:
        yield from screen.figures(catalog, runs, seen, tell)
    if "index" in groups:
        yield from index.figures(catalog, runs, tell)
    if "commands" in groups:
        yield from commands.figures(catalog, shipped, runs, tell)
    if "khal" in groups and catalog.films == khal.EVENTS:
        if not khal.installed():
            tell.note("khal is not installed: not measured")
        yield from khal.figures(catalog, runs, tell)


def data(figures: list[Figure]) -> str:
    """The figures and the machine as JSON; what is in it is stable."""
    machine = {"python": platform.python_version(), "textual": version("textual"), "cores": os.cpu_count()}
    return json.dumps({"figures": [figure.data() for figure in figures], "machine": machine}, indent=1)


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), default=("shipped", "10k"),
              show_default=True, help="How many films; may be given again.")  # fmt: skip
@click.option("--runs", type=click.IntRange(7), default=7, show_default=True, help="After one that warms up.")
@click.option("--only", multiple=True, type=click.Choice(GROUPS), help="These figures only; may be given again.")
@click.option("--json", "to", metavar="FILE", help="Write the figures for programs too; - is standard output.")
@click.option("--quick", is_flag=True, help=f"{QUICK_RUNS} runs: to see whether it works, not how fast it is.")
def main(sizes: tuple[str, ...], runs: int, only: tuple[str, ...], to: str | None, quick: bool) -> None:
    """Measure filmtui beside a bare Textual app, in turn and on the same machine."""
    if sys.platform == "win32":
        raise click.ClickException("the benchmarks need pseudo-terminals, which are POSIX")
    tell = Teller()
    figures: list[Figure] = []
    failure = ""
    try:
        for figure in measure(sizes, QUICK_RUNS if quick else runs, set(only or GROUPS), tell):
            figures.append(figure)  # noqa: PERF402 (one by one: what was taken before an end is shown)
    except FailedError as error:
        failure = str(error)
    except KeyboardInterrupt:
        failure = "interrupted"
    tell.done()
    if to == "-":
        click.echo(data(figures))
    else:
        table.show(figures, sys.stdout)
        if to:
            Path(to).write_text(data(figures) + "\n", "utf-8")
    if failure:
        raise click.ClickException(failure)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
