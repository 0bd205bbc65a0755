"""Where the plans of several events collide, and what a shift may do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.dates.regions import Region
from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events import collisions
from opslog.domain.events.collisions import (
    CALLS,
    CHANNEL,
    DAY_OFF,
    HELD_OFF,
    MAILS_MEET,
    OFTEN,
    OTHER_EVENT,
    Collision,
    Plans,
)
from opslog.domain.events.events import FLOATING, EventRow, PlanLine
from opslog.domain.events.plans.planning import Present, Span, line_by_hand
from opslog.domain.events.stops import Stop

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)  # a Monday
PRESENT = Present(NOW, MAINLAND, ZONE)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def event(id: int, day: int) -> EventRow:
    starts = at(day, 14)
    return EventRow(
        id, f"e{id}", "salon", "own", "form", "all", starts, starts, "", "", None, 0, 0, 0, 0
    )


def step(id: int, event_id: int, due: datetime, channel: str = "", **more: Any) -> PlanLine:
    span = Span(at(27, 14), at(27, 17))
    line = line_by_hand(f"s{id}", due, span, PRESENT)
    known = {"phase": "before", "state": FLOATING, "key": f"round-{channel}", "offset": -5}
    return line._replace(id=id, event_id=event_id, channel=channel, **{**known, **more})


def plans(steps: list[PlanLine], *events: EventRow, **more: Any) -> Plans:
    rounds = [*steps, *more.get("sent", ())]
    channels = {one.key for one in rounds if one.channel not in ("", "phone")}
    known: dict[str, Any] = {
        "shared": lambda _one, _other: None,
        "callees": lambda _id: 60,
        "calls": 105,
        **more,
    }
    return Plans(
        sorted(steps, key=lambda one: (one.due_at, one.id)),
        {one.id: one for one in events},
        channels,
        (),
        MAINLAND,
        ZONE,
        NOW,
        **known,
    )


def kinds(found: list[Collision]) -> list[tuple[str, int]]:
    return [(one.kind, one.day.day) for one in found]


E1, E2, E3 = event(1, 24), event(2, 25), event(3, 26)


def test_two_mails_to_the_same_people_on_a_day_and_how_many_get_both() -> None:
    mails = [step(1, 1, at(10), "edm"), step(2, 2, at(10, 15), "edm")]
    (one,) = collisions.find(plans(mails, E1, E2, shared=lambda _a, _b: 186))
    assert (one.kind, one.people) == (MAILS_MEET, 186)
    assert [one.id for one in one.steps] == [1, 2]
    assert not collisions.find(plans(mails, E1, E2, shared=lambda _a, _b: 0))
    assert not collisions.find(plans([mails[0], step(2, 2, at(11), "edm")], E1, E2))
    assert not collisions.find(plans([mails[0], step(2, 1, at(10, 15), "edm")], E1))  # of one plan
    other = step(2, 2, at(10, 15), "sms")
    assert not collisions.find(plans([mails[0], other], E1, E2))


def test_a_third_post_on_a_channel_a_day() -> None:
    posts = [step(n, n, at(10, 9 + n), "moments") for n in (1, 2, 3)]
    (one,) = collisions.find(plans(posts, E1, E2, E3))
    assert one.kind == CHANNEL
    (same,) = collisions.find(plans([step(n, 1, at(10, 9 + n), "moments") for n in (1, 2, 3)], E1))
    assert same.kind == CHANNEL
    assert not collisions.find(plans(posts[:2], E1, E2))


def test_promotion_on_the_day_of_another_event_but_not_its_own_reminders() -> None:
    posts = [step(1, 2, at(24), "moments"), step(2, 2, at(24, 11), "groups", offset=-1)]
    found = collisions.find(plans(posts, E1, E2))
    assert kinds(found) == [(OTHER_EVENT, 24)]
    assert [one.id for one in found[0].steps] == [1]
    assert found[0].beside == 1
    assert not collisions.find(plans([step(1, 1, at(24), "moments")], E1))


def test_calls_of_two_events_that_a_day_has_no_room_for() -> None:
    calls = [step(n, n, at(10, 9 + n), "phone", phase="after") for n in (1, 2)]
    events = (event(1, 3), event(2, 4))
    (one,) = collisions.find(plans(calls, *events))
    assert (one.kind, one.people) == (CALLS, 120)
    assert not collisions.find(plans(calls, *events, calls=120))
    assert not collisions.find(plans(calls[:1], *events, callees=lambda _id: 500))


def test_what_goes_out_on_a_day_off_is_moved_to_the_next_working_day() -> None:
    (one,) = collisions.find(plans([step(1, 1, at(7), "edm")], E1))  # a Saturday
    assert one.kind == DAY_OFF
    assert one.shifts[0].to == at(9)
    assert not collisions.find(plans([step(1, 1, at(7))], E1))  # reaches nobody


def test_where_the_next_working_day_is_too_late_the_one_before_is_offered() -> None:
    (one,) = collisions.find(plans([step(1, 1, at(7, 15), "edm")], event(1, 9)))  # from 14:00
    assert [shift.to for shift in one.shifts] == [at(6, 15)]


def test_what_follows_an_event_is_never_offered_before_its_end() -> None:
    fair = event(1, 3)._replace(ends_at=at(6, 17))
    thanks = step(1, 1, at(7), "edm", phase="after", offset=1, closes_at=at(8, 18))
    (one,) = collisions.find(plans([thanks], fair))
    assert (one.kind, one.shifts) == (DAY_OFF, ())


def test_nothing_goes_out_or_is_moved_to_a_day_off_of_the_region_it_is_for() -> None:
    free = {9: "新疆", 10: "新疆"}

    def region(one: PlanLine, day: date) -> str:
        return free.get(day.day, "") if one.event_id == 1 else ""

    posts = [step(1, 1, at(9), "edm"), step(2, 2, at(9, 11), "moments")]
    (one,) = collisions.find(plans(posts, E1, E2, region=region))
    assert (one.kind, one.region, one.steps[0].id) == (DAY_OFF, "新疆", 1)
    assert one.shifts[0].to == at(11)


def test_people_whom_several_events_touch_too_often_in_a_week() -> None:
    own = [step(n, 1, at(2 + n, 11), "edm") for n in (1, 2, 3)]
    other = [step(10 + n, 2, at(2 + n, 15), "sms") for n in (1, 2, 3)]
    crowded = [*own, *other, step(20, 2, at(6, 16), "private"), step(21, 1, at(9), "sms")]
    known: dict[str, Any] = {"shared": lambda _a, _b: 40}
    found = collisions.find(plans(crowded, E1, E2, **known))
    assert [(one.kind, one.day.day, one.number, one.people) for one in found] == [(OFTEN, 9, 8, 40)]
    assert {line.id for line in found[0].steps} == {21}
    assert not collisions.find(plans(crowded[:-1], E1, E2, **known))
    assert not collisions.find(plans(crowded, E1, E2, shared=lambda _a, _b: 0))  # other people
    seven = [one for one in crowded if one.id != 20]
    third = step(30, 3, at(6, 16), "private")  # and one to people of neither

    def of_two(one: int, other: int) -> int:
        return 0 if 3 in (one, other) else 40

    assert not collisions.find(plans([*seven, third], E1, E2, E3, shared=of_two))
    sent = [one._replace(state="done") for one in crowded[:-1]]
    (last,) = collisions.find(plans(crowded[-1:], E1, E2, sent=sent, **known))
    assert (last.kind, last.number) == (OFTEN, 8)
    (less, *_more) = collisions.find(plans(crowded, E1, E2, a_week=4, **known))
    assert (less.kind, less.day.day, less.number) == (OFTEN, 5, 6)
    reminder = step(22, 1, at(9), "sms", offset=-1)  # of what they signed up for: counts only
    assert not collisions.find(plans([*crowded[:-1], reminder], E1, E2, **known))


def test_a_shift_takes_along_what_it_would_overtake_and_stays_before_the_event() -> None:
    mails = [step(1, 1, at(10), "edm"), step(2, 2, at(10, 15), "edm")]
    follows = step(3, 2, at(10, 16))
    (one,) = collisions.find(plans([*mails, follows], E1, E2))
    assert [[(line.id, to) for line, to in shift.moves] for shift in one.shifts] == [
        [(1, at(11))],
        [(2, at(11, 15)), (3, at(11, 16))],
    ]
    last = [step(1, 1, at(24, 9), "edm"), step(2, 2, at(24, 9, 30), "edm")]
    for found in collisions.find(plans(last, E1, E2)):
        for shift in found.shifts:
            assert shift.to < (E1 if shift.step.event_id == 1 else E2).starts_at


def test_a_full_day_is_no_way_out() -> None:
    mails = [step(1, 1, at(10), "edm"), step(2, 2, at(10, 15), "edm")]
    full = [step(10 + n, 3, at(11, 9 + n)) for n in range(6)]
    (one,) = collisions.find(plans([*mails, *full], E1, E2, E3))
    assert {shift.to.astimezone(ZONE).date() for shift in one.shifts} == {date(2026, 11, 12)}


SPOTS = st.tuples(
    st.integers(1, 3),
    st.integers(3, 23),
    st.integers(9, 17),
    st.sampled_from(["edm", "sms", "moments", "groups", "phone", ""]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(SPOTS, min_size=2, max_size=14))
def test_a_shift_keeps_order_and_solves_what_it_is_offered_for(spots: list[Any]) -> None:
    steps = [step(n, e, at(d, h), c) for n, (e, d, h, c) in enumerate(spots, 1)]
    before = plans(steps, E1, E2, E3)
    for one in collisions.find(before):
        for shift in one.shifts:
            moved = {line.id: to for line, to in shift.moves}
            after = [s._replace(due_at=moved.get(s.id, s.due_at)) for s in before.steps]
            for event_id in (1, 2, 3):
                own = [s for s in before.steps if s.event_id == event_id]
                then = {s.id: s.due_at for s in after}
                for first, second in pairwise(own):
                    assert then[first.id] <= then[second.id] or first.due_at == second.due_at
            assert MAINLAND.is_workday(shift.to.astimezone(ZONE).date())
            assert shift.to > NOW
            left = collisions.find(plans(after, E1, E2, E3))
            assert not any(
                (shift.step.id in {s.id for s in other.steps})
                for other in left
                if (other.kind, other.day) == (one.kind, one.day)
            )
            assert timedelta(0) < abs(shift.to - shift.step.due_at) <= timedelta(days=14)


def test_promotion_between_the_stops_of_a_road_show_is_in_nobodys_way() -> None:
    show = E1._replace(ends_at=at(28, 17))
    stops = [Stop(1, 1, "杭州", at(24), at(24, 17)), Stop(2, 1, "宁波", at(28), at(28, 17))]
    posts = [step(1, 2, at(25), "moments"), step(2, 2, at(24), "groups")]
    found = collisions.find(plans(posts, show, E2, stops=stops))
    assert kinds(found) == [(OTHER_EVENT, 24)]


def test_what_is_held_on_a_holiday_or_a_day_off_of_its_region_collides_with_that() -> None:
    new_year = E1._replace(
        starts_at=datetime(2027, 1, 1, 6, tzinfo=UTC), ends_at=datetime(2027, 1, 1, 9, tzinfo=UTC)
    )
    (one,) = collisions.find(plans([], new_year))
    assert (one.kind, one.day, one.events, one.shifts) == (HELD_OFF, date(2027, 1, 1), {1}, ())
    xinjiang = Region("新疆", ("新疆",), frozenset([date(2026, 11, 25)]))
    stops = [Stop(7, 1, "杭州", at(25), at(25, 17)), Stop(8, 1, "喀什", at(25), at(25, 17))]
    there = plans([], E1, stops=stops, regions=lambda _event, stop: [xinjiang] if stop == 8 else [])
    (one,) = collisions.find(there)
    assert one.off is not None
    assert one.off.stop == stops[1]
    assert str(one.off.what) == "day off in 新疆"
    saturday = E1._replace(starts_at=at(28), ends_at=at(28, 17))  # many are held on a weekend
    assert not collisions.find(plans([], saturday))
