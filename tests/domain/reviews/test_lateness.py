"""How late steps were done: working days, by the day the plan wanted, and what that proposes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.dates.workdays import MAINLAND, is_workday
from opslog.domain.events.events import DONE
from opslog.domain.reviews.acts import lateness
from opslog.domain.reviews.acts.lateness import (
    Lateness,
    StepKept,
    calendar_days,
    over_events,
    working_days,
)
from tests.domain.events.test_planning import ZONE, day, salon

DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))


@given(DAYS, st.integers(-10, 40))
@settings(max_examples=25)
def test_each_working_day_that_passes_is_one_late(wanted: date, passed: int) -> None:
    done = wanted + timedelta(days=passed)
    late = working_days(wanted, done, MAINLAND)
    assert working_days(wanted, done + timedelta(days=1), MAINLAND) == late + (
        passed >= 0 and is_workday(done + timedelta(days=1))
    )
    assert late >= 0
    assert bool(late) <= (passed > 0)


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(0, 4))
@settings(max_examples=25)
def test_what_is_proposed_would_have_been_early_enough_for_most(
    late: list[int], never: int
) -> None:
    kept = [StepKept("a", -10, days) for days in late] + [StepKept("a", -10, None)] * never
    found = over_events([*kept, StepKept("b", -3, 9)], "a", -10)
    assert found == Lateness(len(late) + never, tuple(days for days in late if days), never)
    mostly = len(found.late) >= 3 and len(found.late) >= 0.6 * found.of
    assert bool(found.days) == mostly
    if mostly:
        in_time = sum(days <= found.days for days in found.late)
        assert in_time * 2 >= len(found.late)
    # Once the plan is so much earlier there is nothing left to propose.
    earlier = over_events(kept, "a", -10 - calendar_days(found.days))
    assert earlier.late == tuple(days - found.days for days in late if days > found.days)


def test_a_full_week_of_working_days_has_a_weekend() -> None:
    assert [calendar_days(days) for days in (1, 4, 5, 9, 10)] == [1, 4, 7, 11, 14]


def test_a_step_wanted_on_the_day_its_event_was_entered_counts_and_one_of_before_does_not() -> None:
    lines = [
        line._replace(state=DONE, done_at=line.due_at)
        for line in salon("2026-12-09T14:00", "2026-11-01T10:00").values()
    ]
    wanted = day(next(line for line in lines if line.key == "promo-1-edm").due_at)
    on_it, behind = (
        {one.key for one in lateness.kept(lines, entered, MAINLAND, ZONE)}
        for entered in (wanted, wanted + timedelta(days=1))
    )
    assert "promo-1-edm" in on_it
    assert "promo-1-edm" not in behind
