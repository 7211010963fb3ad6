"""A field is described in one place: the recipe of docs/architecture.md is all that a new one needs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tui.films.facts import FILM, RELEASE
from tui.films.film import Film, Release

if TYPE_CHECKING:
    from pathlib import Path

WALK = '''
import json
from datetime import date
from pathlib import Path
from tui.app.film.article import Article
from tui.base.words import Words
from tui.catalog.check import check
from tui.catalog.writing.snippet import dump, load
from tui.exports.text import film_text
from tui.exports.data import csv, record
from tui.films.film import Film, Release
from tui.imports.combine import combine
from tui.imports.review import about
from tui.index.entry import entry_of

text = """films:
- id: laut
  title: Laut
  companies: [Ombak]
  budget: Sepuluh miliar
- id: darat
  title: Darat
  budget: [1, 2]
"""
words, today = Words("en"), date(2026, 1, 1)
film, problems = load(text)
known, _, fields = combine(Film(id="laut", title="Laut"), film, today, "")
print(json.dumps({
    "read": film.budget,
    "checked": [problem.text(words) for problem in problems],
    "shown": ["".join(piece.text for piece in line) for line in Article(words, today, 60).film(film, 0, [])],
    "text": list(film_text(film, [], words, today)),
    "searched": entry_of(film).words.split(),
    "json": record(type("Row", (), {"ordinal": 0}), film)["budget"],
    "csv": list(csv([(type("Row", (), {"ordinal": 0}), film)])),
    "merged": [known.budget, *fields],
    "written": dump(film),
}))
'''


def test_a_new_field_is_two_lines(tmp_path: Path) -> None:
    """Both are copied from the guide into a copy of the program."""
    guide = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    (attribute,) = re.findall(r"^budget: .*$", guide, re.MULTILINE)
    (row,) = re.findall(r"^Fact\(\"budget\".*$", guide, re.MULTILINE)
    copied = tmp_path / "tui"
    shutil.copytree(ROOT / "tui", copied, ignore=shutil.ignore_patterns("__pycache__"))
    _insert(copied / "films" / "film.py", "    cast: tuple[Credit, ...] = ()\n", f"    {attribute}\n")
    _insert(copied / "films" / "facts.py", '    Fact("cast",', f"    {row},\n")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{WALK}"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.stderr == ""
    seen = json.loads(ran.stdout)
    assert seen["read"] == "Sepuluh miliar"
    assert [problem.split(": ", 1)[1] for problem in seen["checked"]] == ["needs one value, not a list or fields"]
    assert "Budget              Sepuluh miliar" in seen["shown"]
    assert "Budget              Sepuluh miliar" in seen["text"]
    assert {"sepuluh", "miliar"} <= set(seen["searched"])
    assert seen["json"] == "Sepuluh miliar"
    header, line = seen["csv"]
    assert dict(zip(header.split(","), line.split(","), strict=True))["budget"] == "Sepuluh miliar"
    assert seen["merged"] == ["Sepuluh miliar", "companies", "budget"]
    assert "  companies: [Ombak]\n  budget: Sepuluh miliar" in seen["written"]


def _insert(path: Path, before: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, new + before), "utf-8")


def test_each_field_has_its_row_in_the_order_of_the_format() -> None:
    assert [fact.name for fact in FILM] == list(Film.__struct_fields__)
    assert [fact.name for fact in RELEASE] == list(Release.__struct_fields__)
