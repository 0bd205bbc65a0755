"""Where a lead came from, and what becomes of one that sales gave back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import SCOPES
from opslog.domain.reports.stretches import MONTH, WEEK, of
from opslog.domain.reviews.pictures import Bars
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.cards import handover_card, tracing
from opslog.services.leads import due as leads_due
from opslog.services.leads import leads
from opslog.services.leads.export import table
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.programmes import enrolling
from opslog.services.reports import reports
from opslog.services.reviews import channels, opening, reviews
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list

PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("李娜", "招商蛇口", "经理", "+8613800138001", ""),
)


def handed(book: Book, clock: StandingClock) -> Sheet:
    """Somebody who came by a channel, was in a programme, and was handed over."""
    made = make_list(book, PEOPLE, ends_ago=timedelta(days=40))
    channels.put(book, made.event_id, {"label": "朋友圈"})
    (channel,) = (one.id for one in channels.of(book, made.event_id))
    book.con.execute("UPDATE card SET channel_id=? WHERE id=?", (channel, made.cards[0]))
    enrolling.enter(book, "new-wecom", [made.people[0]])
    clock.move_to(clock.now() + timedelta(days=2))
    leads.keep(
        *(book, made.people[0], {"need": "1"}, "李销售"),
        card_id=made.cards[0],
        event_id=made.event_id,
        community="华东制造业群",
        by_whom="周敏",
    )
    return made


def test_a_deal_is_traced_to_where_it_came_from(book: Book, clock: StandingClock) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    assert [text for _label, text in tracing.origin(book, lead)] == [
        *("上海沙龙", "华东制造业群", "朋友圈"),
        *("New on WeCom", "周敏"),
    ]
    leads.set_state(book, lead.id, "won", cents=100)
    assert ("State", "won 1 · 李销售") in [
        (str(a), b) for a, b in tracing.told(book, made.people[0])
    ]
    assert "From the group: 华东制造业群" in handover_card.text(book, lead)
    (row,) = table(book, Scope()).rows
    assert [*row][-4:] == ["华东制造业群", "朋友圈", "new-wecom", "周敏"]
    assert tracing.told(book, made.people[1]) == []


def test_what_they_were_in_later_is_not_where_it_came_from(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    clock.move_to(clock.now() + timedelta(days=3))
    tracing.give_back(book, lead.id, "预算没批", programme="returned")
    again = leads.present(book, made.people[0])
    assert (again.state, again.programme) == ("returned", "new-wecom")
    (now,) = [one for one in enrolling.of_person(book, made.people[0]) if one.state == "active"]
    assert now.programme == "returned"
    clock.move_to(clock.now() + timedelta(days=30))
    leads.set_state(book, lead.id, "handed_over")
    assert leads.present(book, made.people[0]).programme == "returned"


def test_returned_goes_on_at_a_step_and_one_undo_takes_all_back(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    again = book.now() + timedelta(days=30)
    change = tracing.give_back(book, lead.id, "再等等", again, programme="returned", step="day-7")
    assert change.left == []
    found = [one for one in enrolling.of_person(book, made.people[0]) if one.state == "active"]
    assert [(one.programme, one.next_step) for one in found] == [("returned", "day-7")]
    assert leads.present(book, made.people[0]).next_on == again
    history.undo(book)
    assert leads.present(book, made.people[0]).state == "handed_over"
    assert all(one.programme != "returned" for one in enrolling.of_person(book, made.people[0]))


def asked(book: Book) -> list[str]:
    return [str(one.detail) for one in leads_due.due(book) if one.due <= book.now()]


def test_who_a_programme_has_is_not_asked_about_until_it_is_over(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    (before,) = enrolling.of_person(book, made.people[0])
    leads.set_state(book, lead.id, "returned", reason="预算没批")
    assert asked(book) == [], "nothing ended the one they were in"
    enrolling.leave(book, [before.id])
    assert asked(book) == ["returned: 预算没批"]
    enrolling.enter(book, "returned", [made.people[0]])
    clock.move_to(clock.now() + timedelta(days=3))
    assert asked(book) == []
    said = "returned to nurturing, in “Returned from sales”"
    lead = leads.present(book, made.people[0])
    assert str(leads.standing(book, lead)) == said
    assert said in handover_card.text(book, lead)
    assert tracing.told(book, made.people[0])[0][1].startswith(said)
    (inside,) = [one for one in enrolling.of_person(book, made.people[0]) if one.state == "active"]
    enrolling.pause(book, [inside.id])
    assert asked(book) == []
    enrolling.leave(book, [inside.id])
    (item,) = leads_due.due(book)
    assert item.due == book.now(), "not for as long as the programme had them"
    assert str(leads.standing(book, leads.present(book, made.people[0]))) == "returned to nurturing"


def test_a_day_that_was_set_holds_though_a_programme_has_them(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    again = book.now() + timedelta(days=5)
    tracing.give_back(book, lead.id, "再等等", again, programme="returned")
    assert asked(book) == []
    clock.move_to(clock.now() + timedelta(days=6))
    assert asked(book) == ["returned: 再等等"]
    leads.put_off(book, lead.id, book.now() + timedelta(days=1))
    assert asked(book) == []


def test_who_is_with_sales_is_asked_about_whatever_programme_had_them(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    clock.move_to(clock.now() + timedelta(days=2))
    assert len(asked(book)) == 1
    assert str(leads.standing(book, leads.present(book, made.people[0]))) == "handed over"


def test_who_may_not_be_written_to_is_returned_all_the_same(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    lead = leads.present(book, made.people[0])
    person_card.set_barred(book, made.people[0], True, SCOPES)
    change = tracing.give_back(book, lead.id, programme="returned")
    assert leads.present(book, made.people[0]).state == "returned"
    assert len(change.left) == 1
    with pytest.raises(Refused, match="“nothing” is no programme; known"):
        tracing.give_back(book, lead.id, programme="nothing")
    with pytest.raises(Refused, match="has no step “day-99” at present; it has: day-1"):
        tracing.give_back(book, lead.id, programme="returned", step="day-99")


def test_merged_and_erased_leads_keep_what_counts(book: Book, clock: StandingClock) -> None:
    made = handed(book, clock)
    twins.merge(book, made.people[1], made.people[0])
    lead = leads.present(book, made.people[1])
    assert (lead.channel, lead.community, lead.by_whom) == ("朋友圈", "华东制造业群", "周敏")
    assert lead.programme == "new-wecom"
    erasing.erase(book, made.people[1], erasing.word_for(erasing.get(book, made.people[1])))
    (gone,) = leads.erased(book)
    assert (gone.state, gone.channel, gone.by_whom) == ("handed_over", "朋友圈", "周敏")


def test_the_operator_hands_over_where_nobody_else_is_named(book: Book) -> None:
    made = make_list(book, PEOPLE)
    book.set_setting("operator", "陈思")
    calling.record(book, made.cards[0], "callback-1", "interested", lane="phone")
    leads.keep(book, made.people[0], {}, "李销售")
    assert leads.present(book, made.people[0]).by_whom == "陈思"
    leads.keep(book, made.people[0], {}, "李销售", by_whom="周敏")
    leads.keep(book, made.people[0], {"need": "1"})
    assert leads.present(book, made.people[0]).by_whom == "周敏", "what was said stays"


def test_the_review_counts_what_came_of_them_by_channel_and_by_who(
    book: Book, clock: StandingClock
) -> None:
    made = handed(book, clock)
    leads.set_state(book, leads.present(book, made.people[0]).id, "won", cents=120_000)
    leads.keep(*(book, made.people[1], {}, "李销售"), card_id=made.cards[1], event_id=made.event_id)
    second = leads.present(book, made.people[1])
    tracing.give_back(book, second.id, "再等等")
    found = reviews.review(book, made.event_id, "")
    rows = {}
    for key in ("lead_channel", "lead_whom"):
        picture = found.picture(key)
        assert isinstance(picture, Bars)
        rows[key] = [
            (str(bar.number.label), bar.number.value, [more.value for more in bar.more])
            for bar in picture.bars
        ]
    moments, unsaid = ("朋友圈", 1, [0, 0, 1, 0, 120_000]), [0, 1, 0, 0, None]
    assert rows["lead_channel"] == [("not said by which", 1, unsaid), moments]
    assert rows["lead_whom"] == [("yourself", 1, unsaid), ("周敏", *moments[1:])]
    number = found.number("lead_whom.2.won")
    assert number is not None
    assert len(opening.rows(book, found, number)) == 1


def test_the_report_of_a_week_says_where_deals_came_from(book: Book, clock: StandingClock) -> None:
    made = handed(book, clock)
    leads.set_state(book, leads.present(book, made.people[0]).id, "won", cents=120_000)
    for span in (WEEK, MONTH):
        text = reports.report(book, of(span, book.today())).text()
        assert "Won, by channel: 朋友圈 1 (1,200)." in text
        assert "Won, by who handed over: 周敏 1 (1,200)." in text
