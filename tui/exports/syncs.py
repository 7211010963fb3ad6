"""What a sync brought, in lines and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tui.exports.changes import happened, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.base.errors import Message
    from tui.base.words import Words
    from tui.library.ledger import ReleaseChange

_MOST_LINES = 40
"""Of a source; a first sync has hundreds."""


class Brought(Protocol):
    """What came of one source."""

    @property
    def films(self) -> int: ...
    @property
    def changes(self) -> tuple[ReleaseChange, ...]: ...
    @property
    def gone(self) -> tuple[str, ...]: ...
    @property
    def doubts(self) -> Sequence[Any]: ...
    @property
    def failure(self) -> Message | None: ...


def count_of(brought: Brought, kind: str) -> int:
    """How many films were added, moved, ...: one of ledger.LEDGER_KINDS."""
    return len({change.id for change in brought.changes if change.kind == kind})


def summary(name: str, brought: Brought, words: Words, requests: int = 0, seconds: float = 0) -> str:
    """wikipedia: 143 films, 3 new, 2 moved, 1 gone; 4 requests · 1.2 s, 119 films a second."""
    _ = words.gettext
    parts = [words.ngettext("{n} film", "{n} films", brought.films)]
    for count, told in (
        (count_of(brought, "added"), _("{n} new")),
        (count_of(brought, "moved"), _("{n} moved")),
        (count_of(brought, "status"), _("{n} put off")),
        (len(brought.gone), _("{n} gone")),
        (len(brought.doubts), _("{n} unclear")),
    ):
        if count:
            parts.append(told.format(n=words.number(count)))
    if len(parts) == 1:
        parts.append(_("nothing new"))
    text = f"{name}: " + ", ".join(parts)
    if requests:
        text += "; " + words.ngettext("{n} request", "{n} requests", requests)
    if seconds >= 1:
        rate = _("{seconds} s, {rate} films a second")
        text += " · " + rate.format(seconds=f"{seconds:.1f}", rate=words.number(round(brought.films / seconds)))
    return text


def details(brought: Brought, words: Words, most: int = _MOST_LINES) -> Iterator[str]:
    """What changed, film by film, and what a person has to look at."""
    for change in brought.changes[:most]:
        yield sentence(change, words)
    if (left := len(brought.changes) - most) > 0:
        yield words.ngettext("and {n} more; filmtui changes tells all", "and {n} more; filmtui changes tells all", left)
    for title in brought.gone[:most]:
        yield words.gettext("{title} is no longer at the source; it is kept.").format(title=title)
    for id, title, maybe in brought.doubts[:most]:
        told = words.gettext("{title} may be {other}; if so, write into your catalog: {line}")
        line = f"- {{id: {id}, same_as: {maybe[0]}}}"
        yield told.format(title=title, other=", ".join(maybe), line=line)


def synced(name: str, kind: str, brought: Brought, words: Words, requests: int, seconds: float) -> dict[str, Any]:
    """As JSON: name, kind, films, changes, gone, uncertain, failed, requests, seconds."""
    return {
        "name": name,
        "kind": kind,
        "films": brought.films,
        "new": count_of(brought, "added"),
        "moved": count_of(brought, "moved"),
        "changes": [happened(change) for change in brought.changes],
        "gone": list(brought.gone),
        "uncertain": [{"id": id, "title": title, "maybe": list(maybe)} for id, title, maybe in brought.doubts],
        "failed": brought.failure.text(words) if brought.failure else None,
        "requests": requests,
        "seconds": round(seconds, 3),
    }
