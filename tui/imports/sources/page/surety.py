"""Whether a page's only film is surely one: one date below one heading is as often that of a meeting or a diary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.errors import message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.film import Film
from tui.films.terms import GENRES
from tui.imports.sources.page.dated import is_day
from tui.imports.sources.page.kinds import facts_of
from tui.imports.sources.page.lines import FIELDS, kind_of, labelled, shortened
from tui.imports.sources.values import genre, minutes

if TYPE_CHECKING:
    from tui.base.errors import Message
    from tui.imports.sources.incoming import Incoming
    from tui.imports.sources.page.lines import Line

UNSURE = N_(
    "“{title}”: not surely a film: nothing else here speaks of films; leave only its title and date, or add a label "
    "such as “Genre: Drama”"
)
_FILM_WORDS = re.compile(
    r"\b(?:films?|filmnya|movies?|bioskop|layar lebar|box office|cinemas?|theat(?:er|re)s?|theatrical\w*|premieres?"
    r"|tayang\w*|(?:di|me|pe)n?tayang\w*|(?:di)?rilis\w*|perilisan|gala perdana|sinopsis\w*|synopsis|trailers?|teasers?"
    r"|(?:di)?bintang(?:i|nya)|sutradara\w*|disutradarai|pemeran\w*|diperankan|aktor|aktris|starring|directed by"
    r"|release (?:date|schedule|calendar)|(?:release|releases|released) (?:in|on|to)|imax|cgv|cin[eé]polis|xxi)\b",
    re.IGNORECASE,
)
"""What a page about films has somewhere and other notes seldom have; “release” alone is as often a program's."""
_TITLE_AND_DAY = frozenset({"title", "releases", "id"})


def unsure(films: list[Incoming], lines: list[Line], told: str = "") -> Message | None:
    """What is to be told instead of the page's only film, of which nothing shows that it is one; None if all is well.

    `told` is what else is known of the page: its title in saved HTML. A page that is nothing but a title and its date
    was written for it.
    """
    if len(films) != 1 or not films[0].film.releases or _has_more(films[0].film):
        return None
    title = films[0].film.title
    dates = [line.text for line in lines if is_day(line.text)]
    others = [
        line.text
        for line in lines
        if not (line.number == films[0].line or fold(line.text) == fold(title) or is_day(line.text))
    ]
    if not others or _FILM_WORDS.search("\n".join((told, *dates))) or any(map(_speaks, others)):
        return None
    return message(UNSURE, title=shortened(title))


def _has_more(film: Film) -> bool:
    empty = Film(id="", title="")
    return any(
        getattr(film, name) != getattr(empty, name) for name in Film.__struct_fields__ if name not in _TITLE_AND_DAY
    )


def _speaks(text: str) -> bool:
    """Whether a line speaks of films: by a word, a label, a genre or a length that stands by itself."""
    plain = clean(text)
    if _FILM_WORDS.search(plain) or facts_of(plain) or kind_of(plain) in FIELDS:
        return True
    if (pair := labelled(plain)) and pair[0] in FIELDS - {"date"}:
        return True
    return len(plain) < 40 and (genre(plain) in GENRES or bool(minutes(plain) and not plain.isdigit()))
