"""The layers of a catalog: which of its files belong to which, and which layer is above which.

The lowest is the catalog that comes with filmtui, then a folder `followed/NAME` for each followed source, then the
user's own files. Of the sources the first by name is the highest. A catalog that is named with --catalog has no shipped
layer.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.catalog.files import find
from tui.user.places import FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.catalog.files import File

OWN = ""
"""The user's own layer."""
SHIPPED = "shipped//"
"""The shipped layer; the names of its files begin so, as no name of a user's file can."""


def files_of(root: Path, shipped: Path | None = None) -> Iterator[File]:
    """The files of a catalog, the lowest layer first. Without a shipped one it has to be there: see `files.find`."""
    if shipped is None:
        yield from find(root)
        return
    for file in find(shipped):
        yield file._replace(name=SHIPPED + file.name)
    if os.path.lexists(root):
        yield from find(root, empty=True)


def layer_of(name: str) -> str:
    """The layer of the file of this name. Layers sort from the highest to the lowest."""
    if name.startswith(SHIPPED):
        return SHIPPED
    if name.startswith(FOLLOWED + "/"):
        folder, slash, _ = name[len(FOLLOWED) + 1 :].partition("/")
        if slash:
            return f"{FOLLOWED}/{folder}"
    return OWN
