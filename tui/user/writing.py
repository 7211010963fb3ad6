"""Writes into the settings file what was chosen in the program; comments, order and all else stay as they are."""

from __future__ import annotations

import re
from tomllib import TOMLDecodeError
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from tui.base.disk import replace_file
from tui.base.errors import ValueRefusedError, message
from tui.base.words import N_
from tui.user.file import read_text
from tui.user.settings import DEFAULTS, told_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tui.base.words import Words

ABOUT = {
    "language": N_("The language: id or en."),
    "theme": N_("The theme: auto, dark, light, ansi, or the name of one of Textual's, such as nord."),
    "region": N_("The country whose releases are shown, two letters."),
    "first_day": N_("The first day of a week: monday or sunday."),
    "catalog": N_("The catalog: a YAML file or a directory of them."),
    "tmdb_token": N_("The token by which TMDB is asked, from themoviedb.org/settings/api; keep this file to yourself."),
    "caldav_url": N_("The calendar server that films are published to; its password stands in no file."),
    "caldav_user": N_("Your name on the calendar server."),
    "caldav_calendar": N_("The calendar that is published to, by its name; it is made if there is none."),
}
"""What each setting is, as the file and `filmtui config` say it; message ids."""


_EXAMPLES = {
    "catalog": "~/films", "tmdb_token": "eyJhbGciOiJIUzI1NiJ9...",
    "caldav_url": "https://cloud.example.org/remote.php/dav/", "caldav_user": "budi", "caldav_calendar": "Bioskop",
}  # fmt: skip
"""Of settings that are empty unless somebody sets them."""


def template(words: Words, keys: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """A file that changes nothing: each setting with what holds unasked, behind a #. `keys`: each command's."""
    first = words.gettext("Settings of filmtui. Take away the # in front of what is to hold.")
    lines = [f"# {first}"]
    for name, about in ABOUT.items():
        lines += ["", "# " + words.gettext(about), f"# {name} = {_quoted(DEFAULTS[name] or _EXAMPLES[name])}"]
    told = words.gettext("Keys of commands, one or a list; those that are given here replace a command's own.")
    lines += ["", f"# {told}", "[keys]"]
    for command, own in keys:
        written = ", ".join(map(_quoted, own))
        lines.append(f"# {command} = {written if len(own) == 1 else f'[{written}]'}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return tomlkit.item(text).as_string()


def write_settings(path: Path, values: Mapping[str, str], empty: str) -> None:
    """Set these settings in the file, which is begun as `empty` where there is none.

    Raises ValueRefusedError where the file is not TOML now, and OSError.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = empty
    except (UnicodeDecodeError, TOMLDecodeError):
        raise _unwritable(path) from None
    for name, value in values.items():
        text = _set(text, name, value, path)
    replace_file(path, text.encode(), private=True)


def _set(text: str, name: str, value: str, path: Path) -> str:
    try:
        document = tomlkit.parse(text)
        if name not in document:
            # in the place of the line that the template has for it, if it is still there
            head, keys, tail = text.partition("\n[")
            setting = f"{name} = {_quoted(value)}"
            head, found = re.subn(rf"(?m)^#[ \t]*{name}[ \t]*=.*$", lambda _: setting, head, count=1)
            if found:
                return head + keys + tail
        document[name] = value
    except TOMLKitError:
        raise _unwritable(path) from None
    return tomlkit.dumps(document)


def _unwritable(path: Path) -> ValueRefusedError:
    told = N_("{path} is not TOML, so nothing is written into it; mend it with filmtui config --edit")
    return ValueRefusedError(message(told, path=told_path(path)))
