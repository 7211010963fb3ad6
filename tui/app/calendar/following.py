"""Follows the catalog's files behind the screen: reads what has changed in them, and holds what is wrong."""

from __future__ import annotations

import contextlib
import os
import threading
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from tui.app.commands import COMMANDS
from tui.app.guard import EXPECTED, line
from tui.base.errors import IndexBusyError
from tui.catalog.files import folder

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.base.errors import Problem
    from tui.base.words import Words
    from tui.index.build import Changes
    from tui.index.progress import Progress
    from tui.library.library import Library

_SOON = 0.5
"""Seconds that a reading may take before its progress is shown."""

_LOOK = 0.5
"""Seconds between two looks at the index's generation, each of some ten microseconds."""

_PATIENCE = 0.5
"""Seconds between two looks whether another process is done with the index; so long may quitting take then."""


def _catalog_file(_change: object, path: str) -> bool:
    """Whether it is a file that a catalog is read from, see `catalog.files`."""
    name = PurePath(path).name
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


class Following:
    """Keeps one catalog's index up to date, and tells the screen what becomes of it.

    Two threads beside the workers: one watches the files, the other the index, which other processes change too.
    """

    class Changed(Message):
        """The index holds other rows than before, or a reading that takes long has begun or ended."""

    class Reported(Message):
        """`Following.text` is another one now."""

    class Noticed(Message):
        """The file of starred films was written, or the ledger."""

    class Touched(Message):
        """A file of the catalog was written."""

    def __init__(
        self, screen: Screen[None], library: Library, words: Words, settings: tuple[Problem, ...] = ()
    ) -> None:
        """`screen` runs the workers and gets the messages; `settings` is what is wrong in theirs.

        Does nothing before `open`.
        """
        self._screen = screen
        self._library = library
        self._words = words
        self.settings = settings
        self.failure = ""
        """What could not be done, in the user's words; empty once the catalog has been read."""
        self.progress = ""
        """How far the reading is, in the user's words; empty when nothing is read, or not yet for long."""
        self.held: list[Problem] = []
        """What is wrong in files whose films are shown as they were before."""
        self.watching = False
        """Whether an edit of the catalog's files shows by itself."""
        self._generation = 0  # of the index, when `Changed` was last posted
        self._left = threading.Event()
        self._watcher: threading.Thread | None = None
        self._looker: threading.Thread | None = None

    @property
    def text(self) -> str:
        """What there is to say about the catalog: a failure, else the progress, else the first problem; or nothing."""
        return self.failure or self.progress or self._problem()

    def _problem(self) -> str:
        problems = self.problems(2)
        text = problems[0].text(self._words) if problems else ""
        if len(problems) < 2:
            return text
        wrong = len(self.settings) + len(self._library.stars.problems) + len(self.held) + self._library.sizes()[1]
        count = self._words.ngettext("{n} problem", "{n} problems", wrong)
        key = COMMANDS.key("problems")
        return f"{count} ({key}) · {text}" if key else f"{count} · {text}"

    def problems(self, count: int) -> list[Problem]:
        """All of the settings, of the stars, all that are held, and this many of those in the index."""
        return [*self.settings, *self._library.stars.problems, *self.held, *self._library.problems(count)]

    def open(self) -> None:
        """Read a small catalog that has no index yet at once; the rest is read behind the screen once it stands."""
        self._library.follow()
        try:
            if not self._library.filled and self._library.quick():
                self._library.refresh(patience=_PATIENCE)
        except EXPECTED as error:
            self.failure = line(error, self._words)
        with contextlib.suppress(*EXPECTED):
            self._generation = self._library.generation
        self._looker = threading.Thread(target=self._look_on, args=(self._library, self._left), daemon=True)
        self._looker.start()
        self._screen.call_after_refresh(self.reload)

    def move_to(self, library: Library) -> None:
        """Follow this catalog from now on."""
        self.close()
        self._left = threading.Event()
        self.watching = False
        self._library = library
        self.open()

    def close(self) -> None:
        """Wait for the threads to end, a second at most: before the library that they ask is closed."""
        self._left.set()
        for thread in (self._watcher, self._looker):
            # one that is still in watchfiles when the process exits can abort it
            if thread is not None:
                thread.join(1)

    # reading

    def reload(self) -> None:
        """Read what has changed in the files, behind the screen."""
        self._screen.run_worker(self._refresh, thread=True, exclusive=True, group="refresh")

    def _refresh(self) -> None:
        worker = get_current_worker()
        on_the_screen = self._screen.app.call_from_thread
        report = partial(on_the_screen, self._report)
        changes: Changes | None = None
        failure = ""
        while not worker.is_cancelled:
            try:
                changes = self._library.refresh(report, lambda: worker.is_cancelled, _PATIENCE, hold=True)
            except IndexBusyError:
                on_the_screen(self._wait)
                continue
            except EXPECTED as error:
                failure = line(error, self._words)
            break
        self._look(self._library)
        if not worker.is_cancelled:
            on_the_screen(self._refreshed, changes, failure)

    def _wait(self) -> None:
        self._set_progress(self._words.gettext("Another filmtui is reading the catalog…"))

    def _report(self, progress: Progress) -> None:
        if progress.seconds >= _SOON:
            text = self._words.gettext("Reading the catalog: {progress}")
            self._set_progress(text.format(progress=progress.text(self._words)))

    def _set_progress(self, progress: str) -> None:
        if bool(progress) != bool(self.progress):
            self._screen.post_message(self.Changed())  # a calendar without films says whether they are still to come
        self.progress = progress
        self._screen.post_message(self.Reported())

    def _refreshed(self, changes: Changes | None, failure: str) -> None:
        self.failure = failure
        self.held = changes.held if changes else []
        self._set_progress("")
        if not self.watching:
            self.watching = True
            # no worker: it ends with the calendar, and nothing waits for it
            self._watcher = threading.Thread(target=self._watch, args=(self._left,), daemon=True)
            self._watcher.start()

    def fail(self, why: str) -> None:
        """Something could not be done: say why, in the user's words, until the catalog is read again."""
        self.failure = why
        self._screen.post_message(self.Reported())

    def refill(self) -> None:
        """Read the catalog anew if its index has been deleted or damaged: what took its place is empty."""
        try:
            lost = not self.progress and not self._library.filled
        except EXPECTED as error:
            self.fail(line(error, self._words))
        else:
            if lost:
                self.reload()

    # watching

    def _look_on(self, library: Library, left: threading.Event) -> None:
        """Look again and again, as other processes change the index too, and the user's stars."""
        noticed = library.history.size
        while not left.wait(_LOOK):
            self._look(library)
            if library.stars.changed() or library.history.size != noticed:
                noticed = library.history.size  # written after the index: by then `Changed` may have been posted
                with contextlib.suppress(RuntimeError):  # the calendar is closing
                    self._screen.post_message(self.Noticed())

    def _look(self, library: Library) -> None:
        """Post `Changed`, once, where the index has changed since it was last posted; from any thread."""
        with contextlib.suppress(*EXPECTED, RuntimeError):  # it cannot be asked; the calendar is closing
            generation = library.generation
            if generation != self._generation and library is self._library:
                self._generation = generation
                self._screen.post_message(self.Changed())

    def _watch(self, left: threading.Event) -> None:
        """Post `Touched` whenever a file of the catalog changes."""
        from watchfiles import watch

        root = self._library.catalog
        while not os.path.exists(root):  # noqa: PTH110 (Path's raises where one may not look)
            if left.wait(_LOOK):  # nobody has written into the user's own layer yet
                return
            if os.path.exists(root):  # noqa: PTH110
                self._screen.post_message(self.Touched())
        watched = folder(root)
        with contextlib.suppress(OSError, RuntimeError):  # the folder is not there; the calendar is closing
            for changes in watch(watched, watch_filter=_catalog_file, debounce=200, step=50, stop_event=left,
                                 recursive=watched == root, ignore_permission_denied=True):  # fmt: skip
                ours = watched == root or any(PurePath(path).name == root.name for _, path in changes)
                if ours and not left.is_set():
                    self._screen.post_message(self.Touched())  # call_from_thread would wait for a closing calendar
