"""A line in which a note on a film is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical

from tui.app.sheets.sheets import Modal, SheetPage, Title, closes
from tui.app.widgets.search import Box
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.user.watchlist import LONGEST_NOTE

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

    from tui.base.words import Words


class NoteScreen(Modal[str]):
    """Dismissed with the note, which may be empty, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [Binding("escape", "close", show=False)]  # type: ignore[assignment]

    def __init__(self, words: Words, title: str, note: str) -> None:
        """`title` is the film's, `note` what is written now."""
        super().__init__()
        self._words = words
        self._film, self._note = title, note

    def compose(self) -> ComposeResult:
        _ = self._words.gettext
        with Vertical(id="sheet", classes="-small"):
            yield Title(_("Note"), ("Enter", _("save"), "submit"), closes(self._words))
            hint = _("with Rina, tickets on Monday")
            yield Box(self._note, placeholder=hint, id="path", max_length=LONGEST_NOTE, select_on_focus=False)
            yield SheetPage(self._hint)

    def _hint(self, width: int) -> list[Line]:
        hint = self._words.gettext("Stands in your file of stars, and on the film's page.")
        return [
            *([Piece(part, "title")] for part in wrap(f"★ {self._film}", width)),
            *([Piece(part, "fact")] for part in wrap(hint, width)),
        ]

    def on_mount(self) -> None:
        self.query_one(Box).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        self.dismiss(self.query_one(Box).value.strip())
