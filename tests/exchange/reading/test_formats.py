"""The table of formats in README, a row a test, each with a file made for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from tests.exchange.formats import HEADINGS, ROWS, WORKBOOKS, text
from tests.exchange.lists_of import FILES, written

ANY_NAME = ["list.csv", "list.txt", "list.xlsx", "list.dat", "list"]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_of_each_kind_comes_in_whole(tmp_path: Path, name: str) -> None:
    found = open_list(WORKBOOKS[name](tmp_path / name))
    assert (found.sheet, found.header_row, list(found.columns)) == ("名单", 2, HEADINGS)
    assert [row.cells for row in found] == ROWS
    assert [sheet.name for sheet in found.sheets if sheet.hidden] == ["旧"]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hidden_sheet_is_taken_when_named(tmp_path: Path, name: str) -> None:
    path = WORKBOOKS[name](tmp_path / name)
    assert [row.cells for row in open_list(path, ImportOptions(sheet="旧"))] == [["旧人"]]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    made = WORKBOOKS[name](tmp_path / name)
    renamed = made.rename(tmp_path / "renamed.csv")
    assert [row.cells for row in open_list(renamed)] == ROWS


@pytest.mark.parametrize("name", ANY_NAME)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_known_by_its_content(tmp_path: Path, name: str, delimiter: str) -> None:
    found = open_list(written(tmp_path, text("gb18030", delimiter), name))
    assert (found.encoding, found.delimiter) == ("gb18030", delimiter)
    assert [row.cells for row in found] == ROWS * 5


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_text_in_each_encoding(tmp_path: Path, encoding: str, named: str) -> None:
    found = open_list(written(tmp_path, text(encoding)))
    assert (found.encoding, found.sure) == (named, True)
    assert [row.cells for row in found] == ROWS * 5


def test_a_heading_of_several_lines_is_one(tmp_path: Path) -> None:
    found = open_list(written(tmp_path, '姓名,"手机号\n（必填）",公司\n王志刚,13800138000,甲\n'))
    assert found.columns == ("姓名", "手机号 （必填）", "公司")
    assert found.mapping["phone"] == (1,)
    assert [(row.line, row.cells[0]) for row in found] == [(3, "王志刚")]


def test_numbers_as_text_and_text_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "numbers.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "手机号", "编号", "比例", "参加"])
    sheet.write_string(1, 0, "王志刚")
    sheet.write_number(1, 1, 13800138000)
    sheet.write_string(1, 2, "007")
    sheet.write_number(1, 3, 0.25)
    sheet.write_boolean(1, 4, True)
    sheet.write_string(2, 0, "李娜")
    sheet.write_string(2, 1, "13900139000.0")
    sheet.write_formula(2, 2, "=1+1", None, 2)
    book.close()
    assert [row.cells for row in open_list(path)] == [
        ["王志刚", "13800138000", "007", "0.25", "TRUE"],
        ["李娜", "13900139000.0", "2"],
    ]


def test_a_workbook_with_nothing_to_see_asks_for_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("封面")
    hidden = book.add_worksheet("名单")
    hidden.write_column(0, 0, ["姓名", "王志刚"])
    hidden.hide()
    book.close()
    with pytest.raises(Refused, match=r"hidden\.xlsx"):
        open_list(path)
    assert [row.cells for row in open_list(path, ImportOptions(sheet="名单"))] == [["王志刚"]]


def test_locked_workbooks_of_each_kind(tmp_path: Path) -> None:
    import zipfile

    xls = bytearray((FILES / "list.xls").read_bytes())
    at = xls.find(bytes.fromhex("0908100000060500")) + 20
    xls[at : at + 2] = b"\x2f\0"  # the record that says: encrypted from here on
    ods = tmp_path / "locked.ods"
    with zipfile.ZipFile(FILES / "list.ods") as old, zipfile.ZipFile(ods, "w") as new:
        for part in old.infolist():
            if part.filename == "META-INF/manifest.xml":
                mark = b"<manifest:encryption-data/></manifest:manifest>"
                new.writestr(part, old.read(part).replace(b"</manifest:manifest>", mark))
            else:
                new.writestr(part, b"\x8f\x02 not to be read" * 40)
    for path in (FILES / "pass_protected.xlsx", written(tmp_path, bytes(xls), "locked.xls"), ods):
        with pytest.raises(Refused, match=f"{path.name} is protected by a password"):
            open_list(path)
