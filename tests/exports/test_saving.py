"""A listing as a file or a folder: whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.exports.listings import listing_of
from tui.base.errors import ExportError, StoppedError
from tui.exports.formats import FORMATS, Format, Written
from tui.exports.saving import save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.exports.listing import Listing


def _broken(listing: Listing) -> Iterator[bytes]:
    yield b"half"
    raise OSError(28, "full")


def test_what_breaks_in_the_middle_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    form = Format("x", "x", "txt", "text/plain", _broken)
    with listing_of(tmp_path / "cache") as listing, pytest.raises(ExportError) as caught:
        save(listing, form, path)
    assert caught.value.message.text(listing.words) == f"{path} tidak dapat ditulis: disk penuh"
    assert path.read_text() == "old"
    assert list(tmp_path.glob(".filmtui-*")) == []


def test_a_format_may_write_a_folder(tmp_path: Path) -> None:
    def folder(listing: Listing, path: Path) -> Written:
        path.mkdir()
        (path / "one").write_text(str(listing.view.total))
        return Written(1, 2, 3)

    form = Format("x", "x", "", "", None, folder)
    (tmp_path / "file").touch()
    with listing_of(tmp_path / "cache") as listing:
        assert save(listing, form, tmp_path / "made") == Written(1, 2, 3)
        with pytest.raises(ExportError):
            save(listing, form, tmp_path / "file")
    assert (tmp_path / "made" / "one").read_text() == "15"


def test_what_is_no_longer_wanted_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    asked = iter([False] * 5)
    with listing_of(tmp_path / "cache") as listing:
        for name in ("text", "html", "csv"):
            unwanted = replace(listing, stop=lambda: next(asked, True))
            with pytest.raises(StoppedError):
                save(unwanted, FORMATS[name], path)
    assert path.read_text() == "old"
    assert list(tmp_path.glob(".filmtui-*")) == []
