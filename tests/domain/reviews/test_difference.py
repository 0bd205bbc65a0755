"""How far a number is from what it is held against."""

from __future__ import annotations

import pytest

from opslog.domain.reviews.numbers import CENTS, PERSON, Number
from opslog.domain.reviews.wording import difference
from opslog.locale import Msg


@pytest.mark.parametrize(
    ("value", "compared", "unit", "said"),
    [
        (123, 100, PERSON, "+23%"),
        (10, 20, PERSON, "-50%"),
        (123, 5, PERSON, "+118"),  # of so few a rate would say nothing
        (2, 5.5, PERSON, "-3.5"),
        (5, 5, PERSON, "±0"),
        (5, 0, PERSON, "+5"),
        (0, 0, PERSON, "±0"),
        (1500, 1000, CENTS, "+50%"),
        (None, 5, PERSON, ""),
        (5, None, PERSON, ""),
    ],
)
def test_below_twenty_no_rate_stands_alone(
    value: float | None, compared: float | None, unit: str, said: str
) -> None:
    assert difference(Number("one", Msg("one"), value, unit, compared=compared)) == said
