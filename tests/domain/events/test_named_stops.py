"""Which stop of a road show the cell of a list names."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.events.named_stops import meant
from opslog.domain.events.stops import DROPPED, Stop

ZONE = ZoneInfo("Asia/Shanghai")


def stop(id: int, place: str, first: int, last: int, state: str = "open") -> Stop:
    starts, ends = (datetime(2026, 12, day, 9, tzinfo=ZONE) for day in (first, last))
    return Stop(id, 1, place, starts, ends.replace(hour=17), state=state)


ROUTE = [
    stop(1, "杭州", 7, 8),
    stop(2, "宁波", 9, 9),
    stop(3, "上海", 10, 10),
    stop(4, "上海浦东", 11, 11),
    stop(5, "南京", 12, 12),
    stop(6, "南京", 14, 14),
    stop(7, "合肥", 16, 16, DROPPED),
    stop(8, "合肥", 18, 18),
]


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("杭州", 1),
        ("杭州站", 1),
        (" 宁 波 市 ", 2),
        ("12-09 下午", 2),
        ("12月8日场", 1),
        ("杭州（国际博览中心）", 1),
        ("上海", 3),
        ("上海浦东场", 4),
        ("南京 12月14日", 6),
        ("南京", None),  # twice: the day has to say which
        ("合肥", 8),  # the other was called off
        ("海口", None),
        ("杭州、宁波", None),
        ("2027-12-09", None),
        ("", None),
        ("站", None),
    ],
)
def test_a_cell_names_a_stop_by_its_place_or_a_day_or_none(said: str, id: int | None) -> None:
    found = meant(said, ROUTE, ZONE)
    assert (found and found.id) == id
