"""Every word is in both languages, and the compiled catalogs are what the sources say."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.conftest import ROOT, only_pinned
from tui.base.errors import ValueRefusedError
from tui.base.words import LANGUAGES, LOCALES, Words, names, names_of

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def catalog(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "filmtui.po").open("rb") as file:
        return read_po(file, locale=language)


def used() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT / "tui", [("**.py", "python")], keywords=KEYWORDS)
    return {text for _, _, text, _, _ in found if text}


def forms(text: object) -> list[str]:
    """A message's texts: one, or one for each plural."""
    return [text] if isinstance(text, str) else [str(form) for form in text] if isinstance(text, tuple) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    translations = {message.id: message.string for message in catalog(language) if message.id}
    assert used() == set(translations)
    assert [id for id, text in translations.items() if not all(forms(text) or [""])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_for_values_are_kept(language: str) -> None:
    for message in catalog(language):
        if message.id:
            wanted = set(re.findall(r"\{\w+\}", forms(message.id)[-1]))
            assert [set(re.findall(r"\{\w+\}", text)) for text in forms(message.string)] == [wanted] * len(
                forms(message.string)
            ), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_is_up_to_date(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog(language))
    assert (LOCALES / language / "LC_MESSAGES" / "filmtui.mo").read_bytes() == compiled.getvalue()


def test_no_text_hides_in_an_f_string() -> None:
    """Pybabel does not look into them on every Python."""
    for path in (ROOT / "tui").rglob("*.py"):
        assert not re.search(r"""f["'][^\n]*\{[^}\n]*(?:gettext|\b_)\(""", path.read_text("utf-8")), path


def test_countries_and_languages_come_from_cldr() -> None:
    words = Words("id")
    assert words.territory("US") == "Amerika Serikat"
    assert words.territory("??") == "??"
    assert [words.tongue(tag) for tag in ("en", "bjn", "zh-Hant", "id-x-sunda")] == [
        "Inggris", "Banjar", "Tionghoa Mandarin (Tradisional)", "Indonesia (x-sunda)",
    ]  # fmt: skip


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueRefusedError) as caught:
        Words("xx")
    assert caught.value.message.text(Words("id")) == "bahasa “xx” tidak dikenal; tulis id atau en"


@only_pinned("babel")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_are_babels(language: str) -> None:
    assert names(language) == names_of(language)
