"""What each line of a page is: noise, a byline, a heading, prose, facts, or something that may be a title."""

from __future__ import annotations

import re
from typing import Any

from tui.base.text import clean, fold
from tui.films.film import LONGEST_NAME
from tui.films.terms import GENRES
from tui.imports.sources import written
from tui.imports.sources.page.dated import date_label, is_day
from tui.imports.sources.page.lines import NOISE, RULE, TIME, kind_of
from tui.imports.sources.values import age_mark, genre, length_mark, minutes, rating

NOISE_LINE, BYLINE, HEADING, PROSE, FACTS, DAY, PLAIN = (
    "noise", "byline", "heading", "prose", "facts", "day", "plain",
)  # fmt: skip

_BEGINS_NOISE = re.compile(
    r"[\[(|>»*\s]*(?:(?:baca|simak|lihat|tonton|cek|klik)\s?(?:juga|pula|artikel|berita|selengkapnya)"
    r"|(?:also )?read (?:also|more|next)|see also|related(?: articles| posts| stories)?\s?:|you (?:may|might) also like"
    r"|artikel (?:terkait|ini (?:telah|sudah|pertama))|berita terkait|rekomendasi untuk|pilihan (?:editor|redaksi)"
    r"|\[caption|\[/?caption|advertisement|iklan\b|adv\b|scroll (?:to|untuk)|gulir|lanjut(?:kan)? (?:membaca|baca)"
    r"|follow\b|ikuti\b|subscribe|berlangganan|sign up|dapatkan (?:update|berita|informasi)|download|unduh"
    r"|share (?:this|on)|bagikan|halaman (?:selanjutnya|berikutnya|[0-9])|next page|page [0-9]|copyright|©|hak cipta"
    r"|all rights reserved|(?:foto|photo|image|gambar|sumber|source|credit|ilustrasi|editor|reporter|pewarta|penyunting"
    r"|kontributor|via|dok(?:umentasi)?)\s?[.:/(]|(?:poster|cuplikan|adegan|tangkapan layar|cover) (?:film|dari|resmi)"
    r"|tags?\s?:|topik\s?:|kata kunci|komentar|comments?\b|leave a (?:reply|comment)|watch (?:the )?trailer"
    r"|(?:official )?trailer\s?:|tonton trailer|beli tiket|buy tickets|get tickets|book now|pesan tiket)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\(\s?[a-z]{2,5}(?:\s?/\s?[a-z]{2,5}){0,2}\s?\)|\(?\*{3}\)?")
"""Of those who wrote an article, below it: (abc/def)."""


def is_noise(text: str) -> bool:
    """Whether the line is about other things than the page's films."""
    plain = text.strip()
    return bool(
        RULE.fullmatch(plain) or fold(plain) in NOISE or _BEGINS_NOISE.match(plain) or _INITIALS.fullmatch(plain)
    )


_CITIES = (
    "jakarta|bandung|surabaya|yogyakarta|jogja|medan|semarang|solo|surakarta|bogor|depok|tangerang|bekasi|makassar"
    "|denpasar|bali|malang|palembang|padang|pekanbaru|banjarmasin|balikpapan|samarinda|pontianak|manado|batam|lampung"
    "|karawang|cirebon|kudus|jambi|aceh|banda aceh|singapore|singapura|kuala lumpur|los angeles|new york|london"
    "|hollywood|washington"
)
_UPDATED = re.compile(
    r"[\s(\[]*(?:(?:terakhir |last )?(?:diperbarui|di-?update|updated?|modified|edited)|dipublikasikan|published|posted"
    r"|diterbitkan|diunggah|ditulis|created|written|diposting|terbit|publish date|date published)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"[\s(]*(?:{_CITIES})(?:,|\s?[-–—/|(])\s?(?=\S)", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:oleh|by|author|penulis)\s?:?\s[\w.]{3,}\s", re.IGNORECASE)
_HOURS = re.compile(
    r"[\s,|•·–—-]*(?:pukul |pk\.? |jam |at )?[0-9]{1,2}[:.][0-9]{2}\s?(?:am|pm)?\s?"
    r"(?:WIB|WITA|WIT|GMT|UTC|E[SD]?T|P[SD]?T)?[\s.|)]*", re.IGNORECASE
)  # fmt: skip


def is_byline(text: str, *, top: bool) -> bool:
    """Whether the line says when or where the page was written: Jakarta, 24 Desember 2025.

    `top`: whether it stands above all films; there a day with an hour is one.
    """
    if len(text) > 160:
        return False
    if _UPDATED.match(text) and re.search(r"[0-9]{1,4}", text):
        return True
    found = [one for one in written.find(text) if one.exact]
    if len(found) != 1 or len(text) > 100:
        return False
    front, behind = text[: found[0].start], text[found[0].end :]
    place = _DATELINE.match(front + "x")
    if place and (place.end() == len(front) or not behind.strip(" .|")):
        return True
    hours = _HOURS.fullmatch(behind)
    if hours and re.search(r"\||WI[BT]|WITA|[ap]m|[GUEP]M?[SD]?T", behind, re.IGNORECASE) and top:
        return len(front) < 60
    return top and bool(hours or not behind.strip()) and bool(_AUTHOR.match(front))


_HEADS = frozenset({
    "jadwal", "daftar", "kalender", "film", "movie", "movies", "films", "release", "releases", "rilis", "tayang",
    "bioskop", "upcoming", "schedule", "calendar", "penayangan", "judul", "theaters", "theatres", "cinemas",
})  # fmt: skip
_HEADING_WORDS = _HEADS | frozenset({
    "mendatang", "segera", "akan", "sedang", "terbaru", "lengkap", "indonesia", "di", "bulan", "minggu", "ini", "depan",
    "yang", "coming", "soon", "now", "showing", "playing", "list", "of", "in", "this", "next", "month", "week", "hari",
    "pekan", "tahun", "dan", "hingga", "sampai", "pada", "untuk", "berikut", "inilah", "deretan", "sederet",
    "rekomendasi", "sejumlah", "beberapa", "baru", "bakal", "siap", "wajib", "tonton", "ditonton", "layar", "lebar",
    "nasional", "lokal", "hollywood", "internasional", "barat", "korea", "asia", "perubahan", "update", "dari",
    "the", "your", "guide", "to", "every", "all", "complete", "ultimate", "a", "an", "and", "for", "new", "big",
    "biggest", "best", "most", "anticipated", "dates", "date", "theatrical", "full", "year", "weekend", "cinema", "at",
    "theater", "horor", "horror", "drama", "komedi", "comedy", "action", "animasi", "terlaris", "terbaik", "seru",
    "menarik", "sinopsis", "beserta", "catat", "tanggal", "tanggalnya", "tanah", "air", "on", "with", "our", "xxi",
    "cgv", "cinepolis", "sepanjang", "awal", "akhir", "tengah", "blockbuster", "blockbusters", "preview", "hits",
    "season", "summer", "fall", "winter", "spring", "january", "q1", "q2", "q3", "q4", "kuartal", "quarter", "from",
    "jadwalnya", "daftarnya", "paling", "ditunggu", "dinanti", "dinantikan", "updated", "constantly", "streaming",
    "lineup", "line", "up", "sinema", "libur", "lebaran", "natal", "liburan", "nataru", "imax",
})  # fmt: skip


def is_heading(text: str) -> bool:
    """Whether the line says what stands below it: Jadwal film Februari 2026, 7 Film Horor Bulan Ini.

    It may have a date, but no word that could be a title's: a fifth of its words at most in a short one.
    """
    if len(text) > 200:
        return False
    if kind_of(text):
        return True
    days = [(one.start, one.end) for one in written.find(text) if one.exact]
    days += [(one.start, one.end) for one in written.yearless(text)]
    for start, end in sorted(days, reverse=True):
        text = text[:start] + text[end:]
    words = re.findall(r"[^\W_]+", fold(text))
    if len(words) < 2:
        return False
    known = [word in _HEADING_WORDS or word.isdigit() or written.month_of(word) is not None for word in words]
    first = next((at for at, word in enumerate(words) if not word.isdigit()), 0)
    if not _HEADS.intersection(words):
        return False
    if all(known):
        return True
    share = sum(known) / len(known)
    return share >= (0.6 if len(words) > 5 else 0.75) and (known[first] or len(words) > 7)


_SENTENCE = re.compile(r"[.!?…][\"”’')]*(?:\s+[A-Z0-9“\"(]|$)")
_TELLS = re.compile(
    r"(?:film|serial|kisah|cerita|sekuel|drama|adaptasi) (?:ini|yang|horor|tersebut|produksi|garapan|karya|besutan"
    r"|drama|komedi|animasi|aksi|indonesia|terbaru|arahan)\b|(?:sinopsis|cerita)nya|(?:mengisahkan|bercerita|berkisah"
    r"|menceritakan|dibintangi|disutradarai|diproduksi|diadaptasi|diperankan|mengikuti|menampilkan)\b"
    r"|(?:this|the) (?:film|movie|sequel|story)\b|starring\b|directed by\b|based on\b",
    re.IGNORECASE,
)


def is_prose(text: str) -> bool:
    """Whether the line is running text: sentences, by their ends, their length and how they begin."""
    count = text.count(" ") + 1
    if count < 5:
        return False
    if count >= 22 or (count >= 6 and _TELLS.match(text)):
        return bool(len(text) <= LONGEST_NAME or _SENTENCE.search(text))
    words = text.split()
    small = sum(word[:1].islower() for word in words)
    ended = bool(re.search(r"[.!?…][\"”’')]*$", text)) and not re.search(r"\b(?:vol|no|jr|dr|pt)\.$", text.lower())
    if count >= 9 and small * 2 >= count and (ended or small * 3 >= count * 2):
        return True
    if count >= 12 and ended:
        return True
    return ended and (small * 2 >= count or (count >= 8 and small * 3 >= count)) and not text.endswith("…")


def facts_of(text: str) -> dict[str, Any]:
    """The film's fields in a line that has nothing else: Horor | 98 menit | 17+, R13+, 1 jam 58 menit."""
    parts = [part for part in map(clean, re.split(r"[|•·,/\t]|\s[-–—]\s", text)) if part] if len(text) <= 100 else []
    if len(parts) < 2:
        fields = {"rating": age_mark(text), "runtime": length_mark(text)}
        return {name: value for name, value in fields.items() if value}
    found: dict[str, Any] = {}
    kinds: list[str] = []
    for part in parts:
        if (length := minutes(part)) and not part.isdigit():
            found.setdefault("runtime", length)
        elif (age := rating(part)) and (age_mark(part) or "+" in part or part == "SU"):
            found.setdefault("rating", age)
        elif (known := genre(part)) in GENRES:
            kinds.append(known)
        elif not (_CLASS.fullmatch(part) or re.fullmatch(r"[0-9]D|(?:19|20)[0-9]{2}|IMAX", part)):
            return {}
    if kinds:
        found["genres"] = tuple(dict.fromkeys(kinds))
    return found if "runtime" in found or "rating" in found or len(kinds) > 1 else {}


_CLASS = re.compile(r"PG|PG-13|R|G|NC-17|NR|12A?|15|18|TV-\w+", re.IGNORECASE)


_MARK = re.compile(r"(?:[-–—•·▪‣◦●►▶]\s+)?(?:[0-9]{1,3}[.)]\s+)?")


_HEADLINES = re.compile(
    r"[?!]$|[?!]\s|\b(?:sinopsis|jadwal|tayang(?:nya)?|pemain(?:nya)?|daftar|link|nonton|review|inilah|cara|harga|rilis|simak"
    r"|segera|kapan|release date|trailer|cast|review|everything)\b",
    re.IGNORECASE,
)


def is_headline(text: str) -> bool:
    """Whether a page's first line is an article's, not a film's title: Kapan Film Kebun Tayang? Ini Jadwalnya."""
    return text.count(" ") > 9 or (text.count(" ") > 3 and bool(_HEADLINES.search(text)))


def kind_of_line(text: str, *, top: bool) -> str:
    """NOISE_LINE, BYLINE, HEADING, PROSE, FACTS, or PLAIN where it is none of them. `top` as in `is_byline`."""
    plain = _MARK.sub("", text.strip(" \t#*_="), count=1)
    if kind_of(plain):
        return PLAIN
    if is_noise(text):
        return NOISE_LINE
    if is_byline(plain, top=top):
        return BYLINE
    if facts_of(plain):
        return FACTS
    if is_day(plain) or TIME.fullmatch(plain) or date_label(plain) or text.count("|") + text.count("\t") > 1:
        return PLAIN
    if is_prose(plain):
        return PROSE
    return HEADING if is_heading(plain) else PLAIN
