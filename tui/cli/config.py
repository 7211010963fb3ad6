"""The command config: where the settings are, what holds, and where each value comes from."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

import click
import msgspec

from tui.app.commands import key_problems, written_keys
from tui.base.errors import FilmtuiError, message
from tui.base.text import clean
from tui.base.words import N_
from tui.cli.localised import Localised, State, everywhere
from tui.cli.shared import format_option, write
from tui.user.places import settings_file
from tui.user.settings import (
    DEFAULT,
    FILE,
    FIRST_DAYS,
    OPTION,
    kept_settings,
    told_path,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path

    from tui.base.words import Words
    from tui.user.settings import Settings

_FROM = {OPTION: N_("option"), FILE: N_("file"), DEFAULT: N_("default")}


@click.command(cls=Localised, help=N_("Show or edit the settings."))
@everywhere
@click.option("--edit", is_flag=True, help=N_("Open the file in your editor; it is made if there is none."))
@click.option("--path", is_flag=True, help=N_("Show where the file is, and nothing else."))
@format_option("text", "json")
@click.pass_context
def config(ctx: click.Context, edit: bool, path: bool, form: str) -> int:
    state = ctx.find_object(State)
    assert state is not None
    state.tells = False
    file = settings_file()
    if path:
        write([str(file)])
        return 0
    if edit:
        return _edit(file, state.words)
    settings = msgspec.structs.replace(state.settings, kept=key_problems(state.settings.kept))
    if form == "json":
        write([_json(settings, file, state.words)])
    else:
        write(_text(settings, file, state.words))
    return 0


def _values(settings: Settings) -> dict[str, str]:
    first_day = next(name for name, number in FIRST_DAYS.items() if number == settings.first_day)
    return {
        "language": settings.language,
        "theme": settings.theme,
        "region": settings.region,
        "first_day": first_day,
        "catalog": str(settings.places.catalog),
        "tmdb_token": "…" if settings.tmdb_token else "",
        "caldav_url": settings.caldav_url,
        "caldav_user": settings.caldav_user,
        "caldav_calendar": settings.caldav_calendar,
    }


def _text(settings: Settings, file: Path, words: Words) -> list[str]:
    _ = words.gettext
    lines = [told_path(file)]
    if not os.path.lexists(file):
        lines[0] += " · " + _("not there; filmtui config --edit makes it")
    values = {name: clean(value) for name, value in _values(settings).items()}
    wide, first = max(map(len, values.values())), max(map(len, values))
    lines.append("")
    for name, value in values.items():
        origin = settings.origins[name]
        source = _(_FROM[origin]) if origin in _FROM else origin
        lines.append(f"{name:<{first}} {value:<{min(wide, 40)}} {source}")
    for number, setting in enumerate(settings.kept.keys):
        label = "" if number else "keys"
        lines.append(f"{label:<{first}} {clean(setting.command)} = {' '.join(map(clean, setting.keys))}")
    if settings.kept.problems:
        lines += ["", *(problem.text(words) for problem in settings.kept.problems)]
    return lines


def _json(settings: Settings, file: Path, words: Words) -> str:
    """file, there; settings: value and from of each; keys; problems: path, line, column, message."""
    import json

    from tui.exports.problems import record

    found = {
        "file": str(file),
        "there": os.path.lexists(file),
        "settings": {
            name: {"value": value, "from": settings.origins[name]} for name, value in _values(settings).items()
        },
        "keys": {setting.command: list(setting.keys) for setting in settings.kept.keys},
        "problems": [record(problem, words) for problem in settings.kept.problems],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _edit(file: Path, words: Words) -> int:
    """Open the file in the editor, and tell what is wrong in it afterwards. The editor's exit code."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(editor or "")
    except ValueError:
        command = []
    if not command:
        text = N_("no editor is known; name one in VISUAL or EDITOR, or open {path}")
        raise FilmtuiError(message(text, path=clean(str(file))))
    if not os.path.lexists(file):
        from tui.base.disk import replace_file
        from tui.user.writing import template

        replace_file(file, template(words, written_keys()).encode(), private=True)
    try:
        status = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603 (the user's own editor)
    except (FileNotFoundError, PermissionError):
        text = N_("the editor “{editor}” cannot be started; name another one in VISUAL or EDITOR")
        raise FilmtuiError(message(text, editor=clean(command[0]))) from None
    for problem in key_problems(kept_settings()).problems:
        click.echo(problem.text(words), err=True)
    return 1 if status else 0
