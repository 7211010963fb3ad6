"""The Textual app: themes, the first screen, and what becomes of errors."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerFailed

from tui.app import terminal
from tui.app.calendar.screen import CalendarScreen
from tui.app.commands import COMMANDS, key_problems
from tui.app.frame import keep_frame
from tui.app.guard import EXPECTED, line, save_report
from tui.app.opening import Opening, opening
from tui.app.terminal import early_events, titled
from tui.app.themes import light_terminal, themed
from tui.base.errors import message
from tui.base.text import clean
from tui.base.words import N_, Words
from tui.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from tui.app.calendar.choosing import CalendarChoosing
    from tui.user.settings import Settings


class FilmtuiApp(App[None], inherit_bindings=False):
    """One calendar over one catalog."""

    TITLE = "filmtui"
    CSS_PATH = "filmtui.tcss"
    ENABLE_COMMAND_PALETTE = False  # the calendar has one of its own
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+q,ctrl+c", "quit", show=False, priority=True, system=True),
    ]

    def __init__(self, settings: Settings, opens: Opening, only: int | None = None) -> None:
        """`only` is the period to show at the start, None for all."""
        COMMANDS.give(settings.kept.keys)
        if settings.kept.keys:
            settings = msgspec.structs.replace(settings, kept=key_problems(settings.kept))
        self._opens = opens
        self._light = light_terminal(opens.asked.light)
        theme = themed(opens.theme, light=self._light)
        super().__init__(ansi_color=theme.ansi or None)  # None: as the theme of the moment says
        self.words = Words(settings.language)
        self.library = library_of(settings)
        self._settings = settings
        self._only = only
        self.register_theme(theme)
        # set before any style is read: a theme that changes makes Textual read them all twice
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def show_theme(self, name: str) -> None:
        """Show the theme of this name of the settings."""
        theme = themed(name, light=self._light)
        self.register_theme(theme)
        self.ansi_color = theme.ansi or None
        self.theme = theme.name

    def open(self) -> int:
        """Show the calendar until the user leaves it. The exit status."""
        signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on there is a terminal to put back
        try:
            with titled("filmtui"):
                self.run()
        except KeyboardInterrupt:
            return 128 + signal.SIGINT
        finally:
            self._opens.shown.give_back()
        return self.return_code or 0

    def get_default_screen(self) -> CalendarScreen:
        if self._opens.shown.text and self._driver is not None:  # the driver's start has wiped it
            self._driver.write(self._opens.shown.text)
        return CalendarScreen(self.library, self.words, self._settings, self._only, self._opens.session)

    def on_app_focus(self) -> None:
        """The terminal has come to the front again, perhaps after a night."""
        if isinstance(calendar := self.screen_stack[0], CalendarScreen):
            calendar.look_at_the_clock()

    def on_calendar_choosing_settings_chosen(self, event: CalendarChoosing.SettingsChosen) -> None:
        before, former = self._settings, self.library
        self._settings = msgspec.structs.replace(event.settings, places=before.places)
        if (before.region, before.first_day) != (self._settings.region, self._settings.first_day):
            self.library = library_of(self._settings)
            event.screen.move_to(self.library, self._settings)
            former.close()

    # what goes wrong

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except EXPECTED as error:
            self.expected(error)
            return True

    def expected(self, error: BaseException) -> None:
        """Say it in the calendar's line about the catalog; everything goes on."""
        calendar = self.screen_stack[0] if self.screen_stack else None
        if isinstance(calendar, CalendarScreen):
            calendar.fail(line(error, self.words))

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, EXPECTED) and self._running:
            self.expected(cause)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual's own shows the values of all variables, among them other people's texts
        from rich.traceback import Traceback

        self.panic(Traceback(width=100))

    def panic(self, *renderables: RenderableType) -> None:
        """An internal error: leave, with the terminal as it was, and say where the report is."""
        from rich.console import Console
        from rich.text import Text

        self._return_code = 1
        console = Console(width=100, color_system=None, force_terminal=False)
        with console.capture() as captured:
            console.print(*renderables, sep="\n")
        report = save_report(self._settings.places.state, captured.get())
        if report is None:
            text = message(N_("filmtui failed, and no report could be saved; please tell how it happened"))
        else:
            sentence = N_("filmtui failed; please report it with this file: {path}")
            text = message(sentence, path=clean(str(report)))
        super().panic(Text(text.text(self.words)))

    def on_mount(self) -> None:
        """Told to end, leave the terminal as it was. What was typed before there was a calendar counts."""
        for event in early_events(self._opens.asked.typed):
            self.post_message(event)
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; a loop beside the main thread
            for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(name, partial(self.exit, return_code=128 + name))

    def exit(self, result: None = None, return_code: int = 0, message: Any | None = None) -> None:
        """Leave; the calendar's picture is kept for the next start."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(screen, CalendarScreen) and screen.settled and not self.is_headless:
            lines = [strip.render(self.console) for strip in screen.picture()]
            keep_frame(
                screen.settings,
                self._opens._replace(theme=screen.theme or screen.settings.theme).look,
                *self.size,
                screen.state.library.stars.stamp,
                lines,
            )
        super().exit(result, return_code, message)

    def on_unmount(self) -> None:
        self.library.close()


def library_of(settings: Settings) -> Library:
    """The catalog as the settings want it seen."""
    return Library(settings.places, settings.region, settings.first_day)


def make(
    settings: Settings, only: int | None = None, *, fresh: bool = False, opens: Opening | None = None
) -> FilmtuiApp:
    """The app as the command and the tests open it; `fresh`: not as the calendar was left."""
    terminal.ask_its_size()
    terminal.read_any_bytes()
    return FilmtuiApp(settings, opens or opening(settings, fresh=fresh), only)
