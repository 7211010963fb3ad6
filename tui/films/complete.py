"""How a known value is completed by what another source has. What is known stays; what is missing is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from tui.base.text import fold

if TYPE_CHECKING:
    from tui.films.film import Credit, Prose

T = TypeVar("T")


def value(known: T, other: T) -> T:
    """The other only where nothing is known."""
    return known or other


def prose(known: Prose | None, other: Prose | None) -> Prose | None:
    """Each language on its own, unless the known text is of no stated language."""
    if known is None or other is None or known.plain:
        return known or other
    return msgspec.structs.replace(known, id=known.id or other.id, en=known.en or other.en)


def cast(known: tuple[Credit, ...], other: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """People are added only where nobody was known; a role wherever it was missing."""
    if not known:
        return other
    roles = {fold(credit.name): credit.role for credit in other if credit.role}
    return tuple(
        credit if credit.role else msgspec.structs.replace(credit, role=roles.get(fold(credit.name)))
        for credit in known
    )


def links(known: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Those whose name and address are both new."""
    new = {name: url for name, url in other.items() if url not in known.values() and name not in known}
    return known | new
