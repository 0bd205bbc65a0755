from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.headings.rows import Row
from opslog.exchange.reading import delimited, encoding
from opslog.exchange.reading import delimiter as file_delimiter
from tests.exchange.lists_of import opened, written


def read(folder: Path, content: str | bytes, chosen: str = "") -> list[Row]:
    path = written(folder, content)
    decoding = encoding.find(path)
    dialect = file_delimiter.find_dialect(path, decoding, chosen)
    return list(delimited.TextRows(path, decoding, dialect))


def cells(folder: Path, content: str | bytes, chosen: str = "") -> list[list[str]]:
    return [row.cells for row in read(folder, content, chosen)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_with_a_constant_count(tmp_path: Path, delimiter: str) -> None:
    others = "".join(sorted({",", ";", "\t", "|"} - {delimiter}))
    rows = [["a", "b", "c"], ["1", others, "3"], ["4", "5", others * 2]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert cells(tmp_path, text) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(tmp_path: Path, end: str) -> None:
    rows = read(tmp_path, end.join(["a,b", "1,2", "3,4"]))
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n"x\ny\nz",1\n\n2,3\n')
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (2, ["x\ny\nz", "1"]),
        (5, []),
        (6, ["2", "3"]),
    ]


def test_a_nul_byte_is_kept(tmp_path: Path) -> None:
    assert cells(tmp_path, b"a,b\n1,x\0y\n") == [["a", "b"], ["1", "x\0y"]]


def test_ragged_rows_come_as_they_are(tmp_path: Path) -> None:
    assert cells(tmp_path, "a,b,c\n1\n1,2,3,4\n") == [["a", "b", "c"], ["1"], ["1", "2", "3", "4"]]


def test_quotes_after_a_space_backslashes_and_doubled_quotes(tmp_path: Path) -> None:
    assert cells(tmp_path, 'a, b\n1, "2, 3"\n4, "5, 6"\n') == [
        ["a", "b"],
        ["1", "2, 3"],
        ["4", "5, 6"],
    ]
    assert cells(tmp_path, 'a,b\n1,"2 \\"x\\", 3"\n4,"5 \\"y\\""\n') == [
        ["a", "b"],
        ["1", '2 "x", 3'],
        ["4", '5 "y"'],
    ]
    assert cells(tmp_path, 'a,b\n1,"say ""hi"""\n2,x"y\n')[1:] == [["1", 'say "hi"'], ["2", 'x"y']]


def test_a_backslash_alone_in_a_cell_joins_no_rows(tmp_path: Path) -> None:
    """Read as an escape it makes one row of two, and the table of a more even width."""
    people = [["王志刚", "13800138000", "", "wang@a.cn"]] * 5
    odd = ["李娜", "13900139000", "\\", ""]
    table = [["姓名", "手机号", "公司", "邮箱"], *people, odd, *people]
    rows = [line for row in table for line in (row, ["合计", "2"])]
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    assert cells(tmp_path, text) == rows


@pytest.mark.parametrize("folder", ["C:\\", "\\", "a\\\\"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_backslash_at_a_cells_end_is_a_letter(tmp_path: Path, folder: str, place: int) -> None:
    rows = [["a", "b", "c"], ["1", "", 'say "x"'], ["2", "3", ""]]
    rows[1:1] = [[folder if at == place else "" for at in range(3)]] * 2
    doubled = [[cell.replace('"', '""') for cell in row] for row in rows]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in doubled)
    assert cells(tmp_path, text) == rows


def test_an_escaped_mark_in_a_cell_of_several_lines(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"5\\" wide,\n7 high"\n2,"say \\"x\\""\n')
    assert [row.cells for row in rows] == [["a", "b"], ["1", '5" wide,\n7 high'], ["2", 'say "x"']]
    assert not any(row.marks for row in rows)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path: Path, at: int) -> None:
    lines = ["a,b", "1,2", "3,4", "5,6"]
    lines[at] = '"' + lines[at]
    rows = read(tmp_path, "\n".join(lines))
    assert len(rows) == 4
    assert [row.marks for row in rows] == [("stray_quote",) if n == at else () for n in range(4)]
    assert rows[at].cells[0].startswith('"')


def test_two_stray_quotes_do_not_join_the_rows_between(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b,c\n"1,2,3\n4,"5,6\n7,8,9\n')
    assert [row.cells for row in rows][1:] == [['"1', "2", "3"], ["4", '"5', "6"], ["7", "8", "9"]]


@pytest.mark.parametrize(
    ("lines", "marked"),
    [
        # Text goes on after the mark that would close the cell.
        (('冯一,"一公司,{0}1,上海', "冯二,二公司,{0}2,北京", '冯三,"三公司,{0}3,广州'), [0, 2]),
        (('冯一,"一公司,{0}1,上海', '冯二,"二公司,{0}2,北京', "冯三,三,{0}3,广州"), [0, 1]),
        # All fits, but the lines in between hold numbers where the first one does.
        (('冯一,甲,{0}1,"上海', "冯二,乙,{0}2,北京", '冯三,丙,{0}3,广州"'), [0, 2]),
        (('冯一,"甲,{0}1,上海', '冯二,乙",{0}2,北京', "冯三,丙,{0}3,广州"), [0, 1]),
        # A row in between is written as it should be.
        (('冯一,"甲,{0}1,上海', '冯二,"乙,一部",{0}2,北京', '冯三,"丙,{0}3,广州'), [0, 2]),
    ],
)
def test_two_marks_that_are_never_closed_swallow_no_row(
    tmp_path: Path, lines: tuple[str, ...], marked: list[int]
) -> None:
    rows = [line.format("1372222000") for line in lines]
    source = opened(tmp_path, "\n".join(["姓名,公司,手机号,城市", *rows]) + "\n")
    came = list(source)
    assert [row.cells[2] for row in came] == [f"1372222000{n}" for n in (1, 2, 3)]
    assert [n for n, row in enumerate(came) if row.marks == ("stray_quote",)] == marked


@pytest.mark.parametrize(
    "note",
    [
        "第一行\n第二行,还有\n第三行",
        "一,二,三\n四,五,六",
        '他说""好""\n电话, 13900000000',
        "a@b.c,x\n,y",
    ],
)
def test_a_note_of_several_lines_is_one_cell(tmp_path: Path, note: str) -> None:
    text = f'姓名,手机号,备注\n冯一,13722220001,"{note}"\n冯二,13722220002,"好"\n'
    first, second = opened(tmp_path, text)
    assert (first.cells[2], first.marks) == (note.replace('""', '"'), ())
    assert second.cells == ["冯二", "13722220002", "好"]


def test_a_quote_open_for_hundreds_of_lines_is_no_cell(tmp_path: Path) -> None:
    text = 'a,b\n"1,2\n' + "x,y\n" * 500 + '3,"4"\n'
    rows = read(tmp_path, text)
    assert len(rows) == 503
    assert sum(bool(row.marks) for row in rows) == 1


def test_the_first_line_may_announce_the_delimiter(tmp_path: Path) -> None:
    rows = read(tmp_path, "sep=;\na;b\n1;2\n")
    assert [(row.line, row.cells) for row in rows] == [(2, ["a", "b"]), (3, ["1", "2"])]


def test_the_delimiter_can_be_said(tmp_path: Path) -> None:
    assert cells(tmp_path, "a;b,c\n1;2,3\n", "semicolon") == [["a", "b,c"], ["1", "2,3"]]
    with pytest.raises(Refused, match="no delimiter"):
        cells(tmp_path, "a;b\n", "two signs")


def test_a_single_column_is_a_list_too(tmp_path: Path) -> None:
    assert cells(tmp_path, "13800138000\n13900139000\n") == [["13800138000"], ["13900139000"]]


def test_how_far_it_is_grows_to_the_end(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1,2\n" * 50_000)
    decoding = encoding.find(path)
    source = delimited.TextRows(path, decoding, file_delimiter.find_dialect(path, decoding))
    shares = [source.share for _row in source]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert shares[-1] == 1.0


def test_options_reach_the_reader(tmp_path: Path) -> None:
    from opslog.exchange.meaning.opening import open_list

    path = written(tmp_path, "姓名|手机号\n王志刚|13800138000\n")
    assert open_list(path, ImportOptions(delimiter="bar")).delimiter == "|"


@pytest.mark.parametrize("delimiter", ["，", "；"])
def test_full_width_separators_where_there_are_no_others(tmp_path: Path, delimiter: str) -> None:
    rows = [["姓名", "手机号", "公司"], ["王志刚", "13800138000", "甲"], ["李娜", "1390013", "乙"]]
    assert cells(tmp_path, "\n".join(map(delimiter.join, rows))) == rows
    prose = [["姓名", "备注"], ["王志刚", f"来{delimiter}带同事"], ["李娜", f"不来{delimiter}出差"]]
    assert cells(tmp_path, "\n".join(map(",".join, prose))) == prose


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lines_that_were_put_into_one_cell_each(tmp_path: Path, delimiter: str) -> None:
    """As a spreadsheet saves a list that it did not part into columns."""
    rows = [["姓名", "手机号", "公司"], ["王志刚", "13800138000", '甲, "乙"'], ["李娜", "", ""]]
    inner = io.StringIO(newline="")
    csv.writer(inner, delimiter=delimiter, lineterminator="\n").writerows(rows)
    outer = io.StringIO(newline="")
    lines = inner.getvalue().splitlines()
    csv.writer(outer, quoting=csv.QUOTE_ALL).writerows([line] for line in lines)
    assert cells(tmp_path, outer.getvalue()) == rows


def test_a_column_of_quoted_text_is_one_column(tmp_path: Path) -> None:
    text = '"地址"\n"上海市,浦东新区"\n"北京市,海淀区"\n'
    assert cells(tmp_path, text) == [["地址"], ["上海市,浦东新区"], ["北京市,海淀区"]]


@pytest.mark.parametrize("chosen", ["x", "7", "中", "Ａ", " ", "\n", '"', "\0", ",,"])
def test_a_letter_or_a_digit_is_no_delimiter(tmp_path: Path, chosen: str) -> None:
    with pytest.raises(Refused, match="is no delimiter"):
        cells(tmp_path, "axb\n", chosen)


@pytest.mark.parametrize("chosen", ["^", "~", "、", "¦", ":", "，"])
def test_any_one_sign_may_be_the_delimiter(tmp_path: Path, chosen: str) -> None:
    assert cells(tmp_path, f"a{chosen}b\n", chosen) == [["a", "b"]]
