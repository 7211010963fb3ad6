"""Titles as they are compared: by their letters and digits alone."""

from __future__ import annotations

from functools import lru_cache

from tui.base.text import words

_LEET = str.maketrans("01345", "oieas")


@lru_cache(maxsize=1 << 16)
def loose(title: str) -> str:
    """The title by its letters and digits alone; digits inside a word are read as the letters they stand for."""
    return "".join(word if word.isdigit() else word.translate(_LEET) for word in words(title))


@lru_cache(maxsize=1 << 12)
def letters(title: str) -> str:
    """The same with the digits as they are."""
    return "".join(words(title))
