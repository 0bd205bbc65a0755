"""How fast calls go."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from opslog.domain.calls.outcomes import Part
from opslog.domain.calls.pace import ENOUGH, done_at, pace

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
PARTS = {
    "morning": Part("morning", time(9), time(11, 45)),
    "afternoon": Part("afternoon", time(13, 30), time(18)),
}


def times(*minutes: int) -> list[datetime]:
    return [NINE + timedelta(minutes=minute) for minute in minutes]


def test_a_pace_wants_calls_enough() -> None:
    assert pace(times(*range(ENOUGH - 1))) is None
    assert pace(times(*range(0, ENOUGH * 3, 3))) == timedelta(minutes=3)


def test_pauses_are_no_part_of_it() -> None:
    assert pace(times(0, 3, 6, 90, 93, 96, 99)) == timedelta(minutes=3)
    assert pace(times(0, 60, 120, 180, 240, 300)) is None


def test_the_rest_is_done_in_calling_hours() -> None:
    three = timedelta(minutes=3)
    assert done_at(20, three, NINE, PARTS) == NINE + timedelta(hours=1)
    eleven = NINE + timedelta(hours=2)
    assert done_at(20, three, eleven, PARTS) == datetime(2026, 11, 27, 13, 45, tzinfo=UTC)
    assert done_at(500, three, eleven, PARTS) is None
