"""Films as a message for WhatsApp: titles and days in bold, in parts of a fair length, no title taken for a mark."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from tui.exports.links import first_link
from tui.films import spoken, terms
from tui.films.dates import from_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from tui.base.words import Words
    from tui.films.film import Film
    from tui.index.query import Row

LONGEST = 3_500
"""Characters of a part: the interface for programs takes 4,096."""
_LONGEST_LINK = 400
_GENRES = 3
_SOURCES = 3

_ALIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_MARK_IN_LINK = re.compile(r"(?<![0-9A-Za-z])[*_~`]|[*_~`](?![0-9A-Za-z])|[*`]")
"""Between letters these are no marks, and a link with them in it stays readable."""


def unmarked(text: str) -> str:
    """The text with letters that look like WhatsApp's marks instead of them: it has no sign that escapes one."""
    return text.translate(_ALIKE)


def film_message(row: Row, film: Film, words: Words) -> str:
    """One release of a film: its title, day, genres, facts, link and source, a line each."""
    lines = [f"*{unmarked(film.title)}*"]
    if film.other_title:
        lines.append(f"_{unmarked(film.other_title)}_")
    day = spoken.full(row.when, words)
    lines.append(f"{day} ({', '.join(marks)})" if (marks := terms.unusual(row, words)) else day)
    genres = unmarked(terms.genres(film.genres[:_GENRES], words))
    facts = [f"_{genres}_" if genres else "", *terms.measures(film, words)]
    lines += [" · ".join(filter(None, facts)), _link(film)]
    sources = _Sources()
    sources.note(row, film)
    return "\n".join(filter(None, [*lines, sources.line(words)])) + "\n"


def messages(
    entries: Iterable[tuple[Row, Film]], words: Words, week_of: Callable[[date], date], heading: str = ""
) -> Iterator[str]:
    """Parts of at most LONGEST characters, each of whole weeks where a week is no longer than that.

    A day is a bold line, its films are bullets below it. `week_of` gives the first day of a day's week; `heading` is a
    line above the first part. The last part ends with the sources.
    """
    sources = _Sources()
    above = f"*{unmarked(heading)}*\n\n" if heading else ""
    part = ""

    def start(entry: tuple[Row, Film]) -> object:
        key = entry[0].key
        day = from_key(key).exact
        return week_of(day) if day else key

    for _, entries_of in groupby(entries, key=start):
        week, above = above, ""
        for key, films in groupby(entries_of, key=lambda entry: entry[0].key):
            label = f"*{spoken.full(from_key(key), words)}*\n"
            said = False
            for row, film in films:
                sources.note(row, film)
                item = _item(row, film, words)
                if not said:
                    item = ("\n" if week and not week.endswith("\n\n") else "") + label + item
                if len(week) + len(item) > LONGEST:
                    if part:
                        yield part
                    yield week
                    part, week = "", ""
                    item = label + _item(row, film, words)
                week += item
                said = True
        if part and len(part) + 1 + len(week) > LONGEST:
            yield part
            part = ""
        part = f"{part}\n{week}" if part else week
    end = sources.line(words)
    if end and len(part) + len(end) + 2 > LONGEST:
        yield part
        part = ""
    part = part or above.removesuffix("\n")
    if whole := "\n".join(filter(None, [part, end and f"{end}\n"])):
        yield whole


def whatsapp(
    entries: Iterable[tuple[Row, Film]], words: Words, week_of: Callable[[date], date], heading: str = ""
) -> Iterator[str]:
    """The parts as lines, with two empty ones between them."""
    empty = True
    for part in messages(entries, words, week_of, heading):
        if not empty:
            yield from ("", "")
        empty = False
        yield part.removesuffix("\n")
    if empty:
        yield words.gettext("No films.")


def _item(row: Row, film: Film, words: Words) -> str:
    """- *Greenland: Migration* (98 menit, 13+) — _laga, thriller_, and its link in a line of its own."""
    text = f"- *{unmarked(film.title)}*"
    if facts := [*terms.unusual(row, words), *terms.measures(film, words)]:
        text += f" ({', '.join(facts)})"
    if genres := unmarked(terms.genres(film.genres[:_GENRES], words)).lower():
        text += f" — _{genres}_"
    return "\n  ".join(filter(None, [text, _link(film)])) + "\n"


def _link(film: Film) -> str:
    """Its first link, in which nothing is a mark; none that is longer than a message can bear."""
    link = quote(first_link(film), safe="!#$%&'()*+,/:;=?@[]_~")
    link = _MARK_IN_LINK.sub(lambda mark: f"%{ord(mark[0]):02X}", link)
    return link if len(link) <= _LONGEST_LINK else ""


class _Sources:
    """The first sources of what is told, each by the name that stands before a comma or a semicolon."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._more = False

    def note(self, row: Row, film: Film) -> None:
        name = re.split("[,;]", film.rows[row.ordinal].source or "")[0].strip()[:60]
        if name and name not in self._names:
            self._more = len(self._names) == _SOURCES
            if not self._more:
                self._names[name] = None

    def line(self, words: Words) -> str:
        names = ", ".join([*map(unmarked, self._names), *(["…"] if self._more else [])])
        return words.gettext("Source: {names}").format(names=names) if names else ""
