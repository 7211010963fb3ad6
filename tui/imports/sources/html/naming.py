"""What a saved page calls itself, without the site's name: its h1, its og:title, its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.base.text import clean, fold
from tui.films.film import LONGEST_NAME

if TYPE_CHECKING:
    from tui.imports.sources.html.document import Document

_PARTED = re.compile(r"\s+[|–—»·•-]\s+|\s?[|»]\s?")
_AROUND = re.compile(
    r"(?:(?:sinopsis|review|ulasan|nonton|jadwal(?: tayang)?|profil|detail|info|trailer|official trailer)"
    r"\s+(?:film\s+)?|film\s*[:|]\s+)"
    r"(?=\S)|\s+(?:\(?(?:official )?trailer\)?|movie|full movie|synopsis|sinopsis)$",
    re.IGNORECASE,
)


def page_title(document: Document) -> str:
    """The name that the page has, or "". Only the first of each kind counts."""
    named = [_meta(document, "og:title"), _meta(document, "twitter:title"), _element(document, "title")]
    heading = _heading(document)
    site = fold(_meta(document, "og:site_name"))
    if heading and fold(heading) != site:
        return heading
    for name in filter(None, named):
        parts = [part.strip() for part in _PARTED.split(name) if part.strip()]
        own = [part for part in parts if not site or fold(part) != site]
        if own:
            return own[0] if site or len(own) > 1 else " ".join(own)
    return ""


def film_name(title: str) -> str:
    """A page's title as a film's: without “Sinopsis” in front or “Official Trailer” behind."""
    return _AROUND.sub("", title).strip() or title


def _heading(document: Document) -> str:
    """The page's only h1."""
    found = document.tree.css("h1")
    texts = [clean(node.text(deep=True)[: 4 * LONGEST_NAME]) for node in found[:2]] if len(found) == 1 else []
    return texts[0] if texts and len(texts[0]) <= LONGEST_NAME else ""


def _meta(document: Document, name: str) -> str:
    node = document.tree.css_first(f'meta[property="{name}"]') or document.tree.css_first(f'meta[name="{name}"]')
    value = node.attributes.get("content") if node else None
    return clean(value[: 4 * LONGEST_NAME])[:LONGEST_NAME] if value else ""


def _element(document: Document, tag: str) -> str:
    node = document.tree.css_first(tag)
    return clean(node.text(deep=True)[: 4 * LONGEST_NAME])[:LONGEST_NAME] if node else ""
