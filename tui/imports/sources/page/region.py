"""Where a page's films open: at home, unless it is in English and nothing in it speaks of Indonesia."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.base.errors import message
from tui.base.text import fold
from tui.base.words import N_

if TYPE_CHECKING:
    from tui.imports.sources.incoming import Incoming, Report
    from tui.imports.sources.page.lines import Line

_ABROAD = "US"
_ENGLISH = frozenset({
    "the", "is", "are", "and", "with", "for", "this", "that", "of", "to", "in", "on", "from", "by", "will", "his",
    "her", "their", "as", "at", "it", "its", "your", "you", "we", "about", "into", "who", "has", "have", "be",
})  # fmt: skip
_INDONESIAN = frozenset({
    "yang", "dan", "di", "dengan", "untuk", "ini", "itu", "pada", "dari", "akan", "tayang", "rilis", "bioskop",
    "jadwal", "sinopsis", "pemeran", "sutradara", "oleh", "tanggal", "bulan", "januari", "februari", "maret", "mei",
    "juni", "juli", "agustus", "oktober", "desember", "indonesia", "indonesian", "jakarta", "wib", "senin", "selasa",
    "rabu", "kamis", "jumat", "sabtu", "minggu", "menit", "jam", "para", "sebagai", "seorang", "tidak", "karena",
    "judul", "durasi", "klasifikasi", "usia", "xxi", "cgv", "cinepolis", "lsf", "umur",
})  # fmt: skip
_ENOUGH = 6
"""English words that stand for a page in English: titles in a list have fewer."""
_TOLD = N_("the page is in English and does not speak of Indonesia: its dates were taken for the United States")


def placed(films: list[Incoming], lines: list[Line], report: Report) -> list[Incoming]:
    """The films, with the region of their releases."""
    if not any(film.film.releases for film in films):
        return films
    english = 0
    for line in lines:
        words = re.findall(r"[^\W\d_]+", line.text[:2000])
        if any(fold(word) in _INDONESIAN for word in words):
            return films
        english += sum(word in _ENGLISH for word in words)
    if english < _ENOUGH:
        return films
    report(1, message(_TOLD))
    return [msgspec.structs.replace(film, film=_abroad(film)) for film in films]


def _abroad(incoming: Incoming) -> object:
    film = incoming.film
    releases = tuple(msgspec.structs.replace(release, region=_ABROAD) for release in film.releases)
    return msgspec.structs.replace(film, releases=releases)
