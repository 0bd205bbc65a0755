"""Pinyin as people type it."""

from __future__ import annotations

import pytest

from opslog.domain.people.naming import pinyin


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王志刚", "wangzhigang zhigang gang wzg zg w wz wa"),
        ("李娜", "lina na ln l li"),
        ("李", "li l"),
        ("欧阳静", "ouyangjing yangjing jing oyj yj o oy ou"),
        ("𠮷野家", "yejia jia yj y ye"),  # 𠮷 has no reading of its own
        ("Ute Meyer", "u ut m me"),
        ("王 Anna", "wang w wa a an"),
        ("[/red]", "r re"),
        ("", ""),
        ("(无)", "wu w"),
    ],
)
def test_a_name_is_typed_in_full_and_by_initials(name: str, typed: str) -> None:
    assert set(pinyin.name_words(name).split()) == set(typed.split())


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("单伟", "shanwei danwei sw dw"),
        ("曾敏", "zengmin cengmin"),
        ("仇静", "qiujing choujing qj cj"),
        ("解伟", "xiewei jiewei"),
        ("查理", "zhali chali"),
        ("盖伟", "gewei gaiwei"),
        ("朴敏", "piaomin pumin"),
        ("张乐", "zhangle zhangyue zl zy"),
        ("王重", "wangchong wangzhong"),
        ("长江", "changjiang zhangjiang"),
        ("吕布", "lvbu lubu"),
        ("单长乐", "shanchangle danchangle shanchangyue danzhangyue"),
    ],
)
def test_a_character_with_several_readings_is_typed_by_each(name: str, ways: str) -> None:
    assert set(ways.split()) <= set(pinyin.name_words(name).split())


def test_a_company_is_typed_from_its_beginning_and_from_behind_its_city() -> None:
    words = pinyin.company_words("北京深蓝软件").split()
    assert {"beijingshenlanruanjian", "shenlanruanjian", "bjslrj", "slrj"} <= set(words)
    assert "cqca" in pinyin.company_words("重庆长安").split()
    assert pinyin.company_words("blue sea") == ""


def test_a_list_is_sorted_by_the_sound() -> None:
    names = ["王志刚", "Zoe", "李娜", "anna", "陈伟"]
    assert sorted(names, key=pinyin.order_key) == ["anna", "陈伟", "李娜", "王志刚", "Zoe"]


def test_a_cell_pasted_full_of_characters_makes_no_mountain_of_words() -> None:
    assert len(pinyin.name_words("长" * 10_000)) < 20_000
    assert "changchang" in pinyin.name_words("长" * 10_000).split()
