"""The addresses that exports give out: those of the web, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.films.film import Film


def is_web(address: str) -> bool:
    """Whether the address is one of the web: no other is ever linked."""
    return address.lower().startswith(("http://", "https://"))


def first_link(film: Film) -> str:
    """The film's first address of the web; empty where it has none."""
    return next(filter(is_web, film.links.values()), "")
