"""What the shipped catalog knows, month by month, as a table.

python docs/coverage.py [CATALOG]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tui.catalog.files import find
from tui.catalog.film import Film
from tui.catalog.reader import read
from tui.settings import shipped_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.errors import Problem

COLUMNS = ("runtime", "rating", "cast", "directors", "two languages", "tentative")


def months(root: Path) -> dict[str, list[Film]]:
    """The films of each file, by its name without the ending."""
    found: dict[str, list[Film]] = defaultdict(list)
    problems: list[Problem] = []
    for file in find(root):
        for item in read(file, problems.append):
            if isinstance(item.value, Film):
                found[file.path.stem].append(item.value)
    return found


def knows(film: Film, column: str) -> bool:
    match column:
        case "two languages":
            return bool(film.synopsis and film.synopsis.id and film.synopsis.en)
        case "tentative":
            return any(release.home and release.status == "tentative" for release in film.releases)
        case _:
            return bool(getattr(film, column))


def table(root: Path) -> Iterator[str]:
    """Films of each month, and of how many in a hundred each column is known; all of them in the last line."""
    found = months(root)
    yield f"{'month':<12}{'films':>6}" + "".join(f"{column:>15}" for column in COLUMNS)
    every = [film for films in found.values() for film in films]
    for name, group in [*found.items(), ("all", every)]:
        shares = (100 * sum(knows(film, column) for film in group) / len(group) for column in COLUMNS)
        yield f"{name:<12}{len(group):>6}" + "".join(f"{share:>14.0f}%" for share in shares)


if __name__ == "__main__":
    for line in table(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_catalog()):
        print(line)
