"""khal (https://github.com/pimutils/khal), a calendar with an index of its files too: as many events as films."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import words
from benchmarks.catalogs import place
from benchmarks.figure import Budget, Figure
from benchmarks.generate import MONTHS
from benchmarks.process import FILMTUI, environment, run
from benchmarks.repeat import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.catalogs import Catalog

EVENTS = 10_000

_CONFIG = """[calendars]
[[films]]
path = {home}/events
[sqlite]
path = {home}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = films
"""


def installed() -> bool:
    return shutil.which("khal") is not None


def figures(catalog: Catalog, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    """Only where khal is installed."""
    program = shutil.which("khal")
    if program is None:
        return []
    place().mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="khal-", dir=place()))
    try:
        return _measured(catalog, program, home, runs, tell)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measured(catalog: Catalog, program: str, home: Path, runs: int, tell: Callable[[str], None]) -> list[Figure]:
    tell(f"writing {EVENTS:,} events for khal")
    _write(home)
    env = environment(XDG_CONFIG_HOME=str(home), XDG_CACHE_HOME=str(home), XDG_DATA_HOME=str(home))
    khal = (program, "-c", str(home / "config"), "list", f"{catalog.month}-01", f"{catalog.month}-31")
    films, events = [], []
    for number in range(1, min(runs, 3) + 1):
        tell(f"khal, building its cache, run {number} of {min(runs, 3)}")
        (home / "khal.db").unlink(missing_ok=True)
        events.append(EVENTS / run(khal, env).seconds)
        films.append(catalog.films / run((*FILMTUI, "index", "--rebuild"), catalog.env).seconds)
    tell("khal list")
    ours, theirs = in_turn(runs, tell, ((*FILMTUI, "list", "--month", catalog.month), catalog.env), (khal, env))
    mine, other = ([ran.seconds * 1e3 for ran in taken] for taken in (ours, theirs))
    return [
        Figure("list_month_khal", catalog.size, "ms", mine, other, Budget(0.5)),
        Figure("index_build_khal", catalog.size, "films/s", films, events, Budget(8, at_least=True)),
    ]


def _write(home: Path) -> None:
    draw = random.Random(EVENTS)  # noqa: S311 (nothing is kept secret)
    (home / "config").write_text(_CONFIG.format(home=home), "utf-8")
    folder = home / "events"
    folder.mkdir()
    for number in range(EVENTS):
        year, month = MONTHS[number * len(MONTHS) // EVENTS]
        day = f"{year}{month:02}{1 + draw.randrange(28):02}"
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//filmtui//benchmarks//ID", "BEGIN:VEVENT",
            f"UID:film-{number}", f"DTSTAMP:{day}T000000Z", f"DTSTART;VALUE=DATE:{day}",
            f"SUMMARY:{' '.join(draw.choices(words.TITLE, k=2))}",
            f"DESCRIPTION:{' '.join(draw.choices(words.SYNOPSIS, k=40))}", "END:VEVENT", "END:VCALENDAR", "",
        )  # fmt: skip
        (folder / f"film-{number}.ics").write_text("\r\n".join(lines), "utf-8", newline="")
