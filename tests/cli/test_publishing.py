"""The command publish as a process, against a real calendar server."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, film, films, filmtui
from tests.net.radicale_server import CUT, PASSWORD, USER, Fault, RadicaleServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = ("--today", "2026-01-05", "--lang", "en")
CALENDAR = "filmtui"


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMTUI_CALDAV_PASSWORD", PASSWORD)


@pytest.fixture
def own(catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write the catalog: the ids of films, each with its date."""

    def write(**dates: str) -> None:
        root = catalog(own=films(*(film(id, id.title(), date) for id, date in dates.items())))
        monkeypatch.setenv("FILMTUI_CATALOG", str(root))

    return write


def test_a_film_that_moves_appears_moved_once_after_the_next_publish(
    radicale: RadicaleServer, own: Callable[..., None]
) -> None:
    own(kuyank="2026-02-05", hantu="2026-01-15")
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("+ 15 Jan 2026  Hantu\n+ 5 Feb 2026   Kuyank\nCalendar “Film releases”: 2 new; ")
    own(kuyank="2026-03-12", hantu="2026-01-15")
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY)
    assert done.stdout.startswith("→ 12 Mar 2026  Kuyank (before: 5 Feb 2026)\n")
    radicale.writes()
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY)
    assert done.stdout.startswith("Calendar “Film releases”: 2 unchanged; ")
    assert radicale.writes() == []
    texts = radicale.objects(CALENDAR)
    assert len(texts) == 2
    assert "20260312" in texts["kuyank.ID.theatrical.ics"]


def test_a_dry_run_says_what_would_be_and_writes_nothing(
    radicale: RadicaleServer, own: Callable[..., None], tmp_path: Path
) -> None:
    own(kuyank="2026-02-05")
    done = filmtui("publish", radicale.address, "--user", USER, "--dry-run", *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "+ 5 Feb 2026   Kuyank\n" in done.stdout
    assert done.stdout.endswith("nothing was written (--dry-run)\n")
    assert radicale.writes() == []
    assert not (tmp_path / "state" / "published").exists()
    assert not list((tmp_path / "state").glob("*.revisions"))


def test_the_settings_name_server_user_and_calendar_and_words_filter(
    radicale: RadicaleServer, own: Callable[..., None], tmp_path: Path
) -> None:
    own(kuyank="2026-02-05", hantu="2026-01-15")
    (tmp_path / "settings.toml").write_text(
        f'caldav_url = "{radicale.home}"\ncaldav_user = "{USER}"\ncaldav_calendar = "Bioskop"\n', "utf-8"
    )
    done = filmtui("publish", "kuyank", *TODAY)
    assert "Calendar “Bioskop”: 1 new; " in done.stdout
    assert list(radicale.objects("filmtui-bioskop")) == ["kuyank.ID.theatrical.ics"]
    own(kuyank="2026-02-05", hantu="2026-01-15", dusun="2026")
    done = filmtui("publish", "january", "--calendar", "Lain", "--alarm", "15h", "--quiet", *TODAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (text,) = radicale.objects("filmtui-lain").values()
    assert "BEGIN:VALARM" in text
    assert "TRIGGER:-PT15H" in text
    shown = json.loads(filmtui("config", "--format", "json", *TODAY).stdout)["settings"]
    assert shown["caldav_calendar"] == {"value": "Bioskop", "from": "file"}


def test_for_programs(radicale: RadicaleServer, own: Callable[..., None]) -> None:
    own(kuyank="2026-02-05")
    done = filmtui("publish", radicale.address, "--user", USER, "--format", "json", *TODAY)
    found = json.loads(done.stdout)
    assert found["url"] == f"{radicale.home}{CALENDAR}/"
    assert (found["new"], found["moved"], found["unchanged"], found["dry_run"]) == (1, 0, 0, False)
    (step,) = found["steps"]
    assert (step["film"], step["day"], step["kind"]) == ("kuyank", "2026-02-05", "new")
    assert found["requests"] == len(radicale.calls)


def test_nothing_is_deleted_while_a_file_cannot_be_read(
    radicale: RadicaleServer, own: Callable[..., None], tmp_path: Path
) -> None:
    own(kuyank="2026-02-05", hantu="2026-01-15")
    filmtui("publish", radicale.address, "--user", USER, *TODAY)
    (tmp_path / "catalog" / "own.yaml").write_text(films(film("hantu", "Hantu", "2026-01-15")) + "- {id: [", "utf-8")
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY)
    assert done.returncode == 1
    assert len(radicale.objects(CALENDAR)) == 2
    assert "own.yaml:" in done.stderr
    assert "Kuyank: stays for now" in done.stderr


FAULTS = {
    "wrong password": ({"FILMTUI_CALDAV_PASSWORD": "salah"}, None, "tidak menerima nama dan kata sandi ini"),
    "lost": ({}, CUT, "terputus atau rusak"),
    "busy": ({}, Fault(429, {"Retry-After": "900"}), "coba lagi 15 menit"),
    "no CalDAV": ({}, Fault(404), "tidak ada CalDAV di alamat"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_goes_wrong_is_one_line_and_exit_code_1(
    radicale: RadicaleServer, own: Callable[..., None], name: str
) -> None:
    env, fault, told = FAULTS[name]
    own(kuyank="2026-02-05")
    radicale.fault = lambda call: fault
    done = filmtui("publish", radicale.address, "--user", USER, "--today", "2026-01-05", "--lang", "id", env=env)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"filmtui: publish: [^\n]+\n", done.stderr)
    assert PASSWORD not in done.stderr
    assert "Traceback" not in done.stderr
    if name != "busy":
        assert told in done.stderr


def test_a_read_only_calendar(radicale: RadicaleServer, own: Callable[..., None]) -> None:
    own(kuyank="2026-02-05", hantu="2026-01-15")
    radicale.fault = lambda call: Fault(403) if call.method == "PUT" else None
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY)
    assert done.returncode == 1
    assert done.stderr == (
        "filmtui: publish: this user may not write into the calendar (HTTP 403); ask for that right\n"
        "filmtui: 0 of 2 are done; the next publish goes on from there\n"
    )


WRONG = {
    "password": ("https://budi:rahasia@cloud.example.org/", "has a user or a password in it"),
    "plain": ("http://cloud.example.org/", "use https, or add --insecure"),
    "no address": ("horor", "is no address of a calendar server"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_address_that_is_refused(name: str) -> None:
    url, told = WRONG[name]
    done = filmtui("publish", url, "--user", USER, *TODAY)
    assert done.returncode == 2
    assert told in done.stderr
    assert "rahasia" not in done.stderr


def test_without_an_address_or_a_password_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "set caldav_url" in filmtui("publish", *TODAY).stderr
    monkeypatch.delenv("FILMTUI_CALDAV_PASSWORD")
    done = filmtui("publish", "https://cloud.example.org/", "--user", USER, *TODAY)
    assert done.returncode == 2
    assert "keyring set filmtui:cloud.example.org budi" in done.stderr


def test_the_keyring_is_asked_where_there_is_one(
    radicale: RadicaleServer, own: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(kuyank="2026-02-05")
    monkeypatch.delenv("FILMTUI_CALDAV_PASSWORD")
    (tmp_path / "site").mkdir()
    path = os.pathsep.join(filter(None, (str(tmp_path / "site"), os.environ.get("PYTHONPATH"))))
    keyring = tmp_path / "site" / "keyring.py"
    keyring.write_text(
        f"def get_password(service, user):\n    assert (service, user) == ('filmtui:127.0.0.1', '{USER}')\n"
        f"    return '{PASSWORD}'\n", "utf-8",
    )  # fmt: skip
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY, env={"PYTHONPATH": path})
    assert (done.returncode, done.stderr) == (0, "")
    keyring.write_text("def get_password(service, user):\n    raise RuntimeError('locked')\n", "utf-8")
    done = filmtui("publish", radicale.address, "--user", USER, *TODAY, env={"PYTHONPATH": path})
    assert done.returncode == 2
    assert "the password is not known" in done.stderr


def test_at_a_terminal_the_password_is_asked_for_and_not_shown(
    radicale: RadicaleServer, own: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    own(kuyank="2026-02-05")
    monkeypatch.delenv("FILMTUI_CALDAV_PASSWORD")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "tui", "publish", radicale.address, "--user", USER, *TODAY]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=follower, stdout=follower, stderr=follower, start_new_session=True
    ) as running:
        os.close(follower)
        shown = _until(leader, "Password of budi")
        os.write(leader, f"{PASSWORD}\n".encode())
        shown += _until(leader, "requests")
        assert running.wait(20) == 0
    os.close(leader)
    assert PASSWORD not in shown
    assert "1 new" in shown


def _until(leader: int, text: str) -> str:
    shown = ""
    end = time.monotonic() + 30
    while text not in shown and time.monotonic() < end:
        if select.select([leader], [], [], 0.2)[0]:
            shown += os.read(leader, 4096).decode("utf-8", "replace")
    assert text in shown
    return shown


def test_without_the_extra_it_is_said_how_to_get_it(own: Callable[..., None], tmp_path: Path) -> None:
    own(kuyank="2026-02-05")
    (tmp_path / "site" / "caldav").mkdir(parents=True)
    (tmp_path / "site" / "caldav" / "__init__.py").write_text("raise ModuleNotFoundError(name='caldav')\n", "utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path / "site"), os.environ.get("PYTHONPATH"))))
    done = filmtui("publish", "https://cloud.example.org/", "--user", USER, *TODAY, env={"PYTHONPATH": path})
    assert done.returncode == 1
    assert "filmtui[caldav]" in done.stderr


def test_into_radicale_as_a_process_of_its_own(own: Callable[..., None], tmp_path: Path) -> None:
    own(kuyank="2026-02-05", hantu="2026-01-15")
    users = tmp_path / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "htpasswd",
        "--auth-htpasswd-filename", str(users), "--auth-htpasswd-encryption", "plain", "--auth-delay", "0",
        "--storage-filesystem-folder", str(tmp_path / "store"), "--logging-level", "critical",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            _listening(port)
            url = f"http://127.0.0.1:{port}/"
            assert "2 new" in filmtui("publish", url, "--user", USER, *TODAY).stdout
            assert "2 unchanged; 5 requests" in filmtui("publish", url, "--user", USER, *TODAY).stdout
        finally:
            running.terminate()


def _listening(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(port)
