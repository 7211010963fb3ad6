"""follow, unfollow and sync as processes, against a server on this machine."""

from __future__ import annotations

import json
import os
import plistlib
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.conftest import filmtui
from tests.imports.worlds import TmdbWorld, UrlWorld, WikipediaWorld, World
from tests.net.server import Reply, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILMS = {"Kuyank": "2026-02-05", "Suka Duka Tawa": "2026-01-08"}
TODAY = ("--today", "2026-01-05", "--lang", "en")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "own.yaml").write_text("films:\n- {id: hantu, title: Hantu, release: 2026-01-15}\n", "utf-8")
    monkeypatch.setenv("FILMTUI_CATALOG", str(folder))
    monkeypatch.setenv("FILMTUI_TMDB_TOKEN", "eyJ.a.b-c-d-e-f-g-h")
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return folder


def follow(world: World, *arguments: str) -> None:
    done = filmtui("follow", world.kind, "--address", world.address, "--allow-private", *arguments, *TODAY)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", [WikipediaWorld, UrlWorld])
def test_from_nothing_to_a_list_of_the_coming_months(server: Server, root: Path, kind: type[World]) -> None:
    world = kind(server, FILMS)
    follow(world, "klub")
    done = filmtui("sync", *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("klub: 2 films, 2 new; ")
    assert len(rest) == 2
    listed = filmtui("list", *TODAY).stdout
    assert "Kuyank" in listed
    assert "Hantu" in listed
    server.asked.clear()
    assert filmtui("sync", *TODAY).stdout == "klub: 2 films, nothing new; 1 request\n"
    world.films["Kuyank"] = "2026-03-12"
    done = filmtui("sync", "klub", *TODAY)
    assert "Kuyank moves back from 5 February to 12 March 2026 (source:" in done.stdout
    assert "Kuyank moves back" in filmtui("changes", *TODAY).stdout


def test_tmdb_with_a_token(server: Server, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = TmdbWorld(server, FILMS, "eyJ.a.b-c-d-e-f-g-h")
    follow(world)
    done = filmtui("sync", *TODAY)
    assert done.stdout.startswith("tmdb: 2 films, 2 new; ")
    assert "This product uses TMDB" in done.stderr
    assert "This product uses TMDB" in filmtui("show", "kuyank", *TODAY).stdout
    assert "This product uses TMDB" not in filmtui("show", "hantu", *TODAY).stdout
    for path in [*root.rglob("*"), *(root.parent / "cache").rglob("*"), *(root.parent / "state").rglob("*")]:
        assert not path.is_file() or b"eyJ.a.b" not in path.read_bytes(), path
    monkeypatch.delenv("FILMTUI_TMDB_TOKEN")
    done = filmtui("sync", *TODAY)
    assert done.returncode == 1
    assert done.stderr.startswith("filmtui: tmdb: TMDB needs a token of your own; put it into FILMTUI_TMDB_TOKEN")


def test_json_tells_all_and_a_failure_is_one_line(server: Server, root: Path) -> None:
    follow(UrlWorld(server, FILMS), "klub")
    (found,) = json.loads(filmtui("sync", "--format", "json", *TODAY).stdout)
    assert (found["name"], found["kind"], found["films"], found["new"], found["failed"]) == ("klub", "url", 2, 2, None)
    assert found["requests"] == 1
    assert {change["title"] for change in found["changes"]} == set(FILMS)
    server.answer = lambda asked: Reply(status=404)
    done = filmtui("sync", "--format", "json", *TODAY)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    (found,) = json.loads(done.stdout)
    assert found["failed"] == done.stderr.removeprefix("filmtui: ").rstrip("\n")


def test_quiet_says_nothing_unless_it_fails(server: Server, root: Path) -> None:
    follow(UrlWorld(server, FILMS), "klub")
    done = filmtui("sync", "--quiet", *TODAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    server.answer = lambda asked: Reply(status=500)
    done = filmtui("sync", "--quiet", *TODAY)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "filmtui: klub: 127.0.0.1 is out of order (HTTP 500); try again later\n"


def test_a_dry_run_leaves_the_catalog_as_it_is(server: Server, root: Path) -> None:
    follow(UrlWorld(server, FILMS), "klub")
    done = filmtui("sync", "--dry-run", *TODAY)
    assert "2 new" in done.stdout
    assert done.stdout.endswith("nothing was saved (--dry-run)\n")
    assert not (root / "followed" / "klub").exists()


def test_what_is_followed_stands_in_a_file_for_people(server: Server, root: Path) -> None:
    (root / "sources.yaml").write_text(
        "# ours\n\n- {name: klub, kind: url, address: 'https://a.example/x'}  # club\n", "utf-8"
    )
    done = filmtui("follow", "wikipedia", "--region", "id", "--from", "2026-01", "--to", "2026-12", *TODAY)
    assert (done.returncode, done.stdout) == (0, "wikipedia is followed; filmtui sync brings its films\n")
    assert (root / "sources.yaml").read_text("utf-8") == (
        "# ours\n\n- {name: klub, kind: url, address: 'https://a.example/x'}  # club\n"
        "- {name: wikipedia, kind: wikipedia, from: 2026-01, to: 2026-12}\n"
    )
    assert "is followed already" in filmtui("follow", "wikipedia", *TODAY).stderr
    assert "is no longer followed" in filmtui("unfollow", "klub", *TODAY).stdout
    assert (root / "sources.yaml").read_text(
        "utf-8"
    ) == "# ours\n\n- {name: wikipedia, kind: wikipedia, from: 2026-01, to: 2026-12}\n"
    assert filmtui("unfollow", "wikipedia", *TODAY).returncode == 0
    assert (root / "sources.yaml").read_text("utf-8") == "# ours\n\n"
    assert filmtui("follow", "tmdb", "--region", "us", *TODAY).returncode == 0
    assert (root / "sources.yaml").read_text("utf-8") == "# ours\n\n- {name: tmdb, kind: tmdb, region: US}\n"


def test_unfollowing_takes_the_films_out(server: Server, root: Path) -> None:
    follow(UrlWorld(server, FILMS), "klub")
    filmtui("sync", *TODAY)
    assert (root / "followed" / "klub").is_dir()
    assert filmtui("unfollow", "klub", *TODAY).returncode == 0
    assert list((root / "followed").iterdir()) == []
    assert "Kuyank" not in filmtui("list", *TODAY).stdout


@pytest.mark.parametrize(
    ("arguments", "told", "status"),
    [
        (("follow", "url"), "--address https://…", 1),
        (("follow", "url", "--address", "file:///etc/passwd"), "is not a web address", 2),
        (("follow", "letterboxd"), "is not one of wikipedia, tmdb, url", 2),
        (("follow", "wikipedia", "../x"), "is not a source's name", 2),
        (("follow", "wikipedia", "--from", "2026"), "is not a month", 2),
        (("follow", "wikipedia", "--from", "2026-03", "--to", "2026-01"), "is later than --to", 1),
        (("follow", "wikipedia", "--region", "Jawa"), "is not a country", 2),
        (("unfollow", "klub"), "“klub” is not followed", 1),
        (("sync", "klub"), "“klub” is not followed", 1),
        (("sync", "--print-unit", "upstart"), "is not one of systemd, launchd, cron", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_is_one_line(root: Path, arguments: tuple[str, ...], told: str, status: int) -> None:
    done = filmtui(*arguments, *TODAY)
    assert done.returncode == status
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (root / "sources.yaml").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {name: klub, kind: ftp}\n", "1:22: “ftp” is not one of wikipedia, tmdb, url"),
        ("- {name: klub, kind: url}\n", "1:3: a source of the kind url needs an address"),
        ("- {name: ../x, kind: tmdb}\n", "1:10: “../x” is not a source's name"),
        ("- {kind: tmdb}\n- {kind: tmdb}\n", "2:3: “tmdb” stands here twice"),
        ("- {kind: tmdb, token: x}\n", "1:16: “token” is not one of name, kind"),
        ("klub: tmdb\n", "1:1: write a list of sources"),
        ("- [\n", "this is not YAML"),
        ("- &a [*a]\n", "write a source a line"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_told_with_its_place(root: Path, text: str, told: str) -> None:
    (root / "sources.yaml").write_text(text, "utf-8")
    done = filmtui("sync", *TODAY)
    assert done.returncode == 1
    assert done.stderr.startswith("sources.yaml:")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_followed_yet(root: Path) -> None:
    done = filmtui("sync", *TODAY)
    assert (done.returncode, done.stdout) == (0, "")
    assert "filmtui follow wikipedia" in done.stderr


def test_a_catalog_of_one_file_follows_nothing(root: Path) -> None:
    done = filmtui("follow", "wikipedia", "--catalog", str(root / "own.yaml"), *TODAY)
    assert done.returncode == 1
    assert "name a folder with --catalog" in done.stderr


def test_units_run_the_sync_of_this_catalog(root: Path) -> None:
    odd = root.parent / 'films 100% "new" $HOME & co'
    os.rename(root, odd)  # noqa: PTH104
    cron = filmtui("sync", "--print-unit", "cron", "--catalog", str(odd)).stdout.splitlines()
    assert len(cron) == 2
    assert cron[0].startswith("# ")
    *when, command = cron[1].split(" ", 5)
    assert 0 <= int(when[0]) < 60
    assert shlex.split(command.replace(r"\%", "%"))[-4:] == ["sync", "--quiet", "--catalog", str(odd)]
    plist = plistlib.loads(filmtui("sync", "--print-unit", "launchd", "--catalog", str(odd)).stdout.encode())
    assert plist["ProgramArguments"][-4:] == ["sync", "--quiet", "--catalog", str(odd)]
    systemd = filmtui("sync", "--print-unit", "systemd").stdout
    assert "[Timer]" in systemd
    assert '"sync" "--quiet"\n' in systemd  # that of the settings, which the run finds by itself
    systemd = filmtui("sync", "klub", "--print-unit", "systemd", "--catalog", str(odd)).stdout
    assert "100%%" in systemd
    assert "$$HOME" in systemd


def test_two_syncs_at_a_time_are_one(server: Server, root: Path) -> None:
    from tui.catalog.writing.disk import locked

    follow(UrlWorld(server, FILMS), "klub")
    (root / "followed").mkdir()
    with locked(root / "followed") as free:
        assert free
        done = filmtui("sync", *TODAY)
    assert done.returncode == 1
    assert done.stderr == "filmtui: another sync is under way; try again when it is done\n"
    assert not server.asked
