from __future__ import annotations

import pytest

from opslog.domain.imports import attendance


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("52", 3120),
        ("52.5", 3150),
        ("52分钟", 3120),
        ("1小时5分30秒", 3930),
        ("1 小时 24 分钟 3 秒", 5043),
        ("1h 2m 3s", 3723),
        ("2m 10s", 130),
        ("01:02:03", 3723),
        ("52:31", 3151),
        ("３０分", 1800),
        ("--", None),
        ("", None),
    ],
)
def test_how_long(text: str, seconds: int | None) -> None:
    assert attendance.seconds(text) == seconds


def test_the_heading_may_name_the_unit() -> None:
    assert attendance.seconds("90", attendance.unit_of("观看时长（秒）")) == 90
    assert attendance.seconds("2", attendance.unit_of("Duration (hours)")) == 7200
    assert attendance.unit_of("参会时长") == 60
