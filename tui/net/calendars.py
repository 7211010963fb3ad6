"""Calendars on a CalDAV server: found or made, their objects listed, read, written and deleted, one request each."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape
from zlib import crc32

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.net import dav
from tui.net.client import Limits
from tui.net.failures import FetchError, of_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SOURCE = "publish"
_LARGEST = 64 << 20
"""Bytes of an answer: the list of a calendar with a hundred thousand events has some 30 MB."""
_AT_ONCE = 100
"""Objects that one request reads."""

_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_ETAGS = (
    '<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/></d:prop>'
    "</d:propfind>"
)
_MULTIGET = (
    '<?xml version="1.0" encoding="utf-8"?><c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    "<d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"
)

REFUSED = N_("the server does not take it (HTTP {status})")
CHANGED = N_("it was changed there in between; the next publish looks again")
TAKEN = N_("another event there has its UID")


class RefusedError(FetchError):
    """The server refuses one object; the others may go on. Its message says why, without naming it."""


class Found(NamedTuple):
    """An object of a calendar as it stands there."""

    href: str
    """As the server writes it."""
    etag: str
    text: str


class CalendarServer:
    """A user's calendars. To be closed; used by one thread at a time."""

    def __init__(
        self, url: str, user: str = "", password: str = "", stop: Callable[[], bool] = lambda: False,
        limits: Limits | None = None,
    ) -> None:  # fmt: skip
        """`url`: of the server, of the user's calendars or of one calendar. Raises ExtraMissingError."""
        self._url, self._login = url, bool(user)
        self._transport = dav.Transport(SOURCE, url, limits or Limits(size=_LARGEST), stop)
        self._client = dav.client(url, user, password, self._transport)
        self._home: Any = None
        self._folder = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    @property
    def requests(self) -> int:
        """How many were sent."""
        return self._transport.requests

    def find(self, name: str, folder: str = "") -> Calendar | None:
        """The calendar at the address, else the one of that name; None where there is none yet.

        `folder`: the last part of the address of one that is made; by it, it is found once people have renamed it.

        Raises FetchError, CancelledError.
        """
        with self._told():
            from caldav.collection import Principal

            at = self._probe()
            if _CAL + "calendar" in at.kinds:
                return Calendar(self, urljoin(self._url, at.href), at.name or name)
            url = urljoin(self._url, at.principal or at.href)
            principal = Principal(client=self._client, url=url)
            self._home, self._folder = principal.calendar_home_set, folder or folder_of(name)
            own, called = None, None
            response = self._client.propfind(str(self._home.url), self._client.CALENDAR_LIST_PROPS, depth=1)
            for href, props in _answers(response):
                one = _collection(href, props)
                if not one.takes_events:
                    continue
                here = Calendar(self, urljoin(str(self._home.url), href), one.name or name)
                if unquote(urlsplit(href).path).rstrip("/").rpartition("/")[2] == self._folder:
                    own = own or here
                elif fold(one.name) == fold(name):
                    called = called or here
            return own or called

    def make(self, name: str, color: str) -> Calendar:
        """A calendar for events, of that name and colour (#rrggbb), after `find` has found none.

        Raises FetchError, CancelledError.
        """
        from caldav.elements.ical import CalendarColor
        from caldav.lib.error import DAVError

        with self._told():
            try:
                made = self._home.make_calendar(name, self._folder, supported_calendar_component_set=["VEVENT"])
            except DAVError as error:
                status = error.status or 0
                if status == 401:
                    raise
                text = message(dav.NO_CALENDARS, source=SOURCE, host=self._host, status=status)
                raise FetchError(text, status) from None
            with suppress(DAVError):  # it has no colours
                made.set_properties([CalendarColor(f"{color}ff")])
            return Calendar(self, str(made.url), name)

    def ask(self, method: str, url: str, body: bytes | str = "", headers: dict[str, str] | None = None) -> Any:
        """The library's answer. Raises FetchError, CancelledError, and RefusedError for a 4xx that is of one object."""
        from caldav.lib.error import AuthorizationError

        with self._told():
            try:
                answer = self._client.request(url, method, body, headers or {})
            except AuthorizationError as error:
                if error.status == 403 and error.preconditions:
                    raise _refused(403, error.preconditions) from None
                raise
        if answer.status == 507:
            raise FetchError(message(dav.FULL, source=SOURCE, host=self._host, status=507), 507)
        if answer.status >= 400:
            from caldav.lib.error import parse_preconditions

            raise _refused(answer.status, parse_preconditions(answer._raw))  # noqa: SLF001 (there is no other)
        return answer

    @property
    def _host(self) -> str:
        return clean(urlsplit(self._url).hostname or "")

    def _told(self) -> Any:
        return dav.told(SOURCE, self._url, login=self._login)

    def _probe(self) -> _Collection:
        """What is at the address; where that is no CalDAV, at the place that RFC 6764 names for it."""
        names = ["resourcetype", "displayname", "current-user-principal", "supported-calendar-component-set"]
        for url in (self._url, urljoin(self._url, "/.well-known/caldav")):
            answer = self._client.propfind(url, names, depth=0)
            if answer.status == 207 and answer.tree is not None:
                for href, props in _answers(answer):
                    found = _collection(href, props)
                    if found.principal or found.kinds & {_CAL + "calendar", _DAV + "collection", _DAV + "principal"}:
                        return found
            if answer.status >= 500:
                raise of_status(SOURCE, self._host, answer.status, b"")
        raise FetchError(message(dav.NOT_CALDAV, source=SOURCE, host=self._host))


class Calendar:
    """One calendar of a server."""

    def __init__(self, server: CalendarServer, url: str, name: str) -> None:
        self._server = server
        self.url = url if url.endswith("/") else url + "/"
        self.name = clean(name)

    def etags(self) -> dict[str, str]:
        """The ETag of each object by its href; empty where the server gives none. Raises FetchError, CancelledError."""
        answer = self._server.ask("PROPFIND", self.url, _ETAGS, {"Depth": "1"})
        found = {}
        for href, props in _answers(answer):
            if _DAV + "collection" not in _collection(href, props).kinds:
                found[href] = _text(props.get(_DAV + "getetag"))
        return found

    def read(self, hrefs: Iterable[str]) -> Iterator[Found]:
        """These objects, many at once; those that are gone meanwhile are passed over. Raises as `etags`."""
        wanted = list(hrefs)
        for at in range(0, len(wanted), _AT_ONCE):
            some = "".join(f"<d:href>{escape(href)}</d:href>" for href in wanted[at : at + _AT_ONCE])
            answer = self._server.ask("REPORT", self.url, _MULTIGET.format(hrefs=some))
            for href, props in _answers(answer):
                if text := _text(props.get(_CAL + "calendar-data")):
                    yield Found(href, _text(props.get(_DAV + "getetag")), text)

    def create(self, uid: str, text: bytes) -> tuple[str, str]:
        """Write a new object. Its href and its ETag, empty where the server does not tell. Raises as `ask`."""
        href = f"{urlsplit(self.url).path}{quote(uid.partition('@')[0], safe='')}.ics"
        return href, self._put(href, text, {"If-None-Match": "*"})

    def update(self, href: str, etag: str, text: bytes) -> str:
        """Write an object anew, if it is still as it was. Its ETag, empty where the server does not tell."""
        return self._put(href, text, {"If-Match": etag} if etag else {})

    def delete(self, href: str, etag: str) -> None:
        """Delete an object, if it is still as it was; one that is gone is well. Raises as `ask`."""
        try:
            self._server.ask("DELETE", urljoin(self.url, href), "", {"If-Match": etag} if etag else {})
        except FetchError as error:
            if error.status not in {404, 410}:
                raise

    def _put(self, href: str, text: bytes, conditions: dict[str, str]) -> str:
        headers = {"Content-Type": "text/calendar; charset=utf-8", **conditions}
        answer = self._server.ask("PUT", urljoin(self.url, href), text, headers)
        etag = str(answer.headers.get("etag") or "")
        return "" if etag.startswith("W/") else etag  # a weak one says that it was stored otherwise


class _Collection(NamedTuple):
    href: str
    kinds: frozenset[str]
    name: str
    principal: str
    components: frozenset[str]

    @property
    def takes_events(self) -> bool:
        return _CAL + "calendar" in self.kinds and (not self.components or "VEVENT" in self.components)


def _collection(href: str, props: dict[str, Any]) -> _Collection:
    kinds = frozenset(child.tag for child in props.get(_DAV + "resourcetype", ()) if isinstance(child.tag, str))
    principal = next((_text(child) for child in props.get(_DAV + "current-user-principal", ())), "")
    components = frozenset(child.get("name", "") for child in props.get(_CAL + "supported-calendar-component-set", ()))
    return _Collection(href, kinds, _text(props.get(_DAV + "displayname")), principal, components)


def _answers(answer: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each resource of a multi-status its href, as it is written, and its properties that there are."""
    if answer.tree is None:
        return
    for response in answer.tree.iter(_DAV + "response"):
        href = _text(response.find(_DAV + "href"))
        props: dict[str, Any] = {}
        for part in response.iterfind(_DAV + "propstat"):
            if " 200" in _text(part.find(_DAV + "status")):
                props.update((child.tag, child) for prop in part.iterfind(_DAV + "prop") for child in prop)
        if href and " 404" not in _text(response.find(_DAV + "status")):
            yield href, props


def _text(element: Any) -> str:
    return ((element.text if element is not None else None) or "").strip()


def folder_of(name: str) -> str:
    """The last part of the address of a calendar that is made with this name."""
    plain = fold(name)
    known = re.findall(r"[a-z0-9]+", plain)
    rest = re.sub(r"[a-z0-9 ]+", "", plain)
    return "-".join(["filmtui", *known, *([f"{crc32(rest.encode()):08x}"] if rest else [])])


def _refused(status: int, preconditions: list[str]) -> FetchError:
    if any("uid-conflict" in name or "unique-scheduling" in name for name in preconditions):
        return RefusedError(message(TAKEN), status)
    return RefusedError(message(CHANGED if status == 412 else REFUSED, status=status), status)
