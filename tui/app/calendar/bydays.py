"""What keys and clicks do in the views that go by days: the month and the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.calendar.links import CalendarLinks
from tui.app.calendar.views import VIEWS

if TYPE_CHECKING:
    from datetime import date

    from tui.app.calendar.views import CalendarView, ViewEntry


class ByDays(CalendarLinks):
    """Opens these views, and moves the cursor by days."""

    def go_to(self, target: int | date) -> None:
        """The cursor on a row or a day."""
        if isinstance(target, int):
            self.go(target)
        else:
            self.go_to_day(target)

    def action_show_grid(self) -> None:
        """The cursor's month."""
        self._show_by_days(VIEWS[2])

    def action_show_year(self) -> None:
        """The cursor's year."""
        self._show_by_days(VIEWS[3])

    def _show_by_days(self, view: ViewEntry) -> None:
        if self.state.period is not None:
            self.show_month(None)
        self.open_view(view)

    def action_two_months(self) -> None:
        self.active_view.widen()

    async def on_calendar_view_asked(self, event: CalendarView.Asked) -> None:
        await self.run_action(event.action)

    async def on_calendar_view_day_pointed(self, event: CalendarView.DayPointed) -> None:
        if event.again and event.day == self.state.day:
            await self.run_action("detail")
        else:
            self.go_to_day(event.day)
