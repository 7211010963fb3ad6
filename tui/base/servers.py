"""The address of a calendar server as a user names it, and whether a host is this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, quoted
from tui.base.words import N_


def loopback(host: str) -> bool:
    """Whether a host's name or address is this machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


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
