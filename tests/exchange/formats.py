"""One list in every kind of file: the makers that the tests of formats and damage share."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tests.exchange.lists_of import FILES
from tests.exchange.xlsb import write_xlsb

HEADINGS = ["姓名", "手机号", "公司", "报名时间"]
ROWS = [
    ["王志刚", "13800138000", "某某公司", "2026-11-01 09:05"],
    ["李娜", "139 0013 9000", "某某公司", "2026-11-02"],
]
_STRICT = (
    (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def xlsx(path: Path, *, from_1904: bool = False) -> Path:
    """Notes on a sheet of their own, the list below a merged title, an old list hidden."""
    book = xlsxwriter.Workbook(path, {"date_1904": from_1904})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    book.add_worksheet("说明").write(0, 0, "填表说明")
    sheet = book.add_worksheet("名单")
    sheet.merge_range(0, 0, 0, 3, "上海沙龙报名名单")
    sheet.write_row(1, 0, HEADINGS)
    sheet.write_row(2, 0, ["王志刚", 13800138000])
    sheet.write_row(3, 0, ["李娜", "139 0013 9000"])
    sheet.merge_range(2, 2, 3, 2, "某某公司")
    sheet.write_datetime(2, 3, datetime(2026, 11, 1, 9, 5), moment)
    sheet.write_datetime(3, 3, datetime(2026, 11, 2), moment)
    old = book.add_worksheet("旧")
    old.write_column(0, 0, ["姓名", "旧人"])
    old.hide()
    book.close()
    return path


def xlsx_1904(path: Path) -> Path:
    """As Excel for the Mac counted days."""
    return xlsx(path, from_1904=True)


def strict(path: Path) -> Path:
    """Strict OOXML: other namespaces, and dates written as ISO text."""

    def rewrite(name: str, data: bytes) -> bytes:
        for loose, strictly in _STRICT:
            data = data.replace(loose, strictly)
        if name.endswith("sheet2.xml"):
            data = re.sub(
                rb'<c r="D3" s="(\d+)"><v>[^<]*</v>',
                rb'<c r="D3" s="\1" t="d"><v>2026-11-01T09:05:00</v>',
                data,
            )
        return data

    return _rewritten(xlsx(path.with_name("loose.xlsx")), path, rewrite)


def xlsm(path: Path) -> Path:
    """With a macro's part, and the type that says so."""
    made = _rewritten(
        xlsx(path.with_name("plain.xlsx")),
        path,
        lambda _name, data: data.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no macro at all")
    return made


def xlsb(path: Path) -> Path:
    title, headings = ["上海沙龙报名名单"], list(HEADINGS)
    first: list[str | float] = ["王志刚", 13800138000.0, "某某公司", "2026-11-01 09:05"]
    sheets: dict[str, Sequence[Sequence[str | float]]] = {
        "说明": [["填表说明"]],
        "名单": [title, headings, first, ROWS[1]],
        "~旧": [["姓名"], ["旧人"]],
    }
    return write_xlsb(path, sheets)


def _of(name: str) -> Callable[[Path], Path]:
    def copied(path: Path) -> Path:
        path.write_bytes((FILES / name).read_bytes())
        return path

    return copied


def _rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return target


WORKBOOKS: dict[str, Callable[[Path], Path]] = {
    "list.xlsx": xlsx,
    "list_1904.xlsx": xlsx_1904,
    "strict.xlsx": strict,
    "list.xlsm": xlsm,
    "list.xls": _of("list.xls"),
    "list_1904.xls": _of("list_1904.xls"),
    "list.xlsb": xlsb,
    "list.ods": _of("list.ods"),
    "list.et": _of("list.xls"),
}


def text(encoding: str, delimiter: str = ",") -> bytes:
    """The same list as text."""
    rows = [HEADINGS, *ROWS * 5]
    return ("\n".join(delimiter.join(row) for row in rows) + "\n").encode(encoding)
