"""A sheet over the calendar: a title with its keys, and a page of text whose links are picked by key and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType

from tui.app.widgets.bars import Tab, Tabs
from tui.app.widgets.page import Page
from tui.app.widgets.typeset import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual import events
    from textual.app import ComposeResult

    from tui.app.widgets.typeset import Line
    from tui.base.words import Words

_KEYS = [
    Binding("escape,q", "close", show=False),
    Binding("down,j", "move(1)", show=False),
    Binding("up,k", "move(-1)", show=False),
    Binding("enter", "follow", show=False),
    Binding("pagedown,space", "page(1)", show=False),
    Binding("pageup", "page(-1)", show=False),
    Binding("home,g", "end(-1)", show=False),
    Binding("end,G", "end(1)", show=False),
]


class Title(Tabs):
    """A sheet's first line: its title, and at the end which keys it has; they can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--title", "sheet--key", "sheet--hint", "sheet--hover"}

    def __init__(self, title: str, *hints: tuple[str, str, str]) -> None:
        """`hints`: key, word and action of each; the last stays the longest where there is little room."""
        super().__init__()
        self._title, self._hints = title, hints

    def tell(self, title: str, *, hints: bool = True) -> None:
        """Show another title; without `hints` from now on if that is False."""
        self._title = title
        if not hints:
            self._hints = ()
        self.refresh()

    def rename(self, title: str, *hints: tuple[str, str, str]) -> None:
        """Show another title with other hints."""
        self._title, self._hints = title, hints
        self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        hints, x = list(self._hints), width
        while hints:
            x = width - sum(cell_len(key) + cell_len(word) + 3 for key, word, _ in hints)
            if x > cell_len(self._title) + 1:
                break
            del hints[0]
        parts = [(f" {self._title:<{x - 1}}" if hints else f" {self._title}", self.style_of("sheet--title"))]
        self._tabs = []
        for key, word, action in hints:
            tab = Tab(x, x + cell_len(key) + cell_len(word) + 3, action)
            self._tabs.append(tab)
            style = self.style_of("sheet--hint")
            if self.hovered(tab):
                style += self.style_of("sheet--hover")
            parts += [(f" {key} ", self.style_of("sheet--key")), (f"{word} ", style)]
            x = tab.end
        return parts


class SheetPage(Page, can_focus=True):
    """Lines of text that are set anew for each width."""

    def __init__(self, compose: Callable[[int], list[Line]]) -> None:
        """`compose` makes the lines for a width in cells, at least 8."""
        super().__init__()
        self._compose_lines = compose

    def fit(self) -> None:
        self.set_page(self._compose_lines(max(self.inner - 2, 8)))
        self.pick(1)


class Modal(ModalScreen[ScreenResultType]):
    """What stands over the calendar: its title's hints can be clicked, and a click beside it closes it."""

    async def on_tabs_pressed(self, event: Tabs.Pressed) -> None:
        await self.run_action(event.action)

    def on_click(self, event: events.Click) -> None:
        if not self.query_one("#sheet").region.contains(int(event.screen_x), int(event.screen_y)):
            self.action_close()

    def action_close(self) -> None:
        self.dismiss(None)


class Sheet(Modal[Target]):
    """Dismissed with where the link leads that was followed, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [*_KEYS, Binding("question_mark,n,e,O,f1", "close", show=False)]  # type: ignore[assignment]

    def __init__(self, title: str, hints: list[tuple[str, str, str]], compose: Callable[[int], list[Line]]) -> None:
        """`hints` are those of `Title`, `compose` is that of `SheetPage`."""
        super().__init__()
        self._title, self._hints = title, hints
        self._page = SheetPage(compose)

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Title(self._title, *self._hints)
            yield self._page

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self.dismiss(event.to)

    def action_follow(self) -> None:
        if self._page.picked is not None:
            self.dismiss(self._page.picked)

    def action_move(self, by: int) -> None:
        """To the next link, or a line on where there is none."""
        before = self._page.picked
        self._page.pick(by)
        if self._page.picked is before:
            self._page.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self._page.scroll_relative(y=by * max(1, self._page.rows_seen - 1), animate=False)

    def action_end(self, by: int) -> None:
        self._page.scroll_to(y=self._page.max_scroll_y if by > 0 else 0, animate=False)


def closes(words: Words) -> tuple[str, str, str]:
    """The hint that every sheet has."""
    return "Esc", words.gettext("close"), "close"
