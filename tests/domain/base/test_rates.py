"""Below twenty no rate stands alone, in any of its forms."""

from __future__ import annotations

import pytest

from opslog.domain.base.rates import Rate


@pytest.mark.parametrize(
    ("part", "of", "alone", "counted", "share"),
    [
        (5, 7, "5 of 7", "5", "71% (5/7)"),
        (0, 19, "0 of 19", "0", "0% (0/19)"),
        (0, 20, "0%", "0 (0%)", "0%"),
        (45, 63, "71%", "45 (71%)", "71%"),
        (1, 433, "<1%", "1 (<1%)", "<1%"),  # 0% were nobody
        (999, 1000, ">99%", "999 (>99%)", ">99%"),
        (1000, 1000, "100%", "1000 (100%)", "100%"),
        (1001, 1000, "100%", "1001 (100%)", "100%"),
    ],
)
def test_a_share_of_few_is_said_with_its_count(
    part: int, of: int, alone: str, counted: str, share: str
) -> None:
    rate = Rate(part, of)
    assert [str(rate.alone), str(rate.counted), rate.share] == [alone, counted, share]


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [(7, 12, 32, 81), (0, 3, 0, 56), (4, 4, 51, 100), (4, 19, 9, 43), (500, 1000, 47, 53)],
)
def test_how_far_a_share_of_few_may_be_from_that_of_many(
    part: int, of: int, low: int, high: int
) -> None:
    """Figures of Wilson's interval as statistics packages print them."""
    assert Rate(part, of).range == (low, high)
    assert Rate(5, 4).range is None
    assert Rate(0, 0).range is None


@pytest.mark.parametrize(
    ("part", "of", "short", "beside", "ranged"),
    [
        (3, 7, "3/7", "43% (16–75%)", "43% (3/7, 16–75%)"),
        (0, 5, "0/5", "0% (0–43%)", "0% (0/5, 0–43%)"),
        (9, 20, "45%", "45%", "45%"),
        (5, 4, "5/4", "125%", "125% (5/4)"),  # of less than itself
        (0, 0, "–", "–", "–"),
    ],
)
def test_each_form_says_what_the_others_say(
    part: int, of: int, short: str, beside: str, ranged: str
) -> None:
    rate = Rate(part, of)
    assert [rate.short, rate.beside, rate.ranged] == [short, beside, ranged]
    assert rate.said in {"–", beside.split(" ")[0]}
