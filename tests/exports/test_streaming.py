"""Every format writes while it reads: ten times the films take no more memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.conftest import DATA
from tests.exports.listings import listing_of
from tui.exports.formats import FORMATS
from tui.exports.listing import Listing
from tui.films.dates import key_of, period_of
from tui.films.film import Release
from tui.index.query import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.films.film import Film

_FEW, _MANY = 1_500, 15_000
_MONTHS = 12


@dataclass(frozen=True)
class _Made(Listing):
    """So many releases in a year, made as they are asked for."""

    count: int = 0
    period: int | None = None
    film: Film | None = None

    def of(self, period: int) -> Listing:
        return _Made(self.library, self.view, self.words, self.today, count=self.count, period=period, film=self.film)

    def rows(self) -> Iterator[Row]:
        for number in range(self.count):
            day = date(2026, 1, 1) + timedelta(number * 365 // self.count)
            if self.period in {None, period_of(key_of(day))}:
                yield Row(
                    key_of(day) << 36, f"f{number}", 0, f"Film {number}", "theatrical", "ID", "confirmed", "horror"
                )

    def entries(self) -> Iterator[tuple[Row, Film]]:
        assert self.film is not None
        for row in self.rows():
            release = Release(date=str(row.when), source=f"source {row.id}")
            yield row, msgspec.structs.replace(self.film, id=row.id, title=row.title, releases=(release,))

    @property
    def months(self) -> dict[int, int]:
        return {20260032 + 100 * month: self.count // _MONTHS for month in range(1, _MONTHS + 1)}


def _peak(listing: Listing, name: str) -> tuple[int, int]:
    """Bytes of memory at most, and bytes written."""
    chunks = FORMATS[name].chunks
    assert chunks is not None
    tracemalloc.start()
    try:
        written = sum(len(chunk) for chunk in chunks(listing))
        return tracemalloc.get_traced_memory()[1], written
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("name", [form.name for form in FORMATS.values() if form.chunks])
def test_memory_does_not_grow_with_the_films(name: str, tmp_path: Path) -> None:
    with listing_of(tmp_path, DATA) as real:
        film = real.library.film("greenland-migration")
        few, many = (
            _Made(real.library, real.view, real.words, real.today, count=count, film=film) for count in (_FEW, _MANY)
        )
        _peak(few, name)  # what is imported stays
        (low, less), (high, more) = _peak(few, name), _peak(many, name)
    assert more > 5 * less
    assert high < 2 * low + 200_000, f"{low} bytes for {_FEW} films, {high} for {_MANY}"
