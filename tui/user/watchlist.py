"""The films that the user has starred: a small YAML file, read leniently. What changes it is in starring.py.

A film is a line, `- kuyank` or `- {id: kuyank, note: "with Rina", since: 2026-01-05}`, so that git and whatever syncs a
folder can bring two versions together. A file of such lines is read without PyYAML, which costs the start 15 ms.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.base.disk import read_regular
from tui.base.errors import FilmtuiError, Message, Problem, message
from tui.base.reasons import reason_of
from tui.base.text import clean, quoted
from tui.base.words import N_
from tui.films import parsers

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

LARGEST_STARS = 1024 * 1024
"""Bytes: some ten thousand films."""
LONGEST_NOTE = 500
"""Characters of a note; more are left off."""

_LINE = (
    r'- (?:(?P<only>[a-z0-9][a-z0-9-]*)|\{id: (?P<id>[a-z0-9][a-z0-9-]*)'
    r'(?:, note: (?P<note>"(?:[^"\\]|\\["\\])*"))?(?:, since: (?P<since>\d{4}-\d\d-\d\d))?\})'
)  # fmt: skip
"""A film as `written` writes it. Compiled once there is a file: it takes a millisecond of the start."""
STAR_EXAMPLE = "- kuyank"


class Star(msgspec.Struct, frozen=True):
    """A film that is starred."""

    id: str
    note: str = ""
    """What the user has to say of it; cleaned."""
    since: dt.date | None = None


class Watchlist(msgspec.Struct, frozen=True):
    """What the file says."""

    stars: tuple[Star, ...] = ()
    """In its order, each film once."""
    problems: tuple[Problem, ...] = ()
    """What of it could not be taken."""
    broken: Message | None = None
    """Why the file cannot be read, and may not be written."""


def read_stars(path: Path | None) -> Watchlist:
    """What the file says; nothing where there is none. Raises nothing."""
    if path is None:
        return Watchlist()
    shown = clean(path.name)
    try:
        found = parsed(text_of(path), shown)
    except FilmtuiError as error:
        found = broken(shown, error.message)
    copies = tuple(Problem(clean(name), 1, 1, message(_COPY), "warning") for name in _copies(path))
    return msgspec.structs.replace(found, problems=(*found.problems, *copies)) if copies else found


_COPY = N_("another version of your stars, left by a sync; copy over what is missing, and delete this file")


_BOTH = N_(
    "two versions stand here side by side, as git left them; keep the lines of both, without <<<<<<< and ======="
)


def _copies(path: Path) -> list[str]:
    """Files that a sync of folders leaves beside this one where two machines have written it."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 (a name is all that is wanted)
    except OSError:
        return []
    return sorted(
        name for name in names if name.startswith(path.stem) and name.endswith(path.suffix) and "conflict" in name
    )


def text_of(path: Path) -> str:
    """The file's text, its lines ended by \\n; empty where there is none. Raises FilmtuiError."""
    try:
        data = read_regular(path, LARGEST_STARS + 1)
        if len(data) > LARGEST_STARS:
            raise FilmtuiError(message(N_("too large for a list of stars")))
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise FilmtuiError(message(N_("not UTF-8; save it as UTF-8"))) from None
    except OSError as error:
        raise FilmtuiError(message(N_("cannot be read: {why}"), why=reason_of(error))) from None


def broken(shown: str, why: Message, line: int = 1, column: int = 1) -> Watchlist:
    """A file that holds nothing; `line` and `column` count from 1."""
    return Watchlist(problems=(Problem(shown, line, column, why),), broken=why)


class StarEntry(NamedTuple):
    """A film as it stands in the file."""

    star: Star
    first: int
    """Its first line, from 0."""
    end: int
    """The line behind its last."""
    node: yaml.Node | None = None
    """None where the line is as `written` writes it."""


class Text(NamedTuple):
    """A file taken apart."""

    entries: list[StarEntry]
    problems: list[Problem]
    root: yaml.Node | None = None
    broken: Watchlist | None = None


def parsed(text: str, shown: str) -> Watchlist:
    """What a text says; `shown` is the file's name in problems."""
    found = taken_apart(text, shown)
    if found.broken:
        return found.broken
    stars: dict[str, Star] = {}
    for star in (entry.star for entry in found.entries):
        first = stars.get(star.id, star)  # two versions were brought together: the first, and what it lacks
        stars[star.id] = Star(star.id, first.note or star.note, first.since or star.since)
    return Watchlist(tuple(stars.values()), tuple(found.problems))


def taken_apart(text: str, shown: str) -> Text:
    """The films of a text, with where each stands in it."""
    entries = _plain(text)
    return Text(entries, []) if entries is not None else _composed(text, shown)


def _plain(text: str) -> list[StarEntry] | None:
    """Of a text in which each line is a film as it is written here, a comment or empty; None of any other."""
    entries = []
    for number, line in enumerate(text.split("\n")):
        if not line or (line.startswith("#") and line.isprintable()):
            continue
        found = re.fullmatch(_LINE, line) if line.isprintable() else None
        if found is None:
            return None
        try:
            since = dt.date.fromisoformat(found["since"]) if found["since"] else None
        except ValueError:
            return None
        note = note_of(msgspec.json.decode(found["note"])) if found["note"] else ""
        entries.append(StarEntry(Star(found["only"] or found["id"], note, since), number, number + 1))
    return entries


def note_of(text: str) -> str:
    """Cleaned, and without what YAML does not take."""
    return quoted(text, LONGEST_NOTE).translate({0xFFFE: None, 0xFFFF: None}).strip()


def _composed(text: str, shown: str) -> Text:
    import yaml

    def refused(why: str, mark: yaml.Mark | None) -> Text:
        where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Text([], [], broken=broken(shown, message(why, example=STAR_EXAMPLE), *where))

    if text.startswith("<<<<<<< ") or "\n<<<<<<< " in text:
        line = text.partition("<<<<<<< ")[0].count("\n")
        return Text([], [], broken=broken(shown, message(_BOTH), line + 1))
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return refused(N_("this is not YAML; write a film a line, such as {example}"),
                       getattr(error, "problem_mark", None))  # fmt: skip
    if root is None:
        return Text([], [])
    if not isinstance(root, yaml.SequenceNode):
        return refused(N_("write a list of films, one a line, such as {example}"), root.start_mark)
    lines = text.split("\n")
    entries: list[StarEntry] = []
    problems: list[Problem] = []
    for node in root.value:
        star, wrong = _star(node)
        problems += [Problem(shown, mark.line + 1, mark.column + 1, why, "warning") for mark, why in wrong]
        if star is not None:
            entries.append(StarEntry(star, *_lines_of(node, lines), node))
    return Text(entries, problems, root)


def _star(node: yaml.Node) -> tuple[Star | None, list[tuple[yaml.Mark, Message]]]:
    """The film of an entry, and what of it could not be taken."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        values: dict[str, yaml.Node] = {"id": node}
    elif isinstance(node, yaml.MappingNode):
        values = {str(key.value): value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        if len(values) == 1 == len(node.value) and "id" not in values:  # kuyank: with Rina
            values = dict(zip(("id", "note"), node.value[0], strict=True))
    else:
        values = {}
    wrong: list[tuple[yaml.Mark, Message]] = []
    id = values.get("id", node)
    if not isinstance(id, yaml.ScalarNode):
        return None, [(id.start_mark, message(N_("write a film's id, such as {example}"), example=STAR_EXAMPLE))]
    try:
        star = Star(parsers.id(id.value.strip().lower()))
    except FilmtuiError as error:
        return None, [(id.start_mark, error.message)]
    note, since = values.get("note"), values.get("since")
    if isinstance(note, yaml.ScalarNode):
        if not (note.style is None and note.value in {"~", "null"}):
            star = msgspec.structs.replace(star, note=note_of(note.value))
    elif note is not None:
        wrong.append((note.start_mark, message(N_("a note is one text"))))
    if since is not None:
        try:
            day = dt.date.fromisoformat(since.value if isinstance(since, yaml.ScalarNode) else "")
            star = msgspec.structs.replace(star, since=day)
        except ValueError:
            wrong.append((since.start_mark, message(N_("not a day; write 2026-01-07"))))
    return star, wrong


def _lines_of(node: yaml.Node, lines: list[str]) -> tuple[int, int]:
    """The lines of an entry of a list, its hyphen's among them, without what stands between it and the next."""
    first = node.start_mark.line
    while first and not lines[first].lstrip().startswith("-"):
        first -= 1
    end = node.end_mark.line + (node.end_mark.column > 0)
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return first, max(end, first + 1)


def written(star: Star) -> str:
    """A film as a line, behind its hyphen."""
    id = star.id if re.fullmatch(r"[a-z0-9][a-z0-9-]*", star.id) else note_written(star.id)
    return "".join([
        "{id: ", id,
        f", note: {note_written(star.note)}" if star.note else "",
        f", since: {star.since.isoformat()}" if star.since else "",
        "}",
    ])  # fmt: skip


def note_written(note: str) -> str:
    """In quotes, as JSON and YAML both have them."""
    return msgspec.json.encode(note).decode()
