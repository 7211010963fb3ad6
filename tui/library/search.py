"""The search language: what is typed in one line becomes a selection, and says what was understood of it.

Any text is a search. `genre:horor -bulan:2026-01 "exact" lebaran joko`: what is no known field or value is words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui.base.text import clean, fold
from tui.base.text import words as folded
from tui.base.words import N_
from tui.index.selection import Selection, Term
from tui.library import fields, moments
from tui.library.understood import SearchPart, Understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.library.fields import Context, Field, Meaning

_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_LONGEST = 1000
"""Characters of a search; more are not looked at."""


FILTERED = ("star", "genre", "rating", "type", "status", "country", "director")
"""The fields that the calendar's filter has as well."""


class _Token(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str
    """Without the minus before it."""
    excluded: bool

    @property
    def plain(self) -> bool:
        return '"' not in self.text


def understand(text: str, context: Context) -> Understood:
    """What this line means. Raises nothing, whatever the text is."""
    typed = text[:_LONGEST].translate(_QUOTES)
    lacking: set[int] = set()
    tokens, selection = list(_tokens(typed)), context.home
    parts: list[SearchPart] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        found = _field(token, context, lacking)
        count = 1
        if found is not None:
            field, meaning = found
            fielded, selection = _fielded(token, field, meaning, selection, context)
            parts.append(fielded)
        elif not token.plain:
            parts += _quoted(token, context)
        else:
            count, part = _words(tokens[at:], context, lacking)
            parts += [part] if part else []
        at += count
    parts = _grouped(parts)
    terms = tuple(part.term for part in parts if part.term)
    selection = msgspec.structs.replace(selection, terms=terms)
    return Understood(text, selection, tuple(parts), frozenset(lacking))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        excluded = word.startswith("-") and len(word) > 1
        bare = word[1:] if excluded else word
        name, colon, value = bare.partition(":")
        if bare.strip('-"') and not (colon and not value.strip('",') and fold(name) in fields.NAMED):
            yield _Token(match.start(), match.end(), bare, excluded)


def _field(token: _Token, context: Context, lacking: set[int]) -> tuple[Field, Meaning] | None:
    name, colon, value = token.text.partition(":")
    if token.text in {*fields.STARS}:
        name, colon, value = fields.KINDS["star"].names[0], ":", token.text
    field = fields.NAMED.get(fold(name)) if colon else None
    if field is None:
        return None
    values = [found for one in _COMMA.split(value) if (found := one.replace('"', "").strip())]
    meaning = fields.meaning(field, values, context, lacking) if values else None
    return (field, meaning) if meaning else None


def _fielded(
    token: _Token, field: Field, meaning: Meaning, selection: Selection, context: Context
) -> tuple[SearchPart, Selection]:
    values = tuple(value for _, value in meaning.facets)
    label = _label(f"{field.name(context.words)}: {', '.join(meaning.labels)}", token.excluded, context)
    facets = meaning.facets or tuple(facet for moment in meaning.moments for facet in moment.facets)
    term: Term | None = Term(facets=facets, excluded=token.excluded)
    change: dict[str, object] = {}
    if field.kind == "star":
        label = _label(meaning.labels[0], token.excluded, context)
        term = Term(films=context.starred(), excluded=token.excluded)
    elif meaning.people:
        words, *others = meaning.people
        whole = '"' in token.text
        term = Term(words, tuple(others), whole=whole, people=field.kind, excluded=token.excluded)
        values = tuple(meaning.labels) if whole else ()
    elif field.kind in {"from", "to"}:
        term, change = None, _bound(field.kind, meaning, selection, excluded=token.excluded)
    elif field.kind == "region" and not token.excluded:
        term, change = None, {"region": values[0]}
    elif field.kind == "type" and not token.excluded:
        wanted = frozenset(values)
        term, change = None, {"types": (selection.types & wanted or wanted) if selection.types else wanted}
    part = SearchPart(token.start, token.end, label, field.kind, values, token.excluded, typed=True, term=term)
    return part, msgspec.structs.replace(selection, **change)


def _bound(kind: str, meaning: Meaning, selection: Selection, *, excluded: bool) -> dict[str, object]:
    first = min(moment.first for moment in meaning.moments)
    last = max(moment.last for moment in meaning.moments)
    if kind == "from" and not excluded:
        return {"first": max(selection.first, first)}
    if kind == "to" and excluded:
        return {"first": max(selection.first, last + 1)}
    return {"last": min(selection.last, last if kind == "to" else first - 1)}


def _quoted(token: _Token, context: Context) -> list[SearchPart]:
    """Exact words, and what is typed against the quotes."""
    said = tuple(folded(token.text))
    if not said:
        return []
    term = Term(words=said, whole=True, excluded=token.excluded)
    words = clean(token.text.replace('"', " "))
    label = _label(f"“{words}”", token.excluded, context)
    return [SearchPart(token.start, token.end, label, excluded=token.excluded, term=term)]


def _words(tokens: list[_Token], context: Context, lacking: set[int]) -> tuple[int, SearchPart | None]:
    """What plain words mean: the beginnings of words, or a genre, or a moment."""
    ahead: list[_Token] = []
    for token in tokens[: moments.MOST_WORDS]:
        if not token.plain or (ahead and (token.excluded or _field(token, context, lacking))):
            break
        ahead.append(token)
    first = ahead[0]
    meant = _genre(ahead) or moments.read([token.text for token in ahead], context.clock, lacking)
    count = meant[0] if meant else 1
    said = tuple(word for token in ahead[:count] for word in folded(token.text))
    span = first.start, ahead[count - 1].end
    if meant is None:
        if not said:
            return count, None
        label = _label(f"“{clean(first.text)}”", first.excluded, context)
        return count, SearchPart(*span, label, excluded=first.excluded, term=Term(said, excluded=first.excluded))
    found = meant[1]
    facets: tuple[tuple[str, str], ...]
    if isinstance(found, str):
        kind, facets, name = "genre", (("genre", found),), fields.KINDS["genre"].label(found, context)
    else:
        kind, facets, name = "month", found.facets, found.name
    named = kind == "genre" or _is_month(found)
    shown = fields.KINDS[kind].name(context.words) if named else context.words.gettext(_WHEN)
    term = Term(said, facets=facets, excluded=first.excluded)
    label = _label(f"{shown}: {name}", first.excluded, context)
    values = tuple(value for _, value in facets) if kind == "genre" else ()
    return count, SearchPart(*span, label, kind, values, first.excluded, term=term)


_WHEN = N_("when")


def _is_month(found: object) -> bool:
    return isinstance(found, moments.Moment) and bool(found.month or (found.date and found.date.month))


def _genre(tokens: list[_Token]) -> tuple[int, str] | None:
    for count in range(min(len(tokens), 2), 0, -1):
        phrase = " ".join(word for token in tokens[:count] for word in folded(token.text))
        if genre := fields.genre_words().get(phrase):
            return count, genre
    return None


def _label(text: str, excluded: bool, context: Context) -> str:
    return context.words.gettext("not {what}").format(what=text) if excluded else text


def _grouped(parts: list[SearchPart]) -> list[SearchPart]:
    """Plain words that stand side by side are one part."""
    found: list[SearchPart] = []
    for part in parts:
        last = found[-1] if found else None
        if last and last.term and part.term and _loose(last) and _loose(part):
            term = msgspec.structs.replace(last.term, words=last.term.words + part.term.words)
            label = f"{last.label[:-1]} {part.label[1:]}"
            found[-1] = msgspec.structs.replace(last, end=part.end, label=label, term=term)
        else:
            found.append(part)
    return found


def _loose(part: SearchPart) -> bool:
    return bool(not part.field and not part.excluded and part.term and not part.term.whole)


def write(field: Field, values: Iterable[str], context: Context) -> str:
    """The field with these values as one types it in the user's language: genre:horor,laga; ★ for starred films."""
    if field.kind == "star":
        return fields.STAR
    texts = [field.written(value, context).replace('"', "") for value in values]
    exact = field.kind in fields.PEOPLE
    quoted = (f'"{text}"' if exact or re.search(r"[\s,:]", text) else text for text in texts)
    return f"{field.name(context.words)}:{','.join(quoted)}"


def taken(understood: Understood) -> tuple[str, dict[str, frozenset[str]]]:
    """What a line narrows by the fields of the filter, by their kinds, and the rest of the line."""
    parts = [part for part in understood.parts if part.typed and not part.excluded and part.field in FILTERED]
    parts = [part for part in parts if part.values]
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        found[part.field] = found.get(part.field, frozenset()) | {*part.values}
    return understood.without(*parts), found


def filtered(rest: str, chosen: dict[str, frozenset[str]], context: Context) -> str:
    """The line that narrows the rest by these values of fields."""
    own = [write(fields.KINDS[kind], sorted(values), context) for kind in FILTERED if (values := chosen.get(kind))]
    return " ".join(filter(None, [rest, *own]))


def plainly(text: str, home: Selection) -> Selection:
    """The rows of films that have each word of a text at the beginning of one of their own, whatever else it means."""
    return msgspec.structs.replace(home, terms=tuple(Term(words=(word,)) for word in folded(text)))


def exactly(text: str) -> str:
    """A line that asks for these very words."""
    bare = text.replace('"', " ")
    return f'"{bare}"'
