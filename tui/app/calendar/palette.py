"""The palette: commands, films, people, months and dates by a few letters of them; and a box for dates alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app.commands import COMMANDS, called
from tui.app.guard import EXPECTED
from tui.app.sheets.lookup import Choosable, Lookup, section
from tui.app.widgets.typeset import Find, Go, Line, Piece, Press, Seek, wrap
from tui.base.text import fold
from tui.base.text import words as folded
from tui.exports.week import upcoming as holidays_ahead
from tui.films import spoken
from tui.films.dates import from_key, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tui.app.calendar.links import CalendarLinks
    from tui.base.words import Words
    from tui.films.film import Film
    from tui.library.library import Library

_FILMS, _PEOPLE, _MONTHS, _DATES = 6, 4, 4, 5
"""Of each that are named."""
_LOOKED_AT = 24
"""Films among which people are looked for."""


def commands(calendar: CalendarLinks, typed: str) -> list[Choosable]:
    """Those whose name, key or help has each of the typed words at the beginning of one of its own; best first."""
    wanted = folded(typed)
    found = []
    for command in COMMANDS:
        if not command.palette or (command.action == "open_link" and not calendar.detail.linked):
            continue
        label, help = calendar.words.gettext(command.label), calendar.words.gettext(command.help)
        if _has(f"{label} {help}", wanted) or typed in command.keys:
            rank = not fold(label).startswith(fold(typed)), not _has(label, wanted)
            found.append((*rank, Choosable(label, Press(command.action), called(command.key_text, calendar.words))))
    return [entry for *_, entry in sorted(found, key=lambda item: item[:2])]


def moments(calendar: CalendarLinks, typed: str) -> list[Choosable]:
    """What this text means in either language, such as 25 des or lebaran 2026, and what it may become."""
    from tui.library import moments

    words, context, today, lacking = calendar.words, calendar.context, calendar.state.today, set[int]()
    names = (*moments.phrases(), *moments.months(), *moments.holiday_names())
    said = " ".join(folded(typed))
    begun = [name for name in dict.fromkeys(names) if said and name.startswith(said) and name != said]
    found: dict[tuple[int, str], Choosable] = {}
    for text in (typed, *begun):
        parts = text.split()
        if len(found) < _DATES and (read := moments.read(parts, context.clock, lacking)) and read[0] == len(parts):
            key = moments.ahead(read[1], today)
            known = from_key(key)
            note = spoken.full(known, words) if read[1].days else spoken.period(known.period, words)
            found.setdefault((key, note), Choosable(read[1].name, Press(f"to_day({key})"), note))
    return list(found.values())


def upcoming(calendar: CalendarLinks) -> list[Choosable]:
    """Where one may want to go with nothing typed: days near by, and the next holidays."""
    words, today = calendar.words, calendar.state.today
    near = (words.gettext("tomorrow"), words.gettext("next week"), words.gettext("next month"))
    found = [entry._replace(label=text) for text in near for entry in moments(calendar, text)[:1]]
    for holiday in holidays_ahead(calendar.state.holidays, today):
        known = from_key(key_of(holiday.day))
        found.append(Choosable(holiday.text(words), Press(f"to_day({known.key})"), spoken.full(known, words)))
    return found


class Dates(Lookup):
    """Goes to a date that is typed in words."""

    def __init__(self, calendar: CalendarLinks) -> None:
        super().__init__(calendar.words.gettext("Go to: 25 dec, march 2026, lebaran, next week"))
        self._calendar = calendar

    def lines(self, width: int) -> list[Line]:
        _ = self._calendar.words.gettext
        if not self.query_text:
            return section(_("Dates"), upcoming(self._calendar), width)
        found = section(_("Dates"), moments(self._calendar, self.query_text), width)
        return found or [
            [Piece(part, "fact")] for part in wrap(_("No date is called so. Write 25 dec or 2026-03."), width)
        ]


class Palette(Lookup):
    """Everything that can be gone to or done."""

    def __init__(self, calendar: CalendarLinks) -> None:
        super().__init__(calendar.words.gettext("Command, film, person, month or date"))
        self._calendar = calendar
        self._films: list[Choosable] = []
        self._people: list[Choosable] = []

    def lines(self, width: int) -> list[Line]:
        calendar, typed = self._calendar, self.query_text
        _ = calendar.words.gettext
        made = section(_("Commands"), commands(calendar, typed), width)
        if typed:
            made += section(_("Films"), self._films, width)
            made += section(_("People"), self._people, width)
            made += section(_("Months"), self._months(), width)
            made += section(_("Dates"), moments(calendar, typed), width)
            search = Choosable(
                _("Search the films for “{text}”").format(text=typed), Seek(typed), COMMANDS.key("search")
            )
            made += section(_("Search"), [search], width)
        return made

    def _months(self) -> list[Choosable]:
        """Those to be shown alone whose name begins so."""
        words, wanted = self._calendar.words, folded(self.query_text)
        found = []
        for period, rows in self._calendar.state.whole.months:
            named = folded(spoken.period(period, words))
            if all(any(word.startswith(one) for word in named) for one in wanted):
                label = words.gettext("Only {month}").format(month=spoken.period(period, words))
                found.append(
                    Choosable(label, Press(f"only_month({period})"), words.ngettext("{n} film", "{n} films", rows))
                )
        return found[:_MONTHS]

    def look(self) -> None:
        self._films, self._people = [], []
        if self.query_text:
            calendar = self._calendar
            work = partial(self._ask, self.query_text, calendar.state.library, calendar.state.today, calendar.words)
            self.run_worker(work, thread=True, exclusive=True, group="found")

    def _ask(self, typed: str, library: Library, today: date, words: Words) -> None:
        worker = get_current_worker()
        try:
            films, people = _found(typed, library, today, words)
        except EXPECTED:  # the calendar asks the same index, and says what is wrong with it
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, typed, films, people)

    def _take(self, typed: str, films: list[Choosable], people: list[Choosable]) -> None:
        if typed == self.query_text and (films or people):
            self._films, self._people = films, people
            self.draw()


def _found(typed: str, library: Library, today: date, words: Words) -> tuple[list[Choosable], list[Choosable]]:
    """Films with these words in their title, and people with them in their name, of the next releases that have them.

    Of the first hits alone: some milliseconds, whatever the catalog's size. Raises as the library does.
    """
    from tui.library.search import plainly

    view = library.glimpse(plainly(typed, library.home), key_of(today))
    wanted = folded(typed)
    films: dict[str, Choosable] = {}
    people: dict[str, Choosable] = {}
    ahead = library.index_of(view, key_of(today))
    first = max(0, min(ahead - _LOOKED_AT // 3, view.total - _LOOKED_AT))
    rows = library.rows(view, first, min(view.total, _LOOKED_AT))
    for row in sorted(
        rows, key=lambda row: (not fold(row.title).startswith(fold(typed)), abs(row.key - key_of(today)))
    ):
        if _has(row.title, wanted):
            films.setdefault(row.id, Choosable(row.title, Go(row.id), spoken.medium(row.when, words)))
        for name, role in _people(library.film(row.id), words):
            if _has(name, wanted):
                people.setdefault(name, Choosable(name, Find("person", name), role))
    return list(films.values())[:_FILMS], list(people.values())[:_PEOPLE]


def _has(text: str, wanted: list[str]) -> bool:
    """Whether each word is at the beginning of one of the text's."""
    there = folded(text)
    return all(any(word.startswith(one) for word in there) for one in wanted)


def _people(film: Film, words: Words) -> Iterator[tuple[str, str]]:
    """Each with what they are in a film."""
    for name in film.directors:
        yield name, words.gettext("Director")
    for credit in film.cast:
        yield credit.name, words.gettext("Cast")
    for name in film.writers:
        yield name, words.gettext("Writer")
