"""The folder: only what has changed is written, nothing of anybody else is touched, and leavings are taken away."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.site.making import state_of
from tui.base.errors import ExportError
from tui.base.words import Words
from tui.exports.site import manifest, paths
from tui.exports.site.manifest import Manifest, line_of, path_of, sorted_lines
from tui.exports.site.writing import MANIFEST, SiteFolder, check_folder


def write(root: Path, files: dict[str, str]) -> SiteFolder:
    with SiteFolder(root) as folder:
        for path, text in files.items():
            folder.put(path, [text.encode()])
    return folder


def counts(folder: SiteFolder) -> tuple[int, int, int, list[str]]:
    return folder.written, folder.kept, folder.removed, folder.left


FILES = {"index.html": "satu", "films/a.html": "dua", "films/b.html": "tiga"}


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    root = tmp_path / "a" / "b"
    assert counts(write(root, FILES)) == (3, 0, 0, [])
    before = state_of(root)
    assert counts(write(root, FILES)) == (0, 3, 0, [])
    after = state_of(root)
    before.pop(MANIFEST), after.pop(MANIFEST)
    assert after == before
    assert set(before) == set(FILES)


def test_only_what_has_changed_is_written_and_what_is_no_longer_ours_is_taken_away(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    before = state_of(tmp_path)
    assert counts(write(tmp_path, {"index.html": "satu", "new/c.html": "empat"})) == (1, 1, 2, [])
    after = state_of(tmp_path)
    assert set(after) == {"index.html", "new/c.html", MANIFEST}
    assert after["index.html"] == before["index.html"]
    assert not (tmp_path / "films").exists()  # empty folders go too


def test_files_of_others_are_neither_replaced_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "a.html").write_text("theirs", "utf-8")
    (tmp_path / "films" / "mine.txt").write_text("theirs", "utf-8")
    assert counts(write(tmp_path, FILES)) == (2, 0, 0, ["films/a.html"])
    assert counts(write(tmp_path, {})) == (0, 0, 2, [])
    assert {name: data for name, (_, data) in state_of(tmp_path).items() if name != MANIFEST} == {
        "films/a.html": b"theirs",
        "films/mine.txt": b"theirs",
    }


def test_a_file_of_ours_that_somebody_has_changed_is_theirs(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "index.html").write_text("better", "utf-8")
    (tmp_path / "films" / "a.html").write_text("better", "utf-8")
    assert counts(write(tmp_path, {"index.html": "new"})) == (0, 0, 1, ["index.html"])
    assert (tmp_path / "index.html").read_text("utf-8") == "better"
    assert (tmp_path / "films" / "a.html").read_text("utf-8") == "better"
    (tmp_path / "index.html").unlink()
    assert counts(write(tmp_path, {"index.html": "new"})) == (1, 0, 0, [])


def test_a_run_that_was_interrupted_is_gone_on_with(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    with suppress(KeyboardInterrupt), SiteFolder(tmp_path) as folder:
        folder.put("index.html", [b"changed"])
        folder.put("films/c.html", [b"new"])
        raise KeyboardInterrupt
    assert (tmp_path / "films" / "a.html").exists()  # nothing is taken away
    assert counts(write(tmp_path, {"index.html": "again", "films/c.html": "again"})) == (2, 0, 2, [])
    assert counts(write(tmp_path, {})) == (0, 0, 2, [])


def test_what_is_written_is_noted_before_it_is_there(tmp_path: Path) -> None:
    with SiteFolder(tmp_path) as folder:
        folder.put("index.html", [b"new"])
        noted = (tmp_path / ".filmtui-site.journal").read_bytes()
    assert noted == line_of(sha256(b"new").hexdigest(), "index.html")


def test_two_do_not_write_at_once(tmp_path: Path) -> None:
    with SiteFolder(tmp_path) as folder:
        folder.put("index.html", [b"one"])
        with pytest.raises(ExportError) as error:
            write(tmp_path, FILES)
        assert error.value.message.text(Words("en")).startswith("another filmtui is writing into ")
    assert counts(write(tmp_path, FILES)) == (3, 0, 0, [])  # the lock is gone with it


def test_so_is_one_that_was_killed_before_it_replaced_the_file(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    line = line_of(sha256(b"never written").hexdigest(), "index.html")
    (tmp_path / ".filmtui-site.journal").write_bytes(line + line[:-5])  # the last line is not whole
    assert counts(write(tmp_path, FILES | {"index.html": "changed"})) == (1, 2, 0, [])


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.html").write_text("tiga", "utf-8")
    root = tmp_path / "site"
    root.mkdir()
    (root / "films").symlink_to(elsewhere)
    (root / "index.html").symlink_to(elsewhere / "b.html")
    (root / ".filmtui-site.journal").symlink_to(elsewhere / "journal")
    assert counts(write(root, FILES))[3] == ["index.html", "films/a.html", "films/b.html"]
    write(root, {})
    assert [path.name for path in elsewhere.iterdir()] == ["b.html"]


def test_a_manifest_cannot_name_files_outside(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("theirs", "utf-8")
    root.mkdir()
    digest = sha256(b"theirs").hexdigest()
    lines = [line_of(digest, "../outside.txt"), line_of(digest, str(outside))]
    (root / MANIFEST).write_bytes(b"".join(sorted_lines(lines)) + b"nonsense\n\xff\n")
    assert counts(write(root, {})) == (0, 0, 0, [])
    assert outside.exists()


def test_a_folder_where_a_file_would_be_is_left(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    (tmp_path / "films").write_text("a file", "utf-8")
    assert counts(write(tmp_path, FILES)) == (0, 0, 0, list(FILES))


def test_servers_may_read_what_is_written(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    umask = os.umask(0o022)
    os.umask(umask)
    assert (tmp_path / "films" / "a.html").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_long_file_is_compared_and_written_in_pieces(tmp_path: Path) -> None:
    pieces = [bytes([number]) * 65_000 for number in range(40)]
    with SiteFolder(tmp_path) as folder:
        folder.put("long", iter(pieces))
    assert (tmp_path / "long").read_bytes() == b"".join(pieces)
    with SiteFolder(tmp_path) as folder:
        folder.put("long", iter(pieces))
    assert folder.kept == 1
    with SiteFolder(tmp_path) as folder:
        folder.put("long", iter([*pieces[:-1], pieces[-1][:-1] + b"!"]))
    assert folder.written == 1


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
def test_the_manifest_is_one_that_other_programs_check(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    done = subprocess.run(["sha256sum", "--check", MANIFEST], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b": OK")) == (0, 3)


# which folders


def refusal(root: Path, catalog: Path, *, force: bool = False) -> str:
    with pytest.raises(ExportError) as error:
        check_folder(root, catalog, force=force)
    return error.value.message.text(Words("en"))


def test_folders_that_no_site_is_written_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = tmp_path / "kept" / "films"
    home = tmp_path / "home" / "me"
    catalog.mkdir(parents=True)
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    (tmp_path / "file").write_text("x", "utf-8")
    assert "is a file" in refusal(tmp_path / "file", catalog)
    for root in (home, home.parent, Path("/")):
        assert "a folder of its own" in refusal(root, catalog, force=True)
    for root in (catalog, catalog / "site", catalog.parent):
        assert "where the catalog lies" in refusal(root, catalog, force=True)
    check_folder(home / "site", catalog)


def test_a_folder_of_other_things_is_only_written_into_if_one_insists(tmp_path: Path) -> None:
    root, catalog = tmp_path / "site", tmp_path / "catalog"
    root.mkdir()
    (root / ".git").mkdir()
    check_folder(root, catalog)  # what is hidden does not count
    (root / "CNAME").write_text("example.org", "utf-8")
    assert "other files" in refusal(root, catalog)
    check_folder(root, catalog, force=True)
    write(root, FILES)
    check_folder(root, catalog)


# names


@given(st.lists(st.text(max_size=30), max_size=30, unique=True))
def test_other_names_have_other_files_which_every_system_takes(names: list[str]) -> None:
    files = [paths.genre(name) for name in names]
    assert len({file.lower() for file in files}) == len(names)
    for file in files:
        folder, _, name = file.partition("/")
        assert folder == "genres"
        assert name.isascii()
        assert len(name) < 250
        assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        assert name.split(".")[0] not in {"con", "nul", "aux", "prn", "com1", "lpt1", ""}
        assert not name.startswith(("_", "."))


@pytest.mark.parametrize("name", ["con", "x" * 201, "a/b", "", "Ä", "\ud800"])
def test_what_cannot_be_a_name_gets_another(name: str) -> None:
    assert paths.film(name) not in {f"films/{name}.html", "films/.html"}
    assert paths.film("red-rooms") == "films/red-rooms.html"


@given(st.sampled_from(["index.html", "films/a.html", "en/index.html", "en/films/a.html"]),
       st.sampled_from(["index.html", "genres/x.ics", "en/changes.html"]))  # fmt: skip
def test_an_address_leads_where_it_should(here: str, there: str) -> None:
    parts = here.split("/")[:-1]
    for part in paths.between(here, there).split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    assert "/".join(parts) == there


# the manifest

LINES = st.lists(
    st.builds(line_of, st.sampled_from(["a" * 64, "b" * 64]), st.text("abc/.-é", min_size=1, max_size=6)), max_size=60
)


@given(LINES)
def test_lines_are_sorted_by_path_in_pieces_as_at_once(lines: list[bytes]) -> None:
    whole = sorted(set(lines), key=lambda line: (path_of(line), line))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "_AT_ONCE", 7)
        found = list(sorted_lines(lines))
    assert sorted(set(found), key=lambda line: (path_of(line), line)) == whole
    assert [path_of(line) for line in found] == sorted(path_of(line) for line in found)


@given(LINES)
def test_a_path_is_found_with_all_that_it_was_written_as(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"manifest-{os.getpid()}"
    path.write_bytes(b"".join(sorted_lines(lines)))
    known = Manifest(path)
    for wanted in ("a", "abc", "zzz", "", *(path_of(line).decode() for line in lines)):
        expected = {line[:64].decode() for line in lines if path_of(line).decode() == wanted}
        assert known.digests(wanted) == expected
    known.close()
