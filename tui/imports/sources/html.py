"""Saved HTML: schema.org's Movie and ScreeningEvent as JSON-LD or microdata, else the page's text."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean, fold
from tui.base.words import N_
from tui.films.dates import parse as parse_date
from tui.films.film import LONGEST_NAME, LONGEST_TEXT, Credit, Film, Prose, Release
from tui.imports.sources.incoming import Incoming, SourceError, Taken
from tui.imports.sources.values import (
    NO_CLASS,
    NO_LENGTH,
    Problems,
    country,
    each,
    genres,
    line,
    lines,
    links,
    minutes,
    rating,
    tongue,
    year_of,
)
from tui.imports.sources.written import FIRST_YEAR, LAST_YEAR
from tui.imports.sources.written import parse as parse_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from selectolax.lexbor import LexborNode

T = TypeVar("T")

_MOST_TAGS = 1_000_000
_MOST_PARSED = 20_000
"""Elements of a page that is made a tree. Walking it does not recurse, but making it takes the square of its depth: 2 s
for so many div elements within each other, 40 s for 100,000."""
_MOST_AGAIN = 2_000_000
"""Elements times those like b that stay open: each paragraph has all of them once more."""
_WIDEST = 2_000
"""Characters of a tag beside its values: each attribute is compared with those before it."""
_MOST_ITEMS = 20_000
"""Elements with microdata."""
_MOST_FILMS = 2_000
"""In data; each is looked for in the text, for its line."""


def read(text: str, name: str) -> Taken:
    """Films of its data, else those of its text. Raises SourceError."""
    report = Problems(name)
    seen = _Seen(text, name)
    if films := _Data(text, seen, report).films():
        return Taken(films, [], report.reported())
    from tui.imports.sources.page import page

    if not seen.lines:
        raise SourceError(message(N_("{name}: no film in it"), name=name))
    told = page.read("\n".join(line for _, line in seen.lines), name)
    # the page's lines are those that are seen; an editor looks for them in the file

    def place(number: int) -> int:
        return seen.lines[min(number, len(seen.lines)) - 1][0]

    return Taken(
        [msgspec.structs.replace(film, line=place(film.line)) for film in told.films],
        told.news,
        [
            *report.reported(),
            *(msgspec.structs.replace(problem, line=place(problem.line)) for problem in told.problems),
        ],
    )


# what is seen

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*+)|!--|[!?/])")
# possessive, and a quote is one only behind its “=”: time grows with the length and no faster
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+>""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article",
    "header", "footer", "main", "aside", "dt", "dd", "dl", "figure", "figcaption", "blockquote", "pre", "option",
    "form", "hr", "body", "head", "html", "fieldset", "address", "details", "summary", "caption", "button",
})  # fmt: skip
_TEXT_ONLY = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"})
"""In these nothing is a tag but their own end."""
_UNSEEN = _TEXT_ONLY | {"template", "noscript", "svg", "nav", "select"}
_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_LINKED = re.compile(r"\stype\s*=\s*[\"']?\s*application/(?:[\w.-]+\+)?ld\+json", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s(?:xml:)?lang\s*=\s*[\"']?\s*([a-z]{2,3})\b", re.IGNORECASE)


class _Seen:
    """A page by its tags, without a tree: its text as lines, with their lines in the source; blocks of JSON-LD."""

    def __init__(self, text: str, name: str) -> None:
        """Raises SourceError for more tags than any page has."""
        self.lines: list[tuple[int, str]] = []
        self.linked: list[tuple[int, str]] = []
        """Where each block begins in the text, and the block."""
        self.language = ""
        self._text = text
        self._pieces: list[str] = []
        self._at = self._number = 1
        self._counted = 0
        self._begun = False
        self._hidden = 0
        self._endless: set[str] = set()
        self._elements = self._formatting = self._most_formatting = self._widest = 0
        self._read(name)

    @property
    def tame(self) -> bool:
        """Whether a tree can be made of it in seconds."""
        return (
            self._elements <= _MOST_PARSED
            and self._elements * self._most_formatting <= _MOST_AGAIN
            and self._widest <= _WIDEST
        )

    def _read(self, name: str) -> None:
        text, at, count = self._text, 0, 0
        while match := _TAG.search(text, at):
            count += 1
            if count > _MOST_TAGS:
                wording = N_("{name}: too long for a film page; keep the part with the film and its list")
                raise SourceError(message(wording, name=name))
            self._put(at, match.start())
            at = self._after(match)
            if at < 0:
                break
        else:
            self._put(at, len(text))
        self._break()

    def _after(self, match: re.Match[str]) -> int:
        """Where the page goes on behind a tag or comment; -1 if it has no end, and so is all the rest."""
        text, tag = self._text, (match[2] or "").lower()
        if not tag:
            comment = match[0] == "<!--"
            end = text.find("-->" if comment else ">", match.end())
            return end if end < 0 else end + (3 if comment else 1)
        ended = _TAG_END.match(text, match.end())
        if ended is None:
            return -1
        self._count(tag, ended, opens=not match[1])
        if tag in {"td", "th"}:
            self._pieces.append("\t")
        elif tag in _BLOCKS:
            self._break()
        if tag == "html" and (wording := _LANGUAGE.search(ended[0])):
            self.language = wording[1].lower()
        return self._within(tag, ended) if tag in _UNSEEN and not match[1] else ended.end()

    def _count(self, tag: str, ended: re.Match[str], *, opens: bool) -> None:
        self._elements += opens
        if tag in _FORMATTING:
            self._formatting = max(0, self._formatting + (1 if opens else -1))
            self._most_formatting = max(self._most_formatting, self._formatting)
        if len(ended[0]) > _WIDEST:
            self._widest = max(self._widest, len(_QUOTED.sub("", ended[0])))

    def _within(self, tag: str, ended: re.Match[str]) -> int:
        """Behind the start of an element that is not seen: on to its end if it has text only, else on with its tags."""
        at = ended.end()
        end = None
        if tag not in self._endless:
            end = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(self._text, at)
        if end is None:
            self._endless.add(tag)
            return -1 if tag in _TEXT_ONLY else at
        if tag == "script" and _LINKED.search(ended[0]):
            self.linked.append((at, self._text[at : end.start()]))
        if tag in _TEXT_ONLY:
            return end.start()
        self._hidden = max(self._hidden, end.start())
        return at

    def _put(self, start: int, end: int) -> None:
        if start < end and start >= self._hidden:
            from html import unescape

            piece = self._text[start:end]
            if not self._begun and (rest := piece.lstrip()):
                self._begun = True
                self._number = self._line_at(end - len(rest))
            self._pieces.append(re.sub(r"[\t\r\n]", " ", unescape(piece)))

    def _line_at(self, at: int) -> int:
        self._at += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._at

    def _break(self) -> None:
        if self._pieces:
            cells = [" ".join(cell.split()) for cell in "".join(self._pieces).split("\t")]
            whole = "\t".join(cell for cell in cells if cell)
            if whole:
                self.lines.append((self._number, whole))
            self._pieces.clear()
            self._begun = False


# what its data say

_FILMS = frozenset({"Movie", "ScreeningEvent"})
_PROPERTIES = frozenset({
    "name", "alternateName", "startDate", "datePublished", "dateCreated", "copyrightYear", "releasedEvent",
    "location", "actor", "actors", "director", "author", "creator", "producer", "productionCompany", "genre",
    "duration", "contentRating", "countryOfOrigin", "inLanguage", "description", "url", "embedUrl", "sameAs",
    "trailer", "workPresented", "characterName",
})  # fmt: skip


class _Data:
    """schema.org's items of a page, from both of its notations."""

    def __init__(self, text: str, seen: _Seen, report: Problems) -> None:
        self._text = text
        self._seen = seen
        self._report = report
        self._language = {"id": "id", "in": "id", "ind": "id", "en": "en", "eng": "en"}.get(seen.language, "plain")
        self._by_id: dict[str, dict[str, Any]] = {}

    def films(self) -> list[Incoming]:
        told: dict[str, tuple[Incoming, bool]] = {}
        items = [*self._linked(), *((item, 0) for item in self._micro())]
        if len(items) > _MOST_FILMS:
            self._report(1, message(N_("more than {count} films; the rest was left out"), count=_MOST_FILMS))
        for item, since in items[:_MOST_FILMS]:
            event = "ScreeningEvent" in _types(item)
            found = self._film(item, event, since)
            if found is None:
                continue
            key = fold(found.film.title)
            known = told.get(key)
            told[key] = _both(*known, found, event) if known else (found, event)
        return [found for found, _ in told.values()]

    # JSON-LD

    def _linked(self) -> list[tuple[dict[str, Any], int]]:
        """Films, and where their block begins in the text."""
        blocks = []
        for since, raw in self._seen.linked:
            data = _json(raw)
            if data is None:
                text = message(N_("a block of the page's data (JSON-LD) cannot be read and was left out"))
                self._report(self._line(since), text)
            else:
                blocks.append((data, since))
        return [(item, since) for data, since in blocks for item in list(_walk(data, self._by_id))]

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    # microdata

    def _micro(self) -> Iterator[dict[str, Any]]:
        """Items in the order of the page, those that are a property of another within it."""
        if not re.search(r"itemtype\s*=\s*[\"']?\s*https?://schema\.org/", self._text, re.IGNORECASE):
            return
        if not self._seen.tame:
            text = N_("the page is too large or too deeply nested for its data (microdata) to be read")
            self._report(1, message(text))
            return
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(self._text)
        items: dict[int, dict[str, Any]] = {}
        whole: list[dict[str, Any]] = []
        # a node that both match comes twice
        nodes = {node.mem_id: node for node in tree.css("[itemscope], [itemprop]")[:_MOST_ITEMS]}
        for node in nodes.values():
            attributes = node.attributes
            named = [name for name in (attributes.get("itemprop") or "").split() if name in _PROPERTIES]
            owner = _owner(node, items) if named else None
            value: Any = None
            if "itemscope" in attributes:
                value = items[node.mem_id] = {"@type": (attributes.get("itemtype") or "").split()}
                if owner is None:
                    whole.append(value)
            for name in named:
                if owner is not None:
                    told = owner.setdefault(name, [])
                    told.append(_value(node, name) if value is None else value)
        yield from _walk(whole, {})

    # what both say

    def _film(self, item: dict[str, Any], event: bool, since: int) -> Incoming | None:
        movie = item
        if event:
            movie = next(iter(self._records(item.get("workPresented"))), {})
            movie = {"name": item.get("name"), "url": item.get("url")} | movie
        title = self._text_of(movie.get("name"))
        named = movie.get("name")  # as it stands there, with its entities
        at = max(self._text.find(named if isinstance(named, str) and named else title, since), since)
        if not title:
            self._report(self._line(at), message(N_("a film of the page's data has no name, or one that is too long")))
            return None
        releases = self._releases([item] if event else self._records(movie.get("releasedEvent")), at)
        if not releases and not event:
            releases = self._releases([{"startDate": movie.get("datePublished")}], at)
        about = _one(movie.get("description"))
        if len(about) > LONGEST_TEXT:
            text = N_("the synopsis was left out: it is longer than {count} characters; shorten it")
            self._report(self._line(at), message(text, count=LONGEST_TEXT))
        synopsis = lines(_untagged(about))
        other = self._text_of(movie.get("alternateName"))
        trailers = [_one(one.get("embedUrl") or one.get("url")) for one in self._records(movie.get("trailer"))]
        film = Film(
            id="",
            title=title,
            original_title=other if other and other != title else None,
            releases=tuple(releases),
            genres=genres("\n".join(_many(movie.get("genre")))),
            runtime=self._single(minutes, NO_LENGTH, movie.get("duration"), at),
            rating=self._single(rating, NO_CLASS, movie.get("contentRating"), at),
            countries=each(country, _many(movie.get("countryOfOrigin"))),
            languages=each(tongue, _many(movie.get("inLanguage"))),
            directors=self._names(movie.get("director")),
            writers=self._names(movie.get("author")) or self._names(movie.get("creator")),
            producers=self._names(movie.get("producer")),
            companies=self._names(movie.get("productionCompany")),
            cast=self._cast(movie.get("actor") or movie.get("actors")),
            synopsis=Prose(**{self._language: synopsis}) if synopsis else None,
            links=links([*_many(movie.get("url")), *_many(movie.get("sameAs")), *trailers]),
        )
        years = (year_of(_one(movie.get(name))[:4]) for name in ("copyrightYear", "dateCreated"))
        return Incoming(film=film, line=self._line(at), year=next((year for year in years if year), None))

    def _single(self, read_one: Callable[[str], T | None], unread: str, value: object, at: int) -> T | None:
        """A single value; None, and reported, if it cannot be read."""
        text = _one(value).strip()
        found = read_one(text)
        if text and found is None:
            self._report(self._line(at), message(unread, value=clean(text[:40])))
        return found

    def _releases(self, events: list[dict[str, Any]], at: int) -> list[Release]:
        found: dict[tuple[str, str], Release] = {}
        for event in events[:_MOST_FILMS]:
            text = _one(event.get("startDate"))
            if not text:
                continue
            day = _day(text)
            if day is None:
                unread = N_("“{value}” is no date that can be read; write 7 Januari 2026 or 2026-01-07")
                self._report(self._line(at), message(unread, value=clean(text[:40])))
                continue
            place = next(iter(self._records(event.get("location"))), {})
            nation = country(_one(place.get("name"))) if "Country" in _types(place) else None
            release = Release(date=day, region=nation) if nation else Release(date=day)
            found.setdefault((day, release.region), release)
        return list(found.values())

    def _records(self, value: object) -> list[dict[str, Any]]:
        """Items; where only an @id is given, the one that has it."""
        found = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
        return [self._by_id.get(_one(one.get("@id")), one) if "name" not in one else one for one in found]

    def _text_of(self, value: object) -> str:
        return line(_one(value))

    def _names(self, value: object) -> tuple[str, ...]:
        told = [
            self._text_of(self._records(one)[0] if isinstance(one, dict) else one)
            for one in (value if isinstance(value, list) else [value])
        ]
        return tuple(dict.fromkeys(name for name in told if name))

    def _cast(self, value: object) -> tuple[Credit, ...]:
        found: dict[str, Credit] = {}
        for one in value if isinstance(value, list) else [value]:
            person, role = one, None
            if isinstance(one, dict) and _types(one) & {"PerformanceRole", "Role"}:
                role = self._text_of(one.get("characterName")) or None
                person = one.get("actor")
            for name in self._names(person):
                known = found.get(name)
                if known is None or not known.role:
                    found[name] = Credit(name=name, role=role)
        return tuple(found.values())


def _both(one: Incoming, event: bool, other: Incoming, also_event: bool) -> tuple[Incoming, bool]:
    """What a page says of one film in two places.

    Of its screenings the first is the opening, but what the film itself says of its release goes before.
    """
    releases = one.film.releases or other.film.releases
    if one.film.releases and other.film.releases:
        if event and also_event:
            releases = min(one.film.releases, other.film.releases, key=lambda told: told[0].when.key)
        elif event:
            releases = other.film.releases
    values = {
        name: getattr(one.film, name) or getattr(other.film, name) for name in Film.__struct_fields__ if name != "id"
    }
    film = Film(**{**values, "id": "", "releases": releases, "links": other.film.links | one.film.links})
    return Incoming(film=film, line=one.line, year=one.year or other.year), event and also_event


def _json(raw: str) -> Any:
    """As pages write it: in a comment or CDATA section, or with line breaks in its texts; None if it is none."""
    raw = re.sub(r"^(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)(?:\*/)?|(?://|/\*)?\s*(?:-->|\]\]>)(?:\*/)?;?$", "", raw.strip())
    try:
        return msgspec.json.decode(raw.strip().rstrip(";"))
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    try:
        return json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(data: object, by_id: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Films, and events that show one, wherever they stand: level by level, as nesting has no bound."""
    waiting = deque([data])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, list | dict))
        elif isinstance(value, dict):
            if len(value) > 1 and isinstance(id := value.get("@id"), str):
                by_id.setdefault(id, value)
            if _types(value) & _FILMS and len(value) > 1:
                yield value
            else:
                waiting.extend(inner for inner in value.values() if isinstance(inner, list | dict))


def _types(value: dict[str, Any]) -> set[str]:
    """Movie, whether it is written so, as schema:Movie or as https://schema.org/Movie."""
    text = value.get("@type")
    return {re.split(r"[/:#]", one.rstrip("/"))[-1] for one in _flat(text) if isinstance(one, str)}


def _flat(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else (value,)


def _owner(node: LexborNode, items: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in items:
            return items[parent.mem_id]
        parent = parent.parent
    return None


def _value(node: LexborNode, name: str) -> str:
    if name in {"url", "embedUrl", "sameAs", "trailer"}:
        told = node.attributes.get("href") or node.attributes.get("src")
        if told:
            return told
    for attribute in ("content", "datetime"):
        if node.attributes.get(attribute):
            return node.attributes[attribute] or ""
    return node.text(deep=True, separator=" ")[: LONGEST_TEXT + 1]


def _one(value: object) -> str:
    """The first text in it: itself, its name, or that of the first in a list."""
    for _ in range(4):
        if isinstance(value, list):
            value = next((one for one in value if one), None)
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        else:
            break
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:LONGEST_NAME]
    return _unescaped(value) if isinstance(value, str) else ""


def _many(value: object) -> list[str]:
    return [text for one in _flat(value) if (text := _one(one).strip())]


def _unescaped(text: str) -> str:
    """Pages write entities into their JSON too."""
    from html import unescape

    return unescape(text) if "&" in text else text


def _untagged(text: str) -> str:
    return re.sub(r"</?[a-zA-Z][^<>]*>", " ", re.sub(r"(?i)<br\b[^<>]*>|</p>", "\n", text))


def _day(text: str) -> str | None:
    """The date's part as it is written: no zone moves it."""
    text = text.strip()[:60]
    match = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ].*)?", text, re.ASCII)
    if match is None:
        written = parse_written(text)
        return written.date if written else None
    try:
        known = parse_date(match[1])
    except ValueRefusedError:
        return None
    return str(known) if FIRST_YEAR <= (known.year or 0) <= LAST_YEAR else None
