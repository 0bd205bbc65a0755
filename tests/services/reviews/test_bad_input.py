"""Events that were cancelled, that want nothing, that are compared with what there is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.wording import beside, share
from opslog.exchange.writing.reviews.text import text_lines
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.events import events, targets
from opslog.services.leads import leads as leads_service
from opslog.services.reviews import costs, figures, opening, reviews
from opslog.services.reviews.figures import Typed
from opslog.services.screening import rounds
from tests.conftest import MONDAY, StandingClock
from tests.services.lists import make_list

PEOPLE = [(f"客户{n}", f"公司{n}", "经理", f"+861380014{n:04}", "") for n in range(5)]


def test_a_cancelled_event_says_so_and_keeps_what_had_come_of_it(book: Book) -> None:
    sheet = make_list(book, PEOPLE, ends_ago=-timedelta(days=3))
    events.cancel(book, sheet.event_id)
    review = reviews.review(book, sheet.event_id)
    assert str(review.verdict[0]).startswith("The event was cancelled")
    number = review.number("funnel.signed_up")
    assert number is not None
    assert number.value == len(opening.rows(book, review, number)) == 5


def test_an_event_moved_five_times_counts_from_where_it_stands(
    book: Book, clock: StandingClock
) -> None:
    sheet = make_list(book, PEOPLE)
    book.con.execute("UPDATE card SET signed_up_at='2026-11-20T02:00:00Z'")
    for days in (4, 9, 2, 7, 5):
        events.move(book, sheet.event_id, MONDAY + timedelta(days=days))
    curve = reviews.review(book, sheet.event_id).picture("curve")
    assert curve is not None
    assert curve.series[0].points[0] == (-8, 5)  # type: ignore[union-attr]


def test_targets_of_nothing_are_not_ticked_off_and_divide_nothing(book: Book) -> None:
    sheet = make_list(book, PEOPLE)
    targets.put(book, sheet.event_id, {"leads": 0, "attended": 9, "满意度": 4})
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[:3], True)
    calling.record(book, sheet.cards[0], "callback-1", "no_answer", lane="phone")
    review = reviews.review(book, sheet.event_id)
    found = {bar.number.key: bar.number for bar in review.picture("targets").bars}  # type: ignore[union-attr]
    leads, own = found["targets.leads"], found["targets.满意度"]
    assert (leads.value, leads.target, leads.look) == (0, 0, "")
    assert own.value is None
    assert str(own.why) == "nothing is typed in"
    assert [str(one) for one in review.verdict] == [
        "3 people came, the target was 9; 0 leads, just the target.",
        "The 6 people lacking had not even signed up: 5 did.",
    ]
    assert review.picture("worth") is None
    late = review.number("funnel.came")
    assert late is not None
    assert late.rate == (3, 5)
    costs.put(book, sheet.event_id, "海报", {"planned": 0, "spent": 0})
    poster = reviews.review(book, sheet.event_id).number("costs.1")
    assert poster is not None
    assert (poster.value, poster.target, poster.look) == (0, 0, "")
    leads_service.keep(book, sheet.people[0], {"need": "报价"}, "", event_id=sheet.event_id)
    said = str(reviews.review(book, sheet.event_id).verdict[0])
    assert said == "3 people came, the target was 9; 1 lead, the target was 0."


def test_who_was_dropped_and_came_is_in_no_share_of_the_valid(book: Book) -> None:
    people = [(f"客户{n}", f"公司{n}", "经理", f"+86138001{n:05}", "") for n in range(30)]
    sheet = make_list(book, people)
    number = rounds.open_round(book, sheet.roster_id).made
    for card in sheet.cards[:6]:
        rounds.decide(book, number, card, "drop", "competitor")
    guests.mark_many_attended(book, sheet.event_id, sheet.cards[2:20], True)
    came = reviews.review(book, sheet.event_id).number("funnel.came")
    assert came is not None
    assert (came.value, came.of, came.part) == (18, 24, 14)
    assert str(share(came)) == "58% of Valid (14/24)"
    locale.set_language("zh_CN")
    assert str(share(came)) == "占有效 58%（14/24）"


@pytest.mark.parametrize("key", ["spring", "99", "1"])
def test_what_is_nothing_to_compare_with_is_refused(book: Book, key: str) -> None:
    event = events.create(book, EventDraft("沙龙", "salon", MONDAY)).made
    assert event == 1
    with pytest.raises(Refused):
        reviews.review(book, event, key)


def test_an_event_is_not_held_against_itself(book: Book) -> None:
    event = events.create(book, EventDraft("上海沙龙", "salon", MONDAY)).made
    with pytest.raises(Refused, match="not held against itself"):
        reviews.review(book, event, str(event))


def test_what_lacks_in_a_comparison_is_a_dash_with_its_reason(book: Book) -> None:
    sheet = make_list(book, PEOPLE)
    empty = events.create(book, EventDraft("没名单的沙龙", "salon", MONDAY, list="none")).made
    review = reviews.review(book, sheet.event_id, str(empty))
    found = review.picture("compared")
    assert isinstance(found, Bars)
    assert (found.bars, str(found.note)) == ((), "nothing is known of it: no list, no figures")
    for language in ("en", "zh_CN"):
        locale.set_language(language)
        rows = list(text_lines(review, book.clock.zone))
        assert rows[rows.index(f"  {found.note}") - 1].endswith(str(found.heading))
    locale.set_language("en")
    figures.put(book, empty, Typed("reach", 400))
    review = reviews.review(book, sheet.event_id, str(empty))
    funnel, found = review.picture("funnel"), review.picture("compared")
    assert isinstance(found, Bars)
    assert "–: not known of 没名单的沙龙" in str(funnel and funnel.note)
    signed_up = review.number("compared.signed_up")
    assert signed_up is not None
    assert str(signed_up.note) == "no such figure of what it is held against"
    reached, *others = beside([bar.number for bar in found.bars])
    assert (reached[0], set(others)) == ("400", {("–", "–")})


def test_months_to_come_are_not_over(book: Book) -> None:
    sheet = make_list(book, PEOPLE)
    found = reviews.review(book, sheet.event_id, "half_year_after").picture("compared")
    assert found is not None
    assert str(found.note) == "these months are not over yet"
