from __future__ import annotations

import pytest

from opslog.domain.people.number_cities import city_alone, place_of


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


@pytest.mark.parametrize(
    ("place", "city"),
    [
        ("北京市", "北京市"),
        ("辽宁省抚顺市", "抚顺市"),
        ("黑龙江省哈尔滨市", "哈尔滨"),
        ("内蒙古包头市", "包头市"),
        ("广西壮族自治区南宁市", "南宁市"),
        ("西藏阿里", "阿里"),
        ("西藏", "西藏"),
        ("", ""),
    ],
)
def test_a_column_takes_the_city_without_its_province(place: str, city: str) -> None:
    assert city_alone(place) == city


def test_the_table_agrees_with_the_library_it_is_made_from() -> None:
    from phonenumbers import geocoder, parse

    for prefix in range(1_300_000, 1_990_000, 4_999):
        number = f"+86{prefix}1234"
        said = geocoder.description_for_valid_number(parse(number), "zh")
        assert place_of(number) == ("" if said == "中国" else said)
