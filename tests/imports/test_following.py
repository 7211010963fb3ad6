"""What every source that is followed keeps to, against a server on this machine."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.conftest import places
from tests.imports.worlds import QUICK, TmdbWorld, UrlWorld, WikipediaWorld, World
from tests.net.server import Reply, Server
from tui.base.words import LANGUAGES, Words
from tui.catalog.check import check
from tui.exports.syncs import count_of
from tui.imports.following import tmdb
from tui.imports.following.state import STATE_FILE, Layer
from tui.imports.following.sync import Outcome, Sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.films.film import Film
    from tui.user.places import Places

TODAY = date(2026, 1, 5)
FILMS = {"Kuyank": "2026-02-05", "Suka Duka Tawa": "2026-01-08", "Esok Tanpa Ibu": "2026-01-22"}

OWN_FORM = (
    "films:\n- {id: kuyank, title: Kuyank, release: 2026-02-05}\n- {id: kafir, title: Kafir, release: 2026-01-29}\n"
)
LINKED_DATA = """<html><script type="application/ld+json">[
{"@context": "https://schema.org", "@type": "Movie", "name": "Kuyank", "datePublished": "2026-02-05"},
{"@context": "https://schema.org", "@type": "Movie", "name": "Kafir", "datePublished": "2026-01-29"}]</script>"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Contract:
    """Inherited by each kind."""

    world: ClassVar[type[World]]

    @pytest.fixture
    def there(self) -> Iterator[World]:
        with Server() as server:
            yield self.world(server, FILMS)

    @pytest.fixture
    def at(self, tmp_path: Path) -> Places:
        root = tmp_path / "catalog"
        root.mkdir()
        (root / "own.yaml").write_text("films:\n- {id: hantu, title: Hantu, release: 2026-01-15}\n", "utf-8")
        return places(root, tmp_path / "cache", tmp_path / "state", TODAY)

    def sync(self, there: World, at: Places, **options: bool) -> Outcome:
        (outcome,) = Sync(at, "eyJ.a.b", limits=QUICK, **options).run([there.source()])  # type: ignore[arg-type]
        return outcome

    def films(self, at: Places) -> dict[str, Film]:
        """By title."""
        return {film.title: film for film in Layer(at.followed("klub")).films().values()}

    def files(self, at: Places) -> dict[str, tuple[bytes, int]]:
        folder = at.followed("klub")
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.glob("*"))}

    def test_its_films_become_a_layer(self, there: World, at: Places) -> None:
        outcome = self.sync(there, at)
        assert outcome.failure is None, outcome.failure
        assert (outcome.films, count_of(outcome, "added"), outcome.gone) == (3, 3, ())
        films = self.films(at)
        assert {title: film.releases[0].date for title, film in films.items()} == FILMS
        assert {film.id for film in films.values()} == {"kuyank", "suka-duka-tawa", "esok-tanpa-ibu"}
        assert all(release.source for film in films.values() for release in film.releases)
        assert not [problem for problem in check(at.followed("klub")) if problem.severity == "error"]

    def test_the_second_time_nothing_changes(self, there: World, at: Places) -> None:
        self.sync(there, at)
        files = self.files(at)
        there.server.asked.clear()
        outcome = self.sync(there, at)
        assert (outcome.failure, outcome.films, outcome.changes) == (None, 3, ())
        assert len(there.server.asked) == outcome.requests == 1
        assert self.files(at) == files

    def test_what_is_kept_of_answers_may_be_lost(self, there: World, at: Places) -> None:
        self.sync(there, at)
        files = self.files(at)
        shutil.rmtree(at.cache)
        assert self.sync(there, at).changes == ()
        assert self.files(at) == files

    def test_a_film_that_moved_is_told_with_its_former_date(self, there: World, at: Places) -> None:
        self.sync(there, at)
        there.films["Kuyank"] = "2026-03-12"
        (change,) = self.sync(there, at).changes
        assert (change.kind, change.id, change.was, change.date) == ("moved", "kuyank", "2026-02-05", "2026-03-12")
        assert change.source
        (release,) = self.films(at)["Kuyank"].releases
        assert release.date == "2026-03-12"
        (earlier,) = release.history
        assert (earlier.date, earlier.recorded) == ("2026-02-05", TODAY)
        assert self.sync(there, at).changes == ()

    def test_what_vanished_is_kept_and_told_once(self, there: World, at: Places) -> None:
        self.sync(there, at)
        del there.films["Kuyank"]
        outcome = self.sync(there, at)
        assert (outcome.gone, outcome.films, outcome.changes) == (("Kuyank",), 3, ())
        assert self.films(at)["Kuyank"].releases[0].date == "2026-02-05"
        assert self.sync(there, at).gone == ()
        there.films["Kuyank"] = "2026-02-05"
        assert self.sync(there, at).changes == ()
        del there.films["Kuyank"]
        assert self.sync(there, at).gone == ("Kuyank",)

    def test_a_new_film_leaves_the_others(self, there: World, at: Places) -> None:
        self.sync(there, at)
        there.films["Kafir"] = "2026-01-29"
        (change,) = self.sync(there, at).changes
        assert (change.kind, change.title) == ("added", "Kafir")

    def test_a_film_that_is_known_keeps_its_id(self, there: World, at: Places) -> None:
        (at.catalog / "own.yaml").write_text("films:\n- {id: k-2026, title: KUYANK, release: 2026-02-04}\n", "utf-8")
        self.sync(there, at)
        assert self.films(at)["Kuyank"].id == "k-2026"

    def test_a_film_that_may_be_a_known_one_stays_apart(self, there: World, at: Places) -> None:
        (at.catalog / "own.yaml").write_text(
            "films:\n- {id: k, title: Suka Duka Tawaa, release: 2026-01-08}\n", "utf-8"
        )
        there.films = {"Suka Duka Tawa": "2026-01-08"}
        (doubt,) = self.sync(there, at).doubts
        assert (doubt.id, doubt.maybe) == ("suka-duka-tawa", ("k",))
        assert self.sync(there, at).doubts == ()

    def test_a_dry_run_writes_nothing(self, there: World, at: Places) -> None:
        assert count_of(self.sync(there, at, dry_run=True), "added") == 3
        assert not at.followed("klub").exists()
        assert count_of(self.sync(there, at), "added") == 3

    def test_foreign_text_is_cleaned(self, there: World, at: Places) -> None:
        there.films = {"Kuyank \x1b]0;x\x07[red]": "2026-02-05"}
        self.sync(there, at)
        (title,) = self.films(at)
        assert title.isprintable()

    def test_it_is_the_same_without_its_memory(self, there: World, at: Places) -> None:
        """A state that is damaged costs a fetch, and no id."""
        self.sync(there, at)
        films = self.films(at)
        (at.followed("klub") / STATE_FILE).write_bytes(b"{")
        outcome = self.sync(there, at)
        assert outcome.failure is None
        assert self.films(at) == films
        assert outcome.changes == ()

    def test_what_is_wrong_in_the_layer_is_fetched_again(self, there: World, at: Places) -> None:
        self.sync(there, at)
        files = self.files(at)
        (at.followed("klub") / "2026-02.yaml").write_bytes(b"films: [")
        self.sync(there, at)
        assert {name: data for name, (data, _) in self.files(at).items()} == {
            name: data for name, (data, _) in files.items()
        }

    FAULTS: ClassVar[dict[str, Callable[[Server], Reply]]] = {
        "429 for an hour": lambda server: Reply(status=429, headers={"Retry-After": "3600"}),
        "429": lambda server: Reply(status=429),
        "429 until a day": lambda server: Reply(status=429, headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        "503": lambda server: Reply(b"<html>busy", 503, "text/html"),
        "error page": lambda server: Reply(b"<!doctype html><title>Error</title><p>Please log in", type="text/html"),
        "cut": lambda server: Reply(b'{"query": {"pa', cut=20),
        "cut and called whole": lambda server: Reply(b'{"query": {"pa'),
        "bomb": lambda server: Reply(bytes(5 << 20), packed=True),
        "endless": lambda server: Reply(status=302, headers={"Location": "/again"}),
        "to a file": lambda server: Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        "drip": lambda server: Reply(bytes(100), drip=0.05),
        "wrong type": lambda server: Reply(b"\x89PNG\r\n\x1a\n" + bytes(100), type="image/png"),
        "empty": lambda server: Reply(b""),
        "another form": lambda server: Reply(b'[1, {"query": [], "results": 3, "parse": null}]'),
        "other parts": lambda server: Reply(b'{"query": [], "results": {"a": 1}, "parse": [], "total_pages": "x"}'),
    }

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_fault_is_one_line_and_changes_nothing(self, there: World, at: Places, fault: str) -> None:
        self.sync(there, at)
        files = self.files(at)
        good, there.server.answer = there.server.answer, lambda asked: self.FAULTS[fault](there.server)
        shutil.rmtree(at.cache)
        outcome = self.sync(there, at)
        assert outcome.failure is not None
        for language in LANGUAGES:
            told = outcome.failure.text(Words(language))
            assert told.startswith("klub: ")
            assert "\n" not in told
            assert "{" not in told
        assert self.files(at) == files
        there.server.answer = good
        if "429" not in fault:
            assert self.sync(there, at).failure is None

    def test_the_own_network_is_refused_unless_it_is_meant(self, there: World, at: Places) -> None:
        (outcome,) = Sync(at, "eyJ.a.b", limits=QUICK).run([there.source(allow_private=False)])
        assert outcome.failure is not None
        assert "--allow-private" in outcome.failure.text(Words("en"))
        assert not there.server.asked

    def test_cancelled_it_changes_nothing(self, there: World, at: Places) -> None:
        self.sync(there, at)
        files = self.files(at)
        there.films["Kafir"] = "2026-01-29"
        before = len(there.server.asked)
        sync = Sync(at, "eyJ.a.b", limits=QUICK, stop=lambda: len(there.server.asked) > before)
        (outcome,) = sync.run([there.source()])
        assert outcome.failure is not None
        assert "cancelled" in outcome.failure.text(Words("en"))
        assert self.files(at) == files

    def test_the_index_notes_what_has_changed_with_its_source(self, there: World, at: Places) -> None:
        from tui.library.library import Library

        self.sync(there, at)
        with Library(at) as library:
            library.refresh()
            noted = {change.title: change for change in library.changed(TODAY)}
        assert set(FILMS) <= set(noted)
        assert all(noted[title].source for title in FILMS)

    def test_two_thousand_films_take_no_longer_each(self, there: World, at: Places) -> None:
        """Counted in questions; a film more is a question more at most."""
        there.films = {f"Film Kesekian {n}": f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(300)}
        outcome = self.sync(there, at)
        assert (outcome.failure, outcome.films) == (None, 300)
        assert outcome.requests <= 300 + 100


class TestWikipedia(Contract):
    world = WikipediaWorld

    def test_each_film_has_the_revision_that_it_is_from(self, there: WikipediaWorld, at: Places) -> None:
        revision = there.revision("2026")
        self.sync(there, at)
        (release,) = self.films(at)["Kuyank"].releases
        assert release.source == f"Wikipedia, Daftar film Indonesia tahun 2026, revisi {revision} (CC BY-SA 4.0)"
        there.films["Kafir"] = "2026-01-29"
        self.sync(there, at)
        assert self.films(at)["Kuyank"].releases == (release,)  # as nothing of it is another

    def test_a_film_that_is_put_off_into_the_next_year_moves(self, there: World, at: Places) -> None:
        self.sync(there, at)
        there.films["Kuyank"] = "2027-01-14"
        (change,) = self.sync(there, at).changes
        assert (change.kind, change.date) == ("moved", "2027-01-14")

    def test_columns_that_are_called_otherwise_take_no_film_away(self, there: World, at: Places) -> None:
        self.sync(there, at)
        good = there.server.answer

        def moved(asked: object) -> Reply:
            reply = good(asked)  # type: ignore[arg-type]
            return reply._replace(body=reply.body.replace(b"Judul", b"Kolom")) if b"parse" in reply.body else reply

        there.films["Kafir"] = "2026-01-29"
        there.server.answer = moved
        outcome = self.sync(there, at)
        assert outcome.failure is not None
        assert "Daftar film Indonesia" in outcome.failure.text(Words("en"))
        assert outcome.films == 3


class TestTmdb(Contract):
    world = TmdbWorld

    def test_without_a_token_it_says_where_to_put_one(self, there: World, at: Places) -> None:
        (outcome,) = Sync(at, limits=QUICK).run([there.source()])
        assert outcome.failure is not None
        assert "FILMTUI_TMDB_TOKEN" in outcome.failure.text(Words("en"))
        assert not there.server.asked
        (outcome,) = Sync(at, "eyJ.wrong.b", limits=QUICK).run([there.source()])
        assert outcome.failure is not None
        assert "does not take the token" in outcome.failure.text(Words("en"))

    def test_a_key_of_the_old_form_stands_in_the_question(self, there: World, at: Places) -> None:
        list(Sync(at, "0123456789abcdef" * 2, limits=QUICK).run([there.source()]))
        assert there.server.asked[0].query["api_key"] == "0123456789abcdef" * 2
        assert "authorization" not in there.server.asked[0].headers

    def test_what_is_older_than_half_a_year_is_dropped(self, there: World, at: Places) -> None:
        self.sync(there, at)
        del there.films["Kuyank"]
        self.sync(there, at)
        assert self.sync(there, at.on(date(2026, 7, 1))).films == 3
        assert self.sync(there, at.on(date(2026, 7, 10))).films == 0

    def test_a_film_near_its_opening_is_asked_for_daily(self, there: World, at: Places) -> None:
        there.films = {"Kuyank": "2026-01-08", "Jauh": "2026-12-24"}
        self.sync(there, at)
        there.server.asked.clear()
        self.sync(there, at.on(date(2026, 1, 6)))
        assert [asked.path for asked in there.server.asked] == ["/3/discover/movie", "/3/movie/100"]

    def test_a_film_on_two_pages_is_one(self, there: World, at: Places) -> None:
        there.films = {f"Film Kesekian {n}": f"2026-02-{n % 28 + 1:02}" for n in range(45)}
        good = there.server.answer

        def shifted(asked: object) -> Reply:
            """The order moves between two questions."""
            first = next(iter(there.films))
            there.films[first] = there.films.pop(first)
            return good(asked)  # type: ignore[arg-type]

        there.server.answer = shifted
        assert self.sync(there, at).failure is None
        assert len({film.id for film in self.films(at).values()}) == len(self.films(at)) >= 40

    @pytest.mark.parametrize("page", [1, 2, 3])
    def test_each_page_may_be_the_one_that_is_looked_at(
        self, there: World, at: Places, page: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        there.films = {f"Film Kesekian {n}": f"2026-02-{n % 28 + 1:02}" for n in range(45)}
        good = there.server.answer
        there.server.answer = lambda asked: good(asked) if "/104" not in asked.path else Reply(b"[]")  # not understood
        self.sync(there, at)
        asked_for: list[int] = []

        def chosen(first: int, last: int) -> int:
            assert first == 1
            asked_for.append(last)
            return page

        monkeypatch.setattr(tmdb, "randint", chosen)
        there.server.asked.clear()
        before = self.files(at)
        assert self.sync(there, at).requests == 1
        assert [asked.query["page"] for asked in there.server.asked] == [str(page)]
        assert asked_for == [3]
        assert self.files(at) == before
        there.films["Film Kesekian 44"] = "2026-03-20"  # on the third
        self.sync(there, at)
        moved = self.films(at)["Film Kesekian 44"].releases[0].date == "2026-03-20"
        assert moved is (page == 3)


class TestUrl(Contract):
    world = UrlWorld

    @pytest.mark.parametrize(
        ("name", "type", "body"),
        [
            ("film.csv", "text/csv", "Judul,Tanggal\nKuyank,2026-02-05\nKafir,2026-01-29\n"),
            ("film.yaml", "text/plain", OWN_FORM),
            ("film", "text/html", LINKED_DATA),
        ],
        ids=["csv", "yaml", "html"],
    )  # fmt: skip
    def test_whatever_is_at_the_address(self, there: World, at: Places, name: str, type: str, body: str) -> None:
        there.server.answer = lambda asked: Reply(body.encode(), type=type)
        address = f"{there.server.address}/{name}"
        (outcome,) = Sync(at, limits=QUICK).run([there.source(address=address)])
        assert outcome.failure is None, outcome.failure
        assert {title: film.releases[0].date for title, film in self.films(at).items()} == {
            "Kuyank": "2026-02-05", "Kafir": "2026-01-29",
        }  # fmt: skip
