"""Cells, not characters; data is never markup and never a command to the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from opslog.tui.widgets.text import (
    clean,
    cut,
    cut_line,
    line,
    line_width,
    pad,
    pad_line,
    wrap,
    wrap_line,
)

TEXT = st.text(
    alphabet=st.sampled_from("abc 王，。…é\u0301𬱖👩‍💻[/red]\x1b\u202e\t\n"), max_size=40
)


@given(TEXT, st.integers(0, 30))
def test_padded_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(pad(clean(text), cells)) == cells


@given(TEXT, st.integers(0, 30))
def test_cut_text_never_takes_more(text: str, cells: int) -> None:
    assert cell_len(cut(clean(text), cells)) <= cells


@given(st.lists(TEXT, max_size=4), st.integers(0, 30))
def test_lines_of_several_spans_keep_to_their_cells(texts: list[str], cells: int) -> None:
    spans = line(*[(text, "muted") for text in texts])
    assert line_width(cut_line(spans, cells)) <= cells
    assert line_width(pad_line(spans, cells)) == cells


@given(TEXT, st.integers(2, 20))
def test_wrapped_text_keeps_every_visible_character(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert all(cell_len(row) <= cells for row in rows)
    kept = "".join("".join(rows).split())
    assert kept == "".join(clean(text.replace("\n", " ")).split())


@pytest.mark.parametrize(
    ("text", "cells", "rows"),
    [
        (
            "做完 4 步：请同事转发邀约客户SEMlanding页面已上线。",
            30,
            ["做完 4 步：请同事转发邀约客户", "SEMlanding页面已上线。"],
        ),
        ("不来 6（出差 3、换人 2）", 19, ["不来 6（出差 3、换", "人 2）"]),
        (
            "Promised to 薛姗晨 (苏州青崧食品).",
            20,
            ["Promised to 薛姗晨", "(苏州青崧食品)."],
        ),
        ("abc def", 6, ["abc", "def"]),
    ],
)
def test_rows_break_between_chinese_characters_and_between_words(
    text: str, cells: int, rows: list[str]
) -> None:
    assert wrap(text, cells) == rows


def test_a_line_that_goes_on_below_keeps_its_blanks() -> None:
    rows = wrap_line((("key  ", ""), ("hello big wide world again and again", "")), 12)
    assert [text for row in rows for text, _look in row][1:] == [
        "hello big",
        "wide world",
        "again and",
        "again",
    ]


def test_control_characters_are_shown_and_markup_is_text() -> None:
    assert clean("\x1b[31m[/red]\x00\x9b") == "␛[31m[/red]␀\N{REPLACEMENT CHARACTER}"


def test_what_is_padded_is_as_wide_as_it_is_shown() -> None:
    (shown,) = line(pad("王\u202e志\x07刚", 12))
    assert cell_len(shown[0]) == 12
