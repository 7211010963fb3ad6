"""What pages and tables call the fields of a film, in Indonesian and English: as a label or above a column."""

from __future__ import annotations

import re

from tui.base.text import fold

LABELS = {
    "title": "judul / judul film / title / movie title",
    "original_title": "judul asli / original title",
    "synopsis": "sinopsis / sinopsis film / ringkasan / ringkasan cerita / jalan cerita / synopsis / plot / overview"
    " / storyline / plot summary",
    "cast": "pemeran / para pemeran / daftar pemeran / pemeran utama / pemain / para pemain / daftar pemain / bintang"
    " / dibintangi / dibintangi oleh / cast / full cast / main cast / starring / stars / actors",
    "directors": "sutradara / disutradarai / disutradarai oleh / director / directors / director(s) / directed by",
    "writers": "penulis / penulis naskah / penulis skenario / skenario / naskah / writer / writers / writer(s)"
    " / written by / screenplay",
    "producers": "produser / diproduseri oleh / producer / producers / producer(s) / produced by",
    "companies": "rumah produksi / perusahaan produksi / production company / production companies / studio",
    "distributor": "distributor / distributed by",
    "genres": "genre / genres / genre(s)",
    "runtime": "durasi / durasi film / duration / runtime / running time",
    "rating": "klasifikasi usia / klasifikasi / rating usia / batas usia / usia / rating / age rating / certification",
    "date": "tanggal rilis / tanggal tayang / tanggal tayang perdana / tanggal tayang di bioskop / rilis / tayang"
    " / mulai tayang / tayang perdana / release date / release / opens / in cinemas",
    "year": "tahun / tahun produksi / tahun rilis / year / production year",
    "countries": "negara / negara asal / country / countries",
    "languages": "bahasa / language / languages",
}
"""Field to its names, as they stand alone in a line or in front of a colon."""

_COLUMNS = {
    "id": "id",
    "title": "film / nama / name / names / film title / movie / movie name / film name / nama film / series title"
    " / primary title / primarytitle / judul indonesia",
    "original_title": "original name / judul asal / orig title / originaltitle",
    "date": "date / tanggal / tgl / tgl rilis / tgl tayang / jadwal / jadwal tayang / date x"
    " / released / us release"
    " / theatrical release / theatrical release date / opening / opening date / rilis indonesia"
    " / tanggal rilis indonesia",
    "type": "type / jenis / tipe / jenis rilis / release type / title type / titletype / media type / format",
    "region": "region / wilayah / negara rilis",
    "status": "status",
    "source": "source / sumber",
    "runtime": "menit / minutes / length / runtime mins / runtime minutes / runtime min / durasi menit",
    "companies": "companies / company",
    "synopsis_id": "synopsis id / sinopsis id",
    "synopsis_en": "synopsis en / sinopsis en",
    "year": "release year / released year / startyear / start year",
    "links": "links / link / url / tautan / letterboxd uri",
}
"""Names that say what it is only above a column: by themselves they may be titles, or words of a menu."""


def names_of(fields: dict[str, str]) -> dict[str, str]:
    """Each name of a table like the above to its field."""
    return {name: field for field, names in fields.items() for name in names.split(" / ")}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(name)).strip()


_FIELDS = {_plain(name): field for name, field in (names_of(LABELS) | names_of(_COLUMNS)).items()}


def column(name: str) -> str | None:
    """The field that a column is, by what stands above it: Judul Film, tgl_rilis, Director(s)."""
    return _FIELDS.get(_plain(name)) if len(name) < 80 else None
