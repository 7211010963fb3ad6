"""Catalogs of any size, the same for the same seed, written as text: a million films take a few minutes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GENERATED_VERSION = 1
"""Raised with every change of what is generated, so that catalogs of before are not taken."""

YEARS = range(2010, 2030)
MONTHS = tuple((year, month) for year in YEARS for month in range(1, 13))
QUIET_MONTH = (2030, 1)
QUIET_FILMS = 8
"""Films of one month that is of the same size in every catalog: what takes longer there grows with the catalog."""

_SENTENCES = 4000
_PEOPLE = 6000


class _Stock:
    """Sentences and names, put together once; each film takes some of them."""

    def __init__(self, draw: random.Random) -> None:
        self.indonesian = [_sentence(draw, words.SYNOPSIS) for _ in range(_SENTENCES)]
        self.common = [f"Tentang {words.COMMON} {text.lower()}" for text in self.indonesian]
        self.english = [_sentence(draw, words.ENGLISH) for _ in range(_SENTENCES)]
        self.people = [f"{draw.choice(words.FIRST_NAME)} {draw.choice(words.LAST_NAME)}" for _ in range(_PEOPLE)]


def _sentence(draw: random.Random, pool: list[str]) -> str:
    return " ".join(draw.choices(pool, k=draw.randint(8, 12))).capitalize() + "."


def write(directory: Path, count: int, seed: int) -> None:
    """Write `count` films into the directory: a file for each month, and one for those without a date."""
    draw = random.Random(seed)  # noqa: S311 (nothing is kept secret)
    stock = _Stock(draw)
    directory.mkdir(parents=True, exist_ok=True)
    undated = count // 200
    quiet = min(QUIET_FILMS, count // 10)
    dated = count - undated - quiet
    rare = frozenset(dated * part // 4 for part in (1, 2, 3))
    number = 0
    for place, (year, month) in enumerate(MONTHS):
        end = dated * (place + 1) // len(MONTHS)
        if number < end:
            _write(directory / f"{year}-{month:02}.yaml", stock, draw, range(number, end), f"{year}-{month:02}", rare)
        number = end
    if quiet:
        year, month = QUIET_MONTH
        _write(
            directory / f"{year}-{month:02}.yaml", stock, draw, range(dated, dated + quiet), f"{year}-{month:02}", rare
        )
    if undated:
        _write(directory / "unscheduled.yaml", stock, draw, range(count - undated, count), "", rare)


def _write(path: Path, stock: _Stock, draw: random.Random, numbers: range, month: str, rare: frozenset[int]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("films:\n")
        for number in numbers:
            out.writelines(_film(stock, draw, number, month, rare=number in rare))


def _film(stock: _Stock, draw: random.Random, number: int, month: str, *, rare: bool) -> Iterator[str]:
    chance = draw.random
    title = _title(draw)
    if rare:
        title = f"{words.RARE.capitalize()} {title}"
    yield f"- id: {title.lower().replace(' ', '-').replace(':', '')}-{number}\n"
    yield f'  title: "{title}"\n' if ":" in title else f"  title: {title}\n"
    if chance() < 0.1:
        yield f"  original_title: {_title(draw).replace(':', '')}\n"
    if month:
        yield from _releases(draw, month, plain=rare)
    first, second = draw.sample(words.SOME_GENRES, 2)
    yield f"  genres: [{first}, {second}]\n  runtime: {80 + int(chance() * 70)}\n"
    if chance() < 0.8:
        yield f'  rating: "{draw.choice(words.SOME_RATINGS)}"\n'
    yield "  countries: [ID]\n  languages: [id]\n"
    people = [stock.people[int(chance() * _PEOPLE)] for _ in range(12)]
    yield f"  directors: [{people[0]}]\n  writers: [{people[1]}]\n"
    yield f"  companies: [{words.COMPANIES[number % len(words.COMPANIES)]}]\n  cast:\n"
    for actor in range(2, 7):
        yield f"  - {{name: {people[actor]}, role: {people[actor + 5].partition(' ')[0]}}}\n"
    opening = stock.common if chance() < 0.8 else stock.indonesian
    indonesian = [opening[int(chance() * _SENTENCES)], *(stock.indonesian[int(chance() * _SENTENCES)] for _ in "abc")]
    english = [stock.english[int(chance() * _SENTENCES)] for _ in "abcd"]
    yield "  synopsis:\n    id: >-\n"
    for text in indonesian:
        yield f"      {text}\n"
    yield "    en: >-\n"
    for text in english:
        yield f"      {text}\n"


def _title(draw: random.Random) -> str:
    chance = draw.random()
    first, second, third = draw.choices(words.TITLE, k=3)
    if chance < 0.4:
        return f"{first} {second}"
    if chance < 0.8:
        return f"{first} {draw.choice(words.JOINT)} {second}"
    if chance < 0.9:
        return f"{first}: {second} {third}"
    return f"{first} {second} {third}"


def _releases(draw: random.Random, month: str, *, plain: bool) -> Iterator[str]:
    day = f"{month}-{1 + int(draw.random() * 28):02}"
    if plain:
        yield f"  release: {day}\n"
        return
    chance = draw.random()
    if chance < 0.02:
        date = month
    elif chance < 0.025:
        date = f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
    else:
        date = day
    kind = "theatrical" if draw.random() < 0.95 else draw.choice(("premiere", "limited"))
    status = "confirmed" if draw.random() < 0.94 else draw.choice(("tentative", "postponed"))
    yield f"  releases:\n  - date: {date}\n    type: {kind}\n    region: ID\n    status: {status}\n"
    yield f"    source: {draw.choice(words.SOURCES)}\n"
    if draw.random() < 0.05:
        year = int(month[:4])
        yield f"    history:\n    - {{date: {year - 1}-12-20, recorded: {year - 1}-06-01}}\n"
    if draw.random() < 0.1:
        yield f"  - date: {day}\n    type: theatrical\n    region: US\n    status: confirmed\n"
