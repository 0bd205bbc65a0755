"""Lists that can't come in, one of each kind, with what is said about it.

The command line and the wizard are held to the same ones.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import xlsxwriter

from tests.exchange.formats import WORKBOOKS
from tests.exchange.lists_of import FILES
from tests.exchange.reading.test_limits import a_workbook, lying, padded

# One short name in GB18030 is a name in Big5 too.
ONE_NAME = "name,phone\n陈静,13800138000\n".encode("gb18030")


def contents(database: Path) -> list[str]:
    """All that a database holds but settings, to see that nothing in it was changed."""
    with closing(sqlite3.connect(database)) as con:
        return [row for row in con.iterdump() if not row.startswith('INSERT INTO "setting"')]


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _half_of(kind: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        whole = WORKBOOKS[kind](path.with_name(f"whole_{kind}"))
        content = whole.read_bytes()
        whole.unlink()
        path.write_bytes(content[: len(content) // 2])

    return make


def _copy_of(name: str) -> Callable[[Path], object]:
    return _bytes((FILES / name).read_bytes())


def _bomb(path: Path) -> None:
    """Says that it is small, and would go on for as long as anybody unpacks."""
    small = a_workbook(path.with_name("small.xlsx"))
    lying(padded(small, path, 64 << 20))
    small.unlink()


def _archive_of(part: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")

    return make


def _hidden(path: Path) -> None:
    """What is to be seen is empty, the list is hidden."""
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("说明")
    old = book.add_worksheet("旧")
    old.write_column(0, 0, ["姓名", "旧人"])
    old.hide()
    book.close()


def _all_hidden(path: Path) -> None:
    whole = a_workbook(path.with_name("whole.xlsx"))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            content = old.read(part).replace(b'<sheet name="', b'<sheet state="hidden" name="')
            new.writestr(part, content)
    whole.unlink()


def _missing(path: Path) -> None:
    assert not path.exists()


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "half.xlsx": (_half_of("list.xlsx"), "is broken"),
    "half_strict.xlsx": (_half_of("strict.xlsx"), "is broken"),
    "half.xlsm": (_half_of("list.xlsm"), "is broken"),
    "half.xlsb": (_half_of("list.xlsb"), "is broken"),
    "half.ods": (_half_of("list.ods"), "is broken"),
    "half.xls": (_half_of("list.xls"), "is broken"),
    "half.et": (_half_of("list.et"), "is broken"),
    "half.csv": (_half_of("list.xlsx"), "is broken"),
    "locked.xlsx": (_copy_of("pass_protected.xlsx"), "by a password"),
    "empty.csv": (_bytes(b""), "is empty"),
    "blank.csv": (_bytes(b" \r\n\t\r\n\0\n"), "is empty"),
    "mark.csv": (_bytes("\ufeff\n".encode("utf-16-le")), "is empty"),
    "blank_cells.csv": (_bytes(b",,,\n , ,\n"), "is empty"),
    "empty.xlsx": (_copy_of("empty_sheet.xlsx"), "is empty"),
    "hidden.xlsx": (_hidden, "only hidden sheets hold anything"),
    "all_hidden.xlsx": (_all_hidden, "every sheet is hidden; name one with --sheet: Sheet1"),
    "bomb.xlsx": (_bomb, "unpacks to more than 1024 MB, the most that is read, or hides its size"),
    "corner.xlsx": (
        lambda path: a_workbook(path, (1_048_575, 16_383)),
        "reaches over 1,048,576 rows and 16,384 columns",
    ),
    "one.csv": (_bytes(ONE_NAME), "more than one encoding: gb18030 “陈静"),
    "headings.csv": (_bytes("姓名,手机号\n".encode()), "no rows below the headings"),
    "stock.csv": (
        _bytes("货号,颜色,数量\nA1,红,3\nA2,蓝,4\n".encode()),
        "no column is known to hold names, phones or e-mails (found: 货号, 颜色, 数量)",
    ),
    "prose.csv": (_bytes("会议纪要：\n今天讨论了三件事。\n".encode()), "no column is known"),
    "page.xls": (_bytes(b"<html><table></table></html>"), "is a web page"),
    "picture.xlsx": (_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)), "is a picture (PNG), not a list"),
    "photo.csv": (_bytes(b"\xff\xd8\xff\xe0" + bytes(100)), "is a picture (JPEG), not a list"),
    "paper.xlsx": (_bytes(b"%PDF-1.7\n" + bytes(100)), "is a PDF document, not a list"),
    "answer.csv": (
        _bytes('[{"name": "王志刚", "phone": "13800138000"}]'.encode()),
        "is data for programs (JSON), not a list",
    ),
    "letter.xlsx": (_archive_of("word/document.xml"), "is a text document, not a list"),
    "lists.xlsx": (_archive_of("名单.csv"), "is a compressed archive, not a list"),
    "folder": (Path.mkdir, "is a folder; name a file in it"),
    "missing.csv": (_missing, "There is no file"),
    "loop.csv": (lambda path: path.symlink_to(path), "can't be read (Too many levels"),
}
