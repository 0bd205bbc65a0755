"""A plan by weeks: what is over of each can be folded together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from opslog.domain.events.events import DONE, DROPPED, MISSED, PlanLine


@dataclass(frozen=True)
class Week:
    """The steps of one week in order of time; it may hold none but the event itself."""

    monday: date
    lines: tuple[PlanLine, ...]

    @property
    def over(self) -> tuple[PlanLine, ...]:
        """What was done, missed or dropped."""
        return tuple(line for line in self.lines if not line.open)

    @property
    def done(self) -> tuple[PlanLine, ...]:
        return tuple(line for line in self.lines if line.state == DONE)

    @property
    def missed(self) -> int:
        return sum(line.state == MISSED for line in self.lines)

    @property
    def dropped(self) -> int:
        return sum(line.state == DROPPED for line in self.lines)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_weeks(lines: Iterable[PlanLine], start: datetime, zone: ZoneInfo) -> list[Week]:
    """The weeks that hold a step, and that of the event, which starts at ``start``."""
    found: dict[date, list[PlanLine]] = {monday_of(start.astimezone(zone).date()): []}
    for line in lines:
        found.setdefault(monday_of(line.due_at.astimezone(zone).date()), []).append(line)
    return [Week(monday, tuple(found[monday])) for monday in sorted(found)]


def days_behind(line: PlanLine, today: date, zone: ZoneInfo) -> int:
    """How many days after its own a step was done, or is open still; 0 in time, missed or
    dropped."""
    if line.state in (MISSED, DROPPED):
        return 0
    done = today if line.done_at is None else line.done_at.astimezone(zone).date()
    if line.state == DONE and line.done_at is None:
        return 0
    return max((done - line.due_at.astimezone(zone).date()).days, 0)
