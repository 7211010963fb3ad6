"""A line or a row by the date in it: nothing but a date, a title and its date, a date and its title."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from tui.films.film import LONGEST_NAME
from tui.imports.sources import written
from tui.imports.sources.page.lines import TIME, Line
from tui.imports.sources.values import status_names

if TYPE_CHECKING:
    from tui.imports.sources.written import WrittenDate


def is_day(text: str) -> bool:
    """Whether the text is a date and no more than a note on it; a year by itself is as often a title."""
    return not text.isdigit() and day_of(text) is not None


class StatedDay(msgspec.Struct, frozen=True):
    """What is said of a day: the date, or what was written for it and is in no calendar."""

    when: WrittenDate | None = None
    wrong: str = ""
    status: str = "confirmed"


class DatedTitle(msgspec.Struct, frozen=True):
    """A title and the date beside it."""

    title: str
    dated: StatedDay


PREFIX = re.compile(
    r"(?:tanggal (?:rilis|tayang)(?: (?:awal|perdana|di (?:bioskop|indonesia)))?|jadwal (?:rilis|tayang|baru)"
    r"|(?:mulai |akan |siap |bakal )?tayang(?: mulai| perdana)?(?: di bioskop)?(?: indonesia)?|mulai|(?:di)?rilis"
    r"|release date|released?|releases|opens|opening|in (?:cinemas|theaters|theatres)|di bioskop|tanggal|date)"
    r"\s?(?:on|pada|tanggal|mulai)?\s?[:–—-]?\s?",
    re.IGNORECASE,
)

OPENING = re.compile(
    r"\b(?:tayang(?:nya)?|ditayangkan|penayangan|menayangkan|(?:di)?rilis(?:nya|kan)?|perilisan|diputar|menyapa|menghantui"
    r"|bioskop|release[sd]?|releasing|opens?|opening|hits?|arriv(?:es?|ing)|debuts?|theat(?:er|re)s?|theatrically|cinemas?"
    r"|lands?|premieres?|coming|comes|in select)\b",
    re.IGNORECASE,
)
"""The words by which running text says that a film opens."""
_MOVES = re.compile(
    r"(?:\s*[,(]?\s*(?:(?:di|ber|ter)?(?:akhirnya|mundur|maju|undur|tunda|geser|pindah|ganti|ubah)(?:kan)?|menjadi"
    r"|jadi|hingga|ke|kini|tanggal|pada|now|moved?|pushed|delayed|shifted|bumped|back|up|forward|to|until|on|→|->|=>|>)"
    r"(?:\s|,|$))+\s*",
    re.IGNORECASE,
)
_MOVE_WORD = re.compile(
    r"mundur|maju|undur|tunda|geser|pindah|menjadi|\bjadi\b|\bke\b|moved|pushed|delayed|shifted|bumped|\bto\b|now|kini|→|->|=>",
    re.IGNORECASE,
)
_BEFORE_MOVE = re.compile(
    r"\s*\b(?:dari(?: tanggal)?|from|semula|awalnya|sebelumnya|originally|previously)\s*$", re.IGNORECASE
)


def moved(text: str) -> str:
    """The text without a date that another one has taken the place of: 6 September 2024 mundur ke 8 November 2024."""
    if not _MOVE_WORD.search(text):
        return text
    found = [one for one in written.find(text) if one.exact]
    for one, other in reversed(list(itertools.pairwise(found))):
        between = text[one.end : other.start]
        if len(between) <= 60 and _MOVE_WORD.search(between) and _MOVES.fullmatch(between.strip(" ") + " "):
            text = _BEFORE_MOVE.sub(" ", text[: one.start]) + text[other.start :]
    return text


_LABELLED_DAY = re.compile(r"([^:：\t]{4,60})[:：\t]\s*(\S.*)")
_OPENING_LABEL = frozenset({"tayang", "rilis", "jadwal", "tanggal", "release", "releases", "date", "opens", "opening"})
_IN_DATE_LABEL = _OPENING_LABEL | frozenset({
    "awal", "baru", "lama", "semula", "sebelumnya", "terbaru", "perdana", "mulai", "akan", "di", "bioskop", "indonesia",
    "penayangan", "tayangnya", "rilisnya", "film", "hari", "old", "new", "original", "previous", "former", "us",
    "theatrical", "in", "cinemas", "theaters", "theatres", "premiere", "nasional", "serentak", "resmi", "tgl",
    "updated", "current", "the", "usa", "worldwide", "global", "to", "be", "pemutaran", "setelah", "mundur", "diundur",
})  # fmt: skip
_FORMER = frozenset({"awal", "lama", "semula", "sebelumnya", "old", "original", "previous", "former"})


def date_label(text: str) -> tuple[str, str] | None:
    """The label and the value of a line such as “Jadwal baru: 18 Desember 2026”, whose value begins with a date."""
    match = _LABELLED_DAY.fullmatch(text) if len(text) <= LONGEST_NAME and _FOUR_DIGITS.search(text) else None
    words = set(re.findall(r"[^\W_]+", match[1].lower())) if match else set()
    if match is None or not words & _OPENING_LABEL or not words <= _IN_DATE_LABEL:
        return None
    begins = any(one.start < 20 for one in written.find(match[2])) or written.impossible(match[2])
    return (match[1].strip(), match[2]) if begins else None


def is_former(label: str) -> bool:
    """Whether a label's date is one that was given up: Jadwal awal, Original date."""
    return not _FORMER.isdisjoint(re.findall(r"[^\W_]+", label.lower()))


_STATUSES = "|".join(rf"(?P<{status}>{'|'.join(called)})" for status, called in status_names().items())
_NOTE = re.compile(
    rf"[\s,;–—-]*[(\[]?\s*(?:{_STATUSES}|(?:di )?indonesia"
    r"|(?:di|in) (?:seluruh )?(?:bioskop|cinemas|theat(?:er|re)s)(?: indonesia)?)?\s*[)\]]*[\s.,;:]*",
    re.IGNORECASE,
)
_PARTING = " -–—|:;,~•·=>→"
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
"""Without them there is no date: what spares most lines the search for one."""


def _stated(text: str, end: int, when: WrittenDate | None, wrong: str) -> StatedDay | None:
    """A date behind which nothing stands but a note, a time or a bracket."""
    rest = text[end:]
    if time := TIME.match(rest):
        rest = rest[time.end() :]
    note = _NOTE.fullmatch(rest) if len(rest) < 60 else None
    return StatedDay(when, wrong, note.lastgroup or "confirmed") if note else None


def day_of(text: str) -> StatedDay | None:
    """A text that is a date and at most says that it is one, where or how sure: Tayang: 7 Januari 2026 (tentatif)."""
    if len(text) > 100 or not _FOUR_DIGITS.search(text):
        return None
    body = text.strip(" =#*_~").lstrip("([")
    if prefix := PREFIX.match(body):
        body = body[prefix.end() :].lstrip("([")
    if when := written.parse(body.rstrip(")].,; ")):
        return StatedDay(when)
    for found in written.find(body)[:1]:
        return _stated(body, found.end, found, "") if found.start == 0 else None
    if (wrong := written.impossible(body)) and body.startswith(wrong):
        return _stated(body, len(wrong), None, wrong)
    return None


def title_and_day(text: str) -> DatedTitle | None:
    """A title, then its date: Kuyank – 29 Januari 2026, Kuyank (29 Januari 2026)."""
    if len(text) > LONGEST_NAME or not _FOUR_DIGITS.search(text):
        return None
    found = written.find(text)
    wrong = written.impossible(text) or ""
    if found and (dated := _stated(text, found[-1].end, found[-1], "")):
        start = found[-1].start
    elif wrong and (dated := _stated(text, text.rindex(wrong) + len(wrong), None, wrong)):
        start = text.rindex(wrong)
    else:
        return None
    front = text[:start].rstrip()
    bare = front.rstrip("([").rstrip()
    for verb in PREFIX.finditer(bare, max(0, len(bare) - 30)):
        before = bare[: verb.start()].rstrip()
        if verb.end() == len(bare) and verb.start() and (before != before.rstrip(_PARTING + "([")):
            bare = before.rstrip("([").rstrip()
            break
    title = re.sub(r"\s?\.{4,}$|\s…$", "", bare.rstrip(_PARTING))
    if title.rfind("(") > max(title.rfind(")"), 0):  # Kebun (Drama, 7 Januari 2026)
        title = title[: title.rfind("(")].rstrip()
    separated = title != front
    if not title or not (separated or (dated.when and dated.when.exact) or dated.wrong):
        return None
    return DatedTitle(title, dated)


def day_and_title(text: str) -> DatedTitle | None:
    """A date, then its title: 29 Januari 2026: Kuyank, [29 Januari 2026] Kuyank."""
    if len(text) > LONGEST_NAME or not _FOUR_DIGITS.search(text):
        return None
    found = written.find(text)[:1]
    wrong = written.impossible(text) or ""
    opened = text[:1] in {"(", "["}
    if found and found[0].start == opened:
        dated, end = StatedDay(found[0]), found[0].end
    elif wrong and text.startswith(wrong, opened):
        dated, end = StatedDay(None, wrong), opened + len(wrong)
    else:
        return None
    rest = text[end:]
    if opened:
        rest = rest.lstrip(")] ")
    title = rest.lstrip(_PARTING)
    separated = opened or rest.strip() != title.strip()
    if not title or not (separated or (dated.when and dated.when.exact) or dated.wrong):
        return None
    return DatedTitle(title, dated)


def holds_day(text: str) -> bool:
    """Whether the text is a date or has one at an end."""
    return is_day(text) or bool(title_and_day(text) or day_and_title(text))


def row_of(cells: list[str], place: int, column: int | None) -> tuple[DatedTitle | None, DatedTitle | None] | None:
    """The two readings of a table's row, the place-th of its list; None if it has no cells or no date among them.

    `column` is where most rows have a date.
    """
    days = [(at, day) for at, cell in enumerate(cells) if (day := day_of(cell))]
    days = [(at, day) for at, day in days if at == column] or days
    days = [(at, day) for at, day in days if not cells[at].isdigit()] or days
    if len(cells) < 2 or not days:
        return None
    (first, early), (last, late) = days[0], days[-1]
    titles = [at for at in range(len(cells)) if at not in dict(days)]
    if not titles:
        return DatedTitle(cells[first], late), DatedTitle(cells[last], early)
    if len(titles) > 1 and titles[0] == 0 and cells[0].rstrip(".)") == str(place):
        del titles[0]
    inline = DatedTitle(cells[titles[0]], early)
    return (None, inline) if first < titles[0] else (inline, None)


def date_column(lines: list[Line]) -> int | None:
    """Which cell of the rows of a list is a date most often; None if none is or two are."""
    votes = Counter(
        at
        for line in lines
        if len(line.text) <= LONGEST_NAME and ("\t" in line.text or "|" in line.text)
        for at, cell in enumerate(cells_of(line.text))
        if is_day(cell)
    ).most_common(2)
    return votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else None


def cells_of(text: str) -> list[str]:
    """A row's cells that are not empty."""
    return [cell for cell in map(str.strip, re.split(r"[\t|]", text)) if cell]


def year_behind(title: str) -> int | None:
    """The year that is in brackets behind a title: Anaconda (2025)."""
    match = re.search(r"\(((?:19|20|21)[0-9]{2})\)$", title)
    return int(match[1]) if match else None
