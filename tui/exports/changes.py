"""What changed, in sentences that an editor can paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.exports.text import escaped
from tui.films import dates, spoken, terms
from tui.films.dates import ReleaseDate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tui.base.words import Words
    from tui.library.ledger import ReleaseChange


def sentence(entry: ReleaseChange, words: Words) -> str:
    """Musuh Dalam Selimut mundur dari 8 Januari ke 15 Januari 2026 (sumber: …)."""
    _ = words.gettext
    was, now = _when(entry.was), _when(entry.date)
    before, after = spoken.span(was, now, words)
    match entry.kind:
        case "added" if entry.date:
            text = _("{title} is new in the schedule: {date}").format(title=entry.title, date=after)
        case "added":
            text = _("{title} is new, without a date yet").format(title=entry.title)
        case "removed":
            text = _("{title} is no longer in the schedule ({date})").format(title=entry.title, date=after)
        case "status" if entry.status == "cancelled":
            text = _("{title} is cancelled ({date})").format(title=entry.title, date=after)
        case "status":
            text = _("{title} is postponed ({date})").format(title=entry.title, date=after)
        case _ if entry.was is None:
            text = _("{title} now has a date: {date}").format(title=entry.title, date=after)
        case _ if entry.date is None:
            text = _("{title} no longer has a date; it was {date}").format(title=entry.title, date=before)
        case _ if now.key > was.key:
            text = _("{title} moves back from {before} to {after}").format(
                title=entry.title, before=before, after=after
            )
        case _:
            text = _("{title} moves up from {before} to {after}").format(title=entry.title, before=before, after=after)
    if not entry.home:
        text += f" [{terms.release_type(entry.type, words)}, {words.territory(entry.region)}]"
    if entry.source:
        text += " " + _("(source: {source})").format(source=entry.source)
    return text + "."


def _when(date: str | None) -> ReleaseDate:
    return dates.parse(date) if date else ReleaseDate()


def text(entries: Iterable[ReleaseChange], words: Words, starred: Container[str] = ()) -> Iterator[str]:
    """A heading for each day on which something was noticed, and its sentences; `starred` films before all others."""
    found = list(entries)
    own = [entry for entry in found if entry.id in starred]
    if own:
        yield "★ " + words.gettext("Starred films")
        yield from (f"  {sentence(entry, words)}" for entry in own)
        if len(own) < len(found):
            yield ""
    day = None
    for entry in found:
        if entry.id in starred:
            continue
        if entry.day != day:
            if day is not None:
                yield ""
            day = entry.day
            yield spoken.full(dates.parse(day.isoformat()), words)
        yield f"  {sentence(entry, words)}"


def markdown(entries: Iterable[ReleaseChange], words: Words) -> Iterator[str]:
    day = None
    for entry in entries:
        if entry.day != day:
            if day is not None:
                yield ""
            day = entry.day
            yield f"## {spoken.full(dates.parse(day.isoformat()), words)}"
            yield ""
        yield "- " + escaped(sentence(entry, words))


def happened(entry: ReleaseChange) -> dict[str, Any]:
    """As JSON: day, kind, id, title, type, region, was, date, status, source."""
    return {name: entry.day.isoformat() if name == "day" else getattr(entry, name) for name in entry.__struct_fields__}
