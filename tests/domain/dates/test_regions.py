"""Days off of regions: the operator's own, and those of whom nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.dates import regions
from opslog.domain.dates.workdays import read_overlay

OWN = """
holidays = [2027-02-01]

[[region]]
name = "新疆"
places = ["昌吉"]
holidays = [2027-03-10, 2027-05-17]
"""


def test_a_place_or_the_words_for_an_audience_tell_the_region() -> None:
    own = read_overlay(OWN, "workdays.toml")
    assert own.is_workday(date(2027, 3, 10))  # everywhere else
    for text in ("昌吉 人民会堂", "新疆的老客户", "乌鲁木齐", "Urumqi"):
        assert [one.name for one in regions.told([text], own.regions)] == ["新疆"]
    assert not regions.told(["北京", ""], own.regions)


def test_what_nobody_knows_is_named_once() -> None:
    own = read_overlay(OWN, "workdays.toml").regions
    assert regions.unknown(["上海", "昌吉"], own, [2027]) == []
    assert regions.unknown(["昌吉"], own, [2027, 2028]) == ["新疆"]  # no day of 2028
    assert regions.unknown(["香港 湾仔", "Hong Kong office", "HK"], own, [2027]) == ["香港"]
    assert regions.unknown(["报价以 HKD 计"], own, [2027]) == []
    assert regions.unknown(["南宁"], (), [2027]) == ["广西"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[region]]\nholidays = [2027-03-10]\n", "line 1: “name” is missing"),
        ("[[region]]\nname = '藏'\nholidays = ['x']\n", "line 3: “holidays” must be a list of"),
        ("[region]\nname = '藏'\n", "“region” must be written as [[region]]"),
        ("[[region]]\nname='a'\n[[region]]\nname='a'\n", "line 4, “name”: “a” stands here twice"),
    ],
)
def test_a_broken_region_is_named_by_its_line(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_overlay(text, "workdays.toml")
    assert said in str(refused.value)
