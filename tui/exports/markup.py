"""HTML that exports share: the frame of a page, dates, links and texts, out of htpy's elements, which escape.

How to use it: `import htpy as h`, then `h.p(class_="fact")["text", h.time(datetime="2026-01-07")["7 Jan"]]`. Every text
between elements and in attributes is escaped, whoever wrote it; None and False are left out, iterables are flattened,
generators are read while the page is written. Only a `markupsafe.Markup` is taken as it is, and nobody makes one but
`data_block` and `styled` here. `document` gives a page whose policy forbids scripts and foreign hosts;
`pieces(document(…))` its bytes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import htpy as h
import msgspec
from markupsafe import Markup

from tui.base.servers import is_web
from tui.exports.links import in_ascii

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.films.dates import ReleaseDate
    from tui.films.film import Prose

Node = h.Node
"""What may stand between elements."""

_PIECE = 1 << 16
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)
) + "]")  # fmt: skip
"""What neither HTML nor XML may have, of that which a cleaned text still may."""


@cache
def stylesheet() -> str:
    """What `page.css` has: the look of every page, in the colours of the calendar's two themes."""
    return (Path(__file__).parent / "page.css").read_text("utf-8")


@cache
def styled() -> tuple[Node, str]:
    """The stylesheet as an element for a page that stands alone, and its source for `document`'s policy."""
    css = stylesheet()
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return h.style[Markup(css)], f"'sha256-{digest}'"  # noqa: S704 (our own file)


def document(
    language: str, title: str, body: Node, *, style: Node, source: str, description: str = "", head: Node = None
) -> h.Renderable:
    """A whole page.

    `style` is a `<link>` or `<style>`, `source` what the policy allows of styles: `'self'`, or a hash as of `styled`.
    """
    policy = f"default-src 'none'; style-src {source}; img-src 'self'; base-uri 'none'; form-action 'none'"
    return h.html(lang=language)[
        h.head[
            "\n",
            h.meta(charset="utf-8"),
            h.meta({"http-equiv": "Content-Security-Policy"}, content=policy),
            h.title[title],
            "\n",
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.meta(name="color-scheme", content="light dark"),
            h.meta(name="referrer", content="no-referrer"),
            h.meta(name="generator", content="filmtui"),
            description and h.meta(name="description", content=description),
            "\n",
            style,
            head,
        ],
        "\n",
        h.body["\n", body, "\n"],
    ]


def pieces(page: h.Renderable) -> Iterator[bytes]:
    """The page as UTF-8, in pieces of some 64 KiB."""
    held: list[str] = []
    size = 0
    for chunk in page.iter_chunks():
        held.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            yield characters("".join(held)).encode()
            held, size = [], 0
    yield (characters("".join(held)) + "\n").encode()


def characters(text: str) -> str:
    """The text with a replacement character for each code point that is none."""
    return _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)


def when(known: ReleaseDate, text: str) -> Node:
    """A date as text that programs can read; HTML knows days, months and years, but no quarters."""
    return h.time(datetime=str(known))[text] if known.year and not known.quarter else text


def link(address: str | None, text: str) -> Node:
    """A link to another site; the text alone where the address is not of the web."""
    if not address or not is_web(address):
        return text
    return h.a(href=in_ascii(address), rel="noreferrer")[text]


def said(text: Prose, language: str) -> tuple[str, str | None]:
    """The text for a page of this language, and the text's language where it is another."""
    best = text.best(language)
    other = {"id": "en", "en": "id"}[language]
    own = text.id if language == "id" else text.en
    return best, other if not own and best != text.plain else None


def paragraphs(text: Prose, language: str) -> Node:
    """A text in the page's language; in the other one, and marked as such, where there is no other."""
    best, other = said(text, language)
    return (h.p(lang=other)[line] for line in best.split("\n") if line)


def opening(text: str, most: int) -> str:
    """The text in one line of at most so many characters, cut between two words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 2].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def data_block(data: Any) -> Node:
    """JSON-LD: a block of data for search engines, which no browser runs; nothing in it can end the element."""
    text = msgspec.json.encode(data).decode("utf-8")
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return h.script(type="application/ld+json")[Markup(text)]  # noqa: S704
