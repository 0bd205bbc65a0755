"""Leads: what is known of them, to whom they went, how it went, when they come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.leads.leads import Said
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling, off_list
from opslog.services.calls import promises as promise_module
from opslog.services.calls.attendance import guests
from opslog.services.cards import cards, handover_card
from opslog.services.leads import leads
from opslog.services.leads.export import table
from opslog.services.people import erasing
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, salon_last_week
from tests.services.lists import make_list

ALL = {"budget": "20万", "need": "1", "team": "是", "timing": "Q1"}


def somebody(book: Book) -> int:
    return make_list(book, PEOPLE[:1], ends_ago=timedelta(days=40)).people[0]


def state(book: Book, person_id: int) -> str:
    return leads.present(book, person_id).state


def waiting(book: Book) -> list[tuple[str, str]]:
    return [
        (str(one.item.label), str(one.item.detail))
        for one in agenda.today(book)
        if one.item.kind == "lead"
    ]


def test_with_all_four_known_it_is_handed_over(book: Book) -> None:
    person = somebody(book)
    change = leads.keep(book, person, ALL, "李销售")
    assert str(change.label) == "Handed 王志刚 over to 李销售"
    lead = leads.present(book, person)
    assert lead.known == {"budget": "20万", "need": "yes", "team": "yes", "timing": "Q1"}
    assert (lead.state, lead.event, lead.handed_at) == ("handed_over", "上海沙龙", book.now())
    assert leads.handed_to_before(book) == ["李销售"]
    history.undo(book)
    assert leads.of_person(book, person) is None


def test_what_is_not_known_is_said_and_refuses_nothing(book: Book) -> None:
    person = somebody(book)
    change = leads.keep(book, person, {"budget": "2", "need": "要报价"})
    said = "Kept 王志刚 as a lead; not known: Budget, Decision makers, Timing"
    assert (str(change.label), state(book, person)) == (said, "lead")
    change = leads.keep(book, person, {"team": "王总"}, "李销售")
    assert str(change.label) == "Handed 王志刚 over to 李销售; not known: Budget, Timing"
    lead = leads.present(book, person)
    assert lead.known == {"budget": "no", "need": "要报价", "team": "王总", "timing": ""}
    assert len(leads.leads(book)) == 1, "it is the same lead"


def promises(book: Book) -> list[str]:
    return [one.item.person for one in agenda.today(book) if one.item.kind == "promise"]


def test_a_promised_call_ends_with_the_hand_over_and_comes_back_with_undo(book: Book) -> None:
    made = salon_last_week(book, 0)
    person, at = made.people[0], book.now() + timedelta(hours=2)
    calling.record(book, made.cards[0], "callback-1", "call_back", lane="phone", when=at)
    leads.keep(book, person, ALL)
    assert promises(book) == ["王志刚"]
    change = leads.keep(book, person, ALL, "李销售")
    said = "Handed 王志刚 over to 李销售; the call promised for 11:00 is no longer yours"
    assert str(change.label) == said
    assert book.con.execute("SELECT text FROM log ORDER BY id DESC").fetchone()[0] == said
    assert promises(book) == []
    history.undo(book)
    assert promises(book) == ["王志刚"]


def test_who_is_won_is_promised_no_call_and_a_reminder_stays_with_its_event(
    book: Book, clock: StandingClock
) -> None:
    person = somebody(book)
    lead_id = leads.keep(book, person, ALL, "李销售").made
    off_list.record(
        *(book, person, "call_back"), lane="phone", when=book.now() + timedelta(hours=2)
    )
    salon = make_list(book, PEOPLE[:1], ends_ago=-timedelta(hours=31), people=[person])
    at = book.now() + timedelta(hours=3)
    calling.record(book, salon.cards[0], "reminder", "call_back", lane="phone", when=at)
    assert len(promise_module.rings(book)) == 2
    change = leads.set_state(book, lead_id, "won")
    assert "the call promised for 11:00 is no longer yours" in str(change.label)
    assert [one.due for one in promise_module.rings(book)] == [at]
    history.undo(book)
    assert len(promise_module.rings(book)) == 2


def test_it_goes_forwards_and_backwards_in_a_ledger(book: Book) -> None:
    person = somebody(book)
    lead_id = leads.keep(book, person, ALL, "李销售").made
    for one in ("accepted", "sql", "accepted"):
        leads.set_state(book, lead_id, one)
    change = leads.set_state(book, lead_id, "won", cents=12_000_000, reason="三年")
    assert str(change.label) == "王志刚: won, 120,000 (三年)"
    assert state(book, person) == "won"
    told = [str(one.text) for one in cards.timeline(book, person)]
    assert told[:3] == [
        "lead: won, 120,000 (三年)",
        "lead: accepted by sales",
        "lead: qualified by sales (SQL)",
    ]
    assert not any(text.startswith("Handed") for text in told), "it stands by itself"
    history.undo(book)
    assert state(book, person) == "accepted"
    rows = book.con.execute("SELECT state FROM handover_state ORDER BY id").fetchall()
    assert [row[0] for row in rows] == ["handed_over", "accepted", "sql", "accepted"]


def test_after_it_is_over_the_next_one_is_another(book: Book) -> None:
    person = somebody(book)
    leads.set_state(book, leads.keep(book, person, ALL, "李销售").made, "lost", reason="没预算")
    leads.keep(book, person, {})
    assert [(one.state, one.to_whom) for one in leads.leads(book)] == [
        ("lead", ""),
        ("lost", "李销售"),
    ]


@pytest.mark.parametrize(
    ("to", "more", "said"),
    [
        ("dead", {}, "is no state of a lead"),
        ("handed_over", {}, "handed to nobody yet"),
        ("lost", {"cents": 5}, "belongs to a lead that is won"),
    ],
)
def test_what_makes_no_sense_is_refused(
    book: Book, to: str, more: dict[str, int], said: str
) -> None:
    lead_id = leads.keep(book, somebody(book), {}).made
    with pytest.raises(Refused, match=said):
        leads.set_state(book, lead_id, to, cents=more.get("cents"))


def test_untouched_for_a_day_or_without_result_it_comes_to_today(
    book: Book, clock: StandingClock
) -> None:
    lead_id = leads.keep(book, somebody(book), ALL, "李销售").made
    start = clock.now()
    clock.move_to(start + timedelta(hours=23))
    assert waiting(book) == [("Ask 李销售 about 王志刚", "not accepted in 24 hours")], "that day"
    clock.move_to(start + timedelta(hours=25))
    assert waiting(book) == [("Ask 李销售 about 王志刚", "not accepted in 24 hours")]
    leads.set_state(book, lead_id, "accepted")
    assert waiting(book) == []
    clock.move_to(start + timedelta(days=30))
    assert waiting(book) == [("Ask 李销售 about 王志刚", "no result in 30 days")]
    (place,) = [one for one in agenda.today(book) if one.item.kind == "lead"]
    with pytest.raises(Refused, match="done with how it went"):
        agenda.done(book, place.item)
    agenda.snooze(book, place.item)
    assert waiting(book) == []
    history.undo(book)
    leads.set_state(book, lead_id, "won")
    assert waiting(book) == []


def test_the_clocks_are_the_operators(book: Book) -> None:
    file = book.home / "playbooks" / "leads.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("untouched_hours = 1\nresult_days = 2\n")
    leads.keep(book, somebody(book), ALL, "李销售")
    assert waiting(book) == [("Ask 李销售 about 王志刚", "not accepted in 1 hour")]


def test_who_is_returned_comes_back_on_their_day(book: Book, clock: StandingClock) -> None:
    lead_id = leads.keep(book, somebody(book), ALL, "李销售").made
    day = book.now() + timedelta(days=30)
    change = leads.set_state(book, lead_id, "returned", reason="明年再说", next_on=day)
    assert str(change.label).startswith("王志刚: returned to nurturing (明年再说), again ")
    assert waiting(book) == []
    clock.move_to(day)
    assert waiting(book) == [("王志刚 is back from sales", "returned: 明年再说")]


def test_a_call_hands_over_in_one_change(book: Book) -> None:
    made = salon_last_week(book, 0)
    said = Said({"need": "要报价"}, "李销售")
    change = calling.record(
        *(book, made.cards[0], "callback-1", "hand_over"), lane="phone", note="急", lead=said
    )
    text = "Called 王志刚: hand over · Handed 王志刚 over to 李销售"
    assert str(change.label).startswith(text)
    assert guests.pass_on(book) == []
    lead = leads.present(book, made.people[0])
    assert (lead.card_id, lead.event) == (made.cards[0], "北京大会")
    history.undo(book)
    assert leads.leads(book) == []
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 0


def test_passed_on_is_not_said_before_somebody_was_told(book: Book) -> None:
    made = salon_last_week(book, 0)
    change = calling.record(
        *(book, made.cards[0], "callback-1", "hand_over"), lane="phone", lead=Said({})
    )
    assert str(change.label).startswith("Called 王志刚: hand over, to be passed on · Kept 王志刚")
    waits = guests.pass_on(book)
    assert [one.person for one in waits] == ["王志刚"]
    guests.tell(book, waits, "李销售")
    assert (guests.pass_on(book), state(book, made.people[0])) == ([], "handed_over")


def test_handing_over_does_what_the_call_asked_for(book: Book) -> None:
    person = somebody(book)
    off_list.record(book, person, "hand_over", lane="phone")
    assert "Pass on 王志刚" in [one.item.title for one in agenda.today(book)]
    leads.keep(book, person, ALL, "李销售")
    assert "Pass on 王志刚" not in [one.item.title for one in agenda.today(book)]


def test_the_card_tells_what_is_known_and_was_said(book: Book) -> None:
    made = salon_last_week(book, 0)
    calling.record(
        *(book, made.cards[0], "callback-1", "interested"), lane="phone", note="三百人用"
    )
    leads.keep(book, made.people[0], {"budget": "20万", "team": "2"}, "李销售")
    lead = leads.present(book, made.people[0])
    text = handover_card.text(book, lead).splitlines()
    assert text[0] == "王志刚 · 总经理 · 万科企业"
    assert {"Budget: 20万", "Decision makers: asked, not known", "Timing: not asked"} <= {*text}
    assert "Came from: 北京大会" in text
    assert any("call-back 1, phone: interested · 三百人用" in row for row in text)
    markdown = handover_card.text(book, lead, markdown=True).splitlines()
    assert markdown[0] == "# 王志刚 · 总经理 · 万科企业"
    assert "- **Budget**: 20万" in markdown
    (row,) = table(book, Scope()).rows
    assert row[:2] == ("王志刚", "万科企业")
    assert "李销售" in row


def test_a_merged_persons_lead_goes_along_and_an_erased_ones_is_gone(book: Book) -> None:
    made = make_list(book, PEOPLE[:2], ends_ago=timedelta(days=40))
    leads.keep(book, made.people[1], ALL, "李销售")
    twins.merge(book, made.people[0], made.people[1])
    assert state(book, made.people[0]) == "handed_over"
    erasing.erase(book, made.people[0], "王志刚")
    assert leads.leads(book) == []
    row = book.con.execute("SELECT budget, need, to_whom FROM handover").fetchone()
    assert tuple(row)[:2] == ("", "")


def test_many_of_a_sort_are_one_line_of_today(book: Book) -> None:
    names = [(f"王{n}", f"1380013800{n}", f"公司{n}", "经理") for n in range(8)]
    for number, person in enumerate(make_list(book, names, ends_ago=timedelta(days=40)).people):
        lead = leads.keep(book, person, ALL, "李销售").made
        if number < 6:
            leads.set_state(book, lead, "returned", reason="明年再看")
    items = [one.item for one in agenda.today(book) if one.item.kind in ("lead", "leads")]
    assert [(str(one.label), one.people) for one in items] == [("6 leads are back from sales", 6)]
    with pytest.raises(Refused, match="one by one"):
        agenda.done(book, items[0])
    leads.put_off(book, leads.present(book, items[0].people).id, book.now() + timedelta(days=2))
    assert len(waiting(book)) == 5
