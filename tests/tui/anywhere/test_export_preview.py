"""The first rows of a file on the screen: nothing is cut while there is room."""

from __future__ import annotations

import pytest

from opslog.tui.anywhere.export_preview import table_lines
from opslog.tui.widgets.text import Line, line_width

HEADINGS = ["Name", "Company", "Phone"]
ROWS = [["王志刚", "深蓝软件股份有限公司上海分公司", "138 0013 8000"], ["李娜", "云帆", ""]]


def shown(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _look in line).rstrip() for line in lines]


def test_whole_where_there_is_room() -> None:
    assert shown(table_lines(HEADINGS, ROWS, 2, 60, 10)) == [
        "Name    Company                         Phone",
        "王志刚  深蓝软件股份有限公司上海分公司  138 0013 8000",
        "李娜    云帆",
    ]


@pytest.mark.parametrize("cells", range(8, 60, 3))
def test_never_wider_than_the_screen(cells: int) -> None:
    for row in table_lines(HEADINGS, ROWS, 2, cells, 10):
        assert line_width(row) <= max(cells, 12 + 2 + 6)


def test_columns_and_rows_that_do_not_fit_are_counted() -> None:
    heading, first, rest = shown(table_lines(HEADINGS, ROWS, 900, 32, 3))
    assert heading == "Name    Company           1 more"
    assert first == "王志刚  深蓝软件股份有…"
    assert rest == "and 899 more rows"


def test_control_characters_and_line_breaks_stand_as_signs() -> None:
    assert shown(table_lines(["A"], [["a\x1b[31m\nb"]], 1, 40, 5))[1] == "a␛[31m b"


def test_nothing_to_write() -> None:
    assert shown(table_lines(HEADINGS, [], 0, 60, 10)) == [
        "No row: only the headings would be written."
    ]
