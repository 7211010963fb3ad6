"""Incoming films and the catalog they are for -> a change set that a person can review."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui.base.text import fold
from tui.films.dates import key_of, shifted
from tui.films.film import Credit, Earlier, Film, Held, News, Prose, Release
from tui.films.pairs import paired

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.errors import Problem
    from tui.imports.sources.incoming import Incoming, Taken

KINDS = ("new", "moved", "completed", "unchanged", "uncertain")

_NEAR = 45
"""Days between two dates of what may be one opening."""

_FAR = 200
"""Days from which on one title is likely to be two films: a remake, or another year's."""

_ALIKE = 88
"""Of 100, by rapidfuzz: titles that may be one, spelled differently. Then a person is asked."""

_MANY = 3
"""Films from which on an import that puts off more than half of what it meets is doubted."""


class Known(Protocol):
    """What has to be asked of a catalog: its Library, or nothing where there is none yet."""

    def holder(self, id: str) -> Held | None: ...
    def linked(self, url: str) -> list[Held]: ...
    def alike(self, title: str, first: int, last: int) -> list[Held]: ...


class Move(msgspec.Struct, frozen=True):
    """A release whose date or status is another one now."""

    ordinal: int
    was: Release
    now: Release

    @property
    def later(self) -> bool:
        """Put off, or called off."""
        if self.was.status != self.now.status and self.now.status in {"postponed", "cancelled"}:
            return True
        return self.now.when.key > self.was.when.key

    @property
    def dated(self) -> bool:
        """Whether its date changed, not its status alone."""
        return self.was.date != self.now.date


class Change(msgspec.Struct, frozen=True):
    """What an import does to one film."""

    kind: str
    """One of KINDS."""
    film: Film
    """As it would stand afterwards; of an uncertain one as it came."""
    before: Film | None = None
    file: str | None = None
    """Where `before` stands."""
    line: int = 1
    """Of the source."""
    moves: tuple[Move, ...] = ()
    fields: tuple[str, ...] = ()
    """What was not known before."""
    candidates: tuple[Held, ...] = ()
    """Of an uncertain one: the films that it may be."""
    incoming: Incoming | None = None
    source: str = ""
    """Of an uncertain one: what it was read from."""

    @property
    def writes(self) -> bool:
        return self.kind in {"new", "moved", "completed"}


class ChangeSet(msgspec.Struct, frozen=True):
    """All of an import, in the source's order."""

    changes: tuple[Change, ...] = ()
    news: tuple[News, ...] = ()
    """Those that the catalog has not."""
    rejected: tuple[Problem, ...] = ()

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return not self.news and not any(change.writes for change in self.changes)

    @property
    def doubtful(self) -> bool:
        """Whether it would put off more than half of the films it meets."""
        met = [change for change in self.changes if change.before is not None]
        off = [change for change in met if any(move.later for move in change.moves)]
        return len(off) >= _MANY and 2 * len(off) > len(met)


class Merge:
    """Merges the sources of one import, one after the other, each into what the former left."""

    def __init__(self, known: Known, today: date, news: Iterable[News] = ()) -> None:
        """`news`: what the catalog has already."""
        self._known = known
        self._today = today
        self._made: dict[str, Change] = {}  # by id
        self._titled: dict[str, set[str]] = {}  # ids of those by title, and of all by month: an import can be long
        self._dated: dict[tuple[int, int], set[str]] = {}
        self._asked: list[Change] = []
        self._news: list[News] = []
        self._told = {headline for item in news for headline in _headlines(item)}
        self._rejected: list[Problem] = []

    def add(self, taken: Taken, source: str) -> None:
        """`source`: what the ledger is to name."""
        for incoming in taken.films:
            self._film(incoming, source)
        for item in taken.news:
            if not _headlines(item) & self._told:
                self._told |= _headlines(item)
                self._news.append(item)
        self._rejected += taken.problems

    def result(self) -> ChangeSet:
        return ChangeSet((*self._made.values(), *self._asked), tuple(self._news), tuple(self._rejected))

    def _film(self, incoming: Incoming, source: str) -> None:
        sure, maybe = self._match(incoming)
        if sure is not None:
            self._put(sure, incoming, source)
        elif maybe:
            self._asked.append(
                Change("uncertain", incoming.film, line=incoming.line, candidates=tuple(maybe), incoming=incoming,
                       source=source)
            )  # fmt: skip
        else:
            self._new(incoming, source)

    def settle(self, asked: Change, as_film: Held | None) -> Change:
        """An uncertain film, once somebody said which it is; None: another one than all of them."""
        assert asked.incoming is not None
        self._asked.remove(asked)
        if as_film is None:
            return self._new(asked.incoming, asked.source)
        return self._put(as_film, asked.incoming, asked.source)

    def _new(self, incoming: Incoming, source: str) -> Change:
        film = incoming.film
        releases = tuple(_sourced(release, source) for release in film.releases) or (Release(source=source),)
        id = film.id if film.id and self._free(film.id) else self._id(film, incoming.year)
        made = Change("new", msgspec.structs.replace(film, id=id, releases=releases), line=incoming.line)
        self._keep(made)
        return made

    def _keep(self, made: Change) -> None:
        id = made.film.id
        self._made[id] = made
        for title in (made.film.title, made.film.original_title):
            if title:
                self._titled.setdefault(_loose(title), set()).add(id)
        for release in made.film.releases:
            for day in _days(release):
                self._dated.setdefault((day.year, day.month), set()).add(id)

    def _put(self, held: Held, incoming: Incoming, source: str) -> Change:
        former = self._made.get(held.film.id)
        before = former.before if former else held.film
        film, moves, fields = combine(former.film if former else held.film, incoming.film, self._today, source)
        if former:
            if before:
                film, moves = _at_once(before, film)
            fields = tuple(dict.fromkeys((*former.fields, *fields)))
        if former and former.kind == "new":
            made = msgspec.structs.replace(former, film=film)
        else:
            kind = "moved" if moves else "completed" if fields else "unchanged"
            made = Change(kind, film, before, held.file, incoming.line, moves, fields)
        self._keep(made)
        return made

    # which film it is

    def _match(self, incoming: Incoming) -> tuple[Held | None, list[Held]]:
        """The film that it surely is, or those that it may be."""
        film = incoming.film
        if film.id and (held := self._held(film.id)):
            return held, []
        for url in film.links.values():
            linked = self._linked(url)
            if len(linked) == 1:
                return linked[0], []
            if linked:
                return None, linked
        sure, maybe = [], []
        for held in self._alike(incoming):
            match _same(incoming, held.film):
                case True:
                    sure.append(held)
                case None:
                    maybe.append(held)
        if len(sure) == 1:
            return sure[0], []
        return None, [*sure, *maybe]

    def _held(self, id: str) -> Held | None:
        if id in self._made:
            return Held(film=self._made[id].film, file=self._made[id].file or "")
        return self._known.holder(id)

    def _linked(self, url: str) -> list[Held]:
        made = [Held(film=c.film, file=c.file or "") for c in self._made.values() if url in c.film.links.values()]
        known = [held for held in self._known.linked(url) if held.film.id not in self._made]
        return made + known

    def _alike(self, incoming: Incoming) -> list[Held]:
        days = [day for release in incoming.film.releases for day in _days(release)]
        first, last = (shifted(min(days), -_NEAR), shifted(max(days), _NEAR)) if days else (date.max, date.min)
        found = {
            held.film.id: held
            for title in filter(None, (incoming.film.title, incoming.film.original_title))
            for held in self._known.alike(title, key_of(first), key_of(last))
        }
        near = set(self._titled.get(_loose(incoming.film.title), ()))
        for release in incoming.film.releases:
            for day in _days(release):
                for month in range(day.month - 2, day.month + 1):
                    near |= self._dated.get((day.year + month // 12, month % 12 + 1), set())
        for id in near | (found.keys() & self._made.keys()):
            found[id] = Held(film=self._made[id].film, file=self._made[id].file or "")
        return list(found.values())

    # ids

    def _free(self, id: str) -> bool:
        return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)) and self._held(id) is None

    def _id(self, film: Film, year: int | None) -> str:
        """From the title; with the year, then a number, where that is taken."""
        start = "-".join(re.findall(r"[a-z0-9]+", fold(film.title).replace("'", "")))[:80].strip("-") or "film"
        years = [year] if year else [r.when.year for r in film.releases if r.when.year]
        for id in (start, *(f"{start}-{known}" for known in years)):
            if self._free(id):
                return id
        number = 2
        while not self._free(f"{start}-{number}"):
            number += 1
        return f"{start}-{number}"


def _headlines(item: News) -> set[tuple[str, str | None]]:
    """By which news is known: its title in each language, with its address."""
    return {(fold(text), item.url) for text in item.title.texts}


def _sourced(release: Release, source: str) -> Release:
    return release if release.source else msgspec.structs.replace(release, source=source)


# the same film or not

_LEET = str.maketrans("01345", "oieas")


def _loose(title: str) -> str:
    """The title by its letters and digits alone; digits inside a word are read as the letters they stand for."""
    words = re.findall(r"[^\W_]+", fold(title))
    return "".join(word if word.isdigit() else word.translate(_LEET) for word in words)


def _numbers(title: str) -> list[str]:
    """By which one part of a series differs from the next."""
    words = re.findall(r"[^\W_]+", fold(title))
    return [word for word in words if word.isdigit() or re.fullmatch(r"[ivx]+", word)]


def _same(incoming: Incoming, film: Film) -> bool | None:
    """Whether it is this film; None where a person has to say."""
    mine = [title for title in (incoming.film.title, incoming.film.original_title) if title]
    theirs = [title for title in (film.title, film.original_title) if title]
    apart = _apart(incoming, film)
    if {_loose(title) for title in mine} & {_loose(title) for title in theirs}:
        if apart is None or apart <= _FAR:
            return True
        return None
    if apart is not None and apart > _NEAR:
        return False
    from rapidfuzz import fuzz  # 10 ms, only when something is imported

    for one in mine:
        for other in theirs:
            if _numbers(one) == _numbers(other) and fuzz.ratio(_loose(one), _loose(other)) >= _ALIKE:
                return None
    return False


def _apart(incoming: Incoming, film: Film) -> int | None:
    """Days between the nearest openings of the two, also former ones; None where one has no date."""
    mine = [when for release in incoming.film.releases for when in _days(release)]
    theirs = [when for release in film.releases for when in _days(release)]
    if mine and theirs:
        return min(abs((one - other).days) for one in mine for other in theirs)
    if incoming.year and theirs and not any(abs(when.year - incoming.year) <= 2 for when in theirs):
        return 366
    return None


def _days(release: Release) -> list[date]:
    """A date that is not exact stands for a day in its middle."""
    return [
        about
        for when in (release.when, *(earlier.when for earlier in release.history))
        if (about := when.about) is not None
    ]


# one film out of two


def combine(film: Film, told: Film, today: date, source: str) -> tuple[Film, tuple[Move, ...], tuple[str, ...]]:
    """The film with what is told of it; what moved; and the fields that were not known before.

    Nothing known gives way but a date and a status, and none of them to what is not said.
    """
    releases, moves, fields = _releases(film, told, today, source)
    values: dict[str, object] = {}
    for name in ("original_title", "genres", "runtime", "rating", "countries", "languages", "directors", "writers",
                 "producers", "companies", "distributor", "poster"):  # fmt: skip
        if not getattr(film, name) and getattr(told, name):
            values[name] = getattr(told, name)
    merged = {
        "cast": _cast(film.cast, told.cast),
        "synopsis": _synopsis(film.synopsis, told.synopsis),
        "links": _links(film.links, told.links),
    }
    values |= {name: value for name, value in merged.items() if value != getattr(film, name)}
    fields += values
    if releases != film.releases:
        values["releases"] = releases
    return msgspec.structs.replace(film, **values), moves, tuple(fields)


def _releases(
    film: Film, told: Film, today: date, source: str
) -> tuple[tuple[Release, ...], tuple[Move, ...], list[str]]:
    releases = list(film.releases)
    moves: list[Move] = []
    fields: list[str] = []
    meant = _meant(film.releases, told.releases)
    for release, number in zip(meant, paired(film.releases, meant), strict=True):
        if number is None:
            if not any(_says_nothing_new(known, release) for known in film.releases):
                releases.append(_sourced(release, source))
                fields.append("releases")
            continue
        was = releases[number]
        now = _moved(was, release, today, release.source or source)
        if (was.date, was.status) != (now.date, now.status):
            moves.append(Move(number, was, now))
        releases[number] = now
    return tuple(releases), tuple(moves), list(dict.fromkeys(fields))


def _at_once(before: Film, film: Film) -> tuple[Film, tuple[Move, ...]]:
    """What several sources made of a film, as one step: a date that only one of them had is no part of its history."""
    releases = list(film.releases)
    moves = []
    for number, (was, now) in enumerate(zip(before.releases, film.releases, strict=False)):
        if was.date == now.date:
            now = msgspec.structs.replace(now, history=was.history, source=was.source)  # noqa: PLW2901
        else:
            kept = len(was.history) + _leaves_a_trace(was)
            now = msgspec.structs.replace(now, history=now.history[:kept])  # noqa: PLW2901
        if (was.date, was.status) != (now.date, now.status):
            moves.append(Move(number, was, now))
        releases[number] = now
    return msgspec.structs.replace(film, releases=tuple(releases)), tuple(moves)


def _leaves_a_trace(was: Release) -> bool:
    """Whether another date leaves the former one in the history."""
    return was.date is not None or was.status == "postponed"


def _meant(known: tuple[Release, ...], told: tuple[Release, ...]) -> list[Release]:
    """The releases as the catalog calls them: most sources say “in cinemas” of whatever opening there is.

    Where it has openings at home of one type only, and the source names none of that type, they are meant.
    """
    homes = {release.type for release in known if release.home}
    if len(homes) != 1 or any(release.home and release.type in homes for release in told):
        return list(told)
    (type,) = homes
    return [
        msgspec.structs.replace(release, type=type) if release.home and release.type == "theatrical" else release
        for release in told
    ]


def _says_nothing_new(known: Release, told: Release) -> bool:
    """Whether a release that is paired with none is only another, or a vaguer, word for a known one."""
    of_kind = (known.type, known.region) == (told.type, told.region)
    return of_kind and (told.date is None or told.when.holds(known.when))


def _moved(was: Release, told: Release, today: date, source: str) -> Release:
    status = told.status if told.status != "confirmed" else was.status
    if told.date is None or told.when.holds(was.when):
        return was if status == was.status else msgspec.structs.replace(was, status=status)
    if told.status == "confirmed" and was.status in {"postponed", "cancelled"}:
        status = "confirmed"
    history = was.history
    if _leaves_a_trace(was):
        history = (*history, Earlier(date=was.date, recorded=today, source=was.source))
    return msgspec.structs.replace(was, date=told.date, status=status, history=history, source=source, note=told.note)


def _cast(known: tuple[Credit, ...], told: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """Who was missing is added only where nobody was known; a role where it was missing."""
    if not known:
        return told
    roles = {fold(credit.name): credit.role for credit in told if credit.role}
    return tuple(
        credit if credit.role else msgspec.structs.replace(credit, role=roles.get(fold(credit.name)))
        for credit in known
    )


def _synopsis(known: Prose | None, told: Prose | None) -> Prose | None:
    if known is None or told is None:
        return known or told
    if known.plain:
        return known
    return msgspec.structs.replace(known, id=known.id or told.id, en=known.en or told.en)


def _links(known: dict[str, str], told: dict[str, str]) -> dict[str, str]:
    new = {name: url for name, url in told.items() if url not in known.values() and name not in known}
    return known | new
