"""The floor that the calendar is measured by: a bare app of Textual's own widgets, a list with a detail beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Footer, Header, OptionList, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

FLOOR_ROWS = 200
FIRST_ROW = "Film nomor 0"


class Floor(App[None]):
    TITLE = "filmtui"
    CSS = "OptionList, Static { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "quit", "Keluar"), Binding("slash", "search", "Cari")]

    def compose(self) -> ComposeResult:
        yield Header()
        with Horizontal():
            yield OptionList(*[f"Film nomor {number}" for number in range(FLOOR_ROWS)])
            yield Static("detail")
        yield Footer()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        text = f"Film nomor {event.option_index}\n\nSINOPSIS\n" + f"Tentang film nomor {event.option_index}. " * 12
        self.query_one(Static).update(text)


if __name__ == "__main__":
    Floor().run()
