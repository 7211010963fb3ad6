"""The sheet of sources: what is followed, when it was asked, what changed and what failed; a key follows another."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui.app.guard import EXPECTED, line
from tui.app.sheets.sheets import Sheet, Title, closes
from tui.app.sheets.sourcepage import OFFERED, Shown, page
from tui.app.widgets.typeset import Go
from tui.base.text import clean
from tui.catalog.sources import Followed
from tui.imports.following import doubts, following
from tui.imports.following.records import sync_records
from tui.imports.following.sync import Sync, followed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.app import ComposeResult

    from tui.app.widgets.page import Page
    from tui.app.widgets.typeset import Line, Target
    from tui.base.words import Words
    from tui.imports.following.renewal import Doubt
    from tui.imports.following.sync import Outcome
    from tui.library.library import Library
    from tui.user.settings import Settings


class SourcesScreen(Sheet):
    """Dismissed with a film that was picked, or with None. A sync goes on only while it stands."""

    AUTO_FOCUS = "SheetPage"
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("S", "close", show=False),
        Binding("s", "sync", show=False),
        Binding("w", "offer('wikipedia')", show=False),
        Binding("t", "offer('tmdb')", show=False),
        Binding("u", "offer('url')", show=False),
        Binding("x,delete", "unfollow", show=False),
        Binding("a", "apart", show=False),
    ]

    def __init__(
        self, words: Words, settings: Settings, today: date, library: Library, changed: Callable[[], None]
    ) -> None:
        """`changed` is called once a source's films are others."""
        self._words, self._settings, self._library, self._changed = words, settings, library, changed
        self._places = settings.places.on(today)
        self._token = settings.tmdb_token
        self._ended = threading.Event()
        self._bringing = False
        self._told = ""
        self._asked = ""  # the kind for which something is typed
        self._shown = self._known()
        super().__init__(words.gettext("Sources"), self._keys(), self._typeset)

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Title(self._title, *self._hints)
            answer = Input(id="path")
            answer.display = False
            yield answer
            yield self._page

    def on_unmount(self) -> None:
        self._ended.set()

    # what is shown

    def _known(self) -> Shown:
        try:
            sources, problems = followed(self._places)
        except EXPECTED as error:
            return Shown((), (), {}, line(error, self._words), self._told)
        records = sync_records(self._places)
        return Shown(tuple(sources), tuple(problems), records, "", self._told)

    def _typeset(self, width: int) -> list[Line]:
        return page(self._shown, self._places.today, self._words, width)

    def _show(self, told: str = "") -> None:
        self._told = told
        self._shown = self._known()
        picked = self._page.picked
        self._page.fit()
        self._page.pick_target(picked)
        if self._page.picked is None:
            self._page.pick(1)
        self.query_one(Title).rename(self._title, *self._keys())

    def _keys(self) -> list[tuple[str, str, str]]:
        _ = self._words.gettext
        if self._bringing:
            return [("Esc", _("cancel"), "close")]
        keys = [("s", _("bring films"), "sync")] if self._shown.sources else []
        return [*keys, closes(self._words)]

    # following

    def action_offer(self, kind: str) -> None:
        """Follow it, once what it needs is typed."""
        if self._bringing or kind not in OFFERED:
            return
        if kind == "url" or (kind == "tmdb" and not self._token):
            _ = self._words.gettext
            self._asked = kind
            answer = self.query_one(Input)
            answer.value = ""
            answer.placeholder = (
                _("Address of a calendar, a table, a catalog's file or a page: https://…")
                if kind == "url"
                else _("Your token, from themoviedb.org/settings/api (API Read Access Token)")
            )
            answer.display = True
            answer.focus()
        else:
            self._follow(Followed(name="", kind=kind, region=self._settings.region))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        value, kind = event.value.strip(), self._asked
        self._close_input()
        if not value:
            return
        try:
            if kind == "tmdb":
                self._keep_token(value)
                self._follow(Followed(name="", kind=kind, region=self._settings.region))
            else:
                from tui.catalog.sources import address_of

                self._follow(Followed(name="", kind=kind, address=address_of(value)))
        except EXPECTED as error:
            self._show(line(error, self._words))

    def _close_input(self) -> None:
        self._asked = ""
        self.query_one(Input).display = False
        self._page.focus()

    def _keep_token(self, value: str) -> None:
        """In the settings, as it is a secret. Raises ValueRefusedError, OSError."""
        from tui.app.commands import written_keys
        from tui.user.file import READERS
        from tui.user.places import settings_file
        from tui.user.writing import template, write_settings

        token = READERS["tmdb_token"](value)
        write_settings(settings_file(), {"tmdb_token": token}, template(self._words, written_keys()))
        self._token = token

    def _follow(self, source: Followed) -> None:
        try:
            known = {one.name: one for one in self._shown.sources}
            source = known.get(source.kind) or following.follow(self._places, source)
        except EXPECTED as error:
            self._show(line(error, self._words))
            return
        self._show()
        self._begin([source])

    def action_unfollow(self) -> None:
        """The picked source no longer."""
        source = self._shown.source_at(self._page.picked)
        if source is None or self._bringing:
            return
        try:
            following.unfollow(self._places, source.name)
        except EXPECTED as error:
            self._show(line(error, self._words))
            return
        self._changed()
        self._show(self._words.gettext("{name} is no longer followed").format(name=source.name))

    # bringing

    def action_sync(self) -> None:
        self._begin(self._shown.sources)

    def _begin(self, sources: Sequence[Followed]) -> None:
        if self._bringing or not sources:
            return
        self._bringing = True
        self._ended.clear()
        self._show(self._words.gettext("{name} is asked …").format(name=sources[0].name))
        self.run_worker(partial(self._bring, list(sources)), thread=True, group="sync")

    def _bring(self, sources: list[Followed]) -> None:
        """Behind the screen."""
        sync = Sync(self._places, self._token, stop=self._ended.is_set, tell=self._tell)
        failure = ""
        try:
            for outcome in sync.run(sources):
                self._at_once(self._arrived, outcome)
        except EXPECTED as error:
            failure = line(error, self._words)
        self._at_once(self._done, failure)

    def _at_once(self, call: Callable[..., None], *arguments: object) -> None:
        if self.is_attached:
            self.app.call_from_thread(call, *arguments)

    def _tell(self, source: Followed, done: int, total: int) -> None:
        told = self._words.gettext("{name}: {done} of {total}")
        text = told.format(name=source.name, done=self._words.number(done), total=self._words.number(total))
        self._at_once(self._say, text)

    def _say(self, told: str) -> None:
        """Show how far it is, without a look at the files."""
        self._told = told
        self._shown = self._shown._replace(told=told)
        self._page.fit()

    def _arrived(self, outcome: Outcome) -> None:
        if outcome.changes:
            self._changed()
        self._show()

    def _done(self, failure: str) -> None:
        self._bringing = False
        self._show(failure)

    # picking

    def on_page_followed(self, event: Page.Followed) -> None:
        event.stop()
        self._choose(event.to)

    def action_follow(self) -> None:
        self._choose(self._page.picked)

    def _choose(self, to: Target | None) -> None:
        if self._bringing:
            return
        if isinstance(to, Go):
            self.dismiss(to)
        elif (source := self._shown.source_at(to)) is not None:
            self._begin([source])
        elif (kind := self._shown.kind_at(to)) is not None:
            self.action_offer(kind)
        elif (found := self._shown.doubt_at(to)) is not None:
            self._settle(*found)

    def _settle(self, doubt: Doubt, other: str) -> None:
        if self._bringing:
            return
        try:
            doubts.same(self._places, self._library, doubt, other)
        except EXPECTED as error:
            self._show(line(error, self._words))
            return
        self._changed()
        told = self._words.gettext("{title} is {other} from now on")
        self._show(told.format(title=clean(doubt.title), other=other))

    def action_apart(self) -> None:
        """The picked film that may be a known one is one of its own."""
        if (found := self._shown.doubt_at(self._page.picked)) is not None:
            doubts.apart(self._places, found[0])
            self._show()

    def action_close(self) -> None:
        """What is typed is dropped first, then a sync is cancelled."""
        if self._asked:
            self._close_input()
        elif self._bringing:
            self._ended.set()
        else:
            self.dismiss(None)
