"""The review as a workbook: a sheet a part, names, widths, forms of numbers."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from opslog import locale
from opslog.domain.base.widths import width
from opslog.domain.reviews.numbers import CENTS, COUNT, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.exchange.writing.reviews.grids import grids
from opslog.locale import Msg
from tests.exchange.writing.made_reviews import conference, review
from tests.exchange.writing.written_reviews import bars, written


def test_the_workbook_has_a_sheet_a_part_charts_and_frozen_heads() -> None:
    locale.set_language("zh_CN")
    data = written("xlsx", conference())
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [
        "结论",
        "从看到到转出",
        "目标和结果",
        "从哪里来",
        "电话",
        "时间",
        "ATM-PDCA",
    ]
    first = book.get_sheet_by_name("结论").to_python()
    assert str(first[3][0]).startswith("来了 71 人")
    with ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, 8)]
    assert len([name for name in names if name.startswith("xl/charts/chart")]) == 8
    for sheet in sheets[:6]:
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
    assert "colorScale" in sheets[4]
    (wide,) = re.findall(r'<col min="1" max="\d" width="([\d.]+)"', sheets[1])
    assert float(wide) > width("在哪一步之前")


def test_parts_of_one_name_and_of_bad_names_get_sheets_of_their_own() -> None:
    found = review(bars(1), heading="a/b:c*" * 9)
    found = found._replace(parts=found.parts * 3)
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", found)))
    assert len(set(book.sheet_names)) == 4
    assert max(map(len, book.sheet_names)) <= 31


def test_whole_numbers_of_a_sheet_end_without_a_dot() -> None:
    some = [Number(f"k.{n}", Msg(f"k{n}"), n, unit=COUNT) for n in (71, 6.5, 8_108)]
    made = Bars("figures", Msg("f"), tuple(map(Bar, some)))
    with ZipFile(io.BytesIO(written("xlsx", review(made)))) as archive:
        styles = archive.read("xl/styles.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "0.##" not in styles
    looks = {value: look for look, value in re.findall(r's="(\d+)"><v>([\d.]+)</v>', sheet)}
    assert looks["71"] == looks["8108"] != looks["6.5"]


def test_few_have_their_count_and_range_beside_and_nothing_has_no_chart() -> None:
    few = Number("show_up.a", Msg("came"), 7, of=12, of_label=Msg("confirmed"))
    none = Bars("show_up", Msg("Nobody"), (Bar(Number("show_up.b", Msg("came"), None)),))
    data = written("xlsx", review(none, Bars("funnel", Msg("Few"), (Bar(few),)), heading="P"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = [*map(tuple, book.get_sheet_by_name("P").to_python())]
    assert any(row[at : at + 2] == ("7/12", "32–81%") for row in rows for at in range(len(row)))
    with ZipFile(io.BytesIO(data)) as archive:
        assert sum("charts/chart" in name for name in archive.namelist()) == 1


def test_one_of_very_many_is_not_nobody() -> None:
    one = Number("funnel.a", Msg("signed up"), 1, of=433, of_label=Msg("reached"))
    none = Number("funnel.b", Msg("came"), 0, of=433, of_label=Msg("reached"))
    data = written("xlsx", review(Bars("funnel", Msg("F"), (Bar(one), Bar(none)), funnel=True)))
    with ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    looks = {value: int(look) for look, value in re.findall(r's="(\d+)"><v>([\d.]+)</v>', sheet)}
    (small,) = (look for value, look in looks.items() if value.startswith("0.0023"))
    used = [int(id) for id in re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])]
    forms = dict(re.findall(r'numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    assert forms[str(used[small])] == "&quot;&lt;1%&quot;"


def test_of_a_target_of_few_the_share_stands_with_its_count() -> None:
    numbers = [
        Number("targets.leads", Msg("leads"), 3, target=4),
        Number("targets.signups", Msg("sign-ups"), 30, target=40),
        Number("targets.costs", Msg("costs"), 12, unit=CENTS, target=16),
    ]
    picture = Bars("targets", Msg("T"), tuple(map(Bar, numbers)))
    (grid, *_rest) = grids(picture)
    at = list(grid.headings).index("Of the target")
    assert [row[at].text for row in grid.rows] == ["75% (3/4)", "75%", "75%"]
    assert all(row[at].number == 0.75 for row in grid.rows)


def test_on_paper_no_chart_is_torn() -> None:
    data = written("xlsx", review(*(bars(1, 2, 3) for _each in range(4)), heading="P"))
    with ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<rowBreaks" in sheet
    assert "fitToPage" not in sheet  # which breaks are not heeded beside
    with ZipFile(io.BytesIO(written("xlsx", conference()))) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    (scale,) = re.findall(r'scale="(\d+)"', sheet)
    assert int(scale) < 80  # tables with charts beside are wider than the paper


def test_each_column_beside_says_what_it_is() -> None:
    bar = Bar(Number("k", Msg("k"), 9), more=(Number("m", Msg("had said no"), 4),))
    data = written("xlsx", review(Bars("not_coming", Msg("x"), (bar,)), heading="P"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert any("had said no" in row for row in book.get_sheet_by_name("P").to_python())


def test_a_share_is_of_those_that_its_count_says() -> None:
    came = Number("k.came", Msg("came"), 17, of=47, of_label=Msg("signed up"), part=16)
    made = Bars("funnel", Msg("f"), (Bar(came),))
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", review(made, heading="P"))))
    rows = book.get_sheet_by_name("P").to_python()
    (row,) = (one for one in rows if one[0] == "came")
    assert row[1] == 17
    assert row[2] == 16 / 47
    assert row[3] == "16/47"
