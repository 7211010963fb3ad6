"""The settings file: the user's TOML, read with the place of whatever is wrong in it.

Imported where there is one: tomllib and this cost the start some 5 ms.
"""

from __future__ import annotations

import errno
import os
import re
from tomllib import TOMLDecodeError, loads
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from tui.base.disk import read_regular
from tui.base.errors import FilmtuiError, Message, Problem, ValueRefusedError, message
from tui.base.reasons import reason_of
from tui.base.text import clean, quoted
from tui.base.words import N_, Words
from tui.films.parsers import choice, country
from tui.user.places import place
from tui.user.settings import FIRST_DAYS, VARIABLES, Kept, KeySetting, told_path
from tui.user.themes import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

LARGEST_SETTINGS = 256 * 1024
"""Bytes of a settings file; one by hand has a few hundred."""

_KEY = re.compile(r"""[ \t]*((?:"(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+|[ \t]*\.[ \t]*)+)[ \t]*=[ \t]*""")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEYS = "keys"
"""The table of the commands' keys."""


def _language(value: str) -> str:
    return Words(value).language


def _token(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{16,2000}", value):
        raise ValueRefusedError(message(N_("this is no token of TMDB; copy the API Read Access Token whole")))
    return value


def _calendar_server(value: str) -> str:
    from tui.base.servers import calendar_server

    return calendar_server(value)


READERS: dict[str, Callable[[str], str]] = {
    "language": _language,
    "theme": theme,
    "region": lambda value: country(value.upper()),
    "first_day": choice(tuple(FIRST_DAYS)),
    "catalog": str,
    "tmdb_token": _token,
    "caldav_url": _calendar_server,
    "caldav_user": clean,
    "caldav_calendar": clean,
}
"""For each setting what makes its value of the text in the file; it raises ValueRefusedError."""


class _Entry(NamedTuple):
    """A name with its value, or the head of a table."""

    path: tuple[str, ...]
    value: object
    line: int
    column: int
    value_column: int


def read(path: Path) -> Kept:
    """What the file says. Whatever is wrong becomes a problem with its place, and the rest holds. Raises nothing."""
    shown = told_path(path)

    def alone(text: Message, line: int = 1, column: int = 1) -> Kept:
        return Kept(problems=(Problem(shown, line, column, text, "warning"),))

    try:
        text = read_text(path)
        loads(text)
    except TOMLDecodeError as error:
        found = _AT.search(str(error))
        line, column = map(int, found.groups()) if found else (text.count("\n") + 1, 1)
        told = N_('this is not TOML, and nothing of the file holds; write name = "value", one in a line')
        return alone(message(told), line, column)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return alone(message(N_("the file is not UTF-8, and nothing of it holds; save it as UTF-8")), line)
    except FilmtuiError as error:
        return alone(error.message)
    except OSError as error:
        return alone(message(N_("the settings cannot be read: {why}"), why=reason_of(error)))
    except RecursionError:
        return alone(message(N_("nested too deeply, and nothing of the file holds")))
    kept = _judged(_entries(text), path, shown)
    if "tmdb_token" in kept.values and _seen_by_others(path):
        seen = message(N_("others on this machine can read the token in it; run chmod 600 {path}"), path=shown)
        kept = replace(kept, problems=(*kept.problems, Problem(shown, 1, 1, seen, "warning")))
    return kept


def _seen_by_others(path: Path) -> bool:
    try:
        return os.name == "posix" and bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def read_text(path: Path) -> str:
    """The text of a settings file. Raises OSError, UnicodeDecodeError, and ValueRefusedError where it can be none."""
    try:
        data = read_regular(path, LARGEST_SETTINGS + 1)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise ValueRefusedError(message(N_("not a file; the settings are one TOML file"))) from None
    if len(data) > LARGEST_SETTINGS:
        raise ValueRefusedError(message(N_("too large for a settings file, and nothing of it holds")))
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def _entries(text: str) -> Iterator[_Entry]:
    """Each statement of a valid file with its place, which tomllib does not tell.

    A statement is the least run of lines that is TOML by itself.
    """
    table: tuple[str, ...] = ()
    pending: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        pending.append(line)
        try:
            found = loads("\n".join(pending))
        except TOMLDecodeError:
            continue
        first, at = pending[0], number - len(pending) + 1
        pending = []
        column = len(first) - len(first.lstrip()) + 1
        if first.lstrip().startswith("["):
            table = _path(found)
            yield _Entry(table, None, at, column, column)
        else:
            key = _KEY.match(first)
            after = key.end() + 1 if key else column
            for path, value in _leaves(found):
                yield _Entry((*table, *path), value, at, column, after)


def _path(table: object) -> tuple[str, ...]:
    """The names on the way to the one table of a head."""
    if isinstance(table, list):
        return _path(table[0]) if table else ()
    if isinstance(table, dict) and table:
        ((name, inner),) = table.items()
        return (name, *_path(inner))
    return ()


def _leaves(table: dict[str, object]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            for path, leaf in _leaves(value):
                yield (name, *path), leaf
        else:
            yield (name,), value


def _judged(entries: Iterable[_Entry], file: Path, shown: str) -> Kept:
    values: dict[str, str] = {}
    keys: list[KeySetting] = []
    problems: list[Problem] = []
    unknown: set[str] = set()
    for entry in entries:
        name, *inner = entry.path
        try:
            if name == _KEYS:
                if inner:
                    keys.append(KeySetting(".".join(inner), _keys(entry.value), entry.line, entry.column))
                elif entry.value is not None and entry.value != {}:
                    raise ValueRefusedError(message(N_('keys are a table; write [keys], and below it next = "n"')))
            elif name in VARIABLES and not inner:
                values[name] = _value(name, entry.value, file)
            elif name not in unknown:
                unknown.add(name)
                problems.append(Problem(shown, entry.line, entry.column, _unknown(name), "warning"))
        except FilmtuiError as error:
            problems.append(Problem(shown, entry.line, entry.value_column, error.message, "warning"))
    return Kept(values, tuple(keys), tuple(problems))


def _value(name: str, value: object, file: Path) -> str:
    if not isinstance(value, str):
        raise ValueRefusedError(message(N_('write a text in quotes, such as {name} = "…"'), name=name))
    if name == "catalog":
        if not value:
            raise ValueRefusedError(message(N_("the catalog's path is empty; name a YAML file or a directory of them")))
        return str(place(file.parent / os.path.expanduser(value)))  # noqa: PTH111 (as `place`)
    return READERS[name](value)


def _keys(value: object) -> tuple[str, ...]:
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueRefusedError(message(N_('write a key or a list of keys, such as "n" or ["down", "n"]')))
    return tuple(keys)


def _unknown(name: str) -> Message:
    """A setting that there is none of, with the one that is spelled alike or else all."""
    known = (*VARIABLES, _KEYS)
    if near := nearest(name, known):
        return message(N_("unknown setting “{name}”; did you mean {near}?"), name=quoted(name, 40), near=near)
    names = ", ".join(known)
    return message(N_("unknown setting “{name}”; there are {names}"), name=quoted(name, 40), names=names)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is spelled most alike; empty where none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:80], list(known), 1, 0.6)), "")
