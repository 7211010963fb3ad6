"""An import in the calendar: where from, and the review of what it would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical
from textual.worker import get_current_worker

from tui.app.sheets.sheets import Modal, SheetPage, Title, closes
from tui.app.sheets.source import Source, SourceScreen
from tui.app.widgets.choices import Choice, Choices
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.base.errors import FilmtuiError
from tui.imports.review import KIND_NAMES, about

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from tui.base.words import Words
    from tui.films.film import News
    from tui.imports.changeset import Change, ChangeSet
    from tui.imports.importing import Import
    from tui.user.settings import Settings


class Outcome(NamedTuple):
    """What became of an import."""

    files: list[str]
    failure: str = ""
    """Why nothing was written, in the user's words."""
    first: str = ""
    """The id of the first film of the calendar that was written."""


class ImportFlow:
    """An import from the calendar: where from, the review, and what became of it."""

    def __init__(self, screen: Screen[None], words: Words, settings: Settings, written: Callable[[str], None]) -> None:
        """`written` is called with the id of the first film, once something was written."""
        self._screen, self._words, self._settings, self._written = screen, words, settings, written

    def begin(self) -> None:
        self._ask(Source())

    def _ask(self, source: Source) -> None:
        """Where from; with what was given before, where that could not be read."""
        self._screen.app.push_screen(SourceScreen(self._words, source), self._chosen)

    def _chosen(self, source: Source | None) -> None:
        if source is not None:
            self._screen.run_worker(partial(self._read, source), thread=True, exclusive=True, group="import")

    def _read(self, source: Source) -> None:
        """Behind the screen; then the review stands before the calendar."""
        from tui.imports.importing import Import, load

        app, worker = self._screen.app, get_current_worker()
        found = None
        try:
            data, name = load(source.path) if source.path else (source.text.encode(), "paste")
            found = Import(self._settings.places)
            found.add(data, name)
        except (FilmtuiError, OSError) as error:
            if found:
                found.close()
            if not worker.is_cancelled:
                app.call_from_thread(self._ask, source._replace(why=_why(error, self._words)))
            return
        if worker.is_cancelled:  # another one was begun meanwhile
            found.close()
            return
        app.call_from_thread(app.push_screen, ReviewScreen(self._words, found), self._done)

    def _done(self, written: Outcome | None) -> None:
        if written is None:
            return
        if written.failure:
            self._say(written.failure, wrong=True)
        elif written.files:
            self._say(self._words.gettext("saved: {files}").format(files=", ".join(written.files)))
            self._written(written.first)
        else:
            self._say(self._words.gettext("nothing was saved"))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._screen.notify(text, markup=False, severity="error" if wrong else "information")


def _why(error: FilmtuiError | OSError, words: Words) -> str:
    if isinstance(error, FilmtuiError):
        return error.message.text(words)
    from tui.base.reasons import reason_of

    return words.gettext("cannot go on: {why}").format(why=reason_of(error).text(words))


class ReviewScreen(Modal[Outcome]):
    """What an import would change; what is ticked is written. Dismissed with what became of it, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,q", "close", show=False),
        Binding("enter", "write", show=False),
        Binding("a", "all", show=False),
        Binding("0", "none", show=False),
    ]

    def __init__(self, words: Words, found: Import) -> None:
        super().__init__()
        self._words = words
        self._import = found
        self._writing = False
        self._found = found.found
        choices, ticked = _choices(self._found, words, found.beside)
        self._choices = Choices(choices, ticked)
        self._every = {(choice.kind, choice.value) for choice in choices if choice.value}

    def compose(self) -> ComposeResult:
        _ = self._words.gettext
        with Vertical(id="sheet"):
            if self._every:
                choose, save = (_("Space"), _("choose"), "tick"), ("Enter", _("save"), "write")
                yield Title(_("Import"), choose, save, ("Esc", _("cancel"), "close"))
                yield self._choices
            else:
                yield Title(_("Import"), closes(self._words))
            if self._found.rejected or not self._every:
                yield SheetPage(self._rejected)

    def on_mount(self) -> None:
        (self._choices if self._every else self.query_one(SheetPage)).focus()

    def _rejected(self, width: int) -> list[Line]:
        made: list[Line] = []
        if not self._every:
            made += [[Piece(part)] for part in wrap(self._words.gettext("Nothing changes by this import."), width)]
        for problem in self._found.rejected:
            made += [[Piece(part, "fact")] for part in wrap(problem.text(self._words), width)]
        return made

    def action_tick(self) -> None:
        self._choices.tick()

    def action_all(self) -> None:
        self._choices.ticked = {tick for tick in self._every if tick[0] != "uncertain"}
        self._choices.refresh()

    def action_none(self) -> None:
        self._choices.ticked = set()
        self._choices.refresh()

    def action_close(self) -> None:
        """Not while it writes: it ends by itself then, and what became of it is reported."""
        if not self._writing:
            self._import.close()
            self.dismiss(None)

    def action_write(self) -> None:
        if self._writing:
            return
        if not self._choices.ticked:
            self.action_close()
            return
        self._writing = True
        self.query_one(Title).tell(self._words.gettext("Saving…"), hints=False)
        self.run_worker(partial(self._write, self._chosen(), self._news()), thread=True)

    def _write(self, chosen: list[Change], news: list[News]) -> None:
        worker = get_current_worker()
        try:
            written = Outcome(self._import.write(chosen, news), first=_first(chosen))
        except (FilmtuiError, OSError) as error:
            written = Outcome([], _why(error, self._words))
        finally:
            self._import.close()
        if not worker.is_cancelled:
            self.app.call_from_thread(self.dismiss, written)

    def _chosen(self) -> list[Change]:
        ticked = self._choices.ticked
        chosen = []
        for number, change in enumerate(self._found.changes):
            if change.kind == "uncertain":
                for which, held in enumerate([*change.candidates, None]):
                    if ("uncertain", f"{number} {which}") in ticked:
                        chosen.append(self._import.settle(change, held))
                        break
            elif (change.kind, str(number)) in ticked:
                chosen.append(change)
        return chosen

    def _news(self) -> list[News]:
        return [item for number, item in enumerate(self._found.news) if ("news", str(number)) in self._choices.ticked]


def _first(changes: list[Change]) -> str:
    """The id of the film that opens first of those that are written; empty if none is."""
    films = [change.film for change in changes if change.writes]
    return min(films, key=lambda film: min(row.when.key for row in film.rows)).id if films else ""


def _choices(
    found: ChangeSet, words: Words, beside: Callable[[Change], list[str]]
) -> tuple[list[Choice], set[tuple[str, str]]]:
    """The lines of the review, and those that are ticked unless the user says otherwise."""
    _ = words.gettext
    choices: list[Choice] = []
    ticked: set[tuple[str, str]] = set()
    for kind in ("moved", "new", "completed"):
        numbers = [number for number, change in enumerate(found.changes) if change.kind == kind]
        if numbers:
            choices.append(Choice(kind, None, _(KIND_NAMES[kind])))
        for number in numbers:
            change = found.changes[number]
            label = f"{change.film.title}  {about(change, words)}"
            if others := beside(change):
                label += "  " + _("beside {titles}").format(titles=", ".join(others))
            choices.append(Choice(kind, str(number), label))
            # most of what is there would be put off: the page may be wrong, so each has to be wanted
            if not (found.doubtful and any(move.later for move in change.moves)):
                ticked.add((kind, str(number)))
    for number, change in enumerate(found.changes):
        if change.kind == "uncertain":
            choices.append(Choice("uncertain", None, _("which film is “{title}”?").format(title=change.film.title)))
            for which, held in enumerate(change.candidates):
                choices.append(Choice("uncertain", f"{number} {which}", held.film.title, held.film.id))
            choices.append(Choice("uncertain", f"{number} {len(change.candidates)}",
                                  _("another film, new in the catalog")))  # fmt: skip
    if found.news:
        choices.append(Choice("news", None, _("News")))
        for number, item in enumerate(found.news):
            choices.append(Choice("news", str(number), item.title.best(words.language)))
            ticked.add(("news", str(number)))
    return choices, ticked
