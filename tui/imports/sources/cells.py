"""The cells of a table's row as the fields of a film."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.base.errors import message
from tui.base.text import clean
from tui.base.words import N_
from tui.films.film import LONGEST_TEXT, STATUSES, TYPES, Credit, Film, Prose, Release
from tui.films.terms import GENRES
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    SYNOPSIS_TOO_LONG,
    country,
    genre,
    genres,
    line,
    lines,
    links,
    listed,
    minutes,
    rating,
    status_of,
    tongue,
    type_of,
    web,
)

if TYPE_CHECKING:
    from tui.base.errors import Message
    from tui.imports.sources.incoming import Problems

_LISTS = ("genres", "countries", "languages", "directors", "writers", "producers", "companies")

OWN_COLUMNS = frozenset({
    "id", "title", "original_title", "date", "type", "region", "status", "source", *_LISTS, "runtime", "rating",
    "distributor", "cast", "synopsis_id", "synopsis_en",
})  # fmt: skip
"""What filmtui writes itself: there the lists are parted by “; ” and nothing else, and an id is a catalog's."""


class Cells:
    """Reads the cells of a table's rows; what cannot be read is reported."""

    def __init__(self, report: Problems) -> None:
        self._report = report
        self.own = False
        """Whether the table is one that filmtui wrote."""

    def film(self, values: dict[str, str], number: int, title: str, release: Release) -> Film:
        synopsis = {}
        for key, field in (("plain", "synopsis"), ("id", "synopsis_id"), ("en", "synopsis_en")):
            text = values.get(field, "")
            if about := lines(text):
                synopsis[key] = about
            elif text:
                self._report(number, message(SYNOPSIS_TOO_LONG, count=LONGEST_TEXT))
        lists = {field: values.get(field, "") for field in _LISTS}
        return Film(
            id=self._id(values.get("id", "")),
            title=title,
            original_title=line(values.get("original_title", "")) or None,
            releases=(release,) if release != Release() else (),
            genres=self._genres(lists["genres"]),
            runtime=self._value(values, "runtime", number),
            rating=self._value(values, "rating", number),
            countries=self._codes("countries", lists["countries"], number),
            languages=self._codes("languages", lists["languages"], number),
            directors=self._parts(lists["directors"]),
            writers=self._parts(lists["writers"]),
            producers=self._parts(lists["producers"]),
            companies=self._parts(lists["companies"]),
            distributor=line(values.get("distributor", "")) or None,
            cast=self._cast(values.get("cast", "")),
            synopsis=Prose(**synopsis) if synopsis else None,
            links=self._links(values.get("links", ""), number),
        )

    def placed(self, values: dict[str, str], number: int) -> dict[str, Any] | None:
        """The release's fields but for the date; None, and reported, if one cannot be read."""
        read: dict[str, Any] = {}
        for field, read_one in (("type", type_of), ("status", status_of), ("region", country)):
            if field in values:
                known = read_one(values[field])
                if known is None:
                    self._report(number, _unknown(field, values[field]))
                    return None
                read[field] = known
        if source := line(values.get("source", "")):
            read["source"] = source
        return read

    def _id(self, text: str) -> str:
        """A catalog's; other tables number their rows, or have the ids of other places."""
        known = re.fullmatch(r"[a-z0-9-]{1,200}", text)
        return text if known and (self.own or re.search("[a-z]", text)) else ""

    def _value(self, values: dict[str, str], field: str, number: int) -> Any:
        """The runtime or rating; None, and reported, if it cannot be read."""
        text = values.get(field, "")
        if field == "rating" and re.fullmatch(r"(?:10|[0-9])(?:[.,][0-9]+)?(?:/10?)?", text):
            return None  # stars, not an age
        if field == "rating":
            found: int | str | None = rating(text)
        else:
            found = int(text) if self.own and re.fullmatch(r"[1-9][0-9]{0,3}", text) else minutes(text)
        if text and found is None:
            shown = clean(text[:40])
            self._report(
                number,
                message(NO_LENGTH if field == "runtime" else NO_CLASS, value=shown),
            )
        return found

    def _parts(self, text: str) -> tuple[str, ...]:
        return listed(text.replace("; ", "\0"), "\0") if self.own else listed(text)

    def _codes(self, field: str, text: str, number: int) -> tuple[str, ...]:
        found = []
        for part in self._parts(text):
            code = country(part) if field == "countries" else tongue(part)
            if code is None:
                self._report(number, _unknown(field, part))
            else:
                found.append(code)
        return tuple(dict.fromkeys(found))

    def _genres(self, text: str) -> tuple[str, ...]:
        if not self.own:
            return genres(text)
        return tuple(known if (known := genre(part)) in GENRES else part for part in self._parts(text))

    def _cast(self, text: str) -> tuple[Credit, ...]:
        mark = r"\s+as\s+" if self.own else r"\s+(?:sebagai|as)\s+|\s+(?=\([^()]+\)$)"
        found: dict[str, Credit] = {}
        for part in self._parts(text):
            name, *role = re.split(mark, part, maxsplit=1)
            played = role[0] if role else ""
            if not self.own and played.startswith("(") and played.endswith(")"):
                played = played[1:-1]
            if name:
                found.setdefault(f"{name}\0{played}", Credit(name=name, role=played.strip() or None))
        return tuple(found.values())

    def _links(self, text: str, number: int) -> dict[str, str]:
        named: dict[str, str] = {}
        others: list[str] = []
        for part in filter(None, re.split(r"[;,]?\s+|;", text)[:99]):
            name, mark, address = part.partition("=") if re.match(r"\w{1,40}=https?:", part) else ("", "", part)
            if not web(address):
                wrong = N_("“{value}” is not a web address; begin it with https://")
                self._report(number, message(wrong, value=clean(address[:60])))
            elif mark:
                named[name] = address
            else:
                others.append(address)
        return links(others) | named


def _unknown(field: str, text: str) -> Message:
    shown = clean(text[:40])
    if field == "languages":
        return message(N_("“{value}” is not a language; write its code, such as id or en"), value=shown)
    if field in {"region", "countries"}:
        return message(N_("“{value}” is not a country; write its two letters, such as ID or US"), value=shown)
    choices = TYPES if field == "type" else STATUSES
    return message(N_("“{value}” is not one of {choices}"), value=shown, choices=", ".join(choices))
