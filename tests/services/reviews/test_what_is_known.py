"""What nobody knows is no 0: channels that a list does not name, sums that are not all paid, means
over events that do not know both, figures typed in beside what was counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.review import Review
from opslog.services.book.book import Book
from opslog.services.calls.attendance import door, guests
from opslog.services.leads import leads
from opslog.services.reviews import channels, reviews
from tests.services.lists import Sheet, make_list, make_person

PEOPLE = [(f"客户{n}", f"公司{n}", "经理", f"+86138002{n:05}", "") for n in range(30)]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """An event that is over, with thirty people on its list."""
    return make_list(book, PEOPLE, ends_ago=timedelta(hours=3))


def number(review: Review, key: str) -> Number:
    found = review.number(key)
    assert found is not None, key
    return found


def channel(book: Book, event_id: int, **values: str) -> int:
    return channels.put(book, event_id, channels.read(values)).made


def by_channel(book: Book, card_ids: list[int], channel_id: int) -> None:
    for card in card_ids:
        book.con.execute("UPDATE card SET channel_id=? WHERE id=?", (channel_id, card))


def test_a_channel_that_the_list_does_not_name_brought_nobody_knows_whom(
    book: Book, sheet: Sheet
) -> None:
    mail = channel(book, sheet.event_id, label="邮件", signups="120")
    account = channel(book, sheet.event_id, label="公众号")
    by_channel(book, sheet.cards, account)
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:20], True)
    for person in sheet.people[:3]:
        leads.keep(book, person, {"need": "报价"}, "", event_id=sheet.event_id)
    review = reviews.review(book, sheet.event_id)
    assert number(review, f"channel.{mail}.signups").value == 120
    for key in ("came", "interested", "leads"):
        assert number(review, f"channel.{mail}.{key}").value is None
        assert str(number(review, f"channel.{mail}.{key}").why) == "the list does not say who"
    assert number(review, f"channel.{account}.came").rate == (20, 30)
    assert [one.key for one in review.proposals if one.key.startswith("channel.")] == []


def test_by_no_channel_came_only_who_signed_up(book: Book, sheet: Sheet) -> None:
    moments = channel(book, sheet.event_id, label="朋友圈")
    by_channel(book, sheet.cards[:10], moments)
    walk_in = door.walk_in(book, sheet.event_id, {"name": "现场"})
    assert walk_in
    stranger = make_person(book, "没报名的人")
    for person in (sheet.people[20], stranger):
        leads.keep(book, person, {"need": "报价"}, "", event_id=sheet.event_id)
    review = reviews.review(book, sheet.event_id)
    assert number(review, "channel.none.signups").value == 20
    assert number(review, "channel.none.leads").value == 1
