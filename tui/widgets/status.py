"""The line about the catalog: reads what has changed in it, says how far that is and what is wrong."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.worker import get_current_worker

from tui.catalog.files import folder
from tui.errors import FilmtuiError, IndexBusyError
from tui.widgets.bars import Bar
from tui.widgets.pane import cut

if TYPE_CHECKING:
    from rich.style import Style

    from tui.errors import Problem
    from tui.i18n import Words
    from tui.index.build import Changes
    from tui.index.progress import Progress
    from tui.library import Library

_SOON = 0.5
"""Seconds of reading that nobody needs to be told of."""

_PATIENCE = 0.5
"""Seconds between two looks whether another process is done with the index; so long may quitting take then."""


def _written(_change: object, path: str) -> bool:
    """Whether it is a file that a catalog is read from, see `catalog.files`."""
    name = PurePath(path).name
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


class Status(Bar):
    """Hidden while all is well and nothing is being read. Clicked, it tells all."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--text"}

    class Changed(Message):
        """The index holds other rows than before."""

    class Asked(Message):
        """What is wrong is to be shown in full."""

    def __init__(self, library: Library, words: Words) -> None:
        super().__init__(id="status")
        self._library = library
        self._words = words
        self._text = ""
        self.failure = ""
        """Why there is no catalog, in the user's words."""
        self.progress = ""
        """How far the reading is; empty when nothing is being read."""
        self.held: list[Problem] = []
        """What is wrong in files whose films are shown as they were before."""
        self._stale = False  # a reading that another one overtook has changed the index all the same
        self.watching = False
        """Whether an edit of the catalog's files shows by itself."""
        self._left = threading.Event()

    def open(self) -> None:
        """Read a small catalog that has no index yet; the rest is read behind the screen once it stands."""
        try:
            if not self._library.filled and self._library.quick():
                self._library.refresh(patience=_PATIENCE)
        except FilmtuiError as error:
            self.fail(error)
        self._tell()
        self.call_after_refresh(self.reload)

    def watch_over(self, library: Library) -> None:
        """Read this catalog from now on, and follow its files."""
        self._left.set()
        self._left = threading.Event()
        self.watching = False
        self._library = library
        self.open()

    def reload(self) -> None:
        self.run_worker(self._refresh, thread=True, exclusive=True, group="refresh")

    def _refresh(self) -> None:
        worker = get_current_worker()
        report = partial(self.app.call_from_thread, self._report)
        changes: Changes | None = None
        failure = ""
        waited = False
        while not worker.is_cancelled:
            try:
                changes = self._library.refresh(report, lambda: worker.is_cancelled, _PATIENCE, hold=True)
            except IndexBusyError:
                waited = True
                self.app.call_from_thread(self._wait)
                continue
            except FilmtuiError as error:
                failure = error.message.said(self._words)
            break
        if changes and (waited or changes.films or changes.files):  # what another process did shows as well
            self._stale = True
        if not worker.is_cancelled:
            self.app.call_from_thread(self._refreshed, changes, failure)

    def fail(self, error: FilmtuiError) -> None:
        """Something could not be answered."""
        self.failure = error.message.said(self._words)
        self._tell()

    def _wait(self) -> None:
        """Another process reads the catalog: what it has put in is shown."""
        self.progress = self._words.gettext("Another filmtui is reading the catalog…")
        self._tell()
        self.post_message(self.Changed())

    def _report(self, progress: Progress) -> None:
        if progress.seconds < _SOON:
            return
        said = self._words.gettext("Reading the catalog: {progress}")
        self.progress = said.format(progress=progress.said(self._words))
        self._tell()
        self.post_message(self.Changed())

    def _refreshed(self, changes: Changes | None, failure: str) -> None:
        self.progress, self.failure = "", failure
        self.held = changes.held if changes else []
        self._tell()
        if self._stale:
            self._stale = False
            self.post_message(self.Changed())
        if not self.watching:
            self.watching = True
            # no worker: it ends with the calendar, and nothing waits for it
            threading.Thread(target=self._watch, args=(self._left,), daemon=True).start()

    def _watch(self, left: threading.Event) -> None:
        """Read again whenever a file of the catalog changes."""
        from watchfiles import watch

        root = self._library.catalog
        watched = folder(root)
        with contextlib.suppress(OSError, RuntimeError):  # the folder is not there; the calendar is closing
            for changes in watch(watched, watch_filter=_written, debounce=200, step=50, stop_event=left,
                                 recursive=watched == root, ignore_permission_denied=True):  # fmt: skip
                ours = watched == root or any(PurePath(path).name == root.name for _, path in changes)
                if ours and not left.is_set():
                    self.app.call_from_thread(self.reload)

    def on_unmount(self) -> None:
        self._left.set()

    def _tell(self) -> None:
        """A failure, else the progress, else the first problem."""
        said = self.failure or self.progress or self._problem()
        self._text = said
        self.display = bool(said)
        self.set_class(said != self.progress, "-wrong")
        self.refresh()

    def _problem(self) -> str:
        problems = [*self.held, *self._library.problems(2)]
        said = problems[0].said(self._words) if problems else ""
        if len(problems) < 2:
            return said
        wrong = len(self.held) + self._library.sizes()[1]
        count = self._words.ngettext("{n} problem", "{n} problems", wrong)
        return f"{count} (e) · {said}"

    def parts(self, width: int) -> list[tuple[str, Style]]:
        return [(cut(f" {self._text}", width), self.style_of("status--text"))]

    def on_click(self) -> None:
        self.post_message(self.Asked())
