"""People, read back from the file."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.cards import cards
from opslog.services.daybook import auto_lines
from opslog.services.people import card as person_card
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.store.db import search
from tests.conftest import StandingClock
from tests.services.lists import make_list, make_person

ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+862155558001", "li@yunfan.example"),
    ("Ute Meyer", "Blue Sea GmbH", "CEO", "+4930123456", ""),
]


@pytest.fixture
def people(book: Book) -> list[int]:
    return make_list(book, ROWS).people


def names(book: Book, query: str) -> list[str]:
    return [person.name for person in person_card.find(book, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("志刚", ["王志刚"]),
        ("深蓝", ["王志刚"]),
        ("总监 王", ["王志刚"]),
        ("blue", ["Ute Meyer"]),
        ("mey gmbh", ["Ute Meyer"]),
        ("138 0013", ["王志刚"]),
        ("８０００", ["王志刚"]),
        ("021-5555", ["李娜"]),
        ("(021) 5555", ["李娜"]),
        ("0086 21 5555", ["李娜"]),
        ("2155558", ["李娜"]),
        ("wang@deepblue.example", ["王志刚"]),
        ("example", ["李娜", "王志刚"]),
        ("云帆 王", []),
        ("“", []),
        ("  ", []),
    ],
)
def test_people_are_found_by_any_of_their_words(
    book: Book, people: list[int], query: str, found: list[str]
) -> None:
    assert names(book, query) == found


def test_tags_are_found_by_their_sign(book: Book, people: list[int]) -> None:
    person_card.set_tags(book, people[:2], ["重点客户"])
    person_card.set_tags(book, people[1:], ["华东"])
    assert names(book, "#重点客户") == ["李娜", "王志刚"]
    assert names(book, "#重点") == ["李娜", "王志刚"]
    assert names(book, "#重点 #华东") == ["李娜"]
    assert names(book, "#重点 深蓝") == ["王志刚"]
    assert names(book, "#没有") == []
    assert person_card.known_tags(book, "重") == ["重点客户"]


def test_editing_keeps_the_search_true(book: Book, people: list[int]) -> None:
    change = person_card.edit(
        book, people[0], company="星辰集团有限公司", phone="010-6275 1234", email="W@Star.example"
    )
    assert change.label.english() == "Changed 王志刚: Company, Phone, E-mail"
    person = person_card.get(book, people[0])
    assert (person.company_key, person.phone, person.email) == (
        "星辰",
        "+861062751234",
        "w@star.example",
    )
    assert (names(book, "深蓝"), names(book, "星辰"), names(book, "62751234")) == (
        [],
        ["王志刚"],
        ["王志刚"],
    )
    assert search.check(book.con) == []
    history.undo(book)
    assert (names(book, "深蓝"), names(book, "星辰")) == (["王志刚"], [])
    assert search.check(book.con) == []


def test_nothing_changed_is_no_change(book: Book, people: list[int]) -> None:
    assert not person_card.edit(book, people[0], name=" 王志刚 ")
    assert not person_card.set_wecom(book, people[0], None)
    assert not person_card.set_tags(book, people, [], ["nobody has it"])


def test_a_wrong_field_changes_nothing(book: Book, people: list[int]) -> None:
    with pytest.raises(Refused, match="no complete phone number"):
        person_card.edit(book, people[0], name="王小刚", phone="123")
    assert person_card.get(book, people[0]).name == "王志刚"
    with pytest.raises(Refused, match="no person 99"):
        person_card.edit(book, 99, name="x")


def test_many_are_tagged_in_one_change(book: Book, people: list[int]) -> None:
    change = person_card.set_tags(book, people, ["MDR", "华东"])
    assert change.label.english() == "Tagged 3 people: +MDR +华东"
    person_card.set_tags(book, [people[0]], ["VIP"], ["MDR"])
    assert person_card.get(book, people[0]).tags == ("华东", "VIP")
    history.undo(book)
    history.undo(book)
    assert [person.tags for person in person_card.many(book, people)] == [(), (), ()]
    with pytest.raises(Refused, match="type the tags"):
        person_card.set_tags(book, people)


def test_of_several_people_whoever_is_gone_is_passed_over(book: Book, people: list[int]) -> None:
    gone = 9_999
    change = person_card.set_tags(book, [people[0], gone, people[2]], ["MDR"])
    assert change.label.english() == "Tagged 2 people: +MDR"
    tagged = [row[0] for row in book.con.execute("SELECT person_id FROM person_tag ORDER BY 1")]
    assert tagged == [people[0], people[2]]
    with pytest.raises(Refused):
        person_card.set_tags(book, [gone, gone + 1], ["VIP"])


def test_wecom_and_do_not_call(book: Book, people: list[int]) -> None:
    assert person_card.set_wecom(book, people[0], False).label.english() == "王志刚 is not on WeCom"
    person_card.set_barred(book, people[0], True)
    person = person_card.get(book, people[0])
    assert (person.wecom, person.do_not_call) == (False, True)


def test_pages_are_newest_first(book: Book, people: list[int]) -> None:
    newest = make_person(book, "新人")
    assert [p.id for p in person_card.page(book)] == [newest, *reversed(people)]
    assert [p.name for p in person_card.page(book, 1, 2)] == ["Ute Meyer", "李娜"]


def test_the_time_line_tells_everything(
    book: Book, people: list[int], clock: StandingClock
) -> None:
    """Lists, verdicts, calls, log lines and follow-ups, newest first."""
    card_id = book.con.execute("SELECT id FROM card WHERE person_id=?", (people[0],)).fetchone()[
        "id"
    ]
    roster_id = rosters.listing(book)[0].roster_id
    tidy = rounds.open_round(book, roster_id).made
    rounds.decide(book, tidy, card_id, "drop", "partner", by="partners")
    with book.change(msg("x")):
        log_id = auto_lines.write(book, msg("寄了资料"), source="event", person_ids=[people[0]])
    book.con.execute(
        "INSERT INTO follow_up(log_id, text, due_at, timed) VALUES (?, '再问一次',"
        " '2026-11-25T01:00:00Z', 0)",
        (log_id,),
    )
    book.con.execute(
        "INSERT INTO touch(card_id, person_id, event_id, purpose, lane, outcome, reason, note, at)"
        " SELECT card.id, person_id, event_id, 'reminder', 'phone', 'not_coming', '出差', '下次',"
        " '2026-11-20T02:00:00Z' FROM card JOIN roster ON roster.id=roster_id WHERE card.id=?",
        (card_id,),
    )
    book.con.execute("UPDATE card SET attended=0 WHERE id=?", (card_id,))
    told = [(m.text.english(), m.event) for m in cards.timeline(book, people[0])]
    assert told == [
        ("to do: 再问一次", ""),
        ("寄了资料", ""),
        ("tidy: dropped: partner (rule: partners)", "上海沙龙"),
        ("put on the list", "上海沙龙"),
        ("did not come", "上海沙龙"),
        ("reminder, phone: not coming (出差) · 下次", "上海沙龙"),
    ]
    assert cards.timeline(book, people[0])[0].open


def test_what_was_undone_is_not_on_the_time_line(book: Book, people: list[int]) -> None:
    card_id = book.con.execute("SELECT id FROM card").fetchone()["id"]
    tidy = rounds.open_round(book, rosters.listing(book)[0].roster_id).made
    rounds.decide(book, tidy, card_id, "keep")
    assert "tidy: kept" in [m.text.english() for m in cards.timeline(book, people[0])]
    history.undo(book)
    assert "tidy: kept" not in [m.text.english() for m in cards.timeline(book, people[0])]
