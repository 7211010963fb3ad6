"""The sheet of filters: what the catalog knows of genre, rating, type and status, to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

import msgspec
from rich.style import Style
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.catalog.film import RATINGS, STATUSES, TYPES
from tui.i18n import N_
from tui.library import Selection
from tui.screens.sheets import Title
from tui.widgets.pane import Pane, cut, line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip

    from tui.i18n import Words

_KINDS = (
    ("genre", "genres", N_("Genre"), ()),
    ("rating", "ratings", N_("Rating"), RATINGS),
    ("type", "types", N_("Release type"), TYPES),
    ("status", "statuses", N_("Status"), STATUSES),
)
_SIGN = {"genre": "genres", "rating": "ratings", "type": "types", "status": "statuses"}


class _Choice(NamedTuple):
    kind: str
    value: str
    """Empty for a heading."""
    label: str
    rows: int


class Choices(Pane, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--text", "choices--heading", "choices--count", "choices--ticked", "choices--cursor",
    }  # fmt: skip

    def __init__(self, words: Words, choices: list[_Choice], ticked: set[tuple[str, str]]) -> None:
        super().__init__()
        self._words = words
        self.choices = choices
        self.ticked = ticked
        self._cursor = next((n for n, choice in enumerate(choices) if choice.value), 0)

    def fit(self) -> None:
        self.set_lines(len(self.choices))
        self._see()

    def move(self, by: int) -> None:
        at = self._cursor + by
        while 0 <= at < len(self.choices) and not self.choices[at].value:
            at += 1 if by > 0 else -1
        if 0 <= at < len(self.choices):
            self._cursor = at
            self._see()
            self.refresh()

    def leap(self, by: int) -> None:
        """Several lines at once, to the last choice on the way."""
        wanted = self._cursor + by
        choices = [number for number, choice in enumerate(self.choices) if choice.value]
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
        if self.choices:
            choice = self.choices[self._cursor]
            self.ticked ^= {(choice.kind, choice.value)}
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        number = offset.y + self.scroll_offset.y if offset else -1
        if 0 <= number < len(self.choices) and self.choices[number].value:
            self._cursor = number
            self.tick()

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self.choices):
            return self.blank()
        choice = self.choices[number]
        width = self.inner
        if not choice.value:
            return line([(" " + choice.label.upper(), self.style_of("choices--heading"))], width, self.ground)
        here = number == self._cursor
        base = self.style_of("choices--cursor") if here else self.ground
        ticked = (choice.kind, choice.value) in self.ticked
        text = self.style_of("choices--ticked" if ticked else "choices--text")
        counted = self.style_of("choices--count")
        if here:
            ground = Style(bgcolor=base.bgcolor)
            text, counted = text + ground, counted + ground
        count = self._words.number(choice.rows) + " "
        label = cut(f"{'▌' if here else ' '}[{'×' if ticked else ' '}] {choice.label}", width - len(count) - 1)
        return line(
            [*((line_part, text) for line_part in [f"{label:<{width - len(count)}}"]), (count, counted)],
            width,
            base,
        )


class FilterScreen(ModalScreen[Selection]):
    """Dismissed with the selection narrowed as ticked; with None if nothing was to change."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,f,q", "apply", show=False),
        Binding("enter,space", "tick", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
        Binding("0", "none", show=False),
    ]

    def __init__(self, words: Words, facets: dict[str, list[tuple[str, int]]], selection: Selection) -> None:
        super().__init__()
        self._words = words
        self._selection = selection
        choices: list[_Choice] = []
        for kind, _, label, order in _KINDS:
            found = facets.get(kind, [])
            if order:
                found = sorted(found, key=lambda item: order.index(item[0]) if item[0] in order else 99)
            if found:
                choices.append(_Choice(kind, "", words.gettext(label), 0))
                choices += [_Choice(kind, value, self._said(kind, value), rows) for value, rows in found]
        ticked = {(kind, value) for kind, field, _, _ in _KINDS for value in getattr(selection, field)}
        self._choices = Choices(words, choices, ticked)

    def _said(self, kind: str, value: str) -> str:
        if kind == "genre":
            return self._words.genre(value)
        if kind == "type":
            return self._words.kind(value)
        if kind == "status":
            said = self._words.status(value)
            return said[:1].upper() + said[1:]
        return value

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Title(
                self._words.gettext("Filters"),
                self._words.gettext("Space ticks · 0 none · Esc applies"),
                self._words.gettext("Space ticks"),
            )
            yield self._choices

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.action_apply()

    def action_move(self, by: int) -> None:
        self._choices.move(by)

    def action_page(self, by: int) -> None:
        self._choices.leap(by * max(1, self._choices.rows_seen - 1))

    def action_end(self, by: int) -> None:
        self._choices.leap(by * len(self._choices.choices))

    def action_tick(self) -> None:
        self._choices.tick()

    def action_none(self) -> None:
        self._choices.ticked = set()
        self._choices.refresh()

    def action_apply(self) -> None:
        chosen = {
            field: frozenset(value for kind, value in self._choices.ticked if kind == name)
            for name, field in _SIGN.items()
        }
        self.dismiss(msgspec.structs.replace(self._selection, **chosen))
