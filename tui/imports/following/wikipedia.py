"""Wikipedia's yearly lists, by MediaWiki's API: first the revisions, in one question, then what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from tui.base.errors import message
from tui.base.text import clean, fold, quoted
from tui.base.words import N_
from tui.films.titles import loose
from tui.imports.following.asking import Asking, Fetched, Told, decoded, not_understood
from tui.imports.sources.incoming import SourceError
from tui.imports.sources.wikipedia.listed import both, read

if TYPE_CHECKING:
    from tui.base.errors import Problem

API = "https://id.wikipedia.org/w/api.php"
LISTS = ("Daftar film Indonesia tahun {year}",)
_COMMON = {"format": "json", "formatversion": "2", "maxlag": "5"}
_MOST_YEARS = 10
_NO_PAGE = N_("{source}: there is no page “{page}”; check the address, or name other pages in sources.yaml")
_NO_TABLE = N_("{source}: no film is found in the tables of “{page}” any more; nothing was changed, look at the page")
_REFUSED = N_("{source}: Wikipedia refuses the question ({why}); try again later")


def fetch(asking: Asking) -> Fetched | None:
    """None where no page has another revision than the last time. Raises SourceError, FetchError."""
    first, last = asking.source.span(asking.today)
    assert first.year
    assert last.year
    years = range(first.year, min(last.year, first.year + _MOST_YEARS - 1) + 1)
    pages = {pattern.replace("{year}", str(year)): year for pattern in asking.source.pages or LISTS for year in years}
    revisions = _revisions(asking, list(pages))
    if not revisions:
        raise SourceError(message(_NO_PAGE, source=asking.source.name, page=next(iter(pages))))
    if revisions == asking.before.memory:
        return None
    told: dict[str, Told] = {}
    problems: list[Problem] = []
    for number, page in enumerate(revisions):
        asking.tell(number, len(revisions))
        _parse(asking, page, pages[page], told, problems)
    if not told and any(film.gone is None for film in asking.before.films):
        raise SourceError(message(_NO_TABLE, source=asking.source.name, page=next(iter(revisions))))
    return Fetched(told, revisions, problems=tuple(problems))


def _ask(asking: Asking, **parameters: str) -> dict[str, Any]:
    address = asking.source.address or API
    found = decoded(asking.client.get(address, {**_COMMON, **parameters}).body, asking.source.name)
    if error := found.get("error"):
        code = error.get("code") if isinstance(error, dict) else ""
        if code == "missingtitle":
            return {}
        raise SourceError(message(_REFUSED, source=asking.source.name, why=quoted(str(code), 40)))
    return found


def _revisions(asking: Asking, titles: list[str]) -> dict[str, str]:
    """The revision of each page that is there, by its title as it was asked for, in that order."""
    answer = _ask(
        asking, action="query", prop="revisions", rvprop="ids|timestamp", titles="|".join(titles), redirects="1"
    )
    try:
        query = answer["query"]
        renamed = {step["from"]: step["to"] for kind in ("normalized", "redirects") for step in query.get(kind, ())}
        known = {page["title"]: str(page["revisions"][0]["revid"]) for page in query["pages"] if page.get("revisions")}
    except (KeyError, TypeError, IndexError, AttributeError):
        raise not_understood(asking.source.name) from None
    found = {}
    for title in titles:
        target = title
        for _ in range(3):  # made canonical, then led on
            target = renamed.get(target, target)
        if target in known:
            found[title] = known[target]
    return found


def _parse(asking: Asking, page: str, year: int, told: dict[str, Told], problems: list[Problem]) -> None:
    answer = _ask(
        asking, action="parse", page=page, prop="text|revid|displaytitle", redirects="1", disableeditsection="1",
        disabletoc="1",
    )  # fmt: skip
    if not answer:  # taken away since the revisions were asked for
        return
    try:
        text, title, revision = answer["parse"]["text"], answer["parse"]["title"], int(answer["parse"]["revid"])
        assert isinstance(text, str)
    except (KeyError, TypeError, ValueError, AssertionError):
        raise not_understood(asking.source.name) from None
    address = asking.source.address or API
    base = urljoin(address, "/wiki/" + quote(str(title).replace(" ", "_")))
    edition = "id" if "//id.wikipedia" in address or asking.source.address is None else ""
    called = "Wikipedia bahasa Indonesia" if edition else "Wikipedia"
    source = f"{called}, {clean(str(title))}, revisi {revision} (CC BY-SA 4.0)"
    taken = read(text, clean(str(title)), year, base, source)
    problems += taken.problems
    for incoming in taken.films:
        key = loose(incoming.film.title) or fold(incoming.film.title)
        if not asking.within(incoming.film.releases):
            continue
        # put off from one year's list into the next, and still in both
        told[key] = Told(both(told[key].incoming, incoming) if key in told else incoming)
