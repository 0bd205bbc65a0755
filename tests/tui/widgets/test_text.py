"""Cells, not characters; data is never markup and never a command to the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from opslog.tui.widgets.text import clean, cut, cut_line, line, line_width, pad, pad_line, wrap

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


def test_control_characters_are_shown_and_markup_is_text() -> None:
    assert clean("\x1b[31m[/red]\x00\x9b") == "␛[31m[/red]␀\N{REPLACEMENT CHARACTER}"
