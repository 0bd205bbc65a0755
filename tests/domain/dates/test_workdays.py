"""Which days are worked: the published calendar, the operator's days above it, the unknown."""

from __future__ import annotations

from datetime import date

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.dates import workdays
from opslog.domain.dates.workdays import MAINLAND, Workdays, read_overlay


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),  # the last of its week
        (date(2026, 10, 10), True),  # a Saturday worked in exchange
        (date(2025, 10, 8), False),  # Mid-Autumn, National Day week of 2025
        (date(2025, 9, 28), True),  # a Sunday worked in exchange
        (date(2026, 2, 17), False),  # Spring Festival
    ],
)
def test_published_calendar(day: date, worked: bool) -> None:
    assert workdays.is_workday(day) is worked


def test_next_and_previous_cross_national_day_week() -> None:
    assert workdays.previous_workday(date(2026, 10, 5)) == date(2026, 9, 30)
    assert workdays.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert workdays.next_workday(date(2026, 10, 9)) == date(2026, 10, 10)


def test_a_year_nobody_has_published_is_known_to_be_unknown() -> None:
    assert workdays.published(2026)
    assert not workdays.published(2027)
    assert not workdays.is_workday(date(2027, 1, 2))  # a Saturday: the weekend rule
    assert workdays.is_workday(date(2027, 10, 4))  # a Monday; nothing is guessed


@pytest.mark.parametrize("year", range(2027, 2046))
def test_what_is_a_holiday_on_the_same_date_every_year_needs_no_publishing(year: int) -> None:
    for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
        assert not workdays.is_workday(date(year, month, day))
    assert workdays.previous_workday(date(year, 10, 4)) < date(year, 10, 1)
    assert workdays.next_workday(date(year, 4, 30)) > date(year, 5, 2)


def test_what_was_published_or_said_by_the_operator_stands_above_the_rule() -> None:
    assert workdays.is_workday(date(2012, 5, 2))  # not yet a holiday then
    own = read_overlay("workdays = [2027-10-01]\nyears = [2028]\n", "workdays.toml")
    assert own.is_workday(date(2027, 10, 1))
    assert not own.is_workday(date(2028, 5, 2))  # a Tuesday: vouched for, but not as worked


def test_the_operators_days_lie_above_the_published_ones() -> None:
    own = read_overlay(
        "holidays = [2026-11-24]\nworkdays = [2026-11-28, 2026-10-02]\n", "workdays.toml"
    )
    assert not own.is_workday(date(2026, 11, 24))
    assert own.is_workday(date(2026, 11, 28))
    assert own.is_workday(date(2026, 10, 2))
    assert own.next(date(2026, 11, 23)) == date(2026, 11, 25)
    assert MAINLAND.is_workday(date(2026, 11, 24))


def test_a_year_the_operator_vouches_for_is_published() -> None:
    own = read_overlay("years = [2027]\nholidays = [2027-10-01]\n", "workdays.toml")
    assert own.published(2027)
    assert not own.published(2028)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("holidays = [\n2026-11-24\n", "workdays.toml, line 2"),
        ("years = [2027]\nholidays = ['24.11.2026']\n", "workdays.toml, line 2"),
        ("\nholiday = []\n", "line 2: “holiday” is not known here"),
        ("holidays = [2026-11-24]\nworkdays = [2026-11-24]\n", "line 2, “workdays”: 2026-11-24 is"),
        ("holidays = [2026-11-24T10:00:00]\n", "line 1: “holidays” must be a list of dates"),
        ("years = [true]\n", "line 1: “years” must be a list of numbers"),
    ],
)
def test_a_broken_overlay_names_file_and_line(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_overlay(text, "workdays.toml")
    assert said in str(refused.value)


def test_a_year_without_any_working_day_is_refused_not_searched_for_ever() -> None:
    from datetime import timedelta

    start = date(2026, 1, 1)
    closed = Workdays(holidays=frozenset(start + timedelta(n) for n in range(900)))
    with pytest.raises(Refused, match="no working day"):
        closed.next(start)


def test_days_off_may_stand_in_quotes() -> None:
    read = read_overlay('holidays = ["2026-11-24", 2026-11-25]', "workdays.toml")
    assert not read.is_workday(date(2026, 11, 24))
    assert not read.is_workday(date(2026, 11, 25))


def test_of_a_year_nobody_knows_the_days_that_the_law_keeps_free_are_free() -> None:
    import chinese_calendar

    from opslog.domain.dates.holidays import moving

    for year in range(2020, 2027):  # as the notices of these years had them
        for day in sorted(moving(year))[year < 2025 :]:  # the eve is one by law since 2025
            off, said = chinese_calendar.get_holiday_detail(day)
            assert off, day
            assert said, day
    year = next(year for year in range(2026, 2100) if not MAINLAND.published(year))
    free = moving(year)
    assert len(free) == 7
    assert all(not MAINLAND.is_workday(day) for day in free)
    assert all(MAINLAND.holiday(day) == name for day, name in free.items())
