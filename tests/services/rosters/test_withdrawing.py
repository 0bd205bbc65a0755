"""An import taken back when undo no longer can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.guests import Brought
from opslog.domain.people.fields import OwnField
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import not_now
from opslog.services.calls.attendance import door
from opslog.services.fields import fields
from opslog.services.imports import imports
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling
from opslog.services.rosters import rosters, timeline
from opslog.services.rosters.withdrawing import withdraw
from opslog.services.screening import roster_card, rounds
from opslog.store.db import search
from tests.conftest import domain_rows
from tests.services.rosters.test_rosters import HEADINGS, LI, WANG, counts, make_event

Write = Callable[..., Path]
ZHAO = ("赵敏", "13600136000", "丙公司", "", "")


@pytest.fixture
def event(book: Book) -> int:
    return make_event(book, "上海沙龙")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*rows: tuple[str, ...], name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)), encoding="utf-8")
        return path

    return write


def names(book: Book, table: str = "person") -> list[str]:
    join = "person p" if table == "person" else "card c JOIN person p ON p.id=c.person_id"
    return [row[0] for row in book.con.execute(f"SELECT p.name FROM {join} ORDER BY p.id")]


def file_id(book: Book, name: str) -> int:
    row = book.con.execute("SELECT max(id) FROM roster_file WHERE file=?", (name,)).fetchone()
    return int(row[0])


def test_what_was_worked_on_stays_and_the_rest_goes(book: Book, event: int, write: Write) -> None:
    report = imports.load(book, write(WANG, LI, ZHAO, ("合计", "3", "", "", "")), event)
    round_id = rounds.open_round(book, report.roster).made
    cards = [row[0] for row in book.con.execute("SELECT id FROM card ORDER BY id")]
    rounds.decide(book, round_id, cards[0], "keep")
    li = book.con.execute("SELECT person_id FROM card WHERE id=?", (cards[1],)).fetchone()[0]
    person_card.set_tags(book, [li], add=["重点"])
    with pytest.raises(Refused, match="later changes build on it"):
        history.undo(book, report.change_id)
    before = domain_rows(book.con)
    done = withdraw(book, file_id(book, "list.csv"))
    assert (done.rows, done.kept, done.people) == (2, 2, 1)
    assert str(done.summary()) == (
        "2 rows taken back, 1 person gone; 2 rows kept: they were worked on since"
    )
    assert names(book, "card") == ["王志刚", "李娜"]
    assert names(book) == ["王志刚", "李娜"]
    assert [row.cells for row in roster_card.rows(book, report.roster)] == [WANG, LI]
    assert rosters.files(book, report.roster)[0].withdrawn_at == book.now()
    after = domain_rows(book.con)
    history.undo(book)
    assert domain_rows(book.con) == before
    history.redo(book)
    assert domain_rows(book.con) == after


def test_what_a_file_filled_is_blank_again(book: Book, event: int, write: Write) -> None:
    imports.load(book, write(WANG, name="first.csv"), event)
    richer = (WANG[0], WANG[1], "", "总经理", "other@a.cn")
    imports.load(book, write(richer, LI, name="second.csv"), event)
    withdraw(book, file_id(book, "second.csv"))
    rows = book.con.execute("SELECT name, title, emails FROM person").fetchall()
    assert [tuple(row) for row in rows] == [("王志刚", "", "")]
    assert names(book, "card") == ["王志刚"]


def test_a_person_of_another_list_only_leaves_this_one(
    book: Book, event: int, write: Write
) -> None:
    imports.load(book, write(WANG, name="first.csv"), event)
    imports.load(book, write(WANG, name="other.csv"), make_event(book, "杭州大会"))
    withdraw(book, file_id(book, "first.csv"))
    assert names(book) == ["王志刚"]
    assert len(names(book, "card")) == 1


def test_who_stands_in_two_files_stays_by_the_other(book: Book, event: int, write: Write) -> None:
    imports.load(book, write(WANG, name="first.csv"), event)
    again = (WANG[0], "+86 13800138000", *WANG[2:])
    imports.load(book, write(again, name="second.csv"), event)
    withdraw(book, file_id(book, "first.csv"))
    assert names(book, "card") == ["王志刚"]


def test_the_file_comes_in_again_afterwards(book: Book, event: int, write: Write) -> None:
    path = write(WANG, LI)
    imports.load(book, path, event)
    withdraw(book, file_id(book, "list.csv"))
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw(book, file_id(book, "list.csv"))
    assert counts(imports.load(book, path, event)) == (2, 2, 0, 0, 0, 0)


def test_an_import_undone_and_redone_can_be_withdrawn(book: Book, event: int, write: Write) -> None:
    imports.load(book, write(WANG, LI), event)
    history.undo(book)
    history.redo(book)
    assert withdraw(book, file_id(book, "list.csv")).people == 2
    assert names(book) == []


def test_a_file_that_is_not_there_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="There is no file 7"):
        withdraw(book, 7)


def test_who_stays_by_another_file_is_as_that_one_says(
    book: Book, event: int, write: Write
) -> None:
    wrong = ("王志刚", "13800138000", "错公司", "错职位", "wrong@a.cn")
    right = ("王志刚", "13800138000", "对公司", "", "right@a.cn")
    imports.load(book, write(wrong, name="first.csv"), event)
    imports.load(book, write(right, LI, name="second.csv"), event)
    withdraw(book, file_id(book, "first.csv"))
    person = book.con.execute("SELECT * FROM person WHERE name='王志刚'").fetchone()
    said = [person[name] for name in ("company", "company_key", "title", "email", "emails")]
    assert said == ["对公司", "对公司", "", "right@a.cn", ""]
    assert [one.id for one in person_card.find(book, "对公司")] == [person["id"]]
    assert person_card.find(book, "错职位") == []
    history.undo(book)
    assert (
        book.con.execute("SELECT title FROM person WHERE name='王志刚'").fetchone()[0] == "错职位"
    )
    assert search.check(book.con) == []


def test_a_withdrawn_attendance_file_takes_its_marks_along(
    book: Book, event: int, tmp_path: Path
) -> None:
    came = tmp_path / "came.csv"
    came.write_text("姓名,手机号,参会时长\n王志刚,13800138000,30\n", encoding="utf-8")
    signed_up = tmp_path / "list.csv"
    signed_up.write_text("姓名,手机号,公司\n王志刚,13800138000,甲公司\n", encoding="utf-8")
    imports.load(book, came, event)
    imports.load(book, signed_up, event)
    withdraw(book, file_id(book, "came.csv"))
    card = book.con.execute("SELECT attended, minutes FROM card").fetchone()
    assert tuple(card) == (None, None)


def test_the_newest_list_says_whom_somebody_brings_and_takes_that_with_it(
    book: Book, tmp_path: Path
) -> None:
    event_id = make_event(book, "沙龙")
    brings = []
    for number, name in enumerate(("张三+1", "张三", "张三+3")):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"姓名,手机\n{name},13800001111\n", "utf-8")
        imports.load(book, path, event_id)
        brings.append(book.con.execute("SELECT guests FROM card ORDER BY id DESC").fetchone()[0])
    file_id = book.con.execute("SELECT max(id) FROM roster_file").fetchone()[0]
    withdraw(book, file_id)
    brings.append(book.con.execute("SELECT guests FROM card ORDER BY id DESC").fetchone()[0])
    assert brings == [1, 1, 3, 1]


def test_whom_they_signed_up_with_stays_in_the_past_whatever_is_answered_since(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机\n张三+1,13800001111\n李四,13800002222\n", "utf-8")
    imports.load(book, path, make_event(book, "沙龙"))
    for card_id, brings in book.con.execute("SELECT id, 1 - guests FROM card").fetchall():
        door.set_guests(book, card_id, Brought(brings))
    told = [
        [str(moment.text) for moment in timeline.moments(book, person_id)]
        for (person_id,) in book.con.execute("SELECT id FROM person ORDER BY id").fetchall()
    ]
    assert told == [["put on the list, with 1 guest"], ["put on the list"]]


@pytest.mark.parametrize(
    ("word", "state"), [("候补", "waiting"), ("已取消", "withdrawn"), ("", "coming")]
)
def test_who_stays_by_another_file_stands_as_that_one_says(
    book: Book, tmp_path: Path, word: str, state: str
) -> None:
    event_id = make_event(book, "沙龙")
    for number, said in enumerate(("待审核", word)):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"姓名,手机,报名状态\n张三,13800001111,{said}\n", "utf-8")
        imports.load(book, path, event_id)
    withdraw(book, book.con.execute("SELECT min(id) FROM roster_file").fetchone()[0])
    assert [row[0] for row in book.con.execute("SELECT state FROM card")] == [state]


def handed_over(book: Book, person: int, card: int) -> None:
    leads.keep(book, person, {"need": "yes"}, "小张", card_id=card)


def in_a_programme(book: Book, person: int, _card: int) -> None:
    enrolling.enter(book, "new-wecom", [person])


def put_off(book: Book, person: int, _card: int) -> None:
    not_now.put_off(book, person, book.now() + timedelta(hours=1))


def own_field(book: Book, person: int, _card: int) -> None:
    field = fields.add(book, OwnField(0, "person", "预算")).made
    fields.set_value(book, field, person, "二十万")


@pytest.mark.parametrize("work", [handed_over, in_a_programme, put_off, own_field])
def test_whoever_something_was_done_for_stays(
    book: Book, event: int, write: Write, work: Callable[[Book, int, int], None]
) -> None:
    imports.load(book, write(WANG, LI), event)
    person, card = book.con.execute("SELECT person_id, id FROM card ORDER BY id").fetchone()
    work(book, person, card)
    before = domain_rows(book.con)
    done = withdraw(book, file_id(book, "list.csv"))
    assert (done.rows, done.kept, done.people) == (1, 1, 1)
    assert names(book) == names(book, "card") == ["王志刚"]
    history.undo(book)
    assert domain_rows(book.con) == before
