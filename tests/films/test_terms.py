"""What genres are called."""

from __future__ import annotations

import pytest

from tui.base.words import Words
from tui.films import terms
from tui.films.terms import GENRES


def test_genres_are_tmdbs_in_indonesian() -> None:
    words = Words("id")
    assert [terms.genre(name, words) for name in ("action", "horror", "science-fiction", "romance", "crime")] == [
        "Laga", "Horor", "Fiksi ilmiah", "Romansa", "Kriminal",
    ]  # fmt: skip
    assert terms.genre("silat", words) == "silat"
    assert all(terms.genre(name, Words("en"))[0].isupper() for name in GENRES)


@pytest.mark.parametrize(("language", "name", "genre"), [("id", "Horor", "horror"), ("id", "fiksi ILMIAH", "science-fiction"),
                                                         ("en", "science fiction", "science-fiction"),
                                                         ("id", "silat", "silat")])  # fmt: skip
def test_a_genre_is_found_by_any_of_its_names(language: str, name: str, genre: str) -> None:
    assert terms.genre_called(name, Words(language)) == genre
