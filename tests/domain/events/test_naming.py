"""Which event the name of a file names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opslog.domain.events.events import EventRow
from opslog.domain.events.naming import named

AT = datetime(2026, 12, 5, 6, tzinfo=UTC)


def event(id: int, name: str, kind: str, place: str = "", tag: str = "") -> EventRow:
    return EventRow(id, name, kind, "own", "form", "all", AT, AT, place, tag, None, 0, 0, 0, 0)


EVENTS = [
    event(1, "客户直播", "webinar", tag="1212直播"),
    event(2, "上海沙龙", "salon"),
    event(3, "上海沙龙二期", "salon"),
    event(4, "AI 落地闭门会", "salon", place="成都高新区"),
    event(5, "年度大会", "conference", place="杭州"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上海沙龙报名名单", [2]),
        ("上海沙龙-二期_名单(1)", [3]),
        ("1212直播 观看明细", [1]),
        ("ai落地闭门会报名", [4]),
        ("成都沙龙签到", [4]),
        ("上海 salon", [2, 3]),
        ("杭州报名表", []),
        ("报名表", []),
        ("", []),
    ],
)
def test_the_longest_name_or_tag_then_a_city_and_a_kind(text: str, found: list[int]) -> None:
    assert [one.id for one in named(text, EVENTS)] == found
