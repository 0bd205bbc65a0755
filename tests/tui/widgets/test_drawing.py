"""Bars: a beginning shows, nothing looks finished before it is, and all are as wide as asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.tui.widgets import drawing
from opslog.tui.widgets.text import Line, line, line_width, use_plain_signs

CELLS = st.integers(3, 60)
NUMBER = st.integers(0, 500)


def text(spans: Line) -> str:
    return "".join(part for part, _look in spans)


@given(done=NUMBER, of=NUMBER, cells=CELLS)
def test_progress_is_full_only_when_done_and_empty_only_before_it_begins(
    done: int, of: int, cells: int
) -> None:
    drawn = text(drawing.progress(done, of, cells))
    assert len(drawn) == cells
    assert ("─" not in drawn) == (done >= of > 0)
    assert ("━" in drawn) == (done > 0 and of > 0)


@given(value=NUMBER, most=NUMBER, cells=CELLS)
def test_an_amount_takes_its_cells_and_shows_that_there_is_one(
    value: int, most: int, cells: int
) -> None:
    drawn = drawing.amount(value, most, cells)
    assert line_width(drawn) == cells
    assert (text(drawn).strip() != "") == (value > 0)


@pytest.fixture
def plain() -> Iterator[None]:
    use_plain_signs(True)
    yield
    use_plain_signs(False)


@pytest.mark.usefixtures("plain")
def test_without_grounds_chips_and_buttons_stand_in_brackets() -> None:
    assert text(drawing.chip("T-1")) == "[T-1]"
    assert text(drawing.button("Enter", "Start")) == "[Enter Start]"
    assert text(drawing.amount(1, 100, 10)) == "█" + " " * 9  # no part of a cell


def test_two_ends_of_a_line_and_the_left_one_where_both_do_not_fit() -> None:
    left, right = line("左边"), line("right")
    assert text(drawing.spread(left, right, 12)) == "左边   right"
    assert drawing.spread(left, right, 10) == left
