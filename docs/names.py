"""Keeps what Babel calls days, months, countries and languages beside the compiled catalogs: python docs/names.py."""

from __future__ import annotations

import msgspec

from tui.base.words import LANGUAGES, LOCALES, names_of


def written(language: str) -> bytes:
    """The file's content."""
    return msgspec.json.format(msgspec.json.encode(names_of(language)), indent=1) + b"\n"


if __name__ == "__main__":
    for language in LANGUAGES:
        (LOCALES / language / "names.json").write_bytes(written(language))
