from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import Filled, ImportReport
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.imports.reading import reading as roster_reading
from opslog.services.rosters import rosters
from opslog.services.screening import roster_card
from opslog.store.db import search

HEADINGS = ("姓名", "手机号", "公司", "职位", "邮箱")
Row = Sequence[str]
WANG = ("王志刚", "13800138000", "某某科技有限公司", "", "wang@a.cn")
LI = ("李娜", "13900139000", "甲公司", "经理", "li@b.cn")


@pytest.fixture
def event(book: Book) -> int:
    return make_event(book, "上海沙龙")


def make_event(book: Book, name: str, takes: str = "form") -> int:
    starts = book.now() + timedelta(days=1)
    cursor = book.con.execute(
        "INSERT INTO event(name, kind, list, starts_at, ends_at, created_at) VALUES (?,?,?,?,?,?)",
        (name, "salon", takes, instant_text(starts), instant_text(starts), instant_text(starts)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rows below HEADINGS to a file."""

    def write(*rows: Row, name: str = "list.csv", headings: Row = HEADINGS) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(",".join(row) for row in (headings, *rows)), encoding="utf-8")
        return path

    return write


def counts(report: ImportReport) -> tuple[int, int, int, int, int, int]:
    """read, and the five classes it is the sum of."""
    five = (report.new, report.updated, report.unchanged, report.duplicate, report.problem)
    assert report.read == sum(five)
    return (report.read, *five)


def dump(book: Book) -> list[str]:
    """The domain's tables, without the journal."""
    names = ("person", "card", "roster", "roster_file", "roster_row", "log")
    return [repr(tuple(row)) for name in names for row in book.con.execute(f"SELECT * FROM {name}")]


def people(book: Book) -> list[sqlite3.Row]:
    return book.con.execute("SELECT * FROM person ORDER BY id").fetchall()


def test_a_list_becomes_a_roster_of_cards_with_every_cell_kept(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    report = imports.load(book, write(WANG, LI, ("合计", "2")), event)
    assert counts(report) == (3, 2, 0, 0, 0, 1)
    rows = list(roster_card.rows(book, report.roster))
    assert [(row.line, row.result, row.problems) for row in rows] == [
        (2, "new", ()),
        (3, "new", ()),
        (4, "problem", ("totals",)),
    ]
    assert [row.cells for row in rows] == [WANG, LI, ("合计", "2")]
    assert rows[0].person is not None
    assert (rows[0].person.name, rows[0].person.phone) == ("王志刚", "+8613800138000")
    assert rows[2].person is None
    assert rows[0].columns == HEADINGS
    file = rosters.files(book, report.roster)[0]
    assert (file.file, file.encoding, file.header_row, file.read) == ("list.csv", "utf-8", 1, 3)
    assert people(book)[0]["company_key"] == "某某科技"
    assert search.find(book.con, "person", "志刚") == [1]
    assert search.check(book.con) == []


def test_the_same_file_again_changes_nothing_and_leaves_no_entry(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    nameless_twins = ("孙小姐", "", "乙公司", "", "")
    path = write(WANG, LI, WANG, nameless_twins, nameless_twins, ("合计", "5"))
    assert counts(imports.load(book, path, event)) == (6, 3, 0, 0, 2, 1)
    before, entries = dump(book), history.count(book)
    again = imports.load(book, path, event)
    assert counts(again) == (6, 0, 0, 6, 0, 0)
    assert not again.change
    assert (dump(book), history.count(book)) == (before, entries)


def test_a_later_file_fills_blanks_and_never_overwrites(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    imports.load(book, write(WANG, LI), event)
    richer = ("王总", "+86 138-0013-8000", "别的公司", "总经理", "other@a.cn")
    same = ("李娜", "139 0013 9000", "甲公司", "", "")
    path = write(richer, same, LI, name="second.csv")
    tried = imports.preview(book, path, event)
    assert counts(tried) == (3, 0, 1, 2, 0, 0)
    assert tried.lines[0].filled == (
        Filled("title", "", "总经理"),
        Filled("emails", "", "other@a.cn"),  # kept beside, not in the place of the first
    )
    report = imports.load(book, path, event)
    assert counts(report) == counts(tried)
    wang = people(book)[0]
    assert (wang["name"], wang["company"], wang["title"], wang["email"]) == (
        "王志刚",
        "某某科技有限公司",
        "总经理",
        "wang@a.cn",
    )
    assert search.find(book.con, "person", "总经理") == [1]
    # What is new in letters though not in content is kept too; what was there word for word not.
    assert len(list(roster_card.rows(book, report.roster))) == 4


def test_rows_of_one_person_become_one_card_that_shows_all_their_cells(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    again = ("王先生", "", "", "市场总监", "WANG@a.cn")
    report = imports.load(book, write(WANG, again), event)
    assert counts(report) == (2, 1, 0, 0, 1, 0)
    rows = list(roster_card.rows(book, report.roster))
    assert rows[0].card_id == rows[1].card_id
    assert [row.result for row in rows] == ["new", "duplicate"]
    assert people(book)[0]["title"] == "市场总监"
    assert search.find(book.con, "person", "市场总监") == [1]


@pytest.mark.parametrize(
    "other",
    [
        ("张三", "13800138000", "", "", ""),  # the mobile of somebody else
        ("张三", "", "", "", "wang@a.cn"),
        ("王志刚", "", "某某科技有限公司", "", ""),  # a name and a company are not enough
    ],
)
def test_people_are_not_joined_by_less_than_the_rule(
    book: Book, event: int, write: Callable[..., Path], other: Row
) -> None:
    assert counts(imports.load(book, write(WANG, other), event)) == (2, 2, 0, 0, 0, 0)


def test_a_switchboard_or_info_joins_nobody(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    rows = [
        ("王志刚", "010-62751234", "甲", "", "info@a.cn"),
        ("王志刚", "010-62751234", "乙", "", "info@a.cn"),
    ]
    assert counts(imports.load(book, write(*rows), event)) == (2, 2, 0, 0, 0, 0)


def test_somebody_known_from_another_event_is_the_same_person_on_a_new_card(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    imports.load(book, write(WANG), event)
    other = make_event(book, "杭州大会")
    report = imports.load(book, write(("王总", "13800138000", "", "CEO", "")), other)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    assert len(people(book)) == 1
    assert people(book)[0]["title"] == "CEO"
    cards = book.con.execute("SELECT roster_id, person_id FROM card ORDER BY id").fetchall()
    assert [tuple(card) for card in cards] == [(1, 1), (2, 1)]


def test_marks_on_a_card_are_kept_with_the_row(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    report = imports.load(book, write(("王志刚", "1.38E+10", "", "", "bad@")), event)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    row = next(iter(roster_card.rows(book, report.roster)))
    assert row.problems == ("phone_damaged", "email_unreadable")
    assert row.person is not None
    assert row.person.phone == ""
    assert report.marks == {"phone_damaged": 1, "email_unreadable": 1}


def test_an_import_is_one_change_undone_and_done_again_by_one_key(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    imports.load(book, write(WANG), event)
    before = dump(book)
    second = write(("王总", "13800138000", "", "CEO", ""), LI, LI, name="two.csv")
    change = imports.load(book, second, event).change
    after = dump(book)
    assert str(change.label) == "Imported 3 rows of two.csv into 上海沙龙"
    history.undo(book)
    assert dump(book) == before
    assert search.check(book.con) == []
    history.redo(book)
    assert dump(book) == after
    assert search.check(book.con) == []


def test_the_log_tells_of_it(book: Book, event: int, write: Callable[..., Path]) -> None:
    imports.load(book, write(WANG, LI), event)
    line = book.con.execute("SELECT text, source, event_id FROM log").fetchone()
    assert tuple(line) == (
        "Imported list.csv into 上海沙龙: 2 rows read: 2 new",
        "import",
        event,
    )


def test_a_trial_writes_nothing_and_says_what_the_import_then_does(
    book: Book, event: int, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_reading, "BATCH", 3)
    imports.load(book, write(WANG, LI), event)
    rows = [(f"人{n % 7}", f"1380000{n % 11:04d}", "", "x" * (n % 2), "") for n in range(40)]
    path = write(WANG, *rows, ("王总", "13800138000", "", "CEO", ""), name="many.csv")
    before = dump(book)
    tried = imports.preview(book, path, event)
    assert dump(book) == before
    done = imports.load(book, path, event)
    assert counts(tried) == counts(done)
    stored = {row.line: row.result for row in roster_card.rows(book, done.roster) if row.id > 2}
    assert stored.items() <= {line.line: line.result for line in tried.lines}.items()


def test_stopping_half_way_leaves_nothing(
    book: Book, event: int, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class GivenUp(Exception):
        pass

    def stop(rows: int, share: float) -> None:
        if rows >= 4:
            raise GivenUp

    monkeypatch.setattr(roster_reading, "BATCH", 2)
    before = dump(book)
    path = write(*((f"人{n}", f"1380000{n:04d}", "", "", "") for n in range(50)))
    with pytest.raises(GivenUp):
        imports.load(book, path, event, progress=stop)
    assert dump(book) == before
    assert history.count(book) == 0
    assert imports.load(book, path, event).new == 50


def test_an_event_without_a_list_takes_none(book: Book, write: Callable[..., Path]) -> None:
    stream = make_event(book, "视频号直播", takes="none")
    for verb in (imports.load, imports.preview):
        with pytest.raises(Refused, match="视频号直播 has no sign-up list"):
            verb(book, write(WANG), stream)
    with pytest.raises(Refused, match="There is no event 99"):
        imports.load(book, write(WANG), 99)


def test_a_list_that_names_nobody_changes_nothing(book: Book, event: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("foo,bar\n1,2\n", encoding="utf-8")
    before = dump(book)
    with pytest.raises(Refused, match=r"say which one does \(in the shell: --map name=A\)"):
        imports.load(book, path, event)
    assert dump(book) == before
    report = imports.load(book, path, event, ImportOptions(columns={"name": "foo"}))
    assert report.new == 1


def test_cells_come_back_verbatim(book: Book, event: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    cells = ["王\x1b[31m", "[/red]", " 13800138000\0", "𬱖👍\u200d", ' 两 "行"\n字 ']
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_text(f"姓名,公司,手机号,职位,备注\n{quoted}\n", encoding="utf-8", newline="")
    report = imports.load(book, path, event)
    row = next(iter(roster_card.rows(book, report.roster)))
    assert list(row.cells) == cells
    assert json.loads(book.con.execute("SELECT cells FROM roster_row").fetchone()[0]) == cells
    history.undo(book)
    history.redo(book)
    assert list(next(iter(roster_card.rows(book, report.roster))).cells) == cells


def test_a_roster_is_found_by_number_name_or_part(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    first = imports.load(book, write(WANG), event).roster
    second = imports.load(book, write(LI), make_event(book, "上海大会")).roster
    assert rosters.resolve(book, str(second)) == second
    assert rosters.resolve(book, "沙龙") == first
    with pytest.raises(Refused, match=r"“上海” could be any of: .*give the number"):
        rosters.resolve(book, "上海")
    with pytest.raises(Refused, match="No roster has “北京”"):
        rosters.resolve(book, "北京")
    with pytest.raises(Refused, match="There is no roster 99"):
        roster_card.get(book, 99)
    states = rosters.listing(book)
    assert {(state.roster_id, state.cards) for state in states} == {(first, 1), (second, 1)}


def test_the_ledger_stands_beside_the_rows(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    from opslog.services.screening import rounds

    roster = imports.load(book, write(WANG, LI), event).roster
    number = rounds.open_round(book, roster).made
    first, second = (row.card_id for row in roster_card.rows(book, roster))
    assert first is not None
    assert second is not None
    rounds.decide(book, number, first, "drop", "competitor")
    rounds.decide(book, number, second, "keep")
    card = roster_card.get(book, roster)
    assert [row.verdict for row in card.rows] == ["drop", "keep"]
    assert [(d.round, d.verdict, d.reason, d.by) for d in card.rows[0].decisions] == [
        (0, "drop", "competitor", "operator")
    ]
    assert [one.number for one in card.rounds] == [0]


def test_a_trial_says_what_a_row_says_otherwise_and_what_stays(
    book: Book, event: int, write: Callable[..., Path]
) -> None:
    imports.load(book, write(WANG), event)
    moved = (WANG[0], WANG[1], "新东家", *WANG[3:])
    same = (WANG[0], WANG[1], f"{WANG[2]}", *WANG[3:])
    trial = imports.preview(book, write(moved, same, name="b.csv"), event)
    assert [one.differs_said() for one in trial.lines] == [
        [f"Company: {WANG[2]} stays, not 新东家"],
        [],
    ]
    imports.load(book, write(moved, name="b.csv"), event)
    assert book.con.execute("SELECT company FROM person").fetchone()[0] == WANG[2]
