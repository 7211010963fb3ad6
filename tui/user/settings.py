"""What the user has chosen: options, then the environment, then the settings file, then what holds unasked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec

from tui.base.errors import FilmtuiError, Problem, ValueRefusedError, message
from tui.base.text import clean
from tui.base.words import LANGUAGES, N_
from tui.films.dates import parse_day
from tui.films.film import HOME_REGION
from tui.user.places import (
    Places,
    cache_folder,
    catalog_at,
    settings_file,
    shipped_catalog,
    stars_file,
    state_folder,
    user_catalog,
)

OPTION, FILE, DEFAULT = "option", "file", "default"
"""Where a value comes from, if not from a variable of the environment."""

VARIABLES = {
    "language": "FILMTUI_LANG",
    "theme": "FILMTUI_THEME",
    "region": "FILMTUI_REGION",
    "first_day": "FILMTUI_FIRST_DAY",
    "catalog": "FILMTUI_CATALOG",
    "tmdb_token": "FILMTUI_TMDB_TOKEN",
    "caldav_url": "FILMTUI_CALDAV_URL",
    "caldav_user": "FILMTUI_CALDAV_USER",
    "caldav_calendar": "FILMTUI_CALDAV_CALENDAR",
}
"""The settings, each with its variable of the environment; `tui.user.file` says what the file may hold of each."""

DEFAULTS = {
    "language": "id", "theme": "auto", "region": HOME_REGION, "first_day": "monday", "catalog": "", "tmdb_token": "",
    "caldav_url": "", "caldav_user": "", "caldav_calendar": "",
}  # fmt: skip
"""What holds unasked. No theme means that the terminal tells whether it is dark; no catalog the user's own over the
shipped one."""

FIRST_DAYS = {"monday": 0, "sunday": 6}
"""As `date.weekday` counts."""


class KeySetting(msgspec.Struct, frozen=True):
    """The keys that the settings file gives a command."""

    command: str
    """Its id, as it is written."""
    keys: tuple[str, ...]
    line: int
    column: int
    """Of the id in the file, from 1."""


class Kept(msgspec.Struct, frozen=True):
    """What the settings file says."""

    values: dict[str, str] = {}
    """By the names of VARIABLES, each as its reader gives it."""
    keys: tuple[KeySetting, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What of it could not be taken."""


class Settings(msgspec.Struct, frozen=True):
    """How this run was asked for."""

    places: Places
    language: str
    """As it was given; `Words` says whether the program speaks it."""
    follows: bool = False
    """Whether today is the clock's day, which moves on at midnight, and not one that somebody named."""
    theme: str = DEFAULTS["theme"]
    region: str = HOME_REGION
    """The country whose releases the calendar shows."""
    first_day: int = 0
    """Of a week, as `date.weekday` counts."""
    tmdb_token: str = ""
    """What TMDB knows the user by; a secret, which is shown and logged nowhere."""
    caldav_url: str = ""
    """The calendar server that is published to; its password stands in no file."""
    caldav_user: str = ""
    caldav_calendar: str = ""
    """The calendar's name there; empty: film releases, in the user's language."""
    kept: Kept = Kept()
    """What the settings file says, whether it holds or not."""
    origins: dict[str, str] = {}
    """For each of VARIABLES where its value comes from: OPTION, FILE, DEFAULT, or the name of a variable."""

    @property
    def read_only(self) -> bool:
        """Whether the calendar is only looked at."""
        return self.places.read_only

    def for_reading(self) -> Settings:
        """The same for somebody who may only look, and is told nothing of the owner's secrets and settings file."""
        places = msgspec.structs.replace(self.places, read_only=True, starred=None)
        own = dict.fromkeys(("tmdb_token", "caldav_url", "caldav_user", "caldav_calendar"), "")
        return msgspec.structs.replace(self, places=places, kept=Kept(keys=self.kept.keys), **own)


def settings(catalog: str | None = None, language: str | None = None, today: str | None = None) -> Settings:
    """The settings of a run with these options; None where an option was not given.

    What is wrong in the settings file is among its problems. Raises ValueRefusedError for a wrong option or variable,
    OSError as `Places` does.
    """
    kept = kept_settings()
    given, origins = dict(DEFAULTS), dict.fromkeys(DEFAULTS, DEFAULT)
    for name, variable in VARIABLES.items():
        option = {"catalog": catalog, "language": language}.get(name)
        if option is not None:
            given[name], origins[name] = option, OPTION
        elif value := os.environ.get(variable):
            given[name], origins[name] = _of_environment(name, variable, value), variable
        elif name in kept.values:
            given[name], origins[name] = kept.values[name], FILE
    if origins["theme"] is DEFAULT and (general := os.environ.get("TEXTUAL_THEME")):
        from tui.user.themes import TEXTUAL_THEMES

        if general in TEXTUAL_THEMES:
            given["theme"], origins["theme"] = general, "TEXTUAL_THEME"
    shipped = None
    if origins["catalog"] is not DEFAULT:
        root = catalog_at(given["catalog"])
    elif (own := user_catalog()) is not None:
        root, shipped = own, shipped_catalog()
    else:
        root = shipped_catalog()
    day = today or os.environ.get("FILMTUI_TODAY")
    return Settings(
        places=Places(
            catalog=root,
            shipped=shipped,
            cache=cache_folder(),
            state=state_folder(),
            starred=stars_file(),
            today=parse_day(day) if day else clock(),
        ),
        language=given["language"],
        follows=not day,
        theme=given["theme"],
        region=given["region"],
        first_day=FIRST_DAYS[given["first_day"]],
        tmdb_token=given["tmdb_token"],
        caldav_url=given["caldav_url"],
        caldav_user=given["caldav_user"],
        caldav_calendar=given["caldav_calendar"],
        kept=kept,
        origins=origins,
    )


def _of_environment(name: str, variable: str, value: str) -> str:
    """A variable's value. Raises ValueRefusedError, which names the variable."""
    if name in {"language", "catalog"}:
        return value  # read by `Words` and `catalog_at`
    from tui.user.file import READERS

    try:
        return READERS[name](value)
    except FilmtuiError as error:
        raise ValueRefusedError(message(N_("{name}: {what}"), name=variable, what=error.message)) from None


def kept_settings() -> Kept:
    """What the settings file says; nothing where there is none. Raises nothing."""
    path = settings_file()
    try:
        there = os.path.lexists(path)
    except ValueError:  # a path that no file can have
        there = False
    if not there:
        return Kept()
    from tui.user.file import read

    return read(path)


def first_language() -> str:
    """The language that the environment or the settings file asks for, before any option is known."""
    wanted = os.environ.get("FILMTUI_LANG") or kept_settings().values.get("language")
    return wanted if wanted in LANGUAGES else DEFAULTS["language"]


def clock() -> date:
    """The day on the user's own clock."""
    return date.today()  # noqa: DTZ011


def told_path(path: Path) -> str:
    """A path in a sentence: with ~ for the home folder, cleaned; bytes that are not UTF-8 become U+FFFD."""
    return clean(os.fsencode(named_from_home(path)).decode(errors="replace"))


def named_from_home(path: Path) -> str:
    """A path as people write it: with ~ for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
