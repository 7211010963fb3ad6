"""Publishing from the calendar: to which account, what would change there, and what came of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from textual.binding import Binding
from textual.containers import Vertical

from tui.app.guard import EXPECTED, line
from tui.app.sheets.account import Account, AccountScreen
from tui.app.sheets.sheets import Modal, SheetPage, Title, closes
from tui.app.widgets.typeset import Line, Piece, wrap
from tui.base.text import clean
from tui.exports.ics import calendar_name
from tui.exports.publishing import telling
from tui.exports.publishing.publishing import Publishing
from tui.user.secret import known_password

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.screen import Screen

    from tui.base.words import Words
    from tui.exports.listing import Listing
    from tui.exports.publishing.publishing import Outcome
    from tui.net.calendars import CalendarServer
    from tui.user.settings import Settings

_MOST = 300
"""Steps that are shown one by one."""


class PublishFlow:
    """A publishing from the calendar: the account, where it is not known, then what would change."""

    def __init__(
        self, screen: Screen[None], words: Words, settings: Settings,
        listing: Callable[[str, Callable[[str], None]], Listing], keep: Callable[[dict[str, str]], None],
    ) -> None:  # fmt: skip
        """`listing` makes what is published, of the calendar's name and what takes its notes.

        `keep` puts values into the settings.
        """
        self._screen, self._words, self._settings = screen, words, settings
        self._listing, self._keep = listing, keep

    def begin(self) -> None:
        settings = self._settings
        account = Account(settings.caldav_url, settings.caldav_user, settings.caldav_calendar)
        if account.url and account.user:
            self._publish(account)
        else:
            self._ask(account)

    def _ask(self, account: Account, why: str = "") -> None:
        name = calendar_name(self._listing("", lambda _: None))
        self._screen.app.push_screen(AccountScreen(self._words, account, name, why), self._named)

    def _named(self, account: Account | None) -> None:
        if account is not None:
            self._publish(account)

    def _publish(self, account: Account) -> None:
        def refused(why: str | None) -> None:
            if why is not None:
                self._ask(account._replace(password=None), why)

        folder = self._settings.places.published
        self._screen.app.push_screen(PublishScreen(self._words, account, self._listing, folder, self._found), refused)

    def _found(self, account: Account) -> None:
        """The server knows the account: it is kept where that is new."""
        given = {
            "caldav_url": account.url, "caldav_user": account.user, "caldav_calendar": account.calendar,
        }  # fmt: skip
        new = {name: value for name, value in given.items() if value != getattr(self._settings, name)}
        if new:
            self._keep(new)


class PublishScreen(Modal[str]):
    """What would change, and once Enter was pressed what has changed.

    Dismissed with why the server could not be asked, in the user's words and empty where only the password is missing;
    else with None.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,q", "close", show=False),
        Binding("enter", "publish", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(
        self, words: Words, account: Account, listing: Callable[[str, Callable[[str], None]], Listing],
        folder: Path | None, found: Callable[[Account], None],
    ) -> None:  # fmt: skip
        """`found` is called once the server has let the account in; the rest is that of `PublishFlow`."""
        super().__init__()
        self._words, self._account, self._listing = words, account, listing
        self._folder, self._found = folder, found
        self._title = Title(words.gettext("Publish to phones"), closes(words))
        self._page = SheetPage(self._lines)
        self._host = clean(urlsplit(account.url).hostname or "")
        self._progress = words.gettext("{name} is asked …").format(name=self._host)
        self._notes: list[str] = []
        self._server: CalendarServer | None = None
        self._publishing: Publishing | None = None
        """None until it is known what would change."""
        self._outcome: Outcome | None = None
        self._failure = ""
        self._busy = True
        self._ended = threading.Event()

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield self._title
            yield self._page

    def on_mount(self) -> None:
        self._page.focus()
        self.run_worker(self._look, thread=True, group="publish")

    def on_unmount(self) -> None:
        self._ended.set()
        self._close_server()

    def _close_server(self) -> None:
        if self._server is not None and not self._busy:
            self._server.__exit__()
            self._server = None

    # behind the screen

    def _look(self) -> None:
        """Ask what would change."""
        try:
            self._prepare()
        except EXPECTED as error:
            self._at_once(self._refuse, line(error, self._words))
        finally:
            self._busy = False
            if self._ended.is_set():
                self._close_server()

    def _prepare(self) -> None:
        from tui.exports.ics import events
        from tui.net.calendars import CalendarServer

        url, user, calendar, password = self._account
        if password is None and user:
            password = known_password(url, user)
            if password is None:
                self._at_once(self._refuse, "")
                return
        self._server = CalendarServer(url, user, password or "", self._ended.is_set)
        listing = self._listing(calendar, self._notes.append)
        publishing = Publishing(self._server, self._folder, calendar_name(listing), named=bool(calendar))
        publishing.prepare(events(listing), sound=not listing.library.problems(1))
        self._at_once(self._show, publishing)

    def _carry_out(self, publishing: Publishing) -> None:
        failure, outcome = "", None
        try:
            outcome = publishing.carry_out(self._tell)
        except EXPECTED as error:
            failure = line(error, self._words)
        finally:
            self._busy = False
        self._at_once(self._done, outcome, failure)
        if self._ended.is_set():
            self._close_server()

    def _tell(self, done: int, of: int) -> None:
        text = self._words.gettext("{done} of {total} written …")
        self._at_once(self._say, text.format(done=self._words.number(done), total=self._words.number(of)))

    def _at_once(self, call: Callable[..., None], *arguments: object) -> None:
        if self.is_attached and not (self._ended.is_set() and call == self._say):
            self.app.call_from_thread(call, *arguments)

    # on the screen

    def _refuse(self, why: str) -> None:
        if self.is_current:
            self.dismiss(why)

    def _show(self, publishing: Publishing) -> None:
        self._publishing, self._progress = publishing, ""
        if publishing.plan.steps:
            enter = ("Enter", self._words.gettext("publish"), "publish")
            self._title.rename(self._words.gettext("Publish to phones"), enter, closes(self._words))
        self._page.fit()
        self._found(self._account)

    def _say(self, progress: str) -> None:
        self._progress = progress
        self._page.fit()

    def _done(self, outcome: Outcome | None, failure: str) -> None:
        self._outcome, self._failure, self._progress = outcome, failure, ""
        self._title.rename(self._words.gettext("Publish to phones"), closes(self._words))
        self._page.fit()

    def _lines(self, width: int) -> list[Line]:
        words, publishing = self._words, self._publishing
        if publishing is None:
            return [[Piece(part)] for part in wrap(self._progress, width)]
        outcome, notes = self._outcome, list(self._notes)
        steps = publishing.plan.steps if outcome is None else outcome.done
        wrong = [*([self._failure] if self._failure else [])]
        if outcome is not None:
            wrong += telling.failed_lines(publishing, outcome, words)
            head = telling.summary(publishing, steps, words)
        else:
            head = telling.outlook(publishing, self._host, words)
        notes += [*telling.over_lines(steps, words), *telling.kept_lines(publishing.plan.kept, words)]
        made: list[Line] = [[Piece(part, "heading")] for part in wrap(self._progress or head, width)]
        made += [[Piece(part, "moved")] for text in wrong for part in wrap(text, width)]
        made += [[Piece(part, "fact")] for text in notes for part in wrap(text, width)]
        if steps:
            made.append([])
        made += [[Piece(part)] for step in steps[:_MOST] for part in wrap(telling.step_line(step, words), width)]
        if (more := len(steps) - _MOST) > 0:
            made.append([Piece(words.ngettext("… and {n} more like it", "… and {n} more like these", more), "fact")])
        return made

    def action_publish(self) -> None:
        publishing = self._publishing
        if publishing is None or self._busy or self._outcome is not None or not publishing.plan.steps:
            return
        self._busy = True
        _ = self._words.gettext
        self._title.rename(_("Publish to phones"), ("Esc", _("break off"), "close"))
        self.run_worker(lambda: self._carry_out(publishing), thread=True, group="publish")

    def action_close(self) -> None:
        """While it writes, break off; what was done is remembered, and told."""
        if self._busy and self._publishing is not None:
            self._ended.set()
        else:
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        self._page.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self._page.scroll_relative(y=by * max(1, self._page.rows_seen - 1), animate=False)
