"""People without a file: entered by hand, on the list of an event where one is named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.people import by_hand, erasing
from opslog.services.people import card as person_card
from opslog.services.rosters import by_hand as on_lists
from opslog.services.rosters import rosters, withdrawing
from opslog.services.screening import rounds
from tests.services.lists import make_list

WANG = {"name": "王志刚", "company": "某某科技", "title": "市场总监", "phone": "13800138000"}


def make_event(book: Book, name: str, days: int = 2) -> int:
    return events.create(book, EventDraft(name, "salon", book.now() + timedelta(days=days))).made


def test_somebody_by_hand_is_on_the_list_like_anybody_else(book: Book) -> None:
    event_id = make_event(book, "上海沙龙")
    change = on_lists.add(book, by_hand.given(WANG), event_id=event_id, guests=2)
    assert str(change.label) == "王志刚 is on the list of 上海沙龙"
    (state,) = rosters.listing(book)
    assert (state.event, state.rows) == ("上海沙龙", 0)
    (guest,) = guests.guests(book, event_id)
    assert (guest.person, guest.brings, guest.attended) == ("王志刚", 2, None)
    round_id = rounds.open_round(book, state.roster_id).made
    assert rounds.counts(book, round_id).undecided == 1
    assert person_card.get(book, change.made).phone == "+8613800138000"


def test_one_undo_takes_person_card_and_list_back(book: Book) -> None:
    event_id = make_event(book, "上海沙龙")
    on_lists.add(book, by_hand.given(WANG), event_id=event_id)
    history.undo(book)
    assert person_card.page(book) == []
    assert rosters.listing(book) == []
    history.redo(book)
    assert [guest.person for guest in guests.guests(book, event_id)] == ["王志刚"]


@pytest.mark.parametrize(
    ("typed", "sure", "like"),
    [
        ({"name": "王志刚", "phone": "138 0013 8000"}, 1, ()),
        ({"phone": "13800138000"}, 1, ()),
        ({"name": "王志刚", "phone": "13900139000"}, 1, ()),  # a further number of theirs
        ({"name": "李娜", "phone": "13800138000"}, None, (1,)),  # a number may change hands
        ({"name": "王志刚", "company": "某某科技有限公司"}, None, (1,)),
        ({"name": "王志刚"}, None, (1,)),
        ({"name": "王志刚", "company": "云帆贸易"}, None, ()),
        ({"name": "李娜"}, None, ()),
    ],
)
def test_it_is_compared_with_who_is_known(
    book: Book, typed: dict[str, str], sure: int | None, like: tuple[int, ...]
) -> None:
    make_list(book, [("王志刚", "某某科技", "经理", "+8613800138000", "")])
    book.con.execute("UPDATE person SET phones='+8613900139000'")
    known = by_hand.known(book, by_hand.given(typed))
    assert (known.sure.id if known.sure else None) == sure
    assert tuple(one.id for one in known.like) == like


def test_what_is_said_besides_is_added_to_whoever_is_known(book: Book) -> None:
    make_list(book, [("王志刚", "某某科技", "", "+8613800138000", "")])
    values = by_hand.given({**WANG, "phone": "13700137000", "company": "别的公司"})
    assert by_hand.add(book, values, same=1).made == 1
    (person,) = person_card.page(book)
    assert (person.title, person.company) == ("市场总监", "某某科技")
    assert (person.phone, person.phones) == ("+8613800138000", ("+8613700137000",))
    history.undo(book)
    assert (person_card.get(book, 1).title, person_card.get(book, 1).phones) == ("", ())


def test_who_withdrew_and_is_entered_again_is_coming(book: Book) -> None:
    sheet = make_list(book, [("王志刚", "某某科技", "", "+8613800138000", "")])
    book.con.execute("UPDATE card SET state='withdrawn'")
    on_lists.add(book, by_hand.given(WANG), event_id=sheet.event_id, same=1)
    assert [tuple(row) for row in book.con.execute("SELECT state, way FROM card")] == [
        ("coming", "file")
    ]


def test_whoever_was_erased_is_said_to_have_been(book: Book) -> None:
    make_list(book, [("王志刚", "某某科技", "", "+8613800138000", "")])
    erasing.erase(book, 1, "王志刚")
    assert by_hand.known(book, by_hand.given(WANG)).erased_on == book.today().isoformat()


def test_a_bar_holds_for_whoever_is_entered_with_the_number(book: Book) -> None:
    make_list(book, [("王志刚", "某某科技", "", "+8613800138000", "")])
    person_card.set_barred(book, 1, True)
    made = by_hand.add(book, by_hand.given({"name": "李娜", "phone": "13800138000"})).made
    assert person_card.get(book, made).do_not_call


def test_nobody_is_entered_where_nothing_says_who(book: Book) -> None:
    with pytest.raises(Refused, match="Whom"):
        by_hand.given({"title": "经理"})
    with pytest.raises(Refused, match="phone number"):
        by_hand.given({"name": "王志刚", "phone": "12345"})


def test_a_list_taken_back_leaves_whom_somebody_entered_by_hand(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("姓名,公司,手机\n王志刚,某某科技,13800138000\n", encoding="utf-8")
    first = make_event(book, "北京沙龙")
    imports.load(book, file, first)
    (file_id,) = book.con.execute("SELECT id FROM roster_file").fetchone()
    second = make_event(book, "上海沙龙")
    known = by_hand.known(book, by_hand.given(WANG)).sure
    assert known is not None
    on_lists.add(book, by_hand.given(WANG), event_id=second, same=known.id)
    withdrawing.withdraw(book, file_id)
    assert [guest.person for guest in guests.guests(book, second)] == ["王志刚"]
