"""Pieces of content in the book: which words go out, and which stand on Today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.services.book import history, own_files
from opslog.services.book.book import Book
from opslog.services.programmes import contents, enrolling, programmes, queue, sending
from opslog.services.today import agenda
from tests.conftest import StandingClock, domain_rows
from tests.services.programmes import programme

TEXT = """
zh = "试用"
en = "Trial"
runs = "month"
leave = ["reply"]
staff = "lunch"

[[step]]
id = "one"
day = 1
stage = "features"
label = "功能 03"
"""


def _in(book: Book) -> list[int]:
    programmes.put(book, "trial", TEXT)
    people = programme.people(book)
    enrolling.enter(book, "trial", people)
    return [enrolling.of_person(book, one)[0].id for one in people]


def _text(book: Book, enrolment: int) -> str:
    return queue.card(book, enrolment).text


def test_a_step_says_the_newest_version_and_what_was_sent_keeps_its_own(book: Book) -> None:
    first, second, third = _in(book)
    assert _text(book, first).startswith("Hello, to see whether a tool fits")
    sending.sent(book, [first])
    contents.change(book, "功能 03", text_en="new words: {link}. Good?", link="https://e.cn/3")
    assert _text(book, second) == "new words: https://e.cn/3. Good?"
    sending.sent(book, [second])
    contents.retire(book, "功能 03")
    assert _text(book, third) == ""
    sent = book.con.execute("SELECT content_id, content_version FROM sending ORDER BY id")
    newest = contents.versions(book, "功能 03")[0]
    assert [tuple(row) for row in sent] == [(None, 1), (newest.id, 2)]
    used = contents.uses(book, newest)
    assert ("trial", "one") in used.steps
    assert used.sent.number == 1


def test_each_verb_is_one_change_and_undone(book: Book) -> None:
    _in(book)
    before = domain_rows(book.con)
    made = [
        contents.add(book, "功能 09", kind="method", text_zh="话"),
        contents.change(book, "功能 09", text_zh="别的话"),
        contents.retire(book, "功能 09"),
        contents.retire(book, "功能 01"),
    ]
    assert [str(one.label) for one in made] == [
        "New piece: features 09",
        "features 09: version 2",
        "Retired: features 09",
        "Retired: features 01",
    ]
    for _ in made:
        history.undo(book)
    assert domain_rows(book.con) == before


def test_a_piece_that_ships_is_chosen_for_one_person(book: Book) -> None:
    first, second, _third = _in(book)
    ships = next(one for one in contents.pieces(book) if one.label == "品牌 07")
    assert ships.id < 0
    change = sending.other_piece(book, first, ships.id)
    assert str(change.label).endswith("gets “brand 07”")
    assert _text(book, first).startswith("Hello, I am choosing the topic")
    assert _text(book, second).startswith("Hello, to see whether a tool fits")
    sending.other_piece(book, second, ships.id)  # the row is there now
    assert book.con.execute("SELECT count(*) FROM content").fetchone()[0] == 1
    with pytest.raises(Refused, match="gone"):
        sending.other_piece(book, first, -999)


def test_words_grow_old_from_the_first_message_on_and_stand_on_today(
    book: Book, clock: StandingClock
) -> None:
    def on_today() -> list[str]:
        return [str(one.title) for one in agenda.everything_due(book) if one.kind == "content"]

    enrolments = _in(book)
    clock.move_to(datetime(2027, 5, 23, 1, 0, tzinfo=UTC))
    assert on_today() == []  # nothing was sent yet
    history.undo(book)
    clock.move_to(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    history.redo(book)
    sending.sent(book, enrolments[:1])
    clock.move_to(datetime(2027, 5, 23, 1, 0, tzinfo=UTC))
    contents.change(book, "功能 01", text_en="written today")
    assert on_today() == ["Revise the words of features 02, features 03, features 04"]
    item = next(one for one in agenda.everything_due(book) if one.kind == "content")
    assert str(item.detail) == "features 02: 6 months old"
    agenda.done(book, item)  # right as they are, for a year
    assert on_today() == []
    clock.move_to(datetime(2028, 5, 22, 1, 0, tzinfo=UTC))
    assert "features 02" in on_today()[0]


def test_what_names_something_outdated_only_other_words_help(book: Book) -> None:
    contents.add(book, "功能 09", kind="company", text_en="new in 3.2: import")
    text = "[months]\n[outdated]\nwords = ['3.2']\n"
    own_files.put(
        book,
        "playbooks/ageing.toml",
        text,
        contents.add(book, "功能 10", kind="company", text_en="fine").label,
    )
    assert [(one.label, str(one.why)) for one in contents.stale(book)] == [
        ("功能 09", "still says “3.2”")
    ]
    item = next(one for one in agenda.everything_due(book) if one.kind == "content")
    with pytest.raises(Refused, match=r"features 09 still says “3\.2”: write it anew"):
        agenda.done(book, item)
    contents.change(book, "功能 09", text_en="new: import")
    assert contents.stale(book) == []


def test_people_are_addressed_by_surname_and_title(book: Book) -> None:
    contents.change(book, "功能 03", text_zh="{person}您好，{company}的事我记着。")
    texts = []
    locale.set_language("zh")
    for one in _in(book):
        texts.append(_text(book, one))
    assert texts == [
        "王经理您好，华东机械的事我记着。",
        "李总您好，华东机械的事我记着。",
        "陈晨您好，海辰科技的事我记着。",
    ]


@pytest.mark.parametrize("label", ["案例01", "案例 ０１", "案例  01"])
def test_a_label_that_reads_like_another_is_the_same_piece(book: Book, label: str) -> None:
    contents.add(book, "案例 01", stage="results", kind="customer", text_zh="一个案例")
    with pytest.raises(Refused, match="“案例 01” is there already"):
        contents.add(book, label, stage="results", kind="customer", text_zh="另一个")
    contents.change(book, label, text_zh="改过了")
    assert contents.versions(book, "案例 01")[0].text_zh == "改过了"


@pytest.mark.parametrize("link", ["不是链接", "https：//example.com/1", "https://exa mple.com"])
def test_what_nobody_could_open_is_no_link(book: Book, link: str) -> None:
    with pytest.raises(Refused, match="is no link; write it as https://"):
        contents.change(book, "功能 01", link=link)
    with pytest.raises(Refused, match="is no link"):
        contents.publish(book, "功能 01", "朋友圈", link=link)
    for fine in ("example.com/v/3?c=w7", "#小程序://会议/Ab1"):
        contents.change(book, "功能 01", link=fine)
