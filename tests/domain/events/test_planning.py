"""Planning backwards: the working-day rule, late starts, moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import opslog
from opslog.domain.dates import workdays
from opslog.domain.dates.workdays import MAINLAND, Workdays
from opslog.domain.events.events import (
    DAYOFF,
    DONE,
    DROPPED,
    FLOATING,
    HAND,
    LATE,
    MISSED,
    PINNED,
    PUSHED,
    STAYS,
    UNPUBLISHED,
    PlanLine,
)
from opslog.domain.events.kinds import AUDIENCES, HOSTS, KINDS, LISTS, Traits, kind_named
from opslog.domain.events.plans.planning import Present, Span, line_by_hand, plan, working_day
from opslog.domain.events.plans.playbooks import read_playbook
from opslog.domain.events.plans.replanning import rederive, replan
from opslog.domain.events.plans.step_reasons import (
    explain,
    original_day,
    short_reason,
    unpublished_years,
)

ZONE = ZoneInfo("Asia/Shanghai")
FOLDER = Path(opslog.__file__).parent / "shipped" / "playbooks"
BOOKS = {
    kind: read_playbook((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"), kind, kind)
    for kind in KINDS
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def span(text: str, hours: int = 2) -> Span:
    return Span(at(text), at(text) + timedelta(hours=hours))


def present(text: str, workdays: Workdays = MAINLAND) -> Present:
    return Present(at(text), workdays, ZONE)


def day(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


def salon(on: str, now: str, **traits: str) -> dict[str, PlanLine]:
    lines = plan(BOOKS["salon"], Traits(**traits), span(on), present(now))
    return {line.key: line for line in lines}


def test_a_step_before_the_event_moves_to_the_working_day_before() -> None:
    steps = salon("2026-12-05T14:00", "2026-11-01T09:00")
    moments = steps["promo-1-moments"]  # seven days before: Saturday 28 November
    assert day(moments.due_at) == date(2026, 11, 27)
    assert moments.planned_at is not None
    assert day(moments.planned_at) == date(2026, 11, 28)
    assert moments.why == (DAYOFF,)
    assert (
        str(explain(moments, ZONE, MAINLAND))
        == "Sat 11-28 is a day off: the working day before, 11-27"
    )


def test_nobody_promotes_during_national_day_week() -> None:
    steps = salon("2026-10-12T14:00", "2026-08-01T09:00")
    assert day(steps["promo-1-moments"].due_at) == date(2026, 9, 30)
    # Saturday 10 October is worked in exchange: the step stays on it.
    three_before = salon("2026-10-13T14:00", "2026-08-01T09:00")["promo-2-moments"]
    assert day(three_before.due_at) == date(2026, 10, 10)
    assert three_before.why == ()


def test_a_step_after_the_event_moves_to_the_working_day_after() -> None:
    steps = salon("2026-12-05T14:00", "2026-11-01T09:00")
    assert day(steps["tidy"].due_at) == date(2026, 12, 7)
    assert (
        str(explain(steps["tidy"], ZONE, MAINLAND))
        == "Sun 12-06 is a day off: the working day after, 12-07"
    )


def test_a_step_of_the_day_stays_and_says_so() -> None:
    call = salon("2026-12-05T14:00", "2026-11-01T09:00")["reminder-call-day"]
    assert call.due_at == at("2026-12-05T09:00")
    assert call.why == (STAYS,)
    assert "stays" in str(explain(call, ZONE, MAINLAND))


def test_reminder_call_before_a_monday_is_on_friday() -> None:
    call = salon("2026-12-07T14:00", "2026-11-01T09:00")["reminder-call-1"]
    assert day(call.due_at) == date(2026, 12, 4)


def test_of_two_working_days_as_near_the_one_before_is_taken() -> None:
    wednesday_off = Workdays(holidays=frozenset({date(2026, 12, 9)}))
    for phase in ("before", "after"):
        found = working_day(phase, date(2026, 12, 9), wednesday_off, "nearest")
        assert found == (date(2026, 12, 8), [DAYOFF])


def test_a_late_start_is_due_today_with_its_first_date_kept() -> None:
    steps = salon("2026-11-27T14:00", "2026-11-23T09:00")  # four days left
    first = steps["promo-1-moments"]
    assert first.state == FLOATING
    assert first.due_at == at("2026-11-24T11:30")  # Monday goes to what comes before
    assert first.planned_at == at("2026-11-20T11:30")
    assert LATE in first.why
    assert (
        str(explain(first, ZONE, MAINLAND))
        == "was due Fri 11-20, still possible: due Tue 11-24 instead"
    )


def test_a_late_start_on_the_day_off_a_step_was_moved_from() -> None:
    lines = plan(BOOKS["webinar"], Traits(), span("2024-01-01T00:00"), present("2023-12-31T00:00"))
    groups = next(line for line in lines if line.key == "remind-1-groups")
    assert day(groups.due_at) == date(2023, 12, 31)  # a Sunday: the day before, and today
    assert groups.planned_at == at("2023-12-29T16:00")
    assert groups.why == (DAYOFF, LATE)


def test_what_is_no_longer_possible_is_missed_and_still_there() -> None:
    steps = salon("2026-11-25T14:00", "2026-11-23T09:00")  # two days left: round 1 is over
    assert steps["promo-1-sem"].state == MISSED
    assert str(explain(steps["promo-1-sem"], ZONE, MAINLAND)) == ("was possible until Sun 11-22")
    assert steps["promo-1-moments"].state == DROPPED  # the second round stands for it
    assert steps["promo-2-moments"].state == FLOATING
    assert day(steps["promo-2-moments"].due_at) == date(2026, 11, 24)
    assert set(steps) == set(salon("2026-12-25T14:00", "2026-11-01T09:00"))


def test_an_event_long_over_has_every_step_missed() -> None:
    for kind in KINDS:
        if kind == "materials":  # its last follow-up is a year after
            continue
        lines = plan(BOOKS[kind], Traits(), span("2026-03-04T14:00"), present("2026-11-23T09:00"))
        assert {line.state for line in lines} == {MISSED}


def test_an_event_held_last_week_leaves_its_list_to_be_worked() -> None:
    steps = salon("2026-11-18T14:00", "2026-11-23T09:00")
    assert steps["promo-2-moments"].state == MISSED
    assert steps["reminder-call-day"].state == MISSED
    assert steps["tidy"].state == FLOATING
    assert day(steps["tidy"].due_at) == date(2026, 11, 23)


def test_a_year_not_published_is_said_on_each_of_its_steps() -> None:
    steps = salon("2027-03-10T14:00", "2026-11-23T09:00")
    assert all(UNPUBLISHED in step.why for step in steps.values())
    assert "2027 are not published yet" in str(explain(steps["tidy"], ZONE, MAINLAND))
    assert unpublished_years(steps.values(), ZONE) == [2027]
    over_new_year = salon("2026-12-29T14:00", "2026-11-23T09:00")
    assert UNPUBLISHED not in over_new_year["promo-1-moments"].why
    assert UNPUBLISHED in over_new_year["review"].why


def test_the_operators_own_holiday_moves_a_step() -> None:
    closed = Workdays(holidays=frozenset({date(2026, 12, 3)}))
    lines = plan(
        BOOKS["salon"], Traits(), span("2026-12-10T14:00"), present("2026-11-01T09:00", closed)
    )
    moments = next(line for line in lines if line.key == "promo-1-moments")
    assert day(moments.due_at) == date(2026, 12, 2)


def test_a_step_of_the_day_is_never_after_it_stops_being_possible() -> None:
    steps = salon("2026-12-02T08:00", "2026-11-01T09:00")
    assert steps["reminder-call-day"].due_at == at("2026-12-02T08:00")
    live = {
        line.key: line
        for line in plan(
            BOOKS["webinar"], Traits(), span("2026-12-02T20:00"), present("2026-11-01T09:00")
        )
    }["live"]
    assert live.due_at == at("2026-12-02T20:00")  # its clock is the anchor's own


def test_a_step_after_the_event_is_never_before_its_end() -> None:
    own = read_playbook(
        '[[step]]\nid = "a"\nzh = "甲"\nen = "A"\nphase = "after"\nclock = "08:00"\n', "x", "salon"
    )
    (line,) = plan(own, Traits(), span("2026-12-02T14:00"), present("2026-11-01T09:00"))
    assert line.due_at == at("2026-12-02T16:00")


def test_follow_ups_of_materials_fall_on_working_days_months_later() -> None:
    lines = plan(
        BOOKS["materials"], Traits(), span("2026-01-31T10:00"), present("2026-01-05T09:00")
    )
    dates = {line.key: day(line.due_at) for line in lines}
    assert dates["follow-3"] == date(2026, 4, 30)
    assert dates["follow-6"] == date(2026, 7, 31)


# -- moves --------------------------------------------------------------------------


def numbered(lines: list[PlanLine]) -> list[PlanLine]:
    return [line._replace(id=number) for number, line in enumerate(lines, 1)]


def test_only_what_is_open_moves() -> None:
    now, old, new = present("2026-11-23T09:00"), span("2026-12-10T14:00"), span("2026-12-16T14:00")
    lines = numbered(plan(BOOKS["salon"], Traits(), old, now))
    done = lines[0]._replace(state=DONE, done_at=now.now)
    pinned = lines[1]._replace(state=PINNED, why=(HAND,))
    moved = replan([done, pinned, *lines[2:]], old, new, now)
    assert [move.after.id for move in moved.done] == [done.id]
    assert [move.after.id for move in moved.pinned] == [pinned.id]
    assert all(move.after.due_at == move.before.due_at for move in (*moved.done, *moved.pinned))
    assert len(moved.shifted) + len(moved.unchanged) == len(lines) - 2
    shifted = {move.after.key: day(move.after.due_at) for move in moved.shifted}
    assert shifted["promo-1-moments"] == date(2026, 12, 9)


def test_a_missed_step_whose_new_date_lies_ahead_is_open_again() -> None:
    now, old, new = present("2026-11-23T09:00"), span("2026-11-24T14:00"), span("2026-12-09T14:00")
    lines = numbered(plan(BOOKS["salon"], Traits(), old, now))
    states = {line.key: line.state for line in lines}
    assert (states["promo-1-sem"], states["promo-1-moments"]) == (MISSED, DROPPED)
    moved = replan(lines, old, new, now, BOOKS["salon"].pace)
    after = {move.after.key: move.after for move in moved.shifted}
    for key in ("promo-1-sem", "promo-1-moments"):
        assert after[key].state == FLOATING
        assert day(after[key].due_at) == date(2026, 12, 2)


def test_moving_closer_makes_steps_missed_and_says_which() -> None:
    now, old, new = present("2026-11-23T09:00"), span("2026-12-05T14:00"), span("2026-11-24T14:00")
    lines = numbered(plan(BOOKS["salon"], Traits(), old, now))
    moved = replan(lines, old, new, now, BOOKS["salon"].pace)
    assert "promo-1-sem" in [move.after.key for move in moved.missed]


def test_another_plan_for_another_host_keeps_what_was_done() -> None:
    now, when = present("2026-11-23T09:00"), span("2026-12-16T14:00")
    lines = numbered(plan(BOOKS["salon"], Traits(), when, now))
    lines = [x._replace(state=DONE) if x.key == "form" else x for x in lines]
    made = rederive(lines, BOOKS["salon"], Traits(host="sponsored"), when, when, now)
    assert "interaction" in [line.key for line in made.removed]
    assert "form" in [move.after.key for move in made.done]
    assert "from-host" in [line.key for line in made.added]
    assert not made.shifted


def test_a_step_of_ones_own_floats_where_the_rules_agree_and_is_pinned_where_not() -> None:
    now, when = present("2026-11-23T09:00"), span("2026-12-10T14:00")
    friday = line_by_hand("订花", at("2026-12-04T10:00"), when, now)
    saturday = line_by_hand("订花", at("2026-12-05T10:00"), when, now)
    after = line_by_hand("寄样品", at("2026-12-14T10:00"), when, now)
    assert (friday.state, friday.offset, friday.phase) == (FLOATING, -6, "before")
    assert (saturday.state, saturday.due_at) == (PINNED, at("2026-12-05T10:00"))
    assert (after.phase, after.offset, after.anchor) == ("after", 4, "end")


# -- properties ---------------------------------------------------------------------

moments = st.datetimes(
    min_value=datetime(2024, 1, 1), max_value=datetime(2028, 12, 1), timezones=st.just(ZONE)
).map(lambda d: d.replace(second=0, microsecond=0).astimezone(UTC))
traits = st.builds(
    Traits, st.sampled_from(HOSTS), st.sampled_from(LISTS), st.sampled_from(AUDIENCES)
)
lasting = st.integers(min_value=15, max_value=60 * 24 * 3)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), traits, moments, lasting, st.integers(-400, 200))
@example("webinar", Traits("own", "form", "all"), datetime(2023, 12, 31, 16, tzinfo=UTC), 15, -2)
def test_plans_hold_their_promises(
    kind: str, which: Traits, start: datetime, minutes: int, days: int
) -> None:
    when = Span(start, start + timedelta(minutes=minutes))
    now = Present(start + timedelta(days=days), MAINLAND, ZONE)
    lines = plan(BOOKS[kind], which, when, now)
    assert {line.key for line in lines} == {s.key for s in BOOKS[kind].steps_for(which)}
    for line in lines:
        if line.phase == "before":
            assert line.due_at <= when.start
        if line.phase == "after":
            assert line.due_at >= when.anchor(line.anchor)
        if line.state == FLOATING:
            assert day(line.due_at) >= now.today
            assert line.closes_at is None or line.due_at <= line.closes_at or line.phase == "after"
        if LATE in line.why or PUSHED in line.why:
            assert line.planned_at is not None
            assert line.due_at != line.planned_at
        elif line.phase != "day" and line.state == FLOATING:
            assert MAINLAND.is_workday(day(line.due_at))
        assert line.state in (FLOATING, MISSED, DROPPED)
        if line.planned_at is not None and day(line.planned_at) != day(line.due_at):
            assert line.why


def test_a_late_start_on_a_day_off_waits_for_the_next_working_day_that_is_in_time() -> None:
    steps = salon("2031-10-11T14:00", "2031-10-01T09:00")  # nothing published; a Wednesday
    first = steps["fix-date"]
    assert day(first.due_at) == date(2031, 10, 6)
    assert first.why == (DAYOFF, UNPUBLISHED, LATE)
    steps = salon("2031-10-04T14:00", "2031-10-01T09:00")  # no working day is left
    late = [
        line
        for line in steps.values()
        if LATE in line.why and line.phase == "before" and line.state == FLOATING
    ]
    assert {day(line.due_at) for line in late} == {date(2031, 10, n) for n in (1, 2, 3)}
    assert all(line.planned_at is None or line.planned_at < line.due_at for line in late)


def test_what_was_moved_off_a_sunday_is_not_wanted_on_the_saturday_before() -> None:
    """Entered on a Saturday for Monday: Friday is past, so Monday before the event."""
    steps = salon("2026-11-30T14:00", "2026-11-28T10:00")
    sms = steps["remind-1-sms"]  # the day before, 16:30: later than the event on Monday
    assert (day(sms.due_at), day(sms.planned_at or sms.due_at)) == (
        date(2026, 11, 29),
        date(2026, 11, 27),
    )
    call = steps["reminder-call-1"]  # nobody is called at night, nor on a Sunday
    assert (day(call.due_at), call.state) == (date(2026, 11, 27), MISSED)
    assert str(explain(call, ZONE, MAINLAND)) == "there was no time left for it"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("clock", ["07:30", "14:00", "15:00", "19:00", "20:30"])
@pytest.mark.parametrize("now", ["10:00", "15:20", "20:49", "23:10"])
def test_whatever_is_late_is_done_at_an_hour_to_come_and_not_at_night(
    kind: str, clock: str, now: str
) -> None:
    """Entered on a Sunday for Monday or Tuesday, or on the eve."""
    for entered, on in (("29", "30"), ("29", "12-01"), ("30", "12-01")):
        begins = on if "-" in on else f"11-{on}"
        lines = plan(
            BOOKS[kind],
            Traits(kind=kind),
            span(f"2026-{begins}T{clock}"),
            seen := present(f"2026-11-{entered}T{now}"),
        )
        for line in lines:
            if line.state == FLOATING and LATE in line.why and line.phase == "before":
                local = line.due_at.astimezone(ZONE).time()
                assert time(7) <= local <= time(21), (line.key, local)
                assert line.due_at >= seen.now, line.key


def test_what_the_plan_said_is_a_working_day_wherever_a_step_went_since() -> None:
    """Moments is wanted on Saturday 28 November, so the plan says Friday."""
    first = salon("2026-12-05T14:00", "2026-11-01T09:00")["promo-1-moments"]
    by_hand = first._replace(due_at=at("2026-12-01T11:30"), why=(HAND,), state=PINNED)
    said = "date set by hand, the plan says Fri 11-27"
    assert str(explain(by_hand, ZONE, MAINLAND)) == said
    assert str(short_reason(by_hand, ZONE, MAINLAND)) == "planned Fri 11-27"
    late = by_hand._replace(why=(DAYOFF, LATE), state=FLOATING)
    assert original_day(late, ZONE, MAINLAND) == date(2026, 11, 27)
    assert "was due Fri 11-27, still possible" in str(explain(late, ZONE, MAINLAND))
    own = by_hand._replace(key="")  # of one of the operator's own it is the day that was chosen
    assert original_day(own, ZONE, MAINLAND) == date(2026, 11, 28)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(KINDS),
    traits,
    st.dates(date(2026, 1, 1), date(2045, 12, 31)),
    st.integers(0, 47),
    st.integers(0, 5),
)
def test_no_step_stands_on_a_holiday_of_every_year(
    kind: str, which: Traits, first: date, half_hours: int, days: int
) -> None:
    start = datetime.combine(first, time(), ZONE) + timedelta(minutes=30 * half_hours)
    when = Span(start, start + timedelta(days=days, hours=2))
    for line in plan(BOOKS[kind], which, when, Present(start - timedelta(90), MAINLAND, ZONE)):
        due = day(line.due_at)
        if line.phase != "day" and line.state == FLOATING and LATE not in line.why:
            assert (due.month, due.day) not in workdays.EVERY_YEAR
        if not workdays.published(due.year):
            assert UNPUBLISHED in line.why


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(KINDS), traits, moments, lasting, st.integers(-90, 20), st.integers(-60, 60))
def test_moving_there_and_back_restores_the_plan(
    kind: str, which: Traits, start: datetime, minutes: int, days: int, by: int
) -> None:
    old = Span(start, start + timedelta(minutes=minutes))
    new = Span(old.start + timedelta(days=by), old.end + timedelta(days=by))
    now = Present(start + timedelta(days=days), MAINLAND, ZONE)
    lines = numbered(plan(BOOKS[kind], which, old, now))
    pace = BOOKS[kind].pace
    there = replan(lines, old, new, now, pace)
    assert len(there.all) == len(lines)
    back = replan([move.after for move in there.all], new, old, now, pace)
    assert sorted((m.after for m in back.all), key=lambda line: line.id) == lines


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_is_worked_in_the_order_of_the_job(kind: str) -> None:
    for number in range(40):  # over National Day week and every weekday
        when = Span(at("2026-09-01T14:00"), at("2026-09-01T17:00"))
        when = Span(when.start + timedelta(days=number), when.end + timedelta(days=number))
        lines = {x.key: x for x in plan(BOOKS[kind], Traits(), when, present("2026-01-01T09:00"))}
        order = ["handover", "tidy", "callback-1", "round-1", "round-2", "callback-2", "analysis"]
        dates = [lines[key].due_at for key in order]
        assert dates == sorted(dates)
        promotion = [x for x in lines.values() if x.key.startswith(("promo-", "preview-"))]
        ready = [lines[key].due_at for key in ("tag", "form", "posters")]
        assert max(ready) <= min(line.due_at for line in promotion)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("上海 AI 沙龙", "salon"),
        ("直播行业白皮书", "materials"),
        ("线上线下融合大会", "conference"),
        ("AI Meetup Shanghai", "salon"),
        ("Autumn webinar, recorded", "recorded"),
        ("12 月直播", "webinar"),
        ("年终答谢", ""),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_named(name) == kind
