"""Saved HTML: films of the data it carries, else those of its text, read as a page that was copied."""

from __future__ import annotations

import msgspec

from tui.base.errors import message
from tui.base.words import N_
from tui.imports.sources.html.data import items_of
from tui.imports.sources.html.document import Document
from tui.imports.sources.html.films import films_of
from tui.imports.sources.html.naming import film_name, page_title
from tui.imports.sources.html.text import lines_of
from tui.imports.sources.incoming import Problems, SourceError, Taken


def read(text: str, name: str, year: int | None = None) -> Taken:
    """What a saved page says, with lines of the file. `name` is the source's, for the problems. Raises SourceError.

    `year` is that of dates without one, where the page names none.
    """
    report = Problems(name)
    document = Document(text, name)
    if films := films_of(items_of(document, report), document, report):
        return Taken(films, [], report.reported())
    from tui.imports.sources.page import page
    from tui.imports.sources.page.prepared import Outline

    lines = lines_of(document)
    if not lines:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    title = page_title(document)
    levels = {at: line.level for at, line in enumerate(lines, 1) if line.level}
    taken = page.read("\n".join(line.text for line in lines), name, year, Outline(title, film_name(title), levels))

    def place(number: int) -> int:
        return lines[min(number, len(lines)) - 1].number

    films = [msgspec.structs.replace(film, line=place(film.line)) for film in taken.films]
    problems = [msgspec.structs.replace(problem, line=place(problem.line)) for problem in taken.problems]
    return Taken(films, taken.news, [*report.reported(), *problems])
