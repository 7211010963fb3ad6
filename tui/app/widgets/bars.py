"""The one-line bars: the title, the months, what is active, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.app.footer import fitting
from tui.app.guard import Guarded
from tui.app.widgets.pane import cut, line
from tui.films import dates, spoken

if TYPE_CHECKING:
    from datetime import date

    from rich.style import Style
    from textual import events

    from tui.app.footer import Footing
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

    # the mouse

    hover: int | None = None
    """The cell under the pointer, if a click there does anything."""

    def clickable(self, x: int) -> bool:
        """Whether a click on this cell does anything."""
        return False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point(event.x if self.clickable(event.x) else None)

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, x: int | None) -> None:
        if x != self.hover:
            self.hover = x
            self.styles.pointer = "default" if x is None else "pointer"
            self.refresh()


class Tab(NamedTuple):
    """What a click between two cells of a bar does."""

    start: int
    end: int
    action: str


class Tabs(Bar):
    """A bar with words that can be clicked: each does what a key does."""

    class Pressed(Message):
        """A word was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    _tabs: tuple[Tab, ...] | list[Tab] = ()

    def hovered(self, tab: Tab) -> bool:
        """Whether the pointer is on it."""
        return self.hover is not None and tab.start <= self.hover < tab.end

    def clickable(self, x: int) -> bool:
        return any(tab.start <= x < tab.end for tab in self._tabs)

    def on_click(self, event: events.Click) -> None:
        for tab in self._tabs:
            if tab.start <= event.x < tab.end:
                self.post_message(self.Pressed(tab.action))


class TitleBar(Tabs):
    """The program's name, its views with their keys, and the day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "title--name", "title--about", "title--key", "title--view", "title--active", "title--hover",
    }  # fmt: skip

    def __init__(self, words: Words, today: date, views: list[tuple[str, str, str]]) -> None:
        """`views`: the key, the name and the action of each."""
        super().__init__(id="title")
        self._words = words
        self._today = today
        self._views = views
        self._active = 0

    def turn(self, today: date) -> None:
        """Another day has begun."""
        self._today = today
        self.refresh()

    def rename(self, views: list[tuple[str, str, str]]) -> None:
        """The views are called otherwise now."""
        self._views = views
        self.refresh()

    def show(self, active: int) -> None:
        """Light the name of the active view."""
        if active != self._active:
            self._active = active
            self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        names = self._names(width)
        day = self._day(width, names)
        parts = [(" filmtui ", self.style_of("title--name"))]
        x = len(parts[0][0])
        self._tabs = []
        room = width - len(day) - 1
        for number, ((key, _, action), name) in enumerate(zip(self._views, names, strict=True)):
            tab = Tab(x, x + len(key) + 2 + len(name), action)
            if tab.end > room:
                break
            self._tabs.append(tab)
            style = self.style_of("title--active" if number == self._active else "title--view")
            if self.hovered(tab):
                style += self.style_of("title--hover")
            parts += [(f" {key} ", self.style_of("title--key")), (name, style)]
            x = tab.end
        return [*parts, (" " * (width - x - len(day)) + day, self.style_of("title--about"))]

    def _names(self, width: int) -> list[str]:
        """What stands behind the key of each view: where there is no room for all, of the active one alone."""
        names = [f"{name} " for _, name, _ in self._views]
        if self._least(names) <= width:
            return names
        return [name if number == self._active else "" for number, name in enumerate(names)]

    def _least(self, names: list[str]) -> int:
        """The width of the line without the day."""
        return 11 + sum(len(key) + 2 + len(name) for (key, *_), name in zip(self._views, names, strict=True))

    def _day(self, width: int, names: list[str]) -> str:
        today = dates.parse(self._today.isoformat())
        least = self._least(names)
        full, medium = spoken.full(today, self._words) + " ", spoken.medium(today, self._words) + " "
        return full if least + len(full) <= width else medium if least + len(medium) <= width else ""


class Active(Tabs):
    """What narrows the calendar now, each to be taken away by a click; hidden while nothing does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"active--what", "active--how", "active--hover"}

    def __init__(self) -> None:
        super().__init__(id="active")
        self._what: list[str] = []
        self._how = ""

    def show(self, what: list[str], how: str, *, stay: bool = False) -> None:
        """Name what narrows the calendar, and at the line's end `how` to be rid of it; an empty list hides the line.

        With `stay` the line neither comes nor goes.
        """
        if (what, how) != (self._what, self._how):
            self._what, self._how = what, how
            self.refresh()
        if not stay:
            self.display = bool(what)

    def parts(self, width: int) -> list[tuple[str, Style]]:
        what, hover = self.style_of("active--what"), self.style_of("active--hover")
        parts: list[tuple[str, Style]] = []
        self._tabs = []
        x = 0
        for number, text in enumerate(self._what):
            label = cut(f" {text} ×", width - x - 1)
            if cell_len(label) < _LEAST_CHIP:
                break
            tab = Tab(x, x + cell_len(label) + 1, f"drop({number})")
            self._tabs.append(tab)
            parts += [(label, what + hover if self.hovered(tab) else what), (" ", what)]
            x = tab.end
        how = self._how + " "
        gap = width - x - cell_len(how)
        if self._what and gap >= 1:
            parts.append((" " * gap + how, self.style_of("active--how")))
        return parts


_LEAST_CHIP = 5
"""Cells in which a chip still says something."""


class Said(Bar):
    """What was understood of a search, and how many films it leaves: at the right of the box."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"active--what", "active--how"}

    def __init__(self) -> None:
        super().__init__(id="said")
        self._said = self._how = ""

    def show(self, said: str, how: str) -> None:
        if (said, how) != (self._said, self._how):
            self._said, self._how = said, how
            self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        wanted = cell_len(self._said) + 1
        shorter = self._how.partition(" · ")[0]
        hows = (f" {how} " for how in (self._how, shorter) if wanted + cell_len(how) + 2 <= width)
        how = next(hows, f" {shorter} " if width - cell_len(shorter) - 2 > _LEAST_SAID else " ")
        said = cut(" " + self._said, width - cell_len(how))
        gap = " " * (width - cell_len(said) - cell_len(how))
        return [(said, self.style_of("active--what")), (gap + how, self.style_of("active--how"))]


_LEAST_SAID = 14
"""Cells that what was understood has before the count."""


class Keys(Tabs):
    """The footer: as many commands as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--word", "keys--hover"}

    def __init__(self, entries: list[Footing]) -> None:
        super().__init__(id="keys")
        self._entries = entries

    def show(self, entries: list[Footing]) -> None:
        """Other commands work here now."""
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def parts(self, width: int) -> list[tuple[str, Style]]:
        parts: list[tuple[str, Style]] = []
        self._tabs = []
        x = 0
        for key, word, action, *_ in fitting(self._entries, width):
            tab = Tab(x, x + cell_len(key) + cell_len(word) + 3, action)
            self._tabs.append(tab)
            style = self.style_of("keys--word")
            if self.hovered(tab):
                style += self.style_of("keys--hover")
            parts += [(f" {key} ", self.style_of("keys--key")), (f"{word} ", style)]
            x = tab.end
        return parts
