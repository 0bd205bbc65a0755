"""What stands on which day of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from opslog.domain.dates.workdays import MAINLAND, Workdays
from opslog.domain.events import calendar_days
from opslog.domain.events.events import DONE, DROPPED, FLOATING, EventRow, PlanLine
from opslog.domain.events.plans.planning import line_by_hand
from opslog.domain.events.stops import DROPPED as CALLED_OFF
from opslog.domain.events.stops import Stop

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE).astimezone(UTC)


def event(starts: datetime, ends: datetime, id: int = 1) -> EventRow:
    return EventRow(
        id, "沙龙", "salon", "own", "form", "all", starts, ends, "", "", None, 0, 0, 0, 0
    )


def step(day: str, state: str = FLOATING, clock: str = "10:00") -> PlanLine:
    from opslog.domain.events.plans.planning import Present, Span

    when = at(day, clock)
    present = Present(when, MAINLAND, ZONE)
    return line_by_hand("x", when, Span(when, when), present)._replace(state=state)


def days(first: str, number: int, *, events=(), steps=(), workdays: Workdays = MAINLAND, stops=()):  # type: ignore[no-untyped-def]  # rows of three kinds
    begins = date.fromisoformat(first)
    return calendar_days.days(begins, number, events, steps, workdays, ZONE, stops)


def test_holidays_weekends_and_make_up_days_are_told_apart() -> None:
    october = {one.day.day: one for one in days("2026-10-01", 11)}
    assert str(october[1].holiday) == "National Day"
    assert october[1].off
    assert not october[10].off
    assert october[10].made_up
    assert october[11].off
    assert october[11].holiday is None


def test_of_a_year_nobody_knows_the_fixed_holidays_are_named() -> None:
    shown = days("2031-09-30", 3)
    assert [str(one.holiday or "") for one in shown] == ["", "National Day", "National Day"]
    assert calendar_days.unpublished(shown, MAINLAND) == [2031]
    own = Workdays(holidays=frozenset([date(2026, 11, 20)]))
    assert str(days("2026-11-20", 1, workdays=own)[0].holiday) == "day off"


def test_an_event_of_several_days_stands_on_each_and_one_till_midnight_on_its_own() -> None:
    three = event(at("2026-11-05"), at("2026-11-07"))
    late = event(at("2026-11-06", "22:00"), at("2026-11-07", "00:00"), 2)
    shown = days("2026-11-06", 3, events=[late, three])
    assert [[one.id for one in day.events] for day in shown] == [[1, 2], [1], []]


def test_a_day_counts_its_steps_by_how_they_stand() -> None:
    steps = [
        step("2026-11-05", DONE),
        step("2026-11-05"),
        step("2026-11-05", DROPPED),
        step("2026-11-06", clock="23:59"),
    ]
    before, day = days("2026-11-05", 2, steps=steps)
    assert before.counts(date(2026, 11, 6)) == (1, 0, 1, 0)
    assert day.counts(date(2026, 11, 6)) == (0, 1, 0, 0)


def test_a_page_of_a_month_holds_whole_weeks() -> None:
    assert calendar_days.month_span(date(2026, 11, 26)) == (date(2026, 10, 26), 42)
    assert calendar_days.month_span(date(2027, 2, 14)) == (date(2027, 2, 1), 28)
    for month in range(1, 13):
        first, number = calendar_days.month_span(date(2028, month, 29))
        assert first.weekday() == 0
        assert number % 7 == 0
        assert first + timedelta(number) > date(2028, month, 29)
    assert calendar_days.months_away(date(2027, 1, 31), 1) == date(2027, 2, 28)


def test_a_road_show_stands_on_the_days_of_its_stops_alone() -> None:
    show = event(at("2026-11-05"), at("2026-11-10"))
    stops = [
        Stop(2, 1, "宁波", at("2026-11-09"), at("2026-11-10")),
        Stop(1, 1, "杭州", at("2026-11-05"), at("2026-11-06", "00:00")),
        Stop(3, 1, "济南", at("2026-11-07"), at("2026-11-07"), state=CALLED_OFF),
    ]
    shown = days("2026-11-04", 7, events=[show], stops=stops)
    places = {day.day.day: [one.place for one in day.stops] for day in shown if day.events}
    assert places == {5: ["杭州"], 9: ["宁波"], 10: ["宁波"]}
    assert [one.place for one in shown[1].stops_of(1) if one] == ["杭州"]
    assert shown[1].stops_of(2) == [None]
