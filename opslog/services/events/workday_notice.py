"""A year's notice of holidays taken in: into the operator's workdays.toml, the plans with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.dates import notices, workdays
from opslog.domain.dates.notices import Notice
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.events import FLOATING, EventRow, PlanLine
from opslog.domain.events.plans.planning import Present
from opslog.domain.events.plans.replanning import Moved, replan
from opslog.locale import N_, Msg, msg
from opslog.services.book import mirrors, own_files
from opslog.services.book.book import Book, Change
from opslog.services.book.own_kinds import WORKDAYS
from opslog.services.events import events
from opslog.services.events.plans import playbooks
from opslog.services.events.plans.steps import card_of, span_of, write_moves
from opslog.store.events import events as events_store
from opslog.store.events import schedule as store

_FAR = timedelta(days=3 * 366)  # plans reach no further ahead


@dataclass(frozen=True)
class Preview:
    """What a notice would change. ``moves``: steps that get another day, by their event."""

    notices: Sequence[Notice]
    text: str  # of workdays.toml then
    moves: Sequence[tuple[EventRow, Moved]]
    same: Sequence[Moved]  # only the reason for their day changes


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
    return Preview(found, text, moves, same)


def take(book: Book, seen: Preview) -> Change:
    """Take in what was previewed, as one change: the days, and open steps on their new ones."""
    years = listed(str(notice.year) for notice in seen.notices)
    with book.change(msg(N_("Holidays of {years} taken in"), years=years)) as change:
        own_files.write_row(book, WORKDAYS.place, seen.text)
        write_moves(book, [*(move for _event, move in seen.moves), *seen.same])
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


def _replaced(book: Book, then: Workdays) -> tuple[list[tuple[EventRow, Moved]], list[Moved]]:
    """Every open step that floats as the new calendar puts it: only where that differs from what
    the present one makes of the same plan, so that what is late stays as it was."""
    now = playbooks.present(book)
    new = Present(now.now, then, now.zone)
    steps = store.waiting(book.con, now.now + _FAR, now.now)
    ids = list(dict.fromkeys(step.event_id for step in steps if step.state == FLOATING))
    moves: list[tuple[EventRow, Moved]] = []
    same: list[Moved] = []
    for row in events.some(book, ids):
        span, pace = span_of(card_of(book, row.id)), playbooks.playbook(book, row.kind).pace
        lines = events_store.lines(book.con, row.id, now.now, ticked=True)
        before, after = (
            {move.before.id: move.after for move in replan(lines, span, span, by, pace).all}
            for by in (now, new)
        )
        for line in lines:
            if line.state != FLOATING or before[line.id] == after[line.id]:
                continue
            if before[line.id].due_at != after[line.id].due_at:
                moves.append((row, Moved(line, after[line.id])))
            elif line.due_at == after[line.id].due_at:
                same.append(Moved(line, _why(line, after[line.id])))
    return moves, same


def _why(line: PlanLine, after: PlanLine) -> PlanLine:
    return line._replace(why=after.why, planned_at=after.planned_at)
