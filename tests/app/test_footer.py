"""What of the footer has room where, and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.app.footer import Footing, fitting, footer
from tui.base.words import LANGUAGES, Words

VIEWS = ("show_list", "show_week", "show_grid", "show_year", "")


def wide(entries: list[Footing]) -> int:
    return cell_len("".join(f" {entry.keys} {entry.word} " for entry in entries).rstrip())


def actions(entries: list[Footing]) -> list[str]:
    return [entry.action for entry in entries]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["show_list", "show_week"])
def test_star_copy_and_export_have_room_in_80_columns(view: str, language: str) -> None:
    shown = actions(fitting(footer(Words(language), view), 80))
    assert {"star", "copy", "export", "next", "help"} <= {*shown}


@pytest.mark.parametrize("view", VIEWS[:-1])
def test_every_view_names_the_star_in_80_columns(view: str) -> None:
    assert "star" in actions(fitting(footer(Words("id"), view), 80))


def test_words_are_shorter_only_where_they_must_be() -> None:
    every = footer(Words("id"), "show_week")
    assert fitting(every, wide(every)) == every
    words = {entry.action: entry.word for entry in fitting(every, 120)}
    assert (words["copy"], words["star"], words["help"]) == ("salin", "ingatkan", "bantuan")
    words = {entry.action: entry.word for entry in fitting(every, 80)}
    assert (words["star"], words["export"], words["help"]) == ("★", "ponsel", "lagi")


@given(
    width=st.integers(30, 220), view=st.sampled_from(VIEWS), language=st.sampled_from(LANGUAGES),
    reading=st.booleans(), narrowed=st.booleans(), linked=st.booleans(),
)  # fmt: skip
def test_it_never_is_wider_than_its_line(
    width: int, view: str, language: str, reading: bool, narrowed: bool, linked: bool
) -> None:
    every = footer(Words(language), view, reading=reading, narrowed=narrowed, linked=linked)
    shown = fitting(every, width)
    assert wide(shown) <= width
    assert "help" in actions(shown)
    if reading or narrowed:
        assert shown[0].action == "clear"  # the way back, first
    assert actions(shown) == [action for action in actions(every) if action in actions(shown)]
    assert not set(actions(fitting(every, width - 1))) - set(actions(shown))
