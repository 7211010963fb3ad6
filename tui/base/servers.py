"""Addresses as users name them, those of the web and those of servers, and what of the environment is a secret."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_

CALDAV_PASSWORD = "FILMTUI_CALDAV_PASSWORD"  # noqa: S105 (where it stands)
SECRETS = ("FILMTUI_TMDB_TOKEN", CALDAV_PASSWORD)
"""Variables of the environment that are handed on to nobody, and printed nowhere."""


def is_web(address: str) -> bool:
    """Whether the address is one of the web: no other is linked or opened."""
    return address.lower().startswith(("http://", "https://"))


def loopback(host: str) -> bool:
    """Whether a host, as a name or an address, is this machine as only itself sees it."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


def site_address(value: str) -> str:
    """The address that a site will have, with a slash at its end; empty stays so. Raises ValueRefusedError."""
    if value and not re.fullmatch(r"https?://[!-~]+", value, re.IGNORECASE):
        told = N_("“{value}” is not a site's address; write {example}")
        raise ValueRefusedError(message(told, value=quoted(value, 60), example="https://example.org/films/"))
    return value and value.rstrip("/") + "/"


def calendar_server(value: str, *, insecure: bool = False) -> str:
    """The address of a calendar server. A password in it is refused, and http but for this machine, unless `insecure`.

    Raises ValueRefusedError.
    """
    try:
        url = urlsplit(value)
        named, _ = bool(url.hostname), url.port
    except ValueError:
        named = False
    if not named or url.scheme.lower() not in {"http", "https"} or clean(value) != value or " " in value:
        told = N_("“{value}” is no address of a calendar server; write https://cloud.example.org/remote.php/dav/")
        raise ValueRefusedError(message(told, value=quoted(value.rpartition("@")[2], 60)))
    if "@" in url.netloc:
        told = N_("the address has a user or a password in it, which others can read; name the user by {option} alone")
        raise ValueRefusedError(message(told, option="--user"))
    if url.scheme.lower() == "http" and not insecure and not loopback(url.hostname or ""):
        told = N_("without https the password can be read on the way to {host}; use https, or add --insecure")
        raise ValueRefusedError(message(told, host=url.hostname))
    return url._replace(fragment="").geturl()
