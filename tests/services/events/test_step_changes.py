"""One step of one plan changed, given up and taken up again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import DROPPED, FLOATING, PINNED, EventDraft, PlanLine
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import step_changes, steps

DAY = timedelta(days=1)


@pytest.fixture
def plan(book: Book) -> dict[str, PlanLine]:
    made = events.create(book, EventDraft("上海沙龙", "salon", book.now() + 30 * DAY)).made
    assert made is not None
    return {line.key: line for line in events.plan(book, made)}


def test_a_step_has_its_own_words_channel_owner_and_lead(
    book: Book, plan: dict[str, PlanLine]
) -> None:
    line = plan["posters"]
    draft = step_changes.draft_of(line)
    assert draft.owner == "Design"
    new = draft._replace(words="长海报：一句话", channel="edm", owner=" 小林 ", lead_days=5)
    step_changes.change(book, line.id, new)
    after = steps.step(book, line.id)
    assert (after.words, after.channel, after.owner, after.lead_days) == (
        *("长海报：一句话", "edm", "小林", 5),
    )
    assert (after.state, after.name) == (FLOATING, line.name)
    for owner in ("Design", "设计"):
        step_changes.change(book, line.id, new._replace(owner=owner))
        assert steps.step(book, line.id).owner == "design"
    history.undo(book)
    history.undo(book)
    assert steps.step(book, line.id).words == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "  "}, "a few words"),
        ({"channel": "fax"}, "no channel; choose from"),
        ({"lead_days": 61}, "from 0 to 60"),
    ],
)
def test_what_a_step_can_not_be_is_refused(
    book: Book, plan: dict[str, PlanLine], wrong: dict[str, Any], said: str
) -> None:
    line = plan["posters"]
    with pytest.raises(Refused, match=said):
        step_changes.change(book, line.id, step_changes.draft_of(line)._replace(**wrong))
    assert steps.step(book, line.id) == line


def test_lead_is_how_long_ahead_today_shows_it(book: Book, plan: dict[str, PlanLine]) -> None:
    from opslog.services.events import due

    line = plan["review"]
    draft = step_changes.draft_of(line)
    shown = {one.ref for one in due.due(book)}
    assert line.id not in shown
    step_changes.change(book, line.id, draft._replace(lead_days=60))
    assert line.id in {one.ref for one in due.due(book)}


def test_a_step_given_up_says_why_and_stays_out_of_all_counts(
    book: Book, plan: dict[str, PlanLine]
) -> None:
    line = plan["interaction"]
    before = events.get(book, line.event_id).row
    with pytest.raises(Refused, match="Why"):
        step_changes.give_up(book, line.id, " ")
    step_changes.give_up(book, line.id, "场地不让")
    after = steps.step(book, line.id)
    assert (after.state, after.dropped_why) == (DROPPED, "场地不让")
    row = events.get(book, line.event_id).row
    assert (row.steps, row.missed, row.late) == (before.steps - 1, before.missed, before.late)
    events.move(book, line.event_id, book.now() + 40 * DAY)
    moved = steps.step(book, line.id)
    assert (moved.state, moved.due_at) == (DROPPED, after.due_at)
    steps.unpin_step(book, line.id)
    again = steps.step(book, line.id)
    assert (again.state, again.due_at > line.due_at + 8 * DAY) == (FLOATING, True)
    assert again.dropped_why == ""


def test_a_round_that_was_merged_may_be_taken_up_all_the_same(book: Book) -> None:
    made = events.create(book, EventDraft("急", "salon", book.now() + 2 * DAY)).made
    assert made is not None
    merged = next(line for line in events.plan(book, made) if line.state == DROPPED)
    steps.unpin_step(book, merged.id)
    assert steps.step(book, merged.id).state == PINNED


def test_a_step_is_meant_by_its_key_or_any_part_of_its_title(
    book: Book, plan: dict[str, PlanLine]
) -> None:
    event_id = plan["posters"].event_id
    for words in ("posters", "海报", "for each channel are final"):
        assert step_changes.resolve(events.plan(book, event_id), words) == plan["posters"].id
    with pytest.raises(Refused, match="could be any of"):
        step_changes.resolve(events.plan(book, event_id), "第一轮宣传")
    with pytest.raises(Refused, match="No step"):
        step_changes.resolve(events.plan(book, event_id), "zzz")


def test_a_round_that_is_done_keeps_what_date_it_told(
    book: Book, plan: dict[str, PlanLine]
) -> None:
    at = events.get(book, plan["posters"].event_id).row.starts_at
    for key, told in (("promo-1-edm", at), ("posters", None), ("recap-groups", None)):
        steps.tick_step(book, plan[key].id)
        assert steps.step(book, plan[key].id).published_for == told
    events.move(book, plan["posters"].event_id, at + 5 * DAY)
    assert steps.step(book, plan["promo-1-edm"].id).published_for == at
    steps.untick_step(book, plan["promo-1-edm"].id)
    assert steps.step(book, plan["promo-1-edm"].id).published_for is None


def test_what_is_done_after_all_says_nothing_of_a_date_set_by_hand(
    book: Book, plan: dict[str, PlanLine]
) -> None:
    step_changes.give_up(book, plan["promo-1-edm"].id, "no list")
    steps.tick_step(book, plan["promo-1-edm"].id)
    assert steps.step(book, plan["promo-1-edm"].id).why == ()
