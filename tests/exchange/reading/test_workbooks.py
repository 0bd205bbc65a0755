from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions, SheetUnclear
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import workbooks
from tests.exchange.lists_of import FILES, rows_of, written


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Two title lines (one merged), headings in B3, numbers, dates, a company merged downward."""
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    book.add_worksheet("说明").write(0, 0, "填表说明")
    sheet = book.add_worksheet("名单")
    sheet.merge_range(0, 1, 0, 4, "上海沙龙报名名单")
    sheet.write(1, 1, "截至11月20日")
    sheet.write_row(2, 1, ["姓名", "手机号", "公司", "报名时间"])
    sheet.write_row(3, 1, ["王志刚", 13800138000])
    sheet.write_datetime(3, 4, datetime(2026, 11, 1, 9, 5), moment)
    sheet.write_row(4, 1, ["李娜", "139 0013 9000"])
    sheet.write_datetime(4, 4, datetime(2026, 11, 2), day)
    sheet.merge_range(3, 3, 4, 3, "某某公司")
    sheet.write_row(6, 1, ["合计", 2])
    hidden = book.add_worksheet("旧")
    hidden.write_row(0, 0, ["姓名", "手机号", "公司", "邮箱", "城市"])
    hidden.write_row(1, 0, ["旧人", "13700137000", "", "", ""])
    hidden.hide()
    book.close()
    return path


def test_a_workbook_as_people_send_it(messy: Path) -> None:
    found = open_list(messy)
    assert (found.sheet, found.header_row) == ("名单", 3)
    assert found.columns == ("姓名", "手机号", "公司", "报名时间")
    assert [(row.line, row.cells) for row in found] == [
        (4, ["王志刚", "13800138000", "某某公司", "2026-11-01 09:05"]),
        (5, ["李娜", "139 0013 9000", "某某公司", "2026-11-02"]),
        (7, ["合计", "2"]),
    ]
    assert [row.cells[0] for row in found.above] == ["上海沙龙报名名单", "截至11月20日"]


def test_hidden_sheets_are_offered_never_taken(messy: Path) -> None:
    sheets = open_list(messy).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("说明", False),
        ("名单", False),
        ("旧", True),
    ]
    assert rows_of(messy, ImportOptions(sheet="旧")) == [["旧人", "13700137000"]]
    assert open_list(messy, ImportOptions(sheet="2")).sheet == "名单"
    with pytest.raises(Refused, match="no sheet “foo”; it has 说明, 名单, 旧"):
        open_list(messy, ImportOptions(sheet="foo"))


def test_columns_by_letter_are_those_of_the_sheet(messy: Path) -> None:
    options = ImportOptions(columns={"company": "", "city": "D"})
    assert open_list(messy, options).mapping == {
        "name": (0,),
        "phone": (1,),
        "city": (2,),
        "signed_up_at": (3,),
    }


def test_a_workbook_under_another_ending(messy: Path) -> None:
    renamed = messy.with_suffix(".csv")
    messy.rename(renamed)
    assert open_list(renamed).sheet == "名单"


def test_merged_cells_of_a_real_file() -> None:
    book = workbooks.Book(FILES / "merge_cells.xlsx")
    rows = [row.cells for row in book.rows(book.names[0])]
    assert rows[0] == ["Row Merge", "", "Not Merged"]
    assert rows[1] == ["Column Merge", "Chunk Merged"]


def test_dates_and_durations_of_a_real_file() -> None:
    book = workbooks.Book(FILES / "date.xlsx")
    rows = [row.cells for row in book.rows(book.names[0])]
    assert rows[0] == ["2021-01-01", "15"]
    assert rows[2] == ["10 days, 15:10:10", "17"]


def test_a_password_is_said_to_be_one() -> None:
    with pytest.raises(Refused, match="protected by a password"):
        open_list(FILES / "pass_protected.xlsx")


def test_an_empty_workbook_is_said_to_be_empty() -> None:
    with pytest.raises(Refused, match="is empty"):
        open_list(FILES / "empty_sheet.xlsx")


def test_a_broken_workbook_is_a_sentence(messy: Path, tmp_path: Path) -> None:
    broken = written(tmp_path, messy.read_bytes()[:3000], "broken.xlsx")
    with pytest.raises(Refused, match=r"broken\.xlsx is broken"):
        open_list(broken)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_broken_part_is_said_in_words_of_the_product(
    messy: Path, tmp_path: Path, part: str
) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(messy) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<a>&c;</b>" if name == part else old.read(name))
    with pytest.raises(Refused) as refused:
        workbooks.Book(path).rows("说明")
    said = str(refused.value)
    assert said.startswith("parts.xlsx is broken and can't be opened; open it in Excel")


def test_where_only_a_hidden_sheet_holds_rows_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("封面")
    sheet = book.add_worksheet("隐藏名单")
    sheet.write_row(0, 0, ["姓名"])
    sheet.write_row(1, 0, ["王志刚"])
    sheet.hide()
    book.close()
    with pytest.raises(SheetUnclear, match=r"only hidden sheets .* --sheet: 隐藏名单") as unclear:
        open_list(path)
    assert [one.name for one in unclear.value.sheets] == ["隐藏名单"]


def _with_sheet(source: Path, target: Path, xml: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            new.writestr(part, xml if "worksheets/sheet1" in part.filename else old.read(part))
    return target


def test_an_empty_answer_is_not_believed(tmp_path: Path) -> None:
    """Cells outside the data block: the library finds none, the bytes hold some."""
    odd = _with_sheet(
        FILES / "empty_sheet.xlsx",
        tmp_path / "odd.xlsx",
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><odd><row r="1"><c r="A1"><v>1</v></c></row></odd></worksheet>',
    )
    with pytest.raises(Refused, match="holds cells that can't be read"):
        open_list(odd)


def test_options_for_text_do_not_fit_a_workbook(messy: Path) -> None:
    with pytest.raises(Refused, match="--encoding is for text files only"):
        open_list(messy, ImportOptions(encoding="utf-8"))
