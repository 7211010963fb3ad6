"""Small files: replaced whole or not at all, read or nothing, and locks."""

import errno
import os
import stat
from pathlib import Path

import pytest

from tui.base.disk import keep_value, kept_value, lock, replace_file, replacing


def test_what_fails_midway_leaves_the_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"before")

    def fill() -> None:
        with replacing(file) as stream:
            stream.write(b"half")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        fill()
    assert file.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a"]  # noqa: PTH208


def test_writers_of_one_file_do_not_meet_and_the_last_one_holds(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with replacing(file) as one, replacing(file) as other:
        one.write(b"one, which ends last")
        other.write(b"other")
    assert file.read_bytes() == b"one, which ends last"
    assert os.listdir(file.parent) == ["a"]  # noqa: PTH208


@pytest.mark.skipif(os.name != "posix", reason="permissions and links of POSIX")
def test_links_and_permissions_stay_and_a_new_file_is_private_where_asked(tmp_path: Path) -> None:
    file, link = tmp_path / "a", tmp_path / "link"
    file.write_bytes(b"1")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, b"2", private=True)
    assert link.is_symlink()
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"2", 0o640)
    replace_file(tmp_path / "own", b"", private=True)
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"", b"{", b'{"a": "b"}', b"\xff", b"[" * 10_000])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a"
    assert kept_value(None, dict[str, int]) is None
    assert kept_value(file, dict[str, int]) is None
    file.write_bytes(data)
    assert kept_value(file, dict[str, int]) is None
    keep_value(file, {"a": 1})
    assert kept_value(file, dict[str, int]) == {"a": 1}
    keep_value(file / "below a file", {"a": 2})  # raises nothing
    assert kept_value(file, dict[str, int]) == {"a": 1}


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with lock(tmp_path, wait=True) as free, lock(tmp_path, wait=False) as other:
        assert (free, other) == (True, False)
    with lock(tmp_path, wait=False) as free:
        assert free
