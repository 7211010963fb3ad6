"""Texts that a spreadsheet leaves as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.spreadsheet import as_written, harmless

TEXTS = st.text(st.sampled_from("'=+-@\t\r\n0123456789./: janfebmartrue＝x"), max_size=12) | st.text(max_size=30)


@given(TEXTS, st.booleans())
def test_what_is_made_harmless_is_read_as_it_was(text: str, excel: bool) -> None:
    assert as_written(harmless(text, excel=excel)) == text


@given(TEXTS, st.booleans())
def test_no_cell_begins_as_a_formula_does(text: str, excel: bool) -> None:
    assert not harmless(text, excel=excel).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize("text", ["2026-01", "007", "9/11", "12:30", "2.0", "1e5", "3 Mei", "September 5", "True",
                                  "1-2-3", "12345678901234567890", "Okt 2026", "May 1, 2026", "5%"])  # fmt: skip
def test_excel_makes_nothing_else_of_it(text: str) -> None:
    assert harmless(text, excel=True) == f"'{text}"
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["1917", "0", "Mercy", "28 Years Later", "May", "13 Hours", "2026", "2026-Q1", "'71",
                                  "Maret Kelabu 12 Tahun", "Up"])  # fmt: skip
def test_what_stays_what_it_is_needs_no_apostrophe(text: str) -> None:
    assert harmless(text, excel=True) == text
    assert as_written(text) == text
