"""The addresses of a film that exports give out: those of the web, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tui.base.servers import is_web

if TYPE_CHECKING:
    from tui.films.film import Film


_PLAIN = "%/:=&?~#+!$,;'@()*[]"
"""What an address may have beside letters, digits and -._ (RFC 3986)."""


def first_link(film: Film) -> str:
    """The film's first address of the web; empty where it has none."""
    return next(filter(is_web, film.links.values()), "")


def in_ascii(address: str) -> str:
    """The address with its other characters quoted, as files and pages have it."""
    return quote(address, safe=_PLAIN)
