"""A year's notice of holidays taken in: into the operator's workdays.toml, the plans with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.dates import notices, workdays
from opslog.domain.dates.notices import Notice
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.calendar_days import OwnPlan
from opslog.domain.events.events import FLOATING, EventRow, PlanLine
from opslog.domain.events.plans import routines as rules
from opslog.domain.events.plans.planning import Present
from opslog.domain.events.plans.playbooks import Playbook
from opslog.domain.events.plans.replanning import Moved, Part, replan_parts
from opslog.domain.events.plans.routines import Routine
from opslog.domain.events.plans.short_notice import Pace
from opslog.locale import N_, Msg, msg
from opslog.services.book import mirrors, own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.own_kinds import WORKDAYS
from opslog.services.events import events
from opslog.services.events.plans import playbooks, stop_plans
from opslog.services.events.plans.steps import card_of, span_of, write_moves
from opslog.store.events import events as events_store
from opslog.store.events import routines as routines_store
from opslog.store.events import schedule as store

_FAR = timedelta(days=3 * 366)  # plans reach no further ahead


@dataclass(frozen=True)
class Preview:
    """What a notice would change. ``moves``: steps that get another day, with the event or plan of
    the operator's own that they are of; ``turns``: when the next turn of such a plan is made."""

    notices: Sequence[Notice]
    text: str  # of workdays.toml then
    moves: Sequence[tuple[EventRow | OwnPlan, Moved]]
    same: Sequence[Moved]  # only the reason for their day changes
    turns: Sequence[tuple[int, date | None]] = ()


def preview(book: Book, path: Path) -> Preview:
    """What taking in a file would do; nothing is changed.

    Raises Refused naming the place of what can't be read, and where workdays.toml itself is wrong.
    """
    from opslog.exchange.calendars import notices as files

    found = files.read(path)
    mine = own_files.own(book, WORKDAYS.place, WORKDAYS.read)
    if faults := book.faults.get(WORKDAYS.place):
        raise Refused(faults[0])
    text = notices.put(mine.text if mine else "", found)
    then = workdays.read_overlay(text, WORKDAYS.place)
    moves, same = _replaced(book, then)
    return Preview(found, text, moves, same, _next_turns(book, then))


def take(book: Book, seen: Preview) -> Change:
    """Take in what was previewed, as one change: the days, and open steps on their new ones.
    Refused where all of it stands there already: nothing would be left to undo."""
    years = listed(str(notice.year) for notice in seen.notices)
    mine = own_files.own(book, WORKDAYS.place, WORKDAYS.read)
    if mine and mine.text == seen.text and not (seen.moves or seen.same or seen.turns):
        raise Refused(msg(N_("The holidays of {years} were taken in already"), years=years))
    with book.change(msg(N_("Holidays of {years} taken in"), years=years)) as change:
        own_files.write_row(book, WORKDAYS.place, seen.text)
        write_moves(book, [*(move for _plan, move in seen.moves), *seen.same])
        for turn, day in seen.turns:
            routines_store.set_next(book.con, turn, day)
    mirrors.write(book, WORKDAYS.place, seen.text)
    return change


def told(notice: Notice) -> Msg:
    """A notice in a sentence."""
    off = sum(one.off for one in notice.days.values())
    return msg(
        N_("{year}: {off} days off, {work} make-up days"),
        year=notice.year,
        off=off,
        work=len(notice.days) - off,
    )


def _replaced(
    book: Book, then: Workdays
) -> tuple[list[tuple[EventRow | OwnPlan, Moved]], list[Moved]]:
    """Every open step that floats as the new calendar puts it: only where that differs from what
    the present one makes of the same plan, so that what is late stays as it was."""
    now = playbooks.present(book)
    new = Present(now.now, then, now.zone)
    moves: list[tuple[EventRow | OwnPlan, Moved]] = []
    same: list[Moved] = []
    for plan in (*_of_events(book), *_of_own(book)):
        before, after = (
            {move.before.id: move.after for move in replan_parts(plan.parts, by, plan.pace).all}
            for by in (now, new)
        )
        for line in (one for part in plan.parts for one in part.lines):
            if line.state != FLOATING or before[line.id] == after[line.id]:
                continue
            if before[line.id].due_at != after[line.id].due_at:
                moves.append((plan.of, Moved(line, after[line.id])))
            elif line.due_at == after[line.id].due_at:
                same.append(Moved(line, _why(line, after[line.id])))
    return moves, same


class _Plan(NamedTuple):
    """Steps that are in one order."""

    of: EventRow | OwnPlan
    parts: Sequence[Part]
    pace: Pace


def _of_events(book: Book) -> Iterator[_Plan]:
    """Of the events with steps that float."""
    now = book.now()
    waiting = store.waiting(book.con, now + _FAR, now)
    floating = [line for line in waiting if line.state == FLOATING and line.event_id]
    for row in events.some(book, list(dict.fromkeys(line.event_id for line in floating))):
        pace = playbooks.playbook(book, row.kind).pace
        lines = events_store.lines(book.con, row.id, now, ticked=True)
        span = span_of(card_of(book, row.id))
        whole = Part([line for line in lines if line.stop_id is None], span, span)
        yield _Plan(row, [whole, *stop_plans.parts(book, row.id, lines)], pace)


def _of_own(book: Book) -> Iterator[_Plan]:
    """The newest turns of plans of the operator's own."""
    present = playbooks.present(book)
    for routine, turn, playbook in _own(book):
        lines = events_store.plan_lines(book.con, "plan_id=?", turn, book.now(), ticked=True)
        own = OwnPlan(routine.id, routine.name, routine.every)
        span = rules.span(routine, present)
        yield _Plan(own, [Part(lines, span, span)], playbook.pace)


def _next_turns(book: Book, then: Workdays) -> list[tuple[int, date | None]]:
    """By the newest turn when the one after it is to be made by the new calendar, where that is
    another day than now."""
    now = playbooks.present(book)
    new = Present(now.now, then, now.zone)
    found = []
    for routine, turn, playbook in _own(book):
        day = rules.next_on(routine, playbook, new)
        if day != rules.next_on(routine, playbook, now):
            found.append((turn, day))
    return found


def _own(book: Book) -> Iterator[tuple[Routine, int, Playbook]]:
    """The plans of the operator's own that are not over, also those that rest and may go on, each
    with the number of its newest turn."""
    known = own_kinds.routines(book)
    for routine in routines_store.every(book.con):
        playbook = known.get(routine.playbook)
        if routine.ended_at is None and routine.turn is not None and playbook is not None:
            yield routine, routine.turn.id, playbook


def _why(line: PlanLine, after: PlanLine) -> PlanLine:
    return line._replace(why=after.why, planned_at=after.planned_at)
