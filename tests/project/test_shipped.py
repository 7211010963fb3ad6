"""The shipped catalog: what holds for every film in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, SHIPPED
from tui.catalog.check import check
from tui.catalog.files import find
from tui.catalog.reading.reader import read
from tui.films.dates import parse
from tui.films.film import Film, News
from tui.films.terms import GENRES

if TYPE_CHECKING:
    from tui.base.errors import Problem


def shipped() -> dict[str, list[Film | News]]:
    problems: list[Problem] = []
    found = {file.path.stem: [item.value for item in read(file, problems.append)] for file in find(SHIPPED)}
    assert problems == []
    return found


FILES = {name: [value for value in values if isinstance(value, Film)] for name, values in shipped().items()}
FILMS = [film for films in FILES.values() for film in films]
TEXTS = {
    language: {film.id: getattr(film.synopsis, language) for film in FILMS if film.synopsis}
    for language in ("id", "en")
}
NEWS = [value for values in shipped().values() for value in values if isinstance(value, News)]


def test_nothing_is_wrong_in_it() -> None:
    assert list(check(SHIPPED)) == []


def test_it_has_all_releases() -> None:
    assert len(FILMS) == 368
    assert len(NEWS) >= 6


def test_it_reaches_ahead() -> None:
    """A calendar is about what comes: on 24 November 2026, the day of this catalog, a year of openings is ahead."""
    ahead = [film for film in FILMS if any(when > "2026-11-24" for when in days(film))]
    assert len(ahead) >= 40
    assert sum(any(when > "2027" for when in days(film)) for film in FILMS) >= 30


def test_ids_are_unique_and_made_from_the_titles() -> None:
    assert max(Counter(film.id for film in FILMS).values()) == 1
    for film in FILMS:
        words = re.findall("[a-z0-9]+", film.title.lower().replace("'", ""))
        assert film.id.startswith(words[0][:3]) or not words[0].isascii()


def days(film: Film) -> list[str]:
    """The exact days of a film's releases."""
    return [release.date for release in film.releases if release.date and len(release.date) == 10]


def opening(film: Film) -> str:
    """The date by which a film is filed: of its first release in Indonesia, else of its first at all; "" is none."""
    releases = [release for release in film.releases if release.home] or list(film.releases)
    return min(releases, key=lambda release: release.when.key).date or ""


def test_a_film_is_in_the_file_of_its_month_in_order() -> None:
    for name, films in FILES.items():
        keys = []
        for film in films:
            date = opening(film)
            assert name == (date[:4] if "Q" in date else date[:7] or "unscheduled"), film.id
            keys.append(parse(date).key if date else 0)
        assert keys == sorted(keys), name


def test_a_film_opens_once_in_a_country() -> None:
    for film in FILMS:
        assert film.releases
        assert len({(release.region, release.type) for release in film.releases}) == len(film.releases), film.id
        assert sum(release.home for release in film.releases) <= 1


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.id)
def test_each_has_what_an_editor_wants(film: Film) -> None:
    assert all(release.source for release in film.releases)
    assert set(film.genres) <= GENRES
    if film.synopsis is None:
        return
    assert film.genres
    for text in (film.synopsis.id, film.synopsis.en):
        assert text
        assert 45 <= len(text) <= 400
        assert text[0].isupper() or not text[0].isalpha()
        assert text[-1] in ".”"
        assert "…" not in text
        assert 1 <= len(re.findall(r"[.!?](?= [A-Z“]|$)", text)) <= 4


def test_most_films_have_a_synopsis() -> None:
    """All but four of those that opened before May 2026: of these only title and day are known."""
    assert len(TEXTS["id"]) == len(TEXTS["en"]) >= 295
    without = {film.id for film in FILMS if not film.synopsis and opening(film) and opening(film) < "2026-05"}
    assert without == {"yohanna", "para-perasuk", "dilan-itb-1997", "ikatan-darah"}


SEEN = "2026-10-10"
"""The newest page that was read."""


def test_what_was_read_before_its_day_is_tentative() -> None:
    for film in FILMS:
        for release in film.releases:
            if release.status == "confirmed" and release.date:
                assert len(release.date) == 10, film.id
                assert release.date <= SEEN, film.id


COPY = re.compile(r"copy of (\d+) (\w+) (\d{4})$")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def copied(source: str) -> date | None:
    found = COPY.search(source)
    return date(int(found[3]), MONTHS.index(found[2][:3]) + 1, int(found[1])) if found else None


def test_no_release_is_confirmed_by_a_page_older_than_its_week() -> None:
    """A list of the week's openings is enough; a plan of the month before is not."""
    for film in FILMS:
        for release in film.releases:
            read = [copied(source) for source in (release.source or "").split("; ")]
            if release.status == "confirmed" and release.when.exact and read and all(read):
                assert release.when.exact <= max(day for day in read if day) + timedelta(7), film.id


def test_sources_have_one_form() -> None:
    for film in FILMS:
        for release in film.releases:
            for source in (release.source or "").split("; "):
                assert "github" not in source, "what stood between goes into a comment"
                assert " via " not in source
                assert re.fullmatch(r"[^,;]+(, (copy|announcement) of (\d+ )?[A-Z\d][\w -]*)?", source), source


def test_no_two_synopses_are_alike() -> None:
    for texts in TEXTS.values():
        assert len(set(texts.values())) == len(texts)
        assert len({" ".join(text.lower().split()[:3]) for text in texts.values()}) == len(texts)


@pytest.mark.parametrize(("language", "conjunction"), [("id", "dan"), ("en", "and")])
def test_few_synopses_end_on_an_afterthought(language: str, conjunction: str) -> None:
    """“…, and nothing will be the same”: once it is fine, by the dozen it is a tune. It was two texts in five."""
    last = re.compile(rf", {conjunction} [^.;:!?]*[.”]+$")
    texts = TEXTS[language].values()
    assert sum(bool(last.search(text)) for text in texts) <= 0.25 * len(texts)


CLEFT = re.compile(
    r"(^|[.!?] )(It (is|was) [^.,]*\b(that|who)\b|What\b[^.]*\b(is|was)\b)"  # It is Ann who …, What Ann wants is …
    r"|^[^.,]*\b(is|are|was|were) (what|where|who|how|when|all)\b"  # Coffee is what Ann serves, Ninety minutes is all
)


def test_no_english_synopsis_opens_the_wrong_way_round() -> None:
    assert not [text for text in TEXTS["en"].values() if CLEFT.search(text)]


def test_an_indonesian_synopsis_opens_with_a_person() -> None:
    """Not with a thing that becomes or makes something; “Ia menjadi …” is fine and is counted along."""
    thing = re.compile(r"^[^.,]{0,60}\b(menjadi|membuat)\b")
    assert sum(bool(thing.search(text)) for text in TEXTS["id"].values()) <= 0.05 * len(TEXTS["id"])


def test_a_synopsis_negates_in_one_way() -> None:
    for text in TEXTS["id"].values():
        assert len({word for word in re.findall(r"[a-z]+", text.lower()) if word in {"tak", "tidak"}}) < 2, text


def test_no_text_breaks_behind_a_hyphen() -> None:
    for path in SHIPPED.glob("*.yaml"):
        assert not re.search(r"\w-\n", path.read_text("utf-8")), path.name
    for texts in TEXTS.values():
        assert not [text for text in texts.values() if re.search(r"\w- \w", text)]


def test_where_the_date_is_doubtful_a_note_says_why_in_both_languages() -> None:
    for film in FILMS:
        for release in film.releases:
            assert release.status != "tentative" or release.note, film.id
            assert release.note is None or (release.note.id and release.note.en), film.id


def test_news_is_in_both_languages() -> None:
    assert all(item.title.id and item.title.en for item in NEWS)


def test_only_what_no_source_says_is_warned_of() -> None:
    warned = [problem.message.msgid for problem in check(SHIPPED, advise=date(2026, 11, 24))]
    assert set(warned) <= {"no cast"}
    assert len(warned) <= 3


def test_news_name_films_of_the_catalog() -> None:
    ids = {film.id for film in FILMS}
    assert all(item.films and set(item.films) <= ids for item in NEWS)


def test_the_coverage_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "docs/coverage.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(FILES) + 3
    assert lines[-2].split()[:2] == ["all", "368"]
    assert lines[-1] == f"newest source: {SEEN}"
