"""The program's words: gettext catalogs in two languages, and what Babel calls days, months, countries, languages."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tui.base.errors import ValueRefusedError, message
from tui.base.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""What each language that the program speaks calls itself."""
LANGUAGES = tuple(LANGUAGE_NAMES)
DOMAIN = "filmtui"
LOCALES = Path(__file__).parent / "locale"


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a text for extraction; it is translated where it is shown."""
    return text


class Names(msgspec.Struct, frozen=True):
    """What a language calls days, months, countries and languages, and how it groups digits: Babel's, from CLDR."""

    days: list[str]
    """Monday first."""
    short_days: list[str]
    months: list[str]
    """As in 7 Januari 2026."""
    short_months: list[str]
    alone_months: list[str]
    """As in Januari 2026."""
    short_alone_months: list[str]
    quarters: list[str]
    short_quarters: list[str]
    group: str
    """What stands between groups of three digits."""
    territories: dict[str, str]
    """By their code of ISO 3166-1, and groups of countries by CLDR's."""
    languages: dict[str, str]
    """By their code of BCP 47, with _ for -."""


_AS_PRINTED: dict[str, dict[str, Any]] = {
    "id": {
        "territories": {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Makau", "PS": "Palestina"},
        "languages": {"pl": "Polandia", "da": "Denmark", "fi": "Finlandia", "zh": "Mandarin", "nb": "Norwegia"},
        "quarters": ["Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"],
        "short_quarters": ["TW I", "TW II", "TW III", "TW IV"],
    },
}
"""Names that Indonesian newspapers print otherwise than CLDR has them."""


def _sorted(names: Mapping[str, object]) -> dict[str, str]:
    return {str(code): str(name) for code, name in sorted(names.items())}


def names_of(language: str) -> Names:
    """The names that Babel has for this language.

    It reads half a megabyte for them, in 30 ms: a tenth of the calendar's start. So docs/names.py keeps them in
    locale/, beside the compiled catalogs, and a test says when they are out of date.
    """
    from babel.core import Locale

    locale = Locale.parse(language)

    def listed(names: dict[int, str]) -> list[str]:
        return [str(names[number]) for number in sorted(names)]

    alone = locale.months["stand-alone"]
    own = _AS_PRINTED.get(language, {})
    return Names(
        days=listed(locale.days["format"]["wide"]),
        short_days=listed(locale.days["format"]["abbreviated"]),
        months=listed(locale.months["format"]["wide"]),
        short_months=listed(locale.months["format"]["abbreviated"]),
        alone_months=listed(alone["wide"]),
        short_alone_months=listed(alone["abbreviated"]),
        quarters=own.get("quarters") or listed(locale.quarters["stand-alone"]["wide"]),
        short_quarters=own.get("short_quarters") or listed(locale.quarters["stand-alone"]["abbreviated"]),
        group=str(locale.number_symbols["latn"]["group"]),
        territories=_sorted(locale.territories) | own.get("territories", {}),
        languages=_sorted(locale.languages) | own.get("languages", {}),
    )


@cache
def names(language: str) -> Names:
    """The names as they are kept in locale/."""
    return msgspec.json.decode((LOCALES / language / "names.json").read_bytes(), type=Names)


class Words:
    """The words of one language. No locale of the process is set, so two languages can be used side by side."""

    def __init__(self, language: str = "id") -> None:
        """Raises ValueRefusedError for a language that the program does not speak."""
        self.speak(language)

    def speak(self, language: str) -> None:
        """Be the words of another language from now on. Raises ValueRefusedError as at the start."""
        if language not in LANGUAGES:
            raise ValueRefusedError(
                message(N_("unknown language “{value}”; write id or en"), value=clean(language)[:40]),
            )
        self.language = language
        self._catalog = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)

    @property
    def names(self) -> Names:
        return names(self.language)

    def gettext(self, text: str) -> str:
        return self._catalog.gettext(text) if text else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The sentence in the form for this number, which is filled in for {n} as the language writes it."""
        return self._catalog.ngettext(one, many, number).format(n=self.number(number))

    def number(self, number: int) -> str:
        """A number with its digits in groups: 1.000.000 in Indonesian."""
        if -1000 < number < 1000:
            return str(number)
        return f"{number:,}".replace(",", self.names.group)

    def territory(self, code: str) -> str:
        """A country by its code of ISO 3166-1; the code itself where it has no name."""
        return self.names.territories.get(code, code)

    def tongue(self, tag: str) -> str:
        """A language by its BCP 47 tag, with a part that has no name in brackets; the tag itself where it has none."""
        names = self.names.languages
        name, *rest = tag.split("-")
        if not rest:
            return str(names.get(name, tag))
        whole = names.get(tag.replace("-", "_"))
        return str(whole or f"{names.get(name, name)} ({'-'.join(rest)})")
