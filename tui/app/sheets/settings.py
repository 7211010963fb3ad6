"""The sheet of settings: language and theme show at once, Enter writes the file, Esc takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

import msgspec
from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen

from tui.app.commands import key_problems, written_keys
from tui.app.sheets.sheets import Title
from tui.app.widgets.pane import Pane, cut, line
from tui.app.widgets.typeset import wrap
from tui.base.words import N_
from tui.films.film import HOME_REGION
from tui.user.places import settings_file
from tui.user.settings import DEFAULT, FILE, FIRST_DAYS, kept_settings, named_from_home
from tui.user.themes import OWN_THEMES, TEXTUAL_THEMES
from tui.user.writing import ABOUT, template, write_settings

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip

    from tui.app.widgets.bars import Tabs
    from tui.base.words import Words
    from tui.user.settings import Settings

_LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
_THEMES = {
    "auto": N_("as the terminal"),
    "dark": N_("dark"),
    "light": N_("light"),
    "ansi": N_("the terminal's colours"),
}
"""Those that are called otherwise than by their name; message ids."""
_LABELS = {
    "language": N_("Language"),
    "theme": N_("Theme"),
    "region": N_("Country"),
    "first_day": N_("First day of the week"),
}
"""The settings that the sheet has; message ids."""


class Shows(Protocol):
    """What shows a choice at once."""

    def show_theme(self, name: str) -> None: ...

    def show_language(self, language: str) -> None: ...


class _Setting(NamedTuple):
    name: str
    values: list[str]
    source: str
    """What the value comes from where that is not the file, so that the file's will not hold the next time."""


class SettingRows(Pane, can_focus=True):
    """A line for each setting, with its value between arrows; below them what the one under the cursor is."""

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
        """A setting has another value."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.setting, self.value = name, value

    def __init__(self, words: Words, settings: list[_Setting], values: dict[str, str]) -> None:
        super().__init__()
        self._words = words
        self._settings = settings
        self.values = values
        self._cursor = 0
        self._about: list[str] = []

    def fit(self) -> None:
        about = self._words.gettext(ABOUT[self._settings[self._cursor].name])
        rest = self._words.gettext("The catalog and the keys stand in {file}.")
        rest = rest.format(file=named_from_home(settings_file()))
        self._about = ["", *wrap(about, max(8, self.inner - 2)), *wrap(rest, max(8, self.inner - 2))]
        self.set_lines(len(self._settings) + len(self._about))
        if self._cursor < self.scroll_offset.y or self._cursor >= self.scroll_offset.y + self.rows_seen:
            self.scroll_to(y=self._cursor, animate=False, force=True, immediate=True)

    def action_move(self, by: int) -> None:
        self._cursor = max(0, min(self._cursor + by, len(self._settings) - 1))
        self.fit()

    def action_turn(self, by: int) -> None:
        """To another value of the setting under the cursor; beyond the last comes the first."""
        setting = self._settings[self._cursor]
        at = setting.values.index(self.values[setting.name])
        self.values[setting.name] = setting.values[(at + by) % len(setting.values)]
        self.post_message(self.Turned(setting.name, self.values[setting.name]))
        self.fit()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        number = offset.y + self.scroll_offset.y if offset else -1
        if 0 <= number < len(self._settings):
            again, self._cursor = number == self._cursor, number
            if again and offset:
                left = offset.x < self._left + cell_len(self._value(self._settings[number])) // 2 + 2
                self.action_turn(-1 if left else 1)
            self.fit()

    @property
    def _left(self) -> int:
        """The cell on which the values begin; where there is little room the labels are cut."""
        labels = max(cell_len(self._words.gettext(_LABELS[setting.name])) for setting in self._settings)
        return min(labels + 3, max(8, self.inner // 2))

    def _value(self, setting: _Setting) -> str:
        value, words = self.values[setting.name], self._words
        match setting.name:
            case "language":
                return _LANGUAGES[value]
            case "theme":
                return words.gettext(_THEMES.get(value, "")) or value
            case "region":
                return f"{words.territory(value)} ({value})"
            case _:
                return words.names.days[FIRST_DAYS[value]]

    def render_line(self, y: int) -> Strip:
        number, width = y + self.scroll_offset.y, self.inner
        if number >= len(self._settings):
            about = self._about[number - len(self._settings)] if number - len(self._settings) < len(self._about) else ""
            return line([(f" {about}", self.style_of("choices--count"))], width, self.ground)
        setting, here = self._settings[number], number == self._cursor
        base = self.style_of("choices--cursor") if here else self.ground
        ground = Style(bgcolor=base.bgcolor, reverse=base.reverse) if here else Style()
        text, value = self.style_of("choices--text") + ground, self.style_of("choices--ticked") + ground
        label = cut(("▌" if here else " ") + self._words.gettext(_LABELS[setting.name]), self._left - 1)
        shown = cut(f"‹ {self._value(setting)} ›" if here else f"  {self._value(setting)}", width - self._left)
        used = self._left + cell_len(shown)
        source = setting.source if used + len(setting.source) + 2 <= width else ""
        gap = " " * (width - used - len(source) - 1)
        parts = [(label + " " * (self._left - cell_len(label)), text), (shown, value)]
        return line([*parts, (gap + source + " ", self.style_of("choices--count") + ground)], width, base)


class SettingsScreen(ModalScreen[dict[str, str]]):
    """Dismissed with the settings that were given other values, empty where none was or all was taken back."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("enter", "save", show=False),
        Binding("escape,q,comma", "take_back", show=False),
    ]

    def __init__(self, words: Words, settings: Settings, theme: str, shows: Shows) -> None:
        """`theme`: the one that is shown, empty for that of the settings."""
        super().__init__()
        self._words = words
        self._shows = shows
        first_day = next(name for name, number in FIRST_DAYS.items() if number == settings.first_day)
        self._before = {
            "language": words.language,
            "theme": theme or settings.theme,
            "region": settings.region,
            "first_day": first_day,
        }
        values = {
            "language": list(_LANGUAGES),
            "theme": [*OWN_THEMES, *TEXTUAL_THEMES],
            "region": _countries(words),
            "first_day": list(FIRST_DAYS),
        }
        origins = {name: settings.origins.get(name, DEFAULT) for name in values}
        sources = {name: "" if origin in {DEFAULT, FILE} else origin for name, origin in origins.items()}
        rows = [_Setting(name, values[name], sources[name]) for name in values]
        self._rows = SettingRows(words, rows, dict(self._before))
        self._title = Title(words.gettext("Settings"), *self._hints())

    def _hints(self) -> list[tuple[str, str, str]]:
        _ = self._words.gettext
        return [("←→", _("change"), "turn"), ("Enter", _("save"), "save"), ("Esc", _("cancel"), "take_back")]

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet", classes="-small"):
            yield self._title
            yield self._rows

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.action_take_back()

    def on_setting_rows_turned(self, event: SettingRows.Turned) -> None:
        self._show(event.setting, event.value)

    def _show(self, name: str, value: str) -> None:
        if name == "theme":
            self._shows.show_theme(value)
        elif name == "language":
            self._shows.show_language(value)
            self._title.rename(self._words.gettext("Settings"), *self._hints())
            self._rows.fit()

    async def on_tabs_pressed(self, event: Tabs.Pressed) -> None:
        await self.run_action(event.action)

    def action_turn(self) -> None:
        self._rows.action_turn(1)

    def action_take_back(self) -> None:
        for name, value in self._before.items():
            if self._rows.values[name] != value:
                self._show(name, value)
        self.dismiss({})

    def action_save(self) -> None:
        changed = {name: value for name, value in self._rows.values.items() if value != self._before[name]}
        self.dismiss(changed)


def _countries(words: Words) -> list[str]:
    """Indonesia first, then all by their names."""
    named = words.names.territories
    codes = [code for code in named if len(code) == 2 and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}]
    return sorted(codes, key=lambda code: (code != HOME_REGION, named[code]))


def keep(settings: Settings, chosen: dict[str, str], words: Words) -> Settings:
    """Write these settings into the file. The settings that hold from now on. Raises ValueRefusedError, OSError."""
    write_settings(settings_file(), chosen, template(words, written_keys()))
    held: dict[str, str | int] = {**chosen}
    if "first_day" in chosen:
        held["first_day"] = FIRST_DAYS[chosen["first_day"]]
    origins = {**settings.origins, **{name: FILE for name in chosen if settings.origins.get(name) in {None, DEFAULT}}}
    return msgspec.structs.replace(settings, **held, kept=key_problems(kept_settings()), origins=origins)
