"""Edits by hand, imports, imports taken back and reloads, in any order, against a model of the catalog."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from tests.conftest import film, films, places
from tui.base.errors import CatalogError
from tui.catalog.check import check
from tui.imports.importing import Import, take_back
from tui.library.library import Library

TODAY = date(2026, 1, 1)
TITLES = ("Kuyank", "Suka Duka Tawa", "1917", "Greenland: Migration", "Esok Tanpa Ibu")
DAYS = ("2026-01-08", "2026-01-29", "2026-02-05", "2026-03-18")


class Catalog(RuleBasedStateMachine):
    """`dates` is what the catalog should say: each title's date."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(mkdtemp(prefix="states-"))
        self.root = self.home / "catalog"
        self.root.mkdir()
        (self.root / "notes.yaml").write_text("# kept by hand\nnews:\n- {title: Tetap}\n", "utf-8")
        self.places = replace(
            places(self.root, self.home / "cache", self.home / "state", TODAY),
            shipped=self.below(self.home / "shipped"),
        )
        self.library = Library(self.places)
        self.dates = dict(self.shipped)
        self.before: dict[str, str] | None = None
        self.files: dict[str, bytes] = {}

    shipped: ClassVar[dict[str, str]] = {}
    """What the layer below says."""

    def below(self, path: Path) -> Path | None:
        return None

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.home, ignore_errors=True)

    @rule(told=st.dictionaries(st.sampled_from(TITLES), st.sampled_from(DAYS), min_size=1))
    def import_(self, told: dict[str, str]) -> None:
        page = "Jadwal Film\n" + "".join(f"{title}\n{day}\n" for title, day in told.items())
        files = self.content()
        with Import(self.places) as found:
            found.add(page.encode(), "page.txt", "page")
            changes = found.found
            assert not changes.of("uncertain")
            assert changes.empty == all(self.dates.get(title) == day for title, day in told.items())
            if not changes.empty:
                found.write(changes.changes, changes.news)
                self.before, self.files = dict(self.dates), files
        self.dates |= told

    @precondition(lambda self: self.before is not None)
    @rule()
    def take_back(self) -> None:
        assert self.before is not None
        take_back(self.places)
        assert self.content() == self.files
        self.dates, self.before = self.before, None

    @precondition(lambda self: any(self.root.glob("2*.yaml")))
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """A comment by hand: an import cannot be taken back over it, and has to leave it where it is."""
        path = data.draw(st.sampled_from(sorted(self.root.glob("2*.yaml"))))
        path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")
        if self.before is not None and self.files.get(path.name) != path.read_bytes():
            try:
                take_back(self.places)
            except CatalogError:
                self.before = None
            else:  # a file that the import had not touched
                self.dates, self.before = self.before, None

    @rule()
    def reload(self) -> None:
        self.library.refresh()
        view = self.library.view()
        rows = {row.title: str(row.when) for row in self.library.all_rows(view)}
        assert rows == self.dates

    @invariant()
    def nothing_is_wrong_and_nothing_is_left_behind(self) -> None:
        assert list(check(self.root, shipped=self.places.shipped)) == []
        assert not [path.name for path in self.root.iterdir() if path.name.startswith(".")]
        assert (self.root / "notes.yaml").read_text("utf-8").startswith("# kept by hand\n")

    def content(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.root.iterdir()}


class Layered(Catalog):
    """The same over another catalog, which stays as it is."""

    shipped: ClassVar[dict[str, str]] = {"Kuyank": "2026-01-29", "1917": "2026-02-05", "Esok Tanpa Ibu": "2026-03-18"}

    def below(self, path: Path) -> Path:
        path.mkdir()
        ids = {"Kuyank": "kuyank", "1917": "1917", "Esok Tanpa Ibu": "esok"}
        written = (film(ids[title], f"'{title}'", day, synopsis="Kisah.") for title, day in self.shipped.items())
        (path / "2026.yaml").write_text(films(*written), "utf-8")
        return path

    @invariant()
    def only_what_differs_is_written(self) -> None:
        assert "Kisah" not in "".join(path.read_text("utf-8") for path in self.root.iterdir())


TestLayered = pytest.mark.slow(Layered.TestCase)
TestLayered.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)
TestCatalog = pytest.mark.slow(Catalog.TestCase)
TestCatalog.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)
