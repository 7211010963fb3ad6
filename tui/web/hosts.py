"""Who may connect to a calendar that is served: no page of another host."""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.base.errors import ValueRefusedError, message
from tui.base.servers import loopback
from tui.base.text import clean
from tui.base.words import N_


def may_connect(origin: str | None, host: str, listening: str, public_url: str) -> bool:
    """Whether a browser whose page is of this origin may open a calendar.

    `origin`: its header, None for what is no browser; `host`: the header of that name; `listening`: the address that
    is listened at. Without this, any page that the owner opens could look at a calendar that is served to this machine
    alone, and by a name of its own that leads to 127.0.0.1 it could even say that it is the same host.
    """
    if origin is None or (public_url and origin.lower() == public_url.lower()):
        return True
    try:
        named = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    same = origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}
    return same and (loopback(named) or not loopback(listening))


def public_url(value: str) -> str:
    """An address as visitors know it: its scheme and host, without anything behind. Raises ValueRefusedError."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        sound = False
    if not sound or parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc:
        wrong = N_("“{value}” is no address of a host; write https://film.example.org, without a path")
        raise ValueRefusedError(message(wrong, value=clean(value)[:80]))
    return f"{parts.scheme}://{parts.netloc}"
