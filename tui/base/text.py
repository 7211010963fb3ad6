"""Foreign text: cleaned where it enters the program, folded where it is compared."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_KEPT = {"\u200c", "\u200d"}  # (non-)joiners: Persian, Indic scripts and emoji are written with them
_DROPPED = {"\u00ad", "\u200b", "\u2060", "\ufeff"}  # soft hyphen, zero-width space, word joiner, BOM


def clean(value: str, *, lines: bool = False) -> str:
    """The text without anything that a terminal would obey, and without space at its ends.

    C0 controls are shown by their pictures (ESC as ␛), C1, bidi and other format controls as ‹U+202E›, surrogates as
    �. With `lines`, line breaks are kept, all as "\\n"; without it, each run of space and breaks becomes one space.
    """
    if not value.isprintable():
        value = _BREAKS.sub("\n" if lines else " ", value)
        if not value.isprintable():
            value = "".join(map(_visible, value))
    if lines:
        return "\n".join(map(str.strip, value.split("\n"))).strip()
    return " ".join(value.split())


def quoted(value: str, count: int) -> str:
    """At most `count` characters of a text, cleaned, to quote it in a message. No more than 4 × `count` are read."""
    return clean(value[: 4 * count])[:count]


def _visible(character: str) -> str:
    if character.isprintable() or character == "\n" or character in _KEPT:
        return character
    if character in _DROPPED:
        return ""
    code = ord(character)
    match unicodedata.category(character):
        case "Zs":
            return " "
        case "Cc" if character == "\t":
            return " "
        case "Cc" if code < 0x20:
            return chr(0x2400 + code)
        case "Cc" if code == 0x7F:
            return "␡"
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case "Cn" | "Co":
            return character
        case _:
            return f"‹U+{code:04X}›"


# Letters that Unicode does not decompose, and marks that keyboards write in more than one way.
_ALIKE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss",
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-",
})  # fmt: skip


def fold(value: str) -> str:
    """The text as it is compared, without accents and case: Gariépy and GARIEPY fold to the same."""
    if value.isascii():
        return value.lower()
    # normalised twice: some letters can be lowered only once they are decomposed (™, mathematical letters)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ALIKE)


def cells(value: str) -> int:
    """The width of a text in columns of a terminal, for the commands, which do not load rich."""
    if value.isascii():
        return len(value)
    return sum(
        0 if unicodedata.combining(c) or c in _KEPT else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1
        for c in value
    )


def words(query: str) -> list[str]:
    """The words of a text, folded, in its order: runs of letters and digits."""
    return re.findall(r"[^\W_]+", fold(query))


def spans(value: str, query: list[str]) -> list[tuple[int, int]]:
    """Where words of `value` begin with one of the query's folded words: (start, end) in `value`, in order, apart."""
    if not query:
        return []
    folded, origin = [], []
    for at, character in enumerate(value):
        for piece in fold(character):
            folded.append(piece)
            origin.append(at)
    haystack = "".join(folded)
    found: set[tuple[int, int]] = set()
    for word in query:
        for match in re.finditer(rf"(?<![^\W_]){re.escape(word)}", haystack):
            end = origin[match.end() - 1] + 1
            while end < len(value) and unicodedata.combining(value[end]):
                end += 1
            found.add((origin[match.start()], end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
