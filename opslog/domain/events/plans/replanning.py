"""What a move, or another kind or audience of an event, makes of its plan. Pure.

What is done, pinned by hand or given up by hand stays; all else is placed anew by the rules of
``planning``. Only reminder calls are open again, whoever closed them: they were about another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.events.events import (
    AWAY,
    DONE,
    DROPPED,
    FLOATING,
    JOINED,
    MERGED,
    MISSED,
    PINNED,
    PlanLine,
)
from opslog.domain.events.kinds import Traits
from opslog.domain.events.plans.evidence import REMINDERS
from opslog.domain.events.plans.joining import left_out, past
from opslog.domain.events.plans.planning import Present, Span, closing, line_of, place
from opslog.domain.events.plans.playbooks import Playbook, StepRule
from opslog.domain.events.plans.short_notice import USUAL, Pace, in_turn


@dataclass(frozen=True)
class Moved:
    """A step and what a move of its event makes of it; both the same where it stays."""

    before: PlanLine
    after: PlanLine


@dataclass(frozen=True)
class Replan:
    """What a move does to a plan. Every step is in exactly one of the lists.

    ``unchanged`` are open steps whose date stays; ``added`` and ``removed`` are filled only
    where another kind, host, list or audience makes it another plan.
    """

    shifted: tuple[Moved, ...] = ()
    unchanged: tuple[Moved, ...] = ()
    pinned: tuple[Moved, ...] = ()
    done: tuple[Moved, ...] = ()
    missed: tuple[Moved, ...] = ()
    dropped: tuple[Moved, ...] = ()
    added: tuple[PlanLine, ...] = ()
    removed: tuple[PlanLine, ...] = ()

    @property
    def all(self) -> tuple[Moved, ...]:
        return (
            *self.shifted,
            *self.unchanged,
            *self.pinned,
            *self.done,
            *self.missed,
            *self.dropped,
        )


class Part(NamedTuple):
    """Steps that hang on the same days, those of the whole event or of one stop of it, and to
    where these are moved."""

    lines: Sequence[PlanLine]
    old: Span
    new: Span


def replan(
    lines: Iterable[PlanLine], old: Span, new: Span, present: Present, pace: Pace = USUAL
) -> Replan:
    """What moving an event from ``old`` to ``new`` makes of its plan.

    Only open steps move; a missed one whose new date lies ahead is open again.
    """
    return replan_parts([Part(list(lines), old, new)], present, pace)


def replan_parts(parts: Sequence[Part], present: Present, pace: Pace = USUAL) -> Replan:
    """The same of an event with its stops, whose steps are in one order."""
    before = [line for part in parts for line in part.lines]
    moved = [_moved(line, part.old, part.new, present) for part in parts for line in part.lines]
    spans = [part.new for part in parts for _line in part.lines]
    return _sorted(zip(before, in_turn(moved, spans, present, pace), strict=True))


def together(plans: Iterable[Replan]) -> Replan:
    """The plan of the whole and those of the stops as one."""
    found = list(plans)
    return Replan(
        *(
            tuple(one for plan in found for one in getattr(plan, field.name))
            for field in fields(Replan)
        )
    )


def untouched(lines: Iterable[PlanLine]) -> Replan:
    """A plan that nothing moves: the same sorting, without touching a date."""
    return _sorted((line, line) for line in lines)


def _sorted(pairs: Iterable[tuple[PlanLine, PlanLine]]) -> Replan:
    into: dict[str, list[Moved]] = {}
    for line, after in pairs:
        same = (after.due_at, after.state) == (line.due_at, line.state)
        name = after.state if after.state != FLOATING else "unchanged" if same else "shifted"
        into.setdefault(name, []).append(Moved(line, after))
    return Replan(
        shifted=tuple(into.get("shifted", ())),
        unchanged=tuple(into.get("unchanged", ())),
        pinned=tuple(into.get(PINNED, ())),
        done=tuple(into.get(DONE, ())),
        missed=tuple(into.get(MISSED, ())),
        dropped=tuple(into.get(DROPPED, ())),
    )


def _stays(line: PlanLine) -> bool:
    """Whether no move of the event touches it: done, pinned, or dropped by hand."""
    by_rule = {MERGED, JOINED} & set(line.why)
    return line.state in (DONE, PINNED) or (line.state == DROPPED and not by_rule)


def _released(line: PlanLine, old: Span, new: Span) -> bool:
    """Whether it was put out of the way of another event only, which on a new date is no reason:
    left behind, it would come before what it waits for."""
    return line.state == PINNED and AWAY in line.why and old != new


def _reminded(line: PlanLine) -> bool:
    """Whether its calls were closed by hand: of the new date everybody is reminded anew."""
    return line.state == DONE and line.evidence in REMINDERS


def _moved(line: PlanLine, old: Span, new: Span, present: Present) -> PlanLine:
    closes = closing(line, old) + (new.anchor(line.anchor) - old.anchor(line.anchor))
    if _reminded(line) and old.start != new.start > present.now:
        line = line._replace(state=FLOATING, done_at=None)
    if _stays(line) and not _released(line, old, new):
        return line._replace(closes_at=closes)
    placed = place(line, closes, new, present)
    after = line._replace(
        due_at=placed.due_at,
        planned_at=placed.planned_at,
        closes_at=placed.closes_at,
        why=placed.why,
        state=placed.state,
    )
    if JOINED not in line.why:
        return after
    return left_out(after) if past(after) else after._replace(why=(*after.why, JOINED))


def rederive(
    lines: Sequence[PlanLine],
    playbook: Playbook,
    traits: Traits,
    old: Span,
    new: Span,
    present: Present,
    stops: Sequence[Part] = (),
) -> Replan:
    """What another kind, host, list or audience makes of a plan, with the event now at ``new``.

    Steps that are done, pinned or the operator's own stay whatever the playbook says; open ones
    it doesn't have are removed, and those it has beyond them are added. ``stops`` move along.
    """
    rules = {rule.key: rule for rule in playbook.steps_for(traits)}
    stays = {line.id for line in lines if not line.key or _stays(line)}
    removed = [line for line in lines if line.id not in stays and line.key not in rules]
    kept = [line for line in lines if line.id in stays or line.key in rules]
    timed = [
        line
        if line.id in stays
        else _retimed(line, rules[line.key].timed_for(traits), old, present.zone)
        for line in kept
    ]
    before = {line.id: line for line in (*kept, *(x for part in stops for x in part.lines))}
    known = {line.key for line in kept}
    added = [
        line_of(rule, traits, old, present) for rule in rules.values() if rule.key not in known
    ]
    parts = [Part([*timed, *added], old, new), *stops]
    moved = replan_parts(parts, present, playbook.pace)

    def as_it_was(moves: tuple[Moved, ...]) -> tuple[Moved, ...]:
        return tuple(Moved(before[move.after.id], move.after) for move in moves if move.after.id)

    return Replan(
        shifted=as_it_was(moved.shifted),
        unchanged=as_it_was(moved.unchanged),
        pinned=as_it_was(moved.pinned),
        done=as_it_was(moved.done),
        missed=as_it_was(moved.missed),
        dropped=as_it_was(moved.dropped),
        added=tuple(move.after for move in moved.all if not move.after.id),
        removed=tuple(removed),
    )


def _retimed(line: PlanLine, rule: StepRule, span: Span, zone: ZoneInfo) -> PlanLine:
    return line._replace(
        anchor=rule.anchor,
        phase=rule.phase,
        offset=rule.offset,
        offset_months=rule.offset_months,
        clock=rule.clock,
        workdays=rule.workdays,
        rest=rule.rest,
        closes_at=rule.until.moment(span.start, span.end, zone),
    )
