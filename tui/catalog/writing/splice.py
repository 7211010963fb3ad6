"""One film's text after an edit: only what changed is written anew, the rest stays to the byte."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.text import clean
from tui.catalog.writing import emit
from tui.catalog.writing.layout import Fields, Items, Layout, Leaf, Part, Tree
from tui.films.film import Credit, Earlier, Film, Prose, Release

if TYPE_CHECKING:
    from collections.abc import Iterable

Cut = tuple[int, int, str]
"""From, to (in characters), and what stands there instead."""


_LONG = 88
"""A text of several lines that becomes longer than this stays one of several lines."""


class OddLayoutError(Exception):
    """The text's form is one that cannot be cut into."""


def apply(layout: Layout, cuts: Iterable[Cut], start: int = 0, end: int | None = None) -> str:
    """The text from `start` to `end` with the cuts made. Of several at one place the first stands first."""
    text = layout.text
    pieces = []
    at = start
    for first, last, new in sorted(cuts, key=lambda cut: cut[:2]):
        if first < at:
            raise OddLayoutError
        pieces += [text[at:first], re.sub(r"\r?\n", layout.newline, new)]
        at = last
    return "".join([*pieces, text[at:end]])


def edited(layout: Layout, part: Part, before: Film, film: Film, offset: int) -> str:
    """The film's text from its dash to its end, changed; `offset` is how much deeper lists' dashes stand.

    Raises OddLayoutError.
    """
    splicer = _Splicer(layout, offset)
    splicer.mapping(part.tree, _values(before), _values(film), list(_RANK[Film]))
    return apply(layout, splicer.cuts, part.dash, part.end)


_RANK: dict[type, tuple[str, ...]] = {kind: kind.__struct_fields__ for kind in (Film, Release, Earlier, Credit)}


def _values(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {name: getattr(value, name) for name in value.__struct_fields__}


class _Splicer:
    def __init__(self, layout: Layout, offset: int) -> None:
        self._layout = layout
        self._text = layout.text
        self._offset = offset
        self.cuts: list[Cut] = []

    def _cut(self, start: int, end: int, new: str) -> None:
        self.cuts.append((start, end, new))

    # fields

    def mapping(self, tree: Tree, old: dict[str, Any], new: dict[str, Any], rank: list[str]) -> None:
        if not isinstance(tree, Fields):
            raise OddLayoutError
        where = {clean(key.value): at for at, (key, _) in enumerate(tree.pairs)}
        gone: list[int] = []
        added: list[str] = []
        for name in rank:
            now = new.get(name)
            if old.get(name) == now:
                continue
            if name == "releases" and "release" in where:
                self._short(tree, where["release"], now or (), gone, added)
            elif name not in where:
                if not emit.absent(now):
                    added.append(name)
            elif emit.absent(now):
                gone.append(where[name])
            else:
                self._value(tree, where[name], name, old.get(name), now)
        if not gone and not added:
            return
        if tree.flow:
            self._braces(tree, gone, [(name, new[name]) for name in added], rank)
        else:
            self._lines(tree, gone, [(name, new[name]) for name in added], rank)

    def _short(self, tree: Fields, at: int, now: tuple[Release, ...], gone: list[int], added: list[str]) -> None:
        """`release: 2026-01-07`, which can say no more than a date."""
        key, value = tree.pairs[at]
        if len(now) == 1 and now[0].date and now[0] == Release(date=now[0].date) and isinstance(value, Leaf):
            self._leaf(value, now[0].date, "release", tree.flow, 0)
        elif not now:
            gone.append(at)
        elif tree.flow:
            gone.append(at)
            added.append("releases")
        else:
            column = self._layout.column(key.start)
            written = emit.entry("releases", now, column, self._offset)
            first, rest = written.split("\n", 1)
            self._cut(key.start, value.end, first)
            self._cut(end := self._layout.line_end(value.end), end, "\n" + rest)

    def _value(self, tree: Fields, at: int, name: str, old: Any, new: Any) -> None:
        key, value = tree.pairs[at]
        column = 0 if tree.flow else self._layout.column(key.start)
        if isinstance(old, Prose) and isinstance(new, Prose) and old.plain and new.plain:
            old, new = old.plain, new.plain
        if isinstance(value, Leaf) and value.end > value.start and isinstance(new, str | int):
            self._leaf(value, str(new), name, tree.flow, column)
        elif _whole(value, old, new):
            self._anew(key, value, name, new, column, tree.flow)
        else:
            self._inner(value, old, new)

    def _inner(self, value: Tree, old: Any, new: Any) -> None:
        if isinstance(value, Items):
            self._list(value, old, new)
        elif isinstance(new, dict):
            self.mapping(value, old, new, list(dict.fromkeys([*new, *old])))
        else:
            self.mapping(value, _values(old), _values(new), [*new.__struct_fields__])

    def _anew(self, key: Leaf, value: Tree, name: str, new: Any, column: int, flow: bool) -> None:
        colon = self._text.index(":", key.end) + 1
        end = max(value.end, colon)
        if flow:
            self._cut(colon, end, " " + emit.inline(new, name))
            return
        written = emit.entry(name, new, column, self._offset)
        tail = written[len(emit.scalar(name)) + 1 :]
        if name == "synopsis" and isinstance(new, Prose) and new.plain:
            tail = f" {self._prose(new.plain, column + 2, end)}"
        if tail.startswith("\n"):
            self._cut(colon, end, "")
            self._cut(behind := self._layout.line_end(end), behind, tail)
        else:
            self._cut(colon, end, tail)

    def _leaf(self, leaf: Leaf, new: str, name: str, flow: bool, column: int) -> None:
        """A text in the way the old one was written, if it can be."""
        space = " " if leaf.end == leaf.start else ""  # straight behind a colon
        self._cut(leaf.start, leaf.end, space + self._written(leaf, new, name, flow, column))

    def _written(self, leaf: Leaf, new: str, name: str, flow: bool, column: int) -> str:
        old = self._text[leaf.start : leaf.end]
        if leaf.style in {"|", ">"}:
            head, _, body = old.partition("\n")
            lines = [line for line in body.split("\n") if line.strip()]
            known = re.search(r"\d", head.split("#")[0])
            indent = len(lines[0]) - len(lines[0].lstrip()) if lines and not known else column + 2
            written = self._prose(new, indent, leaf.end)
            if written[0] in "|>":
                form, _, body = written.partition("\n")
                comment = re.search(r"\s#[^\r\n]*", head)
                return f"{form}{comment[0] if comment else ''}\n{body}"
            return written
        if leaf.style == '"' or (leaf.style == "'" and emit.special(new)):
            return emit.quoted(new)
        if leaf.style == "'":
            return "'" + new.replace("'", "''") + "'"
        if not flow and ("\n" in new or ("\n" in old and len(new) > _LONG)):
            return self._prose(new, column + 2, leaf.end)
        return emit.scalar(new, name=name, flow=flow)

    def _prose(self, new: str, column: int, end: int) -> str:
        """A text as lines from `column` on, unless a comment below would become its last."""
        below = re.compile(r"[^\r\n]*\s*[\r\n]([ ]*)#").match(self._text, end)
        if below and len(below[1]) >= column:
            return emit.scalar(new)
        return emit.prose(new, column)

    def _lines(self, tree: Fields, gone: list[int], added: list[tuple[str, Any]], rank: list[str]) -> None:
        pairs = tree.pairs
        kept = [at for at in range(len(pairs)) if at not in gone]
        if not kept:
            raise OddLayoutError
        for at in gone:
            key, value = pairs[at]
            if at < kept[0]:
                continue  # together, below
            self._remove_lines(key.start, value.end)
        if kept[0] > 0:
            start, last, behind = pairs[0][0].start, pairs[kept[0] - 1][1].end, pairs[kept[0]][0].start
            self._cut(start, behind if "#" not in self._text[last:behind] else last, "")
        column = self._layout.column(pairs[0][0].start)
        pad = "\n" + " " * column
        order = {name: at for at, name in enumerate(rank)}
        order["release"] = order.get("releases", -1)
        for name, value in added:
            earlier = [at for at in kept if order.get(clean(pairs[at][0].value), -1) < order[name]]
            written = emit.entry(name, value, column, self._offset)
            if earlier:
                last = max(earlier, key=lambda at: (order.get(clean(pairs[at][0].value), -1), at))
                self._cut(end := self._layout.line_end(pairs[last][1].end), end, pad + written)
            else:
                self._cut(start := pairs[kept[0]][0].start, start, written + pad)

    def _remove_lines(self, start: int, end: int) -> None:
        """The lines that a field or an item takes, with the line break before them."""
        first, last = self._layout.line_start(start), self._layout.line_end(end)
        if self._text[first:start].strip():
            raise OddLayoutError
        broken = 2 if self._text[first - 2 : first] == "\r\n" else 1
        self._cut(first - broken, last, "")

    # lists

    def _list(self, tree: Items, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        plan = _aligned(old, new)
        kept = [at for at, _ in plan if at is not None]
        changed = {at: value for at, value in plan if at is not None and value != old[at]}
        same = len(kept) == len(old) == len(new)
        if tree.flow and not same:
            entries: list[tuple[str, int | None]] = []
            for at, value in plan:
                if at is None:
                    entries.append((emit.inline(value), None))
                else:
                    entries.append((self._piece(tree.items[at], old[at], value), at))
            spans = [(item.start, item.end) for item in tree.items]
            self._brackets(tree, spans, entries)
            return
        for at, value in changed.items():
            self._item(tree.items[at], old[at], value, tree.flow)
        if same:
            return
        self._dashed(tree, kept, plan)

    def _dashed(self, tree: Items, kept: list[int], plan: list[tuple[int | None, Any]]) -> None:
        if not kept:
            raise OddLayoutError
        dashes = self._layout.dashes(tree)
        for at, item in enumerate(tree.items):
            if at not in kept:
                self._remove_lines(dashes[at], item.end)
        model = tree.items[kept[0]]
        column = self._layout.column(dashes[kept[0]])
        lead = self._text[dashes[kept[0]] : model.start]
        lead = lead if lead.strip() == "-" and "\n" not in lead else "- "
        inner = column + len(lead)
        pad = "\n" + " " * column
        last: int | None = None
        for place, value in plan:
            if place is not None:
                last = place
                continue
            if isinstance(model, Fields):
                written = emit.inline(value) if model.flow else emit.fields(value, inner, self._offset)
            else:
                written = emit.item(value, inner, self._offset)
            if last is None:
                self._cut(first := dashes[kept[0]], first, lead + written + pad)
            else:
                end = self._layout.line_end(tree.items[last].end)
                self._cut(end, end, pad + lead + written)

    def _item(self, tree: Tree, old: Any, new: Any, flow: bool) -> None:
        if isinstance(tree, Leaf) and isinstance(new, str) and tree.end > tree.start:
            self._leaf(tree, new, "", flow, self._layout.column(tree.start))
        elif isinstance(tree, Fields) and isinstance(new, msgspec.Struct) and not _whole(tree, old, new):
            self._inner(tree, old, new)
        else:
            self._cut(tree.start, tree.end, emit.inline(new))

    def _piece(self, tree: Tree, old: Any, new: Any) -> str:
        """An item's text by itself, changed."""
        outer, self.cuts = self.cuts, []
        if old != new:
            self._item(tree, old, new, flow=True)
        inner, self.cuts = self.cuts, outer
        return apply(self._layout, inner, tree.start, tree.end)

    # brackets and braces

    def _braces(self, tree: Fields, gone: list[int], added: list[tuple[str, Any]], rank: list[str]) -> None:
        spans = [(key.start, value.end) for key, value in tree.pairs]
        # what was already cut inside goes along with its entry
        entries: list[tuple[str, int | None]] = []
        names: list[str] = []
        for at, (start, end) in enumerate(spans):
            inside = [cut for cut in self.cuts if start <= cut[0] and cut[1] <= end]
            if at not in gone:
                entries.append((apply(self._layout, inside, start, end), at))
                names.append(clean(tree.pairs[at][0].value))
            self.cuts = [cut for cut in self.cuts if cut not in inside]
        order = {name: at for at, name in enumerate(rank)}
        for name, value in added:
            place = max((at + 1 for at, known in enumerate(names) if order.get(known, -1) < order[name]), default=0)
            entries.insert(place, (f"{emit.scalar(name, flow=True)}: {emit.inline(value, name)}", None))
            names.insert(place, name)
        self._brackets(tree, spans, entries)

    def _brackets(
        self, tree: Items | Fields, spans: list[tuple[int, int]], entries: list[tuple[str, int | None]]
    ) -> None:
        """Put these between the brackets; a comment stays with the entry before it."""
        text = self._text
        opening = text.index("[" if isinstance(tree, Items) else "{", tree.start) + 1
        closing = tree.end - 1
        if not spans:
            self._cut(opening, closing, ", ".join(written for written, _ in entries))
            return
        gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
        tail = text[spans[-1][1] : closing]
        bodies = [_without_comma(gap) for gap in [*gaps, tail]]
        lead = text[opening : spans[0][0]]
        between = _space_behind(bodies[0]) if gaps else (lead if "\n" in lead else " ")
        last = _space_behind(bodies[-1])
        indent = "\n" + " " * self._layout.column(spans[0][0])
        written = []
        for number, (entry, at) in enumerate(entries):
            final = number == len(entries) - 1
            body = "" if at is None else bodies[at].rstrip()
            own = between if at is None or at == len(gaps) else _space_behind(bodies[at])
            space = last if final else own
            if "#" in body and "\n" not in space:
                space = indent
            written.append(f"{entry}{'' if final and ',' not in _bare(tail) else ','}{body}{space}")
        self._cut(opening, closing, lead + "".join(written))


def _is_fields(value: Any) -> bool:
    return isinstance(value, dict | msgspec.Struct) and not (isinstance(value, Prose) and value.plain)


def _whole(value: Tree, old: Any, new: Any) -> bool:
    """Whether a value has to be written as a whole."""
    match value:
        case Items():
            if not (isinstance(new, tuple) and isinstance(old, tuple) and old and len(old) == len(value.items)):
                return True
            return all(at is None for at, _ in _aligned(old, new))
        case Fields():
            return not (_is_fields(new) and set(emit.parts(new)) & {clean(key.value) for key, _ in value.pairs})
    return True


def _bare(gap: str) -> str:
    """Comments blotted out."""
    return re.sub(r"#[^\r\n]*", lambda match: " " * len(match[0]), gap)


def _without_comma(gap: str) -> str:
    at = _bare(gap).find(",")
    return gap if at < 0 else gap[:at].rstrip() + gap[at + 1 :]


def _space_behind(body: str) -> str:
    return body[len(body.rstrip()) :]


def _name(value: Any) -> Any:
    """What makes two items of a list one, though they differ."""
    match value:
        case Release():
            return value.region, value.type
        case Credit():
            return value.name
        case Earlier():
            return value.date, value.recorded
    return value


def _aligned(old: tuple[Any, ...], new: tuple[Any, ...]) -> list[tuple[int | None, Any]]:
    """Each new item with the place of the old one that it is, or came of; the places grow."""
    plan: list[tuple[int | None, Any]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            plan += zip(range(first, last), new[start:end], strict=True)
        elif tag in {"replace", "insert"}:
            at = first
            paired = last - first == end - start
            for place, value in enumerate(new[start:end], first):
                same = next((i for i in range(at, last) if _name(old[i]) == _name(value)), None)
                if same is None and paired and at <= place and not isinstance(value, Credit):
                    same = place
                plan.append((same, value))
                at = at if same is None else same + 1
    return plan
