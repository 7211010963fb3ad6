"""An iCalendar file, read as the strictest reader would: RFC 5545, and what calendars refuse beside it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_TEXTS = frozenset({
    "UID", "SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "X-FILMTUI-ID", "X-FILMTUI-TITLE",
    "X-FILMTUI-STATUS", "X-FILMTUI-DATE",
})  # fmt: skip
_VALUES = {
    "DTSTAMP": r"[0-9]{8}T[0-9]{6}Z",
    "LAST-MODIFIED": r"[0-9]{8}T[0-9]{6}Z",
    "SEQUENCE": r"0|[1-9][0-9]{0,9}",
    "STATUS": "CONFIRMED|TENTATIVE|CANCELLED",
    "TRANSP": "TRANSPARENT",
    "X-MICROSOFT-CDO-BUSYSTATUS": "FREE",
    "URL": r"https?://[!-~]+",
    "SOURCE": r"https?://[!-~]+",
    "VERSION": r"2\.0",
    "PRODID": "-//.+//.+//EN",
    "CALSCALE": "GREGORIAN",
    "METHOD": "PUBLISH",
    "COLOR": "[a-z]+",
    "X-APPLE-CALENDAR-COLOR": "#[0-9A-F]{6}",
    "REFRESH-INTERVAL": r"PT[0-9]+H",
    "X-PUBLISHED-TTL": r"PT[0-9]+H",
    "ACTION": "DISPLAY",
    "TRIGGER": r"-PT[1-9][0-9]*H|PT0S",
}
_PARAMETERS = {
    "DTSTART": ";VALUE=DATE",
    "DTEND": ";VALUE=DATE",
    "REFRESH-INTERVAL": ";VALUE=DURATION",
    "SOURCE": ";VALUE=URI",
}
_NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "TRANSP", "X-FILMTUI-ID"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}


def events_in(data: bytes, *, stored: bool = False) -> list[dict[str, str]]:
    """The events' properties, unescaped; those of an alarm in it stand as ALARM-… . Fails where a rule is broken.

    `stored`: as a CalDAV server keeps an event: one, and without METHOD.
    """
    found: list[dict[str, str]] = []
    open_: list[tuple[str, dict[str, str]]] = []
    whole = None
    for name, parameters, value in map(_split, unfolded(data)):
        if name == "BEGIN":
            assert not whole, "something behind the calendar"
            assert value == ("VCALENDAR", "VEVENT", "VALARM")[len(open_)]
            open_.append((value, {}))
            continue
        kind, properties = open_[-1]
        if name == "END":
            assert value == kind
            assert properties.keys() >= _NEEDED[kind], f"{kind} lacks {_NEEDED[kind] - properties.keys()}"
            open_.pop()
            if kind == "VEVENT":
                found.append(properties)
            elif kind == "VALARM":
                open_[-1][1].update({f"ALARM-{key}": text for key, text in properties.items()})
            else:
                whole = properties
            continue
        assert name not in properties, f"{name} twice"
        assert parameters == _PARAMETERS.get(name, ""), f"{name}{parameters}"
        properties[name] = _value(name, value)
    assert whole
    assert not open_
    assert ("METHOD" in whole) is not stored
    assert len(found) == 1 or not stored
    assert len({event["UID"] for event in found}) == len(found)
    for event in found:
        _one_day(event)
    return found


def unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    parts = data.removesuffix(b"\r\n").split(b"\r\n")
    lines: list[str] = []
    for part in parts:
        assert len(part) <= 75, part
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", part), part
        text = part.decode()  # no character is cut in two
        assert part not in {b"", b" "}
        if text.startswith(" "):
            assert not re.search(r"(?<!\\)(?:\\\\)*\\$", lines[-1]), "an escape is cut in two"
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def _split(line: str) -> tuple[str, str, str]:
    match = _LINE.fullmatch(line)
    assert match, line
    name, parameters, value = match.groups()
    return name, parameters, value


def _value(name: str, value: str) -> str:
    if name in _TEXTS:
        assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value), value
        return unescaped(value)
    if name == "CATEGORIES":
        assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])+(?:,(?:[^\\;,]|\\[\\;,n])+)*", value), value
        return value
    if name in {"DTSTART", "DTEND"}:
        assert re.fullmatch("[0-9]{8}", value)
        date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}")
        return value
    assert re.fullmatch(_VALUES[name], value), f"{name}:{value}"
    if value.endswith("Z") and name in {"DTSTAMP", "LAST-MODIFIED"}:
        datetime.strptime(value, "%Y%m%dT%H%M%S%z")
    return value


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def day_in(event: dict[str, str], name: str = "DTSTART") -> date:
    value = event[name]
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def _one_day(event: dict[str, str]) -> None:
    day = day_in(event)
    if day == date.max:
        assert "DTEND" not in event
    else:
        assert day_in(event, "DTEND") == day + timedelta(1)
