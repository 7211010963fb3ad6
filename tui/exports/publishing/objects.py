"""An object of a calendar as far as publishing goes: whose it is, what it says, and what was last written into it."""

from __future__ import annotations

import re
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from tui.base.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.exports.ics import Event

_ID, _MARK = "X-FILMTUI-ID", "X-FILMTUI-PUBLISHED"
"""The film of an event, which says that it is ours; and what was published of it last. Calendars keep both."""

_TOLD = {
    "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "STATUS", "URL", "CATEGORIES", "LOCATION", "TRANSP",
    "COLOR", "RRULE", "RDATE", "EXDATE",
}  # fmt: skip
"""What an event tells people. Servers and calendars change the rest by themselves: times of writing, own properties."""
_ALARM = {"TRIGGER", "ACTION", "REPEAT", "DURATION"}
_LISTS = {"CATEGORIES", "RDATE", "EXDATE"}
_SPAN = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")
_UNITS = (604800, 86400, 3600, 60, 1)


class Wrote(msgspec.Struct, frozen=True):
    """What was published of an event."""

    digest: str
    """Of what it tells; the same for the same, however a server orders, folds and escapes it."""
    day: str
    """2026-01-07."""
    status: str


class Object(msgspec.Struct, frozen=True):
    """An event that stands in a calendar."""

    etag: str
    """Empty where the server has told none: then it is read anew each time."""
    uid: str
    film: str = ""
    """The film's id; empty for what others put there."""
    digest: str = ""
    wrote: Wrote | None = None
    """What was published last, as the event itself says; None where it does not."""
    sequence: int = 0
    title: str = ""


def wrote_of(event: Event) -> Wrote:
    """What publishing this event writes."""
    return Wrote(_digest(_lines(event.text.decode())), event.day.isoformat(), event.status)


def title_of(event: Event) -> str:
    return next((clean(_plain(value)) for _, name, value in _lines(event.text.decode()) if name == "SUMMARY"), "")


def text_of(event: Event, wrote: Wrote, above: int = -1) -> bytes:
    """The event's text as it is published, with the mark. Its SEQUENCE is higher than `above`, what is there."""
    mark = f"BEGIN:VEVENT\r\n{_MARK}:{wrote.day}/{wrote.status}/{wrote.digest}\r\n".encode()
    text = event.text.replace(b"BEGIN:VEVENT\r\n", mark, 1)
    found = re.search(rb"\r\nSEQUENCE:(\d+)\r\n", text)
    if found and int(found[1]) <= above:
        text = text.replace(found[0], b"\r\nSEQUENCE:%d\r\n" % (above + 1), 1)
    return text


def sequence_of(text: bytes) -> int:
    found = re.search(rb"\r\nSEQUENCE:(\d{1,9})\r\n", text)
    return int(found[1]) if found else 0


def read(etag: str, text: str) -> Object:
    """What stands there; what is no event is an object of others."""
    lines = list(_lines(text))
    values: dict[str, str] = {}
    for alarm, name, value in lines:
        if not alarm:
            values.setdefault(name, value)
    sequence = values.get("SEQUENCE", "")
    return Object(
        etag=etag,
        uid=clean(values.get("UID", "")),
        film=clean(_plain(values.get(_ID, ""))),
        digest=_digest(lines),
        wrote=_mark(values.get(_MARK, "")),
        sequence=int(sequence) if re.fullmatch(r"\d{1,9}", sequence) else 0,
        title=clean(_plain(values.get("SUMMARY", ""))),
    )


def _mark(value: str) -> Wrote | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)/([a-z]+)/([0-9a-f]{20})", value)
    try:
        date.fromisoformat(found[1] if found else "")
    except ValueError:
        return None
    return Wrote(found[3], found[1], found[2]) if found else None


def _lines(text: str) -> Iterator[tuple[bool, str, str]]:
    """Of each line of the events whether it is an alarm's, its name and its value, unfolded, without parameters."""
    inside: list[str] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _, value = _split(line)
        name = head.partition(";")[0].strip().upper().rpartition(".")[2]
        if name == "BEGIN":
            inside.append(value.strip().upper())
        elif name == "END":
            inside = inside[:-1]
        elif "VEVENT" in inside:
            yield inside[-1] == "VALARM", name, value.strip()


def _split(line: str) -> tuple[str, str, str]:
    """Name and parameters, and the value: a colon may stand in a parameter's quotes."""
    found = re.match(r'((?:[^":]|"[^"]*")*)(:)(.*)', line, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (line, "", "")


def _digest(lines: Iterator[tuple[bool, str, str]] | list[tuple[bool, str, str]]) -> str:
    told: set[str] = set()
    for alarm, name, value in lines:
        if name not in (_ALARM if alarm else _TOLD):
            continue
        parts = re.split(r"(?<!\\),", value) if name in _LISTS else [value]
        told.update(f"{alarm:d} {name} {_seconds(_plain(part))}" for part in parts if part)
    return blake2b("\0".join(sorted(told)).encode("utf-8", "replace"), digest_size=10).hexdigest()


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _seconds(value: str) -> str:
    """A span of time in seconds, as it is written in several ways; any other value as it is."""
    found = _SPAN.match(value)
    if found is None or not any(found.groups()[1:]):
        return value
    parts = zip(found.groups()[1:], _UNITS, strict=True)
    return found[1].replace("+", "") + str(sum(int(part or 0) * unit for part, unit in parts))
