"""Ranges of numbers as they are typed, and what values lie in them."""

from __future__ import annotations

from math import inf

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people import ranges
from opslog.domain.people.ranges import Range


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("500", (500, 500)),
        ("约 1,200 人", (1200, 1200)),
        ("100-499人", (100, 499)),
        ("１００～５００", (100, 500)),
        ("2-5万", (20000, 50000)),
        ("1000人以上", (1000, inf)),
        ("10,000+", (10000, inf)),
        ("≥300", (300, inf)),
        ("50人以下", (0, 50)),
        ("少于50人", (0, 50)),
        ("1.5亿", (150_000_000, 150_000_000)),
        ("不详", None),
    ],
)
def test_a_value_stands_for_the_numbers_it_says(
    text: str, span: tuple[float, float] | None
) -> None:
    assert ranges.span_of(text) == span


@pytest.mark.parametrize(
    ("typed", "wanted", "others"),
    [
        ("员工数:100-500", Range("员工数", 100, 500), ""),
        ("员工数：＞200 王", Range("员工数", 200, inf, above=True), "王"),
        ("上海 员工数 >= 1,000人 经理", Range("员工数", 1000, inf), "上海 经理"),
        ('"Company size"<50', Range("company size", -inf, 50, below=True), ""),
        ("预算≤20万", Range("预算", -inf, 200_000), ""),
        ("员工数=500", Range("员工数", 500, 500), ""),
        ("员工数:300人以上", Range("员工数", 300, inf), ""),
    ],
)
def test_what_is_typed_is_read(typed: str, wanted: Range, others: str) -> None:
    found, rest = ranges.read(typed)
    assert (found, " ".join(rest.split())) == ([wanted], others)


@pytest.mark.parametrize(
    "typed", ["QQ:12345", "10:30-11:30", "#tag>3", "li@a.example", "员工数:100-", "员工数>", "万科"]
)
def test_other_words_stay_words(typed: str) -> None:
    assert ranges.read(typed) == ([], typed)


def test_all_of_a_value_must_lie_in_the_range() -> None:
    over_200 = Range("n", 200, inf, above=True)
    held = [text for text in ("200", "201", "100-499人", "500-999人", "无") if over_200.holds(text)]
    assert held == ["201", "500-999人"]
    assert Range("n", -inf, 50, below=True).holds("20-49")
    assert not Range("n", -inf, 50, below=True).holds("20-50")


def test_a_field_that_is_not_there_and_ends_that_are_swapped_are_said() -> None:
    wanted, _rest = ranges.read("规模>3")
    with pytest.raises(Refused, match=r"no field “规模” .* there are: 员工数, 预算"):
        ranges.check(wanted, ["员工数", "预算"])
    with pytest.raises(Refused, match="none yet"):
        ranges.check(wanted, [])
    wanted, _rest = ranges.read("员工数:500-100")
    with pytest.raises(Refused, match="500 is more than 100"):
        ranges.check(wanted, ["员工数"])
