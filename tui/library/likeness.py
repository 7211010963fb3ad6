"""Films, ids and words that are spelled alike. Each is a question for `Index.ask`; loaded only where it is put."""

from __future__ import annotations

import string
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tui.base.errors import message
from tui.base.text import clean
from tui.base.words import N_
from tui.index import query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.base.errors import Message
    from tui.index.database import Connection


def near_words(db: Connection, word: str, others: Iterable[str] = ()) -> list[str]:
    """Words of the index, or of these others, that are spelled nearly like this folded one; the nearest first.

    Those of the same first letter, as a typing error is rarely in that: 6 ms where there are 350,000 words. Where none
    of them is near, those that are the same in the letters behind it.
    """
    shortest, longest = max(2, len(word) - _LONGER), len(word) + _LONGER
    others = [other for other in others if shortest <= len(other) <= longest]
    for starts in ([word[:1]], _beside(word)):
        words = [known for start in starts for known in _begun(db, start, shortest, longest)]
        if found := _nearest(word, [*others, *words]):
            return found
    return []


def _begun(db: Connection, start: str, shortest: int, longest: int) -> list[str]:
    return query.words_between(db, start, start + "\U0010ffff", shortest, longest)


def _beside(word: str) -> list[str]:
    """How words begin that differ from this one in the first letter: another, none, one more, the first two turned."""
    another = [letter + word[1:3] for letter in _LETTERS]
    one_more = [letter + word[:2] for letter in _LETTERS]
    return list(dict.fromkeys([*another, *one_more, word[1:4], word[1::-1]]))


_LONGER = 3
"""Letters that a word may be longer or shorter and still be meant."""
_LETTERS = string.ascii_lowercase + string.digits
_NEAR_WORD = 0.7
"""How similar, from 0 to 1, a word has to be."""
_MOST_NEAR = 8


def _nearest(word: str, words: list[str]) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(
        word, list(dict.fromkeys(words)), scorer=OSA.normalized_similarity, score_cutoff=_NEAR_WORD, limit=_MOST_NEAR
    )
    return [near for near, _, _ in found if near != word]


def unknown_id(db: Connection, id: str) -> Message:
    """What to tell of an id that no film has: the nearest id that there is, or how to find one."""
    shown = clean(id)[:60]
    start = shown.lower().replace(" ", "-")
    near = get_close_matches(start, query.ids_like(db, start[:2]), 1, 0.5)
    if near:
        return message(N_("no film with the id “{id}”; did you mean “{near}”?"), id=shown, near=near[0])
    return message(N_("no film with the id “{id}”; “filmtui list --search” finds films by title"), id=shown)
