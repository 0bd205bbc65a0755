"""A plan by weeks, and how far behind its day a step is."""

from __future__ import annotations

from datetime import date

from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events.events import DONE, MISSED
from opslog.domain.events.plans.step_reasons import short_reason
from opslog.domain.events.weeks import by_weeks, days_behind
from tests.domain.events.test_planning import ZONE, at, salon


def test_every_step_stands_in_the_week_of_its_day_and_the_event_has_one() -> None:
    lines = list(salon("2026-12-05T14:00", "2026-11-23T09:00").values())
    weeks = by_weeks(lines, at("2026-12-05T14:00"), ZONE)
    assert [week.monday for week in weeks[:2]] == [date(2026, 11, 23), date(2026, 11, 30)]
    assert sum(len(week.lines) for week in weeks) == len(lines)
    for week in weeks:
        days = [(line.due_at.astimezone(ZONE).date() - week.monday).days for line in week.lines]
        assert days == sorted(days)
        assert all(0 <= n < 7 for n in days)
    (alone,) = by_weeks([], at("2026-12-06T23:59"), ZONE)  # a Sunday
    assert (alone.monday, alone.lines, alone.over) == (date(2026, 11, 30), (), ())


def test_what_is_over_is_done_or_missed() -> None:
    first, second, third = list(salon("2026-12-05T14:00", "2026-11-23T09:00").values())[:3]
    lines = [first._replace(state=DONE), second._replace(state=MISSED), third]
    (week, *_rest) = by_weeks(lines, at("2026-12-05T14:00"), ZONE)
    assert (len(week.done), week.missed, len(week.over)) == (1, 1, 2)


def test_a_step_is_as_late_as_the_days_since_its_own() -> None:
    step = salon("2026-12-05T14:00", "2026-11-20T09:00")["theme"]  # a Sunday: due on Friday
    assert days_behind(step, date(2026, 11, 20), ZONE) == 0
    assert days_behind(step, date(2026, 11, 23), ZONE) == 3
    done = step._replace(state=DONE, done_at=at("2026-11-21T09:00"))
    assert days_behind(done, date(2026, 11, 23), ZONE) == 1
    assert days_behind(step._replace(state=MISSED), date(2026, 11, 23), ZONE) == 0


def test_a_few_words_say_where_a_step_was_to_be() -> None:
    steps = salon("2026-12-05T14:00", "2026-11-23T09:00")
    assert (
        str(short_reason(steps["promo-1-moments"], ZONE, MAINLAND))
        == "planned Sat 11-28, a day off"
    )
    assert str(short_reason(steps["theme"], ZONE, MAINLAND)) == "planned Fri 11-20"
    assert str(short_reason(steps["reminder-call-day"], ZONE, MAINLAND)) == "a day off; it stays"
    assert short_reason(steps["posters"], ZONE, MAINLAND) is None
