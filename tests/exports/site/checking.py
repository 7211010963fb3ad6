"""What holds for every page: it is read strictly, its links lead somewhere, and it can be read without eyes."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import html5lib  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_WITHIN_A_LINE = {"a", "em", "s", "span", "time"}
_HEADING = re.compile(r"h([1-6])")


def parsed(data: bytes) -> Element:
    """The page's tree. Raises html5lib's ParseError at the first error of the HTML standard's parser."""
    tree: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data)
    found: Element = tree if hasattr(tree, "tag") else tree.getroot()
    return found


def text_of(element: Element) -> str:
    """As it is read: blocks stand apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    apart = " " * (element.tag not in _WITHIN_A_LINE)
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield apart


def main_of(data: bytes) -> str:
    """The text of a page's content."""
    (main,) = parsed(data).iter("main")
    return text_of(main)


@cache
def _ids(path: Path, _changed: int) -> frozenset[str]:
    return frozenset(element.get("id", "") for element in parsed(path.read_bytes()).iter() if element.get("id"))


def check_page(root: Path, path: Path, url: str = "") -> None:
    """Everything that a page has to keep to."""
    page = parsed(path.read_bytes())
    _check_head(page)
    _check_structure(page)
    _check_safety(page)
    for element in page.iter():
        for name in ("href", "src"):
            address = element.get(name)
            if address is not None:
                _check_address(root, path, address, element, url)


def _check_head(page: Element) -> None:
    assert page.get("lang") in {"id", "en"}
    (title,) = page.iter("title")
    assert text_of(title)
    metas = {
        meta.get("name") or meta.get("property") or meta.get("http-equiv"): meta.get("content")
        for meta in page.iter("meta")
    }
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    policy = str(metas["Content-Security-Policy"])
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert metas["og:title"]
    languages = [link.get("hreflang") for link in page.iter("link") if link.get("hreflang")]
    assert sorted(map(str, languages)) == ["en", "id"]


def _check_structure(page: Element) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for name in ("main", "header", "footer", "h1"):
        assert len(list(page.iter(name))) == 1, name
    levels = [int(found[1]) for element in page.iter() if (found := _HEADING.fullmatch(str(element.tag)))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert all(text_of(element) for element in page.iter() if _HEADING.fullmatch(str(element.tag)))
    (body,) = page.iter("body")
    first = next(element for element in body.iter("a"))
    assert (first.get("class"), first.get("href")) == ("skip", "#main")
    labels = [nav.get("aria-label") for nav in page.iter("nav")]
    assert all(labels)
    assert len(labels) == len(set(labels))
    assert all(text_of(link) or link.get("aria-label") for link in page.iter("a"))
    assert all(image.get("alt") is not None for image in page.iter("img"))
    for element in page.iter():
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", element.get("lang", "id"))
    for moment in page.iter("time"):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", moment.get("datetime", ""))
        assert text_of(moment)
    for table in page.iter("table"):
        (caption,) = table.iter("caption")
        assert text_of(caption)
        assert [head.get("scope") for head in table.iter("th")] == ["col"] * 7
        assert {len(list(row)) for row in table.iter("tr")} == {7}


def _check_safety(page: Element) -> None:
    assert all(script.get("type") == "application/ld+json" for script in page.iter("script"))
    assert not list(page.iter("style")) + list(page.iter("iframe")) + list(page.iter("form"))
    for element in page.iter():
        assert not [name for name in element.keys() if str(name).startswith("on") or name == "style"]  # noqa: SIM118


def _check_address(root: Path, path: Path, address: str, element: Element, url: str) -> None:
    assert re.fullmatch(r"[!-~]*", address)
    parts = urlsplit(address)
    if url and address.startswith(url):
        assert element.tag == "link"
        path, parts = root / "index.html", urlsplit(address.removeprefix(url) or ".")
    elif parts.scheme:
        assert parts.scheme in {"http", "https"}
        assert (element.tag, element.get("rel")) == ("a", "noreferrer")
        return
    assert not parts.netloc
    assert not parts.path.startswith("/")
    here = path.relative_to(root).as_posix()
    there = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path))) if parts.path else here
    assert not there.startswith("..")
    target = root / there
    assert target.is_file(), f"{here} -> {address}"
    if parts.fragment:
        assert parts.fragment in _ids(target, target.stat().st_mtime_ns), f"{here} -> {address}"
