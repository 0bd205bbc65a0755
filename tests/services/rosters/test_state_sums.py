"""Lists that say how each sign-up stands, in one column or several: the sum is true, every cell
can be read back, everybody has their name, and of several columns the worst decides."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.base.clock import Clock
from opslog.services.book.book import open_book
from opslog.services.imports import imports
from opslog.services.screening import roster_card
from tests.services.rosters.test_rosters import make_event

WORST_FIRST = ("withdrawn", "waiting", "unknown", "coming")
SIGNED_UP = {
    **dict.fromkeys(["报名成功", "已报名", "Confirmed", "registered", ""], "coming"),
    **dict.fromkeys(["待审核", "候补", "Pending approval", "waitlisted"], "waiting"),
    **dict.fromkeys(["已取消", "审核未通过", "Declined", "cancelled by guest"], "withdrawn"),
    **dict.fromkeys(["待定", "Maybe"], "unknown"),
}
PAID = {
    **dict.fromkeys(["已支付", "paid", "免费", ""], "coming"),
    **dict.fromkeys(["未支付", "待付款", "unpaid", "否"], "waiting"),
    **dict.fromkeys(["已退款", "refunded"], "withdrawn"),
}
REFUNDED = {
    **dict.fromkeys(["未退款", "否", "无", "-", "no", ""], "coming"),
    **dict.fromkeys(["已退款", "退款成功", "是", "yes"], "withdrawn"),
}


class Layout(NamedTuple):
    """Headings of the people, in their order, and of each state what may stand below it."""

    people: tuple[str, ...]
    states: dict[str, dict[str, str]]
    sheet: bool = False
    above: tuple[tuple[str, ...], ...] = ()


LAYOUTS = {
    "one column": Layout(("姓名", "手机号", "公司"), {"状态": SIGNED_UP}),
    "paid for": Layout(("手机", "姓名", "单位"), {"报名状态": SIGNED_UP, "支付状态": PAID}),
    "with refunds": Layout(
        ("姓名", "公司名称", "联系电话"),
        {"订单状态": SIGNED_UP, "付款状态": PAID, "退款状态": REFUNDED},
        above=(("2026年活动报名名单",),),
    ),
    "asked": Layout(
        ("姓名", "手机"), {"是否付款": PAID, "是否退款": REFUNDED, "审核状态": SIGNED_UP}
    ),
    "english": Layout(
        ("Full Name", "Phone Number", "Company"),
        {"Status": SIGNED_UP, "Payment Status": PAID, "Refunded": REFUNDED},
    ),
    "workbook": Layout(
        ("序号", "姓名", "电话", "公司"), {"报名状态": SIGNED_UP, "缴费状态": PAID}, sheet=True
    ),
}
NAMES = ("王志刚", "李娜", "陈静", "欧阳小明", "赵敏", "John Smith", "")
CELLS = {"序号": "7", "公司": "示例科技", "单位": "", "公司名称": "示例,贸易", "Company": "Acme"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), layout=st.sampled_from(sorted(LAYOUTS)), number=st.integers(1, 12))
def test_any_states(data: st.DataObject, layout: str, number: int) -> None:
    known = LAYOUTS[layout]
    rows, names, expected = [], [], []
    for at in range(number):
        name = data.draw(st.sampled_from(NAMES))
        said = [data.draw(st.sampled_from(sorted(words))) for words in known.states.values()]
        means = [words[one] for one, words in zip(said, known.states.values(), strict=True)]
        rows.append([*(_cell(heading, name, at) for heading in known.people), *said])
        names.append(name)
        expected.append(min(means, key=WORST_FIRST.index))
    lines = [*map(list, known.above), [*known.people, *known.states], *rows]
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder), lines, sheet=known.sheet)
        clock = Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC))
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        try:
            event = make_event(book, "上海沙龙")
            trial = imports.preview(book, path, event)
            report = imports.load(book, path, event)
            assert report.read == report.new + report.problem == number
            assert report.problem == 0
            kept = [[*row.cells] for row in roster_card.rows(book, report.roster)]
            assert [_trimmed(row) for row in kept] == [_trimmed(row) for row in rows]
            found = book.con.execute(
                "SELECT p.name, c.state FROM card c JOIN person p ON p.id=c.person_id ORDER BY c.id"
            ).fetchall()
            assert [row["name"] for row in found] == names
            assert [row["state"] for row in found] == expected
            counts = Counter(expected)
            assert trial.withdrawn == report.withdrawn == counts["withdrawn"]
            assert trial.waiting == report.waiting == counts["waiting"]
            several = [str(said) for said in trial.marks_said() if "the worst" in str(said)]
            assert bool(several) is (len(known.states) > 1)
            assert all(heading in said for heading in known.states for said in several)
            assert not trial.unclear
        finally:
            book.close()


def _cell(heading: str, name: str, at: int) -> str:
    if heading in ("姓名", "Full Name"):
        return name
    return CELLS.get(heading, f"1380013{at:04d}")


def _trimmed(row: list[str]) -> list[str]:
    """Blank cells at the end of a row of a workbook are none."""
    return [*"\0".join(row).rstrip("\0").split("\0")]


def _written(folder: Path, lines: list[list[str]], *, sheet: bool) -> Path:
    if not sheet:
        path = folder / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return path
    path = folder / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for number, row in enumerate(lines):
        page.write_row(number, 0, row)
    book.close()
    return path
