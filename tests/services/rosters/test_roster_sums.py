"""Whatever comes in: the sum is true, every cell can be read back, the same again is nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from opslog.domain.base.clock import Clock
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import open_book
from opslog.services.imports import imports
from opslog.services.rosters import rosters, withdrawing
from opslog.services.screening import roster_card
from tests.services.rosters.test_rosters import make_event

names = st.sampled_from(
    ["王志刚", "王总", "李娜", "张伟 David", "John Smith", "", " ", "合计", "[/red]"]
)
numbers = st.sampled_from(
    ["13800138000", "138 0013 8000", "+86 13900139000", "1.38E+10", "010-62751234", "", "无", "x"]
)
emails = st.sampled_from(["wang@a.cn", "WANG@A.CN", "info@a.cn", "bad@", ""])
words = st.text(
    st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"]), max_size=6
) | st.sampled_from(["", "某某科技有限公司", 'he said "hi"', "a,b;c", "two\nlines"])
rows = st.lists(st.tuples(names, numbers, words, emails), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=rows,
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
    titles=st.integers(0, 2),
)
def test_any_list(
    rows: list[tuple[str, ...]], codec: str, delimiter: str, end: str, titles: int
) -> None:
    text = io.StringIO(newline="")
    text.write(f"2026年活动报名名单{end}" * titles)
    table = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    table.writerows([("姓名", "手机号", "公司", "邮箱"), *rows])
    kept = [row for row in rows if any(map(str.strip, row))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(text.getvalue().encode(codec))
        clock = Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC))
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        try:
            event = make_event(book, "上海沙龙")
            if not kept:
                return
            report = imports.load(book, path, event)
            classes = (
                *(report.new, report.updated, report.unchanged),
                *(report.duplicate, report.problem),
            )
            assert report.read == sum(classes) == len(kept)
            stored = list(roster_card.rows(book, report.roster))
            assert [row.cells for row in stored] == kept
            assert Counter(row.result for row in stored) == Counter(
                {
                    name: number
                    for name, number in zip(
                        ("new", "updated", "unchanged", "duplicate", "problem"),
                        classes,
                        strict=True,
                    )
                    if number
                }
            )
            entries = history.count(book)
            again = imports.load(book, path, event)
            assert again.read == again.unchanged == len(kept)
            assert not again.change
            assert history.count(book) == entries
        finally:
            book.close()


PEOPLE_HEADINGS = ("姓名", "手机号", "公司", "邮箱")
# Layout -> lines above the people, their headings, and what stands around each row's cells.
LAYOUTS: dict[str, tuple[list[tuple[str, ...]], tuple[str, ...], tuple[str, ...]]] = {
    "plain": ([], PEOPLE_HEADINGS, ()),
    "titles": ([("2026年活动报名名单",), ("制表：运营",)], PEOPLE_HEADINGS, ()),
    "trailing": ([], (*PEOPLE_HEADINGS, "", ""), ("", "")),
    "twice": ([], (*PEOPLE_HEADINGS, "购票人", "手机号"), ("买家", "13700137000")),
    "questions": ([], ("1、您的姓名：", "2、您的手机号：", "3、贵公司全称是？", "4.邮箱"), ()),
    "status": ([], (*PEOPLE_HEADINGS, "状态", "签到时间"), ("已取消", "")),
    "minutes": ([], (*PEOPLE_HEADINGS, "参会时长"), ("3分钟",)),
    "sections": (
        [("Attendee Report",), ("Topic", "Webinar ID"), ("直播", "812")],
        ("User Name (Original Name)", "Phone", "Organization", "Email", "Join Time"),
        ("2026-11-20 14:00", "3"),
    ),
}
damage = st.sampled_from(["", "ragged", "long", "totals", "heading", "gap"])


# A nameless row before and after a second person of its number is known.
_SHARED = [(name, "13800138000", "", "wang@a.cn") for name in ("王志刚", "", "李娜", "")]


@example(_SHARED, "minutes", [""], "utf-8", ",")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=rows,
    layout=st.sampled_from(sorted(LAYOUTS)),
    harm=st.lists(damage, min_size=1, max_size=3),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_any_layout(
    rows: list[tuple[str, ...]], layout: str, harm: list[str], codec: str, delimiter: str
) -> None:
    above, headings, around = LAYOUTS[layout]
    lines = [*above]
    if layout == "sections":
        headings = (*headings, "Time in Session (minutes)")
        lines += [("Attendee Details",)]
    lines.append(headings)
    start = len(lines)
    for at, row in enumerate(rows):
        cells = (*row, *around)
        harmed = harm[at % len(harm)]
        if harmed == "ragged":
            cells = cells[:2]
        elif harmed == "long":
            cells = (*cells, "", "多出来的")
        lines.append(cells)
        if harmed == "totals":
            lines.append(("合计", "2"))
        elif harmed == "heading" and layout != "sections":
            lines.append(headings)
        elif harmed == "gap":
            lines.append(("",) * len(headings))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(lines)
    kept = [row for row in lines[start:] if any(map(str.strip, row))]
    if not kept:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(text.getvalue().encode(codec))
        clock = Clock(lambda: datetime(2026, 11, 23, 1, tzinfo=UTC))
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        try:
            event = make_event(book, "上海沙龙")
            options = ImportOptions(encoding=codec, delimiter=delimiter)
            report = imports.load(book, path, event, options)
            classes = (
                *(report.new, report.updated, report.unchanged),
                *(report.duplicate, report.problem),
            )
            assert report.read == sum(classes) == len(kept)
            assert [row.cells for row in roster_card.rows(book, report.roster)] == kept
            again = imports.load(book, path, event, options)
            assert again.read == again.unchanged == len(kept)
            assert not again.change
            before = history.count(book)
            (file,) = rosters.files(book, report.roster)
            withdrawing.withdraw(book, file.id)
            assert not list(roster_card.rows(book, report.roster))
            assert book.con.execute("SELECT count(*) FROM person").fetchone()[0] == 0
            assert history.count(book) == before + 1
        finally:
            book.close()
