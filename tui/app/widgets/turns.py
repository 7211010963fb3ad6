"""A line for each choice, its value between arrows that turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding
from textual.message import Message

from tui.app.widgets.pane import Pane, cut, line
from tui.app.widgets.typeset import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.strip import Strip


class Turn(NamedTuple):
    """A choice among values."""

    name: str
    values: Sequence[str]
    note: str = ""
    """At the line's end."""


class Turns(Pane, can_focus=True):
    """A cursor over choices; the arrows turn the one that it is on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--text", "choices--ticked", "choices--count", "choices--cursor",
    }  # fmt: skip

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("right,l,space", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
        Binding("pagedown", "turn(10)", show=False),
        Binding("pageup", "turn(-10)", show=False),
    ]

    class Turned(Message):
        """A choice has another value."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.choice, self.value = name, value

    def __init__(self, turns: list[Turn], values: dict[str, str]) -> None:
        super().__init__()
        self.turns = turns
        self.values = values
        """The value of each choice by its name."""
        self._cursor = 0
        self._about: list[str] = []

    def label(self, turn: Turn) -> str:
        """What the choice is called."""
        raise NotImplementedError

    def shown(self, turn: Turn, value: str) -> str:
        """What one of its values is called."""
        raise NotImplementedError

    def about(self, turn: Turn) -> Iterable[str]:
        """Paragraphs below the choices while the cursor is on this one."""
        return ()

    def show(self, turns: list[Turn]) -> None:
        """Have other choices."""
        self.turns = turns
        self._cursor = min(self._cursor, len(turns) - 1)
        self.fit()

    def fit(self) -> None:
        width = max(8, self.inner - 2)
        self._about = [part for text in self.about(self.turns[self._cursor]) for part in wrap(text, width)]
        self.set_lines(len(self.turns) + len(self._about))
        if self._cursor < self.scroll_offset.y or self._cursor >= self.scroll_offset.y + self.rows_seen:
            self.scroll_to(y=self._cursor, animate=False, force=True, immediate=True)

    def action_move(self, by: int) -> None:
        self._cursor = max(0, min(self._cursor + by, len(self.turns) - 1))
        self.fit()

    def action_turn(self, by: int) -> None:
        """To another value of the choice under the cursor; beyond the last comes the first."""
        turn = self.turns[self._cursor]
        at = turn.values.index(self.values[turn.name])
        self.values[turn.name] = turn.values[(at + by) % len(turn.values)]
        self.post_message(self.Turned(turn.name, self.values[turn.name]))
        self.fit()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        number = offset.y + self.scroll_offset.y if offset else -1
        if 0 <= number < len(self.turns):
            again, self._cursor = number == self._cursor, number
            if again and offset:
                turn = self.turns[number]
                value = self.shown(turn, self.values[turn.name])
                self.action_turn(-1 if offset.x < self._left + cell_len(value) // 2 + 2 else 1)
            self.fit()

    @property
    def _left(self) -> int:
        """The cell on which the values begin; where there is little room the labels are cut."""
        labels = max(cell_len(self.label(turn)) for turn in self.turns)
        return min(labels + 3, max(8, self.inner // 2))

    def render_line(self, y: int) -> Strip:
        number, width = y + self.scroll_offset.y, self.inner
        if number >= len(self.turns):
            about = self._about[number - len(self.turns)] if number - len(self.turns) < len(self._about) else ""
            return line([(f" {about}", self.style_of("choices--count"))], width, self.ground)
        turn, here = self.turns[number], number == self._cursor
        base = self.style_of("choices--cursor") if here else self.ground
        ground = Style(bgcolor=base.bgcolor, reverse=base.reverse) if here else Style()
        text, value = self.style_of("choices--text") + ground, self.style_of("choices--ticked") + ground
        label = cut(("▌" if here else " ") + self.label(turn), self._left - 1)
        said = self.shown(turn, self.values[turn.name])
        shown = cut(f"‹ {said} ›" if here else f"  {said}", width - self._left)
        used = self._left + cell_len(shown)
        note = turn.note if used + len(turn.note) + 2 <= width else ""
        gap = " " * (width - used - len(note) - 1)
        parts = [(label + " " * (self._left - cell_len(label)), text), (shown, value)]
        return line([*parts, (gap + note + " ", self.style_of("choices--count") + ground)], width, base)
