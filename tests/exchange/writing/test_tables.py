"""What other programs find in the files."""

from __future__ import annotations

import csv
import errno
import gc
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.cells import without_apostrophe
from opslog.exchange.writing import tables, workbooks
from opslog.exchange.writing.cells import Cell, Named, harmless, visible
from opslog.exchange.writing.tables import Column, Table, write_table

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai"))
EVIL = "=cmd|' /C calc'!A0"


def table(*rows: tuple[Cell, ...], heading: str = "姓名") -> Table:
    columns = [Column(f"c{number}", heading) for number in range(len(rows[0]))]
    return Table("名单", columns, rows)


def written(tmp_path: Path, ending: str, *rows: tuple[Cell, ...], heading: str = "姓名") -> Path:
    return write_table(table(*rows, heading=heading), tmp_path / f"out.{ending}")


def test_csv_opens_in_excel(tmp_path: Path) -> None:
    path = written(tmp_path, "csv", ("王志刚", 3, True, AT, date(2026, 11, 22), None, 0.1))
    assert path.read_bytes() == (
        b"\xef\xbb\xbf"
        + ",".join(["姓名"] * 7).encode()
        + b"\r\n"
        + "王志刚,3,yes,2026-11-22 10:30,2026-11-22,,0.1\r\n".encode()
    )


AWKWARD = st.text(
    st.sampled_from("王𠮷€é'\"=+-@,;\t\r\n\x00\x1b \u3000＝\ud800a1") | st.characters(), max_size=8
)


@given(rows=st.lists(st.tuples(AWKWARD, AWKWARD), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_a_csv_is_read_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    """By another program, cell for cell, in either encoding."""
    with TemporaryDirectory() as folder:
        for encoding, codec in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030")):
            path = write_table(table(*rows), Path(folder) / f"{encoding}.csv", encoding=encoding)
            with path.open(encoding=codec, newline="") as file:
                _heads, *found = csv.reader(file)
            without = [[without_apostrophe(cell) for cell in row] for row in found]
            assert without == [[without_apostrophe(visible(cell)) for cell in row] for row in rows]


def test_signs_that_an_encoding_has_not_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    rows = Table("名单", [Column("a", "姓名")], [("王志刚",), ("𠮷田 é",), ("€",), ("𠮷",)])
    said = r"GBK has no 𠮷 € \(3 rows\); write it as GB18030 or UTF-8"
    with pytest.raises(Refused, match=said):
        write_table(rows, tmp_path / "a.csv", encoding="gbk")
    assert list(tmp_path.iterdir()) == []
    path = write_table(rows, tmp_path / "a.csv", encoding="gb18030")
    assert path.read_bytes().decode("gb18030").split() == ["姓名", "王志刚", "𠮷田", "é", "€", "𠮷"]
    path = write_table(Table("t", rows.columns, [("王",)]), tmp_path / "b.csv", encoding="gbk")
    assert path.read_bytes() == "姓名\r\n王\r\n".encode("gbk")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", " ="])
def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path, first: str) -> None:
    path = written(tmp_path, "csv", (first + "1+1",), heading=first + "x")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines == [f"'{first}x", f"'{first}1+1"]


def test_a_number_is_no_formula(tmp_path: Path) -> None:
    path = written(tmp_path, "csv", (-5, -0.5))
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "-5,-0.5"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "md", "html"])
def test_control_characters_are_shown(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path, ending, ("a\x00b\x1b[31mc\x7fd\x9b\ud800", "\rline"))
    if ending == "xlsx":
        cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1]
    else:
        text = path.read_bytes().decode()
        assert not set(text) & {"\x00", "\x1b", "\x7f", "\x9b"}
        cells = [text]
    assert "a␀b␛[31mc␡d‹9b›�" in str(cells[0])
    assert "␍line" in str(cells[-1])


def test_xlsx_keeps_text_as_text(tmp_path: Path) -> None:
    row = ("13800138000", "00123", EVIL, "https://a.cn", "138_x0041_", 3, AT, date(2026, 11, 22))
    path = written(tmp_path, "xlsx", row)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("名单")
    assert sheet.to_python()[1] == [*row[:5], 3, AT.replace(tzinfo=None), date(2026, 11, 22)]


def test_xlsx_holds_no_formula_and_stands_ready(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", (EVIL, "王" * 10))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet
    assert '<col min="2" max="2" width="21.' in sheet


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b:[c]?*\\", "a b  c"), ("'x'", "x"), ("名" * 40, "名" * 31), ("", "opslog")],
)
def test_any_title_names_a_sheet(tmp_path: Path, title: str, name: str) -> None:
    path = write_table(Table(title, [Column("a", "a")], [("x",)]), tmp_path / "a.xlsx")
    assert CalamineWorkbook.from_path(path).sheet_names == [name]


def test_a_cell_too_long_for_excel_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", ("长" * 40_000,))
    text = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1][0]
    assert isinstance(text, str)
    assert len(text) == 32_767
    assert text.endswith("长…")


def test_more_rows_than_excel_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ROWS", 3)
    written(tmp_path, "xlsx", ("a",), ("b",))
    with pytest.raises(Refused, match=r"write \.csv instead"):
        write_table(table(("a",), ("b",), ("c",)), tmp_path / "more.xlsx")
    assert not (tmp_path / "more.xlsx").exists()


@given(texts=st.lists(AWKWARD, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_workbook_is_read_back_as_it_was(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = write_table(table(("王", *texts)), Path(folder) / "a.xlsx")
        _heads, (_first, *found) = (
            CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        )
    shown = [
        visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in texts
    ]
    assert found + [""] * (len(texts) - len(found)) == shown


def test_days_before_the_calendar_of_excel_are_text_and_columns_go_past_z(tmp_path: Path) -> None:
    days: tuple[Cell, ...] = (date(1899, 5, 4), datetime(1900, 2, 28, 9, 30), date(1901, 1, 1))
    row = (*days, *[7] * 60, "_x0041_")
    path = written(tmp_path, "xlsx", row)
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1]
    assert cells[:3] == ["1899-05-04", "1900-02-28 09:30", date(1901, 1, 1)]
    assert (len(cells), cells[-1]) == (64, "_x0041_")
    with zipfile.ZipFile(path) as archive:
        assert 'r="BL2"' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_more_than_a_workbook_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_LARGEST", 2_000)
    written(tmp_path, "xlsx", ("a",))
    with pytest.raises(Refused, match=r"so much; write \.csv instead"):
        write_table(table(*[("b" * 50,)] * 40), tmp_path / "more.xlsx")
    assert not (tmp_path / "more.xlsx").exists()


def test_a_disk_that_fills_up_under_a_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            if self.tell() > 2_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    rows = (
        tuple(str(number * 7919 % 10_007) for number in range(at, at + 9)) for at in range(9_000)
    )
    heads = [Column(str(number), str(number)) for number in range(9)]
    with pytest.raises(OSError, match="No space left"):
        workbooks.write_workbook(Table("t", heads, rows), Full())
    gc.collect()
    assert capsys.readouterr().err == ""


def test_an_empty_table_is_a_file_with_headings(tmp_path: Path) -> None:
    empty = Table("空", [Column("name", "姓名")], [])
    for ending in tables.FORMATS:
        assert write_table(empty, tmp_path / f"e.{ending}").exists()
    assert (tmp_path / "e.csv").read_text(encoding="utf-8-sig") == "姓名\n"
    assert json.loads((tmp_path / "e.json").read_text()) == []


def test_json_is_exact(tmp_path: Path) -> None:
    columns = [Column("name", "姓名"), Column("at", "时间"), Column("公司", "公司", "original")]
    evil = "=a\x00\x1b\x9b\u2028\udc00"
    path = write_table(
        Table("t", columns, [(evil, AT, "x"), (None, None, None)]), tmp_path / "a.json"
    )
    text = path.read_text(encoding="utf-8")
    assert not set(text) & {"\x00", "\x1b", "\x9b"}
    assert json.loads(text) == [
        {"name": evil, "at": "2026-11-22T10:30:00+08:00", "original": {"公司": "x"}},
        {"name": None, "at": None, "original": {"公司": None}},
    ]


def test_a_code_for_programs_and_a_label_for_people(tmp_path: Path) -> None:
    row = (Named("not_target", "非目标"), ("重点", "华东"), False)
    assert json.loads(written(tmp_path, "json", row, heading="x").read_text()) == [
        {"c0": "not_target", "c1": ["重点", "华东"], "c2": False}
    ]
    csv = written(tmp_path, "csv", row).read_text(encoding="utf-8-sig").splitlines()[1]
    assert csv == '非目标,"重点, 华东",no'
    sheet = CalamineWorkbook.from_path(written(tmp_path, "xlsx", row)).get_sheet_by_index(0)
    assert sheet.to_python()[1] == ["非目标", "重点, 华东", "no"]


def test_html_and_markdown_take_data_as_text(tmp_path: Path) -> None:
    html = written(tmp_path, "html", ("<script>alert(1)</script>", "a\nb")).read_text()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert 'mso-number-format: "\\@"' in html, "else Excel takes =… for a formula"
    markdown = written(tmp_path, "md", ("a|b <b>", "a\nb")).read_text()
    assert markdown.splitlines()[-1] == "| a\\|b &lt;b> | a<br>b |"


@pytest.mark.parametrize("ending", list(tables.FORMATS))
def test_rows_that_fail_midway_leave_nothing(tmp_path: Path, ending: str) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ("a",)
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        write_table(Table("t", [Column("a", "a")], rows()), tmp_path / f"a.{ending}")
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=30))
def test_whatever_comes_in_no_cell_starts_a_formula(text: str) -> None:
    safe = harmless(visible(text))
    assert safe.lstrip(" \n")[:1] not in set("=+-@\t\r＝＋－＠")
    assert safe.removeprefix("'") == visible(text).removeprefix("'") or safe == visible(text)
