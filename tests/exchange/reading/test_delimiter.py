"""The delimiter, where more than one sign parts the lines; what is close is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from tests.exchange.lists_of import opened, written

ADDRESSES = "上海市,徐汇区,宜山路", "北京市,海淀区,中关村", "深圳市,南山区,科技园"


@pytest.mark.parametrize("rows", [1, 2, 3, 40, 2000])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_commas_in_every_address_part_nothing(tmp_path: Path, delimiter: str, rows: int) -> None:
    people = [[f"王{n}", f"138{n:08}", ADDRESSES[n % 3], "到"[: n % 2]] for n in range(rows)]
    table = [["姓名", "手机", "地址", "备注"], *people]
    # Rows lose their empty cells at the end, as some programs write them.
    text = "\n".join(delimiter.join(row).rstrip(delimiter) for row in table)
    found = opened(tmp_path, text)
    assert (found.delimiter, found.separations) == (delimiter, ())
    assert [row.cells[2] for row in found] == [person[2] for person in people]


@pytest.mark.parametrize("people", [1, 2, 3, 40])
def test_moments_with_commas_in_a_report_by_tab(tmp_path: Path, people: int) -> None:
    moment = "11/14/22, 9:30:01 AM"
    lines = ["1. Summary", "Meeting title\tSpring, part 2", f"Start time\t{moment}", ""]
    lines += ["2. Participants", "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole"]
    lines += [f"P{n}\t{moment}\t{moment}\t1h 2m\tp{n}@a.cn\tAttendee" for n in range(people)]
    found = opened(tmp_path, "\n".join(lines).encode("utf-16"))
    assert (found.delimiter, found.profile) == ("\t", "Teams: attendance")
    assert len(list(found)) == people


def test_quotation_marks_tell_the_delimiter(tmp_path: Path) -> None:
    found = opened(tmp_path, '"Booth";"Hall"\n"a, b";"c, d"\n"e, f";"g, h"\n')
    assert (found.delimiter, found.separations) == (";", ())


def test_headings_of_a_persons_own_layout_tell_the_delimiter(tmp_path: Path) -> None:
    text = "Wave;Gate,Lane\n王志刚;A,13800138000\n"
    assert opened(tmp_path, text).separations
    told = ImportOptions(columns={"name": "Wave", "phone": "Gate,Lane"})
    found = opened(tmp_path, text, told)
    assert (found.delimiter, found.separations) == (";", ())


def test_two_readings_that_are_as_good_are_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, "王志刚;上海,13800138000\n李娜;北京,13900139000\n")
    found = open_list(path)
    with pytest.raises(Refused, match=r"more than one way: .*--delimiter") as refused:
        found.require_certainty()
    assert "comma “王志刚;上海 ┊ 13800138000”" in str(refused.value)
    assert "semicolon “王志刚 ┊ 上海,13800138000”" in str(refused.value)
    assert {one.name for one in found.preview().separations} == {"comma", "semicolon"}
    open_list(path, ImportOptions(delimiter="semicolon")).require_certainty()


def test_names_with_commas_under_one_heading_are_asked_about(tmp_path: Path) -> None:
    found = opened(tmp_path, "Name\nWang, Wei\nLi, Na\n")
    lines = {one.lines[1] for one in found.preview().separations}
    assert lines == {"Wang ┊ Wei", "Wang, Wei"}


@pytest.mark.parametrize("sign", ["，", "；", "、"])
def test_full_width_headings_go_before_ascii_signs_in_the_cells(tmp_path: Path, sign: str) -> None:
    rows = [
        ["姓名", "手机", "备注"],
        ["王志刚", "13800138000", "到,晚"],
        ["李娜", "13900139000", "好"],
    ]
    found = opened(tmp_path, "\n".join(map(sign.join, rows)))
    assert [row.cells for row in found] == rows[1:]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quotes_after_a_space_go_though_no_cell_holds_a_comma(tmp_path: Path, end: str) -> None:
    lines = ['"姓名", "手机", "公司"', '"王志刚", "13800138000", "甲"', '"李娜", "139", "乙"', ""]
    found = opened(tmp_path, end.join(lines))
    assert found.columns == ("姓名", "手机", "公司")
    assert next(row.cells for row in found) == ["王志刚", "13800138000", "甲"]


def test_a_quoted_word_at_the_start_of_a_text_keeps_its_marks(tmp_path: Path) -> None:
    found = opened(tmp_path, '姓名, 公司\n王志刚, "老" 王的店\n李娜, "新" 店\n')
    assert [row.cells[1].strip() for row in found] == ['"老" 王的店', '"新" 店']


@pytest.mark.parametrize("rows", [1, 3])
def test_a_backslash_before_a_delimiter_keeps_the_cell_whole(tmp_path: Path, rows: int) -> None:
    text = "姓名,公司,手机\n" + "王志刚,Acme\\, Inc.,13800138000\n" * rows
    assert next(iter(opened(tmp_path, text))).cells == ["王志刚", "Acme, Inc.", "13800138000"]


def test_a_folder_at_a_cells_end_parts_from_the_next(tmp_path: Path) -> None:
    text = "姓名,文件夹,手机\n王志刚,C:\\lists\\,13800138000\n"
    assert next(iter(opened(tmp_path, text))).cells == ["王志刚", "C:\\lists\\", "13800138000"]


def test_a_stray_quotation_mark_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    text = '姓名;手机;地址\n王志刚;13800138000;"上海,徐汇\n李娜;13900139000;北京,海淀\n'
    found = opened(tmp_path, text)
    assert found.delimiter == ";"
    assert [row.cells[0] for row in found] == ["王志刚", "李娜"]


@pytest.mark.parametrize("number", ["99\\,5", "1\\,200.00"])
def test_a_number_with_a_backslash_is_one_cell_though_every_row_has_one(
    tmp_path: Path, number: str
) -> None:
    found = opened(tmp_path, "".join(f"王志刚,138001380{row:02},{number},甲\n" for row in range(6)))
    assert next(iter(found)).cells == ["王志刚", "13800138000", number.replace("\\", ""), "甲"]
