"""One film as a small catalog, to be changed in a text editor, and read back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.catalog.files import find
from tui.catalog.reading.reader import read
from tui.catalog.writing.emit import block
from tui.films.film import Film

if TYPE_CHECKING:
    from tui.base.errors import Problem


def dump(film: Film) -> str:
    """The film as the text of a catalog file."""
    return "films:\n" + block(film)


def load(text: str) -> tuple[Film | None, list[Problem]]:
    """The first film in the text, None if there is none, and the text's problems."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="filmtui-") as folder:
        path = Path(folder, "film.yaml")
        path.write_text(text, "utf-8")
        found = [item.value for file in find(path) for item in read(file, problems.append)]
    return next((value for value in found if isinstance(value, Film)), None), problems
