"""Whom no list that goes out holds: files to mail from and call lists alike."""

from __future__ import annotations

import json

import pytest

from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling, outsiders
from opslog.services.files import export as files_out
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.segments import call_lists
from tests.services.calls.test_calling import TOMORROW
from tests.services.lists import Sheet, make_list

WANG, RIVAL, PARTNER, TEST, WAITS, LEFT, SMALL, GONE = range(8)
ROWS = [
    ("王志刚", "深蓝软件", "", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "", "+8613800138001", "li@yunfan.example"),
    ("赵敏", "远山科技", "", "", "zhao@yuanshan.example"),  # no number: decided all the same
    ("test", "test", "", "+8613800138003", "test@test.example"),
    ("钱七", "长江实业", "", "+8613800138004", "qian@cj.example"),
    ("孙八", "黄河实业", "", "+8613800138005", "sun@hh.example"),
    ("周九", "小作坊", "", "+8613800138006", "zhou@xiao.example"),
    ("吴十", "珠江实业", "", "+8613800138007", "wu@zj.example"),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """A list tomorrow: of each kind one, and two who are written to and called."""
    made = make_list(book, ROWS, ends_ago=TOMORROW)
    tidy = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, tidy, made.cards[RIVAL], "drop", "competitor")
    rounds.decide(book, tidy, made.cards[PARTNER], "drop", "partner")
    rounds.decide(book, tidy, made.cards[SMALL], "drop", "not_target")
    for who, state in ((WAITS, "waiting"), (LEFT, "withdrawn")):
        book.con.execute("UPDATE card SET state=? WHERE id=?", (state, made.cards[who]))
    erasing.erase(book, made.people[GONE], "吴十")
    return made


def mailed(book: Book, scope: Scope, what: str = "mailing") -> tuple[set[str], list[str]]:
    said: list[str] = []
    path = files_out.export(
        book, what, book.home / "m.json", scope, force=True, said=lambda one: said.append(str(one))
    )
    rows = {row["person"] for row in json.loads(path.read_text(encoding="utf-8"))}
    assert files_out.count(book, what, "csv", scope) == len(rows)
    assert [str(one) for one in files_out.left_out(book, what, scope)] == said
    return rows, said


@pytest.mark.parametrize("what", ["mailing", "messages"])
def test_of_an_event_who_is_nobody_to_call_is_nobody_to_write_to(
    book: Book, sheet: Sheet, what: str
) -> None:
    rows, said = mailed(book, Scope(sheet.event_id), what)
    assert rows == {"王志刚", "周九"}
    assert said[0].startswith("Left out: ")
    for one in ("1 competitor", "1 partner", "1 made up", "1 waitlisted", "1 withdrew"):
        assert one in said[0]
    assert mailed(book, Scope(sheet.event_id, only="unreached"), what)[0] == {"王志刚"}
    assert mailed(book, Scope(roster_id=sheet.roster_id, only="still-in"), what)[0] == {"王志刚"}


def test_nobody_is_unreached_whom_nobody_is_to_call(book: Book, sheet: Sheet) -> None:
    scope = Scope(sheet.event_id, only="unreached")
    path = files_out.export(book, "roster", book.home / "u.json", scope)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert {row["person"] for row in rows} == {"王志刚"}


def test_without_a_list_what_was_decided_on_any_counts(book: Book, sheet: Sheet) -> None:
    rows, said = mailed(book, Scope())
    assert rows == {"王志刚", "周九", "钱七", "孙八"}  # a place on one list says nothing of others
    other = make_list(book, ROWS[TEST : TEST + 1], event="另一场", people=[sheet.people[TEST]])
    tidy = rounds.open_round(book, other.roster_id).made
    rounds.decide(book, tidy, other.cards[0], "keep")
    assert "test" in mailed(book, Scope())[0], "who was kept is no made-up name"
    assert said == ["Left out: 1 made up, 1 partner, 1 competitor"]


def test_a_call_list_holds_them_neither(book: Book, sheet: Sheet) -> None:
    people, whys = outsiders.fit(book, sheet.people, sheet.roster_id)
    assert people == [sheet.people[WANG], sheet.people[SMALL]]
    assert len(whys) == 5  # and who was erased is gone


def test_who_declined_and_was_dropped_for_it_is_still_written_to(book: Book) -> None:
    made = make_list(book, ROWS[:2], ends_ago=TOMORROW)
    calling.record(book, made.cards[0], "reminder", "not_coming", lane="phone", reason="ill")
    tidy = rounds.open_round(book, made.roster_id).made
    rounds.decide(book, tidy, made.cards[0], "drop", "declined")
    assert mailed(book, Scope(made.event_id, only="declined"))[0] == {"王志刚"}
    wanted = call_lists.read(book, {"name": "再约", "purpose": "callback-1"})
    again = call_lists.make(book, made.people, wanted, "x").made
    assert mailed(book, Scope(roster_id=again))[0] == {"王志刚", "李娜"}
