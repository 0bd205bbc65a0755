from __future__ import annotations

import csv

import pytest

from opslog.exchange.headings import known as heading_known
from opslog.exchange.headings.rows import Row
from tests.exchange.lists_of import FILES


def meant(columns: list[str]) -> dict[str, str]:
    return {field: columns[index] for field, index in heading_known.guess(columns).items()}


@pytest.mark.parametrize(
    "columns",
    [
        ["姓名", "手机号", "公司名称", "职位", "邮箱", "所在城市", "报名时间", "备注"],
        ["联系人", "联系方式", "单位", "职务", "电子邮箱", "地区", "提交时间", "留言"],
        ["您的姓名", "2、您的手机号：", "3、您所在的公司全称是？", "4、您的职务（必填）"],
        ["*姓名", "*手机号码", "企业名称", "部门及职务"],
        ["Name", "Phone Number", "Company", "Job Title", "Email Address", "City"],
        ["이름", "전화번호", "회사", "직책", "이메일"],
        ["氏名", "電話番号", "会社名", "役職", "メール"],
        ["Full Name", "Mobile", "Organization", "Position", "E-mail", "Location"],
    ],
)
def test_headings_mean_fields(columns: list[str]) -> None:
    fields = ["name", "phone", "company", "title", "email", "city", "signed_up_at", "note"]
    assert heading_known.guess(columns) == {
        field: at for at, field in enumerate(fields[: len(columns)])
    }


def test_what_only_looks_alike_is_left_out() -> None:
    assert meant(["推荐人姓名", "推荐人电话", "公司规模", "公司地址", "签到方式"]) == {}
    assert meant(["公司邮箱", "公司所在城市", "公司电话", "公司行业", "公司"]) == {
        "email": "公司邮箱",
        "city": "公司所在城市",
        "phone": "公司电话",
        "industry": "公司行业",
        "company": "公司",
    }


def test_halves_of_a_name_only_where_there_is_no_whole_one() -> None:
    assert set(meant(["First Name", "Last Name", "Email"])) == {
        "given_name",
        "family_name",
        "email",
    }
    assert set(meant(["Name", "First Name", "Last Name"])) == {"name"}


@pytest.mark.parametrize(
    ("columns", "best"),
    [
        (["用户昵称", "真实姓名", "手机号"], {"name": 1, "phone": 2}),
        (["昵称", "时长"], {"name": 0, "minutes": 1}),
        (["Participant", "First Name", "Last Name"], {"given_name": 1, "family_name": 2}),
        (["User Name", "First Name", "Email"], {"name": 0, "email": 2}),
        (["Name", "Phone", "Mobile"], {"name": 0, "phone": 2}),
        (["姓名", "电话", "手机"], {"name": 0, "phone": 2}),
        (["姓名", "电话", "公司"], {"name": 0, "phone": 1, "company": 2}),
        (["姓名", "部门", "首次入会时间", "总时长"], {"name": 0, "arrived_at": 2, "minutes": 3}),
        (["ID", "开始时间", "完成时间", "您的姓名"], {"name": 3, "signed_up_at": 2}),
    ],
)
def test_the_column_that_says_it_best(columns: list[str], best: dict[str, int]) -> None:
    assert heading_known.guess(columns) == best


def test_header_rows_of_real_platforms() -> None:
    with (FILES / "header_rows.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [meant(next(csv.reader([row["header_row"]]))) for row in csv.DictReader(file)]
    assert found[0] == {
        "signed_up_at": "提交答卷时间",
        "company": "2、你的学校是全称是？",
    }
    assert found[1] == {
        "name": "姓名",
        "phone": "手机号",
        "signed_up_at": "报名时间",
        "status": "审核状态",
        "attended": "签到状态",
        "arrived_at": "签到时间",
    }
    assert found[2] == {
        "name": "姓名",
        "phone": "手机号",
        "company": "公司",
        "note": "备注",
        "attended": "签到状态",
        "arrived_at": "签到时间",
        "signed_up_at": "报名时间",
    }
    assert found[3] == {
        "name": "姓名",
        "company": "公司",
        "title": "职位",
        "phone": "电话",
        "email": "邮箱",
        "industry": "行业",
        "note": "备注",
    }
    assert found[4] == {
        "signed_up_at": "Order Date",
        "given_name": "First Name",
        "family_name": "Last Name",
        "email": "Email",
        "city": "Home City",
        "title": "Job Title",
        "company": "Company",
        "status": "Attendee Status",
    }


def test_the_buyers_columns_stand_back_where_the_guest_has_some() -> None:
    twice = ["订单号", "购票人", "手机", "邮箱", "票种", "参会人姓名", "手机", "邮箱"]
    assert heading_known.guess(twice) == {"name": 5, "phone": 6, "email": 7}
    named = ["购票人邮箱", "参会人邮箱", "姓名"]
    assert heading_known.guess(named) == {"email": 1, "name": 2}
    assert heading_known.guess(["姓名", "购票人手机"]) == {"name": 0, "phone": 1}
    referred = ["姓名", "手机号", "公司", "推荐人", "姓名", "手机号"]
    assert heading_known.guess(referred) == {"name": 0, "phone": 1, "company": 2}


def rows(*lines: list[str]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, 1)]


def test_the_headings_are_found_below_title_lines() -> None:
    assert (
        heading_known.find_row(
            rows(
                ["2026上海沙龙报名名单"],
                ["请核对姓名、手机号"],
                ["姓名", "手机号", "公司"],
                ["王志刚", "13800138000", "公司"],
            )
        )
        == 2
    )


def test_a_row_of_data_is_no_heading() -> None:
    assert heading_known.find_row(rows(["王志刚", "13800138000", "公司"])) is None
    assert heading_known.find_row(rows(["foo", "bar"], ["1", "2"])) is None


def test_a_heading_named_by_a_person_is_looked_for() -> None:
    assert (
        heading_known.find_row(rows(["x", "y"], ["foo", "bar"], ["1", "2"]), [frozenset({"bar"})])
        == 1
    )


def test_columns_are_known_by_what_stands_in_them() -> None:
    found = rows(["1", "王志刚", "13800138000", "w@a.cn", "某某公司"]) * 3
    assert heading_known.guess_by_content(found, {}) == {"phone": 2, "email": 3}
    assert heading_known.guess_by_content(found, {}, headless=True) == {
        "phone": 2,
        "email": 3,
        "company": 4,
        "name": 1,
    }
