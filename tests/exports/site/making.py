"""Sites for tests: a catalog with one of everything, and what makes a site of a catalog."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.conftest import CHRISTMAS_EVE, places
from tui.base.words import Words
from tui.exports.listing import Listing, Options
from tui.exports.site.site import save_site
from tui.library.library import Library, Selection

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tui.exports.formats import Written

HOSTILE = """<script>alert(1)</script> "&" 'x' ../../etc ]]> </title> <!-- ￾"""

EVERYTHING = """
films:
- id: bergeser
  title: Yang Bergeser
  original_title: The One That Moves
  releases:
  - date: 2025-12-25
    source: "https://example.org/jadwal?a=1&b=2"
    note: {id: halaman-halaman tidak sepakat, en: the pages disagree}
    history:
    - {date: 2025-12-11, recorded: 2025-12-01, source: satu}
    - {date: 2025-12-18, recorded: 2025-12-20, source: TMDB}
  - {date: 2025-12-12, region: US, source: TMDB}
  - {date: 2026-03, type: digital}
  genres: [horror, "Drama Keluarga"]
  runtime: 98
  rating: "13+"
  countries: [ID, US]
  languages: [en]
  directors: [Seorang Sutradara]
  companies: [Rumah & Anak]
  cast:
  - {name: Tokoh Satu, role: Dirinya}
  - {name: Tokoh Dua}
  synopsis: {en: Only in English.}
  links: {trailer: "https://example.org/t?x=<y>&z"}
- id: con
  title: Nama Terlarang di Windows
  release: 2025-12-24
  synopsis: |
    Baris satu.
    Baris dua.
- id: batal
  title: Yang Batal
  releases:
  - {date: 2025-12-26, status: cancelled}
  genres: [horror]
- id: ditunda
  title: Yang Ditunda
  releases:
  - {date: 2025-12-31, status: postponed}
- {id: bulan, title: Hanya Bulannya, release: 2026-01}
- {id: triwulan, title: Hanya Triwulannya, release: 2026-Q2}
- {id: tahun, title: Hanya Tahunnya, release: "2027"}
- {id: entah, title: Entah Kapan}
- id: jahat
  title: HOSTILE
  original_title: HOSTILE
  release: 2026-01-08
  genres: [HOSTILE, "../../x", "恐怖"]
  directors: [HOSTILE]
  cast: [{name: HOSTILE, role: HOSTILE}]
  synopsis: {id: HOSTILE, en: HOSTILE}
  links: {HOSTILE: "https://example.org/\\"><script>x</script>"}
news:
- {title: {id: Kabar, en: News}, date: 2025-12-20, url: "https://example.org/news", films: [bergeser, jahat]}
"""


def everything(folder: Path) -> Path:
    """The catalog with one of everything, in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "semua.yaml").write_text(EVERYTHING.replace("HOSTILE", json.dumps(HOSTILE)), "utf-8")
    return folder


def make(
    root: Path, catalog: Path, kept: Path, *, today: date = CHRISTMAS_EVE, language: str = "id",
    selection: Selection | None = None, only: int | None = None, url: str = "", force: bool = False,
    told: list[str] | None = None,
) -> Written:  # fmt: skip
    """Write the site of a catalog; its index and its ledger are kept in the folder `kept`."""
    known = places(catalog, kept / "cache", kept / "state", today)
    with Library(known) as library:
        library.refresh()
        view = library.view(selection, only)
        lines: list[str] = [] if told is None else told
        listing = Listing(library, view, Words(language), today, Options(source_url=url), known.revisions, lines.append)
        return save_site(listing, root, force=force)


def state_of(root: Path) -> dict[str, tuple[int, bytes]]:
    """Each file of a folder, when it was changed and what is in it."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
