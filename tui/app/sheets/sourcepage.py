"""What the sheet of sources says: a paragraph for each source, and what else can be followed."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.app.widgets.pane import cut
from tui.app.widgets.typeset import Go, Line, Piece, Press, flow, wrap
from tui.base.words import N_
from tui.exports.changes import sentence
from tui.films import dates, spoken
from tui.films.terms import TMDB_NOTICE

if TYPE_CHECKING:
    from tui.app.widgets.typeset import Target
    from tui.base.errors import Problem
    from tui.base.words import Words
    from tui.catalog.sources import Followed
    from tui.imports.following.records import SyncRecord
    from tui.imports.following.renewal import Doubt

_MOST_CHANGES = 5
"""Of a source; all of them are among the changes."""

OFFERED = {
    "wikipedia": ("w", N_("Wikipedia: the lists of Indonesian films"), N_("no key needed")),
    "tmdb": ("t", N_("TMDB: what opens in your country"), N_("needs a token of yours")),
    "url": ("u", N_("An address: calendar, table, page"), N_("ICS, CSV, YAML, HTML")),
}
"""What can be followed: its key, what it is, and what it needs; message ids."""


class Shown(NamedTuple):
    """What is known of the sources, as the sheet shows it."""

    sources: tuple[Followed, ...]
    problems: tuple[Problem, ...]
    records: dict[str, SyncRecord]
    failure: str = ""
    told: str = ""
    """What goes on, or came of the last key."""

    def source_at(self, to: Target | None) -> Followed | None:
        """The source that a link of the page is of."""
        name = to.action.removeprefix("source ") if isinstance(to, Press) else ""
        return next((one for one in self.sources if one.name == name), None)

    def kind_at(self, to: Target | None) -> str | None:
        """The kind that a link of the page offers."""
        kind = to.action.removeprefix("offer ") if isinstance(to, Press) else ""
        return kind if kind in OFFERED else None

    def doubt_at(self, to: Target | None) -> tuple[Doubt, str] | None:
        """The film that a link of the page is of, and the one that it is said to be."""
        if not isinstance(to, Press) or not to.action.startswith("same "):
            return None
        _, id, other = to.action.split(" ")
        found = [doubt for one in self.records.values() for doubt in one.doubts if doubt.id == id]
        return (found[0], other) if found else None


def page(shown: Shown, today: date, words: Words, width: int) -> list[Line]:
    """Its lines, for a width in cells."""
    _ = words.gettext
    made: list[Line] = []
    for text in filter(None, (shown.told, shown.failure)):
        made += [*flow([Piece(text, "moved")], width), []]
    for problem in shown.problems:
        made += flow([Piece(problem.text(words), "moved")], width)
    if not shown.sources and not shown.failure:
        made += flow([Piece(_("Nothing is followed yet. A source keeps the calendar current by itself."))], width)
        made.append([])
    for source in shown.sources:
        made += [*_source(source, shown.records.get(source.name), today, words, width), []]
    made += _offers({source.kind for source in shown.sources}, words, width)
    if any(source.kind == "tmdb" for source in shown.sources):
        made += [[], *flow([Piece(TMDB_NOTICE, "fact")], width)]
    return made


def _source(source: Followed, record: SyncRecord | None, today: date, words: Words, width: int) -> list[Line]:
    _ = words.gettext
    to = Press(f"source {source.name}")
    made: list[Line] = [[Piece(source.name, "title", to)]]
    if source.address:
        made += [[Piece(part, "fact")] for part in wrap(source.address, width)]
    if record is None:
        return [*made, *flow([Piece(_("not asked yet; Enter brings its films"), "fact")], width)]
    asked, films = _when(record.at, today, words), words.ngettext("{n} film", "{n} films", record.films)
    made += flow([Piece(f"{asked[:1].upper()}{asked[1:]} · {films}", "fact")], width)
    if record.failure is not None:
        made += flow([Piece(record.failure.text(words), "moved")], width)
    if record.changed_at not in {0, record.at}:
        told = _("Last change: {when}").format(when=_when(record.changed_at, today, words))
        made += flow([Piece(told, "fact")], width)
    for change in record.changes[:_MOST_CHANGES]:
        told = sentence(msgspec.structs.replace(change, source=None), words)  # which stands above
        made += flow([Piece(told, "text", Go(change.id))], width)
    if (left := len(record.changes) - _MOST_CHANGES) > 0:
        made.append([Piece(words.ngettext("and {n} more", "and {n} more", left), "fact")])
    for title in record.gone[:_MOST_CHANGES]:
        made += flow([Piece(_("{title} is no longer at the source; it is kept.").format(title=title))], width)
    for doubt in record.doubts:
        for other in doubt.maybe:
            told = _("Is {title} the same as {other}? Enter: yes · a: no").format(title=doubt.title, other=other)
            made += flow([Piece(told, "text", Press(f"same {doubt.id} {other}"))], width)
    return made


def _when(at: int, today: date, words: Words) -> str:
    """Hari ini 06.12, or 3 Januari 2026 06.12."""
    when = time.localtime(at)
    day = date(when.tm_year, when.tm_mon, when.tm_mday)
    near = abs((day - today).days) <= 1
    said = spoken.countdown(day, today, words) if near else spoken.long(dates.parse(day.isoformat()), words)
    return f"{said} {when.tm_hour:02}{'.' if words.language == 'id' else ':'}{when.tm_min:02}"


def _offers(followed: set[str], words: Words, width: int) -> list[Line]:
    _ = words.gettext
    made: list[Line] = [[Piece(_("Follow").upper(), "heading")]]
    for kind, (key, label, needs) in OFFERED.items():
        if kind in followed and kind != "url":
            continue
        to = Press(f"offer {kind}")
        left = [Piece(f"{key}  ", "key", to), Piece(cut(_(label), width - len(key) - 2), "text", to)]
        room, note = width - sum(len(piece.text) for piece in left), _(needs)
        made.append([*left, Piece(note.rjust(room), "fact")] if room >= len(note) + 2 else left)
    return made
