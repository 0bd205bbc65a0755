"""A person erased on request: nothing in the file says who it was, and counts stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import backup, check, history, own_files
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.people import list as people_list
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.services.twins import twins
from opslog.store.db import backup as copies
from opslog.store.db import person_index, search
from tests.services.lists import Sheet, make_list, make_person

NAME, COMPANY, PHONE, EMAIL = "欧阳志刚", "深蓝软件", "13800138000", "ouyang.zg@deepblue.example"
ROWS = [
    (NAME, COMPANY, "市场总监", "+86" + PHONE, EMAIL),
    ("李娜", "云帆科技", "经理", "+8613900139001", "li@yunfan.example"),
]
TRACES = (
    *(NAME, PHONE, "138 0013 8000", EMAIL, "ouyang.zg", "ouyangzhigang", "欧 阳 志 刚"),
    PHONE[3:],
)


def held(path: Path) -> list[str]:
    """Which traces stand in the bytes of the database, or of the log beside it."""
    raw = b"".join(
        file.read_bytes() for file in (path, path.with_name(path.name + "-wal")) if file.exists()
    )
    return [trace for trace in TRACES if trace.encode() in raw]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """A person with everything a person can have."""
    sheet = make_list(book, ROWS)
    person, card = sheet.people[0], sheet.cards[0]
    person_card.edit(book, person, note=f"{NAME} 喜欢茶", title="总监")
    person_card.edit(book, person, name="欧阳志钢")  # the name it once had goes as well
    person_card.edit(book, person, name=NAME)
    person_card.set_tags(book, [person], [f"{NAME}的标签"])
    person_card.set_wecom(book, person, True)
    tidy = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, tidy, card, "keep")
    rounds.decide(book, tidy, sheet.cards[1], "drop", "competitor")
    rounds.close_round(book, tidy)
    calling.record(book, card, "callback-1", "answered", lane="phone", note=f"打 {PHONE} 找 {NAME}")
    log_lines.add(book, f"回访{NAME}，邮箱 {EMAIL} +{NAME} >+3d")
    log_lines.add(book, f"{NAME} 138-0013-8000 又来电")
    log_lines.delete(book, log_lines.add(book, f"删掉的 {NAME}").made)
    return sheet


def test_nothing_of_the_person_is_left_in_the_file(book: Book, sheet: Sheet) -> None:
    person = sheet.people[0]
    assert set(held(book.path)) >= {NAME, PHONE, EMAIL}
    counts = rosters.listing(book)
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    erased = erasing.erase(book, person, f" {NAME} ")

    assert erased.clean
    assert held(book.path) == []
    assert "欧阳志钢".encode() not in book.path.read_bytes()
    assert not book.path.with_name(book.path.name + "-wal").stat().st_size
    assert rosters.listing(book) == [one._replace(out=one.out + 1) for one in counts]
    assert people_list.count(book) == 1
    assert person_card.find(book, "欧阳") == person_card.find(book, PHONE) == []
    assert [line.text for line in log_lines.lines(book)].count("*** *** 又来电") == 1
    cells = book.con.execute("SELECT cells FROM roster_row ORDER BY id").fetchone()[0]
    assert cells == '["", "", "", "", ""]'
    assert book.con.execute("SELECT count(*) FROM decision").fetchone()[0] == 2
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 1
    assert (search.check(book.con), person_index.flaws(book.con)) == ([], [])
    assert [f.code for f in check.check(book) if f.flaws and f.grave] == []
    assert book.con.execute("PRAGMA secure_delete").fetchone()[0] == 0


def test_others_keep_what_is_theirs(book: Book, sheet: Sheet) -> None:
    erasing.erase(book, sheet.people[0], NAME)
    other = person_card.get(book, sheet.people[1])
    assert (other.name, other.phone, other.email) == (ROWS[1][0], ROWS[1][3], ROWS[1][4])
    assert [p.id for p in person_card.find(book, "lina")] == [other.id]


def test_the_name_must_be_typed(book: Book, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="type 欧阳志刚 to erase"):
        erasing.erase(book, sheet.people[0], "李娜")
    assert person_card.get(book, sheet.people[0]).name == NAME


@pytest.mark.parametrize("name", ["长" * 10_000, "王\x1b志刚", "王\u200d志刚", "\u3164", "", "  "])
def test_a_name_that_nobody_can_type_is_confirmed_by_number(
    book: Book, sheet: Sheet, name: str
) -> None:
    person = sheet.people[0]
    book.con.execute("UPDATE person SET name=? WHERE id=?", (name, person))
    with pytest.raises(Refused, match=f"is not the number; type {person} to erase") as refused:
        erasing.erase(book, person, name)
    assert len(str(refused.value)) < 120
    erasing.erase(book, person, str(person))
    assert person_card.get(book, person).erased


def test_it_cant_be_undone_and_undo_of_earlier_changes_brings_nobody_back(
    book: Book, sheet: Sheet
) -> None:
    number = erasing.erase(book, sheet.people[0], NAME).change.id
    with pytest.raises(Refused, match="can't be undone"):
        history.undo(book, number)
    (entry,) = history.changes(book, 1)
    assert (entry.label.english(), entry.state, entry.undone) == (
        "Erased a person on request",
        "final",
        False,
    )
    while True:
        try:
            history.undo(book)
        except Refused:
            break
    assert held(book.path) == []
    assert people_list.count(book) == 1
    while True:
        try:
            history.redo(book)
        except Refused:
            break
    assert held(book.path) == []
    assert people_list.count(book) == 1


def test_a_name_that_others_share_stays_theirs(book: Book, sheet: Sheet) -> None:
    other = make_person(book, NAME, "星河科技", "", "+8613700137000")
    line = log_lines.add(book, f"{NAME} 来访").made
    book.con.execute("UPDATE log_person SET person_id=? WHERE log_id=?", (other, line))
    erasing.erase(book, sheet.people[0], NAME)
    assert person_card.get(book, other).name == NAME
    texts = [line.text for line in log_lines.lines(book)]
    assert f"{NAME} 来访" in texts
    assert not any(PHONE in text or EMAIL in text for text in texts)
    note = book.con.execute("SELECT note FROM touch").fetchone()[0]
    assert note == ""


def test_rows_merged_into_the_person_go_with_it(book: Book, sheet: Sheet) -> None:
    twin = make_person(book, "欧阳 志刚", "深蓝", "", "+8613600136000", "oy@private.example")
    twins.merge(book, sheet.people[0], twin)
    erasing.erase(book, twin, NAME)  # named by either number
    raw = book.path.read_bytes()
    assert [t for t in ("13600136000", "oy@private.example") if t.encode() in raw] == []
    assert held(book.path) == []


def test_copies_that_still_hold_the_person_are_named(book: Book, sheet: Sheet) -> None:
    copy = backup.backup(book)
    with closing(sqlite3.connect(copies.folder_of(book.path) / "empty.db")) as con:
        con.execute("CREATE TABLE t(x)")
    erased = erasing.erase(book, sheet.people[0], NAME)
    assert erased.backups == (copy,)
    assert NAME.encode() in copy.read_bytes()


def test_it_works_beside_the_screen(book: Book, sheet: Sheet) -> None:
    told: list[str] = []
    erasing.erase_in_thread(book, sheet.people[0], NAME, lambda text: told.append(text.english()))
    assert told == [
        *("erasing …", "cleaning the file …", "searching the bytes of the file …"),
        "looking through the copies …",
    ]
    assert held(book.path) == []
    assert people_list.count(book) == 1


def test_a_file_in_use_is_said(book: Book, sheet: Sheet) -> None:
    with closing(sqlite3.connect(book.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        book.con.execute("PRAGMA busy_timeout=0")
        erased = erasing.erase(book, sheet.people[0], NAME)
        assert not erased.clean
        assert {NAME, "+86" + PHONE, EMAIL} <= {one.text for one in erased.left}
        assert {one.why for one in erased.left} == {"leak"}
        assert str(erased.proof()[0]).startswith("Still in the bytes: ")
        assert "Another program has the file open" in str(erasing.unclean(1, erased))
        reader.execute("ROLLBACK")
    assert person_card.get(book, sheet.people[0]).erased
    again = erasing.erase(book, sheet.people[0], "")  # nothing is left to confirm
    assert (again.clean, again.change.id) == (True, 0)
    assert held(book.path) == []


def test_a_mirror_of_an_own_file_says_no_more_than_the_book(book: Book, sheet: Sheet) -> None:
    text = f"# 问过 {NAME}\n[flag]\nflagged = 3\n"
    own_files.put(book, "priority.toml", text, msg("test"))
    mirror = book.home / "priority.toml"
    assert NAME in mirror.read_text(encoding="utf-8")
    erasing.erase(book, sheet.people[0], NAME)
    assert mirror.read_text(encoding="utf-8") == text.replace(NAME, "***")


def test_texts_that_differ_by_the_name_alone_stop_nothing(book: Book, sheet: Sheet) -> None:
    """Two tags of somebody else, of which one is left: a person has no tag twice."""
    other = sheet.people[1]
    person_card.set_tags(book, [other], [NAME, EMAIL, "VIP"])
    erasing.erase(book, sheet.people[0], NAME)
    assert sorted(person_card.get(book, other).tags) == ["***", "VIP"]
    assert held(book.path) == []


def test_whoever_has_a_row_again_keeps_it(book: Book, sheet: Sheet) -> None:
    """A merge that was taken back made nobody part of the other for good."""
    twin = make_person(book, "李雷", "深蓝", "", "+8613600136000", "lilei@private.example")
    line = log_lines.add(book, "李雷 来访").made
    with book.change(msg("test")):
        book.con.execute(
            "UPDATE log_person SET person_id=? WHERE log_id=?", (sheet.people[0], line)
        )
    with book.change(msg("test")):
        book.con.execute("UPDATE log_person SET person_id=? WHERE log_id=?", (twin, line))
    merged = twins.merge(book, sheet.people[0], twin)
    history.undo(book, merged.id)
    erasing.erase(book, sheet.people[0], NAME)
    assert person_card.get(book, twin).name == "李雷"
    names = book.con.execute("SELECT name FROM log_person WHERE person_id=?", (twin,)).fetchall()
    assert all(row["name"] for row in names)


def test_a_shared_name_goes_from_what_is_about_the_person(book: Book, sheet: Sheet) -> None:
    make_person(book, NAME, "星河科技", "", "+8613700137000")
    line = log_lines.add(book, f"约{NAME}喝茶").made
    follow_up = log_lines.add(book, f"再约{NAME} >+3d").made
    for made in (line, follow_up):
        book.con.execute(
            "INSERT INTO log_person(log_id, person_id, name) VALUES (?,?,?)",
            (made, sheet.people[0], NAME),
        )
    erasing.erase(book, sheet.people[0], NAME)
    texts = [
        row["text"]
        for row in book.con.execute(
            "SELECT text FROM log WHERE id IN (?1, ?2) UNION ALL"
            " SELECT text FROM follow_up WHERE log_id=?2",
            (line, follow_up),
        )
    ]
    assert len(texts) == 3
    assert not any(NAME in text for text in texts)
