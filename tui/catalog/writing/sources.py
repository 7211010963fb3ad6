"""Adds a source to sources.yaml, or takes one away; comments and all else stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import yaml

from tui.base.errors import CatalogError, message
from tui.base.words import N_
from tui.catalog.files import shown
from tui.catalog.sources import MOST_SOURCES, Followed, read_sources, sources_text
from tui.catalog.writing.disk import content
from tui.catalog.writing.emit import inline
from tui.catalog.writing.transaction import Write, commit

if TYPE_CHECKING:
    from pathlib import Path


def follow(path: Path, source: Followed) -> None:
    """Add it at the end. Raises CatalogError, also where one of its name is there."""
    known, _ = read_sources(path)
    if any(one.name == source.name for one in known):
        text = N_("“{name}” is followed already; give another name, or unfollow it first")
        raise CatalogError(message(text, name=source.name))
    if len(known) == MOST_SOURCES:
        raise CatalogError(message(N_("no more than {count} sources can be followed"), count=MOST_SOURCES))
    text = sources_text(path)
    line = f"- {_written(source)}\n"
    if text and not text.endswith("\n"):
        text += "\n"
    _write(path, text + line, [*known, source])


def unfollow(path: Path, name: str) -> None:
    """Take it away, with the comments in its own lines. Raises CatalogError, also where there is none of that name."""
    known, _ = read_sources(path)
    left = [one for one in known if one.name != name]
    if len(left) == len(known):
        names = ", ".join(one.name for one in known) or "–"
        raise CatalogError(message(N_("“{name}” is not followed; there are {names}"), name=name, names=names))
    text = sources_text(path)
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, yaml.SafeLoader)
    for node in root.value if isinstance(root, yaml.SequenceNode) and not root.flow_style else []:
        if _name(node) == name:
            end = node.end_mark.line if node.end_mark.column == 0 else node.end_mark.line + 1
            while end > node.start_mark.line + 1 and (not lines[end - 1].strip() or lines[end - 1][0] == "#"):
                end -= 1  # what stands between it and the next is the next one's
            del lines[node.start_mark.line : end]
            break
    _write(path, "".join(lines), left)


def _name(node: yaml.Node) -> str:
    values = {key.value: value.value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    return str(values.get("name", values.get("kind")))


def _written(source: Followed) -> str:
    said = {name: value for name, value in msgspec.to_builtins(source).items() if value is not None}
    values = {"name": source.name, "kind": source.kind, **said}
    if source.kind != "tmdb":  # the others know no country
        values.pop("region", None)
    values = {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}
    return inline(values, flow=False).replace('"true"', "true")


def _write(path: Path, text: str, wanted: list[Followed]) -> None:
    """Raises CatalogError where the file would not say what is wanted: it is laid out in a way of its own."""
    if _read_back(text) != wanted:
        told = N_("{path}: cannot be written to as it is; write a source a line, each behind a hyphen")
        raise CatalogError(message(told, path=shown(path)))
    try:
        before = content(path)
    except OSError as error:
        from tui.catalog.writing.disk import refused

        raise refused(error, path) from None
    after = text.encode() if text.strip() else None
    if before != after:
        commit(path.parent, [Write(path, before, after)], None)


def _read_back(text: str) -> list[Followed]:
    import tempfile
    from pathlib import Path as File

    with tempfile.TemporaryDirectory(prefix="filmtui-") as folder:
        path = File(folder, "sources.yaml")
        path.write_text(text, "utf-8")
        return read_sources(path)[0]
