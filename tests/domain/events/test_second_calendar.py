"""The dates of plans against a second calendar: another library's holidays and make-up days, and
months counted by dateutil."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import holidays
from dateutil.relativedelta import relativedelta

from opslog.domain.dates import workdays
from opslog.domain.dates.holidays import moving
from opslog.domain.events.events import UNPUBLISHED
from opslog.domain.events.kinds import KINDS, Traits
from opslog.domain.events.plans.planning import Present, Span, plan
from opslog.domain.events.plans.playbooks import StepRule
from tests.domain.events.test_planning import BOOKS, ZONE, at, day

YEARS = range(2018, 2027)  # known to both
CHINA = holidays.country_holidays("CN", years=YEARS)
FAR = timedelta(days=400)


def works(on: date) -> bool:
    return on in CHINA.weekend_workdays or (on.weekday() < 5 and on not in CHINA)


def expected(rule: StepRule, start: datetime, end: datetime) -> date:
    anchor = (end if rule.anchor == "end" else start).astimezone(ZONE).date()
    found = anchor + relativedelta(months=rule.offset_months) + timedelta(days=rule.offset)
    way = {"before": -1, "after": 1, "day": 0}[rule.phase]
    while way and not works(found):
        found += timedelta(days=way)
    return found


def test_every_step_of_300_events_lies_where_another_calendar_puts_it() -> None:
    wrong = []
    first, last = date(2019, 1, 1), date(2026, 12, 31)
    for number in range(300):
        on = first + (last - first) * number / 299
        kind = KINDS[number % len(KINDS)]
        start = at(f"{on}T14:00")
        when = Span(start, start + timedelta(hours=3))
        rules = {rule.key: rule for rule in BOOKS[kind].steps_for(Traits())}
        for line in plan(
            BOOKS[kind], Traits(), when, Present(start - FAR, workdays.MAINLAND, ZONE)
        ):
            due, wanted = day(line.due_at), expected(rules[line.key], when.start, when.end)
            if wanted.year in YEARS and due != wanted:
                wrong.append((kind, on, line.key, due, wanted))
    assert not wrong


def test_the_first_year_nobody_knows_is_said_and_its_fixed_holidays_are_free() -> None:
    year = next(year for year in range(2026, 2100) if not workdays.published(year))
    for month in range(1, 13):
        start = at(f"{year}-{month:02}-12T14:00")
        when = Span(start, start + timedelta(hours=3))
        for line in plan(
            BOOKS["salon"], Traits(), when, Present(start - FAR, workdays.MAINLAND, ZONE)
        ):
            due = day(line.due_at)
            if due.year == year:
                assert UNPUBLISHED in line.why
                if line.phase != "day":
                    assert (due.month, due.day) not in workdays.EVERY_YEAR
                    assert due not in moving(year)
