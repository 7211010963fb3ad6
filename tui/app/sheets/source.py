"""Where an import is to be read from: a file's path, or text that is pasted; what could not be read is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui.app.sheets.sheets import Modal, SheetPage, Title, closes
from tui.app.widgets.typeset import Line, Piece, wrap

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.base.words import Words


class Source(NamedTuple):
    """Where to read: a file, or the text itself."""

    path: str = ""
    text: str = ""
    why: str = ""
    """Why it could not be read, in the user's words."""


class _Path(Input):
    """A paste of several lines is a page, not a path."""

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.screen.dismiss(Source(text=event.text))


def _is_text(value: str) -> bool:
    """Whether a line is a page's text: no file of that name is there, and it has a date in it."""
    from tui.imports.sources.written import find, yearless
    from tui.user.places import place

    try:
        there = place(value).exists()
    except (OSError, ValueError):
        there = False
    return not there and " " in value and bool(find(value) or yearless(value))


class SourceScreen(Modal[Source]):
    """Dismissed with where to read, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [Binding("escape", "close", show=False)]  # type: ignore[assignment]

    def __init__(self, words: Words, source: Source) -> None:
        """`source`: what was given before."""
        super().__init__()
        self._words = words
        self._source = source

    def compose(self) -> ComposeResult:
        _ = self._words.gettext
        with Vertical(id="sheet", classes="-small"):
            yield Title(_("Import"), ("Enter", _("read"), "submit"), closes(self._words))
            kept = self._source.path or (self._source.text if "\n" not in self._source.text.strip() else "")
            yield _Path(kept.strip(), placeholder=_("File path: a page's text, HTML, ICS or CSV"), id="path")
            yield SheetPage(self._hint)

    def _hint(self, width: int) -> list[Line]:
        lines: list[Line] = []
        if self._source.why:
            lines += [[Piece(part, "moved")] for part in wrap(self._source.why, width)]
        if count := len(self._source.text.strip().splitlines()):
            kept = self._words.ngettext(
                "The pasted line is kept; Enter reads it again.",
                "The {n} pasted lines are kept; Enter reads them again.",
                count,
            )
            lines += [[Piece(part)] for part in wrap(kept, width)]
        hint = self._words.gettext(
            "Type a file's path, or paste the text of a film page here. What would change is shown before anything "
            "is saved."
        )
        return lines + [[Piece(part, "fact")] for part in wrap(hint, width)]

    def on_mount(self) -> None:
        self.query_one(_Path).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        value = self.query_one(_Path).value.strip()
        if value and _is_text(value):
            self.dismiss(Source(text=value))
        elif value:
            self.dismiss(Source(path=value))
        elif self._source.text:
            self.dismiss(Source(text=self._source.text))
