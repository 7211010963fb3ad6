"""The model: what a catalog says, as frozen values. Absent is None or empty, never a placeholder."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations when it decodes)

import msgspec

from tui.films.dates import ReleaseDate, parse


class _Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


class Prose(_Value, frozen=True):
    """A text in one language or in both."""

    id: str | None = None
    en: str | None = None
    plain: str | None = None
    """Whose language the catalog does not say."""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.plain, self.id, self.en) if text)

    def best(self, language: str) -> str:
        """In this language if it is there, else in another; empty if there is none."""
        own, other = (self.id, self.en) if language == "id" else (self.en, self.id)
        return own or self.plain or other or ""


class Earlier(_Value, frozen=True):
    """A date that a release had before."""

    date: str | None = None
    """As Release.date."""
    recorded: dt.date | None = None
    """The day on which the move was noticed."""
    source: str | None = None

    @property
    def when(self) -> ReleaseDate:
        return parse(self.date) if self.date else ReleaseDate()


LONGEST_NAME = 300
"""Characters of a title, a person, a company: of every text but these."""
LONGEST_TEXT = 20_000
"""Characters of a synopsis."""
LONGEST_ADDRESS = 2_000
LONGEST_LINK = 100
"""Characters of a link's name."""
LONGEST_ID = 200
MOST_ENTRIES = 1_000
"""Of a list."""
MOST_SHARED = 50
"""Genres and links of a film: each is found by every release."""

TYPES = ("premiere", "limited", "theatrical", "digital", "physical", "tv")
STATUSES = ("confirmed", "tentative", "postponed", "cancelled")
RATINGS = ("SU", "13+", "17+", "21+")

HOME_REGION = "ID"
HOME_TYPES = frozenset({"premiere", "limited", "theatrical"})
"""What the calendar shows unless asked for more: openings in Indonesian cinemas."""


class Release(_Value, frozen=True):
    """One opening of a film: a row of the calendar."""

    date: str | None = None
    """2026-01-07, 2026-01, 2026-Q1 or 2026; None is not announced."""
    type: str = "theatrical"
    """One of TYPES."""
    region: str = HOME_REGION
    """ISO 3166-1, two letters."""
    status: str = "confirmed"
    """One of STATUSES."""
    source: str | None = None
    note: Prose | None = None
    """Why the date is doubtful, or unusual."""
    history: tuple[Earlier, ...] = ()
    """Oldest first."""

    @property
    def when(self) -> ReleaseDate:
        return parse(self.date) if self.date else ReleaseDate()

    @property
    def home(self) -> bool:
        return self.region == HOME_REGION and self.type in HOME_TYPES


class Credit(_Value, frozen=True):
    """A person in the cast."""

    name: str
    role: str | None = None


class Film(_Value, frozen=True):
    id: str
    """Unique in a layer of a catalog, [a-z0-9-]. What several layers say of one id is one film, see layered.py."""
    title: str = ""
    """Empty only in a layer that leaves it to a lower one."""
    original_title: str | None = None
    releases: tuple[Release, ...] = ()
    """In the catalog's order. A film without one stands under no date: see `rows`."""
    genres: tuple[str, ...] = ()
    """TMDB's names, in lower case with hyphens, where TMDB has them."""
    runtime: int | None = None
    """Minutes."""
    rating: str | None = None
    """One of RATINGS."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1."""
    languages: tuple[str, ...] = ()
    """BCP 47."""
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    distributor: str | None = None
    cast: tuple[Credit, ...] = ()
    synopsis: Prose | None = None
    links: dict[str, str] = {}
    """Name to http(s) address."""
    poster: str | None = None
    """A path relative to the file."""
    same_as: str | None = None
    """The id of the film that this one is."""
    hidden: bool | None = None
    """Whether it is left out of the calendar; None: a lower layer may say so."""

    @property
    def other_title(self) -> str | None:
        """The original title, where the film has another one here."""
        return self.original_title if self.original_title != self.title else None

    @property
    def rows(self) -> tuple[Release, ...]:
        """Its rows in the calendar: its releases, or one that is not announced."""
        return self.releases or (Release(),)


class Held(_Value, frozen=True):
    """A film of a catalog, and where it stands."""

    film: Film
    file: str
    """The name of its file, relative to the catalog."""


class News(_Value, frozen=True):
    title: Prose
    date: dt.date | None = None
    url: str | None = None
    films: tuple[str, ...] = ()
    """Ids of the films that it is about."""
