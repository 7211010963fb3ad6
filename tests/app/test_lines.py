"""Lines of the list against a list that is written out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.calendar.lines import At, Between, Header, lines_of
from tui.index.selection import Selection
from tui.library.view import view_of


@given(st.data())
def test_each_line_is_what_it_would_be_in_a_list_written_out(data: st.DataObject) -> None:
    counts = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    view = view_of(Selection(), tuple((202601_00 + 100 * n + 32, rows) for n, rows in enumerate(counts)), None, 0)
    between: list[Between] = []
    for month in data.draw(st.lists(st.integers(0, len(counts) - 1), max_size=6)):
        index = data.draw(st.integers(view.starts[month], view.starts[month + 1]))
        between.append(Between(month, index, 0, str(len(between))))
    lines = lines_of(view, tuple(between))
    written: list[object] = []
    for month, rows in enumerate(counts):
        written.append(Header(month))
        for index in range(view.starts[month], view.starts[month] + rows + 1):
            written += [one for one in between if one[:2] == (month, index)]
            if index < view.starts[month] + rows:
                written.append(At(month, index))
    assert lines.total == len(written)
    assert [lines.at(number) for number in range(lines.total)] == written
    for index in range(view.total):
        at = written[lines.of_row(index)]
        assert isinstance(at, At)
        assert at.row == index
