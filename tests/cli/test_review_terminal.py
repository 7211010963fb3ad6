"""The review of an import in a terminal: each answer to each question, and the film in the user's editor."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from benchmarks.terminal import Terminal, text
from tests.conftest import film, films
from tui.catalog.writing import snippet
from tui.films.film import Credit, Film, Prose, Release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

TAKE = "[k]eluar"
WHICH = "Yang mana?"
AGAIN = "Ubah lagi?"


class Review(Terminal):
    """Asks and answers: each answer is sent when its question stands there."""

    _read_so_far = 0

    def answer(self, question: str, keys: str) -> str:
        """What was shown up to the question, and then the keys with Enter."""
        self.wait_for(question, since=self._read_so_far)
        wording = text(bytes(self.sent[self._read_so_far :]))
        self._read_so_far = len(self.sent)
        self.send(keys + "\n")
        return wording

    def end(self) -> tuple[int, str]:
        code = self.ended()
        return code, text(bytes(self.sent[self._read_so_far :]))


@contextmanager
def reviewed(root: Path, rows: str, editor: str = "false") -> Iterator[Review]:
    page = root.parent / "films.csv"
    page.write_text("title,date\n" + rows, "utf-8")
    env = {**os.environ, "TERM": "xterm-256color", "VISUAL": "", "EDITOR": editor}
    command = (
        sys.executable,
        "-m",
        "tui",
        "import",
        str(page),
        "--into",
        str(root),
        "--today",
        "2026-01-01",
        "--lang",
        "id",
    )
    with Review(command, env) as review:
        yield review


@pytest.fixture
def root(catalog: Callable[..., Path]) -> Path:
    """A catalog of one film."""
    return catalog(**{"2026-01": films(film("musuh", "Musuh Dalam Selimut", "2026-01-08"))})


NEW = "Laut Bercerita,2026-02-05\nKembang Api,2026-02-12\nHujan,2026-02-19\n"


def written(root: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(root.glob("*.yaml")))


@posix
def test_yes_and_no_take_and_leave_a_film(root: Path) -> None:
    with reviewed(root, NEW) as review:
        assert "Laut Bercerita · 5 Feb 2026" in review.answer(TAKE, "y")
        assert "Kembang Api" in review.answer(TAKE, "t")
        assert "Hujan" in review.answer(TAKE, "Ya")
        code, text = review.end()
    assert (code, "disimpan: 2 film di 2026-02.yaml" in text) == (0, True), text
    assert "Laut Bercerita" in written(root)
    assert "Kembang Api" not in written(root)
    assert "Hujan" in written(root)


@posix
def test_all_asks_no_more_and_an_answer_that_is_none_is_asked_again(root: Path) -> None:
    with reviewed(root, NEW) as review:
        review.answer(TAKE, "x")
        review.answer(TAKE, "s")
        code, text = review.end()
    assert (code, "disimpan: 3 film di 2026-02.yaml" in text) == (0, True), text


@posix
def test_quit_writes_nothing_of_what_was_taken_before(root: Path) -> None:
    before = written(root)
    with reviewed(root, NEW) as review:
        review.answer(TAKE, "y")
        review.answer(TAKE, "k")
        code, text = review.end()
    assert (code, "tidak ada yang disimpan" in text) == (1, True), text
    assert written(root) == before


UNCERTAIN = "Musuh Dlm Selimut,2026-01-08\n"


@posix
@pytest.mark.parametrize(
    ("answer", "text", "count"), [("", "tidak ada yang disimpan", 1), ("0", "disimpan: 1 film", 2), ("1", "", 1)],
    ids=["left out", "another film", "the known one"],
)  # fmt: skip
def test_an_uncertain_film_is_asked_about(root: Path, answer: str, text: str, count: int) -> None:
    with reviewed(root, UNCERTAIN) as review:
        asked = review.answer(WHICH, "7")
        assert "1  Musuh Dalam Selimut (2026-01.yaml)" in asked
        assert "0  film lain, baru di katalog" in asked
        review.answer(WHICH, answer)
        code, end = review.end()
    assert (code, text in end) == (0, True), end
    assert written(root).count("- id: ") == count


def editor(folder: Path, *lines: str) -> str:
    """A command that does this to the text of the file that it is given."""
    script = folder / "editor.py"
    body = "\n".join(lines)
    script.write_text(
        f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\ntext = path.read_text('utf-8')\n{body}\n"
        "path.write_text(text, 'utf-8')\nimport os; os.utime(path, (2e9, 2e9))\n",
        "utf-8",
    )
    return f"{sys.executable} {script}"


@posix
def test_a_film_is_taken_as_the_editor_left_it(root: Path, tmp_path: Path) -> None:
    with reviewed(root, "Laut Bercerita,2026-02-05\n", editor(tmp_path, "text += '  runtime: 98\\n'")) as review:
        review.answer(TAKE, "u")
        code, text = review.end()
    assert (code, "disimpan: 1 film" in text) == (0, True), text
    assert "runtime: 98" in written(root)


@posix
def test_what_is_wrong_after_the_editor_is_said_and_edited_again(root: Path, tmp_path: Path) -> None:
    repair = ("text = text.replace('runtime: lama', 'runtime: 98') if 'lama' in text else text + '  runtime: lama\\n'",)
    with reviewed(root, "Laut Bercerita,2026-02-05\n", editor(tmp_path, *repair)) as review:
        review.answer(TAKE, "u")
        assert "film.yaml:" in review.answer(AGAIN, "y")
        code, text = review.end()
    assert (code, "disimpan: 1 film" in text) == (0, True), text
    assert "runtime: 98" in written(root)


@posix
def test_an_edit_given_up_asks_about_the_film_again(root: Path, tmp_path: Path) -> None:
    with reviewed(root, "Laut Bercerita,2026-02-05\n", editor(tmp_path, "text += '  runtime: lama\\n'")) as review:
        review.answer(TAKE, "u")
        review.answer(AGAIN, "n")
        review.answer(TAKE, "t")
        code, text = review.end()
    assert (code, "tidak ada yang disimpan" in text) == (0, True), text


@posix
def test_the_id_of_a_known_film_stays_whatever_the_editor_makes_of_it(root: Path, tmp_path: Path) -> None:
    with reviewed(
        root, "Musuh Dalam Selimut,2026-01-15\n", editor(tmp_path, "text = text.replace('id: musuh', 'id: lain')")
    ) as review:
        assert "bergeser dari 8 Jan ke 15 Jan" in review.answer(TAKE, "u")
        code, text = review.end()
    assert (code, "disimpan: 1 film" in text) == (0, True), text
    assert "- id: musuh\n" in written(root)
    assert "2026-01-15" in written(root)


def test_a_film_as_text_is_the_same_film_again() -> None:
    film = Film(
        id="laut", title="Laut: 1917", releases=(Release(date="2026-02", status="tentative"),), genres=("drama",), runtime=98,
        cast=(Credit(name="Sari"),), synopsis=Prose(id="Satu.", en="One."),
    )  # fmt: skip
    assert snippet.load(snippet.dump(film)) == (film, [])


def test_a_text_without_a_film_gives_none_and_says_why() -> None:
    assert snippet.load("films: []\n")[0] is None
    film, problems = snippet.load("films:\n- id: laut\n  title: Laut\n  runtime: lama\n")
    assert film is None
    (problem,) = problems
    assert (problem.line, problem.column) == (4, 12)


def test_of_several_films_the_first_is_taken() -> None:
    film, problems = snippet.load("films:\n- {id: a, title: A}\n- {id: b, title: B}\n")
    assert film is not None
    assert (film.id, problems) == ("a", [])
