"""The sheet of settings: language and theme show at once, Enter writes the file, Esc takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

import msgspec
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.app.commands import key_problems, written_keys
from tui.app.sheets.sheets import Title
from tui.app.widgets.turns import Turn, Turns
from tui.base.words import LANGUAGE_NAMES, N_
from tui.films.film import HOME_REGION
from tui.user.places import settings_file
from tui.user.settings import DEFAULT, FILE, FIRST_DAYS, OPTION, kept_settings, told_path
from tui.user.themes import OWN_THEMES, TEXTUAL_THEMES
from tui.user.writing import ABOUT, template, write_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult

    from tui.app.widgets.bars import Tabs
    from tui.base.words import Words
    from tui.user.settings import Settings

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


class SettingRows(Turns):
    """The settings; where one's value is not from the file, and the file's will not hold, its line says where from."""

    def __init__(self, words: Words, turns: list[Turn], values: dict[str, str]) -> None:
        super().__init__(turns, values)
        self._words = words

    def label(self, turn: Turn) -> str:
        return self._words.gettext(_LABELS[turn.name])

    def about(self, turn: Turn) -> Iterable[str]:
        rest = self._words.gettext("The catalog and the keys stand in {file}.")
        return ("", self._words.gettext(ABOUT[turn.name]), rest.format(file=told_path(settings_file())))

    def shown(self, turn: Turn, value: str) -> str:
        words = self._words
        match turn.name:
            case "language":
                return LANGUAGE_NAMES[value]
            case "theme":
                return words.gettext(_THEMES.get(value, "")) or value
            case "region":
                return f"{words.territory(value)} ({value})"
            case _:
                return words.names.days[FIRST_DAYS[value]]


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
            "language": list(LANGUAGE_NAMES),
            "theme": [*OWN_THEMES, *TEXTUAL_THEMES],
            "region": _countries(words),
            "first_day": list(FIRST_DAYS),
        }
        origins = {name: settings.origins.get(name, DEFAULT) for name in values}
        said = {DEFAULT: "", FILE: "", OPTION: words.gettext("option")}
        sources = {name: said.get(origin, origin) for name, origin in origins.items()}
        rows = [Turn(name, values[name], sources[name]) for name in values]
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

    def on_turns_turned(self, event: Turns.Turned) -> None:
        self._show(event.choice, event.value)

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
