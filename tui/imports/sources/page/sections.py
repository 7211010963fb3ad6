"""The parts of a page: the lines below each of its labels."""

from __future__ import annotations

import msgspec

from tui.imports.sources.page.dated import is_day
from tui.imports.sources.page.kinds import HEADING
from tui.imports.sources.page.lines import FIELDS, NEWS, OTHER, SCHEDULE, TOP, Line, as_label, labelled


class PageSection(msgspec.Struct):
    """What stands below a label, up to the next."""

    kind: str
    """The label's, see lines.py; TOP above the first."""
    label: str
    """As it is written."""
    number: int
    """The label's line."""
    lines: list[Line]


LISTS = frozenset({TOP, SCHEDULE})
_TITLES_TOO = (FIELDS | {OTHER}) - {"date", "year"}
"""Labels that a list may have for titles: a film called Director, if a day stands below it."""


def sections_of(lines: list[Line]) -> list[PageSection]:
    """The lines under their labels; the first section has none."""
    # “Tayang: 7 Januari 2026” more than once is how a list says its dates
    listed = sum((labelled(line.text) or as_label(line.text))[0] == "date" for line in lines) > 1
    sections = [PageSection(TOP, "", 1, [])]
    for at, line in enumerate(lines):
        current = sections[-1]
        listing = current.kind in LISTS
        above_day = at + 1 < len(lines) and is_day(lines[at + 1].text)
        if above_day and not listed and current.kind == TOP and labelled(lines[at + 1].text):
            above_day = False
        kind, label, value = as_label(line.text)
        if not kind and line.kind == HEADING and current.kind != NEWS:
            kind, label = SCHEDULE, line.text
        if kind == "date" and (listed or current.kind == SCHEDULE):
            continue
        if not kind:
            kind, label, value = labelled(line.text) or ("", "", "")
            if listing and kind in FIELDS and (above_day or current.kind == SCHEDULE or (kind == "date" and listed)):
                kind = ""
        elif listing and above_day and kind in _TITLES_TOO:
            kind = ""
        if kind:
            sections.append(PageSection(kind, label, line.number, [Line(line.number, value)] if value else []))
        else:
            current.lines.append(line)
    return sections
