from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.base.text import clean, fold, spans, words

BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
C0 = [chr(code) for code in range(0x20) if chr(code) not in {*BREAKS, "\t"}]
C1 = [chr(code) for code in range(0x80, 0xA0) if chr(code) not in BREAKS]

# Hypothesis leaves surrogates out unless it is told not to, and would seldom draw a control.
ANY = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from([*BIDI, *C0, *C1, *"\n\r\v\x1c\x85\u2028 \t\x7f"]))
)


def steers(value: str) -> set[str]:
    """The characters that could steer a terminal or hide what is written."""
    return {c for c in value if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in BIDI or c == "\ufeff"}


# clean


def test_there_are_twelve_bidi_controls() -> None:
    assert len(set(BIDI)) == 12


@pytest.mark.parametrize("control", BIDI, ids=ascii)
def test_a_bidi_control_is_made_visible(control: str) -> None:
    assert clean(f"a{control}b") == f"a‹U+{ord(control):04X}›b"


@pytest.mark.parametrize("control", C0, ids=ascii)
def test_a_c0_control_is_shown_as_its_picture(control: str) -> None:
    assert clean(f"a{control}b") == f"a{chr(0x2400 + ord(control))}b"


@pytest.mark.parametrize("control", C1, ids=ascii)
def test_a_c1_control_is_made_visible(control: str) -> None:
    assert clean(f"a{control}b") == f"a‹U+{ord(control):04X}›b"


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[31mmerah\x1b[0m", "␛[31mmerah␛[0m"),
        ("\x9b31m", "‹U+009B›31m"),
        ("a\x7fb", "a␡b"),
        ("a\x00b", "a␀b"),
        ("a\udcffb", "a\N{REPLACEMENT CHARACTER}b"),
        ("\ud83d\udca9", "\N{REPLACEMENT CHARACTER}" * 2),
        ("\ufeffFilm", "Film"),
        ("Fi\ufefflm", "Film"),
        ("Fi\xadlm", "Film"),
    ],
    ids=ascii,
)
def test_what_steers_a_terminal_becomes_something_to_read(foreign: str, shown: str) -> None:
    assert clean(foreign) == shown


@pytest.mark.parametrize("line_break", [*BREAKS, "\t", "\xa0", "\u2003", " \r\n \t "], ids=ascii)
def test_all_space_in_a_text_of_one_line_becomes_one_space(line_break: str) -> None:
    assert clean(f"Kuyank{line_break}2026") == "Kuyank 2026"


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_a_text_of_several_lines_keeps_its_line_breaks(line_break: str) -> None:
    assert clean(f"satu{line_break}dua", lines=True) == "satu\ndua"


def test_an_empty_line_between_paragraphs_stays() -> None:
    assert clean("satu\n\ndua", lines=True) == "satu\n\ndua"


def test_a_text_has_no_space_at_its_ends_nor_at_the_ends_of_its_lines() -> None:
    assert clean("\t Kuyank \n") == "Kuyank"
    assert clean("\n  satu \t\n  dua\n\n", lines=True) == "satu\ndua"


@pytest.mark.parametrize("harmless", ["[REC]", "#Alive", "Les Chambres rouges", "映画", "👩\u200d🚀", "می\u200cشود"])
def test_harmless_text_stays_as_it_is(harmless: str) -> None:
    assert clean(harmless) == harmless
    assert clean(harmless, lines=True) == harmless


@given(ANY, st.booleans())
@example("\r\u200b\n", True)
@example(" \ufeff ", False)
@settings(deadline=None)
def test_what_is_clean_stays_as_it_is(value: str, lines: bool) -> None:
    once = clean(value, lines=lines)
    assert clean(once, lines=lines) == once


@given(ANY)
@settings(deadline=None)
def test_nothing_that_steers_a_terminal_gets_through(value: str) -> None:
    assert steers(clean(value)) == set()
    assert steers(clean(value, lines=True)) <= {"\n"}


@pytest.mark.parametrize("lines", [False, True])
def test_a_long_run_of_spaces_costs_no_more_than_its_length(lines: bool) -> None:
    def seconds(length: int) -> float:
        foreign = "a" + " " * length + "b"
        begun = time.process_time()
        for _ in range(5):
            clean(foreign, lines=lines)
        return time.process_time() - begun

    assert seconds(200_000) < 40 * seconds(20_000)  # by the square it would be 100 times


# fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gariépy", "GARIEPY"),
        ("Gariépy", "Garie\u0301py"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "SMORREBROD"),
        ("Æon", "aeon"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδός"),
        ("ＦＵＬＬ", "full"),
        ("Jum’at", "jum'at"),
        ("Spider–Man", "spider-man"),
        ("Film™", "FILMTM"),
        ("𝐊𝐮𝐲𝐚𝐧𝐤", "kuyank"),
    ],
)
def test_accents_case_and_ways_of_writing_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Esok", "Esak"), ("映画", "映像"), ("Comic 8", "Comic 9")])
def test_other_letters_and_digits_do_matter(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
@example("Film™")
@settings(deadline=None)
def test_what_is_folded_stays_as_it_is(value: str) -> None:
    assert fold(fold(value)) == fold(value)


# words and spans


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", []),
        ("  –  ", []),
        ("Kelly-Anne", ["kelly", "anne"]),
        ("  Gariépy,  RED rooms ", ["gariepy", "red", "rooms"]),
        ("comic_8", ["comic", "8"]),
        ('"OR" NEAR(*)', ["or", "near"]),
        ("映画", ["映画"]),
    ],
)
def test_the_words_of_a_query_are_its_letters_and_digits(query: str, found: list[str]) -> None:
    assert words(query) == found


@pytest.mark.parametrize(
    ("value", "query", "found"),
    [
        ("Juliette Gariépy", "gari", [(9, 13)]),
        ("Juliette Gariépy", "GARIEPY", [(9, 16)]),
        ("Kelly-Anne", "anne kelly", [(0, 5), (6, 10)]),
        ("Red Rooms", "ooms", []),
        ("Red Rooms", "", []),
        ("Straße", "strass", [(0, 5)]),
        ("Æon Flux", "a", [(0, 1)]),
        ("Suka Duka Tawa, suka", "suka", [(0, 4), (16, 20)]),
        ("Comic 8", "c com comic", [(0, 5)]),
        ("[b]tebal", "b", [(1, 2)]),
        ("a.c abc", "a", [(0, 1), (4, 5)]),
    ],
)
def test_a_span_is_where_a_word_begins_as_the_query(value: str, query: str, found: list[tuple[int, int]]) -> None:
    assert spans(value, words(query)) == found


@given(st.data())
@settings(deadline=None)
def test_spans_are_in_order_apart_and_begin_a_word_of_the_query(data: st.DataObject) -> None:
    value = data.draw(ANY)
    known = words(value)
    starts = st.sampled_from(known).flatmap(lambda word: st.integers(1, len(word)).map(lambda n: word[:n]))
    query = data.draw(st.lists(starts, min_size=1) if known else st.text().map(words))
    found = spans(value, query)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(value) for start, end in found)
    for start, end in found:
        # a character such as ½ folds to two words
        assert any(word.startswith(tuple(query)) for word in words(value[start:end]))


@given(ANY)
@settings(deadline=None)
def test_every_word_of_a_text_is_found_in_it(value: str) -> None:
    for word in words(value):
        assert spans(value, [word])
