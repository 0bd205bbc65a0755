"""Which days a report is of, and what it is held against."""

from __future__ import annotations

from datetime import date

from opslog import locale
from opslog.domain.reports.stretches import DAY, MONTH, SPAN, WEEK, Stretch, of, span

FRIDAY = date(2026, 11, 27)


def days(stretch: Stretch) -> tuple[str, str]:
    return f"{stretch.first:%m-%d}", f"{stretch.last:%m-%d}"


def test_a_week_begins_on_its_monday_and_a_month_ends_on_its_last_day() -> None:
    assert days(of(WEEK, FRIDAY)) == ("11-23", "11-29")
    assert days(of(MONTH, date(2028, 2, 10))) == ("02-01", "02-29")


def test_before_and_after() -> None:
    assert days(of(DAY, FRIDAY).beside(1)) == ("11-28", "11-28")
    assert days(of(WEEK, FRIDAY).beside(-1)) == ("11-16", "11-22")
    assert days(of(MONTH, date(2026, 1, 31)).beside(1)) == ("02-01", "02-28")
    assert days(Stretch(SPAN, date(2026, 11, 2), date(2026, 11, 4)).beside(1)) == ("11-05", "11-07")


def test_what_still_runs_is_held_against_the_same_part_of_the_one_before() -> None:
    assert days(of(DAY, FRIDAY).compared(FRIDAY)) == ("11-20", "11-20")
    assert days(of(WEEK, FRIDAY).compared(FRIDAY)) == ("11-16", "11-20")
    assert days(of(WEEK, FRIDAY).compared(date(2026, 12, 9))) == ("11-16", "11-22")
    assert days(of(MONTH, FRIDAY).compared(FRIDAY)) == ("10-01", "10-27")
    march = of(MONTH, date(2027, 3, 31))
    assert days(march.compared(date(2027, 3, 31))) == ("02-01", "02-28")
    assert days(march.compared(date(2027, 5, 1))) == ("02-01", "02-28")


def test_a_part_of_a_month_is_not_called_the_month() -> None:
    assert str(of(MONTH, FRIDAY).compared(FRIDAY).title(FRIDAY)) == "10-01 to 10-27"
    assert str(of(MONTH, FRIDAY).beside(-1).title(FRIDAY)) == "October 2026"


def test_days_that_are_a_month_are_called_so() -> None:
    locale.set_language("zh_CN")
    assert str(span(date(2026, 11, 1), date(2026, 11, 30)).heading(FRIDAY)) == "2026年11月 运营月报"
    assert str(span(FRIDAY, FRIDAY).heading(FRIDAY)) == "11-27 周五 运营日报"
    assert str(span(date(2026, 11, 2), FRIDAY).heading(FRIDAY)) == "11-02 至 11-27 运营报告"
