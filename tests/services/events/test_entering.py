"""Entering an event late, and entering one once more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from opslog.domain.events.events import DROPPED, FLOATING, JOINED, MISSED, EventDraft, PlanLine
from opslog.domain.events.plans.step_reasons import given_up_before
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import cloning, step_changes, steps
from opslog.services.reviews import channels

DAY = timedelta(days=1)


def entered(book: Book, days: float, late: str = "all") -> int:
    draft = EventDraft("上海沙龙", "salon", book.now() + days * DAY)
    made = events.create(book, draft, late).made
    assert made is not None
    return made


def plan_of(book: Book, event_id: int) -> dict[str, PlanLine]:
    return {line.key or line.title: line for line in events.plan(book, event_id)}


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        # A week ago: the recap of each channel is past, and the list work waits.
        ("all", {"handover", "recap-edm", "round-1", "callback-1"}),
        ("newest", {"handover", "recap-edm", "round-1", "callback-1"}),
        ("none", set()),
    ],
)
def test_late_is_one_choice(book: Book, late: str, expected: set[str]) -> None:
    plan = plan_of(book, entered(book, -8, late))
    today = {key for key, line in plan.items() if line.state == FLOATING}
    past = {"handover", "recap-edm", "round-1", "callback-1"}
    assert today & past == expected
    if late != "all":
        assert not [key for key, line in plan.items() if line.state == MISSED]
        assert plan["theme"].why == (JOINED,)


def test_the_newest_of_each_channel_is_what_is_caught_up(book: Book) -> None:
    every, newest = (plan_of(book, entered(book, 4, late)) for late in ("all", "newest"))
    assert every["promo-1-edm"].state == FLOATING
    assert newest["promo-1-edm"].state == FLOATING  # the only one that is past
    everything, last = (plan_of(book, entered(book, -40, late)) for late in ("all", "newest"))
    assert everything["callback-1"].state == MISSED  # thirty days after the event
    assert last["callback-1"].state == DROPPED
    assert last["callback-2"].state == everything["callback-2"].state == FLOATING


def test_what_was_left_out_opens_where_the_event_moves_away_and_closes_when_it_returns(
    book: Book,
) -> None:
    event_id = entered(book, 5, "none")
    at = events.get(book, event_id).row.starts_at
    first = plan_of(book, event_id)
    left = {key for key, line in first.items() if line.state == DROPPED}
    assert {"theme", "posters"} <= left
    events.move(book, event_id, at + 30 * DAY)
    assert plan_of(book, event_id)["theme"].state == FLOATING
    events.move(book, event_id, at)
    assert plan_of(book, event_id) == first


def later(book: Book, days: float) -> datetime:
    return book.now() + days * DAY


def test_an_event_once_more_has_what_its_plan_was_given(book: Book) -> None:
    old = entered(book, 30)
    before = plan_of(book, old)
    posters = before["posters"]
    draft = step_changes.draft_of(posters)
    step_changes.change(
        book,
        posters.id,
        draft._replace(title="长短海报", words="一句话", owner="小林", lead_days=4),
    )
    steps.tick_step(book, before["theme"].id)
    item = before["confirmations"].items[0]
    steps.answer_item(book, item.id, "yes")
    steps.add_step(book, old, "订花", later(book, 27))
    steps.move_step(book, before["room"].id, later(book, 20))
    values = {"code": "YX-3", "label": "邮件三月", "cents": 80_000, "link": "https://a.cn/3"}
    channels.put(book, old, values)
    draft_again = cloning.draft_of(book, old, later(book, 60))
    assert draft_again.name == f"上海沙龙 {later(book, 60).astimezone(book.clock.zone):%m-%d}"
    assert cloning.draft_of(book, old, later(book, 60), "杭州沙龙").name == "杭州沙龙"
    made = cloning.clone(book, old, draft_again).made
    assert made is not None
    again = plan_of(book, made)
    assert again.keys() == plan_of(book, old).keys()
    assert {line.state for line in again.values()} == {FLOATING}
    same = again["posters"]
    assert (same.title, same.words, same.owner) == ("长短海报", "一句话", "小林")
    assert same.lead_days == 4
    assert again["room"].offset == before["room"].offset
    assert again["订花"].offset == -3
    assert all(not i.answer and i.done_at is None for one in again.values() for i in one.items)
    assert steps.last_answer(book, again["confirmations"].items[0].id) == "yes"
    assert steps.last_answer(book, again["confirmations"].items[1].id) == ""
    (channel,) = channels.of(book, made)
    assert (channel.code, channel.label, channel.cents, channel.link) == (
        "YX-3",
        "邮件三月",
        None,
        "",
    )
    history.undo(book)
    assert [row.name for row in events.listing(book)] == ["上海沙龙"]


def test_what_a_plan_left_out_stays_left_out_of_the_next(book: Book) -> None:
    old = entered(book, 30)
    before = plan_of(book, old)
    steps.remove_step(book, before["tag"].id)
    back = steps.remove_step(book, before["theme"].id)
    history.undo(book, back.id)
    step_changes.give_up(book, before["posters"].id, "没有预算")
    draft = cloning.draft_of(book, old, later(book, 60))
    again = {x.key: x for x in cloning.preview(book, old, draft)}
    assert before.keys() - again.keys() == {"tag"}
    posters = again["posters"]
    assert (posters.state, posters.dropped_why) == (DROPPED, "没有预算")
    assert posters.due_at > before["posters"].due_at + 25 * DAY
    said = given_up_before(again.values())
    assert said is not None
    assert (
        said.english()
        == "given up as last time: Posters and the words for each channel are final (没有预算)"
    )
    made = cloning.clone(book, old, draft).made
    assert made is not None
    steps.unpin_step(book, plan_of(book, made)["posters"].id)
    assert plan_of(book, made)["posters"].state == FLOATING


def test_a_step_that_went_and_came_back_is_in_the_next_plan(book: Book) -> None:
    old = entered(book, 30)
    before = plan_of(book, old)
    draft = events.get(book, old).draft
    events.edit(book, old, draft._replace(kind="webinar"))
    events.edit(book, old, draft)
    assert plan_of(book, old).keys() == before.keys()
    again = cloning.preview(book, old, cloning.draft_of(book, old, later(book, 60)))
    assert {line.key for line in again} == before.keys()


def test_a_step_of_ones_own_comes_again_unless_it_was_given_up_and_was_not_put_off_yet(
    book: Book,
) -> None:
    old = entered(book, 30)
    for title in ("订花", "订车"):
        steps.add_step(book, old, title, later(book, 20))
    mine = plan_of(book, old)
    step_changes.give_up(book, mine["订车"].id, "打车")
    steps.snooze_step(book, mine["订花"].id, later(book, 22))
    steps.note_step(book, mine["订花"].id, "要百合")
    again = cloning.preview(book, old, cloning.draft_of(book, old, later(book, 60)))
    (flowers,) = [line for line in again if not line.key]
    assert (flowers.title, flowers.snoozed_until, flowers.note) == ("订花", None, "")


def test_who_owes_a_step_is_as_the_playbook_says_where_the_old_plan_named_nobody(
    book: Book,
) -> None:
    old = entered(book, 30)
    owed = next(line for line in events.plan(book, old) if line.owner)
    step_changes.change(book, owed.id, step_changes.draft_of(owed)._replace(owner=""))
    again = cloning.preview(book, old, cloning.draft_of(book, old, later(book, 60)))
    assert next(line.owner for line in again if line.key == owed.key) == owed.owner
