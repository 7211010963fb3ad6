"""What the layers below the user's own say of its films, for the advice of `filmtui check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.base.errors import Problem, message
from tui.base.words import N_
from tui.catalog.layers import OWN, layer_of
from tui.catalog.reading.reader import read
from tui.films.film import Film
from tui.films.layered import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.catalog.advice import Place
    from tui.catalog.files import File


class Below:
    """Holds the films of lower layers of which the user's own layer speaks too, as it is read after them."""

    def __init__(self, files: Iterable[File]) -> None:
        """Reads the user's own files of a catalog for their ids."""
        own = [file for file in files if layer_of(file.name) == OWN]
        films = (item.value for file in own for item in read(file, lambda _: None))
        self._wanted = {film.id for film in films if isinstance(film, Film)}
        self._films: dict[str, list[tuple[str, Film]]] = {}
        self._copies = 0
        self._first: Place | None = None

    def add(self, film: Film, layer: str) -> None:
        """A film of a lower layer."""
        if film.id in self._wanted:
            self._films.setdefault(film.id, []).append((layer, film))

    def whole(self, film: Film, place: Place) -> Film:
        """A film of the user's own layer over what is below it."""
        lower = [film for _, film in sorted(self._films.get(film.id, ()), key=lambda held: held[0])]
        found = merged(film.id, [film, *lower])
        if lower and found == merged(film.id, [film]) and (film.hidden, film.same_as) == (None, None):
            self._copies += 1
            self._first = self._first or place
        return found

    def copies(self) -> Iterator[Problem]:
        """A warning where films say again all that is below them: of a catalog that was made by copying another."""
        if self._first:
            text = N_(
                "films that say again all that a lower layer says, so that nothing new of it is seen: {count}, the "
                "first here; “filmtui check --thin” leaves in them what differs"
            )
            yield Problem(*self._first, message(text, count=self._copies), "warning")
