"""The command site: what it writes, says and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import filmtui

if TYPE_CHECKING:
    from pathlib import Path


def test_it_writes_a_site_and_says_what_it_did(tmp_path: Path) -> None:
    root = tmp_path / "situs"
    done = filmtui("site", str(root))
    written = len([path for path in root.rglob("*") if path.is_file()]) - 1  # the manifest
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"filmtui: {written} berkas ditulis ke {root}\n"
    done = filmtui("site", str(root), "--lang", "en")
    assert "en" not in [path.name for path in root.iterdir()]  # English is asked first now
    assert (root / "id" / "index.html").is_file()
    done = filmtui("site", str(root), "--lang", "en")
    assert done.stderr == f"filmtui: 0 files written to {root}, {written} as they were\n"


def test_the_filters_and_the_search_hold(tmp_path: Path) -> None:
    filmtui("site", str(tmp_path / "a"), "horor", "--from", "2025-12-31", "--to", "2026-01-31")
    assert {path.stem for path in (tmp_path / "a/films").iterdir()} == {"dusun-mayit", "kuyank"}
    filmtui("site", str(tmp_path / "b"), "--month", "2025-12")
    assert [path.name for path in (tmp_path / "b/months").iterdir()] == ["2025-12.html"]


def test_it_has_the_name_and_the_address_that_one_gives(tmp_path: Path) -> None:
    filmtui("site", str(tmp_path / "a"), "--name", "Bioskop & Kita", "--url", "https://example.org/f")
    text = (tmp_path / "a/index.html").read_text("utf-8")
    assert "<title>Bioskop &amp; Kita</title>" in text
    assert '<link rel="canonical" href="https://example.org/f/index.html">' in text
    done = filmtui("site", str(tmp_path / "b"), "--url", "ftp://example.org")
    assert done.returncode == 2
    assert "“ftp://example.org” bukan alamat situs; tulis https://example.org/films/" in done.stderr


def test_what_is_not_ours_is_told_and_left(tmp_path: Path) -> None:
    root = tmp_path / "situs"
    (root / "films").mkdir(parents=True)
    (root / "index.html").write_text("milik orang", "utf-8")
    done = filmtui("site", str(root))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "berisi berkas lain" in done.stderr
    assert not list((root / "films").iterdir())
    done = filmtui("site", str(root), "--force")
    assert done.returncode == 1
    assert done.stderr == (
        f"filmtui: {root}: bukan milik filmtui, atau sudah diubah, dan dibiarkan (index.html); selebihnya ditulis\n"
    )
    assert (root / "index.html").read_text("utf-8") == "milik orang"
    assert (root / "films" / "kuyank.html").is_file()


def test_places_that_it_cannot_write_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", "utf-8")
    for place in (tmp_path / "berkas", tmp_path / "berkas" / "dalam"):
        done = filmtui("site", str(place))
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "Traceback" not in done.stderr
    assert filmtui("site").returncode == 2


def test_export_writes_the_same(tmp_path: Path) -> None:
    filmtui("site", str(tmp_path / "a"))
    done = filmtui("export", "--format", "site", "-o", str(tmp_path / "b"))
    assert done.returncode == 0
    names = [{path.relative_to(tmp_path / root).as_posix() for path in (tmp_path / root).rglob("*")} for root in "ab"]
    assert names[0] == names[1]
