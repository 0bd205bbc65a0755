"""A list comes to the same whatever batches it is taken in by, and is found and undone whole."""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from opslog.domain.base.clock import Clock
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import ImportReport
from opslog.domain.rosters.rosters import ImportOptions
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.imports import imports, loading
from opslog.services.imports.reading import reading as roster_reading
from opslog.services.rosters import rosters, withdrawing
from opslog.services.screening import roster_card
from opslog.services.twins import twins
from opslog.store.db import person_index, search
from opslog.store.people.card import SEARCHED, search_text
from tests.conftest import domain_rows
from tests.exchange.meaning.test_profiles import PROFILES
from tests.services.rosters.test_rosters import make_event

HEADINGS = ("姓名", "手机号", "公司", "邮箱", "职位", "城市", "报名时间", "状态", "参会时长")
MOBILES = ["13800138000", "13900139000", "13700137000"]
Rows = list[tuple[str, ...]]

rows = st.lists(
    st.tuples(
        st.sampled_from(["王志刚", "王总", "李娜", "李**", "J Smith", "", "张伟、李娜", "张伟"]),
        st.sampled_from(
            [*MOBILES, "", "010-62751234", f"{MOBILES[0]}/{MOBILES[1]}", f"{MOBILES[1]} 转", "x"]
        ),
        st.sampled_from(["", "某某科技有限公司", "北京某某科技有限公司", "Acme"]),
        st.sampled_from(["", "wang@a.cn", "li@b.cn", "info@a.cn", "wang@a.cn;li@b.cn"]),
        st.sampled_from(["", "经理"]),
        st.sampled_from(["", "北京"]),
        st.sampled_from(["", "2026-11-01 09:00", "2026-11-02 10:30", "x"]),
        st.sampled_from(["", "已取消", "已签到"]),
        st.sampled_from(["", "3", "20", "40分钟"]),
    ),
    min_size=1,
    max_size=9,
)


BARELY_THERE = [  # there for three minutes by one row, marked as having come by the next
    ("王志刚", MOBILES[0], *[""] * 6, "3"),
    ("王志刚", MOBILES[0], *[""] * 5, "已签到", ""),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(
    before=None,
    new=BARELY_THERE,
    size=1,
    indexed_at_once=1,
    attendance=True,
    same_event=False,
    merged=False,
)
@given(
    before=st.none() | rows,
    new=rows,
    size=st.sampled_from([1, 2, 3]),
    indexed_at_once=st.sampled_from([1, 3]),
    attendance=st.booleans(),
    same_event=st.booleans(),
    merged=st.booleans(),
)
def test_the_size_of_a_batch_changes_nothing(
    before: Rows | None,
    new: Rows,
    size: int,
    indexed_at_once: int,
    attendance: bool,
    same_event: bool,
    merged: bool,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = opened(folder / "whole.db")
        events = [make_event(book, "上海沙龙"), make_event(book, "杭州大会")]
        if before is not None:
            try:
                imports.load(book, written(folder / "before.csv", before), events[0], OPTIONS)
            except Refused:  # a list of nobody
                book.close()
                return
            people = [row[0] for row in book.con.execute("SELECT id FROM person ORDER BY id")]
            if merged and len(people) > 1:
                twins.merge(book, people[0], people[1])
        book.close()
        shutil.copy(folder / "whole.db", folder / "parts.db")
        path = written(folder / "new.csv", new)
        event = events[0 if same_event else 1]
        whole = outcome(folder / "whole.db", path, event, attendance, 1_000, 1_000)
        parts = outcome(folder / "parts.db", path, event, attendance, size, indexed_at_once)
        assert whole == parts


OPTIONS = ImportOptions(encoding="utf-8", delimiter=",", header_row=1, min_minutes=10)
Outcome = tuple[dict[str, object], object] | None


def outcome(
    database: Path, path: Path, event: int, attendance: bool, size: int, indexed_at_once: int
) -> Outcome:
    """The report and every row of the domain; undo, redo and withdrawal leave all in order."""
    book = opened(database)
    renew = attendance
    options = ImportOptions(**{**OPTIONS._asdict(), "attendance": attendance, "renew": renew})
    try:
        with (
            patch.object(roster_reading, "BATCH", size),
            patch.object(loading, "_INDEXED_AT_ONCE", indexed_at_once),
        ):
            before = domain_rows(book.con)
            trial = said(imports.preview(book, path, event, options))
            report = imports.load(book, path, event, options)
    except Refused:
        return None
    else:
        would = {"renewed": trial["renewable"] if renew else 0, "renewable": 0}
        assert {**trial, **would, "roster": 0} == {**said(report), "roster": 0}
        after = domain_rows(book.con)
        in_order(book)
        if report.change:
            history.undo(book)
            assert domain_rows(book.con) == before
            in_order(book)
            history.redo(book)
            assert domain_rows(book.con) == after
            withdrawing.withdraw(book, rosters.files(book, report.roster)[-1].id)
            in_order(book)
            history.undo(book)
            assert domain_rows(book.con) == after
        return said(report), after
    finally:
        book.close()


def in_order(book: Book) -> None:
    assert search.check(book.con) == person_index.flaws(book.con) == []
    now = book.con.execute("SELECT change_id, bulk, fresh FROM journal_now").fetchone()
    assert tuple(now) == (None, 0, None)
    for row in book.con.execute("SELECT * FROM person").fetchall():
        assert row["search"] == search_text({name: row[name] for name in SEARCHED})


def said(report: ImportReport) -> dict[str, object]:
    values = dict(vars(report))
    for name in ("change", "change_id", "lines"):
        values.pop(name, None)
    return values


def opened(path: Path) -> Book:
    at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    return open_book(path, clock=Clock(lambda: at), session="test")


def written(path: Path, rows: Rows, headings: tuple[str, ...] = HEADINGS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([headings, *rows])
    return path


WHO = ("姓名", "手机号", "公司", "邮箱")


def taken(book: Book, tmp_path: Path, event: int, *rows: tuple[str, ...]) -> ImportReport:
    path = written(tmp_path / f"{history.count(book)}.csv", list(rows), WHO)
    return imports.load(book, path, event, OPTIONS)


def test_a_further_address_joins_whoever_else_stands_in_the_file(
    book: Book, tmp_path: Path
) -> None:
    first = ("王志刚", "13800138000", "", "wang@a.cn")
    taken(book, tmp_path, make_event(book, "一"), first, ("王志刚", "13800138000", "", "zg@b.cn"))
    report = taken(book, tmp_path, make_event(book, "二"), ("王志刚", "", "", "zg@b.cn"))
    assert report.new == 1
    assert book.con.execute("SELECT count(*) FROM person").fetchone()[0] == 1


def test_the_second_person_of_a_cell_has_the_company_it_was_decided_to_be(
    book: Book, tmp_path: Path
) -> None:
    event = make_event(book, "一")
    taken(book, tmp_path, event, ("王一", "13700137000", "甲甲科技", ""))
    taken(book, tmp_path, event, ("王二", "13700137001", "乙乙网络", ""))
    keys = [row[0] for row in book.con.execute("SELECT company_key FROM person ORDER BY id")]
    twins.fold(book, keys[0], keys[1])
    taken(book, tmp_path, event, ("张小伟、李小娜", "13800138000/13900139000", "甲甲科技", ""))
    found = {row[0]: row[1] for row in book.con.execute("SELECT name, company_key FROM person")}
    assert found["张小伟"] == found["李小娜"] != ""


def test_the_second_person_of_a_cell_was_seen_as_well(book: Book, tmp_path: Path) -> None:
    event = make_event(book, "一")
    taken(book, tmp_path, event, ("李小娜", "13900139000", "甲", ""))
    report = taken(
        book,
        *(tmp_path, event),
        ("王小伟、李小娜", "13800138000/13900139000", "", ""),
        ("李小娜", "13900139000", "", ""),
    )
    assert (report.new, report.duplicate) == (1, 1)


def test_a_host_without_a_name_is_nothing_to_mend(book: Book, tmp_path: Path) -> None:
    text = (PROFILES / "zoom_webinar.csv").read_text("utf-8-sig").replace("运营小组", "")
    path = tmp_path / "zoom.csv"
    path.write_text(text, "utf-8-sig")
    report = imports.load(book, path, make_event(book, "直播"))
    host = next(row for row in roster_card.rows(book, report.roster) if row.line == 7)
    assert host.problems == ("staff",)


def test_a_setting_waits_until_the_file_can_be_written(book: Book) -> None:
    other = opened(book.path)
    book.con.execute("PRAGMA busy_timeout=0")
    book.held = msg("wait")
    book.set_setting("language", "zh")
    book.set_setting("theme", "dark")
    other.con.execute("BEGIN IMMEDIATE")
    book.release()
    assert book.setting("language") == "zh"
    other.con.execute("ROLLBACK")
    book.release()
    assert (other.setting("language"), other.setting("theme")) == ("zh", "dark")
    other.close()
