"""The commands: each is a key, a word in the footer, an entry in the palette and a line of the help at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from tui.app.keys import assigned, key_name, plain_name
from tui.base.text import clean
from tui.base.words import N_
from tui.user.places import settings_file
from tui.user.settings import named_from_home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.base.words import Words
    from tui.user.settings import Kept, KeySetting


@dataclass(frozen=True)
class Command:
    """Something that the user can have done by a key."""

    action: str
    """The screen's action_…"""
    keys: tuple[str, ...]
    """As Textual names them."""
    label: str
    """In the palette; a message id."""
    help: str
    """In the help and the palette; a message id."""
    group: str
    """Its heading in the help; a message id."""
    shown: str = ""
    """The keys as the help prints them."""
    footer: str = ""
    """Its word in the footer; a message id. Those without one are not there."""
    footer_keys: str = ""
    palette: bool = True
    owners: bool = False
    """Left out where the calendar is only looked at: it writes, or tells of the owner's files."""

    @property
    def key_text(self) -> str:
        """Its keys as the help prints them, with a space between."""
        return self.shown or " ".join(map(key_name, self.keys))


MOVE, NARROW, VIEW, PROGRAM = N_("Moving"), N_("Filtering and searching"), N_("Viewing"), N_("Program")

_OWN = (
    Command("previous", ("up", "k"), N_("Previous film"), N_("To the film above, or up in the detail"),
            MOVE, "↑ k", palette=False),
    Command("next", ("down", "j"), N_("Next film"), N_("To the film below, or down in the detail"),
            MOVE, "↓ j", N_("films"), "↑↓", palette=False),
    Command("page_up", ("pageup", "ctrl+b"), N_("Page up"), N_("One screen up"), MOVE, "PgUp Ctrl+B",
            palette=False),
    Command("page_down", ("pagedown", "ctrl+f"), N_("Page down"), N_("One screen down"), MOVE, "PgDn Ctrl+F",
            palette=False),
    Command("previous_month", ("left", "h"), N_("Previous month"), N_("To the month before"), MOVE, "← h"),
    Command("next_month", ("right", "l"), N_("Next month"), N_("To the month after"), MOVE, "→ l",
            N_("months"), "←→"),
    Command("first", ("home", "g"), N_("First film"), N_("To the start of the calendar"), MOVE, "Home g"),
    Command("last", ("end", "G"), N_("Last film"), N_("To the end of the calendar"), MOVE, "End G"),
    Command("today", ("t",), N_("Today"), N_("To the next release from today"), MOVE, footer=N_("today"),
            footer_keys="t"),
    Command("go_to", ("colon",), N_("Go to a date"), N_("To a date, a month or a holiday that is typed"), MOVE),
    Command("look_back", ("p",), N_("Last release"), N_("To the last release before today"), MOVE),
    Command("previous_film", ("K",), N_("Previous film while reading"), N_("The film above, also in the detail"), MOVE,
            palette=False),
    Command("next_film", ("J",), N_("Next film while reading"), N_("The film below, also in the detail"), MOVE,
            palette=False),
    Command("step_next", ("right_square_bracket",), N_("Next month or week"),
            N_("A month on; a week or a year in the view of it"), MOVE),
    Command("step_previous", ("left_square_bracket",), N_("Previous month or week"),
            N_("A month back; a week or a year in the view of it"), MOVE),
    Command("search", ("slash",), N_("Search"), N_("Search titles, people, genres, months, holidays as you type"),
            NARROW, footer=N_("search"), footer_keys="/"),
    Command("narrow", ("m",), N_("One month"), N_("Only the month of the cursor, or all again"), NARROW,
            footer=N_("one month"), footer_keys="m"),
    Command("filter_none", ("0",), N_("All months"), N_("Show all months again"), NARROW),
    Command("filter", ("f",), N_("Filter"), N_("Filter by genre, rating, type, status, country and director"), NARROW,
            footer=N_("filter"), footer_keys="f"),
    Command("drop", ("backspace",), N_("Take the last filter away"),
            N_("Take the last of what narrows the calendar away"), NARROW, "Backspace"),
    Command("clear", ("escape",), N_("Clear search and filters"),
            N_("Close what is open, then clear search and filters"), NARROW),
    Command("show_list", ("1",), N_("Schedule"), N_("All releases, month by month"), VIEW),
    Command("show_week", ("2",), N_("This week"), N_("What opens in a week, as cards"), VIEW),
    Command("show_grid", ("3",), N_("Month"), N_("A month as a grid of its days"), VIEW),
    Command("show_year", ("4",), N_("Year"), N_("A year at a glance, a cell a day"), VIEW),
    Command("two_months", ("M",), N_("Two months"), N_("The next month beside this one, from 150 columns"), VIEW),
    Command("other_pane", ("tab", "shift+tab"), N_("Other pane"), N_("Switch between the calendar and the film"), VIEW,
            "Tab"),
    Command("detail", ("enter",), N_("Open the film"), N_("Go to the film's details"), VIEW),
    Command("wider", ("plus", "equals_sign"), N_("Wider list"), N_("Move the border between the panes to the right"),
            VIEW, "+"),
    Command("narrower", ("minus",), N_("Narrower list"), N_("Move the border between the panes to the left"),
            VIEW, "-"),
    Command("view", ("v",), N_("Change the view"), N_("Switch between both panes and either alone"), VIEW),
    Command("star", ("space",), N_("Star"), N_("Star the film, or take its star away; you are reminded of it"), VIEW,
            "Space", N_("star"), "Space", owners=True),
    Command("note", ("N",), N_("Note"), N_("Write a note on the film, which is starred with it"), VIEW,
            owners=True),
    Command("copy", ("y",), N_("Copy the film"), N_("Copy the film as a message for WhatsApp"), VIEW,
            footer=N_("copy"), footer_keys="y"),
    Command("copy_all", ("Y",), N_("Copy the day, week or month"),
            N_("Copy the month, in other views the week or the day, as a message"), VIEW),
    Command("export", ("x",), N_("Export"), N_("Write films to a file: for a phone, a sheet, paper or the web"), VIEW,
            footer=N_("export"), footer_keys="x"),
    Command("open_link", ("o",), N_("Open the film's link"), N_("Open the film's first link in the browser"), VIEW),
    Command("origin", ("O",), N_("Where it is from"), N_("The layer and file that each field of the film comes from"),
            VIEW, owners=True),
    Command("news", ("n",), N_("News"), N_("All news"), VIEW, footer=N_("news"), footer_keys="n"),
    Command("changes", ("c",), N_("Changes"), N_("What was added, moved or cancelled, and when"), VIEW,
            footer=N_("changes"), footer_keys="c"),
    Command("problems", ("e",), N_("Problems"), N_("Problems in the catalog's files"), VIEW, owners=True),
    Command("theme", ("T",), N_("Light or dark"), N_("Switch between the dark and the light theme"), VIEW),
    Command("settings", ("comma",), N_("Settings"), N_("Language, theme, country and first day of the week"), PROGRAM,
            owners=True),
    Command("reload", ("r",), N_("Read again"), N_("Read what has changed in the catalog's files"), PROGRAM,
            owners=True),
    Command("sources", ("S",), N_("Sources"), N_("Follow sources such as Wikipedia, and bring their films"), PROGRAM,
            owners=True),
    Command("import", ("i",), N_("Import"), N_("Import films from a page's text, saved HTML, ICS or CSV"), PROGRAM,
            owners=True),
    Command("publish", ("X",), N_("Publish to phones"),
            N_("What the calendar shows, into a calendar on a server, and so on phones"), PROGRAM, owners=True),
    Command("help", ("question_mark", "f1"), N_("Help"), N_("All keys"), PROGRAM, "? F1", N_("help"), "?"),
    Command("palette", ("ctrl+p",), N_("Command palette"),
            N_("Commands, films, people, months and dates by their names"), PROGRAM, "Ctrl+P", palette=False),
    Command("leave", ("q", "ctrl+q", "ctrl+c"), N_("Quit"), N_("Leave filmtui"), PROGRAM, "q Ctrl+Q", N_("quit"), "q"),
)  # fmt: skip


class Commands:
    """The commands that there are, with their keys: the settings are read once, before there is a screen."""

    def __init__(self, own: tuple[Command, ...]) -> None:
        self._own = own
        self._now = own
        self.given: set[str] = set()
        """The commands whose keys are not their own."""
        self.withheld: frozenset[str] = frozenset()
        """Those that are left out."""

    def __iter__(self) -> Iterator[Command]:
        return iter(self._now)

    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys of each command where no settings give others."""
        return {command.action: command.keys for command in self._own}

    def give(self, settings: Iterable[KeySetting], *, read_only: bool = False) -> None:
        """Give them the keys of the settings; `read_only` leaves the owner's out."""
        keys, _ = assigned(self.own_keys(), settings, "")
        self.withheld = frozenset(command.action for command in self._own if read_only and command.owners)
        self.given = {command.action for command in self._own if keys[command.action] != command.keys}
        self._now = tuple(
            replace(command, keys=keys[command.action], shown="") if command.action in self.given else command
            for command in self._own
            if command.action not in self.withheld
        )

    def key(self, action: str) -> str:
        """The first key of a command as it is printed; empty where it has none, or is left out."""
        keys = next((command.keys for command in self._now if command.action == action), ())
        return key_name(keys[0]) if keys else ""

    def several(self, keys: str) -> bool:
        """Whether these keys, as a table of the footer has them, are those of more than one command."""
        return keys in _TOGETHER

    def shown(self, keys: str, action: str) -> str:
        """What stands for these keys, as a table below has them for a command, where commands have other keys."""
        if action in self.withheld:
            return ""
        actions = _TOGETHER.get(keys, (action,))
        if self.given.isdisjoint(actions):
            return keys
        names = list(filter(None, map(self.key, actions)))
        return ("" if {*names} <= {*"←→↑↓"} else " ").join(names)


COMMANDS = Commands(_OWN)

_TOGETHER = {
    "↑↓": ("previous", "next"), "←→": ("previous_month", "next_month"),
    "←→↑↓": ("previous_month", "next_month", "previous", "next"),
    "[ ]": ("step_previous", "step_next"), "J K": ("next_film", "previous_film"),
    "y Y": ("copy", "copy_all"),
}  # fmt: skip
"""Keys that stand together for one word, and whose they are."""


def written_keys() -> list[tuple[str, tuple[str, ...]]]:
    """The commands' own keys as one writes them in the settings file."""
    return [(action, tuple(map(plain_name, keys))) for action, keys in COMMANDS.own_keys().items()]


def key_problems(kept: Kept) -> Kept:
    """What the settings file says, with what is wrong in its keys too."""
    _, found = assigned(COMMANDS.own_keys(), kept.keys, clean(named_from_home(settings_file())))
    problems = sorted((*kept.problems, *found), key=lambda problem: (problem.line, problem.column))
    return msgspec.structs.replace(kept, problems=tuple(problems))


def called(keys: str, words: Words) -> str:
    """Keys as they are printed, in the user's language."""
    return keys.replace(_SPACE, words.gettext(_SPACE))


_SPACE = N_("Space")


def view_tabs(words: Words) -> list[tuple[str, str, str]]:
    """Key, name and action of each view."""
    return [
        (COMMANDS.key(c.action), words.gettext(c.label), c.action) for c in COMMANDS if c.action.startswith("show_")
    ]
