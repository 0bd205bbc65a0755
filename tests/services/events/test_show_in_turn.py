"""Stops that come, move, are called off and taken up at short notice: one plan with the whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.events.events import (
    DONE,
    DROPPED,
    FLOATING,
    LATE,
    MISSED,
    PINNED,
    PUSHED,
    EventDraft,
    PlanLine,
)
from opslog.domain.events.plans.day_order import waits
from opslog.domain.events.plans.days_left import bound
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events, stops
from opslog.services.events.plans import cloning, playbooks, step_changes, steps
from tests.conftest import StandingClock
from tests.services.events.test_plan_stories import DAY, NOW, at_work, rows

STOPS = "杭州 11-30 12-01\n宁波 12-03\n广州 12-05"


def road_show(book: Book, pasted: str = STOPS, on: int = 0) -> int:
    made = events.create(book, EventDraft("冬季路演", "roadshow", day_of(on))).made
    assert made is not None
    stops.add(book, made, stops.read(book, made, pasted))
    return made


def day_of(number: int) -> datetime:
    """Nine in Shanghai, so many days after the last of November."""
    return datetime(2026, 11, 30, 1, tzinfo=UTC) + number * DAY


def in_order(book: Book, event_id: int) -> None:
    """One order by planned day over the whole and its stops, one measure a day; where something
    is missed, for the whole and each stop."""
    plan, zone = events.plan(book, event_id), book.clock.zone
    pace = playbooks.playbook(book, "roadshow").pace
    before = [x for x in plan if x.state == FLOATING and x.phase == "before" and not bound(x)]
    before.sort(key=lambda x: (x.planned_at or x.due_at, pace.order.get(x.key, 99), x.stop_id or 0))

    def day(line: PlanLine) -> date:
        return line.due_at.astimezone(zone).date()

    missed = any(x.state == MISSED for x in plan)
    full: dict[date, float] = {}
    for number, line in enumerate(before):
        if hurried(line):
            full[day(line)] = full.get(day(line), 0) + pace.weight(line)
        ready = [x for x in before[:number] if not x.channel and (not missed or waits(line, x))]
        assert all(day(x) <= day(line) for x in ready), line
        assert not hurried(line) or all(x.due_at <= line.due_at for x in ready), line
    assert max(full.values(), default=0) <= pace.a_day


def hurried(line: PlanLine) -> bool:
    return bool({LATE, PUSHED} & set(line.why))


@pytest.fixture
def hasty(book: Book, clock: StandingClock) -> Book:
    clock.move_to(NOW)
    return book


def lines(book: Book, event_id: int) -> dict[tuple[str, str], PlanLine]:
    places = {x.id: x.place for x in stops.of(book, event_id)}
    return {(places.get(x.stop_id or 0, ""), x.key): x for x in events.plan(book, event_id)}


def test_the_stops_of_a_show_in_a_hurry_wait_for_what_the_whole_settles(hasty: Book) -> None:
    show = road_show(hasty)
    found = lines(hasty, show)
    assert found["", "route"].due_at < found["杭州", "place"].due_at
    assert hurried(found["杭州", "place"])
    in_order(hasty, show)


def test_a_stop_that_comes_later_shares_the_days_with_all_others(hasty: Book) -> None:
    show = road_show(hasty)
    before = lines(hasty, show)
    change = stops.add(hasty, show, stops.read(hasty, show, "绍兴 12-01\n温州 12-02"))
    in_order(hasty, show)
    after = lines(hasty, show)
    assert after["", "promo-1-edm"].due_at >= after["绍兴", "place"].due_at
    assert before["", "promo-1-edm"].due_at < after["", "promo-1-edm"].due_at
    history.undo(hasty, change.id)
    assert lines(hasty, show) == before


def test_nothing_done_pinned_or_given_up_moves_for_a_stop(hasty: Book) -> None:
    show = road_show(hasty)
    found = lines(hasty, show)
    steps.tick_step(hasty, found["", "theme"].id)
    steps.move_step(hasty, found["", "form"].id, day_of(1))
    step_changes.give_up(hasty, found["杭州", "invite"].id, "不做")
    kept = {x.id: x for x in events.plan(hasty, show) if x.state in (DONE, PINNED, DROPPED)}
    stops.add(hasty, show, stops.read(hasty, show, "绍兴 12-06"))
    after = {x.id: x for x in events.plan(hasty, show)}
    by_hand = {id: x for id, x in kept.items() if "merged" not in x.why}
    assert {id: after[id] for id in by_hand} == by_hand
    assert len(by_hand) == 3
    in_order(hasty, show)


def test_what_is_overdue_stays_so_when_a_stop_comes(hasty: Book, clock: StandingClock) -> None:
    show = road_show(hasty, "杭州 12-18\n宁波 12-20", on=18)
    theme = lines(hasty, show)["", "theme"]
    clock.move_to(theme.due_at + 2 * DAY)
    stops.add(hasty, show, stops.read(hasty, show, "广州 12-22"))
    assert lines(hasty, show)["", "theme"] == theme
    in_order(hasty, show)


def test_a_stop_taken_up_again_has_its_turn_among_the_others(hasty: Book) -> None:
    show = road_show(hasty)
    ningbo = stops.resolve(hasty, show, "宁波")
    stops.drop(hasty, ningbo.id, "场地没谈下来")
    in_order(hasty, show)
    stops.take_up(hasty, ningbo.id)
    in_order(hasty, show)
    assert {x.state for (place, _key), x in lines(hasty, show).items() if place == "宁波"} == {
        FLOATING
    }


def test_a_step_taken_up_again_is_put_where_the_whole_leaves_room(hasty: Book) -> None:
    show = road_show(hasty)
    place = lines(hasty, show)["杭州", "place"]
    step_changes.give_up(hasty, place.id, "不做")
    steps.unpin_step(hasty, place.id)
    assert lines(hasty, show)["杭州", "place"] == place


def test_a_show_held_again_at_short_notice_is_in_one_order(hasty: Book) -> None:
    old = road_show(hasty, "杭州 12-18\n宁波 12-20", on=18)
    made = cloning.clone(hasty, old, cloning.draft_of(hasty, old, day_of(2))).made
    assert made is not None
    in_order(hasty, made)
    assert any(hurried(x) for x in events.plan(hasty, made) if x.stop_id)


def act(book: Book, show: int, verb: str, number: int) -> None:
    known = stops.of(book, show)
    stop = known[number % len(known)]
    held = [one for one in known if one.open]
    by = (number % 9 - 3) * DAY
    plan = events.plan(book, show)
    line = plan[number % len(plan)]
    if verb == "add" and len(known) < 8:
        at = events.get(book, show).row.starts_at + (number % 12) * DAY
        new = stop._replace(id=0, place=f"城{len(known)}", starts_at=at, state="open", why="")
        stops.add(book, show, [new._replace(ends_at=at + timedelta(hours=8), fallback="")])
    elif verb == "move" and stop.open:
        stops.move(book, stop.id, stop.later(by))
    elif verb == "drop" and stop.open and len(held) > 1:
        stops.drop(book, stop.id, "雪")
    elif verb == "take" and not stop.open:
        stops.take_up(book, stop.id)
    elif verb == "whole":
        events.move(book, show, events.get(book, show).row.starts_at + by)
    elif verb == "done":
        steps.tick_step(book, line.id)
    elif verb == "pin" and line.state != DONE:
        steps.move_step(book, line.id, line.due_at + by)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 14),
    st.lists(
        st.tuples(
            st.sampled_from(("add", "move", "drop", "take", "whole", "done", "pin")),
            st.integers(0, 400),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_whatever_becomes_of_stops_one_order_holds_and_undo_takes_it_back(
    notice: int, acts: list[tuple[str, int]]
) -> None:
    with at_work() as book:
        first = (NOW + notice * DAY).astimezone(book.clock.zone)
        pasted = "\n".join(
            f"{place} {first + gap * DAY:%Y-%m-%d}"
            for place, gap in (("杭州", 0), ("宁波", 2), ("广州", 3))
        )
        show = events.create(book, EventDraft("路演", "roadshow", first.astimezone(UTC))).made
        assert show is not None
        stops.add(book, show, stops.read(book, show, pasted))
        for verb, number in acts:
            before = rows(book)
            fixed = {x.id: x for x in events.plan(book, show) if x.state in (DONE, PINNED)}
            act(book, show, verb, number)
            in_order(book, show)
            after = {x.id: x for x in events.plan(book, show)}
            for id, line in fixed.items():
                if not line.evidence and verb not in ("done", "pin", "drop"):
                    assert (after[id].state, after[id].due_at) == (line.state, line.due_at)
            if rows(book) != before:
                changed = rows(book)
                history.undo(book)
                assert rows(book) == before
                history.redo(book)
                assert rows(book) == changed
