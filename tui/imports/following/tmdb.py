"""TMDB: which films open in a country, month by month, and what is known of each."""

from __future__ import annotations

import calendar
import re
from datetime import date
from random import randint
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import Problem, ValueRefusedError, message
from tui.base.text import clean
from tui.base.words import N_
from tui.films.dates import ReleaseDate, parse
from tui.imports.following.asking import Asking, Fetched, Told, decoded, not_understood
from tui.imports.sources import tmdb
from tui.imports.sources.incoming import SourceError
from tui.net.failures import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.imports.following.state import FilmState

API = "https://api.themoviedb.org/3"
LONGEST_KEPT = 180
"""Days for which TMDB lets its data be kept."""
_MOST_PAGES = 500
_NEAR, _NEARLY, _OTHERWISE = 45, 1, 7
"""Days around an opening within which a film is asked for again after a day; of others after a week."""
_NO_TOKEN = N_("{source}: TMDB needs a token of your own; put it into FILMTUI_TMDB_TOKEN or the settings as tmdb_token")
_WRONG_TOKEN = N_("{source}: TMDB does not take the token; look at FILMTUI_TMDB_TOKEN, or tmdb_token in the settings")
_UNREADABLE = N_("film {id} of TMDB is not told as it should be, and was left as it is")


def fetch(asking: Asking) -> Fetched | None:
    """None where TMDB lists what it did, and each film was asked for lately. Raises SourceError, FetchError.

    Within a day one page of the list is looked at, by chance: it tells how many films there are, and of a twentieth to
    all of them whether they have their dates still. Nothing has to be written to have the next sync look at another.
    """
    if not asking.token:
        raise SourceError(message(_NO_TOKEN, source=asking.source.name))
    api = _Api(asking)
    first, last = asking.source.span(asking.today)
    begin, end = _days(first)[0], _days(last)[1]
    before = {film.key: film for film in asking.before.films}
    memory = asking.before.memory
    today = memory.get("day") == asking.today.isoformat()
    pages = int(memory["pages"]) if today and memory.get("pages", "").isdecimal() else 1
    whole = api.discover(begin, end, randint(1, max(1, pages)))  # noqa: S311 (nothing is kept secret)
    if today and memory.get("total") == str(whole.total):
        known = {key: film.mark for key, film in before.items() if not film.gone}
        known |= dict(one.split("=", 1) for one in memory.get("others", "").split() if "=" in one)
        if all(known.get(key) == mark for key, mark in whole.films.items()):
            return None
    listed = dict(whole.films)
    if whole.pages > 1:  # the order moves between pages: month by month there are few
        for month in _months(first, last):
            page = pages = 1
            while page <= pages:
                found = api.discover(*_days(month), page)
                pages = found.pages
                listed |= found.films
                page += 1
    told: dict[str, Told] = {}
    problems: list[Problem] = []
    asked = [key for key in listed if _due(before.get(key), listed[key], asking.today)]
    still = set(listed) - set(asked)
    for number, key in enumerate(asked):
        asking.tell(number, len(asked))
        try:
            data = api.details(key)
            incoming = tmdb.read(data, asking.source.region) if data else None
        except msgspec.DecodeError:
            still.add(key)
            problems.append(Problem(clean(asking.source.name), 1, 1, message(_UNREADABLE, id=key)))
            continue
        if incoming is not None:
            told[key] = Told(incoming, listed[key])
        elif data is None:
            still.add(key)
    others = {
        key: mark for key, mark in listed.items()
        if key not in told and (key not in before or before[key].mark != mark)
    }  # fmt: skip
    memory = {
        "day": asking.today.isoformat(), "total": str(whole.total), "pages": str(whole.pages),
        "others": " ".join(f"{key}={mark}" for key, mark in sorted(others.items())),
    }  # fmt: skip
    return Fetched(told, memory, frozenset(still), tuple(problems))


class _Listed(msgspec.Struct, frozen=True):
    films: dict[str, str]
    """The id of each film to its date in the list."""
    pages: int
    total: int


class _Api:
    """The questions that are asked of TMDB."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        token = asking.token
        # two ways in, told apart by their form; a key in an address is kept nowhere
        is_key = re.fullmatch(r"[0-9a-fA-F]{32}", token)
        self._secret = {"api_key": token} if is_key else {}
        self._headers = {} if is_key else {"Authorization": f"Bearer {token}"}
        self._base = (asking.source.address or API).rstrip("/")

    def discover(self, first: date, last: date, page: int) -> _Listed:
        found = decoded(
            self._get(
                "/discover/movie",
                {
                    "region": self._asking.source.region, "language": "id-ID", "include_adult": "false",
                    "include_video": "false", "sort_by": "primary_release_date.asc", "with_release_type": "2|3",
                    "release_date.gte": first.isoformat(), "release_date.lte": last.isoformat(), "page": str(page),
                },
            ),
            self._asking.source.name,
        )  # fmt: skip
        try:
            pages, total = int(found.get("total_pages", 1)), int(found.get("total_results", 0))
            films = {
                str(int(item["id"])): str(item.get("release_date") or "")
                for item in found["results"]
                if not (item.get("adult") or item.get("softcore") or item.get("video"))
            }
        except (KeyError, TypeError, ValueError, AttributeError):
            raise not_understood(self._asking.source.name) from None
        return _Listed(films, min(pages, _MOST_PAGES), total)

    def details(self, key: str) -> bytes | None:
        """None of a film that is gone, merged into another one most often."""
        try:
            return self._get(
                f"/movie/{key}",
                {
                    "append_to_response": tmdb.APPENDED, "language": "id-ID", "include_video_language": "id,en,null",
                },
                keep=False,
            )  # fmt: skip
        except FetchError as error:
            if error.status == 404:
                return None
            raise

    def _get(self, path: str, parameters: dict[str, str], *, keep: bool = True) -> bytes:
        try:
            return self._asking.client.get(
                self._base + path, parameters, keep=keep, secret=self._secret, headers=self._headers
            ).body
        except FetchError as error:
            if error.status in {401, 403}:
                raise SourceError(message(_WRONG_TOKEN, source=self._asking.source.name)) from None
            raise


def _due(known: FilmState | None, mark: str, today: date) -> bool:
    """Whether a film of the list is asked for: a new one, one whose date is another, or one that was not for long."""
    if known is None or known.mark != mark or known.gone:
        return True
    try:
        opens = parse(mark[:10]).exact
    except ValueRefusedError:
        opens = None
    near = opens is not None and abs((opens - today).days) <= _NEAR
    return (today - known.fetched).days >= (_NEARLY if near else _OTHERWISE)


def _days(month: ReleaseDate) -> tuple[date, date]:
    assert month.year
    assert month.month
    last = calendar.monthrange(month.year, month.month)[1]
    return date(month.year, month.month, 1), date(month.year, month.month, last)


def _months(first: ReleaseDate, last: ReleaseDate) -> Iterator[ReleaseDate]:
    at, end = ((when.year or 1) * 12 + (when.month or 1) - 1 for when in (first, last))
    for month in range(at, end + 1):
        yield ReleaseDate(month // 12, month=month % 12 + 1)
