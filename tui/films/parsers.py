"""A field's text -> its value. Each raises ValueRefusedError with what would be right."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_, names
from tui.films import dates
from tui.films.terms import GENRES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

_ID = re.compile(r"[a-z0-9-]+")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+[^\s]*", re.IGNORECASE)
_GENRE_NAMES = {name: name for name in GENRES} | {"sci-fi": "science-fiction"}


def id(value: str) -> str:
    """Of a film: small letters, digits and hyphens."""
    if not _ID.fullmatch(value):
        raise ValueRefusedError(
            message(
                N_("“{value}” is not an id; write small letters, digits and hyphens, such as red-rooms"),
                value=quoted(value, 60),
            ),
        )
    return value


def text(value: str) -> str:
    """One clean line."""
    return _filled(clean(value))


def lines(value: str) -> str:
    """Clean, with its line breaks."""
    return _filled(clean(value, lines=True))


def _filled(value: str) -> str:
    if not value:
        raise ValueRefusedError(message(N_("empty; write a text or leave the field out")))
    return value


def flag(value: str) -> bool:
    return choice(("true", "false"))(value) == "true"


def choice(choices: tuple[str, ...]) -> Callable[[str], str]:
    """A parser of one of these."""
    allowed = frozenset(choices)

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueRefusedError(
                message(
                    N_("“{value}” is not one of {choices}"),
                    value=quoted(value, 40),
                    choices=", ".join(choices),
                ),
            )
        return value

    return read


def date(value: str) -> str:
    """Of a release: 2026-01-07, 2026-01, 2026-Q1 or 2026."""
    return str(dates.parse(value))


def day(value: str) -> dt.date:
    """2026-01-07."""
    return dates.parse_day(value)


def genre(value: str) -> str:
    """TMDB's name where it is one of those, in whatever case; else the text as it is."""
    name = text(value)
    return _GENRE_NAMES.get(name.lower().replace(" ", "-").replace("_", "-"), name)


def minutes(value: str) -> int:
    """1 to 9999."""
    if not re.fullmatch(r"[1-9]\d{0,3}", value, re.ASCII):
        raise ValueRefusedError(
            message(N_("“{value}” is not a number of minutes; write 98"), value=quoted(value, 40)),
        )
    return int(value)


@cache
def _territories() -> frozenset[str]:
    """ISO 3166-1's codes: CLDR's territories of two letters, less its own groupings."""
    own = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    return frozenset(code for code in names("en").territories if len(code) == 2) - own


@cache
def country(value: str) -> str:
    """An ISO 3166-1 code."""
    if value not in _territories():
        raise ValueRefusedError(
            message(N_("“{value}” is not a country; write its two letters, such as ID or US"), value=quoted(value, 40)),
        )
    return value


@cache
def language(value: str) -> str:
    """A BCP 47 tag whose language CLDR names."""
    if not (
        re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)
        and value.partition("-")[0].lower() in names("en").languages
    ):
        raise ValueRefusedError(
            message(N_("“{value}” is not a language; write its code, such as id or en"), value=quoted(value, 40)),
        )
    return value


def address(value: str) -> str:
    """Of a web page: http or https."""
    if not (_ADDRESS.fullmatch(value) and value.isprintable()):
        raise ValueRefusedError(
            message(N_("“{value}” is not a web address; begin it with https://"), value=quoted(value, 60)),
        )
    return value


def path(value: str) -> str:
    """Relative to the file that names it."""
    name = text(value)
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z][\w+.-]*:", name):
        raise ValueRefusedError(
            message(N_("“{value}” is not a path relative to this file; write posters/name.jpg"), value=name[:60]),
        )
    return name
