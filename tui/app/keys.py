"""The names of keys, and which keys the commands have once the settings file was read. Loads no Textual."""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING

from tui.base.errors import Problem, message
from tui.base.text import quoted
from tui.base.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.base.errors import Message
    from tui.user.settings import KeySetting

_CALLED = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
           "plus_sign": "plus", "low_line": "underscore"}  # fmt: skip


def _name_of(character: str) -> str:
    """What Textual calls a character that is no letter and no digit."""
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _CALLED.get(name, name)


_SIGNS = {_name_of(sign): sign for sign in string.punctuation}
_SHOWN = {"up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}
_NAMED = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter",
          "tab", "escape", "space", *(f"f{number}" for number in range(1, 25))}  # fmt: skip
_ALSO = {"pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "return": "enter", "del": "delete", "ins": "insert",
         "↑": "up", "↓": "down", "←": "left", "→": "right"}  # fmt: skip
_WITH = {"ctrl", "alt", "shift"}

FIXED_KEYS = ("ctrl+q", "ctrl+c")
"""They leave, whatever the settings say: in a sheet too, and where all other keys were given away."""


def key_name(key: str) -> str:
    """A key of Textual's as it is printed: ctrl+b is Ctrl+B."""
    if len(key) == 1:
        return key
    return "+".join(part.upper() if len(part) == 1 else _shown(part) for part in key.split("+"))


def _shown(name: str) -> str:
    if name in _NAMED or name in _WITH:
        return _SHOWN.get(name, name.capitalize())
    try:
        return _SIGNS.get(name) or unicodedata.lookup(name.replace("_", " "))
    except KeyError:  # a sign with a hyphen in its name
        return name


def plain_name(key: str) -> str:
    """A key of Textual's as one writes it in the settings file; `textual_key` reads it."""
    return _SIGNS.get(key, key)


def textual_key(written: str) -> str | None:
    """What Textual calls a key as people write it, such as “/”, “PgUp” or “Ctrl+N”; None where there is none."""
    if len(written) == 1 and written not in _ALSO:
        if written.isalnum():
            return written
        return (_name_of(written) or None) if written.isprintable() and written != " " else None
    *held, last = written.split("+") if not written.endswith("+") else [*written[:-2].split("+"), "+"]
    name = last.lower()
    name = _ALSO.get(name, name)
    key = name if name in _NAMED or name in _SIGNS else textual_key(name if held else last) if len(last) == 1 else None
    held = sorted(part.lower() for part in held)
    if key is None or not set(held) <= _WITH or len(set(held)) < len(held):
        return None
    if held == ["shift"] and len(key) == 1:
        return key.upper()
    return "+".join([*held, key])


def assigned(
    own: Mapping[str, tuple[str, ...]], given: Iterable[KeySetting], file: str
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The keys of each command, `own` by its id, where the settings file gives others; and what of it is wrong.

    A key that is given to a command is taken from the one that has it of its own; of two that are given it the first
    one has it.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    holders: dict[str, str] = {}
    problems: list[Problem] = []
    places: dict[str, KeySetting] = {}

    def tell(setting: KeySetting, text: Message) -> None:
        problems.append(Problem(file, setting.line, setting.column, text, "warning"))

    for setting in given:
        command = setting.command
        if command not in own:
            tell(setting, _unknown(command, own))
            continue
        keys = []
        for written in setting.keys:
            key, shown = textual_key(written), quoted(written, 20)
            if key is None:
                sentence = N_("“{key}” is no key; write one such as n, N, /, f2, space, ctrl+n or pgdn")
                tell(setting, message(sentence, key=shown))
            elif key in FIXED_KEYS and command != "leave":
                tell(setting, message(N_("{key} always leaves; choose another key"), key=key_name(key)))
            elif holders.get(key, command) != command:
                sentence = N_("{key} is {other} already; choose another key for {command}")
                tell(setting, message(sentence, key=key_name(key), other=holders[key], command=command))
            else:
                holders[key] = command
                places[key] = setting
                keys.append(key)
        if keys:
            chosen[command] = tuple(dict.fromkeys(keys))
    found = dict(own)
    for command, keys_of_it in own.items():
        found[command] = chosen.get(command) or tuple(
            key for key in keys_of_it if holders.get(key, command) == command or key in FIXED_KEYS
        )
        if not found[command]:
            key = next(key for key in keys_of_it if key in holders)
            sentence = N_("{key} was the key of {command}, which has none now; give it another one")
            tell(places[key], message(sentence, key=key_name(key), command=command))
    return found, sorted(problems, key=lambda problem: (problem.line, problem.column))


def _unknown(command: str, own: Iterable[str]) -> Message:
    from difflib import get_close_matches

    if near := get_close_matches(command[:80], list(own), 1, 0.6):
        return message(N_("unknown command “{name}”; did you mean {near}?"), name=quoted(command, 40), near=near[0])
    return message(
        N_("unknown command “{name}”; there are {commands}"), name=quoted(command, 40), commands=", ".join(own)
    )
