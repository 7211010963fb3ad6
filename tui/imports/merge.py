"""Incoming films, matched to the catalog they are for, as a change set that a person can review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from tui.base.text import fold
from tui.films.film import Film, Held, News, Release
from tui.films.layered import merged
from tui.films.titles import loose
from tui.imports.blocks import Blocks, months_near
from tui.imports.changeset import Change, ChangeSet
from tui.imports.combine import at_once, combine, sourced
from tui.imports.ids import fresh_id, slug
from tui.imports.match import days_of, same_film

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from tui.base.errors import Problem
    from tui.imports.sources.incoming import Incoming, Taken
    from tui.index.lookup import Saying


class Known(Protocol):
    """What has to be asked of a catalog: its Library, or nothing where there is none yet."""

    def holder(self, id: str) -> Held | None: ...
    def linked(self, url: str) -> list[Held]: ...
    def titled(self, title: str) -> list[Held]: ...
    def opening(self, first: int, last: int) -> list[tuple[str, str]]: ...
    def said(self, id: str) -> list[Saying]: ...


class Merge:
    """Merges the sources of one import, one after the other, each into what the former left."""

    def __init__(self, known: Known, today: date, news: Iterable[News] = ()) -> None:
        """`news`: what the catalog has already."""
        self._known = known
        self._today = today
        self._made: dict[str, Change] = {}  # by id
        # an import can be long, and a catalog is asked once for each month
        self._titled: dict[str, set[str]] = {}
        self._linking: dict[str, set[str]] = {}
        self._blocks = Blocks()
        self._numbers: dict[str, int] = {}
        self._asked: list[Change] = []
        self._news: list[News] = []
        self._headlines = {headline for item in news for headline in _headlines(item)}
        self._rejected: list[Problem] = []

    def add(self, taken: Taken, source: str) -> None:
        """`source`: what the ledger is to name."""
        for incoming in taken.films:
            self._film(incoming, source)
        for item in taken.news:
            if not _headlines(item) & self._headlines:
                self._headlines |= _headlines(item)
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
        elif hidden := hidden_film(self._known, incoming.film):
            self._made[hidden.id] = Change("unchanged", hidden, hidden, line=incoming.line)
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
        releases = tuple(sourced(release, source) for release in film.releases) or (Release(source=source),)
        id = fresh_id(film, incoming.year, self._free, self._numbers)
        made = Change("new", msgspec.structs.replace(film, id=id, releases=releases), line=incoming.line)
        self._keep(made)
        return made

    def _keep(self, made: Change) -> None:
        id = made.film.id
        former = self._made.get(id)
        self._made[id] = made
        for title in (made.film.title, made.film.original_title):
            if title:
                self._titled.setdefault(loose(title), set()).add(id)
        for url in made.film.links.values():
            self._linking.setdefault(url, set()).add(id)
        before = former.film if former else made.before  # what the catalog has is there once its month is
        if before is None or (before.releases, before.original_title) != (made.film.releases, made.film.original_title):
            for month in {(day.year, day.month) for release in made.film.releases for day in days_of(release)}:
                for title in filter(None, (made.film.title, made.film.original_title)):
                    self._blocks.add(month, id, title)

    def _put(self, held: Held, incoming: Incoming, source: str) -> Change:
        former = self._made.get(held.film.id)
        before = former.before if former else held.film
        film, moves, fields = combine(former.film if former else held.film, incoming.film, self._today, source)
        if former:
            if before:
                film, moves = at_once(before, film)
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
        titled = self._of_title(incoming)
        found = {id: same_film(incoming, held.film) for id, held in titled.items()}
        if [*found.values()].count(True) != 1:  # what is spelled nearly so is never surely it
            near = self._near(incoming, titled)
            found |= {id: same_film(incoming, held.film) for id, held in near.items()}
            titled |= near
        sure = [titled[id] for id, same in found.items() if same]
        if len(sure) == 1:
            return sure[0], []
        return None, [*sure, *(titled[id] for id, same in found.items() if same is None)]

    def _held(self, id: str) -> Held | None:
        return self._now(id) if id in self._made else self._known.holder(id)

    def _now(self, id: str) -> Held:
        """A film that this import has met already, as it is then."""
        return Held(film=self._made[id].film, file=self._made[id].file or "")

    def _linked(self, url: str) -> list[Held]:
        made = [held for id in sorted(self._linking.get(url, ())) if (held := self._held(id))]
        known = [held for held in self._known.linked(url) if held.film.id not in self._made]
        return made + known

    def _of_title(self, incoming: Incoming) -> dict[str, Held]:
        """The films that have one of its titles, by id."""
        titles = [title for title in (incoming.film.title, incoming.film.original_title) if title]
        known = {held.film.id: held for title in titles for held in self._known.titled(title)}
        ids = dict.fromkeys((*known, *(id for title in titles for id in sorted(self._titled.get(loose(title), ())))))
        return {id: known[id] if id not in self._made else self._now(id) for id in ids}

    def _near(self, incoming: Incoming, others: Container[str]) -> dict[str, Held]:
        """The films but for these that open near it and are called nearly so, by id."""
        months = months_near(incoming)
        self._blocks.load(self._known, months)
        titles = [title for title in (incoming.film.title, incoming.film.original_title) if title]
        ids = {id for title in titles for id in self._blocks.near(title, months)}
        return {id: held for id in sorted(ids) if id not in others and (held := self._held(id))}

    def _free(self, id: str) -> bool:
        """Whether no film has it, nor any layer speaks of it."""
        return id not in self._made and not self._known.said(id)


def hidden_film(known: Known, film: Film) -> Film | None:
    """The film of its id, or with its title, that somebody has taken out of the calendar."""
    for id in filter(None, (film.id, slug(film.title))):
        if said := known.said(id):
            whole = merged(id, (one.film for one in said))
            if whole.hidden and (id == film.id or loose(whole.title) == loose(film.title)):
                return whole
    return None


def _headlines(item: News) -> set[tuple[str, str | None]]:
    """By which news is known: its title in each language, with its address."""
    return {(fold(text), item.url) for text in item.title.texts}
