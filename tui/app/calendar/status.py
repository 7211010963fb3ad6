"""The line about the catalog: reads what has changed in it, says how far that is and what is wrong."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.worker import get_current_worker

from tui.app.guard import EXPECTED, line
from tui.app.widgets.bars import Bar
from tui.app.widgets.pane import cut
from tui.base.errors import IndexBusyError
from tui.catalog.files import folder

if TYPE_CHECKING:
    from rich.style import Style

    from tui.base.errors import Problem
    from tui.base.words import Words
    from tui.index.build import Changes
    from tui.index.progress import Progress
    from tui.library.library import Library

_SOON = 0.5
"""Seconds of reading that nobody needs to be told of."""

_LOOK = 0.5
"""Seconds between two looks at the index's generation, each of some ten microseconds."""

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

    class Touched(Message):
        """A file of the catalog was written."""

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
        self._generation = 0  # of the index, when it was last told that it has changed
        self.watching = False
        """Whether an edit of the catalog's files shows by itself."""
        self._left = threading.Event()
        self._watcher: threading.Thread | None = None
        self._looker: threading.Thread | None = None

    def open(self) -> None:
        """Read a small catalog that has no index yet; the rest is read behind the screen once it stands."""
        self._library.follow()
        try:
            if not self._library.filled and self._library.quick():
                self._library.refresh(patience=_PATIENCE)
        except EXPECTED as error:
            self.fail(line(error, self._words))
        with contextlib.suppress(*EXPECTED):
            self._generation = self._library.generation
        self._tell()
        self._looker = threading.Thread(target=self._look_on, args=(self._library, self._left), daemon=True)
        self._looker.start()
        self.call_after_refresh(self.reload)

    def watch_over(self, library: Library) -> None:
        """Read this catalog from now on, and follow its files."""
        self._leave()
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
        while not worker.is_cancelled:
            try:
                changes = self._library.refresh(report, lambda: worker.is_cancelled, _PATIENCE, hold=True)
            except IndexBusyError:
                self.app.call_from_thread(self._wait)
                continue
            except EXPECTED as error:
                failure = line(error, self._words)
            break
        self._look(self._library)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._refreshed, changes, failure)

    def fail(self, why: str) -> None:
        """Something could not be done: say why, in the user's words, until the catalog is read again."""
        self.failure = why
        self._tell()

    def _wait(self) -> None:
        """Another process reads the catalog."""
        self._say(self._words.gettext("Another filmtui is reading the catalog…"))

    def _report(self, progress: Progress) -> None:
        if progress.seconds < _SOON:
            return
        text = self._words.gettext("Reading the catalog: {progress}")
        self._say(text.format(progress=progress.text(self._words)))

    def _say(self, progress: str) -> None:
        if bool(progress) != bool(self.progress):
            self.post_message(self.Changed())  # a calendar without films says whether they are still to come
        self.progress = progress
        self._tell()

    def _refreshed(self, changes: Changes | None, failure: str) -> None:
        self.failure = failure
        self.held = changes.held if changes else []
        self._say("")
        if not self.watching:
            self.watching = True
            # no worker: it ends with the calendar, and nothing waits for it
            self._watcher = threading.Thread(target=self._watch, args=(self._left,), daemon=True)
            self._watcher.start()

    def _look_on(self, library: Library, left: threading.Event) -> None:
        """Look again and again, as other processes change the index too."""
        while not left.wait(_LOOK):
            self._look(library)

    def _look(self, library: Library) -> None:
        """Tell it, once, where the index has changed since it was told; from any thread."""
        with contextlib.suppress(*EXPECTED, RuntimeError):  # it cannot be asked; the calendar is closing
            generation = library.generation
            if generation != self._generation and library is self._library:
                self._generation = generation
                self.post_message(self.Changed())

    def on_status_changed(self) -> None:
        try:
            lost = not self.progress and not self._library.filled
        except EXPECTED as error:
            self.fail(line(error, self._words))
            return
        self._tell()
        if lost:  # its file was deleted or damaged: what took its place is to be filled
            self.reload()

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
                    self.post_message(self.Touched())  # call_from_thread would wait for a calendar that is closing

    def on_status_touched(self) -> None:
        self.reload()

    def _leave(self) -> None:
        self._left.set()
        for thread in (self._watcher, self._looker):
            # before the library that it asks is closed; still in watchfiles at the exit, it can abort the process
            if thread is not None:
                thread.join(1)

    def on_unmount(self) -> None:
        self._leave()

    def _tell(self) -> None:
        """A failure, else the progress, else the first problem."""
        text = self.failure or self.progress or self._problem()
        self._text = text
        self.display = bool(text)
        self.set_class(text != self.progress, "-wrong")
        self.refresh()

    def _problem(self) -> str:
        problems = [*self.held, *self._library.problems(2)]
        text = problems[0].text(self._words) if problems else ""
        if len(problems) < 2:
            return text
        wrong = len(self.held) + self._library.sizes()[1]
        count = self._words.ngettext("{n} problem", "{n} problems", wrong)
        return f"{count} (e) · {text}"

    def parts(self, width: int) -> list[tuple[str, Style]]:
        return [(cut(f" {self._text}", width), self.style_of("status--text"))]

    def on_click(self) -> None:
        self.post_message(self.Asked())
