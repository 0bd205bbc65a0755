"""Numbers as they are typed, with the signs and words of sheets and articles."""

from __future__ import annotations

import pytest

from opslog.domain.base.amounts import read_amount, read_change, read_number
from opslog.domain.base.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("8,108", 8_108),
        ("204，000", 204_000),
        ("6.1万", 61_000),
        ("22 万", 220_000),
        ("￥３０００元", 3_000),
        ("1.5亿", 150_000_000),
        ("2k", 2_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read(typed: str, value: float) -> None:
    assert read_amount(typed) == value


def test_nothing_typed_is_no_amount_and_no_zero() -> None:
    assert read_amount(" ") is None


@pytest.mark.parametrize("typed", ["-5", "12%", "万", "1.2.3", "viele", "9" * 20])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="is no amount; write 20000 or 20k"):
        read_amount(typed)


@pytest.mark.parametrize(
    ("typed", "percent", "change"),
    [
        ("-59.29%", -59.29, None),
        ("－９．９％", -9.9, None),
        ("−7.3 %", -7.3, None),
        ("+12%", 12, None),
        ("-19", None, -19),
        ("负1,200", None, -1_200),
        ("0%", 0, None),
    ],
)
def test_a_change_is_a_share_or_a_number(
    typed: str, percent: float | None, change: float | None
) -> None:
    assert read_change(typed) == (percent, change)


@pytest.mark.parametrize("typed", ["", "%", "--5%", "10%%", "更多"])
def test_what_is_no_change_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="is no change; write -9"):
        read_change(typed)


def test_a_number_from_elsewhere_may_be_below_zero() -> None:
    assert read_number("-3.5") == -3.5
    with pytest.raises(Refused, match="“32%” is no number"):
        read_number("32%")
