"""How names are alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.twins import name_likeness
from opslog.domain.twins.name_likeness import (
    CHARACTER,
    FITS,
    HALF,
    ORDER,
    OTHER,
    PART,
    SAME,
    SOUND,
    SPELLING,
    UNKNOWN,
    sound_keys,
    tie,
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("王志刚", "王　志刚", SAME),
        ("王志刚", "王志刚先生", SAME),
        ("王志刚", "王总", FITS),
        ("王志刚", "王**", FITS),
        ("J. Smith", "John Smith", FITS),
        ("王志刚", "王志钢", SOUND),
        ("单行", "单航", SOUND),  # 行 is xing and hang
        ("王志刚", "Zhigang Wang", SOUND),
        ("曾单", "Zeng Dan", SOUND),  # as a surname 曾 is zeng
        ("王志刚", "志刚王", ORDER),
        ("Smith John", "John Smith", ORDER),
        ("王志刚", "王志强", CHARACTER),
        ("王伟", "王芳", OTHER),  # one of two says nothing
        ("michael laverty", "micheal laverty", SPELLING),
        ("王志刚", "志刚", PART),
        ("王志刚", "Jack Wang", PART),
        ("edward ryan", "amelia ryan", HALF),
        ("王志刚", "李娜", OTHER),
        ("王志刚", "", UNKNOWN),
        ("王志刚", "无", UNKNOWN),
    ],
)
def test_a_tie_between_two_names(one: str, other: str, expected: str) -> None:
    assert tie(one, other) == expected
    assert tie(other, one) == expected


def test_a_name_and_its_pinyin_share_a_key() -> None:
    assert set(sound_keys("王志刚")) & set(sound_keys("Wang Zhigang"))
    assert set(sound_keys("王志刚")) & set(sound_keys("Zhigang Wang"))
    assert not set(sound_keys("王志刚")) & set(sound_keys("王志强"))


@given(*[st.text("王志刚钢李娜总单行 Jackwngzh*（）", max_size=8)] * 2)
def test_a_tie_does_not_depend_on_who_comes_first(one: str, other: str) -> None:
    assert tie(one, other) == tie(other, one)
    assert name_likeness.initials(one) == tuple(dict.fromkeys(name_likeness.initials(one)))
