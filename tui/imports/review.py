"""What an import would change, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.text import cells
from tui.base.words import N_
from tui.films import spoken, terms
from tui.films.facts import FILM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.words import Words
    from tui.films.film import Film, Release
    from tui.imports.changeset import Change, ChangeSet, Move


KIND_NAMES = {
    "new": N_("new"),
    "moved": N_("moved"),
    "completed": N_("completed"),
    "unchanged": N_("unchanged"),
    "uncertain": N_("uncertain"),
    "rejected": N_("rejected"),
}


_LABELS = {fact.name: fact.label for fact in FILM}


_TITLE = 40
"""Cells for a title in the table; longer ones stand out of it."""


def moved(move: Move, words: Words) -> str:
    """Such as: bergeser dari 14 Jan ke 21 Jan."""
    text = []
    if move.dated and move.was.date and move.now.date:
        before, after = spoken.span(move.was.when, move.now.when, words, short=True)
        text.append(words.gettext("moved from {before} to {after}").format(before=before, after=after))
    elif move.dated:
        text.append(spoken.medium(move.now.when, words))
    if move.was.status != move.now.status:
        text.append(terms.status(move.now.status, words))
    return ", ".join(text)


def about(change: Change, words: Words) -> str:
    """What the change does, in few words."""
    match change.kind:
        case "new":
            return _dates(change.film, words)
        case "uncertain":
            near = "; ".join(f"{held.film.title} ({_dates(held.film, words)})" for held in change.candidates[:3])
            return words.gettext("perhaps {films}").format(films=near)
        case "unchanged":
            return ""
        case _:
            text = [moved(move, words) for move in change.moves]
            if change.fields:
                text.append("+ " + ", ".join(words.gettext(_LABELS[name]).lower() for name in change.fields))
            return "; ".join(text)


def _dates(film: Film, words: Words) -> str:
    def one(release: Release) -> str:
        when = spoken.medium(release.when, words)
        return when if release.home else f"{when} {release.region}"

    return ", ".join(one(release) for release in film.rows[:3])


def table(found: ChangeSet, words: Words) -> Iterator[str]:
    """A line for each film that would change, counts of the rest, and what was rejected."""
    names = {kind: words.gettext(name) for kind, name in KIND_NAMES.items()}
    width = max(cells(name) for name in names.values())
    longest = max((cells(change.film.title) for change in found.changes if change.kind != "unchanged"), default=0)
    for change in found.changes:
        if change.kind != "unchanged":
            title = _pad(change.film.title, min(longest, _TITLE))
            yield f"{_pad(names[change.kind], width)}  {title}  {about(change, words)}".rstrip()
    for item in found.news:
        headline = words.gettext("News") + ": " + item.title.best(words.language)
        yield f"{_pad(names['new'], width)}  {headline}"
    if same := len(found.of("unchanged")):
        count = words.ngettext("{n} film", "{n} films", same)
        yield f"{_pad(names['unchanged'], width)}  {count}"
    for problem in found.rejected:
        yield f"{_pad(names['rejected'], width)}  {problem.text(words)}"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def change(change: Change) -> dict[str, Any]:
    """As JSON: kind, id, title, file, line, moves, fields, candidates; absent where empty."""
    found: dict[str, Any] = {"kind": change.kind, "id": change.film.id or None, "title": change.film.title}
    found["dates"] = [release.date for release in change.film.rows]
    found["line"] = change.line
    if change.file:
        found["file"] = change.file
    if change.moves:
        found["moves"] = [
            {"from": m.was.date, "to": m.now.date, "type": m.now.type, "region": m.now.region, "status": m.now.status}
            for m in change.moves
        ]
    if change.fields:
        found["fields"] = list(change.fields)
    if change.candidates:
        found["candidates"] = [held.film.id for held in change.candidates]
    return found


def review(found: ChangeSet, words: Words, written: list[str]) -> bytes:
    """The whole change set as one JSON object; `written` are the names of the files that were."""
    return msgspec.json.format(
        msgspec.json.encode(
            {
                "changes": [change(one) for one in found.changes],
                "news": [item.title.best(words.language) for item in found.news],
                "rejected": [
                    {"path": p.path, "line": p.line, "column": p.column, "message": p.message.text(words)}
                    for p in found.rejected
                ],
                "written": written,
            }
        ),
        indent=2,
    )
