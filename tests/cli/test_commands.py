"""The commands, run as processes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, film, films, filmtui

if TYPE_CHECKING:
    from collections.abc import Callable


def rows(*arguments: str) -> list[dict[str, Any]]:
    done = filmtui("list", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_without_a_terminal_the_calendar_is_a_list() -> None:
    done = filmtui("--today", "2025-12-24")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 20
    assert done.stdout.startswith("DESEMBER 2025 · 8 film\n  Rab 24  Patah Hati Yang Kupilih\n")
    assert done.stdout.endswith("BELUM ADA TANGGAL · 1 film\n          Red Rooms\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout)
    assert filmtui("--month", "2026-01").stdout.count("\n") == 7


def test_list_of_a_month() -> None:
    assert [row["id"] for row in rows("--month", "2026-01")] == [
        "greenland-migration", "musuh-dalam-selimut", "suka-duka-tawa", "penerbangan-terakhir", "esok-tanpa-ibu",
        "kuyank",
    ]  # fmt: skip


def test_json_has_stable_names_in_stable_order() -> None:
    found = rows()
    assert len(found) == 15
    assert list(found[0])[:6] == ["id", "title", "date", "type", "region", "status"]
    assert found[8]["date"] == "2026-01-07"
    assert found[8]["cast"][0] == {"name": "Gerard Butler", "role": "John Garrity"}
    assert found[-1]["date"] is None
    assert "rating" not in found[-1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--search", "gariepy"], ["red-rooms"]),
        (["--search", "GARIÉPY kelly"], ["red-rooms"]),
        (["--from", "2026-01-15"], ["penerbangan-terakhir", "esok-tanpa-ibu", "kuyank", "red-rooms"]),
        (["--from", "2026-01-08", "--to", "2026-01-15"],
         ["musuh-dalam-selimut", "suka-duka-tawa", "penerbangan-terakhir"]),
        (["--to", "2025-12", "--genre", "horor"],
         ["janur-ireng-sewu-dino-the-prequel", "comic-8-revolution-santet-k4bin3t", "dusun-mayit"]),
        (["--genre", "science-fiction"], ["esok-tanpa-ibu"]),
        (["--region", "us"], ["greenland-migration"]),
        (["--type", "digital"], []),
        (["--month", "2024-01"], []),
    ],
)  # fmt: skip
def test_filters_of_list(arguments: list[str], expected: list[str]) -> None:
    assert [row["id"] for row in rows(*arguments)] == expected


def test_csv_is_read_back_by_any_reader() -> None:
    done = filmtui("list", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(found) == 15
    assert found[8]["title"] == "Greenland: Migration"
    assert found[8]["cast"].startswith("Gerard Butler as John Garrity; ")
    assert found[-1]["date"] == ""


def test_a_spreadsheet_is_given_no_formula(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("x", "'=HYPERLINK(1)'", "2026-01-07")))
    done = filmtui("list", "--format", "csv", "--catalog", str(root))
    assert next(csv.DictReader(io.StringIO(done.stdout)))["title"] == "'=HYPERLINK(1)"


def test_markdown_is_not_broken_by_a_title(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("x", "'A | B *c* <b> [d](e)'", "2026-01-07")))
    done = filmtui("list", "--format", "markdown", "--catalog", str(root))
    assert "| Rabu, 7 Januari 2026 | A \\| B \\*c\\* \\<b\\> \\[d\\](e) |" in done.stdout


def test_show() -> None:
    done = filmtui("show", "greenland-migration", "--today", "2026-01-06")
    assert done.returncode == 0
    for part in (
        "Greenland 2: Migration",
        "Rabu, 7 Januari 2026 · besok",
        "Laga, Thriller",
        "Gerard Butler",
        "Sinopsis",
    ):
        assert part in done.stdout
    found = json.loads(filmtui("show", "greenland-migration", "--format", "json").stdout)
    assert found["id"] == "greenland-migration"
    assert [(release["region"], release["status"]) for release in found["releases"]] == [
        ("ID", "confirmed"), ("AT", "confirmed"), ("US", "confirmed"),
    ]  # fmt: skip


def test_show_in_english() -> None:
    done = filmtui("--lang", "en", "--today", "2026-01-05", "show", "greenland-migration")
    assert "Wednesday, 7 January 2026 · the day after tomorrow" in done.stdout


def test_global_options_stand_before_or_after() -> None:
    before = filmtui("--lang", "en", "--catalog", "tests/samples/catalog", "list", "--month", "2026-01")
    after = filmtui("list", "--month", "2026-01", "--catalog", "tests/samples/catalog", "--lang", "en")
    assert before.stdout == after.stdout
    assert "JANUARY 2026 · 6 films" in before.stdout


def test_the_environment_names_catalog_language_and_day(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("x", "X", "2026-01-07")))
    env = {"FILMTUI_CATALOG": str(root), "FILMTUI_LANG": "en", "FILMTUI_TODAY": "2026-01-06"}
    assert "tomorrow" in filmtui("show", "x", env=env).stdout


def test_the_users_own_catalog_comes_before_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILMTUI_CATALOG")
    if sys.platform != "linux":
        pytest.skip("XDG is Linux's")
    own = tmp_path / "share" / "filmtui" / "catalog"
    own.mkdir(parents=True)
    (own / "a.yaml").write_text(films(film("mine", "Mine", "2026-01-07")))
    assert "Mine" in filmtui("list").stdout


def test_check() -> None:
    done = filmtui("check", "tests/samples/catalog")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "15 film, tidak ada masalah\n"


def test_check_names_place_and_advice(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("x", "X", "2026-13-01")) + "news:\n- {title: T, films: [nope]}\n")
    done = filmtui("check", str(root), "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "a.yaml:4:12: “2026-13-01” is not in the calendar; check the day and the month",
        "a.yaml:6:3: the news names “nope”, and no film has that id",
    ]


def test_list_goes_on_behind_a_problem_and_tells(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(film("good", "Good", "2026-01-07"), film("bad", "Bad", "tomorrow")))
    done = filmtui("list", "--catalog", str(root))
    assert done.returncode == 1
    assert "Good" in done.stdout
    assert done.stderr.startswith("a.yaml:7:12: “tomorrow” bukan tanggal")
    assert done.stderr.count("\n") == 1


def test_index(tmp_path: Path) -> None:
    assert filmtui("index").stdout == "3 berkas dibaca, 15 film dalam indeks\n"
    assert filmtui("index").stdout == "0 berkas dibaca, 15 film dalam indeks\n"
    assert filmtui("index", "--rebuild").stdout == "3 berkas dibaca, 15 film dalam indeks\n"
    assert len(list((tmp_path / "cache").glob("*.sqlite3"))) == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["check"], ["index"]])
def test_help_is_in_the_users_language(command: list[str], language: str) -> None:
    done = filmtui(*command, "--help", "--lang", language)
    assert done.returncode == 0
    foreign = ("Usage", "Options", "Show", "Print", "catalog:") if language == "id" else ("Pemakaian", "Opsi", "Cetak")
    assert not [word for word in foreign if word in done.stdout]
    assert "--catalog" in done.stdout


@pytest.mark.parametrize(
    ("environment"),
    [
        {"TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
        {"TZ": "Asia/Jayapura", "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8"},
        {"TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["UTC", "Jayapura", "Los Angeles"],
)
def test_zone_and_locale_change_nothing(environment: dict[str, str]) -> None:
    plain = filmtui("list", "--format", "json")
    assert filmtui("list", "--format", "json", env=environment).stdout == plain.stdout
    assert "Gariépy" in filmtui("show", "red-rooms", env=environment).stdout


def test_a_reader_that_goes_leaves_no_complaint(catalog: Callable[..., Path]) -> None:
    root = catalog(a=films(*(film(f"f{n}", f"Film {n}", "2026-01-07") for n in range(3000))))
    list_ = [sys.executable, "-m", "tui", "list", "--format", "json", "--catalog", str(root)]
    process = subprocess.Popen(list_, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(30)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full disk to try")
def test_an_output_that_is_full_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "list"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("filmtui: tidak dapat dilanjutkan: ")
    assert "Traceback" not in done.stderr


def test_an_unknown_language_in_the_environment_is_told() -> None:
    done = filmtui("list", env={"FILMTUI_LANG": "fr"})
    assert done.returncode == 2
    assert "“fr”" in done.stderr


def test_undo_takes_no_file() -> None:
    done = filmtui("import", "--undo", "page.txt", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("filmtui: --undo takes back the last import as a whole; name no file")
    assert done.stderr.count("\n") == 1


def test_what_stands_for_a_value_is_in_the_users_language() -> None:
    assert "filmtui import [OPSI] SUMBER...\n" in filmtui("import", "--help", "--lang", "id").stdout
    assert "filmtui import [OPTIONS] SOURCE...\n" in filmtui("import", "--help", "--lang", "en").stdout
    assert "filmtui sync [OPSI] [NAMA...]\n" in filmtui("sync", "--help", "--lang", "id").stdout


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("id", ["Kalender", "Film Anda", "Untuk dibawa dan dibagikan", "Katalog", "Program"]),
        ("en", ["Calendar", "Your films", "Taken along, and shared", "Catalog", "Program"]),
    ],
)
def test_the_help_has_each_command_under_a_heading(language: str, headings: list[str]) -> None:
    from tui.cli.main import group

    told = filmtui("--lang", language, "--help").stdout
    assert re.findall(r"^(\S.*):$", told, re.MULTILINE)[1:] == headings
    listed = re.findall(r"^  ([a-z]+)  ", told, re.MULTILINE)
    assert listed == [command.name for commands in group.sections.values() for command in commands]
    assert sorted(listed) == sorted(group.commands)
    assert len(set(re.findall(r"^  [a-z]+ +(?=\S)", told, re.MULTILINE))) == len(listed)
    assert len({len(start) for start in re.findall(r"^  [a-z]+  +", told, re.MULTILINE)}) == 1


def test_a_week_tells_what_will_not_open(catalog: Callable[..., Path]) -> None:
    some = catalog(
        one=films(
            film("bersama", "Bersama", releases="[{date: 2026-03-05, status: cancelled}]", genres="[horror]"),
            film("lain", "Lain", releases="[{date: 2026-03-12, status: postponed}]"),
        )
    )
    told = ("--catalog", str(some), "--today", "2026-03-02")
    week = filmtui("week", *told).stdout
    assert "  Bersama (batal) · Horor\n" in week
    assert "  Kam 12 Mar  Lain (ditunda)\n" in week
    assert "- **Bersama (batal)** · Horor\n" in filmtui("week", "--format", "markdown", *told).stdout
    assert "batal" in filmtui("month", "2026-03", *told).stdout
