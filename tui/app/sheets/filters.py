"""The filter beside the list, which narrows as values are ticked; Enter keeps it, Esc takes it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding
from textual.containers import Vertical
from textual.worker import get_current_worker

from tui.app.guard import EXPECTED
from tui.app.sheets.sheets import Modal, Title
from tui.app.widgets.choices import Choice, Choices
from tui.library.fields import KINDS, STAR
from tui.library.filtering import FILTER_GROUPS, Filter, filter_of, in_context, listed, total_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.base.words import Words
    from tui.library.fields import Context
    from tui.library.library import Library

_Counts = dict[str, dict[str, int]]


class Filtered(Protocol):
    """What is narrowed at once."""

    @property
    def context(self) -> Context: ...

    def search(self, text: str) -> None: ...


class FilterScreen(Modal[None]):
    """Dismissed with nothing: what is chosen is the calendar's search already."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 (Textual declares them so)

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("enter,f", "close", show=False),
        Binding("escape,q", "take_back", show=False),
        Binding("0", "none", show=False),
    ]

    def __init__(self, words: Words, calendar: Filtered, library: Library, line: str, period: int | None) -> None:
        """`line` is the calendar's search, `period` the month that it shows alone."""
        super().__init__()
        self._words = words
        self._calendar = calendar
        self._library = library
        self._before, self._period = line, period
        self._filter = filter_of(line, calendar.context)
        self._known = {kind: [value for value, _ in found] for kind, found in library.facets().items()}
        self._known["star"] = [STAR] if calendar.context.starred() else []
        self._counts: _Counts = {}
        self._choices = Choices(self._listed(), self._ticked)

    @property
    def _ticked(self) -> set[tuple[str, str]]:
        return {(kind, value) for kind, values in self._filter.chosen.items() for value in values}

    def compose(self) -> ComposeResult:
        _ = self._words.gettext
        with Vertical(id="sheet"):
            yield Title(
                _("Filters"), (_("Space"), _("choose"), "tick"), ("0", _("none"), "none"),
                ("Enter", _("keep"), "close"), ("Esc", _("cancel"), "take_back"),
            )  # fmt: skip
            yield self._choices

    def on_mount(self) -> None:
        self._count()

    def _listed(self) -> list[Choice]:
        choices: list[Choice] = []
        context = self._calendar.context
        for group in FILTER_GROUPS:
            kind, counts = group.kind, self._counts.get(group.kind, {})
            ticked = self._filter.chosen.get(kind, frozenset())
            values = listed(group, counts, self._known.get(kind, []), ticked)
            if values:
                choices.append(Choice(kind, None, self._words.gettext(group.label)))
            for value in values:
                label = KINDS[kind].label(value, context)
                note = self._words.number(counts.get(value, 0)) if self._counts else ""
                choices.append(Choice(kind, value, label[:1].upper() + label[1:], note))
        return choices

    # what is chosen

    def on_choices_ticked(self, event: Choices.Ticked) -> None:
        self._choose(self._filter.toggled(event.kind, event.value))

    def _choose(self, wanted: Filter) -> None:
        self._filter = wanted
        self._calendar.search(wanted.line(self._calendar.context))
        self._count()

    def _count(self) -> None:
        """Count anew behind the screen."""
        work = partial(self._ask, self._filter, self._calendar.context)
        self.run_worker(work, thread=True, exclusive=True, group="counts")

    def _ask(self, wanted: Filter, context: Context) -> None:
        worker = get_current_worker()
        try:
            counts = in_context(self._library, wanted, context, self._period, lambda: worker.is_cancelled)
        except EXPECTED:  # the calendar asks the same index, and says what is wrong with it
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, wanted, counts)

    def _show(self, wanted: Filter, counts: _Counts) -> None:
        if wanted is self._filter:
            self._counts = counts
            total = total_of(wanted, counts)
            title = self._words.gettext("Filters")
            self.query_one(Title).tell(f"{title} · {self._words.number(total)}")
            self._choices.show(self._listed(), self._ticked)

    def action_tick(self) -> None:
        self._choices.tick()

    def action_none(self) -> None:
        self._choices.show(self._choices.choices, set())
        self._choose(Filter(self._filter.rest))

    def action_take_back(self) -> None:
        self._calendar.search(self._before)
        self.dismiss(None)
