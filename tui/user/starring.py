"""Stars a film in the user's file, or takes the star away; comments, order and all else stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from yaml import CollectionNode

from tui.base.disk import lock, replace_file
from tui.base.errors import FilmtuiError, ValueRefusedError, message
from tui.base.words import N_
from tui.user.settings import told_path
from tui.user.watchlist import (
    STAR_EXAMPLE,
    Star,
    Text,
    note_of,
    note_written,
    parsed,
    taken_apart,
    text_of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import yaml

    from tui.base.errors import Message
    from tui.user.watchlist import StarEntry

Stars = dict[str, Star]
"""By their films' ids."""


def put(path: Path, star: Star, *, renote: bool = False) -> None:
    """Star a film. One that is starred already gets this note, if it is one or `renote` says so.

    Raises ValueRefusedError, OSError.
    """
    star = msgspec.structs.replace(star, note=note_of(star.note))

    def wanted(was: Stars) -> Stars:
        known = was.get(star.id, star)
        note = star.note if renote or star.note else known.note
        return {**was, star.id: msgspec.structs.replace(known, note=note)}

    def edited(text: str, found: Text, want: Stars) -> str:
        entry = next((entry for entry in found.entries if entry.star.id == star.id), None)
        if entry is None:
            return _inserted(text, found, star)
        note = want[star.id].note
        return text if entry.star.note == note else _noted(text, entry, note)

    _edit(path, wanted, edited)


def take(path: Path, ids: Iterable[str]) -> None:
    """Take these films' stars away. Raises ValueRefusedError, OSError."""
    gone = {*ids}

    def edited(text: str, found: Text, _want: Stars) -> str:
        lines = text.split("\n")
        for entry in reversed(found.entries):
            if entry.star.id in gone:
                del lines[entry.first : entry.end]
        return "\n".join(lines)

    _edit(path, lambda was: {id: star for id, star in was.items() if id not in gone}, edited)


def _edit(path: Path, wanted: Callable[[Stars], Stars], edited: Callable[[str, Text, Stars], str]) -> None:
    """Read the file, change it and write it while no other process does; nothing where that would lose anything."""
    folder = path.resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    with lock(folder, wait=True):
        try:
            text = text_of(path)
        except FilmtuiError as error:
            raise _refused(path, error.message) from None
        was = parsed(text, "")
        if was.broken:
            raise _refused(path, was.broken)
        before = {star.id: star for star in was.stars}
        want = wanted(before)
        if want == before:
            return
        found = taken_apart(text, "")
        plain = text
        if isinstance(found.root, CollectionNode) and found.root.flow_style:
            plain = _unfolded(text, found.root)
            found = taken_apart(plain, "")
        new = edited(plain, found, want)
        now = parsed(new, "")
        if now.broken or {star.id: star for star in now.stars} != want or len(now.problems) > len(was.problems):
            told = N_("it is laid out in a way of its own; write a film a line, such as {example}")
            raise _refused(path, message(told, example=STAR_EXAMPLE))
        replace_file(path, (new.replace("\n", "\r\n") if _crlf(path) else new).encode(), private=True)


def _crlf(path: Path) -> bool:
    try:
        return b"\r\n" in path.read_bytes()
    except FileNotFoundError:
        return False


def _refused(path: Path, why: Message) -> ValueRefusedError:
    told = N_("{path}: nothing is written into it: {why}")
    return ValueRefusedError(message(told, path=told_path(path), why=why))


def _inserted(text: str, found: Text, star: Star) -> str:
    """The text with a film more, before the first whose id is greater."""
    lines = text.split("\n")
    indent = " " * (found.root.start_mark.column if found.root is not None else 0)
    new = f"{indent}- {written(star)}"
    after = next((entry for entry in found.entries if entry.star.id > star.id), None)
    if after is not None:
        at = after.first
    elif found.entries:
        at = max(entry.end for entry in found.entries)
    else:
        at = len(lines) - 1 if not lines[-1] else len(lines)
    lines.insert(at, new)
    return "\n".join(lines) if lines[-1] == "" else "\n".join(lines) + "\n"


def _noted(text: str, entry: StarEntry, note: str) -> str:
    """The text with another note of a film."""
    lines, node = text.split("\n"), entry.node
    star = msgspec.structs.replace(entry.star, note=note)
    if node is None:
        lines[entry.first] = f"- {written(star)}"
        return "\n".join(lines)
    value = _value(node, "note")
    if value is not None:
        return _replaced(text, value, note_written(note))
    id = _value(node, "id")
    if id is None:  # the id alone, or with its note behind a colon
        return _replaced(text, node, written(star))
    if isinstance(node, CollectionNode) and node.flow_style:
        at = id.end_mark.index
        return f"{text[:at]}, note: {note_written(note)}{text[at:]}"
    column = node.value[0][0].start_mark.column
    lines.insert(id.end_mark.line + 1, f"{' ' * column}note: {note_written(note)}")
    return "\n".join(lines)


def _value(node: yaml.Node, name: str) -> yaml.Node | None:
    """The value of a mapping's key."""
    if isinstance(node.value, str):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _replaced(text: str, node: yaml.Node, new: str) -> str:
    """The text with something else in this node's place."""
    first, end = node.start_mark.index, node.end_mark.index
    old = text[first:end]
    kept = old[len(old.rstrip()) :]  # a block's mark is behind its line breaks
    return text[:first] + new + kept + text[end:]


def _unfolded(text: str, root: yaml.Node) -> str:
    """A list in brackets as a line for each of its films; comments inside make it another file, which is refused."""
    first, end = root.start_mark.index, root.end_mark.index
    inside = text[first:end]
    if "#" in inside:
        return text
    stars = [entry.star for entry in taken_apart(text, "").entries]
    return text[:first] + "\n".join(f"- {written(star)}" for star in stars) + text[end:]
