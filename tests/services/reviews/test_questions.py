"""The five questions, one's own words on the parts of a review, and whom an event was for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog import locale
from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DONE, DROPPED, EventDraft
from opslog.domain.reviews.numbers import Number
from opslog.locale import Msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.reviews import acts
from tests.conftest import StandingClock
from tests.services.lists import make_list
from tests.services.reviews.learned import at, conference, done, held, offered


def test_the_five_questions_say_what_was_answered_and_what_the_numbers_say(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    plan = {line.key: line for line in events.plan(book, last)}
    for item, answer in zip(plan["preflight"].items, ("是", "", "yes", "合适", ""), strict=True):
        steps.answer_item(book, item.id, answer)
    wanted = min(line.due_at for line in plan.values() if line.key.startswith("promo-1"))
    done(book, plan["promo-1-edm"].id, f"{wanted + timedelta(days=2):%Y-%m-%d}")
    assert [(sign, str(said)) for sign, said in acts.five(book, last).lines] == [
        ("✓", "the form fits the audience"),
        ("?", "named targets: not answered"),
        ("!", "warm-up 2 working days late (before: yes)"),
        ("✓", "the partner: 合适"),
        ("?", "plan for the day: not answered"),
    ]
    assert str(offered(book, last, "warm-up").reason) == "planned for T-7, it went out at T-5"
    assert all(one.key != "questions" for one in acts.proposals(book, last))
    steps.answer_item(book, plan["preflight"].items[0].id, "")
    assert str(offered(book, last, "questions").reason) == (
        "3 of 5 had no answer when the event began"
    )


def test_what_nobody_answered_before_an_event_was_entered_has_no_record(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    plan = {line.key: line for line in events.plan(book, last)}
    steps.answer_item(book, plan["preflight"].items[0].id, "是")
    entered = plan["callback-1"].due_at - timedelta(minutes=1)
    book.con.execute("UPDATE event SET created_at=? WHERE id=?", (instant_text(entered), last))
    book.con.commit()
    fits, *others = [str(said) for _sign, said in acts.five(book, last).lines]
    assert fits == "the form fits the audience"
    assert len(others) == 4
    assert all(said.endswith(": before it was entered, no record") for said in others)
    locale.set_language("zh_CN")
    assert str(acts.five(book, last).lines[1][1]).endswith("：录入之前，没有记录")
    locale.set_language("en")
    planned = str(acts.parts(book, last)[1].known)
    left = [line for line in plan.values() if line.due_at >= entered or line.state == DONE]
    assert 0 < len(left) < len(plan)
    assert planned.startswith(f"{len(left)} step")


def test_atm_pdca_shows_words_typed_in_place_of_what_is_known(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    acts.note(book, last, "aim", "大会太大，沙龙更合适")
    acts.add(book, last, "换成沙龙")
    number = Number("target.signups", Msg("sign-ups"), 123, target=120)
    assert [(str(who), str(said)) for who, said in acts.pdca(book, last, [number]).lines] == [
        ("Aim and form", "大会太大，沙龙更合适"),
        ("The plan", "38 steps, from T-30 on"),
        ("Do", "1 of 38 steps done; 1 of them late, by up to 2 working days; 32 never done"),
        ("Check", "sign-ups 123 of 120"),
        ("Act", "换成沙龙"),
    ]
    acts.note(book, last, "aim", " ")
    assert [part.note for part in acts.parts(book, last)] == [""] * 5
    history.undo(book)
    assert acts.parts(book, last)[0].note == "大会太大，沙龙更合适"
    with pytest.raises(
        Refused, match=r"parts are: Aim and form .aim., The plan .plan., Do, Check, Act"
    ):
        acts.note(book, last, "ziel", "x")


def test_before_an_event_nothing_is_held_against_it(book: Book, clock: StandingClock) -> None:
    held(book, clock)
    coming = conference(book, "2027-03-10", "春季大会")
    assert acts.proposals(book, coming) == ()
    assert {sign for sign, _said in acts.five(book, coming).lines} == {"?"}
    *_earlier, last = held(book, clock)
    events.cancel(book, last)
    assert acts.proposals(book, last) == ()
    materials = EventDraft("白皮书", "materials", at(book, "2026-11-20T10:00"))
    paper = events.create(book, materials).made
    assert acts.five(book, paper).lines == ()
    assert str(acts.five(book, paper).empty) == "This plan does not ask them"


def test_who_an_event_was_for_is_counted_among_those_who_came(
    book: Book, clock: StandingClock
) -> None:
    *_earlier, last = held(book, clock)
    sheet = make_list(book, [(f"王{n}", "", "", f"1390000000{n}") for n in range(3)])
    book.con.execute("UPDATE roster SET event_id=? WHERE id=?", (last, sheet.roster_id))
    book.con.execute("UPDATE card SET attended=1 WHERE id IN (?, ?)", tuple(sheet.cards[:2]))
    book.con.execute(
        "INSERT INTO roster(event_id, kind, name, created_at) VALUES (?, 'audience', '', '')",
        (last,),
    )
    wanted = book.con.execute("SELECT max(id) FROM roster").fetchone()[0]
    for person in sheet.people[1:]:
        book.con.execute("INSERT INTO card(roster_id, person_id) VALUES (?, ?)", (wanted, person))
    book.con.commit()
    sign, said = acts.five(book, last).lines[1]
    assert (sign, str(said)) == ("✓", "2 named targets, 1 came (before: not answered)")


def test_the_review_counts_the_steps_that_the_list_and_the_plan_of_a_late_event_count(
    book: Book, clock: StandingClock
) -> None:
    soon = f"{(book.clock.local() + timedelta(days=2)).date()}T14:00"
    made = events.create(book, EventDraft("短沙龙", "salon", at(book, soon))).made
    assert made is not None
    (row,) = events.some(book, [made])
    plan = [line for line in events.plan(book, made) if line.state != DROPPED]
    past_due = [
        line for line in plan if line.open and (line.planned_at or line.due_at) < book.now()
    ]
    assert past_due
    assert 0 < row.missed < row.steps == len(plan)
    _aim, planned, do, *_rest = acts.parts(book, made)
    assert str(planned.known) == f"{row.steps} steps, from T-14 on"
    assert str(do.known) == (
        f"0 of {row.steps} steps done; {row.missed} past their day when the event was entered"
    )
