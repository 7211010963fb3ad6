"""A sync: each followed source asked, and its folder exchanged for what it tells now, whole or not at all."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui.base.errors import CatalogError, FilmtuiError, Problem, message
from tui.base.words import N_
from tui.catalog.files import is_single, shown
from tui.catalog.sources import Followed, read_sources
from tui.catalog.writing.disk import alone, refused
from tui.catalog.writing.exchange import exchange
from tui.imports.following import address, tmdb, wikipedia
from tui.imports.following.asking import Asking
from tui.imports.following.records import remember
from tui.imports.following.renewal import Doubt, Renewed, expired, renewed
from tui.imports.following.state import Layer, LayerState, files_of
from tui.imports.importing import Nothing
from tui.library.library import Library
from tui.net.client import Client
from tui.net.failures import CANCELLED, CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.base.errors import Message
    from tui.films.film import Film
    from tui.imports.following.asking import Fetched
    from tui.imports.merge import Known
    from tui.library.ledger import ReleaseChange
    from tui.net.client import Limits
    from tui.user.places import Places

_FETCH: dict[str, Callable[[Asking], Fetched | None]] = {
    "wikipedia": wikipedia.fetch, "tmdb": tmdb.fetch, "url": address.fetch,
}  # fmt: skip
"""How each of FOLLOWED_KINDS is asked."""


class Outcome(NamedTuple):
    """What came of asking one source."""

    source: Followed
    films: int = 0
    """That its layer has now."""
    changes: tuple[ReleaseChange, ...] = ()
    gone: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: Message | None = None
    """Why nothing was changed."""
    requests: int = 0
    seconds: float = 0


class Sync:
    """One sync of a catalog's sources."""

    def __init__(
        self, places: Places, token: str = "", *, dry_run: bool = False, stop: Callable[[], bool] = lambda: False,
        tell: Callable[[Followed, int, int], None] | None = None, limits: Limits | None = None,
    ) -> None:  # fmt: skip
        """`token` is TMDB's. `tell` is called with a source, how many of its films are done, and of how many."""
        self._places, self._token, self._dry_run, self._stop = places, token, dry_run, stop
        self._tell, self._limits = tell or (lambda source, done, total: None), limits

    def run(self, sources: Sequence[Followed]) -> Iterator[Outcome]:
        """Ask these, one after the other. Raises CatalogError where none can be asked."""
        if not sources:
            return
        with self._alone(), Library(self._places) as library:
            known = self._begun(library)
            for source in sources:
                if self._stop():
                    return
                outcome = self._one(source, known)
                if outcome.changes and not self._dry_run:  # the next source's films are matched to these
                    with suppress(FilmtuiError):
                        library.refresh()
                if not self._dry_run:
                    remember(self._places, outcome)
                yield outcome

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Raises CatalogError while another process syncs the same catalog."""
        folder = self._places.followed("x").parent
        if is_single(folder.parent):
            text = N_("{path}: a catalog of one file follows nothing; name a folder with --catalog")
            raise CatalogError(message(text, path=shown(folder.parent)))
        with alone(folder, message(N_("another sync is under way; try again when it is done"))):
            yield

    def _begun(self, library: Library) -> Known:
        """The catalog's films as they are now; none where there is no catalog yet."""
        try:
            library.refresh()
        except CatalogError:
            library.begin()
            return Nothing()
        return library

    def _one(self, source: Followed, known: Known) -> Outcome:
        begun = time.monotonic()
        layer = Layer(self._places.followed(source.name))
        state, films = layer.state(), layer.films()
        private = source.allow_private
        cache = self._places.cache / "net"
        with Client(
            source.name, cache, self._stop, self._limits, named=source.address is not None, allow_private=private
        ) as client:
            try:
                found = self._fetched(source, client, state, films, known)
            except (FilmtuiError, OSError) as error:
                told = error.message if isinstance(error, FilmtuiError) else refused(error, layer.folder).message
                return Outcome(source, len(films), failure=told, requests=client.requests)
            try:
                if not self._dry_run:
                    exchange(layer.folder, files_of(found.made.films.values(), found.made.state))
            except CatalogError as error:
                return Outcome(source, len(films), failure=error.message, requests=client.requests)
        made = found.made
        return Outcome(
            source, len(made.films), made.changes, made.gone, made.doubts, found.problems, None, client.requests,
            time.monotonic() - begun,
        )  # fmt: skip

    def _fetched(
        self, source: Followed, client: Client, state: LayerState, films: dict[str, Film], known: Known
    ) -> _Found:
        today = self._places.today
        before = msgspec.structs.replace(state, films=tuple(one for one in state.films if one.id in films))
        if state.asked != msgspec.json.encode(source).decode() or len(before.films) < max(len(state.films), len(films)):
            before = msgspec.structs.replace(before, memory={})  # another question, or a layer that was damaged
        asking = Asking(source, client, before, today, self._token, lambda d, t: self._tell(source, d, t))
        fetched = _FETCH[source.kind](asking)
        made, problems = Renewed(films, state), tuple[Problem, ...]()
        if fetched is not None:
            made, problems = renewed(asking, films, before.films, fetched, known), fetched.problems
        if source.kind == "tmdb":
            left, kept = expired(made.films, made.state, today, tmdb.LONGEST_KEPT)
            made = made._replace(films=left, state=kept)
        if self._stop():
            raise CancelledError(message(CANCELLED, source=source.name))
        return _Found(made, problems)


class _Found(NamedTuple):
    made: Renewed
    problems: tuple[Problem, ...]


def followed(places: Places, names: Sequence[str] = ()) -> tuple[list[Followed], list[Problem]]:
    """The catalog's sources, or those of these names, and what is wrong in its list. Raises CatalogError."""
    sources, problems = read_sources(places.sources)
    known = {source.name: source for source in sources}
    for name in names:
        if name not in known:
            told = ", ".join(known) or "–"
            raise CatalogError(message(N_("“{name}” is not followed; there are {names}"), name=name, names=told))
    return [known[name] for name in dict.fromkeys(names)] or sources, problems
