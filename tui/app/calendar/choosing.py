"""What the user chooses for good: the sheet of settings, and what of it shows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from textual.message import Message

from tui.app.calendar.daysoff import DaysOff
from tui.app.calendar.links import CalendarLinks
from tui.app.commands import view_tabs
from tui.app.guard import EXPECTED, line

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.user.settings import Settings


class CalendarChoosing(CalendarLinks):
    """Shows another theme or language, and opens the settings."""

    class SettingsChosen(Message):
        """Other settings hold from now on."""

        def __init__(self, screen: CalendarChoosing, settings: Settings) -> None:
            super().__init__()
            self.screen, self.settings = screen, settings

    theme = ""
    """The theme that a key has chosen, by its name of the settings; empty while theirs is shown."""

    def show_theme(self, name: str) -> None:
        """Show the theme of this name of the settings."""
        app: Any = self.app
        app.show_theme(name)

    def show_language(self, language: str) -> None:
        """Say everything on the screen in this language."""
        if language == self.words.language:
            return
        self.words.speak(language)
        for entry, view in self._views.items():
            view.border_title = self.words.gettext(entry.title)
        self._title.rename(view_tabs(self.words))
        self._months.refresh()
        self.narrowing.speak()
        self.search(self.state.understood.text)  # what was understood is said in the language too
        self.state.between = ()
        self.search(self.state.understood.text)
        self._show()
        self._show_status()
        self._look_for_holidays()

    def move_to(self, library: Library, settings: Settings) -> None:
        """Go on with another catalog, or another country's releases or weeks; what is selected and chosen stays."""
        region = self.settings.region
        super().move_to(library, settings)
        if settings.region != region:
            self._days_off = DaysOff(self, settings.places.cache, settings.region, self.words)
            self.state.holidays = ()
            self._look_for_holidays()

    def action_settings(self) -> None:
        from tui.app.sheets.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.words, self.settings, self.theme, self), self._chosen)

    def _chosen(self, chosen: dict[str, str] | None) -> None:
        """Keep what was chosen in the sheet: in the file, and from now on."""
        if not chosen:
            return
        from tui.app.sheets.settings import keep

        try:
            settings = keep(self.settings, chosen, self.words)
        except EXPECTED as error:
            self.notify(line(error, self.words), markup=False, severity="error")
            return
        if "theme" in chosen:
            self.theme = ""
        self.following.settings = settings.kept.problems
        self._show_status()
        self.notify(self.words.gettext("saved"), markup=False)
        self.post_message(self.SettingsChosen(self, settings))
        if (settings.region, settings.first_day) == (self.settings.region, self.settings.first_day):
            self.settings = msgspec.structs.replace(settings, places=self.settings.places)
