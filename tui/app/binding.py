"""The commands as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingsMap

from tui.app.commands import COMMANDS


def bindings() -> list[Binding]:
    """For the calendar's screen, with the keys that the commands have now."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.action)
        for command in COMMANDS
        if command.keys
    ]


def rebind(screen: BindingsMap) -> None:
    """Bind the keys that hold where a screen was made with the commands' own; those of Textual stay."""
    if COMMANDS.given or COMMANDS.withheld:
        others = {key: [one for one in ones if not one.id] for key, ones in screen.key_to_bindings.items()}
        others = {key: ones for key, ones in others.items() if ones}
        screen.key_to_bindings = {**others, **BindingsMap(bindings()).key_to_bindings}
