"""Workbooks as odd programs write them: read as they are meant, or refused in a sentence."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading.failed_formulas import formula_errors
from tests.exchange.lists_of import written
from tests.exchange.xls import ERROR_CODES, write_xls
from tests.exchange.xlsb import write_xlsb

SHEET = "xl/worksheets/sheet1.xml"
PEOPLE = [["姓名", "手机", "公司"], ["王志刚", "13800138000", "甲"], ["李娜", "13900139000", "乙"]]
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!")
LIST = ImportOptions(sheet="名单")
Fill = Callable[[xlsxwriter.worksheet.Worksheet], object]


def workbook(folder: Path, more: Fill | None = None) -> Path:
    path = folder / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    for number, row in enumerate(PEOPLE):
        sheet.write_row(number, 0, row)
    if more is not None:
        more(sheet)
    book.close()
    return path


def changed(path: Path, part: str, old: str, new: str, slash: str = "/") -> Path:
    """The workbook with something else in one of its parts."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as to:
        for one in source.infolist():
            data = source.read(one)
            if one.filename == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            name = zipfile.ZipInfo("x")
            name.filename = one.filename.replace("/", slash)
            to.writestr(name, data, zipfile.ZIP_DEFLATED)
    return target


def test_parts_named_with_backslashes(tmp_path: Path) -> None:
    path = changed(workbook(tmp_path), SHEET, "", "", slash="\\")
    assert [row.cells for row in open_list(path)] == PEOPLE[1:]


@pytest.mark.parametrize("error", ERRORS)
def test_a_failed_formula_is_kept_and_marked(tmp_path: Path, error: str) -> None:
    path = workbook(tmp_path, lambda sheet: sheet.write_formula("C3", "=1", None, error))
    first, second = open_list(path)
    assert (first.cells[2], first.marks) == ("甲", ())
    assert (second.cells[2], second.marks) == (error, ("formula_error",))


def test_a_failed_formula_in_text_is_marked_too(tmp_path: Path) -> None:
    (row,) = open_list(written(tmp_path, "姓名,手机,公司\n王志刚,13800138000,#N/A\n"))
    assert row.marks == ("formula_error",)


NAMES = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
FAILED = """<table:table-cell table:formula="of:=NA()" office:value-type="string"
 office:string-value="" calcext:value-type="error"{more}><text:p>{error}</text:p>
</table:table-cell>"""


def opendocument(folder: Path, rows: list[list[str]]) -> Path:
    """A sheet as LibreOffice writes it; cells are XML of their own, or plain text."""
    cells = "\n".join(
        "<table:table-row>"
        + "".join(
            cell
            if cell.startswith("<")
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        f' xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0"'
        f' xmlns:text="{NAMES}:text:1.0" xmlns:calcext="{CALC}" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="名单">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path = folder / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        archive.writestr("content.xml", content)
    return path


def failed_in(error: str) -> list[list[str]]:
    return [
        ["姓名", "手机", "公司"],
        ["王志刚", "13800138000", error],
        ["李娜", "13900139000", "甲"],
        ["赵六", error, error],
    ]


@pytest.mark.parametrize("error", ERROR_CODES)
@pytest.mark.parametrize("others", [0, 60], ids=["small stream", "large stream"])
def test_a_failed_formula_of_an_old_workbook_is_marked(
    tmp_path: Path, error: str, others: int
) -> None:
    more = [["钱七", "13700137000", "乙"]] * others
    sheets = {"说明": [["#N/A"] * 3], "名单": [*failed_in(error), *more]}
    rows = list(open_list(write_xls(tmp_path / "list.xls", sheets), LIST))
    assert [row.cells for row in rows] == [*failed_in(error)[1:], *more]
    assert [row.marks for row in rows[:3]] == [("formula_error",), (), ("formula_error",)]
    assert not any(row.marks for row in rows[3:])


@pytest.mark.parametrize("error", ERROR_CODES)
def test_a_failed_formula_of_a_binary_workbook_is_marked(tmp_path: Path, error: str) -> None:
    path = write_xlsb(tmp_path / "list.xlsb", {"说明": [["#N/A"] * 3], "名单": failed_in(error)})
    rows = list(open_list(path, LIST))
    assert [row.cells for row in rows] == failed_in(error)[1:]
    assert [row.marks for row in rows] == [("formula_error",), (), ("formula_error",)]


@given(st.binary(max_size=3_000), st.integers(0, 5_000))
def test_a_broken_old_workbook_says_nothing_of_its_formulas(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = write_xls(tmp_path_factory.mktemp("broken") / "list.xls", {"名单": failed_in("#N/A")})
    data = path.read_bytes()
    path.write_bytes((data[:8] + data[8:at] + noise + data[at + len(noise) :])[: len(data)])
    found = formula_errors.in_sheet(path, "名单")  # however broken, it ends, and in no traceback
    assert all(error in ERROR_CODES for row in found.values() for error in row.values())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_a_failed_formula_of_an_opendocument_sheet_is_marked(tmp_path: Path, error: str) -> None:
    failed = FAILED.format(more="", error=error)
    twice = FAILED.format(more=' table:number-columns-repeated="2"', error=error)
    path = opendocument(
        tmp_path,
        [
            ["姓名", "手机", "公司"],
            ["王志刚", "13800138000", failed],
            ["李娜", "13900139000", "甲"],
            ["赵六", twice],
        ],
    )
    rows = list(open_list(path))
    assert [row.cells for row in rows] == [
        ["王志刚", "13800138000", error],
        ["李娜", "13900139000", "甲"],
        ["赵六", error, error],
    ]
    assert [row.marks for row in rows] == [("formula_error",), (), ("formula_error",)]


def test_a_row_merged_wholly_with_the_one_above_is_one_row(tmp_path: Path) -> None:
    def merged(sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for column, text in enumerate(["赵六", "13700137000", "丙"]):
            sheet.merge_range(3, column, 4, column, text)
        sheet.merge_range(5, 2, 6, 2, "丁")
        sheet.write_row(5, 0, ["孙七", "13600136000"])
        sheet.write_row(6, 0, ["周八", "13500135000"])

    rows = [row.cells for row in open_list(workbook(tmp_path, merged))]
    assert rows[2:] == [
        ["赵六", "13700137000", "丙"],
        ["孙七", "13600136000", "丁"],
        ["周八", "13500135000", "丁"],
    ]


@pytest.mark.parametrize("where", ["XFE1", "ZZZZZZZZ1", "C2000000", "C99999999999", "AB1048577"])
def test_a_cell_where_no_sheet_reaches_is_refused(tmp_path: Path, where: str) -> None:
    path = changed(workbook(tmp_path), SHEET, 'r="C3"', f'r="{where}"')
    with pytest.raises(Refused, match="beyond row 1,048,576 or column 16,384"):
        open_list(path)


def test_a_cell_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    path = changed(workbook(tmp_path), "xl/sharedStrings.xml", "王志刚", "x" * (60 << 20))
    with pytest.raises(Refused, match="a cell holds more than 8 MB"):
        open_list(path)
    text = written(tmp_path, "姓名,手机\n" + "x" * (17 << 20) + ",1\n")
    with pytest.raises(Refused, match=r"line 2: a cell holds more than 16 MB"):
        open_list(text)


@pytest.mark.parametrize("note", ["x" * (17 << 20), "x\n" + (" " + "x" * 999 + "\n") * 17_000])
def test_a_contact_of_megabytes_is_refused(tmp_path: Path, note: str) -> None:
    """At once: at the line, or where its lines come to as much."""
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:王志刚\nNOTE:{note}\nEND:VCARD\n"
    began = time.process_time()
    with pytest.raises(Refused, match=r"line \d+: a cell holds more than 16 MB"):
        list(open_list(written(tmp_path, card, "list.vcf")))
    assert time.process_time() - began < 5


def test_two_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    row = '<row r="1">' + "<c><v>1</v></c>" * 200_000 + "</row>"
    path = changed(workbook(tmp_path), SHEET, "<sheetData>", f"<sheetData>{row}")
    with pytest.raises(Refused, match="more than 16,384 columns"):
        open_list(path)
    for text in ("姓名" + ",x" * 200_000 + "\n王,1\n", "姓名,手机\n王" + ",1" * 200_000 + "\n"):
        with pytest.raises(Refused, match="more than 16,384 columns"):
            open_list(written(tmp_path, text))


XML = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>{more}
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>
<Row><Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">手机</Data></Cell>
<Cell><Data ss:Type="String">公司</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">王志刚</Data></Cell>
<Cell><Data ss:Type="Number">13800138000</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">甲 &amp; 乙</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">李娜</Data></Cell></Row>
<Row ss:Index="{row}"><Cell><Data ss:Type="String">赵六</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_xml_of_excel_2003_is_read(tmp_path: Path, encoding: str) -> None:
    content = XML.format(encoding=encoding, more="", row=6).encode(encoding)
    rows = list(open_list(written(tmp_path, content, "list.xls")))
    assert [(row.line, row.cells) for row in rows] == [
        (2, ["王志刚", "13800138000", "甲 & 乙"]),
        (3, ["李娜", "", "甲 & 乙"]),
        (6, ["赵六", "", "#N/A"]),
    ]
    assert rows[-1].marks == ("formula_error",)


@pytest.mark.parametrize(
    ("more", "row", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>', 6, "broken"),
        ("<!---", 6, "broken"),
        ("", 2_000_000, "beyond row"),
    ],
)
def test_xml_that_is_more_than_a_list_is_refused(
    tmp_path: Path, more: str, row: int, reason: str
) -> None:
    content = XML.format(encoding="utf-8", more=more, row=row)
    with pytest.raises(Refused, match=reason):
        open_list(written(tmp_path, content, "list.xml"))
