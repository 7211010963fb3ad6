"""Lines of a width: nothing is lost, and nothing is wider."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.app.widgets.typeset import Find, Piece, at_most, flow, joined, wrap

WORDS = st.text(st.sampled_from("ab漢é·-"), min_size=1, max_size=9)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_are_no_wider_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(2, 30))
def test_pieces_flow_as_one_text_and_each_keeps_its_own(texts: list[str], width: int) -> None:
    pieces = joined(
        ([Piece(text, str(number), Find("person", text))] for number, text in enumerate(texts)), " · ", "dot"
    )
    lines = flow(pieces, width)
    assert all(sum(cell_len(piece.text) for piece in line) <= width for line in lines)
    for number, text in enumerate(texts):
        own = "".join(piece.text for line in lines for piece in line if piece.style == str(number))
        assert own.replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(6, 30), st.integers(1, 3))
def test_what_is_left_off_is_said(text: str, width: int, count: int) -> None:
    lines = flow([Piece(text)], width)
    shown = at_most(lines, count, width)
    assert len(shown) == min(len(lines), count)
    assert all(sum(cell_len(piece.text) for piece in line) <= width for line in shown)
    assert (shown[-1][-1].text == " …") == (len(lines) > count)
