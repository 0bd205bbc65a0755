"""A step ticked off by hand: what is open of its evidence is said with it."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.plans.evidence import HowFar
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.queue import old
from opslog.services.calls.queue.old import OldCalls
from opslog.services.cards.step_progress import Work
from opslog.services.events import stops
from opslog.services.events.plans import steps
from opslog.store.events.ticked import open_step


def tick_step(book: Book, step_id: int) -> Change:
    """As ``steps.tick_step``, with how far it is."""
    return steps.tick_step(book, step_id, _far(book, step_id))


def write_done(book: Book, step_id: int) -> None:
    """As ``steps.write_done``, with how far it is."""
    steps.write_done(book, step_id, _far(book, step_id))


def end_calls(book: Book, some: Sequence[OldCalls], why: str) -> Change:
    """The call-backs of these lists are not made any more: the step of each plan is closed by hand,
    and its note says why. Where the plan has one step for all stops of an event, and somebody of
    another stop still waits, those of a stop alone are closed as a step of its own.

    Raises Refused where a plan has no such step, and for those of no stop while others wait.
    """
    label = nmsg(
        N_("Ended: {n} call-back ({event})"),
        N_("Ended: {n} call-backs ({event})"),
        sum(one.number for one in some),
        event=old.said(some),
    )
    each: dict[tuple[int | None, str], list[OldCalls]] = {}
    for one in some:
        each.setdefault((one.event_id, one.purpose), []).append(one)
    with book.change(label) as change:
        for (event_id, purpose), those in each.items():
            for step_id in _steps(book, event_id, purpose, those):
                write_done(book, step_id)
                if why.strip():
                    steps.note_step(book, step_id, why)
    return change


def _steps(
    book: Book, event_id: int | None, purpose: str, some: Sequence[OldCalls]
) -> Sequence[int]:
    """The steps that are to be closed for these of one event, which are made where need be."""
    found: dict[int, list[OldCalls]] = {}
    for one in some:
        step_id = open_step(book.con, event_id, one.stop_id, purpose) if event_id else None
        if step_id is None:
            text = N_(
                "The plan of {event} has no open step for these calls; Enter shows whom they"
                " are for, to be called or dropped one by one"
            )
            raise Refused(msg(text, event=one.event))
        found.setdefault(step_id, []).append(one)
    closed = []
    for step_id, those in found.items():
        line = steps.step(book, step_id)
        wait = old.others(book, some) if line.stop_id is None else []
        if not wait:
            closed.append(step_id)
            continue
        for one in those:
            if one.stop_id is None:
                text = N_(
                    "The plan has one step for the call-backs of all stops, and {others} still has"
                    " some; end these first, or mark them too"
                )
                raise Refused(msg(text, others=listed(other.event for other in wait)))
            closed.append(stops.add_step_of(book, line, one.stop_id))
    return closed


def _far(book: Book, step_id: int) -> HowFar | None:
    line = steps.step(book, step_id)
    if not line.event_id:
        return None
    return Work(book, line.event_id, stop_id=line.stop_id).far(line.evidence)
