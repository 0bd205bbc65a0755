"""When the steps of a programme go: on working days, in order, one a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from opslog.domain.dates.workdays import MAINLAND, Workdays
from opslog.domain.programmes import schedule
from opslog.domain.programmes.programme import Step
from opslog.domain.programmes.schedule import plan, start_for, wanted

FIRST = date(2025, 1, 1)


def steps(*days: int, months: tuple[int, ...] = ()) -> list[Step]:
    found = [Step(f"day-{day}", day, "", "") for day in days]
    return [*found, *(Step(f"month-{n}", 30 * n, "", "", months=n) for n in months)]


def planned(start: date, *days: int, months: tuple[int, ...] = ()) -> list[str]:
    return [
        f"{one.on:%m-%d}" for one in plan(steps(*days, months=months), start, MAINLAND.is_workday)
    ]


def test_a_weekend_becomes_the_monday_behind_it() -> None:
    assert planned(date(2026, 11, 26), 1, 2, 3, 7) == ["11-26", "11-27", "11-30", "12-02"]


def test_national_day_neither_heaps_up_nor_puts_off_all_that_comes() -> None:
    found = planned(date(2025, 9, 30), 1, 2, 3, 7, 14, 28)
    assert found == ["09-30", "10-09", "10-10", "10-13", "10-16", "10-27"]


def test_the_31st_becomes_the_last_day_of_a_month() -> None:
    assert planned(date(2025, 12, 31), months=(1, 2, 3)) == ["02-02", "02-28", "03-31"]


def test_an_unpublished_year_keeps_what_is_the_same_every_year() -> None:
    assert not MAINLAND.published(2035)
    assert planned(date(2035, 9, 28), 1, 4) == ["09-28", "10-04"]


@settings(max_examples=25)
@given(
    st.integers(0, 800),
    st.lists(st.integers(1, 120), min_size=1, max_size=12, unique=True).map(sorted),
    st.frozensets(st.integers(0, 1200), max_size=200),
)
def test_never_two_on_a_day_never_out_of_order_never_before_it_is_wanted(
    start: int, days: list[int], off: frozenset[int]
) -> None:
    closed = Workdays(holidays=frozenset(FIRST + timedelta(days=day) for day in off))
    begin = FIRST + timedelta(days=start)
    found = plan(steps(*days), begin, closed.is_workday)
    on = [one.on for one in found]
    assert on == sorted(set(on))
    assert all(closed.is_workday(day) for day in on)
    assert all(one.on >= wanted(one.step, begin) for one in found)


@settings(max_examples=25)
@example(date(2025, 3, 29), 1)  # no day of that February lies a month before it
@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 12))
def test_whoever_enters_at_a_step_has_it_on_that_day(day: date, months: int) -> None:
    late = Step("x", 30 * months, "", "", months=months)
    off = (wanted(late, start_for(late, day)) - day).days
    assert off == 0 or (day.day > 28 and 0 < off <= 3)
    early = Step("y", months, "", "")
    assert wanted(early, start_for(early, day)) == day


def test_a_step_is_due_until_the_day_of_the_next_one() -> None:
    found = plan(steps(1, 2, 7), date(2026, 11, 23), MAINLAND.is_workday)
    at = [schedule.place(found, "day-1", date(2026, 11, day)) for day in (23, 24, 27, 30)]
    assert [(one.number, one.missed) for one in at if one] == [
        *((0, ()), (1, (0,)), (1, (0,))),
        (2, (0, 1)),
    ]
    assert schedule.place(found, "day-99", date(2026, 11, 23)) is None


def test_what_comes_behind_a_step_comes_another_day() -> None:
    """Also where its own day is past, as of somebody whose place is not known any more."""
    found = plan(steps(1, 2, 7), date(2026, 11, 23), MAINLAND.is_workday)
    on = [
        one.on.isoformat()
        for day in (23, 24, 27)
        if (one := schedule.following(found, 0, date(2026, 11, day), MAINLAND.is_workday))
    ]
    assert on == ["2026-11-24", "2026-11-25", "2026-11-30"]
    assert schedule.following(found, 2, date(2026, 11, 30), MAINLAND.is_workday) is None
