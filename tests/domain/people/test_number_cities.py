from __future__ import annotations

import pytest

from opslog.domain.people.number_cities import place_of


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+8613800138000", "北京市"),
        ("+8613022112345", "上海市"),
        ("+861062751234", "北京市"),
        ("+8657187654321", "浙江省杭州市"),
        ("+864008001234", ""),
        ("+8619912345678", ""),
        ("+85291234567", ""),
        ("", ""),
    ],
)
def test_where_a_number_is_from(number: str, place: str) -> None:
    assert place_of(number) == place


def test_the_table_agrees_with_the_library_it_is_made_from() -> None:
    from phonenumbers import geocoder, parse

    for prefix in range(1_300_000, 1_990_000, 4_999):
        number = f"+86{prefix}1234"
        said = geocoder.description_for_valid_number(parse(number), "zh")
        assert place_of(number) == ("" if said == "中国" else said)
