"""The password of a calendar server: from the environment or the system's keyring, never from a file or an option."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from tui.base.servers import CALDAV_PASSWORD


def known_password(url: str, user: str) -> str | None:
    """That of FILMTUI_CALDAV_PASSWORD, else what the package keyring, if installed, has of this user at this host."""
    if given := os.environ.get(CALDAV_PASSWORD):
        return given
    try:
        import keyring
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(service(url), user)
    except Exception:  # noqa: BLE001 (each system's own: it is locked, or there is none)
        return None
    return found


def service(url: str) -> str:
    """What a password is kept for in the keyring: `keyring set filmtui:cloud.example.org USER`."""
    return f"filmtui:{urlsplit(url).hostname}"
