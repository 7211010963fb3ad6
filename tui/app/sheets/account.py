"""Which calendar server is published to, as whom, into which calendar, and by what password."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui.app.sheets.sheets import Modal, SheetPage, Title, closes
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.base.errors import FilmtuiError
from tui.base.words import N_

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.base.words import Words


class Account(NamedTuple):
    """What a publishing needs to know."""

    url: str
    user: str = ""
    calendar: str = ""
    """Its name; empty: film releases, in the user's language."""
    password: str | None = None
    """None where it was not typed."""


_FIELDS = {
    "url": N_("Address of the calendar server: https://…"),
    "user": N_("Your name there"),
    "calendar": N_("Name of the calendar; empty: “{name}”"),
    "password": N_("Password; many servers want an app password"),
}
"""Of `Account`, in their order; message ids."""


class AccountScreen(Modal[Account]):
    """Dismissed with the account, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "close", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, words: Words, account: Account, name: str, why: str = "") -> None:
        """`name`: what the calendar is called unasked. `why`: what was wrong with the account, in the user's words."""
        super().__init__()
        self._words, self._account, self._name, self._why = words, account, name, why
        self._page = SheetPage(self._hint)

    def compose(self) -> ComposeResult:
        _ = self._words.gettext
        with Vertical(id="sheet", classes="-small"):
            yield Title(_("Publish to phones"), ("Enter", _("on"), "on"), closes(self._words))
            for name in _FIELDS:
                yield Input(
                    str(getattr(self._account, name) or ""), placeholder=self._label(name), id=name, classes="asked",
                    password=name == "password",
                )  # fmt: skip
            yield self._page

    def _label(self, name: str) -> str:
        return self._words.gettext(_FIELDS[name]).format(name=self._name)

    def on_mount(self) -> None:
        needed = ("url", "user", "password")
        first = next((name for name in needed if not self._field(name).value), "password")
        self._field(first).focus()

    def _field(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._page.fit()

    def _hint(self, width: int) -> list[Line]:
        lines: list[Line] = []
        if self._why:
            lines += [[Piece(part, "moved")] for part in wrap(self._why, width)]
        if isinstance(self.focused, Input) and self.focused.id in _FIELDS and self.focused.value:
            lines += [[Piece(part)] for part in wrap(self._label(self.focused.id), width)]
        hint = self._words.gettext(
            "The password is not kept. What would change is shown before anything is written. Address, name and "
            "calendar go into the settings."
        )
        return lines + [[Piece(part, "fact")] for part in wrap(hint, width)]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_on()

    def action_on(self) -> None:
        """To the next field; from the last, out of the sheet."""
        names = list(_FIELDS)
        at = names.index(self.focused.id) if isinstance(self.focused, Input) and self.focused.id in names else -1
        if at + 1 < len(names):
            self._field(names[at + 1]).focus()
        else:
            self._submit()

    def _submit(self) -> None:
        from tui.base.servers import calendar_server

        url, user, calendar = (self._field(name).value.strip() for name in ("url", "user", "calendar"))
        try:
            url = calendar_server(url)
        except FilmtuiError as error:
            self._why = error.message.text(self._words)
            self._field("url").focus()
            self._page.fit()
            return
        self.dismiss(Account(url, user, calendar, self._field("password").value or None))
