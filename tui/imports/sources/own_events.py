"""An event that filmtui has exported, read back to what the catalog said; exports/event.py writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.base.errors import ValueRefusedError
from tui.films.dates import parse
from tui.films.film import STATUSES, TYPES, Film, Release
from tui.imports.sources.values import genre, line, links, status_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_UID = re.compile(rf"(?P<id>[a-z0-9-]{{1,200}})\.(?P<region>[A-Z]{{2}})\.(?P<type>{'|'.join(TYPES)})(?:\.\d+)?@filmtui")


def own_event(text: Callable[[str], Any], day: date, categories: list[str]) -> Film | None:
    """The film with its one release; None where it is another program's event.

    `text` gives a property's text, None where there is none. What a description is put together from is not taken: as
    a synopsis it would differ from the catalog's own.
    """
    known = _UID.fullmatch(text("UID") or "")
    if not known or known["id"] != text("X-FILMTUI-ID"):
        return None
    title = line(text("X-FILMTUI-TITLE") or text("SUMMARY") or "")
    status = text("X-FILMTUI-STATUS") or status_of(text("STATUS") or "")
    release = Release(
        date=_date(text("X-FILMTUI-DATE"), day),
        type=known["type"],
        region=known["region"],
        status=status if status in STATUSES else "confirmed",
    )
    return Film(
        id=known["id"],
        title=title,
        releases=(release,),
        genres=tuple(dict.fromkeys(filter(None, map(genre, categories[:-1])))),  # the last is the kind of release
        links=links([text("URL") or ""]),
    )


def _date(written: str | None, day: date) -> str | None:
    """The day, unless less than a day is known."""
    if written is None:
        return day.isoformat()
    try:
        return str(parse(written)) or None
    except ValueRefusedError:
        return None
