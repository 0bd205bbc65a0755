"""The review as a workbook: the verdict first, then a sheet a part, its tables with charts beside
them. By xlsxwriter, which draws charts that Excel can go on with."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from opslog.domain.base.rates import Rate, percent_said
from opslog.domain.base.text import visible
from opslog.domain.base.widths import width
from opslog.domain.reviews.numbers import CENTS, DAYS, MINUTES
from opslog.domain.reviews.pictures import Bars, Curve, Heat, Part, Picture
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import (
    RATES,
    STATES,
    TABLES,
    about,
    chief,
    heading,
    made,
)
from opslog.exchange.writing.reviews.grids import (
    PERCENT,
    Cell,
    Grid,
    amount_cell,
    grids,
    number_cell,
    share_cell,
)
from opslog.exchange.writing.workbooks import TEXT, sheet_name
from opslog.locale import _

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST = 46
_BROKEN = "broken"  # of a number that is no whole one; a form for both leaves a dot behind
_PAID = "paid"  # of a sum with cents
_NUMBER_FORMS = {
    **{"": "#,##0", CENTS: '"¥"#,##0', MINUTES: "[h]:mm", DAYS: "0", PERCENT: "0%"},
    _BROKEN: "#,##0.0#",
    _PAID: '"¥"#,##0.00',
}
_PER = {CENTS: 100, MINUTES: 24 * 60}  # of what a cell holds: yuan, and days as Excel counts time
_BLUE, _GREY, _DARK, _VIOLET = "#2F6DB0", "#8A939D", "#1D2329", "#9A4F9C"
_LINES = (_BLUE, _VIOLET, "#23753F")
_CHART_ROWS = 16  # of a sheet, as high as a chart is
_ROW, _CHART = 20, 620  # pixels: as high as a row is, as wide as a chart
_CHARACTER = 10  # pixels, of the widest font that stands in for Excel's own
_HIGHEST = 540  # pixels that a row may be
_PAPER = (1000, 660)  # pixels of A4 across, within the margins


def write_workbook(review: Review, zone: ZoneInfo, file: BinaryIO) -> None:
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties(
            {"title": str(heading(review)), "created": review.now.replace(tzinfo=None)}
        )
        names: set[str] = set()
        _Sheet(workbook, _("Verdict"), names).verdict(review, zone)
        beside = str(review.compared.title) if review.compared is not None else ""
        for part in review.parts:
            _Sheet(workbook, str(part.heading), names).part(part, beside)


class _Sheet:
    """One sheet, written downwards."""

    def __init__(self, workbook: Workbook, title: str, names: set[str]) -> None:
        self._book = workbook
        name = sheet_name(title)
        while name.casefold() in names:
            name = f"{name[:28]} {len(names) + 1}"
        names.add(name.casefold())
        self._name = name
        self._sheet: Worksheet = workbook.add_worksheet(name)
        self._row = 0
        self._widths: dict[int, int] = {}
        self._lines_of: list[tuple[int, int, str]] = []  # row, column and words that may wrap
        self._tops: list[int] = []  # rows that pictures begin at
        self._beside: list[int] = []  # columns that charts stand in
        self._large = workbook.add_format({"bold": True, "font_size": 16})
        self._bold = workbook.add_format({"bold": True, "font_size": 12})
        self._muted = workbook.add_format({"font_color": "#59626C"})
        self._heading = workbook.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._over_numbers = workbook.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"}
        )
        self._words = workbook.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "indent": 1}
        )
        self._first = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._forms: dict[str, Format] = {
            unit: workbook.add_format({"num_format": form, "valign": "top"})
            for unit, form in _NUMBER_FORMS.items()
        }
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)  # A4
        self._sheet.set_landscape()
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)

    def verdict(self, review: Review, zone: ZoneInfo) -> None:
        self._line(str(heading(review)), self._large)
        self._line(str(about(review, zone)), self._muted)
        self._row += 1
        for at, sentence in enumerate((*review.verdict, *review.owes)):
            self._line(str(sentence), self._bold if at == 0 else None)
        self._row += 1
        numbers = chief(review)
        if numbers:
            rows = [
                [
                    Cell(str(one.label)),
                    number_cell(one),
                    amount_cell(one.target, one.unit),
                    share_cell(one),
                ]
                for one in numbers
            ]
            heads = ("", _("This event"), _("Target"), _("Share"))
            self._freeze_at_table(_with_counts(Grid("", heads, rows)))
        if review.proposals:
            self._line(_("Next time"), self._bold)
            heads = (_("What"), _("Reason"), _("Change"), _("State"))
            acts = [
                [
                    Cell(str(one.text)),
                    Cell(str(one.reason)),
                    Cell(str(one.told or "")),
                    Cell(_(STATES.get(one.state, ""))),
                ]
                for one in review.proposals
            ]
            self._table(Grid("", heads, acts))
        self._line(str(made(review, zone)), self._muted)
        self._fit()

    def part(self, part: Part, beside: str) -> None:
        """The first table is frozen and filtered: a sheet has one of each."""
        self._line(str(part.heading), self._large)
        first = True
        for picture in part.pictures:
            self._tops.append(self._row)
            if str(picture.heading) != str(part.heading):
                self._line(str(picture.heading), self._bold)
            if picture.note is not None:
                self._line(str(picture.note), self._muted)
            top = self._row
            for at, grid in enumerate(map(_with_counts, grids(picture, beside))):
                if grid.title:
                    self._line(grid.title, self._muted)
                head = self._row
                if first and grid.rows:
                    self._freeze_at_table(grid)
                    first = False
                else:
                    self._table(grid)
                if at == 0 and grid.rows:
                    self._draw(picture, grid, head, top)
            self._row += 1
        self._fit()

    def _line(self, text: str, form: Format | None = None) -> None:
        self._sheet.write_string(self._row, 0, _kept(text), form)
        self._row += 1

    def _freeze_at_table(self, grid: Grid) -> None:
        head = self._row
        self._table(grid)
        self._sheet.freeze_panes(head + 1, 1)
        if grid.rows:
            self._sheet.autofilter(head, 0, head + len(grid.rows), len(grid.headings) - 1)

    def _table(self, grid: Grid) -> None:
        for at, text in enumerate(grid.headings):
            numbers = any(row[at].number is not None for row in grid.rows)
            form = self._over_numbers if numbers else self._heading
            self._sheet.write_string(self._row, at, _kept(text), form)
            self._measure(at, text, 3)
        for row, cells in enumerate(grid.rows, self._row + 1):
            for at, cell in enumerate(cells):
                self._cell(row, at, cell)
        self._row += len(grid.rows) + 2

    def _cell(self, row: int, at: int, cell: Cell) -> None:
        if cell.number is not None:
            form = self._form(cell.number, cell)
            self._sheet.write_number(row, at, cell.number / _PER.get(cell.unit, 1), form)
        elif cell.text:
            form = self._words if at else self._first
            self._sheet.write_string(row, at, _kept(cell.text), form)
            self._lines_of.append((row, at, cell.text))
        self._measure(at, cell.text, 2)

    def _form(self, number: float, cell: Cell) -> Format:
        """Of a share that few carry its count stands behind it."""
        unit = cell.unit if cell.unit in self._forms else ""
        if cell.rate is not None and not cell.rate.speaks:
            unit = self._added(f'0%" ({cell.rate.part}/{cell.rate.of})"')
        elif unit == PERCENT and (cell.rate or cell.text[:1] in ("<", ">")):
            said = percent_said(number)
            unit = self._added(f'"{said}"') if said[0] in "<>" else unit
        elif unit == CENTS and number % 100 and not number % 1:
            unit = _PAID
        elif unit in ("", DAYS) and number % 1:
            unit = _BROKEN
        return self._forms[unit]

    def _added(self, unit: str) -> str:
        if unit not in self._forms:
            form = {"num_format": unit, "valign": "top"}
            self._forms[unit] = self._book.add_format(form)
        return unit

    def _measure(self, at: int, text: str, more: int) -> None:
        longest = max(map(width, text.split("\n")))
        self._widths[at] = min(max(self._widths.get(at, 8), longest + more), _WIDEST)

    def _fit(self) -> None:
        """Columns as wide as their words, rows as high; printed as wide as the paper, and broken
        between two pictures."""
        for at, wide in self._widths.items():
            self._sheet.set_column(at, at, wide)
        high: dict[int, int] = {}
        for row, at, text in self._lines_of:
            room = self._widths[at] - 3
            lines = sum(max(-(-width(part) // room), 1) for part in text.split("\n"))
            high[row] = max(high.get(row, 1), lines)
        for row, lines in high.items():
            if lines > 1:
                self._sheet.set_row_pixels(row, min(lines * _ROW, _HIGHEST))
        scale = min(_PAPER[0] / self._across, 1)
        self._sheet.set_print_scale(max(int(100 * scale), 10))
        breaks: list[int] = []
        begun = 0
        for first, after in pairwise((*self._tops, self._row)):
            rows = sum(high.get(row, 1) for row in range(first, after))
            if begun and (begun + rows) * _ROW * scale > _PAPER[1]:
                breaks.append(first)
                begun = 0
            begun += rows
        self._sheet.set_h_pagebreaks(breaks)

    @property
    def _across(self) -> int:
        """Pixels of the widest table, or of the chart that reaches furthest."""

        def left_of(column: int) -> int:
            return sum(_CHARACTER * self._widths.get(at, 9) + 5 for at in range(column))

        wide = _CHART * _CHARACTER // 7  # it is as wide as the columns it lies over
        charts = (left_of(column) + wide for column in self._beside)
        return max(left_of(max(self._widths, default=0) + 1), *charts, 1)

    # -- charts

    def _draw(self, picture: Picture, grid: Grid, head: int, top: int) -> None:
        """Beside the table that starts at ``head``; what comes next starts below both."""
        chart = None
        if isinstance(picture, Bars) and not any(bar.number.value for bar in picture.bars):
            return  # bars of nothing
        if isinstance(picture, Bars) and picture.key not in TABLES:
            chart = self._bars(picture, grid, head)
        elif isinstance(picture, Curve):
            chart = self._curve(picture, grid, head)
        elif isinstance(picture, Heat):
            self._sheet.conditional_format(
                head + 1, 1, head + len(grid.rows), len(grid.headings) - 1,
                {"type": "2_color_scale", "min_color": "#EEF3F9", "max_color": "#5C93CC"},
            )  # fmt: skip
        if chart is not None:
            chart.set_title({"name": visible(str(picture.heading)), "name_font": {"size": 12}})
            self._beside.append(len(grid.headings) + 1)
            chart.set_size({"width": _CHART, "height": 20 * _CHART_ROWS - 20})
            self._sheet.insert_chart(top, len(grid.headings) + 1, chart)
            self._row = max(self._row, top + _CHART_ROWS)

    def _ranges(self, column: int, head: int, rows: int) -> list[object]:
        return [self._name, head + 1, column, head + rows, column]

    def _bars(self, picture: Bars, grid: Grid, head: int) -> Chart:
        """The first row on top, as on a page. Of targets it is drawn how much of each was reached:
        the one line across is all of it. What is too long for the scale of the others is cut."""
        part = _("Of the target") if _("Of the target") in grid.headings else ""
        if picture.key in RATES and _("Share") in grid.headings:
            part = _("Share")
        at = grid.headings.index(part) if part else 1
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": _kept(grid.headings[at]),
                "categories": self._ranges(0, head, len(grid.rows)),
                "values": self._ranges(at, head, len(grid.rows)),
                "fill": {"color": _BLUE},
                "gap": 40,
                "data_labels": {"value": True},
            }
        )
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        axis: dict[str, object] = {"visible": False, "major_gridlines": {"visible": False}}
        drawn = [bar.number.value or 0 for bar in picture.bars if not bar.broken]
        if part:
            line = {"color": _DARK, "width": 1.5}
            axis = {"min": 0, "major_unit": 1, "major_gridlines": {"visible": True, "line": line}}
            axis |= {"num_format": "0%"}
        elif len(drawn) < len(picture.bars) and any(drawn):
            axis |= {"max": max(drawn) * 1.15 / _PER.get(picture.bars[0].number.unit, 1)}
        chart.set_x_axis(axis)
        return chart

    def _curve(self, picture: Curve, grid: Grid, head: int) -> Chart:
        chart = self._book.add_chart({"type": "line"})
        rows = len(grid.rows)
        for at, one in enumerate(picture.series, 1):
            line = (
                {"color": _GREY, "dash_type": "dash"}
                if one.compared
                else {"color": _LINES[(at - 1) % 3]}
            )
            chart.add_series(
                {
                    "name": _kept(grid.headings[at]),
                    "categories": self._ranges(0, head, rows),
                    "values": self._ranges(at, head, rows),
                    "line": {**line, "width": 2},
                }
            )
        chart.set_legend({"position": "bottom"})
        chart.show_blanks_as("span")
        return chart


def _with_counts(grid: Grid) -> Grid:
    """Beside each share of how many it is, and between which it lies."""
    if _("Share") not in grid.headings:
        return grid
    at = list(grid.headings).index(_("Share")) + 1
    heads = (*grid.headings[:at], _("Count"), _("Range"), *grid.headings[at:])

    def more(rate: Rate | None) -> tuple[Cell, Cell]:
        if rate is None:
            return Cell(""), Cell("")
        between = rate.range
        shown = "" if between is None else f"{between[0]}–{between[1]}%"
        return Cell(f"{rate.part:,}/{rate.of:,}"), Cell(shown)

    rows = [(*row[:at], *more(row[at - 1].rate), *row[at:]) for row in grid.rows]
    return Grid(grid.title, heads, rows)


def _kept(text: str) -> str:
    """Text stays text whatever it begins with: it is written as a string, never as a formula."""
    shown = "\n".join(map(visible, text.split("\n")))
    return shown if len(shown) <= TEXT else shown[: TEXT - 1] + "…"
