"""Days of the calendar: which exist, what they are called, month arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from opslog.locale import N_, Msg, msg

FIRST_YEAR, LAST_YEAR = 1970, 2199


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` on; the month's last where it has no such day."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def calendar_day(year: int, month: int, day: int) -> date | Msg:
    """The day, or what is wrong with it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return msg(N_("the year {year} is out of reach"), year=year)
    if not 1 <= month <= 12:
        return msg(N_("there is no month {month}"), month=month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        if (month, day) == (2, 29):
            return msg(N_("{year} has no 29 February"), year=year)
        return msg(
            N_("there is no day {day} in {month}, it has {last}"),
            day=day, month=month_name(month), last=last,
        )  # fmt: skip
    return date(year, month, day)


def month_name(month: int) -> Msg:
    """The long name of a month, January 1."""
    names = [
        N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
        N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
    ]  # fmt: skip
    return msg(names[month - 1])


def weekday_name(weekday: int) -> Msg:
    """The long name of a weekday, Monday 0."""
    names = [
        N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
        N_("Saturday"), N_("Sunday"),
    ]  # fmt: skip
    return msg(names[weekday])
