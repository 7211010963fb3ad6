"""Servers that stand for Wikipedia, TMDB and somebody's own address, for films that a test names."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.net.server import Asked, Reply, Server
from tui.catalog.sources import Followed
from tui.net.client import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

QUICK = Limits(connect=0.5, read=0.3, whole=0.5, size=1 << 20, pause=0.001, patience=0.2)
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def etagged(body: str | bytes, type: str = "application/json") -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return Reply(data, type=type, headers={"ETag": f'"{sha256(data).hexdigest()[:16]}"'})


class World:
    """`films` is what it holds: titles with their days."""

    kind = ""

    def __init__(self, server: Server, films: Mapping[str, str]) -> None:
        self.server = server
        self.films = dict(films)
        self.ids: dict[str, int] = {}
        server.answer = self.answer

    def source(self, **values: Any) -> Followed:
        return Followed(**{"name": "klub", "kind": self.kind, "address": self.address, "allow_private": True, **values})

    @property
    def address(self) -> str:
        raise NotImplementedError

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError


class WikipediaWorld(World):
    """A page for each year in which there is a film; its revision grows by what it says."""

    kind = "wikipedia"

    @property
    def address(self) -> str:
        return self.server.address + "/w/api.php"

    def years(self) -> list[str]:
        return sorted({day[:4] for day in self.films.values()})

    def answer(self, asked: Asked) -> Reply:
        if asked.query.get("action") == "query":
            pages: list[dict[str, Any]] = []
            for title in asked.query["titles"].split("|"):
                year = title[-4:]
                page: dict[str, Any] = {"title": title}
                if year in self.years():
                    page["revisions"] = [{"revid": self.revision(year), "timestamp": "2026-01-01T00:00:00Z"}]
                else:
                    page["missing"] = True
                pages.append(page)
            return Reply(json.dumps({"query": {"pages": pages}}).encode())
        title = asked.query["page"]
        year = title[-4:]
        if year not in self.years():
            return Reply(json.dumps({"error": {"code": "missingtitle"}}).encode())
        parsed = {"title": title, "pageid": 1, "revid": self.revision(year), "text": self.page(year)}
        return Reply(json.dumps({"parse": parsed}).encode(), packed=True)

    def revision(self, year: str) -> int:
        return int(sha256(self.page(year).encode()).hexdigest()[:7], 16)

    def page(self, year: str) -> str:
        """As id.wikipedia's: the most seen first, then a table whose months stand by letters over several rows."""
        seen = "".join(
            f"<tr><td>{n}</td><td><i>{title}</i></td><td>9.000</td></tr>" for n, title in enumerate(self.films, 1)
        )
        rows: dict[int, list[str]] = {}
        for title, day in sorted(self.films.items(), key=lambda item: item[1]):
            if day[:4] == year:
                rows.setdefault(int(day[5:7]), []).append(
                    f'<td>{int(day[8:])}</td><td><i><a href="/wiki/{quote(title)}" title="x">{title}</a></i><sup class="reference">'
                    "[1]</sup></td><td>Azhar Kinoi Lubis</td><td>Ratu Felisha<br>Alex Abbad</td><td>Horor</td><td>MVP</td>"
                )
        body = ""
        for month, films in rows.items():
            head = f'<th rowspan="{len(films)}">{"<br>".join(MONTHS[month - 1].upper())}</th>'
            body += "".join(f"<tr>{'' if number else head}{film}</tr>" for number, film in enumerate(films))
        return (
            f'<table class="wikitable"><tr><th>Peringkat</th><th>Film</th><th>Penonton</th></tr>{seen}</table>'
            '<table class="wikitable"><tr><th colspan="2">Tayang</th><th>Judul</th><th>Sutradara</th><th>Pemeran</th>'
            f"<th>Genre</th><th>Rumah produksi</th></tr>{body}</table>"
        )


class TmdbWorld(World):
    kind = "tmdb"

    def __init__(self, server: Server, films: Mapping[str, str], token: str = "eyJ.a.b") -> None:
        super().__init__(server, films)
        self.token = token

    @property
    def address(self) -> str:
        return self.server.address + "/3"

    def answer(self, asked: Asked) -> Reply:
        if "api_key" not in asked.query and asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply(b'{"success": false, "status_code": 7, "status_message": "Invalid API key"}', 401)
        numbers = {self.ids.setdefault(title, len(self.ids) + 100): title for title in self.films}
        if asked.path == "/3/discover/movie":
            assert asked.query["with_release_type"] == "2|3"
            low, high = asked.query["release_date.gte"], asked.query["release_date.lte"]
            found = [
                {"id": number, "title": title, "release_date": self.films[title]}
                for number, title in numbers.items()
                if low <= self.films[title] <= high
            ]
            page = int(asked.query["page"])
            pages = max(1, -(-len(found) // 20))
            shown = found[20 * (page - 1) : 20 * page]
            return etagged(
                json.dumps({"page": page, "results": shown, "total_pages": pages, "total_results": len(found)})
            )
        title = numbers.get(int(asked.path.rpartition("/")[2]))
        if title is None:
            return Reply(b'{"success": false, "status_code": 34}', 404)
        return etagged(json.dumps(self.details(title)))

    def details(self, title: str) -> dict[str, Any]:
        entry = {"type": 3, "release_date": self.films[title] + "T00:00:00.000Z", "certification": "17+", "note": ""}
        return {
            "id": self.ids[title], "title": title, "original_title": title, "original_language": "id", "runtime": 0,
            "overview": "", "genres": [{"id": 27, "name": "Kengerian"}], "origin_country": ["ID"], "adult": False,
            "release_dates": {"results": [{"iso_3166_1": "ID", "release_dates": [entry]}]},
            "credits": {"cast": [{"name": "Ratu Felisha", "character": "", "order": 0}],
                        "crew": [{"name": "Azhar Kinoi Lubis", "job": "Director"}]},
        }  # fmt: skip


class UrlWorld(World):
    """A calendar; each event has its title for an id."""

    kind = "url"

    @property
    def address(self) -> str:
        return self.server.address + "/film.ics"

    def answer(self, asked: Asked) -> Reply:
        events = "".join(
            f"BEGIN:VEVENT\r\nUID:{title}\r\nDTSTART;VALUE=DATE:{day.replace('-', '')}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
            for title, day in self.films.items()
        )
        return etagged(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Jadwal film\r\n{events}END:VCALENDAR\r\n", "text/calendar"
        )
