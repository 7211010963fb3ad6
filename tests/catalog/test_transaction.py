from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.conftest import ROOT
from tui.base.errors import CatalogError
from tui.base.words import Words
from tui.catalog.files import JOURNAL
from tui.catalog.writing.journal import Journal, JournalFile, digest
from tui.catalog.writing.transaction import Write, commit, recover, undo

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = {
    "2025-12.yaml": b"films: []\n# old\n",
    "deep/2026-01.yaml": b"films:\n- id: a\n  title: A\n",
    "gone.yaml": b"news:\n",
}
NEW = {
    "2025-12.yaml": b"films: []\n# new\n",
    "deep/2026-01.yaml": b"films:\n- id: b\n  title: B\n",
    "come.yaml": b"films:\n",
}
STEPS = ("open", "write", "fsync", "replace", "unlink", "fchmod", "mkdir")


class Kill(BaseException):
    """The machine stops here."""


class Lethal:
    """The system's calls, of which the n-th does not happen, or only by half."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.left = at
        for name in STEPS:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left:
                return call(*arguments, **named)
            if name == "write":
                call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            raise Kill

        return step


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog"
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / "undo.json"


def writes(root: Path, old: dict[str, bytes] = OLD, new: dict[str, bytes] = NEW) -> list[Write]:
    return [Write(root / name, old.get(name), new.get(name)) for name in sorted(old | new)]


def contents(root: Path) -> dict[str, bytes]:
    """All that is in the catalog, hidden files too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def text(error: pytest.ExceptionInfo[CatalogError]) -> str:
    return error.value.message.text(Words("en"))


def test_all_is_written_and_taken_back(root: Path, state: Path) -> None:
    commit(root, writes(root), state)
    assert contents(root) == NEW
    assert not recover(root)
    assert undo(root, state) == ["2025-12.yaml", "come.yaml", "deep/2026-01.yaml", "gone.yaml"]
    assert contents(root) == OLD
    with pytest.raises(CatalogError, match="no import"):
        undo(root, state)


def test_nothing_to_write_leaves_the_last_undo_in_place(root: Path, state: Path) -> None:
    commit(root, writes(root), state)
    commit(root, [], state)
    undo(root, state)
    assert contents(root) == OLD


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    root = tmp_path / "new" / "catalog"
    commit(root, [Write(root / "2026.yaml", None, b"films:\n")], None)
    assert contents(root) == {"2026.yaml": b"films:\n"}


def test_a_catalog_of_one_file(tmp_path: Path, state: Path) -> None:
    root = tmp_path / "films.yaml"
    root.write_bytes(b"films:\n")
    commit(root, [Write(root, b"films:\n", b"films: []\n")], state)
    assert not recover(root)
    assert root.read_bytes() == b"films: []\n"
    assert undo(root, state) == ["films.yaml"]
    assert root.read_bytes() == b"films:\n"


@pytest.mark.parametrize("apart", [False, True], ids=["one file system", "the undo file on another"])
def test_killed_at_every_step(tmp_path: Path, apart: bool) -> None:
    """Afterwards it is the old catalog or the new one, and what can be taken back is what was done."""
    outcomes = []
    for at in range(1, 1000):
        folder, kept = tmp_path / f"c{at}", tmp_path / f"s{at}" / "undo.json"
        middle = {name: content + b"# middle\n" for name, content in OLD.items()}
        commit(folder, writes(folder, {}, OLD), None)
        commit(folder, writes(folder, OLD, middle), kept)
        with pytest.MonkeyPatch.context() as patch:
            if apart:
                put_apart(patch, kept)
            lethal = Lethal(patch, at)
            with contextlib.suppress(Kill):
                commit(folder, writes(folder, middle, NEW), kept)
        pending = (folder / JOURNAL).exists()
        assert recover(folder) == pending
        now = contents(folder)
        assert now in (middle, NEW)
        outcomes.append(now == NEW)
        if apart and now == middle and json.loads(kept.read_bytes())["files"][1]["name"] == "come.yaml":
            with pytest.raises(CatalogError, match="no import"):  # stopped between the two steps of the commit
                undo(folder, kept)
        else:
            undo(folder, kept)
            assert contents(folder) == (middle if now == NEW else OLD)
        if lethal.left > 0:
            break
    assert len(outcomes) > 30
    assert outcomes == sorted(outcomes)  # one step is the commit
    assert not outcomes[0]
    assert outcomes[-1]


def put_apart(patch: pytest.MonkeyPatch, kept: Path) -> None:
    """The undo file's folder is on another file system than the catalog."""
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if (source.parent == kept.parent) != (target.parent == kept.parent):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    patch.setattr(os, "replace", replace)


def test_killed_at_every_step_of_a_recovery(tmp_path: Path) -> None:
    """Whatever was left by a commit that was killed, and by the recovery of that: the next one gives the old catalog."""
    for first in range(5, 1000, 5):
        for at in range(1, 100):
            folder = tmp_path / f"c{first}-{at}"
            commit(folder, writes(folder, {}, OLD), None)
            with pytest.MonkeyPatch.context() as patch:
                done = Lethal(patch, first)
                with contextlib.suppress(Kill):
                    commit(folder, writes(folder), None)
            if done.left > 0:
                assert first > 40
                return
            with pytest.MonkeyPatch.context() as patch:
                lethal = Lethal(patch, at)
                with contextlib.suppress(Kill):
                    recover(folder)
            recover(folder)
            assert contents(folder) in (OLD, NEW)
            assert not recover(folder)
            if lethal.left > 0:
                break


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("call", ["write", "fsync", "open", "replace"])
def test_a_disk_that_refuses(root: Path, state: Path, code: int, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first file, the second, ...: one sentence, and nothing is changed or left behind."""
    real = getattr(os, call)
    met = []
    for at in range(1, 5):
        calls = iter(range(1, 1000))

        def failing(*arguments: Any, calls: Any = calls, at: int = at, **named: Any) -> Any:
            if next(calls) == at:
                raise OSError(code, os.strerror(code))
            return real(*arguments, **named)

        monkeypatch.setattr(os, call, failing)
        with pytest.raises(CatalogError) as error:
            commit(root, writes(root), state)
        monkeypatch.setattr(os, call, real)
        met.append(text(error))
        assert contents(root) == OLD
        assert not list(state.parent.glob("*"))
    assert all("nothing was saved" in sentence and "\n" not in sentence for sentence in met)
    if code == errno.ENOSPC:
        assert all("the disk is full" in sentence for sentence in met)


def test_a_disk_that_fails_twice_is_rolled_back_later(root: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once some files are replaced, neither the next one can be nor can the first be put back."""
    real = os.replace
    calls = iter(range(1, 1000))

    def failing(*arguments: Any) -> None:
        if next(calls) >= 3:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*arguments)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(CatalogError, match="the next start will undo it"):
        commit(root, writes(root), state)
    monkeypatch.setattr(os, "replace", real)
    assert recover(root)
    assert contents(root) == OLD
    assert not state.exists()


def test_a_conflict_writes_nothing(root: Path, state: Path) -> None:
    planned = writes(root)
    (root / "deep/2026-01.yaml").write_bytes(b"films: []\n")
    with pytest.raises(CatalogError, match="changed while the import was running"):
        commit(root, planned, state)
    assert contents(root) == OLD | {"deep/2026-01.yaml": b"films: []\n"}
    assert not list(state.parent.glob("*"))


def test_an_edit_while_the_new_contents_are_written_is_a_conflict(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def edited(handle: int) -> None:
        real(handle)
        if (root / JOURNAL).exists():
            (root / "deep/2026-01.yaml").write_bytes(b"# mine\n")

    monkeypatch.setattr(os, "fsync", edited)
    with pytest.raises(CatalogError, match="changed while the import was running"):
        commit(root, writes(root), None)
    assert contents(root) == OLD | {"deep/2026-01.yaml": b"# mine\n"}


def test_a_file_that_may_not_be_written_is_not_replaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder would allow it, and so would the system to root."""
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "2025-12.yaml")
    with pytest.raises(CatalogError) as error:
        commit(root, writes(root), None)
    assert text(error).startswith(f"{root / '2025-12.yaml'}: no permission to write there; nothing was saved")
    assert contents(root) == OLD


@pytest.mark.parametrize("name", ["gone.yaml", "come.yaml"])
def test_a_file_that_came_or_went_is_a_conflict(root: Path, name: str) -> None:
    planned = writes(root)
    (root / "gone.yaml").unlink()
    if name == "come.yaml":
        (root / "gone.yaml").write_bytes(OLD["gone.yaml"])
        (root / "come.yaml").write_bytes(b"")
    before = contents(root)
    with pytest.raises(CatalogError, match="changed while the import was running"):
        commit(root, planned, None)
    assert contents(root) == before


def test_what_was_changed_since_is_not_taken_back(root: Path, state: Path) -> None:
    commit(root, writes(root), state)
    (root / "come.yaml").write_bytes(b"films: []\n")
    with pytest.raises(CatalogError) as error:
        undo(root, state)
    assert text(error).startswith("come.yaml: changed since")
    assert contents(root) == NEW | {"come.yaml": b"films: []\n"}
    (root / "come.yaml").write_bytes(NEW["come.yaml"])
    undo(root, state)
    assert contents(root) == OLD


def test_another_catalogs_import_is_not_taken_back(root: Path, state: Path, tmp_path: Path) -> None:
    commit(root, writes(root), state)
    other = tmp_path / "other"
    commit(other, writes(other, {}, NEW), None)
    with pytest.raises(CatalogError, match="no import"):
        undo(other, state)
    state.write_bytes(b"{")
    with pytest.raises(CatalogError, match="no import"):
        undo(root, state)


def test_a_file_that_went_comes_back_with_its_mode(root: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "gone.yaml").chmod(0o660)
    commit(root, writes(root), state)
    undo(root, state)
    assert (root / "gone.yaml").stat().st_mode & 0o777 == 0o660
    real = os.unlink
    with monkeypatch.context() as patch:

        def deadly(path: Any, **named: Any) -> None:
            real(path, **named)
            if Path(path).name == "gone.yaml":
                raise Kill

        patch.setattr(os, "unlink", deadly)
        with pytest.raises(Kill):
            commit(root, writes(root), state)
    assert not (root / "gone.yaml").exists()
    assert recover(root)
    assert (root / "gone.yaml").stat().st_mode & 0o777 == 0o660


def test_what_the_old_contents_are_kept_in_is_private(root: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(Kill))
        with pytest.raises(Kill):
            commit(root, writes(root), state)
    assert (root / JOURNAL).stat().st_mode & 0o777 == 0o600
    commit(root, writes(root), state)
    assert state.stat().st_mode & 0o777 == 0o600


def test_mode_and_links_are_kept(root: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.yaml"
    real.parent.mkdir()
    real.write_bytes(OLD["2025-12.yaml"])
    real.chmod(0o640)
    (root / "2025-12.yaml").unlink()
    (root / "2025-12.yaml").symlink_to(real)
    (root / "deep/2026-01.yaml").chmod(0o604)
    commit(root, writes(root), None)
    assert (root / "2025-12.yaml").readlink() == real
    assert real.read_bytes() == NEW["2025-12.yaml"]
    assert real.stat().st_mode & 0o777 == 0o640
    assert (root / "deep/2026-01.yaml").stat().st_mode & 0o777 == 0o604
    assert list(real.parent.iterdir()) == [real]


def test_killed_behind_a_link(root: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.yaml"
    real.parent.mkdir()
    for at in range(1, 1000):
        for path in (root, real.parent):
            for name, content in OLD.items():
                (path / name).parent.mkdir(exist_ok=True)
                (path / name).unlink(missing_ok=True)
                (path / name).write_bytes(content)
        (root / "come.yaml").unlink(missing_ok=True)
        (root / "2025-12.yaml").unlink()
        (root / "2025-12.yaml").symlink_to(real)
        real.write_bytes(OLD["2025-12.yaml"])
        with pytest.MonkeyPatch.context() as patch:
            lethal = Lethal(patch, at)
            with contextlib.suppress(Kill):
                commit(root, writes(root), None)
        recover(root)
        assert contents(root) in (OLD, NEW)
        assert not list(real.parent.glob(".*"))
        if lethal.left > 0:
            break


def test_nothing_to_recover_costs_two_stats(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:
            calls.append(name)
            return call(*arguments, **named)

        return counting

    for name in ("stat", "lstat", "open", "scandir", "listdir"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    assert not recover(root)
    assert calls == ["stat", "lstat"]


def test_a_damaged_journal_is_set_aside(root: Path) -> None:
    (root / JOURNAL).write_bytes(b'{"ready": tru')
    (root / ".filmtui-00c0ffee-0.tmp").write_bytes(b"films:\n")
    (root / "deep" / ".filmtui-00c0ffee-1.tmp").write_bytes(b"films:\n")
    assert recover(root)
    assert contents(root) == OLD | {".filmtui-import.broken": b'{"ready": tru'}


def journal(root: Path, file: JournalFile, token: str | None = None) -> bytes:
    """As one that was made here, unless it has another token."""
    token = token or f"{root.stat().st_ino:08x}"
    return msgspec.json.encode(Journal(token=token, folder="", files=[file]))


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":3,"token":"00c0ffee","folder":"","files":[]}',
        b'{"format":2,"token":"../../up","folder":"","files":[]}',
        b'{"format":2,"token":"00c0ffee","folder":"","files":[{"name":"2025-12.yaml","before":"!","after":null}]}',
        b'{"format":2,"token":"00c0ffee","folder":"","files":[{"name":"a","before":"","after":null,"mode":2541}]}',
        b'{"x":' + b"[" * 100_000,
        b"\0" * 100, b"\xff\xfe", b"[]",
    ],
    ids=["newer", "token", "content", "setuid", "deep", "zeros", "no text", "a list"],
)  # fmt: skip
def test_a_journal_that_no_commit_made_is_set_aside(root: Path, data: bytes) -> None:
    (root / JOURNAL).write_bytes(data)
    assert recover(root)
    assert contents(root) == OLD | {".filmtui-import.broken": data}


def test_a_journal_that_was_not_written_to_the_end_is_removed(root: Path) -> None:
    whole = journal(root, JournalFile("2025-12.yaml", b"films:\n", digest(OLD["2025-12.yaml"])))
    for end in range(len(whole)):
        (root / JOURNAL).write_bytes(whole[:end])
        assert recover(root)
        assert contents(root) == OLD


def test_a_link_out_of_a_foreign_catalog_is_not_followed(root: Path, tmp_path: Path) -> None:
    """The catalog came with a journal and a link to a file whose content is known: that is not what we replaced."""
    outside = tmp_path / "profile"
    outside.write_bytes(b"theirs")
    (root / "link.yaml").symlink_to(outside)
    file = JournalFile("link.yaml", b"ours", digest(b"theirs"))
    (root / JOURNAL).write_bytes(journal(root, file, "00c0ffee"))
    assert recover(root)
    assert outside.read_bytes() == b"theirs"
    (root / JOURNAL).write_bytes(journal(root, file))
    assert recover(root)
    assert outside.read_bytes() == b"ours"


def test_a_journal_of_a_catalog_that_was_copied_is_used(root: Path) -> None:
    file = JournalFile("2025-12.yaml", b"before", digest(OLD["2025-12.yaml"]))
    (root / JOURNAL).write_bytes(journal(root, file, "00c0ffee"))
    assert recover(root)
    assert contents(root) == OLD | {"2025-12.yaml": b"before"}


def test_a_file_without_an_end_does_not_hold_a_start_up(root: Path) -> None:
    os.mkfifo(root / "pipe.yaml")
    (root / JOURNAL).write_bytes(journal(root, JournalFile("pipe.yaml", b"", digest(b""))))
    with pytest.raises(CatalogError, match="an import stopped"):
        recover(root)


@pytest.mark.parametrize("ready", [b"true", b"false"])
def test_a_journal_of_the_first_format_is_told(root: Path, ready: bytes) -> None:
    """It says what was to be put in place, and not what was there before."""
    data = b'{"ready":' + ready + b',"entries":[{"name":"2025-12.yaml","temp":null,"before":null,"after":null}]}'
    (root / JOURNAL).write_bytes(data)
    for attempt in (lambda: recover(root), lambda: commit(root, writes(root), None)):
        with pytest.raises(CatalogError) as error:
            attempt()
        assert "an older filmtui left an import half saved" in text(error)
        assert text(error).startswith(str(root / JOURNAL))
    assert contents(root) == OLD | {JOURNAL: data}


def test_an_undo_file_of_the_first_format_is_read(root: Path, state: Path) -> None:
    commit(root, writes(root), state)
    kept = json.loads(state.read_bytes())
    old = {
        "folder": kept["folder"],
        "label": "",
        "files": [{key: file[key] for key in ("name", "before", "after")} for file in kept["files"]],
    }
    state.write_text(json.dumps(old), "utf-8")
    undo(root, state)
    assert contents(root) == OLD


@pytest.mark.parametrize(
    "name", ["../out.yaml", "/etc/out.yaml", "deep/../../out.yaml", "link/out.yaml", ".git/x.yaml"]
)
def test_a_journal_cannot_lead_outside(root: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "link").symlink_to(outside)
    for folder in (tmp_path, outside):
        (folder / "out.yaml").write_bytes(b"theirs")
        (folder / ".filmtui-00c0ffee-0.tmp").write_bytes(b"ours")
    file = JournalFile(name, b"ours", digest(b"theirs"))
    (root / JOURNAL).write_bytes(journal(root, file))
    assert recover(root)
    for folder in (tmp_path, outside):
        assert (folder / "out.yaml").read_bytes() == b"theirs"
        assert (folder / ".filmtui-00c0ffee-0.tmp").exists()


def test_an_edit_between_the_kill_and_the_start_is_not_lost(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for nth in (1, 2, 3):  # before the first file is replaced, and after it
        for name in contents(root):
            (root / name).unlink()
        for name, content in OLD.items():
            (root / name).write_bytes(content)
        real = os.replace
        calls = iter(range(1, 1000))

        def deadly(*arguments: Any, real: Any = real, calls: Any = calls, nth: int = nth) -> None:
            if next(calls) == nth:
                raise Kill
            real(*arguments)

        monkeypatch.setattr(os, "replace", deadly)
        with pytest.raises(Kill):
            commit(root, writes(root), None)
        monkeypatch.setattr(os, "replace", real)
        edited = {"deep/2026-01.yaml": b"# mine\n", "come.yaml": b"# mine too\n"}
        for name, content in edited.items():
            (root / name).write_bytes(content)
        assert recover(root)
        assert contents(root) == OLD | edited


def test_two_at_once(root: Path) -> None:
    """Another process holds the folder: a commit says so, and a start leaves the journal to it."""
    script = """
        import sys
        from pathlib import Path
        from tui.catalog.writing.disk import locked
        with locked(Path(sys.argv[1])) as free:
            assert free
            print("held", flush=True)
            sys.stdin.read()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(CatalogError, match="another import"):
            commit(root, writes(root), None)
        (root / JOURNAL).write_bytes(b"{}")
        assert not recover(root)
        (root / JOURNAL).unlink()
        assert contents(root) == OLD
        process.communicate()
    commit(root, writes(root), None)
    assert contents(root) == NEW


def test_only_files_of_the_catalog_are_written(root: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "out.yaml", root / ".." / "out.yaml", root / JOURNAL):
        with pytest.raises(CatalogError, match="not inside"):
            commit(root, [Write(path, None, b"")], None)
    (root / "twin.yaml").symlink_to(root / "gone.yaml")
    both = [Write(root / name, OLD["gone.yaml"], b"films:\n") for name in ("gone.yaml", "twin.yaml")]
    with pytest.raises(CatalogError, match="two names"):
        commit(root, both, None)
    assert contents(root) == OLD | {"twin.yaml": OLD["gone.yaml"]}


def test_a_name_that_is_not_text(root: Path, state: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.yaml"))
    commit(root, [Write(path, None, b"films:\n")], state)
    assert path.read_bytes() == b"films:\n"
    assert undo(root, state) == ["caf\N{REPLACEMENT CHARACTER}.yaml"]
    assert not path.exists()
