"""The days left before an event, or after it, and what is put on them one step after the other.
Pure; which steps and in what order ``short_notice`` says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.events.events import (
    DONE,
    FLOATING,
    LATE,
    MISSED,
    PINNED,
    PUSHED,
    SHORT,
    PlanLine,
)
from opslog.domain.events.plans import day_order
from opslog.domain.events.plans.day_order import Audience, audience, merged

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Present
    from opslog.domain.events.plans.short_notice import Pace

GAP = timedelta(days=2)  # from one round on a channel to the next
MAILS = ("edm", "sms")  # to which it applies where the next is of the event's day
_DAY = timedelta(days=1)
_OPENS = time(9)
_HALF_HOUR = timedelta(minutes=30)


def bound(line: PlanLine) -> bool:
    """Whether a step belongs to the day before the event, whatever else is late."""
    days = line.workdays or line.offset
    return line.phase == "before" and days >= -1 and not line.offset_months


def hurried(line: PlanLine) -> bool:
    return line.state == FLOATING and bool({LATE, PUSHED} & set(line.why))


class Waiting(NamedTuple):
    """A step to be put: its place in the order, the days that it may be put on, and whether it is
    of a stop that is not the first."""

    place: int
    line: PlanLine
    days: Sequence[date]
    later: bool


class Days:
    """The days left, and what lies on them already."""

    def __init__(
        self,
        days: Sequence[date],
        fixed: Iterable[PlanLine],
        present: Present,
        pace: Pace,
        strict: bool,
        after: bool,
    ) -> None:
        self.present, self.pace, self.strict = present, pace, strict
        self.room = dict.fromkeys(days, float(pace.a_day))
        self.moments: set[datetime] = set()
        self.rounds: dict[Audience, list[date]] = {}
        self.fixed_rounds: dict[Audience, list[date]] = {}
        self.hurried: set[date] = set()  # on which something was put that was not to be there
        self.put: list[tuple[Waiting, date]] = []  # none that follows them is sooner
        self.free: dict[date, datetime] = {}  # from when the next piece of work can be done
        for line in fixed:
            moment = line.done_at or line.due_at
            on = self._day(moment)
            before = line.phase == "before" and not bound(line)  # of another stop: put already
            if line.state == PINNED or (after and before and hurried(line)):
                self._take(line, moment)
                if before and not line.channel and line.state != PINNED:
                    self.free[on] = max(self.free.get(on, moment), moment + self._lasts(line))
            self.moments.add(moment)
            if line.key in pace.rounds and line.state == DONE:
                self.rounds.setdefault(audience(line), []).append(on)
            elif line.key in pace.rounds and line.phase == "day":
                self.fixed_rounds.setdefault(audience(line), []).append(on)

    def all(self, queue: Sequence[Waiting], without: Collection[str]) -> dict[int, PlanLine]:
        """The steps by their places in the order."""
        return {
            one.place: _missed(one.line) if one.line.key in without else self._put(one)
            for one in queue
        }

    def _put(self, one: Waiting) -> PlanLine:
        line = one.line
        before = (
            on
            for other, on in self.put
            if other.place < one.place and (self.strict or day_order.waits(line, other.line))
        )
        turn = max([self._day(line.due_at), *before])
        first = self._after_round(line, turn)
        waits = first > turn
        moment = self._slot(line, one.days, first)
        if moment is None:
            return merged(line) if waits else _missed(line)
        day = self._day(moment)
        if self._meets(line, day):
            return merged(line)
        self._take(line, moment)
        if line.key in self.pace.rounds:
            self.rounds.setdefault(audience(line), []).append(day)
        if not waits:
            self.put.append((one, day))
        if not line.channel:
            self.free[day] = moment + self._lasts(line)
        if moment == line.due_at and LATE not in line.why:
            return line
        self.hurried.add(day)
        why = line.why if LATE in line.why else (*line.why, PUSHED)
        return line._replace(due_at=moment, planned_at=line.planned_at or line.due_at, why=why)

    def _after_round(self, line: PlanLine, first: date) -> date:
        """Not sooner after the round before, on this channel, than its gap."""
        if line.key in self.pace.rounds and (before := self.rounds.get(audience(line))):
            hurried = LATE in line.why or before[-1] in self.hurried
            return max(first, before[-1] + GAP) if hurried else first
        return first

    def _meets(self, line: PlanLine, day: date) -> bool:
        """Whether the round of the day itself comes too soon after it."""
        hurried = LATE in line.why or day != self._day(line.due_at)
        return (
            line.key in self.pace.rounds
            and hurried
            and any(
                timedelta() <= fixed - day < (GAP if line.channel in MAILS else _DAY)
                for fixed in self.fixed_rounds.get(audience(line), ())
            )
        )

    def _slot(self, line: PlanLine, days: Sequence[date], first: date) -> datetime | None:
        """The first moment from a day on at which there is room; None where none is in time."""
        own = self._day(line.due_at)
        for day in days:
            if day < first:
                continue
            as_planned = day == own and LATE not in line.why and day not in self.hurried
            if self.room[day] < self.pace.weight(line) and not as_planned:
                continue
            moment = self._moment(line, day)
            if moment is None:
                continue
            in_time = line.closes_at is None or moment <= line.closes_at
            return moment if in_time else None
        return line.due_at if own > days[-1] else None  # a follow-up in two years

    def _moment(self, line: PlanLine, day: date) -> datetime | None:
        """When on that day: work follows work, a message goes out at its own time where what it
        needs is ready by then."""
        wanted = self.present.at(day, line.due_at.astimezone(self.present.zone).time())
        planned = LATE not in line.why and wanted == line.due_at
        if planned and day not in self.hurried:
            return wanted
        opens = self._clock(day, _OPENS)
        earliest = max(self.free.get(day, opens), opens, self._now())
        moment = max(wanted, earliest) if line.channel or planned else earliest
        if line.closes_at is not None and earliest <= line.closes_at < moment:
            moment = line.closes_at
        while True:
            clock = moment.astimezone(self.present.zone).time()
            if moment in self.moments:
                moment += _HALF_HOUR / 2
            elif moment != wanted and day_order.LUNCH <= clock < day_order.BACK:
                moment = self._clock(day, day_order.BACK)
            elif moment == wanted:
                return moment
            else:
                return moment if self._day(moment) == day and clock < day_order.CLOSES else None

    def _now(self) -> datetime:
        """The next half hour."""
        over = timedelta(minutes=self.present.now.minute % 30) + timedelta(
            seconds=self.present.now.second, microseconds=self.present.now.microsecond
        )
        return self.present.now + _HALF_HOUR - over

    def _take(self, line: PlanLine, moment: datetime) -> None:
        day = self._day(moment)
        self.moments.add(moment)
        if day in self.room:
            self.room[day] -= self.pace.weight(line)

    def _lasts(self, line: PlanLine) -> timedelta:
        return _HALF_HOUR * 2 * self.pace.weight(line)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.present.zone).date()

    def _clock(self, day: date, clock: time) -> datetime:
        return self.present.at(day, clock)


def _missed(line: PlanLine) -> PlanLine:
    """No room is left for it in time."""
    return line._replace(
        due_at=line.planned_at or line.due_at, planned_at=None, why=(SHORT,), state=MISSED
    )
