"""sources.yaml: read leniently, and written so that the rest of it stays as it is."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.errors import CatalogError
from tui.catalog.sources import FOLLOWED_KINDS, Followed, read_sources
from tui.catalog.writing.sources import follow, unfollow

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True)


def _source(name: str, kind: str, address: str, private: bool) -> Followed:
    where = f"https://a.example/{address}" if address or kind == "url" else None
    return Followed(name=name, kind=kind, address=where, allow_private=private)


ADDRESSES = st.from_regex(r"[a-z?=&#:,'\"\[\]{}%-]{0,12}", fullmatch=True)
SOURCES = st.builds(_source, NAMES, st.sampled_from(FOLLOWED_KINDS), ADDRESSES, st.booleans())


@given(st.lists(SOURCES, max_size=5, unique_by=lambda one: one.name), st.data())
def test_what_is_written_is_read_again(sources: list[Followed], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sources.yaml")
        for one in sources:
            follow(path, one)
        assert read_sources(path) == (sources, [])
        left = list(sources)
        for one in data.draw(st.permutations(sources)):
            unfollow(path, one.name)
            left.remove(one)
            assert read_sources(path) == (left, [])
        assert not path.exists()


@given(st.text(max_size=200) | st.text(alphabet="-{}[]:,& *name kind tmdburl\n'\"#", max_size=200))
def test_anything_is_read(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sources.yaml")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with suppress(CatalogError):
            read_sources(path)


def test_what_lies_between_sources_stays(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "# first\n- name: a\n  kind: tmdb\n  region: ID  # home\n\n# the second\n- kind: wikipedia\n# end\n", "utf-8"
    )
    unfollow(path, "a")
    assert path.read_text("utf-8") == "# first\n\n# the second\n- kind: wikipedia\n# end\n"
    follow(path, Followed(name="b", kind="tmdb", region="US"))
    assert path.read_text("utf-8").endswith("# end\n- {name: b, kind: tmdb, region: US}\n")


def test_a_file_in_a_form_of_its_own_is_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("[{name: a, kind: tmdb}]\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(CatalogError):
        follow(path, Followed(name="b", kind="tmdb"))
    with pytest.raises(CatalogError):
        unfollow(path, "a")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("values", "today", "span"),
    [
        ({}, date(2026, 1, 5), ("2025-12", "2027-03")),
        ({}, date(2026, 11, 30), ("2026-10", "2028-01")),
        ({"first": "2026-05"}, date(2026, 1, 5), ("2026-05", "2027-03")),
        ({"last": "2026-05"}, date(2026, 1, 5), ("2025-12", "2026-05")),
    ],
    ids=range(4),
)
def test_the_months_that_are_asked_for(values: dict[str, Any], today: date, span: tuple[str, str]) -> None:
    first, last = Followed(name="a", kind="tmdb", **values).span(today)
    assert (str(first), str(last)) == span
