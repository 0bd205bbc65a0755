"""Several lists one below the other in one file: each is read under its own headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.list_file import OpenList
from tests.exchange.lists_of import opened

FIRST = "第一场\n姓名,手机号,公司,职位\n冯一,13722220001,甲,经理\n冯二,13722220002,乙,经理\n"
SECOND = "\n第二场\n姓名,公司,邮箱,职位,手机号\n冯三,丙,f3@ex.com,经理,13722220003\n"


def _lines(source: OpenList) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(row.line, row.section, row.marks) for row in source]


def test_both_lists_come_in_under_their_own_headings(tmp_path: Path) -> None:
    source = opened(tmp_path, FIRST + SECOND)
    assert source.header_row == 2
    assert _lines(source) == [
        (3, 0, ()),
        (4, 0, ()),
        (6, 0, ()),
        (7, 0, ("heading",)),
        (8, 1, ()),
    ]
    first, second = source.parts
    assert (second.header_row, second.title) == (7, "第二场")
    assert (first.mapping["phone"], second.mapping["phone"]) == ((1,), (4,))
    assert second.mapping["email"] == (2,)
    (other,) = source.preview().others
    assert [row.line for row in other.rows] == [8]


def test_lesser_headings_come_first_where_people_stand_below_them(tmp_path: Path) -> None:
    source = opened(tmp_path, "参会者,联系方式\n冯一,13722220001\n" + SECOND)
    assert (source.header_row, len(source.parts)) == (1, 2)
    assert [row.line for row in source] == [2, 4, 5, 6]


def test_a_block_above_the_list_is_not_one(tmp_path: Path) -> None:
    block = "主办单位,甲公司\n联系人,张三\n公司邮箱,zs@ex.com\n"
    source = opened(tmp_path, block + "姓名,手机号\n冯一,13722220001\n")
    assert (source.header_row, len(source.parts)) == (4, 1)


def test_the_same_headings_again_begin_nothing(tmp_path: Path) -> None:
    source = opened(tmp_path, "姓名,公司\n冯一,甲\n姓名,公司\n冯二,乙\n")
    assert [row.marks for row in source] == [(), ("heading",), ()]
    assert len(source.parts) == 1


def test_words_that_head_columns_elsewhere_are_data_beside_a_name(tmp_path: Path) -> None:
    text = "姓名,公司,来源,签到状态,票种\n李四,,手机,签到,\n王五,,手机,签到,guest\n"
    source = opened(tmp_path, text)
    assert (len(source.parts), [row.marks for row in source]) == (1, [(), ()])


def test_columns_told_by_their_headings_hold_for_each_list_that_has_them(tmp_path: Path) -> None:
    text = "姓名,手机号,昵称\n冯一,13722220001,一一\n姓名,邮箱,公司,昵称\n冯二,f2@ex.com,乙,二二\n"
    source = opened(tmp_path, text, ImportOptions(columns={"name": "昵称"}))
    assert [part.mapping["name"] for part in source.parts] == [(2,), (3,)]


def test_who_is_listed_apart_from_those_who_came_did_not_come(tmp_path: Path) -> None:
    came = "参会人员\n姓名,手机号,时长\n甲一,13700000001,30\n"
    source = opened(tmp_path, came + "\n未参会人员\n姓名,手机号,原因\n乙一,13700000004,出差\n")
    assert [part.came for part in source.parts] == [True, False]


@pytest.mark.parametrize(
    "known",
    [
        "姓名,首次加入,上次离开,会议中时长\n冯二,14:01,14:59,58分钟\n",
        "入会昵称,首次入会时间,最后退会时间,累计参会时长\n冯二,14:01,14:59,58分钟\n",
    ],
)
def test_another_list_above_a_known_layout_is_read_too(tmp_path: Path, known: str) -> None:
    source = opened(tmp_path, "嘉宾\n姓名,手机号\n冯一,13722220001\n\n" + known)
    assert [row.line for row in source] == [3, 5, 6]
    assert source.parts[-1].mapping["minutes"] == (3,)
