"""Which film of the catalog a source's film is, so that it takes that one's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.films.titles import loose
from tui.imports.blocks import Blocks, months_near
from tui.imports.ids import fresh_id
from tui.imports.match import same_film
from tui.imports.merge import hidden_film

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.films.film import Film
    from tui.imports.merge import Known
    from tui.imports.sources.incoming import Incoming


class Identities:
    """The ids of one source's films: each belongs to one of them."""

    def __init__(self, known: Known, own: Iterable[Film], taken: Iterable[str]) -> None:
        """`own`: films of the layer as it is. `taken`: ids of those that the source still knows by the same key."""
        self._known = known
        self._blocks = Blocks()
        self._taken = set(taken)
        self._own = {film.id: film for film in own if film.id not in self._taken}
        self._titled: dict[str, set[str]] = {}
        self._linked: dict[str, set[str]] = {}
        for film in self._own.values():
            for title in filter(None, (film.title, film.original_title)):
                self._titled.setdefault(loose(title), set()).add(film.id)
            for url in film.links.values():
                self._linked.setdefault(url, set()).add(film.id)

    def find(self, incoming: Incoming) -> tuple[str, tuple[str, ...]]:
        """The film's id, and ids of those that it may be where nobody but a person can say."""
        sure, maybe = self._match(incoming)
        id = sure or fresh_id(incoming.film, incoming.year, self._free)
        self._taken.add(id)
        self._own.pop(id, None)
        return id, () if sure else maybe

    def _free(self, id: str) -> bool:
        """Whether no film has it, nor any layer speaks of it."""
        return id not in self._taken and id not in self._own and not self._known.said(id)

    def _match(self, incoming: Incoming) -> tuple[str | None, tuple[str, ...]]:
        film = incoming.film
        if film.id and film.id not in self._taken:  # filmtui's own
            return film.id, ()
        for url in film.links.values():
            linked = {id for id in self._linked.get(url, ()) if id in self._own}
            linked |= {held.film.id for held in self._known.linked(url) if held.film.id not in self._taken}
            if len(linked) == 1:
                return linked.pop(), ()
            if linked:
                return None, tuple(sorted(linked))
        found: dict[bool | None, list[str]] = {}
        for other in self._alike(incoming):
            found.setdefault(same_film(incoming, other), []).append(other.id)
        sure = found.get(True, [])
        if len(sure) == 1:
            return sure[0], ()
        if not sure and (hidden := hidden_film(self._known, film)) and hidden.id not in self._taken:
            return hidden.id, ()
        return None, (*sure, *found.get(None, []))

    def _alike(self, incoming: Incoming) -> list[Film]:
        months = months_near(incoming)
        self._blocks.load(self._known, months)
        found: dict[str, Film] = {}
        for title in filter(None, (incoming.film.title, incoming.film.original_title)):
            for held in self._known.titled(title):
                found[held.film.id] = held.film
            for id in sorted(self._blocks.near(title, months)):
                if id not in found and (near := self._known.holder(id)):
                    found[id] = near.film
            for id in self._titled.get(loose(title), ()):
                if id in self._own:
                    found[id] = self._own[id]
        return [film for id, film in found.items() if id not in self._taken]
