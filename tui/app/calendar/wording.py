"""What the calendar says about its own state, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands import COMMANDS
from tui.base.text import clean
from tui.films import spoken, terms

if TYPE_CHECKING:
    from tui.app.calendar.state import CalendarState
    from tui.base.words import Words

_MONTHS_NAMED = 4
"""Of those that have hits, where the month that is shown has none."""


def hint(state: CalendarState, words: Words, *, reading: bool) -> str:
    """What stands in the place of rows where there are none; `reading` while the catalog is being read."""
    _ = words.gettext
    if reading:
        return _("The catalog is being read…")
    if (only := state.period) is not None and state.whole.months and not state.whole.partial:
        near = sorted(state.whole.months, key=lambda month: abs(month[0] - only))[:_MONTHS_NAMED]
        months = ", ".join(f"{spoken.period(period, words)} ({rows})" for period, rows in sorted(near))
        return _("Nothing in {month}, but in {months}. {key} shows all months.").format(
            month=spoken.period(only, words), months=months, key=COMMANDS.key("filter_none")
        )
    if state.narrowed:
        return _("No film matches. {key} clears the filters.").format(key=COMMANDS.key("clear"))
    none = _("No films here yet. Press {key} to import some, or name another catalog with --catalog PATH.")
    return none.format(key=COMMANDS.key("import"))


def narrowing(state: CalendarState, words: Words, *, searching: bool) -> list[str]:
    """What narrows the calendar, each in a few words; not the search while its box is open, as it stands there."""
    selection = state.selection
    what = [spoken.period(state.period, words)] if state.period is not None else []
    if selection.words and not searching:
        what.append(f"“{clean(selection.search)}”")
    what += sorted(terms.genre(name, words) for name in selection.genres)
    what += sorted(selection.ratings)
    what += sorted(terms.release_type(name, words) for name in selection.types)
    what += sorted(terms.status(name, words) for name in selection.statuses)
    what += sorted(map(words.territory, selection.countries))
    what += sorted(clean(source) for source in selection.sources)
    return what


def count(state: CalendarState, words: Words) -> str:
    """How many films are shown, and how to see all."""
    films = words.ngettext("{n} film", "{n} films", state.view.total)
    least = f"≥ {films}" if state.view.partial else films
    clears = words.gettext("{key} clears").format(key=COMMANDS.key("clear"))
    return f"{least} · {clears}"
