"""Whatever comes in: the sum is true, every cell can be read back, the same again is nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.clock import Clock
from opslog.services import history, rosters
from opslog.services.book import open_book
from tests.services.test_rosters import make_event

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
            report = rosters.load(book, path, event)
            classes = (
                *(report.new, report.updated, report.unchanged),
                *(report.duplicate, report.problem),
            )
            assert report.read == sum(classes) == len(kept)
            stored = list(rosters.rows(book, report.roster))
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
            again = rosters.load(book, path, event)
            assert again.read == again.unchanged == len(kept)
            assert not again.change
            assert history.count(book) == entries
        finally:
            book.close()
