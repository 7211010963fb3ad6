"""A file's news and problems put into the tables and taken out: so few that a changed file's are all replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from tui.index import entry

if TYPE_CHECKING:
    from tui.base.errors import Problem
    from tui.films.film import News
    from tui.index.database import Connection


def clear(db: Connection, file: int) -> None:
    """Take out all that the file (its key) holds beside films and what said.py finds wrong with them."""
    db.execute("DELETE FROM mention WHERE news IN (SELECT key FROM news WHERE file = ?)", (file,))
    db.execute("DELETE FROM news WHERE file = ?", (file,))
    db.execute("DELETE FROM problem WHERE file = ? AND said IS NULL", (file,))


def put_news(db: Connection, file: int, news: News) -> None:
    body = entry.encode(news)
    key = db.execute(
        "INSERT INTO news (file, date, body, crc) VALUES (?, ?, ?, ?)",
        (file, news.date.isoformat() if news.date else None, body, crc32(body)),
    ).lastrowid
    db.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?)", ((film, key) for film in news.films))


def put_problem(db: Connection, file: int, problem: Problem, twin: str | None = None, said: int | None = None) -> None:
    """`twin`: the id that stands in another file too, if that is the problem; `said`: see the table."""
    text = entry.encode(problem.message)
    db.execute(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)",
        (file, problem.line, problem.column, text, crc32(text), twin, said),
    )
