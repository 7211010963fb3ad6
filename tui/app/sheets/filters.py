"""The sheet of filters: what the catalog knows of genre, rating, type and status, to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.binding import Binding
from textual.containers import Vertical

from tui.app.sheets.sheets import Modal, Title
from tui.app.widgets.choices import Choice, Choices
from tui.base.words import N_
from tui.films import terms
from tui.films.film import RATINGS, STATUSES, TYPES
from tui.library.library import Selection

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.base.words import Words

_FACETS = (
    ("genre", "genres", N_("Genre"), ()),
    ("rating", "ratings", N_("Rating"), RATINGS),
    ("type", "types", N_("Release type"), TYPES),
    ("status", "statuses", N_("Status"), STATUSES),
)
"""Each facet as `Library.facets` names it, its field of Selection, its heading (a message id), its values in order."""


class FilterScreen(Modal[Selection]):
    """Dismissed with the selection that is narrowed to what is ticked."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,f,q", "apply", show=False),
        Binding("enter", "tick", show=False),
        Binding("0", "none", show=False),
    ]

    def __init__(self, words: Words, facets: dict[str, list[tuple[str, int]]], selection: Selection) -> None:
        """`facets` is the answer of `Library.facets`; what `selection` narrows by is ticked."""
        super().__init__()
        self._words = words
        self._selection = selection
        choices: list[Choice] = []
        for kind, _, label, order in _FACETS:
            found = facets.get(kind, [])
            if order:
                found = sorted(found, key=lambda item: order.index(item[0]) if item[0] in order else 99)
            if found:
                choices.append(Choice(kind, "", words.gettext(label)))
                choices += [Choice(kind, value, self._label(kind, value), words.number(rows)) for value, rows in found]
        ticked = {(kind, value) for kind, field, _, _ in _FACETS for value in getattr(selection, field)}
        self._choices = Choices(choices, ticked)

    def _label(self, kind: str, value: str) -> str:
        if kind == "genre":
            return terms.genre(value, self._words)
        if kind == "type":
            return terms.release_type(value, self._words)
        if kind == "status":
            text = terms.status(value, self._words)
            return text[:1].upper() + text[1:]
        return value

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Title(
                self._words.gettext("Filters"),
                (self._words.gettext("Space"), self._words.gettext("choose"), "tick"),
                ("0", self._words.gettext("none"), "none"),
                ("Esc", self._words.gettext("apply"), "apply"),
            )
            yield self._choices

    def action_close(self) -> None:
        self.action_apply()

    def action_tick(self) -> None:
        self._choices.tick()

    def action_none(self) -> None:
        self._choices.ticked = set()
        self._choices.refresh()

    def action_apply(self) -> None:
        chosen = {
            field: frozenset(value for kind, value in self._choices.ticked if kind == name)
            for name, field, _, _ in _FACETS
        }
        self.dismiss(msgspec.structs.replace(self._selection, **chosen))
