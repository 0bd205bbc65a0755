from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from opslog.domain.imports.row import RowReader
from opslog.domain.imports.row_reading import RowReading

COLUMNS = ("姓名", "手机", "公司", "邮箱", "报名时间", "企微", "备注")
MAPPING = {
    field: (index,)
    for index, field in enumerate(
        ("name", "phone", "company", "email", "signed_up_at", "wecom", "note")
    )
}
SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(*cells: str, marks: tuple[str, ...] = ()) -> RowReading:
    return RowReader(COLUMNS, MAPPING, SHANGHAI).read(cells, marks)


def test_a_row_is_understood() -> None:
    reading = read(
        *(" 王志刚 ", "138 0013 8000", "某某科技（北京）有限公司", "W@A.cn"),
        *("2026/11/1 9:05", "是", "素食"),
    )
    assert reading == RowReading(
        name="王志刚",
        company="某某科技（北京）有限公司",
        company_key="某某科技",
        title="",
        phone="+8613800138000",
        email="w@a.cn",
        city="",
        industry="",
        wecom=True,
        note="素食",
        phones="",
        emails="",
        city_guess="北京市",
        signed_up_at="2026-11-01T01:05:00Z",
        by_mobile="+8613800138000",
        by_email="w@a.cn",
        problems=(),
    )


def test_a_switchboard_and_info_join_nobody() -> None:
    reading = read("王志刚", "010-62751234转801", "", "info@a.cn")
    assert (reading.phone, reading.email) == ("+861062751234", "info@a.cn")
    assert (reading.by_mobile, reading.by_email) == ("", "")
    assert reading.note == "转801"


def test_a_damaged_phone_is_a_mark_on_a_card() -> None:
    reading = read("王志刚", "1.38E+10")
    assert reading.problems == ("phone_damaged",)
    assert reading.is_card


@pytest.mark.parametrize(
    "first", ["合计", "共计：50人", "总计", "Total", "Grand Total:", "共 120 人"]
)
def test_a_totals_line_is_no_card(first: str) -> None:
    reading = read(first, "50")
    assert reading.problems == ("totals",)
    assert not reading.is_card


def test_somebody_called_like_a_total_but_reachable_is_a_card() -> None:
    assert read("Total", "13800138000").is_card


def test_a_row_without_name_and_numbers_is_no_card() -> None:
    assert read("", "", "某某公司").problems == ("nobody",)


def test_the_headings_again_are_no_card() -> None:
    assert read(*COLUMNS).problems == ("heading",)


def test_an_impossible_date_is_marked_and_the_rest_taken() -> None:
    reading = read("王志刚", "13800138000", "", "", "2026-11-31")
    assert reading.problems == ("date_unreadable",)
    assert (reading.name, reading.signed_up_at) == ("王志刚", "")


def test_a_short_row_and_one_with_too_many_cells() -> None:
    assert read("王志刚").name == "王志刚"
    assert read("王志刚", "", "", "", "", "", "", "多出来的").problems == ("more_cells",)
    assert read("王志刚", "", "", "", "", "", "", " ").problems == ()


@pytest.mark.parametrize(
    ("given", "family", "whole"), [("志刚", "王", "王志刚"), ("John", "Smith", "John Smith")]
)
def test_two_halves_of_a_name_are_put_together(given: str, family: str, whole: str) -> None:
    reader = RowReader(("First", "Last"), {"given_name": (0,), "family_name": (1,)}, SHANGHAI)
    assert reader.read([given, family]).name == whole


def test_half_hours_of_a_zone_are_minded() -> None:
    reader = RowReader(("t", "n"), {"signed_up_at": (0,), "name": (1,)}, ZoneInfo("Asia/Kolkata"))
    assert reader.read(["2026-11-01 09:05", "A"]).signed_up_at == "2026-11-01T03:35:00Z"


def test_two_numbers_and_two_addresses_of_a_cell_are_both_kept() -> None:
    reading = read("王志刚", "13800138000 / 13900139000", "", "a@b.cn; c@d.cn")
    assert (reading.phone, reading.phones) == ("+8613800138000", "+8613900139000")
    assert (reading.email, reading.emails) == ("a@b.cn", "c@d.cn")
    assert reading.problems == ()


def test_two_people_of_a_cell_get_each_their_number() -> None:
    reading = read("王志刚、李娜", "13800138000、13900139000", "甲公司")
    people = (reading, *reading.also)
    assert [(one.name, one.phone, one.company) for one in people] == [
        ("王志刚", "+8613800138000", "甲公司"),
        ("李娜", "+8613900139000", "甲公司"),
    ]
    assert reading.problems == ("more_people",)


def test_two_people_with_one_number_are_left_for_the_operator() -> None:
    reading = read("王志刚、李娜", "13800138000", "", "w@a.cn")
    assert (reading.name, reading.also) == ("王志刚、李娜", ())
    assert (reading.by_mobile, reading.by_email) == ("", "")
    assert reading.problems == ("more_people",)


def test_several_choices_of_a_question_are_parted_as_people_part_them() -> None:
    assert (
        RowReader(("姓名", "行业"), {"name": (0,), "industry": (1,)}, SHANGHAI)
        .read(("王志刚", "金融┋制造"))
        .industry
        == "金融、制造"
    )


def attended(*cells: str, attendance: bool = False) -> tuple[bool, str, int | None]:
    columns = ("手机", "状态", "签到时间", "参会时长")
    mapping = {"phone": (0,), "status": (1,), "arrived_at": (2,), "minutes": (3,)}
    reading = RowReader(columns, mapping, SHANGHAI, attendance=attendance).read(cells)
    return reading.came, reading.state, reading.seconds


def test_what_a_row_says_about_coming() -> None:
    assert attended("13800138000", "已取消", "", "") == (False, "withdrawn", None)
    assert attended("13800138000", "候补", "", "") == (False, "waiting", None)
    assert attended("13800138000", "Checked In", "", "") == (True, "", None)
    assert attended("13800138000", "", "2026/11/20 14:00", "") == (True, "", None)
    assert attended("13800138000", "", "2026/11/20 14:00", "52") == (False, "", 3120)
    assert attended("13800138000", "", "", "", attendance=True) == (False, "", None)


def test_to_stand_in_a_bare_attendance_list_is_to_have_come() -> None:
    reader = RowReader(("手机",), {"phone": (0,)}, SHANGHAI, attendance=True)
    assert reader.read(("13800138000",)).came


@pytest.mark.parametrize(
    "cells",
    [
        ["备注：仅供内部使用"],
        ["制表人：张三", "", "2026年11月1日"],
        ["未参会人员", "", ""],
        ["", "备注：无"],
    ],
)
def test_a_line_about_the_list_is_no_card(cells: list[str]) -> None:
    reading = read(*cells)
    assert reading.problems == ("remark",)
    assert not reading.is_card


def test_whoever_can_be_reached_is_no_remark() -> None:
    assert read("联系人：李娜", "13800138000").is_card
    assert read("李娜", "").problems == ()


@pytest.mark.parametrize(
    "said", ["(空)", "（空）", "(跳过)", "（跳过）", "(未填)", "未填写", "(Empty)"]
)
def test_what_a_form_writes_for_no_answer_is_blank_everywhere(said: str) -> None:
    reading = read("钱一", said, said, said, said, said, said)
    assert reading == read("钱一", "", "", "", "", "", "")


def test_bytes_that_are_no_text_name_nobody() -> None:
    assert read("\\x0a", marks=("bad_bytes",)).problems == ("bad_bytes", "nobody")
    assert read("王\\xff", marks=("bad_bytes",)).is_card
    assert read("\\xff\\xfe", "13800138000", marks=("bad_bytes",)).is_card
