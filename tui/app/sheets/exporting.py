"""The sheet that exports: which films, in which format, into which file; in a browser it is a download."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical
from textual.worker import get_current_worker

from tui.app.guard import EXPECTED, line
from tui.app.sheets.sheets import Modal, SheetPage, Title
from tui.app.widgets.search import Box
from tui.app.widgets.turns import Turn, Turns
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.base.errors import StoppedError
from tui.base.words import N_
from tui.exports.formats import FORMATS
from tui.exports.listing import Listing, Options
from tui.exports.saving import file_name, months_in, saved
from tui.user.places import downloads_folder, place
from tui.user.settings import named_from_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any, BinaryIO

    from textual.app import ComposeResult
    from textual.widgets import Input

    from tui.base.words import Words
    from tui.exports.formats import Format
    from tui.library.library import Library
    from tui.library.view import View


class Take(NamedTuple):
    """Films that can be exported."""

    name: str
    label: str
    """In the user's language."""
    view: Callable[[], View]
    """Raises IndexUnavailableError."""
    stem: str = ""
    """Of the file's name; empty: their months."""


_LABELS = {"what": N_("Films"), "format": N_("Format"), "excel": N_("For Excel"), "partial": N_("Also without a day")}
"""What can be chosen, message ids: the last ones are those `Options` that are said by yes and no."""
_FLAGS = tuple(field.name for field in fields(Options) if field.name in _LABELS)


class ExportRows(Turns):
    """What can be chosen."""

    def __init__(self, words: Words, takes: dict[str, Take], turns: list[Turn], values: dict[str, str]) -> None:
        super().__init__(turns, values)
        self._words, self._takes = words, takes

    def label(self, turn: Turn) -> str:
        return self._words.gettext(_LABELS[turn.name])

    def shown(self, turn: Turn, value: str) -> str:
        match turn.name:
            case "what":
                return self._takes[value].label
            case "format":
                return self._words.gettext(FORMATS[value].label)
            case _:
                return self._words.gettext("yes") if value else self._words.gettext("no")

    def action_move(self, by: int) -> None:
        if (by > 0 and self._cursor == len(self.turns) - 1) or (by < 0 and not self._cursor):
            self.screen.query_one(Box).focus()
        else:
            super().action_move(by)


class Exported(NamedTuple):
    """What was written, in a sentence, and the format."""

    told: str
    form: str


class ExportScreen(Modal[Exported]):
    """Dismissed with what was written, or with None."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "close", show=False),
        Binding("enter", "write", show=False),
        Binding("up,down,tab,shift+tab", "other", show=False),
    ]

    def __init__(
        self, words: Words, library: Library, today: date, revisions: Path | None,
        takes: list[Take], what: str, form: str,
    ) -> None:  # fmt: skip
        """`revisions`: as in `Listing`. `what` and `form` are chosen at first: the names of a take and of a format."""
        super().__init__()
        self._words, self._library, self._today, self._revisions = words, library, today, revisions
        self._takes = {take.name: take for take in takes}
        self._proposed = ""
        self._suffix = FORMATS[form].suffix
        self._why = ""
        self._writing = False
        values = {"what": what, "format": form, **dict.fromkeys(_FLAGS, "")}
        self._rows = ExportRows(words, self._takes, [Turn("what", list(self._takes)), Turn("format", [form])], values)
        self._title = Title(words.gettext("Export"), *self._hints())
        self._foot = SheetPage(self._lines)

    def _hints(self) -> list[tuple[str, str, str]]:
        _ = self._words.gettext
        return [("←→", _("change"), "turn"), ("Enter", _("write"), "write"), ("Esc", _("cancel"), "close")]

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet", classes="-small"):
            yield self._title
            yield self._rows
            yield Box(placeholder=self._words.gettext("File"), id="path", compact=True, select_on_focus=False)
            yield self._foot

    def on_mount(self) -> None:
        self._rows.focus()
        self._arrange()

    @property
    def _form(self) -> Format:
        return FORMATS[self._rows.values["format"]]

    @property
    def _take(self) -> Take:
        return self._takes[self._rows.values["what"]]

    def _arrange(self) -> None:
        """The choices of this format, and the name of a file that fits what is chosen, unless another was typed."""
        forms = [form.name for form in FORMATS.values() if form.chunks or not self.app.is_web]
        flags = [Turn(name, ["", "yes"]) for name in _FLAGS if name in self._form.heeds]
        turns = [Turn("what", list(self._takes)), Turn("format", forms), *flags]
        self._rows.styles.height = len(turns)
        self._rows.show(turns)
        box = self.query_one(Box)
        if box.value in {"", self._proposed}:
            take = self._take
            name = file_name(self._form, *([take.stem] if take.stem else months_in(take.view())))
            self._proposed = name if self.app.is_web else named_from_home(downloads_folder() / name)
            box.value = self._proposed
        elif box.value.lower().endswith(f".{self._suffix}") or not self._suffix:  # the user's name, another suffix
            bare = box.value[: -len(self._suffix) - 1] if self._suffix else box.value
            box.value = f"{bare}.{self._form.suffix}" if self._form.suffix else bare
        self._suffix = self._form.suffix

    def _lines(self, width: int) -> list[Line]:
        """What is to be known of the file."""
        _ = self._words.gettext
        if self._why:
            return [[Piece(part, "moved")] for part in wrap(self._why, width)]
        form, typed = self._form, self.query_one(Box).value.strip()
        named = isinstance(self.focused, Box)
        text = _("Enter writes this file; ↑ goes back.") if named else _("Enter writes this file; ↓ goes to its name.")
        if self.app.is_web:
            text = _("Your browser saves it among its downloads.")
        if typed and not self.app.is_web and form.chunks and place(typed).exists():
            text = _("This file is there already, and will be replaced.")
        elif form.folder:
            text = _("A folder of many files; what has not changed stays as it is.")
        return [[Piece(part, "fact")] for part in wrap(text, width)]

    def on_descendant_focus(self) -> None:
        self._foot.fit()

    def on_turns_turned(self) -> None:
        self._why = ""
        self._arrange()
        self._foot.fit()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._why = ""
        self._foot.fit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_write()

    def action_turn(self) -> None:
        self._rows.action_turn(1)

    def action_other(self) -> None:
        """From the choices to the file's name, and back."""
        (self._rows if self.focused is not self._rows else self.query_one(Box)).focus()

    # writing

    def action_write(self) -> None:
        typed = self.query_one(Box).value.strip()
        if self._writing or not typed:
            return
        self._writing, self._why = True, ""
        self._title.tell(self._words.gettext("Export · writing …"))
        flags: dict[str, Any] = {name: bool(self._rows.values[name]) for name in _FLAGS if name in self._form.heeds}
        work = partial(self._write, self._form, self._take, typed, replace(Options(), **flags))
        self.run_worker(work, thread=True, group="export")

    def _write(self, form: Format, take: Take, typed: str, options: Options) -> None:
        worker = get_current_worker()
        said: list[str] = []
        try:
            listing = Listing(
                self._library, take.view(), self._words, self._today, options,
                self._revisions, said.append, stop=lambda: worker.is_cancelled,
            )  # fmt: skip
            if self.app.is_web:
                text = self._download(listing, form, Path(typed).name)
            else:
                text = saved(listing, form, place(typed))
        except StoppedError:
            return
        except EXPECTED as error:
            self.app.call_from_thread(self._failed, line(error, self._words))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self.dismiss, Exported("\n".join([text, *said]), form.name))

    def _download(self, listing: Listing, form: Format, name: str) -> str:
        """Hand the file to the browser; it lies in a temporary one until the browser has it."""
        assert form.chunks is not None
        stream: BinaryIO = TemporaryFile()  # noqa: SIM115 (Textual closes it once it is delivered)
        left: list[int] = []
        stream.writelines(form.chunks(replace(listing, leave=left.append)))
        stream.seek(0)
        self.app.call_from_thread(partial(self.app.deliver_binary, stream, save_filename=name, mime_type=form.mime))
        films = self._words.ngettext("{n} film", "{n} films", listing.view.total - sum(left))
        return self._words.gettext("{films}: your browser saves {name}").format(films=films, name=name)

    def _failed(self, why: str) -> None:
        self._writing, self._why = False, why
        self._title.tell(self._words.gettext("Export"))
        self._foot.fit()
