"""How fast a round goes, told by its own decisions alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from opslog.domain.screening.pace import ENOUGH, pace

START = datetime(2026, 11, 27, 2, tzinfo=UTC)


def times(*gaps: float) -> list[datetime]:
    found = [START]
    for gap in gaps:
        found.append(found[-1] + timedelta(seconds=gap))
    return found


def test_nothing_is_said_before_there_are_enough() -> None:
    assert pace([]) is None
    assert pace(times(*[6.0] * (ENOUGH - 1))) is None
    assert pace(times(*[6.0] * ENOUGH)) == 6.0


def test_a_break_is_no_part_of_the_pace() -> None:
    assert pace(times(*[6.0] * 5, 3600.0, *[6.0] * 5)) == 6.0
    assert pace(times(*[6.0] * 5, 3600.0, 6.0)) is None  # too few on both sides of it


def test_a_whole_company_at_once_counts_as_its_rows() -> None:
    assert pace(times(*[0.0] * 4, 20.0, *[5.0] * 5)) == 4.5


def test_a_key_held_down_is_no_pace() -> None:
    assert pace(times(*[0.03] * 39)) is None
