"""The index of a catalog, kept usable: brought up to date, and made anew where it is damaged or gone."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, TypeVar

from tui.index import query
from tui.index.database import PATIENCE, Database
from tui.index.failures import Error, GoneError, closed, damaged, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.index.build import Changes
    from tui.index.database import Connection
    from tui.index.progress import Progress

_T = TypeVar("_T")

_SMALL = 1 << 20
"""Bytes of YAML that are read before the calendar is shown rather than behind it: about 50 ms."""


class Index:
    """The index of one catalog. Usable from several threads."""

    def __init__(
        self,
        path: Path,
        catalog: Path,
        report: Callable[[Changes], None],
        shipped: Path | None = None,
        *,
        recovers: bool = True,
    ) -> None:
        """`report` gets what each refresh did; `shipped` is the catalog below. Raises as `Database` does.

        `recovers`: whether a refresh rolls back what an import has left half done, which writes the catalog's files.
        """
        self.catalog = catalog
        self._shipped = shipped
        self.followed = False
        """Whether somebody watches the generation, and refreshes an index that is found empty. Without that, a
        question that finds the index damaged or gone reads the whole catalog before it is answered."""
        self._report = report
        self._recovers = recovers
        self._mending = threading.RLock()
        self.database = Database(path)

    @property
    def path(self) -> Path:
        """The file. It is another one where the cache has no place for it."""
        return self.database.path

    def close(self) -> None:
        self.database.close()

    def ask(self, question: Callable[[Connection], _T]) -> _T:
        """The answer to a question, which is put again to an index made anew where this one is damaged or gone.

        Raises what the question raises of ours, IndexUnavailableError and IndexBusyError.
        """
        made, own = self.database.made, threading.get_ident()
        self.database.asked.add(own)
        try:
            try:
                return question(self.database.connection)
            except Error as error:
                self._mend(error, made)
            return question(self.database.connection)
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None
        finally:
            self.database.asked.discard(own)

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        patience: float = PATIENCE,
        *,
        hold: bool = False,
    ) -> Changes:
        """Bring the index up to date with the files; wait at most `patience` seconds for another process.

        An import that was interrupted is rolled back first. `hold`: see `build.refresh`.
        Raises CatalogError, IndexUnavailableError, IndexBusyError.
        """
        from tui.catalog.files import JOURNAL, folder
        from tui.index.build import refresh

        if self._recovers and os.path.exists(folder(self.catalog) / JOURNAL):  # noqa: PTH110 (Path's raises where one may not look)
            from tui.catalog.writing.transaction import recover

            recover(self.catalog)
        made = self.database.made
        try:
            try:
                changes = refresh(self.database, self.catalog, self._shipped, progress, stop, patience, hold=hold)
            except Error as error:
                self._renew(error, made)
                changes = refresh(self.database, self.catalog, self._shipped, progress, stop, patience)
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None
        self._report(changes)
        return changes

    def begin(self) -> None:
        """Take what the catalog holds now, be it nothing, for known: changes are reported from here on.

        Raises IndexUnavailableError, IndexBusyError.
        """
        from tui.base.errors import CatalogError
        from tui.index.build import begin

        with contextlib.suppress(CatalogError):  # it is yet to come
            self.refresh()
        self.ask(lambda _: begin(self.database))

    def discard(self) -> None:
        """Empty the index; the next refresh reads everything. Raises IndexBusyError, IndexUnavailableError."""
        try:
            self.database.rebuild()
        except (*Error, OSError) as error:
            raise unavailable(error, self.path) from None

    @property
    def quick(self) -> bool:
        """Whether a refresh is so short that one waits for it. Raises CatalogError, IndexUnavailableError."""
        from tui.index.fingerprints import pending

        return self.ask(lambda _: pending(self.database, self.catalog, self._shipped) <= _SMALL)

    @property
    def generation(self) -> int:
        """Another number whenever the index has changed, whichever thread or process changed it: 10 µs."""
        return self.ask(query.generation)

    def _mend(self, error: Exception, made: int) -> None:
        """Make the index anew and fill it; without a catalog it stays empty. Raises what cannot be mended."""
        from tui.base.errors import CatalogError
        from tui.index.fingerprints import pending

        with self._mending:
            self._renew(error, made)
            with contextlib.suppress(CatalogError):
                if not self.followed or pending(self.database, self.catalog, self._shipped) <= _SMALL:
                    self.refresh()

    def _renew(self, error: Exception, made: int) -> None:
        """An empty index for one that is damaged or gone, unless another thread has made it meanwhile."""
        if not (damaged(error) or closed(error)):
            raise error
        with self._mending:
            if isinstance(error, GoneError):
                self.database.open()  # or the one that another process has made
            elif damaged(error) and self.database.made == made:
                self.database.rebuild()
