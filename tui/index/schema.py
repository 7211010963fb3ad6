"""The tables of an index, and the stamp that tells an index of this program from any other."""

from __future__ import annotations

import unicodedata
from functools import cache
from zlib import crc32

from tui import __version__
from tui.base.errors import Message
from tui.films.facts import FILM, RELEASE
from tui.films.film import Credit, Earlier, Film, News, Prose, Release

VERSION = 9
"""Raised when other values are put into the same tables: other words, facets, places, ... (see entry.py)."""

# SQLite does not notice a bit that has flipped in a value. So what is shown has a checksum beside it, which is
# compared when it is read.
# A release's rowid is its place in the calendar (see entry.py), so pages and full-text hits come in calendar order
# without a sort. `search` holds which words and facets a release has, not where or how often: this takes a quarter
# of the space of a full-text table that can find phrases, and two thirds of the time to make.
TABLES = """
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,    -- -1 while its films are being put in
    mtime INTEGER NOT NULL,   -- -1 where it was too young to be trusted
    digest BLOB
);
CREATE TABLE film (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file INTEGER NOT NULL,    -- 0 where several layers make the film
    body BLOB NOT NULL,       -- the Film as JSON
    crc INTEGER NOT NULL      -- of the body
);
CREATE INDEX film_file ON film (file);
CREATE TABLE said (           -- what layers say of films that are not one layer's alone, see said.py
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    layer TEXT NOT NULL,
    file INTEGER NOT NULL,
    line INTEGER NOT NULL,    -- where it begins in the file; 0 where nothing can be wrong with it
    column INTEGER NOT NULL,
    same_as TEXT,
    places BLOB NOT NULL,     -- those of its releases in the calendar, as JSON
    body BLOB NOT NULL,       -- a Film as JSON
    crc INTEGER NOT NULL,     -- of the body
    UNIQUE (id, layer)
);
CREATE INDEX said_file ON said (file);
CREATE INDEX said_same_as ON said (same_as) WHERE same_as IS NOT NULL;
CREATE TABLE touched (        -- ids of films to be put together anew
    id TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE release (
    place INTEGER PRIMARY KEY,
    film INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, -- which of the film's releases
    home INTEGER NOT NULL,    -- shown unless asked for more
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    region TEXT NOT NULL,
    status TEXT NOT NULL,
    genre TEXT NOT NULL,      -- the film's first, or empty
    crc INTEGER NOT NULL,     -- of the row as it is read, see entry.row_crc
    genres TEXT NOT NULL,     -- these four to be counted: the values with a line break between them, see counts.py
    rating TEXT NOT NULL,
    countries TEXT NOT NULL,
    directors TEXT NOT NULL
);
CREATE INDEX release_film ON release (film);
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3', tokenize = ascii
);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE moved (     -- films that say when a date of theirs moved
    day INTEGER NOT NULL,     -- its date key
    film INTEGER NOT NULL,
    PRIMARY KEY (day, film)
) WITHOUT ROWID;
CREATE INDEX moved_film ON moved (film);
CREATE TABLE whole (          -- one row once all files have been read: changes count from then on
    read INTEGER PRIMARY KEY
);
CREATE TABLE state (          -- one row
    generation INTEGER NOT NULL, -- another one after each transaction that changed something
    months BLOB NOT NULL,     -- each period of the calendar and its rows, as JSON
    crc INTEGER NOT NULL      -- of the months
);
CREATE TABLE day (            -- each date key of the calendar, and its rows
    key INTEGER PRIMARY KEY, rows INTEGER NOT NULL
);
CREATE TABLE facet (
    kind TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE TABLE news (key INTEGER PRIMARY KEY, file INTEGER NOT NULL, date TEXT, body BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE INDEX news_date ON news (date DESC);
CREATE INDEX news_file ON news (file);
CREATE TABLE mention (
    film TEXT NOT NULL, news INTEGER NOT NULL, PRIMARY KEY (film, news)
) WITHOUT ROWID;
CREATE INDEX mention_news ON mention (news);
CREATE TABLE problem (
    file INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, message BLOB NOT NULL,
    crc INTEGER NOT NULL,     -- of the message
    twin TEXT,                -- the id that stands in two files, if that is the problem
    said INTEGER              -- the key of what is wrong beside other layers, if that is the problem
);
CREATE INDEX problem_said ON problem (said) WHERE said IS NOT NULL;
CREATE INDEX problem_file ON problem (file);
CREATE INDEX problem_twin ON problem (twin) WHERE twin IS NOT NULL;
"""

PROBES = (
    *(
        f"SELECT 1 FROM {table} LIMIT 1"
        for table in (
            "file",
            "film",
            "said",
            "touched",
            "release",
            "word",
            "moved",
            "whole",
            "state",
            "day",
            "facet",
            "news",
            "mention",
            "problem",
        )
    ),
    """SELECT 1 FROM search WHERE search MATCH '"¶¶¶away"' LIMIT 1""",
)
"""What an index must be able to answer when it is opened."""


STORED = (Film, Release, Earlier, Credit, Prose, News, Message)
"""What is stored as JSON by the names and types of its fields."""


@cache
def stamp() -> int:
    """What made an index: 31 bits, kept as its user_version. An index with another stamp is made anew.

    Of the tables and `VERSION`; of the program's version; of Python's Unicode tables, by which words are folded; and of
    the fields of all that is stored, with their types and defaults, and of how facts.py says they are found.
    """
    fields = [(kind.__name__, kind.__annotations__, kind.__struct_defaults__) for kind in STORED]
    found = [
        (fact.name, fact.texts and fact.texts.__qualname__, fact.facet, fact.people, fact.counts_none)
        for fact in (*FILM, *RELEASE)
    ]
    made_by = (TABLES, VERSION, __version__, unicodedata.unidata_version, fields, found)
    return crc32(repr(made_by).encode()) >> 1


LONGEST_PREFIX = 3
"""Letters of a beginning of a word that `search` finds directly."""
