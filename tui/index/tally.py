"""The counts that are kept of the calendar's rows: of its days, months and filters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zlib import crc32

from tui.films.dates import period_of
from tui.index import entry
from tui.index.database import the_row

if TYPE_CHECKING:
    from tui.index.database import Connection
    from tui.index.entry import FilmEntry


class Tally:
    """Counts films that come and go, until `sum_up` brings the tables up to date."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._days: Counter[int] = Counter()
        self._facets: Counter[tuple[str, str]] = Counter()
        self.changed = 0
        """Films put in or taken out since the last `sum_up`."""

    def count(self, film: FilmEntry, by: int) -> None:
        """One that comes (1) or goes (-1)."""
        self.changed += 1
        for release in film.rows:
            if release.home:
                self._days[release.key] += by
            for found in release.counted:
                self._facets[found] += by

    def sum_up(self) -> None:
        """Bring the counts of rows up to date, of days, months and filters. To be called before each commit."""
        if self._days:
            counts = Counter(dict(entry.decode_months(*the_row(self._db.execute("SELECT months, crc FROM state")))))
            for key, rows in self._days.items():
                counts[period_of(key)] += rows
            months = entry.encode(sorted((period, rows) for period, rows in counts.items() if rows))
            self._db.execute("UPDATE state SET months = ?, crc = ?", (months, crc32(months)))
            self._db.executemany(
                "INSERT INTO day VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET rows = rows + excluded.rows",
                self._days.items(),
            )
            self._db.execute("DELETE FROM day WHERE rows = 0")
        self._db.executemany(
            "INSERT INTO facet VALUES (?, ?, ?) ON CONFLICT (kind, value) DO UPDATE SET rows = rows + excluded.rows",
            ((*found, rows) for found, rows in self._facets.items()),
        )
        self._db.execute("DELETE FROM facet WHERE rows = 0")
        self._days.clear()
        self._facets.clear()
        self.changed = 0
