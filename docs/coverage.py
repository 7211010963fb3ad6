"""What the shipped catalog knows, month by month, as a table, and the day of its newest source.

python docs/coverage.py [CATALOG]
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tui.catalog.files import find
from tui.catalog.reading.reader import read
from tui.films.film import Film
from tui.user.places import shipped_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.errors import Problem

COLUMNS = ("runtime", "rating", "cast", "directors", "synopsis", "tentative")

_COPY = re.compile(r"copy of (\d+) (\w+) (\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
        case "synopsis":
            return bool(film.synopsis and film.synopsis.id and film.synopsis.en)
        case "tentative":
            return any(release.status == "tentative" for release in film.releases)
        case _:
            return bool(getattr(film, column))


def newest(films: list[Film]) -> date | None:
    """The latest day of which a source is a copy."""
    sources = "\n".join(release.source or "" for film in films for release in film.releases)
    days = (date(int(year), _MONTHS.index(month[:3]) + 1, int(day)) for day, month, year in _COPY.findall(sources))
    return max(days, default=None)


def table(root: Path) -> Iterator[str]:
    """Films of each month and of how many in a hundred each column is known, then all films, then the newest source."""
    found = months(root)
    yield f"{'month':<12}{'films':>6}" + "".join(f"{column:>15}" for column in COLUMNS)
    every = [film for films in found.values() for film in films]
    for name, group in [*found.items(), ("all", every)]:
        shares = (100 * sum(knows(film, column) for film in group) / len(group) for column in COLUMNS)
        yield f"{name:<12}{len(group):>6}" + "".join(f"{share:>14.0f}%" for share in shares)
    yield f"newest source: {newest(every) or 'not said'}"


if __name__ == "__main__":
    for line in table(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_catalog()):
        print(line)
