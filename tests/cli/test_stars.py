"""want, unwant, remind and ★ as processes; notices by programs that write down what they were called with."""

from __future__ import annotations

import json
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_completion import offered
from tests.conftest import film, films, filmtui

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = ("--today", "2026-01-05", "--lang", "en")
HOSTILE = 'A <b>bold</b> & "quoted" $(touch x) \\n \'t'


@pytest.fixture
def root(catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = catalog(
        one=films(
            film("laut", "Laut", "2026-01-05"),
            film("darat", "Darat", "2026-01-06"),
            film("udara", "Udara", "2026-01-10"),
            film("api", json.dumps(HOSTILE), "2026-01-07"),
        )
    )
    monkeypatch.setenv("FILMTUI_CATALOG", str(folder))
    return folder


@pytest.fixture
def stars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FILMTUI_STARS", str(tmp_path / "starred.yaml"))
    return tmp_path / "starred.yaml"


def done(*arguments: str, today: tuple[str, ...] = TODAY) -> tuple[int, str, str]:
    found = filmtui(*arguments, *today)
    return found.returncode, found.stdout, found.stderr


def moved(root: Path, before: str, after: str) -> None:
    path = root / "one.yaml"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


# want, unwant, list


def test_films_are_starred_listed_and_no_longer_starred(root: Path, stars: Path) -> None:
    assert done("want", "laut", "darat", "--note", 'with "Rina"') == (
        0, "★ Laut · Monday, 5 January 2026\n★ Darat · Tuesday, 6 January 2026\n", "",
    )  # fmt: skip
    assert stars.read_text("utf-8") == (
        '- {id: darat, note: "with \\"Rina\\"", since: 2026-01-05}\n'
        '- {id: laut, note: "with \\"Rina\\"", since: 2026-01-05}\n'
    )
    status, listed, understood = done("list", "★")
    assert (status, understood) == (0, "filmtui: ★ starred\n")
    assert [line.split()[-1] for line in listed.splitlines()[1:]] == ["Laut", "Darat"]
    assert json.loads(done("list", "--search=-★", "--format", "json")[1])[0]["id"] == "api"
    assert json.loads(done("list", "★", "dar", "--format", "json")[1])[0]["id"] == "darat"
    assert done("want", "laut")[0] == 0
    assert "with" in stars.read_text("utf-8")  # the note stays
    assert done("unwant", "laut", "darat") == (0, "Laut: no longer starred\nDarat: no longer starred\n", "")
    assert stars.read_text("utf-8") == ""


def test_an_unknown_id_is_a_line_and_the_rest_goes_on(root: Path, stars: Path) -> None:
    status, out, err = done("want", "lautt", "darat")
    assert (status, out.count("★")) == (1, 1)
    assert err == "filmtui: no film with the id “lautt”; did you mean “laut”?\n"
    status, out, err = done("unwant", "laut", "darat")
    assert (status, out) == (1, "Darat: no longer starred\n")
    assert err == "filmtui: laut has no star; filmtui list ★ shows those that have one\n"
    assert done("want")[0] == 2
    status, out, err = done("unwant", "x\x1b[31m\ny")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "\x1b" not in err


def test_a_star_of_a_film_that_has_gone_can_be_taken_away(root: Path, stars: Path) -> None:
    stars.write_text("- lama\n- laut\n", "utf-8")
    assert done("unwant", "lama") == (0, "lama: no longer starred\n", "")
    assert stars.read_text("utf-8") == "- laut\n"


def test_a_merged_film_is_wanted_by_either_id(root: Path, stars: Path) -> None:
    moved(root, "films:\n", "films:\n- {id: lain, same_as: laut}\n")
    assert done("want", "lain")[1] == "★ Laut · Monday, 5 January 2026\n"
    assert "laut" in stars.read_text("utf-8")
    stars.write_text("- lain\n", "utf-8")
    assert "Laut" in done("list", "★")[1]
    assert done("unwant", "laut")[0] == 0
    assert stars.read_text("utf-8") == ""


@pytest.mark.parametrize("command", [("list", "★"), ("want", "laut"), ("remind",)])
def test_a_broken_file_is_a_line_and_stays(root: Path, stars: Path, command: tuple[str, ...]) -> None:
    stars.write_text("laut: [\n", "utf-8")
    status, _, err = done(*command)
    assert status == 1
    assert "this is not YAML" in err
    assert "Traceback" not in err
    assert stars.read_text("utf-8") == "laut: [\n"


def test_other_commands_do_not_read_it(root: Path, stars: Path) -> None:
    stars.write_text("laut: [\n", "utf-8")
    assert done("list")[0] == 0
    assert done("list")[2] == ""


def test_ids_are_completed(root: Path, stars: Path) -> None:
    assert filmtui("index").returncode == 0
    stars.write_text("- {id: laut, note: a}\n- lama\n", "utf-8")
    assert offered("want l") == {"laut": "Laut"}
    assert offered("unwant l") == {"laut": "a", "lama": ""}
    assert set(offered("remind --print-unit ")) == {"systemd", "launchd", "cron"}


# remind


def test_each_is_told_once_and_again_on_request(root: Path, stars: Path) -> None:
    assert done("remind") == (0, "", "")
    stars.write_text('- {id: laut, note: "row 4"}\n- darat\n- udara\n', "utf-8")
    told = (
        "★ Laut · today · Monday, 5 January 2026 · row 4\n"
        "★ Darat · tomorrow · Tuesday, 6 January 2026\n"
        "★ Udara · in 5 days · Saturday, 10 January 2026\n"
    )
    assert done("remind") == (0, told, "")
    assert done("remind") == (0, "", "")
    assert done("remind", "--again") == (0, told, "")
    assert done("remind", "--again", "--days", "1")[1].count("\n") == 2
    assert done("remind", "--format", "json")[1] == "[]\n"
    records = json.loads(done("remind", "--again", "--format", "json")[1])
    assert records[0] == {
        "what": "opens", "id": "laut", "title": "Laut", "note": "row 4", "stage": "today", "date": "2026-01-05",
    }  # fmt: skip
    later = ("--today", "2026-01-06", "--lang", "id")
    assert done("remind", today=later) == (0, "★ Darat · hari ini · Selasa, 6 Januari 2026\n", "")


def test_what_cannot_be_remembered_is_told_behind_the_reminders(
    root: Path, stars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("want", "laut")
    monkeypatch.setenv("FILMTUI_STATE", str(tmp_path / "taken"))
    (tmp_path / "taken").write_text("a file", "utf-8")
    status, out, err = done("remind")
    assert (status, out.startswith("★ Laut")) == (1, True)
    told = f"what has changed could not be noted; check space and permissions in {tmp_path / 'taken'}"
    assert err == f"filmtui: {told}\n"


def test_what_moved_comes_first(root: Path, stars: Path) -> None:
    stars.write_text("- laut\n- udara\n", "utf-8")
    done("remind")
    moved(root, "2026-01-10", "2026-02-14")
    moved(root, "release: 2026-01-05", "releases: [{date: 2026-01-05, status: cancelled}]")
    status, out, _ = done("remind", "--format", "json")
    assert status == 0
    assert [(one["what"], one["title"]) for one in json.loads(out)] == [("status", "Laut"), ("moved", "Udara")]
    assert json.loads(out)[1]["change"]["date"] == "2026-02-14"
    assert done("remind") == (0, "", "")
    told = done("changes")[1].splitlines()
    assert told[0] == "★ Starred films"
    assert told[2] == "  Udara moves back from 10 January to 14 February 2026."
    assert len(told) == 3
    assert "★ Udara moves back from 10 January to 14 February 2026." in done("remind", "--again")[1]


def test_who_stars_before_any_visit_is_told_what_moves(
    root: Path, stars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMTUI_STATE", str(root.parent / "own"))
    assert done("want", "udara")[0] == 0
    moved(root, "2026-01-10", "2026-01-17")
    assert done()[2] == "filmtui: ★ Udara moves back from 10 January to 17 January 2026.\n"


def test_a_pipe_is_told_what_moved_since_the_last_visit(root: Path, stars: Path, tmp_path: Path) -> None:
    from datetime import date

    from tui.library.library import Library
    from tui.user.settings import settings

    stars.write_text("- udara\n", "utf-8")
    with Library(settings(today="2026-01-05").places) as library:
        library.refresh()
        library.since_visit()
        library.keep_visit(set())
        assert library.today == date(2026, 1, 5)
    moved(root, "2026-01-10", "2026-02-14")
    moved(root, "2026-01-06", "2026-02-15")  # which is not starred
    _, out, err = done()
    assert err == "filmtui: ★ Udara moves back from 10 January to 14 February 2026.\n"
    assert "Darat" in out
    assert done("list")[2] == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--days", "x"), "“x” is not a number of days; write one from 0 to 366, such as 7"),
        (("--days", "-1"), "is not a number of days"),
        (("--days", "9999"), "is not a number of days"),
        (("--print-unit", "upstart"), "is not one of systemd, launchd, cron"),
    ],
)
def test_wrong_usage_is_one_line(root: Path, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = done("remind", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert told in err


# notices


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[[], list[list[str]]]]:
    """Put a program on the search path, and nothing else; what it was called with is read from the function."""

    def install(name: str, status: int = 0) -> Callable[[], list[list[str]]]:
        folder, log = tmp_path / "bin", tmp_path / "calls"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(
            f"#!{sys.executable}\nimport json, sys\n"
            f"open({str(log)!r}, 'a').write(json.dumps(sys.argv[1:]) + '\\n')\n"
            f"print('no <daemon>\\x1b', file=sys.stderr) if {status} else None\nsys.exit({status})\n",
            "utf-8",
        )
        (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        return lambda: [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []

    return install


def test_notices_get_their_texts_as_arguments(
    root: Path, stars: Path, program: Callable[..., Callable[[], list[list[str]]]]
) -> None:
    calls = program("notify-send")
    stars.write_text('- laut\n- {id: api, note: "a & b"}\n', "utf-8")
    assert done("remind", "--notify") == (0, "", "")
    assert calls() == [
        ["-a", "filmtui", "--", "★ Laut", "today · Monday, 5 January 2026"],
        ["-a", "filmtui", "--", f"★ {HOSTILE}", "the day after tomorrow · Wednesday, 7 January 2026\na &amp; b"],
    ]
    assert done("remind", "--notify") == (0, "", "")
    assert len(calls()) == 2
    moved(root, "2026-01-07", "2026-02-07")
    assert done("remind", "--notify") == (0, "", "")
    title, body = calls()[-1][-2:]
    assert title == f"★ {HOSTILE}"
    assert "&lt;b&gt;bold" in body
    assert "\\\\n" in body  # notify-send would make a line break of \n


def test_osascript_runs_a_script_that_never_changes(
    root: Path, stars: Path, program: Callable[..., Callable[[], list[list[str]]]]
) -> None:
    calls = program("osascript")
    stars.write_text("- api\n", "utf-8")
    assert done("remind", "--notify") == (0, "", "")
    (call,) = calls()
    assert call == [
        "-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run",
        f"★ {HOSTILE}", "the day after tomorrow · Wednesday, 7 January 2026",
    ]  # fmt: skip


def test_what_could_not_be_shown_is_not_told(
    root: Path, stars: Path, program: Callable[..., Callable[[], list[list[str]]]]
) -> None:
    stars.write_text("- laut\n- darat\n", "utf-8")
    calls = program("notify-send", status=1)
    status, out, err = done("remind", "--notify")
    assert (status, out) == (1, "")
    assert err == "filmtui: notify-send could not show the notice: no <daemon>␛\n"
    assert len(calls()) == 1  # the next would fail as well
    program("notify-send")
    assert done("remind", "--notify") == (0, "", "")
    assert [call[3] for call in calls()] == ["★ Laut", "★ Laut", "★ Darat"]


def test_without_a_program_for_notices_a_line_says_so(
    root: Path, stars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stars.write_text("- laut\n", "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    status, out, err = done("remind", "--notify")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "neither notify-send nor osascript" in err
    assert done("remind")[1].startswith("★ Laut")  # it was not marked as told


# units


@pytest.fixture
def odd(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog, stars and a program in folders with all that a unit has to quote."""
    folder = tmp_path / 'a 100% "b" $HOME & co'
    (folder / "bin").mkdir(parents=True)
    os.rename(root, folder / "films")  # noqa: PTH104
    (folder / "bin" / "filmtui").write_text("#!/bin/sh\n", "utf-8")
    (folder / "bin" / "filmtui").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("FILMTUI_STARS", str(folder / "starred.yaml"))
    monkeypatch.setenv("FILMTUI_TMDB_TOKEN", "eyJhbGciOi.eyJhdWQi.abc")
    monkeypatch.setenv("FILMTUI_CALDAV_PASSWORD", "rahasia")
    monkeypatch.delenv("FILMTUI_CATALOG")
    return folder


def printed(odd: Path, kind: str) -> str:
    status, out, err = done("remind", "--print-unit", kind, "--days", "3", "--catalog", str(odd / "films"))
    assert (status, err) == (0, "")
    assert "eyJhb" not in out
    assert "rahasia" not in out
    assert "FILMTUI_TODAY" not in out
    return out


def command(odd: Path) -> list[str]:
    own = ["--days", "3", "--catalog", str(odd / "films"), "--lang", "en"]
    return [str(odd / "bin" / "filmtui"), "remind", "--notify", *own]


def test_the_line_of_cron_runs_as_it_is(odd: Path) -> None:
    about, line = printed(odd, "cron").splitlines()
    assert about == "# Add this line by crontab -e"
    *when, rest = line.split(" ", 5)
    assert when == ["0", "8-22", "*", "*", "*"]
    assert "%" not in rest.replace(r"\%", "")
    words = shlex.split(rest.replace(r"\%", "%"))
    assert words[-len(command(odd)) :] == command(odd)
    assert f"FILMTUI_STARS={odd / 'starred.yaml'}" in words
    if sys.platform == "linux":
        assert words[0] == f"DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/{os.getuid()}/bus"


def test_the_job_of_launchd_is_a_property_list(odd: Path) -> None:
    text = printed(odd, "launchd")
    assert "<!-- Save this as ~/Library/LaunchAgents/filmtui.remind.plist -->" in text
    job = plistlib.loads(text.encode())
    assert job["ProgramArguments"] == command(odd)
    assert job["EnvironmentVariables"]["FILMTUI_STARS"] == str(odd / "starred.yaml")
    assert [one["Hour"] for one in job["StartCalendarInterval"]] == list(range(8, 23))


def test_the_units_of_systemd_say_where_they_go(odd: Path, tmp_path: Path) -> None:
    text = printed(odd, "systemd")
    service, timer = text.split("\n\n# Save this as ")
    assert service.startswith("# Save this as ~/.config/systemd/user/filmtui-remind.service\n[Unit]\n")
    assert timer.startswith("~/.config/systemd/user/filmtui-remind.timer\n# Then switch it on: systemctl --user enable")
    assert "OnCalendar=*-*-* 08..22:00:00\nPersistent=true\n" in timer
    start = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    quoted = start.removeprefix("ExecStart=").replace("%%", "%").replace("$$", "$")
    assert shlex.split(quoted.replace(r"\"", '\\"')) == command(odd)
    if analyze := shutil.which("systemd-analyze"):
        for name, content in (("filmtui-remind.service", service), ("filmtui-remind.timer", "# " + timer)):
            (tmp_path / name).write_text(content, "utf-8")
        paths = [str(tmp_path / "filmtui-remind.service"), str(tmp_path / "filmtui-remind.timer")]
        found = subprocess.run(
            [analyze, "--user", "verify", *paths], capture_output=True, text=True, check=False, timeout=60
        )
        assert "filmtui-remind" not in found.stderr, found.stderr


def test_a_unit_in_indonesian_and_nothing_is_installed(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    out = filmtui("remind", "--print-unit", "systemd").stdout
    assert out.startswith("# Simpan ini sebagai ~/.config/systemd/user/filmtui-remind.service\n")
    assert '"--lang"' not in out  # the settings of the run say it
    assert list(home.iterdir()) == []
