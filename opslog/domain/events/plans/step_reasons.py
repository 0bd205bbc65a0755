"""Why a step lies where it lies, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import bracketed, in_turn, listed
from opslog.domain.dates.wording import near_day, short_day
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import (
    AWAY,
    DAYOFF,
    DROPPED,
    HAND,
    JOINED,
    LATE,
    MERGED,
    MISSED,
    PUSHED,
    RESTED,
    SHORT,
    STAYS,
    UNPUBLISHED,
    PlanLine,
)
from opslog.locale import N_, Msg, msg

_JOINED = N_("from before the event was entered")
_MERGED = N_("one round stands for two on its channel")
_RESTED = N_("rests with its plan")
_BY_RULE = {MERGED: _MERGED, JOINED: _JOINED, RESTED: _RESTED}


def unpublished_years(lines: Iterable[PlanLine], zone: ZoneInfo) -> list[int]:
    """The years whose holidays nobody knows yet and that the plan reaches into."""
    return sorted({_unpublished_year(line, zone) for line in lines if UNPUBLISHED in line.why})


def _unpublished_year(line: PlanLine, zone: ZoneInfo) -> int:
    """Of the two days a step may have, the later is in the year that is not known."""
    return max(line.due_at, line.planned_at or line.due_at).astimezone(zone).year


def given_up_before(lines: Iterable[PlanLine]) -> Msg | None:
    """Of a plan that was not worked on yet: what the one it was made after had given up."""
    found = [x for x in lines if x.state == DROPPED and HAND in x.why]
    named = [bracketed(line.label, Msg("{why}", {"why": line.dropped_why})) for line in found]
    return msg(N_("given up as last time: {steps}"), steps=listed(named)) if found else None


def original_day(line: PlanLine, zone: ZoneInfo, days: Workdays) -> date:
    """The day a step was to be done on, by its plan. Where that falls on a day off it is the
    working day it went to: nobody was to work on a Saturday. Only of what a day off moved, and
    nothing since, it is the day off itself."""
    wanted = (line.planned_at or line.due_at).astimezone(zone).date()
    by_day_off = DAYOFF in line.why and not {LATE, PUSHED} & set(line.why)
    stands = line.planned_at is None or not line.key or days.is_workday(wanted)
    if stands or by_day_off:
        return wanted
    from opslog.domain.events.plans.planning import working_day  # not needed at a start

    return working_day(line.phase, wanted, days, line.rest)[0]


def explain(line: PlanLine, zone: ZoneInfo, days: Workdays) -> Msg | None:
    """Why a step lies where it lies, in one line; None where its offset alone says so."""
    day = line.due_at.astimezone(zone).date()
    original = short_day(original_day(line, zone, days), day)
    late = (LATE in line.why or PUSHED in line.why) and line.state != MISSED
    parts: list[Msg] = []
    for code in line.why:
        if code == DAYOFF and not late and line.due_at < (line.planned_at or line.due_at):
            text = N_("{day} is a day off: the working day before, {to}")
            parts.append(msg(text, day=original, to=near_day(day, day)))
        elif code == DAYOFF and not late:
            text = N_("{day} is a day off: the working day after, {to}")
            parts.append(msg(text, day=original, to=near_day(day, day)))
        elif code == STAYS:
            text = N_("{day} is a day off; a step of the day itself stays")
            parts.append(msg(text, day=short_day(day, day)))
        elif code == LATE and late:
            text = N_("was due {original}, still possible: due {day} instead")
            parts.append(msg(text, original=original, day=short_day(day, day)))
        elif code == PUSHED:
            text = N_("planned {original}; it waits for what is late before it")
            parts.append(msg(text, original=original))
        elif code == SHORT:
            parts.append(msg(N_("there was no time left for it")))
        elif code == JOINED and line.state == DROPPED:
            parts.append(msg(_JOINED))
        elif code == MERGED:
            parts.append(msg(_MERGED))
        elif code == RESTED:
            parts.append(msg(_RESTED))
        elif code == HAND and line.state == DROPPED and RESTED not in line.why:
            parts.append(msg(N_("given up: {why}"), why=line.dropped_why))
        elif code == HAND and AWAY in line.why:
            text = N_("out of the way of another event until this one moves; the plan says {day}")
            parts.append(msg(text, day=original))
        elif code == HAND:
            parts.append(
                msg(N_("date set by hand, the plan says {day}"), day=original)
                if line.planned_at
                else msg(N_("date set by hand"))
            )
        elif code == UNPUBLISHED:
            parts.append(
                msg(
                    N_(
                        "the holidays of {year} are not published yet, its fixed ones are kept free"
                    ),
                    year=_unpublished_year(line, zone),
                )
            )
    if line.state == MISSED and line.closes_at and SHORT not in line.why:
        until = short_day(line.closes_at.astimezone(zone).date(), day)
        parts.append(msg(N_("was possible until {day}"), day=until))
    return joined(parts)


def short_reason(line: PlanLine, zone: ZoneInfo, days: Workdays) -> Msg | None:
    """The same in a few words, to stand beside the step: where it was to be."""
    if line.state == DROPPED:
        by_rule = next((text for code, text in _BY_RULE.items() if code in line.why), None)
        return msg(by_rule) if by_rule else Msg("{why}", {"why": line.dropped_why})
    if line.planned_at is None or line.state == MISSED:
        return msg(N_("a day off; it stays")) if STAYS in line.why and line.open else None
    day, planned = line.due_at.astimezone(zone).date(), original_day(line, zone, days)
    if planned == day:  # later on the same day
        return msg(N_("planned {day}"), day=f"{line.planned_at.astimezone(zone):%H:%M}")
    was = short_day(planned, day)
    if DAYOFF in line.why and not {LATE, PUSHED} & set(line.why):
        return msg(N_("planned {day}, a day off"), day=was)
    return msg(N_("planned {day}"), day=was)


def joined(parts: Sequence[Msg]) -> Msg | None:
    """Clauses as one message."""
    return in_turn(parts) if parts else None
