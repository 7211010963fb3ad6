"""What the calendar says about its own state, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands import COMMANDS, called
from tui.films import spoken

if TYPE_CHECKING:
    from tui.app.calendar.state import CalendarState
    from tui.base.words import Words
    from tui.library.instead import Offer


def hint(state: CalendarState, words: Words, *, reading: bool) -> str:
    """What stands in the place of rows where there are none; `reading` while the catalog is being read."""
    _ = words.gettext
    if reading:
        return _("The catalog is being read…")
    if state.period is not None and state.whole.months and not state.whole.partial:
        return _("Nothing in {month}. Try:").format(month=spoken.period(state.period, words))
    if offered(state, words, reading=reading):
        return _("No film matches. Try:")
    if not state.stars and any(part.field == "star" for part in state.understood.parts):
        return _("No film is starred yet. {key} stars the chosen one.").format(key=called(COMMANDS.key("star"), words))
    if state.narrowed:
        return _("No film matches. {key} clears the filters.").format(key=COMMANDS.key("clear"))
    none = _("No films here yet. Press {key} to import some, or name another catalog with --catalog PATH.")
    return none.format(key=COMMANDS.key("import"))


def offered(state: CalendarState, words: Words, *, reading: bool) -> tuple[Offer, ...]:
    """What can be chosen where there are no rows: other months, or what the search was compared with."""
    if state.view.total or not state.narrowed or reading:
        return ()
    if state.period is None or not state.whole.months or state.whole.partial:
        return state.offers
    from tui.library.instead import months

    return tuple(months(state.view, state.understood.text, words))


def narrowing(state: CalendarState, words: Words) -> list[str]:
    """What narrows the calendar, each in a few words: the month that is shown alone, then the parts of the search."""
    month = [spoken.period(state.period, words)] if state.period is not None else []
    return month + [part.label for part in state.understood.parts]


def count(state: CalendarState, words: Words) -> str:
    """How many films are shown, and how to see all."""
    films = words.ngettext("{n} film", "{n} films", state.view.total)
    least = f"≥ {films}" if state.view.partial else films
    clears = words.gettext("{key} clears").format(key=COMMANDS.key("clear"))
    return f"{least} · {clears}"
