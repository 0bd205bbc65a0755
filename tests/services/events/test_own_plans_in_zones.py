"""Plans of one's own where the clock stands in another zone, moves to one, or an organiser sits in
one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.events.events import DONE, MISSED
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import owners
from opslog.services.events import due, events, invitations
from opslog.services.events.plans import routines, schedule, steps
from tests.conftest import StandingClock
from tests.services.events.test_invitations import invitation

ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati")


def travels(book: Book, clock: StandingClock, zone: str, day: date, at: time) -> None:
    """The clock shows this time in that zone, from then on."""
    there = StandingClock(clock.instant, zone)
    there.move_to(there.at(day, at))
    book.clock = there


def weekly(book: Book, **fields: str) -> int:
    draft = routines.read_draft(book, {"playbook": "weekly_report", **fields})
    return routines.add(book, draft).made


def local(book: Book, routine_id: int) -> list[datetime]:
    zone = book.clock.zone
    return [x.due_at.astimezone(zone).replace(tzinfo=None) for x in routines.plan(book, routine_id)]


@pytest.mark.parametrize("zone", ZONES)
def test_a_turn_is_due_at_the_hour_of_its_zone_on_the_days_of_that(
    book: Book, clock: StandingClock, zone: str
) -> None:
    travels(book, clock, zone, date(2026, 11, 23), time(23, 30))
    made = weekly(book)
    assert local(book, made) == [datetime(2026, 11, 27, 15, 30)]
    for at, there in ((time(0, 30), False), (time(23, 30), False)):
        travels(book, clock, zone, date(2026, 11, 26), at)
        assert bool([x for x in due.due(book) if x.event == "Weekly report"]) is there
    travels(book, clock, zone, date(2026, 11, 27), time(0, 30))
    (item,) = [x for x in due.due(book) if x.event == "Weekly report"]
    steps.tick_step(book, item.ref)
    days = schedule.between(book, date(2026, 11, 23), 7).days
    assert [one.day.day for one in days if one.steps] == [27]
    travels(book, clock, zone, date(2026, 12, 4), time(0, 30))
    due.due(book)
    assert local(book, made)[-1] == datetime(2026, 12, 4, 15, 30)


def test_an_hour_that_the_summer_takes_or_gives_moves_no_turn(
    book: Book, clock: StandingClock
) -> None:
    """Berlin changes its clocks on 28 March and 31 October 2027."""
    travels(book, clock, "Europe/Berlin", date(2027, 3, 19), time(9))
    made = weekly(book)
    for day in (date(2027, 3, 26), date(2027, 4, 2), date(2027, 10, 29), date(2027, 11, 5)):
        travels(book, clock, "Europe/Berlin", day, time(9))
        due.due(book)
        newest = local(book, made)[-1]
        assert newest.time() == time(15, 30)
        assert timedelta() <= day - newest.date() <= timedelta(days=1)  # Good Friday goes before


def test_a_turn_made_at_home_keeps_its_moment_and_the_next_goes_by_the_new_zone(
    book: Book, clock: StandingClock
) -> None:
    made = weekly(book)
    (before,) = routines.plan(book, made)
    travels(book, clock, "America/Los_Angeles", date(2026, 11, 26), time(20))
    assert routines.plan(book, made) == [before]  # 15:30 at home is 23:30 of the day before here
    assert local(book, made) == [datetime(2026, 11, 26, 23, 30)]
    (item,) = [x for x in due.due(book) if x.event == "Weekly report"]
    steps.tick_step(book, item.ref)
    assert routines.plan(book, made)[0].state == DONE
    travels(book, clock, "America/Los_Angeles", date(2026, 12, 4), time(9))
    due.due(book)
    assert local(book, made)[-1] == datetime(2026, 12, 4, 15, 30)
    assert not [x for x in routines.plan(book, made) if x.state == MISSED]
    due.due(book)
    assert len(routines.plan(book, made)) == 2  # made once
    row = routines.get(book, made).routine
    assert row.turn is not None
    assert (row.turn.anchor, row.turn.missed) == (date(2026, 12, 4), 0)


def test_the_date_line_misses_no_turn_and_doubles_none(book: Book, clock: StandingClock) -> None:
    made = weekly(book, every="1", on="2026-11-24", name="日报")
    for zone, day in (
        ("Asia/Shanghai", date(2026, 11, 24)),
        ("Pacific/Kiritimati", date(2026, 11, 26)),  # the 25th nobody saw
        ("America/Los_Angeles", date(2026, 11, 25)),  # and back a day
        ("Asia/Shanghai", date(2026, 11, 26)),
    ):
        travels(book, clock, zone, day, time(12))
        due.due(book)
    turns = book.con.execute(
        "SELECT anchor, missed FROM plan WHERE routine_id=? ORDER BY anchor", (made,)
    )
    assert [tuple(row) for row in turns] == [("2026-11-24", 0), ("2026-11-26", 1)]


def test_an_organiser_elsewhere_stands_beside_own_steps_on_the_days_of_the_operator(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    """From 00:30 in Tokyo, which is 23:30 of the evening before here."""
    times = "DTSTART;TZID=Asia/Tokyo:20261211T003000\nDTEND;TZID=Asia/Tokyo:20261211T013000"
    event_id = invitations.take(book, invitations.look(book, invitation(tmp_path, times))).made
    own = weekly(book, on="2026-12-10", every="once", name="给主办方的材料")
    (step,) = routines.plan(book, own)
    book.con.execute("UPDATE step SET owner='organiser' WHERE id=?", (step.id,))
    (step,) = routines.plan(book, own)
    shown = schedule.between(book, date(2026, 12, 10), 1)
    (day,) = shown.days
    assert [one.id for one in day.events] == [event_id]
    assert step.id in [one.id for one in day.steps]
    assert shown.own[step.plan_id].name == "给主办方的材料"
    travels(book, clock, "Asia/Tokyo", date(2026, 11, 23), time(10))
    (there,) = schedule.between(book, date(2026, 12, 11), 1).days
    assert [one.id for one in there.events] == [event_id]
    (owner,) = [one for one in owners.owners(book) if any(x.id == step.id for x in one.lines)]
    assert "给主办方的材料" in [plan.name for plan in owner.plans]
    only = owners.of_step(book, step)  # all at once would ask for what is due this week
    assert only is not None
    assert "给主办方的材料" in str(owners.text(book, only))
    moved = steps.move_step(book, step.id, datetime(2026, 12, 11, 9, tzinfo=ZoneInfo("Asia/Tokyo")))
    assert routines.plan(book, own)[0].due_at.astimezone(book.clock.zone).hour == 9
    history.undo(book, moved.id)
    assert routines.plan(book, own)[0].due_at == step.due_at
    assert events.plan(book, event_id)
