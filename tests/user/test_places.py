"""Where the catalog, the cache and the state are: one value, absolute, whoever makes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tests.conftest import places
from tui.user.places import Places, state_folder
from tui.user.settings import settings

if TYPE_CHECKING:
    import pytest


def test_every_path_is_absolute_and_has_one_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    found = Places(
        catalog=Path("../here/../films"),
        cache=Path("~/cache"),
        state=Path("./state/."),
        today=date(2026, 1, 1),
    )
    assert (found.catalog, found.cache) == (tmp_path / "films", tmp_path / "cache")
    assert found.state == tmp_path / "here" / "state"
    other = found.of(Path("../films/./"))
    assert other == found
    assert (other.index, other.ledger, other.visit, other.undo) == (found.index, found.ledger, found.visit, found.undo)


def test_each_catalog_has_files_of_its_own(tmp_path: Path) -> None:
    found = places(tmp_path / "a", tmp_path / "cache", tmp_path / "state")
    files = [file for one in (found, found.of(tmp_path / "b")) for file in (one.index, one.ledger, one.visit, one.undo)]
    assert len({*files}) == 8
    assert {file.parent for file in files if file} == {tmp_path / "cache", tmp_path / "state"}
    assert found.on(date(2027, 1, 1)).index == found.index


def test_without_a_state_directory_nothing_is_kept_in_it(tmp_path: Path) -> None:
    found = places(tmp_path / "a", tmp_path / "cache")
    assert (found.ledger, found.visit, found.undo) == (None, None, None)


def test_the_environment_names_the_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"FILMTUI_{name}", str(tmp_path / "x" / ".." / name))
    found = settings().places
    assert (found.cache, found.state) == (tmp_path / "CACHE", tmp_path / "STATE")
    monkeypatch.delenv("FILMTUI_STATE")
    monkeypatch.setattr("tui.user.places._DIRS", SimpleNamespace(user_state_dir=str(tmp_path / "usual")))
    assert state_folder() == tmp_path / "usual"


def test_a_followed_source_has_a_folder_in_the_users_own_catalog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = places(tmp_path / "a", tmp_path / "cache")
    assert (found.followed("tmdb"), found.sources) == (
        tmp_path / "a" / "followed" / "tmdb",
        tmp_path / "a" / "sources.yaml",
    )
    monkeypatch.delenv("FILMTUI_CATALOG")
    own = tmp_path / "share" / "filmtui" / "catalog"
    assert settings().places.followed("tmdb") == own / "followed" / "tmdb"
    assert settings().places.sources == own / "sources.yaml"
