"""Events as a listing gives them, in few words."""

from __future__ import annotations

from datetime import date, timedelta

from tui.exports.ics import Event


def event(
    film: str,
    day: str = "2026-01-07",
    *,
    title: str = "",
    status: str = "confirmed",
    about: str = "",
    sequence: int = 0,
) -> Event:
    """The event of a film; its UID never changes."""
    on = date.fromisoformat(day)
    uid = f"{film}.ID.theatrical@filmtui"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//filmtui//filmtui//EN", "BEGIN:VEVENT",
        "DTSTAMP:20260101T000000Z", f"SEQUENCE:{sequence}", f"UID:{uid}", f"SUMMARY:{title or film.title()}",
        f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + timedelta(1):%Y%m%d}",
        f"STATUS:{'CANCELLED' if status == 'cancelled' else 'CONFIRMED'}", "TRANSP:TRANSPARENT",
        *([f"DESCRIPTION:{about}"] if about else []), f"X-FILMTUI-ID:{film}", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return Event(uid, film, on, status, "\r\n".join(lines).encode())


def foreign(uid: str, title: str = "Arisan", day: str = "2026-01-09") -> str:
    """Somebody's own event."""
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phone//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{day.replace('-', '')}\r\nSUMMARY:{title}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
