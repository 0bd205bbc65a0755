from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.dates.western_dates import month_first
from opslog.domain.imports.cells import clean, moment, yes_no

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("2026/11/1 9:05", 1, 5),
        ("2026-11-01 09:05:00", 1, 5),
        ("2026-11-01T09:05:00+08:00", 1, 5),
        ("2026-11-01T01:05:00Z", 1, 5),
        ("2026年11月1日 上午9:05", 1, 5),
        ("2026年11月1日 下午3:05", 7, 5),
        ("2026.11.1 9：05", 1, 5),
        ("20261101 0905", 1, 5),
        ("46327.378472222", 1, 5),
        ("Nov 1, 2026 09:05:00", 1, 5),
        ("Nov 1, 2026 9:05 AM", 1, 5),
        ("November 01, 2026 03:05 PM", 7, 5),
        ("Sun, 1 Nov 2026 09:05", 1, 5),
        ("1-Nov-2026 9:05", 1, 5),
        ("11/1/2026 9:05:00 AM", 1, 5),
        ("11/1/2026, 3:05 PM", 7, 5),
        ("1.11.2026 09:05", 1, 5),
        ("2026/11/1 下午3:05", 7, 5),
        ("上午9:05 2026/11/1", 1, 5),
        ("Nov 1, 2026 01:05 UTC", 1, 5),
        ("Nov 1st, 2026 at 9:05 (GMT+8)", 1, 5),
        ("1 Nov 2026 09:05 GMT+8", 1, 5),
    ],
)
def test_a_moment_is_read_in_the_operators_zone(typed: str, hour: int, minute: int) -> None:
    read = moment(typed, SHANGHAI)
    assert read is not None
    assert abs((read - datetime(2026, 11, 1, hour, minute, tzinfo=UTC)).total_seconds()) < 2


def test_a_day_alone_is_its_first_moment() -> None:
    assert moment("2026-11-01", SHANGHAI) == datetime(2026, 10, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-31",
        "31 November",
        "Nov 31, 2026",
        "25/13/2026",
        "Novel 1, 2026",
        "99:05 1/1/2026",
        "soon",
        "2026-13-01",
        "12345678",
    ],
)
def test_an_impossible_date_is_none(typed: str) -> None:
    assert moment(typed, SHANGHAI) is None


def test_yes_and_no_as_lists_say_them() -> None:
    assert [yes_no(text) for text in ("是", "已添加", "Y", "１")] == [True] * 4
    assert [yes_no(text) for text in ("否", "未加企微", "no", "×")] == [False] * 4
    assert yes_no("") is None
    assert yes_no("下周") is None


def test_a_cell_becomes_a_value_of_one_line() -> None:
    assert clean(" 王 \n 志刚\0 ") == "王 志刚"
    assert clean("\0\0 ") == ""
    assert clean("王\0志刚") == "王␀志刚"  # as exports and screens show the cell
    assert clean('="0123"') == "0123"
    assert clean("#N/A") == clean("暂无") == clean("-") == ""
    assert clean("[/red]") == "[/red]"


def test_a_day_in_numbers_is_read_only_where_its_order_is_known() -> None:
    assert moment("3/4/2026", UTC) is None
    assert moment("3/4/2026", UTC, month_first=True) == datetime(2026, 3, 4, tzinfo=UTC)
    assert moment("3/4/2026", UTC, month_first=False) == datetime(2026, 4, 3, tzinfo=UTC)
    assert moment("25/4/2026", UTC, month_first=True) == datetime(2026, 4, 25, tzinfo=UTC)
    assert moment("4/25/2026 10:00", UTC) == datetime(2026, 4, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (["3/4/2026", "12/31/2026"], True),
        (["3/4/2026", "31/12/2026 10:00"], False),
        (["3/4/2026", ""], None),
        (["31/12/2026", "12/31/2026"], None),
    ],
)
def test_one_day_above_twelve_settles_the_order_of_a_column(
    column: list[str], told: bool | None
) -> None:
    assert month_first(column) is told
