"""The command as users meet it with files and options that are wrong: a clear line, and never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import film, films
from tui.base.words import Words
from tui.cli.main import group
from tui.index.database import Database
from tui.library.library import Library
from tui.user.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT / "tests" / "samples" / "catalog"
FILM = "- id: kuyank\n  title: Kuyank\n  release: 2026-01-29\n"
CATALOG = f"films:\n{FILM}"
OTHER = "- id: esok\n  title: Esok\n  release: 2026-01-30\n"
PLACE = re.compile(r"[^:]+\.yaml:\d+:\d+: .+")

Run = subprocess.CompletedProcess[str]


@pytest.fixture
def filmtui(tmp_path: Path) -> Callable[..., Run]:
    """Run the command as a process of its own, with nothing of the caller's settings."""

    def run(*arguments: str | Path, **more: str) -> Run:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILMTUI_", "XDG_"))}
        env = kept | {"FILMTUI_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path), "PYTHONPATH": str(CHECKOUT)}
        return subprocess.run(
            [sys.executable, "-m", "tui", *map(str, arguments)],
            cwd="/",
            env=env | more,
            capture_output=True,
            encoding="utf-8",
            timeout=10,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


def errors(run: Run) -> list[str]:
    """What `check` says is wrong, without its warnings."""
    return [line for line in run.stdout.splitlines() if ": peringatan: " not in line and ": warning: " not in line]


class Bad(NamedTuple):
    content: bytes
    indonesian: str
    english: str
    shown: tuple[str, ...] = ()
    """The films that are listed all the same."""


FILES = {
    "empty": Bad(b"", "kosong; awali dengan “films:”", "empty; begin it with “films:”"),
    "not YAML": Bad(
        b"Halo, ini bukan katalog.\n", "bukan katalog; awali dengan “films:”", "not a catalog; begin it with “films:”"
    ),
    "a list": Bad(FILM.encode(), "bukan katalog; awali dengan “films:”", "not a catalog; begin it with “films:”"),
    "binary": Bad(bytes(range(256)) * 20, "simpan berkas sebagai UTF-8", "save the file as UTF-8"),
    "UTF-16": Bad(CATALOG.encode("utf-16"), "simpan berkas sebagai UTF-8", "save the file as UTF-8"),
    "BOM": Bad(b"\xef\xbb\xbf" + CATALOG.encode(), "UTF-8 tanpa BOM", "UTF-8 without BOM", ("Kuyank",)),
    "CRLF": Bad(CATALOG.replace("\n", "\r\n").encode(), "akhir baris LF", "with LF line ends", ("Kuyank",)),
    "20,000 brackets": Bad(b"[" * 20_000, "bukan katalog; awali dengan “films:”", "not a catalog; begin it"),
    "20,000 brackets as a title": Bad(
        f"{CATALOG}- id: bad\n  title: {'[' * 20_000}\n{OTHER}".encode(),
        "bersarang terlalu dalam",
        "nested too deeply",
        ("Kuyank", "Esok"),
    ),
    "an alias": Bad(
        f"{CATALOG}- id: bad\n  title: &a {'x' * 999}\n  directors: [*a]\n{OTHER}".encode(),
        "jangkar dan alias tidak dipakai di sini",
        "no anchors and aliases here",
        ("Kuyank", "Esok"),
    ),
    "no title": Bad(
        f"{CATALOG}- id: bad\n{OTHER}".encode(), "“title” tidak ada", "“title” is missing", ("Kuyank", "Esok")
    ),
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("bad", FILES.values(), ids=FILES)
def test_check_says_what_is_wrong_with_a_file_in_one_line(
    tmp_path: Path, filmtui: Callable[..., Run], bad: Bad, language: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(bad.content)
    run = filmtui("check", file, *(["--lang", "en"] if language == "en" else []))
    (text,) = errors(run)
    assert PLACE.fullmatch(text)
    assert text.startswith("bad.yaml:")
    assert (bad.english if language == "en" else bad.indonesian) in text
    (summary,) = run.stderr.splitlines()
    assert re.search(r", 1 problem\b" if language == "en" else r", 1 masalah\b", summary)
    assert run.returncode == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("bad", FILES.values(), ids=FILES)
def test_list_shows_the_other_films_and_says_what_is_wrong_in_one_line(
    tmp_path: Path, filmtui: Callable[..., Run], bad: Bad, language: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(bad.content)
    run = filmtui("list", "--catalog", file, *(["--lang", "en"] if language == "en" else []))
    (text,) = run.stderr.splitlines()
    assert PLACE.fullmatch(text)
    assert (bad.english if language == "en" else bad.indonesian) in text
    assert run.returncode == 1
    if bad.shown:
        assert all(title in run.stdout for title in bad.shown)
    else:
        assert run.stdout.strip() == Words(language).gettext("No films.")


@pytest.mark.parametrize(
    "content",
    [
        # each level means nine of the level before: at the ninth that would be 387 million
        CATALOG
        + "- id: bad\n  title: Bad\n  genres: &a [x]\n"
        + "".join(f"  {name}: &{name} [{', '.join([alias] * 9)}]\n" for name, alias in (
            ("cast", "*a"), ("writers", "*cast"), ("producers", "*writers"), ("companies", "*producers"),
            ("countries", "*companies"), ("languages", "*countries"), ("releases", "*languages"), ("x", "*releases"),
        )),
        CATALOG + '<html><body class="x">: [</body>\n',
    ],
    ids=["an alias bomb", "HTML behind it"],
)  # fmt: skip
def test_a_file_full_of_mistakes_is_told_line_by_line(
    tmp_path: Path, filmtui: Callable[..., Run], content: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(content, "utf-8")
    checked = filmtui("check", file)
    listed = filmtui("list", "--catalog", file)
    for run, text in ((checked, checked.stdout), (listed, listed.stderr)):
        assert text
        assert all(PLACE.fullmatch(line) for line in text.splitlines())
        assert "Traceback" not in run.stderr
        assert run.returncode == 1
    assert len(checked.stderr.splitlines()) == 1
    assert "Kuyank" in listed.stdout


def test_a_film_s_control_characters_do_not_reach_the_terminal(tmp_path: Path, filmtui: Callable[..., Run]) -> None:
    foreign = '"\\x1b]52;c;aGk=\\x07\\u202e"'
    file = tmp_path / "bad.yaml"
    file.write_text(f"films:\n- id: a\n  title: {foreign}\n- id: b\n  title: B\n  release: {foreign}\n", "utf-8")
    for run in (filmtui("check", file), filmtui("list", "--catalog", file), filmtui("show", "a", "--catalog", file)):
        assert not {"\x1b", "\x07", "\u202e"} & {*run.stdout, *run.stderr}
        assert run.returncode == 1


# what is not a file of films at all


def nothing(path: Path) -> None:
    assert not path.exists()


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("arguments", [["check"], ["list", "--catalog"], ["--lang", "en", "check"]])
@pytest.mark.parametrize(
    ("make", "indonesian", "english"),
    [
        (nothing, "tidak ada katalog di sana; sebutkan berkas atau direktori YAML", "no catalog there; name a YAML"),
        (Path.mkdir, "tidak ada berkas *.yaml di direktori ini; sebutkan", "no *.yaml file in this directory; name"),
        (
            pipe,
            "bukan berkas biasa dan bukan direktori; sebutkan katalog",
            "neither a file nor a directory; name a catalog",
        ),
    ],
    ids=["nothing there", "an empty directory", "a FIFO"],
)
def test_where_no_catalog_is_one_line_asks_for_one(
    tmp_path: Path,
    filmtui: Callable[..., Run],
    arguments: list[str],
    make: Callable[[Path], None],
    indonesian: str,
    english: str,
) -> None:
    path = tmp_path / "catalog"
    make(path)
    run = filmtui(*arguments, path)
    (text,) = run.stderr.splitlines()
    assert text.startswith(f"filmtui: {path}: ")
    assert (english if "en" in arguments else indonesian) in text
    assert run.stdout == ""
    assert run.returncode == 1


def test_a_fifo_among_the_files_is_told_and_not_waited_for(tmp_path: Path, filmtui: Callable[..., Run]) -> None:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "a.yaml").write_text(CATALOG, "utf-8")
    os.mkfifo(root / "b.yaml")
    checked = filmtui("check", root)
    assert errors(checked) == ["b.yaml:1:1: bukan berkas biasa; katalog terdiri atas berkas teks"]
    listed = filmtui("list", "--catalog", root, "--lang", "en")
    assert listed.stderr == "b.yaml:1:1: not a regular file; a catalog is made of text files\n"
    assert "Kuyank" in listed.stdout
    assert checked.returncode == listed.returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["b.yaml", "b"])
def test_what_may_not_be_read_is_told_and_hides_no_other_file(
    tmp_path: Path, filmtui: Callable[..., Run], name: str
) -> None:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "a.yaml").write_text(CATALOG, "utf-8")
    locked = root / name
    if name.endswith(".yaml"):
        locked.write_text(CATALOG, "utf-8")
    else:
        locked.mkdir()
    locked.chmod(0)
    try:
        checked = filmtui("check", root)
        listed = filmtui("list", "--catalog", root, "--lang", "en")
    finally:
        locked.chmod(0o700)
    assert re.fullmatch(r"b[^:]*:1:1: tidak ada izin membacanya; ubah izin berkasnya\n", checked.stdout)
    assert re.fullmatch(r"b[^:]*:1:1: no permission to read it; change the file's permissions\n", listed.stderr)
    assert "Kuyank" in listed.stdout
    assert checked.returncode == listed.returncode == 1


def test_a_link_to_nowhere_is_told_and_hides_no_other_file(tmp_path: Path, filmtui: Callable[..., Run]) -> None:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "a.yaml").write_text(CATALOG, "utf-8")
    (root / "b.yaml").symlink_to(tmp_path / "nowhere")
    run = filmtui("list", "--catalog", root)
    assert run.stderr == "b.yaml:1:1: tidak ada; periksa jalurnya\n"
    assert "Kuyank" in run.stdout
    assert run.returncode == 1


# wrong usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "--month", "2026-13"], ["“2026-13” bukan bulan", "tulis 2026-01"]),
        (["list", "--month", "2026-01-07"], ["“2026-01-07” bukan bulan", "tulis 2026-01"]),
        (["--lang", "en", "list", "--month", "Januari"], ["“Januari” is not a month", "write 2026-01"]),
        (["list", "--from", "besok"], ["“besok” bukan tanggal", "tulis 2026-01-07"]),
        (["list", "--to", "2026-02-30", "--lang", "en"], ["“2026-02-30” is not in the calendar"]),
        (["list", "--today", "7/1/2026"], ["“7/1/2026” bukan tanggal lengkap", "tulis 2026-01-07"]),
        (["--lang", "xx", "list"], ["“xx” tidak dikenal", "tulis id atau en"]),
        (["list", "--lang=xx"], ["“xx” tidak dikenal", "tulis id atau en"]),
        (["list", "--type", "cinema"], ["“cinema” bukan salah satu dari premiere, limited, theatrical"]),
        (["list", "--region", "Indonesia", "--lang", "en"], ["is not a country", "write its two letters"]),
        (["list", "--format", "xml"], ["“xml” bukan salah satu dari text, whatsapp, markdown, html, "]),
        (["list", "--mont", "2026-01"], ["opsi --mont tidak dikenal", "--month", "filmtui --help"]),
        (["list", "--mont", "2026-01", "--lang", "en"], ["unknown option --mont", "--month", "filmtui --help"]),
        (["list", "--month"], ["opsi --month memerlukan nilai"]),
        (["daftar"], ["perintah “daftar” tidak dikenal", "list, week, month, year, show, "]),
        (["--lang", "en", "lst"], ["unknown command “lst”; did you mean list?"]),
        (["show"], ["ID belum disebut"]),
        (["show", "kuyank", "lagi"], ["lagi", "lihat “filmtui --help”"]),
        (["show", "kuyank", "lagi", "--lang", "en"], ["lagi", "see “filmtui --help”"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told_with_what_would_be_right(
    filmtui: Callable[..., Run], arguments: list[str], told: list[str]
) -> None:
    run = filmtui(*arguments)
    (text,) = run.stderr.splitlines()
    assert text.startswith("filmtui: ")
    assert all(part in text for part in told)
    assert run.stdout == ""
    assert run.returncode == 2


@pytest.mark.parametrize(
    "arguments", [["show", "kuyank", "lagi"], ["list", "--mont", "2026-01"], ["daftar"]], ids=" ".join
)
def test_a_complaint_is_in_one_language_from_end_to_end(filmtui: Callable[..., Run], arguments: list[str]) -> None:
    # what click says by itself is English
    indonesian, english = (
        set(re.findall("[a-z]{3,}", filmtui("--lang", language, *arguments).stderr)) for language in ("id", "en")
    )
    names = {"filmtui", "help", "month", "mont", "kuyank", "lagi", "daftar"}
    assert indonesian & english <= names | group.commands.keys()


@pytest.mark.parametrize("command", [["list"], ["check"], ["show", "kuyank"]])
@pytest.mark.parametrize("today", ["besok", "2026-02-30", "2026-01"])
def test_a_wrong_day_in_the_environment_is_wrong_usage(
    filmtui: Callable[..., Run], command: list[str], today: str
) -> None:
    run = filmtui(*command, FILMTUI_TODAY=today)
    (text,) = run.stderr.splitlines()
    assert f"“{today}” bukan tanggal lengkap; tulis 2026-01-07" in text
    assert run.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "red-room"], "tidak ada film dengan id “red-room”; maksudnya “red-rooms”?"),
        (["show", "red-room", "--lang", "en"], "no film with the id “red-room”; did you mean “red-rooms”?"),
        (["show", "\x1b[31m\u202e"], "“filmtui list --search” mencari film menurut judul"),
    ],
    ids=["id", "en", "foreign"],
)
def test_an_unknown_film_is_told_with_what_is_near(
    filmtui: Callable[..., Run], arguments: list[str], told: str
) -> None:
    run = filmtui(*arguments, "--catalog", DATA)
    (text,) = run.stderr.splitlines()
    assert told in text
    assert text.isprintable()
    assert run.stdout == ""
    assert run.returncode == 1


@pytest.mark.parametrize(
    "arguments", [["show", "\udcff"], ["list", "--genre", "\udcff"], ["list", "--search", "\udcff"]], ids=repr
)
def test_an_argument_that_is_no_text_is_no_end(filmtui: Callable[..., Run], arguments: list[str]) -> None:
    run = filmtui(*arguments)
    assert "Traceback" not in run.stderr
    assert run.returncode in {0, 1}


def test_a_home_that_is_nobodys_is_only_a_path(filmtui: Callable[..., Run]) -> None:
    run = filmtui("--catalog", "~nobody-of-this-name/x", "list")
    assert "~nobody-of-this-name/x: tidak ada katalog di sana" in run.stderr
    assert run.returncode == 1


@pytest.mark.parametrize("call", [["--catalog", "", "list"], ["check", ""]], ids=repr)
def test_an_empty_path_is_not_the_default(filmtui: Callable[..., Run], call: list[str]) -> None:
    run = filmtui(*call)
    assert "jalur katalog kosong" in run.stderr
    assert run.returncode == 2


def test_a_user_without_a_home_has_the_shipped_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    class Homeless:
        @property
        def user_data_dir(self) -> str:
            raise RuntimeError

        user_cache_dir = user_data_dir

    monkeypatch.delenv("FILMTUI_CACHE")
    monkeypatch.setattr("tui.user.places._DIRS", Homeless())
    found = settings()
    with Library(found.places) as library:
        library.refresh()
        assert library.view().total == 15


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes descriptors")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_end(closed: str) -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m tui list --catalog "{DATA}" {closed}'],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    assert ("Kuyank" in run.stdout) == (">&-" not in closed.split())


@pytest.mark.slow
def test_a_lists_films_are_shown_though_the_index_is_busy(filmtui: Callable[..., Run], tmp_path: Path) -> None:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "a.yaml").write_text(films(film("a")))
    filmtui("list", "--catalog", str(root))
    (root / "b.yaml").write_text(films(film("b")))
    (index,) = (tmp_path / "cache").glob("*.sqlite3")
    with closing(Database(index)) as busy, busy.writing():
        run = filmtui("list", "--catalog", str(root))
    assert run.stdout.splitlines()[1:] == ["          a"]
    assert run.stderr == (
        "filmtui: filmtui lain sedang membaca katalog ini, jadi daftar film mungkin belum lengkap; "
        "coba lagi setelah selesai\n"
    )
    assert run.returncode == 1
