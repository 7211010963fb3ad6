"""A film as schema.org has it: a Movie, its releases as PublicationEvents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.base.servers import is_web
from tui.films import terms

if TYPE_CHECKING:
    from tui.base.words import Words
    from tui.films.film import Film, Release

_STATUSES = {
    "confirmed": "EventScheduled", "tentative": "EventScheduled",
    "postponed": "EventPostponed", "cancelled": "EventCancelled",
}  # fmt: skip


def movie(film: Film, words: Words, url: str) -> dict[str, Any]:
    """What search engines read. Dates that schema.org cannot say, such as a quarter, are left out."""
    dated = [release for release in film.releases if (known := release.when).year and not known.quarter]
    certain = [release for release in dated if release.status in {"confirmed", "tentative"}]
    first = min(certain, key=lambda release: (not release.home, release.when.key), default=None)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Movie",
        "name": film.title,
        "alternateName": film.other_title,
        "url": url,
        "datePublished": first and str(first.when),
        "releasedEvent": [_published(release, words) for release in dated],
        "genre": [terms.genre(name, words) for name in film.genres],
        "duration": f"PT{film.runtime}M" if film.runtime else None,
        "contentRating": film.rating,
        "inLanguage": list(film.languages),
        "countryOfOrigin": [{"@type": "Country", "name": words.territory(code)} for code in film.countries],
        "director": [_person(name) for name in film.directors],
        "author": [_person(name) for name in film.writers],
        "producer": [_person(name) for name in film.producers],
        "actor": [_person(credit.name) for credit in film.cast],
        "productionCompany": [{"@type": "Organization", "name": name} for name in film.companies],
        "description": film.synopsis.best(words.language) if film.synopsis else None,
        "sameAs": [address for address in film.links.values() if is_web(address)],
    }
    return {name: value for name, value in found.items() if value}


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _published(release: Release, words: Words) -> dict[str, Any]:
    return {
        "@type": "PublicationEvent",
        "name": terms.release_type(release.type, words),
        "startDate": str(release.when),
        "eventStatus": f"https://schema.org/{_STATUSES[release.status]}",
        "location": {"@type": "Country", "name": words.territory(release.region), "identifier": release.region},
    }
