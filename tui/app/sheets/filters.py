"""The sheet of filters: what the catalog knows of genre, rating, type and status, to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical

from tui.app.sheets.sheets import Modal, Title
from tui.app.widgets.choices import Choice, Choices
from tui.base.words import N_
from tui.films import terms
from tui.films.film import RATINGS, STATUSES, TYPES

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.base.words import Words

_FACETS = (
    ("genre", N_("Genre"), ()),
    ("rating", N_("Rating"), RATINGS),
    ("type", N_("Release type"), TYPES),
    ("status", N_("Status"), STATUSES),
)
"""Each facet as `Library.facets` names it, its heading (a message id), its values in order."""


class FilterScreen(Modal[dict[str, frozenset[str]]]):
    """Dismissed with what is ticked: for each kind its values."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,f,q", "apply", show=False),
        Binding("enter", "tick", show=False),
        Binding("0", "none", show=False),
    ]

    def __init__(
        self, words: Words, facets: dict[str, list[tuple[str, int]]], ticked: dict[str, frozenset[str]]
    ) -> None:
        """`facets` is the answer of `Library.facets`."""
        super().__init__()
        self._words = words
        self._before = ticked
        choices: list[Choice] = []
        for kind, label, order in _FACETS:
            found = facets.get(kind, [])
            if order:
                found = sorted(found, key=lambda item: order.index(item[0]) if item[0] in order else 99)
            if found:
                choices.append(Choice(kind, None, words.gettext(label)))
                choices += [Choice(kind, value, self._label(kind, value), words.number(rows)) for value, rows in found]
        self._choices = Choices(choices, {(kind, value) for kind, values in ticked.items() for value in values})

    def _label(self, kind: str, value: str) -> str:
        if kind == "genre":
            return terms.genre(value, self._words)
        if kind == "type":
            return terms.release_type(value, self._words)
        if kind == "status":
            text = terms.status(value, self._words)
            return text[:1].upper() + text[1:]
        return terms.rating(value, self._words)

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
            name: frozenset(value for kind, value in self._choices.ticked if kind == name) for name, _, _ in _FACETS
        }
        self.dismiss(self._before | chosen)
