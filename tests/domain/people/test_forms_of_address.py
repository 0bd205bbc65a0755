"""Surname and title, as one writes to somebody in Chinese."""

from __future__ import annotations

import pytest

from opslog import locale
from opslog.domain.people.naming.forms_of_address import addressed
from opslog.domain.people.naming.name_kinds import without_pictures


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_colleague_noted_beside_the_name_is_not_said(language: str) -> None:
    locale.set_language(language)
    assert addressed("杰出科技-陈志杰", "") == "陈志杰"


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("魏灿驰", "运营经理", "魏经理"),
        ("李娜", "副总经理", "李总"),
        ("张伟", "CEO", "张总"),
        ("张伟", "Coordinator", "张伟"),
        ("苗菡翠", "董事长兼总裁", "苗董"),
        ("欧阳明", "市场总监", "欧阳总监"),
        ("王总工", "", "王总工"),
        ("陈晨", "总工程师", "陈总工"),
        ("陈晨", "高级工程师", "陈工"),
        ("陈晨", "专员", "陈晨"),
        ("魏灿驰🙂", "运营经理", "魏经理"),
        ("🌸魏灿驰", "专员", "魏灿驰"),
        ("🌸", "", "🌸"),
        ("欧阳明", "总经理助理", "欧阳助理"),
        ("张伟", "助理总裁", "张总"),
        ("张伟", "董事长秘书", "张秘书"),
        ("张伟", "董事会秘书", "张董秘"),
        ("张伟", "协会秘书长", "张秘书长"),
        ("张伟", "总裁办主任", "张主任"),
        ("张伟", "董事长办公室副主任", "张主任"),
        ("John Smith", "总经理", "John Smith"),
        ("", "经理", ""),
    ],
)
def test_surname_and_title(name: str, title: str, said: str) -> None:
    locale.set_language("zh")
    assert addressed(name, title) == said
    locale.set_language("en")
    assert addressed(name, title) == without_pictures(name)
