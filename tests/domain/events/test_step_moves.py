"""What is said before a step goes past its event or onto a day off."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import FLOATING, PlanLine
from opslog.domain.events.plans.planning import Present, Span, line_by_hand
from opslog.domain.events.plans.step_moves import new_step_warning, step_move_warning

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


EVENT = Span(at("2026-12-05T14:00"), at("2026-12-05T17:00"))  # a Saturday
NOW = at("2026-11-23T09:00")


def step(phase: str) -> PlanLine:
    due = at("2026-12-01T10:00")
    return PlanLine(
        1,
        1,
        "x",
        "步骤",
        "A step",
        "start",
        -4,
        0,
        None,
        "",
        phase,
        due,
        None,
        None,
        1,
        (),
        FLOATING,
    )


@pytest.mark.parametrize(
    ("phase", "when", "said"),
    [
        ("before", "2026-12-04T10:00", ""),
        ("before", "2026-12-05T13:59", "Sat 12-05 is a day off"),
        (
            "before",
            "2026-12-05T14:00",
            "the event begins Sat 12-05, and this is to be done before it; Sat 12-05 is a day off",
        ),
        (
            "before",
            "2026-12-07T10:00",
            "the event begins Sat 12-05, and this is to be done before it",
        ),
        ("day", "2026-12-05T18:00", ""),  # of the day itself, whatever day that is
        ("day", "2026-12-04T18:00", "the event is Sat 12-05, and this belongs to the day itself"),
        ("after", "2026-12-07T10:00", ""),
        ("after", "2026-12-04T10:00", "the event ends Sat 12-05, and this is to be done after it"),
        ("after", "2026-12-06T10:00", "Sun 12-06 is a day off"),
        ("after", "2026-12-05T17:00", "Sat 12-05 is a day off"),
    ],
)
def test_what_speaks_against_a_day(phase: str, when: str, said: str) -> None:
    warning = step_move_warning(step(phase), EVENT, at(when), Present(NOW, Workdays(), ZONE))
    assert str(warning or "") == said


def test_the_operators_own_days_count() -> None:
    own = Workdays(holidays=frozenset({date(2026, 12, 4)}), workdays=frozenset({date(2026, 12, 5)}))
    present = Present(NOW, own, ZONE)
    off = step_move_warning(step("before"), EVENT, at("2026-12-04T10:00"), present)
    assert str(off) == "Fri 12-04 is a day off"
    assert step_move_warning(step("before"), EVENT, at("2026-12-05T10:00"), present) is None


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-12-04T10:00", ""),
        ("2026-12-05T15:00", ""),  # while it lasts
        ("2026-11-28T10:00", "Sat 11-28 is a day off"),
        ("2026-12-07T10:00", "the event ends Sat 12-05, this comes after it"),
        (
            "2026-12-06T10:00",
            "the event ends Sat 12-05, this comes after it; Sun 12-06 is a day off",
        ),
        ("2026-11-20T10:00", "Fri 11-20 is past"),
    ],
)
def test_what_is_said_of_a_step_of_ones_own(when: str, said: str) -> None:
    present = Present(NOW, Workdays(), ZONE)
    line = line_by_hand("印名牌", at(when), EVENT, present)
    assert str(new_step_warning(line, EVENT, present) or "") == said
