"""The one-line bars: the title, the months, what is active, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.app.guard import Guarded
from tui.app.widgets.pane import cut, line
from tui.films import dates, spoken

if TYPE_CHECKING:
    from datetime import date

    from rich.style import Style
    from textual import events

    from tui.base.words import Words


class Bar(Guarded, Widget):
    """One line, drawn in one piece."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        return line(self.parts(self.size.width), self.size.width, self.rich_style)

    def parts(self, width: int) -> list[tuple[str, Style]]:
        """The line's texts and their styles, at most `width` cells together."""
        raise NotImplementedError

    def style_of(self, name: str) -> Style:
        return self.get_component_rich_style(name)


class TitleBar(Bar):
    """The first line: the program's name, what it is, and today's date."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--name", "title--about"}

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(id="title")
        self._words = words
        self._today = today

    def turn(self, today: date) -> None:
        """Another day has begun."""
        self._today = today
        self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        name = " filmtui"
        about = "   " + self._words.gettext("Film release calendar")
        day = spoken.full(dates.parse(self._today.isoformat()), self._words) + " "
        if len(name) + len(about) + 2 + len(day) > width:
            about = ""
        if len(name) + 2 + len(day) > width:
            day = spoken.medium(dates.parse(self._today.isoformat()), self._words) + " "
        gap = " " * (width - len(name) - len(about) - len(day))
        return [(name, self.style_of("title--name")), (about + gap + day, self.style_of("title--about"))]


class Active(Bar):
    """What narrows the calendar now; hidden while nothing does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"active--what", "active--how"}

    def __init__(self) -> None:
        super().__init__(id="active")
        self._what: list[str] = []
        self._how = ""

    def show(self, what: list[str], how: str) -> None:
        """Name what narrows the calendar, and at the line's end `how` to be rid of it; an empty list hides the line."""
        self._what, self._how = what, how
        self.display = bool(what)
        self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        how = self._how + " "
        what = cut(" " + " · ".join(self._what), width)
        gap = width - cell_len(what) - cell_len(how)
        if gap < 2:
            return [(what, self.style_of("active--what"))]
        return [(what, self.style_of("active--what")), (" " * gap + how, self.style_of("active--how"))]


class Keys(Bar):
    """The footer: as many commands as there is room for. The last two are always there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--word"}

    class Pressed(Message):
        """A command was clicked; `action` is its action's name."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, entries: list[tuple[str, str, str]]) -> None:
        """`entries` are those of `commands.footer`."""
        super().__init__(id="keys")
        self._entries = entries
        self._places: list[tuple[int, int, str]] = []

    def parts(self, width: int) -> list[tuple[str, Style]]:
        entries = list(self._entries)
        while len(entries) > 2 and sum(len(k) + len(w) + 3 for k, w, _ in entries) > width:
            del entries[-3]
        parts: list[tuple[str, Style]] = []
        self._places = []
        x = 0
        for key, word, action in entries:
            parts += [(f" {key} ", self.style_of("keys--key")), (f"{word} ", self.style_of("keys--word"))]
            room = len(key) + len(word) + 3
            self._places.append((x, x + room, action))
            x += room
        return parts

    def on_click(self, event: events.Click) -> None:
        for start, end, action in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(action))
