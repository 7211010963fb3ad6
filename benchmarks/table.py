"""The figures as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from benchmarks.figure import Figure

_MET = {True: "met", False: "MISSED", None: ""}
_STYLES = {True: "green", False: "bold red", None: ""}


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as a line of the table."""
    return (
        figure.name,
        figure.size,
        figure.unit,
        number(figure.median),
        number(max(figure.samples)),
        number(figure.floor),
        "–" if figure.ratio is None else f"{figure.ratio:.2f}",
        str(figure.budget or ""),
        "unclear" if figure.budget and figure.met is None else _MET[figure.met],
    )


def table(figures: Iterable[Figure]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("figure", "size", "unit"):
        made.add_column(name, no_wrap=True)
    for name in ("median", "max", "floor", "ratio", "budget"):
        made.add_column(name, justify="right", no_wrap=True)
    made.add_column("")
    for figure in figures:
        *first, met = cells(figure)
        made.add_row(*first, f"[{_STYLES[figure.met]}]{met}[/]" if _STYLES[figure.met] else met)
    return made


def show(figures: Iterable[Figure], out: TextIO) -> None:
    console = Console(file=out, highlight=False)
    if not console.is_terminal:
        console.width = 140  # a file has no width of its own
    console.print(table(figures))
