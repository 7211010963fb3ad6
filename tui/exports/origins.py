"""Where each field of a film comes from: for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.base.text import cells, clean
from tui.catalog.layers import OWN, SHIPPED, layer_of
from tui.films import terms
from tui.films.facts import FILM
from tui.films.layered import Origin, origins
from tui.user.places import FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.words import Words
    from tui.index.lookup import Saying

_LABELS = {fact.name: fact.label for fact in FILM}


def listed(said: list[Saying], words: Words) -> list[tuple[str, str]]:
    """Each field's label, and the layers and files that it comes from; `said` as `Library.said` gives it."""
    return [
        (_label(origin, words), "; ".join(_place(said[number].file, words) for number in origin.layers))
        for origin in origins([saying.film for saying in said])
    ]


def text(said: list[Saying], words: Words) -> Iterator[str]:
    """A line for each field."""
    rows = listed(said, words)
    width = max((cells(label) for label, _ in rows), default=0) + 2
    for label, place in rows:
        yield f"{label}{' ' * (width - cells(label))}{place}"


def data(said: list[Saying]) -> str:
    """An array with an object for each field: `field`, of a release its `type` and `region`, and `from`."""
    found = [
        {"field": origin.field}
        | (dict(zip(("type", "region"), origin.kind, strict=True)) if origin.kind else {})
        | {"from": [_record(said[number].file) for number in origin.layers]}
        for origin in origins([saying.film for saying in said])
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _record(file: str) -> dict[str, str]:
    layer = layer_of(file)
    name = {OWN: "own", SHIPPED: "shipped"}.get(layer, layer)
    return {"layer": clean(name), "file": clean(file.removeprefix(SHIPPED))}


def _label(origin: Origin, words: Words) -> str:
    if origin.kind:
        type, region = origin.kind
        return f"{terms.release_type(type, words)} · {words.territory(region)}"
    return words.gettext(_LABELS[origin.field] or origin.field)


def _place(file: str, words: Words) -> str:
    layer = layer_of(file)
    if layer == SHIPPED:
        return words.gettext("the catalog of filmtui, {file}").format(file=clean(file.removeprefix(SHIPPED)))
    if layer == OWN:
        return words.gettext("your own, {file}").format(file=clean(file))
    return words.gettext("followed, {file}").format(file=clean(file.removeprefix(f"{FOLLOWED}/")))
