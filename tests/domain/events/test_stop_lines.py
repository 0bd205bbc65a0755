"""Stops as a schedule writes them: the days in any of its spellings, the place, where in it."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.stop_lines import typed


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("南京：3月10日 国展", ("南京", "3月10日", "3月10日", "国展")),
        ("南京 3月10日-11日 国展", ("南京", "3月10日", "3月11日", "国展")),
        ("深圳 3月24日～25日", ("深圳", "3月24日", "3月25日")),
        ("重庆 3.29-3.30", ("重庆", "3-29", "3-30")),
        ("杭州 3.8-9", ("杭州", "3-8", "3-9")),
        ("杭州 3/8-3/9", ("杭州", "3-8", "3-9")),
        ("杭州 2027-03-08～09", ("杭州", "2027-03-08", "2027-03-09")),
        ("西安 4月1日至2日", ("西安", "4月1日", "4月2日")),
        ("西安（4月1日-2日）", ("西安", "4月1日", "4月2日")),
        ("杭州 3月8日、9日", ("杭州", "3月8日", "3月9日")),
        ("杭州 11-01 - 11-02 国博", ("杭州", "11-01", "11-02", "国博")),
        ("1. 西安 4月1日", ("西安", "4月1日", "4月1日")),
        (
            "①西安4月1日（周四）曲江会展(北区)",
            ("西安", "4月1日(周四)", "4月1日(周四)", "曲江会展(北区)"),
        ),
        ("第一站：杭州 3月8日", ("杭州", "3月8日", "3月8日")),
        ("3月8-9日 杭州 国博", ("杭州", "3月8", "3月9日", "国博")),
        ("11-01 New York", ("New York", "11-01", "11-01")),
        ("3 月 8 日 - 9 日 杭州", ("杭州", "3月8日", "3月9日")),
        ("杭州|03-08|03-09|国博", ("杭州", "03-08", "03-09", "国博")),
        ("杭州 03-08 14:00-17:30 国博", ("杭州", "03-08 14:00", "03-08 17:30", "国博")),
        ("杭州 03-08 14:00 17:30 国博", ("杭州", "03-08 14:00", "03-08 17:30", "国博")),
        ("杭州 03-08 14:00 03-09 17:00", ("杭州", "03-08 14:00", "03-09 17:00")),
        ("6月杭州 03-08", ("6月杭州", "03-08", "03-08")),
        ("798艺术区 12-03", ("798艺术区", "12-03", "12-03")),
    ],
)
def test_a_line_of_a_schedule(line: str, expected: tuple[str, ...]) -> None:
    (found,) = typed(line)
    assert tuple(found)[: len(expected)] == expected


def test_a_line_of_several_knows_its_number() -> None:
    rows = "杭州 11-01 宁波 11-03\n\n温州 11-05 | 台州 11-07"
    assert [one.line for one in typed(rows)] == [1, 1, 3, 3]
    assert [one.line for one in typed("杭州 11-01 | 宁波 11-03")] == [1, 2]
    assert [one.line for one in typed("杭州 11-01")] == [0]


@pytest.mark.parametrize("heading", ["城市\t开始日期\t场地", "序号|城市|日期|场地", "City, Date"])
@pytest.mark.parametrize("between", ["\n", " | "])
def test_a_row_of_headings_is_none(heading: str, between: str) -> None:
    rows = between.join((heading, "杭州 11-01 国博", "宁波 11-03"))
    found = [one[:2] for one in typed(rows)]
    assert found == [("杭州", "11-01"), ("宁波", "11-03")]
    with pytest.raises(Refused, match="has no date"):
        list(typed(between.join(("杭州 11-01", heading))))


def test_several_in_a_line_also_with_the_days_first() -> None:
    assert [one.place for one in typed("杭州 11-01 11-02 宁波 11-03 | 温州 11-05")] == [
        "杭州",
        "宁波",
        "温州",
    ]
    assert [one[:2] for one in typed("3月8日 杭州 3月9日 南京")] == [
        ("杭州", "3月8日"),
        ("南京", "3月9日"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("大连 04-23 24", "“24” is no day"),
        ("杭州 11-01-02", "has no date"),
        ("杭州 周一", "has no date"),
        ("杭州 11-01 | 宁波", "“宁波” has no date"),
        ("11-01 11-02", "stands at no place"),
        ("杭州 11-01 11-02 11-03", "“11-03” stands at no place"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(line: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        list(typed(line))
