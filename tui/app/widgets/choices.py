"""Lines to be ticked, under headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding
from textual.message import Message

from tui.app.widgets.pane import Pane, cut, line

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip


class Choice(NamedTuple):
    """A line to be ticked, or a heading."""

    kind: str
    value: str | None
    """None for a heading."""
    label: str
    note: str = ""
    """At the line's end."""


class Choices(Pane, can_focus=True):
    """A cursor over lines that space or a click ticks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--text", "choices--heading", "choices--count", "choices--ticked", "choices--cursor",
    }  # fmt: skip

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("space", "tick", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
    ]

    def __init__(self, choices: list[Choice], ticked: set[tuple[str, str]]) -> None:
        """`ticked` holds kind and value of each choice that is ticked."""
        super().__init__()
        self.choices = choices
        self.ticked = ticked
        self._cursor = next((n for n, choice in enumerate(choices) if choice.value is not None), 0)

    class Ticked(Message):
        """A choice was ticked, or is no longer."""

        def __init__(self, kind: str, value: str) -> None:
            super().__init__()
            self.kind, self.value = kind, value

    def show(self, choices: list[Choice], ticked: set[tuple[str, str]]) -> None:
        """Show other choices; the cursor stays on its own where that is still there."""
        here = self.choices[self._cursor] if self.choices else None
        self.choices, self.ticked = choices, ticked
        own = (n for n, choice in enumerate(choices) if here and (choice.kind, choice.value) == (here.kind, here.value))
        first = next((n for n, choice in enumerate(choices) if choice.value is not None), 0)
        self._cursor = next(own, first)
        self.fit()

    def fit(self) -> None:
        self.set_lines(len(self.choices))
        self._see()

    def move(self, by: int) -> None:
        """Move the cursor by so many lines, and over a heading; stay where there is no choice."""
        at = self._cursor + by
        while 0 <= at < len(self.choices) and self.choices[at].value is None:
            at += 1 if by > 0 else -1
        if 0 <= at < len(self.choices):
            self._cursor = at
            self._see()
            self.refresh()

    def leap(self, by: int) -> None:
        """Several lines at once, to the last choice on the way."""
        wanted = self._cursor + by
        choices = [number for number, choice in enumerate(self.choices) if choice.value is not None]
        passed = [number for number in choices if (number <= wanted if by > 0 else number >= wanted)]
        if passed:
            self.move((passed[-1] if by > 0 else passed[0]) - self._cursor)

    def _see(self) -> None:
        top = self.scroll_offset.y
        if self._cursor - 1 < top:
            self.scroll_to(y=self._cursor - 1, animate=False, force=True, immediate=True)
        elif self._cursor >= top + self.rows_seen:
            self.scroll_to(y=self._cursor - self.rows_seen + 1, animate=False, force=True, immediate=True)

    def tick(self) -> None:
        """Tick the choice under the cursor, or take its tick away."""
        choice = self.choices[self._cursor] if self.choices else None
        if choice and choice.value is not None:
            self.ticked ^= {(choice.kind, choice.value)}
            self.refresh()
            self.post_message(self.Ticked(choice.kind, choice.value))

    def action_tick(self) -> None:
        self.tick()

    def action_move(self, by: int) -> None:
        self.move(by)

    def action_page(self, by: int) -> None:
        self.leap(by * max(1, self.rows_seen - 1))

    def action_end(self, by: int) -> None:
        self.leap(by * len(self.choices))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        number = offset.y + self.scroll_offset.y if offset else -1
        if 0 <= number < len(self.choices) and self.choices[number].value is not None:
            self._cursor = number
            self.tick()

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self.choices):
            return self.blank()
        choice = self.choices[number]
        width = self.inner
        if choice.value is None:
            return line([(" " + choice.label.upper(), self.style_of("choices--heading"))], width, self.ground)
        here = number == self._cursor
        base = self.style_of("choices--cursor") if here else self.ground
        ticked = (choice.kind, choice.value) in self.ticked
        text = self.style_of("choices--ticked" if ticked else "choices--text")
        counted = self.style_of("choices--count")
        if here:
            ground = Style(bgcolor=base.bgcolor, reverse=base.reverse)
            text, counted = text + ground, counted + ground
        count = choice.note + " "
        label = cut(f"{'▌' if here else ' '}[{'×' if ticked else ' '}] {choice.label}", width - cell_len(count) - 1)
        gap = " " * (width - cell_len(count) - cell_len(label))
        return line([(label + gap, text), (count, counted)], width, base)
