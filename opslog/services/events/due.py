"""Which steps of plans are due: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from datetime import datetime, timedelta

from opslog.domain.base.due import Due
from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.events.events import PlanLine
from opslog.domain.events.plans.step_reasons import explain, original_day
from opslog.locale import N_, Msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.services.events.plans import steps
from opslog.store.events import events as events_store

# By their evidence: once the list of an event is here, its reminder calls and rounds are due in
# their own right (calls and screening say so), and the step would only say it twice.
SAID_ELSEWHERE = ("reminders-day-before", "reminders-on-day", "round-0", "round-1", "round-2")


def due(book: Book) -> list[Due]:
    """Open steps inside their lead time that are still possible and not snoozed; turns of plans of
    the operator's own whose day has come are made first."""
    if events_store.turn_due(book.con, book.today().isoformat()):
        from opslog.services.events.plans import routines

        routines.make_due(book)
    end_of_today = book.clock.at(book.today() + timedelta(days=1))
    return [
        Due(
            kind="step",
            ref=line.id,
            title=line.name,
            title_en=line.title_en,
            due=line.due_at,
            timed=True,
            lead_days=line.lead_days,
            event_id=line.event_id or None,
            event=event,
            event_at=starts_at,
            original=_original(book, line),
            detail=_detail(book, line),
            done=sum(item.done_at is not None for item in line.items),
            of=len(line.items),
            evidence=line.evidence,
        )
        for line, event, starts_at in events_store.due(
            book.con, book.now(), end_of_today, SAID_ELSEWHERE
        )
    ]


def _original(book: Book, line: PlanLine) -> datetime | None:
    if line.planned_at is None:
        return None
    zone = book.clock.zone
    day = original_day(line, zone, own_kinds.workdays(book))
    return datetime.combine(day, line.planned_at.astimezone(zone).time(), zone)


def _detail(book: Book, line: PlanLine) -> Msg | None:
    parts = (line.channel_beside, explain(line, book.clock.zone, own_kinds.workdays(book)))
    said = [part for part in parts if part]
    return in_turn(said) if said else None


def _done(book: Book, step_id: int) -> Change:
    """As ``steps.tick_step``; what of its checklist is open is said with it."""
    items = steps.step(book, step_id).items
    change = steps.tick_step(book, step_id)
    if unchecked := [item for item in items if item.done_at is None]:
        change.left.append(
            nmsg(
                N_("{n} of {of} checks open: {items}"),
                N_("{n} of {of} checks open: {items}"),
                len(unchecked),
                of=len(items),
                items=listed(item.label for item in unchecked),
            )
        )
    return change


def _move(book: Book, step_id: int, when: datetime, _timed: bool) -> Change:
    return steps.move_step(book, step_id, when)


KINDS = {
    "step": DueKind(
        done=_done,
        move=_move,
        snooze=steps.snooze_step,
        move_warning=steps.move_warning,
        write_done=steps.write_done,
        write_snoozed=steps.write_snoozed,
    )
}
