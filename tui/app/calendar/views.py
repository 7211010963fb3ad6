"""The calendar's views: what each has to do, and which there are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from textual.message import Message

from tui.app.guard import EXPECTED
from tui.app.widgets.pane import Pane
from tui.base.words import N_

if TYPE_CHECKING:
    from datetime import date

    from tui.app.calendar.state import CalendarState
    from tui.base.words import Words
    from tui.library.instead import Offer
    from tui.library.library import Row

Step = Literal["previous", "next", "page_up", "page_down", "previous_month", "next_month", "first", "last"]
"""A move of the cursor, as the commands name it."""


class CalendarView(Pane, can_focus=True):
    """A way to show the calendar's state. It reads the state while it draws, and never changes it."""

    class Pointed(Message):
        """A row was clicked."""

        def __init__(self, index: int, *, again: bool) -> None:
            """`again`: it is a second click in quick succession."""
            super().__init__()
            self.index, self.again = index, again

    class DayPointed(Message):
        """A day was clicked."""

        def __init__(self, day: date, *, again: bool) -> None:
            """`again`: it is a second click in quick succession."""
            super().__init__()
            self.day, self.again = day, again

    class Asked(Message):
        """A command is to be done, as its key does it."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    steps_weeks = False
    """Whether `[` and `]` step by a week, else by a month."""
    by_days = False
    """Whether the cursor moves over days, with films or without; then `[` and `]` step as PgUp and PgDn do."""

    put = 0
    """Lines from the view's top to where the cursor is to be at the first picture; 0 where that does not matter."""

    def __init__(self, state: CalendarState, words: Words) -> None:
        super().__init__()
        self.state = state
        self.words = words

    def show(self, hint: str) -> None:
        """The rows are others now: draw them, and see to it that the cursor's is seen. With no row, draw the hint."""
        raise NotImplementedError

    def offer(self, offers: tuple[Offer, ...]) -> None:
        """There is no row, but this can be chosen instead; only of the view that stands for it."""
        raise NotImplementedError

    def show_between(self) -> None:
        """Lines that are no rows have come or gone: draw them, the cursor where it was on the screen."""

    def show_stars(self) -> None:
        """Other films are starred now, or marked as changed."""
        self.fit()
        self.refresh()

    def show_cursor(self, before: int) -> None:
        """The cursor has left the row of this index: draw what has changed, and see to it that the cursor is seen."""
        raise NotImplementedError

    def show_today(self) -> None:
        """See to it that today is seen, with what was before it and more of what comes."""
        self.show_cursor(self.state.cursor)

    def target(self, step: Step) -> int | date:
        """Index of the row to which this step leads, perhaps beyond the first or last; `CalendarState.go` clamps it.

        A day where the view goes by days.
        """
        raise NotImplementedError

    def enter(self) -> bool:
        """What Enter does before it opens the film. Whether it did anything."""
        return False

    def leave(self) -> bool:
        """What Esc leaves before it clears what narrows. Whether there was anything."""
        return False

    def widen(self) -> None:
        """Show more beside each other where there is room, or less again."""

    @property
    def down(self) -> int:
        """Lines from the view's top to the cursor, to be `put` when it comes back."""
        return 0

    def row(self, index: int) -> Row | None:
        """A row to draw; None where it cannot be had. Raises nothing, as it is asked while the screen is drawn."""
        try:
            return self.state.row(index)
        except EXPECTED as error:
            app: Any = self.app
            self.call_later(app.expected, error)
            return None


class ViewEntry(NamedTuple):
    """A view as it is registered."""

    title: str
    """On its border, and in the first line; a message id."""
    module: str
    """In this package; imported when the view is first opened."""
    name: str
    """Of its class."""
    action: str = ""
    """The command that opens it."""
    whole: bool = False
    """Whether it takes the whole width: the film is then read in its place."""

    def load(self) -> type[CalendarView]:
        """The view's class."""
        found: type[CalendarView] = getattr(import_module(f"tui.app.calendar.{self.module}"), self.name)
        return found


VIEWS = (
    ViewEntry(N_("Schedule"), "agenda", "Agenda", "show_list"),
    ViewEntry(N_("This week"), "week", "WeekView", "show_week", whole=True),
    ViewEntry(N_("Month"), "grid", "Grid", "show_grid", whole=True),
    ViewEntry(N_("Year"), "year", "YearView", "show_year", whole=True),
)  # fmt: skip
"""The first is the one that the calendar opens with. A new view is a module beside this one and a line here."""

ENDING = ViewEntry(N_("Schedule"), "ending", "Ending", whole=True)
"""In place of the list where nothing is still to come."""

NOTHING = ViewEntry(N_("Schedule"), "nothing", "Nothing")
"""In place of any view while it has no row and something else can be offered."""
