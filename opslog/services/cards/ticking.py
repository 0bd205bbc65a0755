"""A step ticked off by hand: what is open of its evidence is said with it."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.refusal import Refused
from opslog.domain.events.plans.evidence import HowFar
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.queue import old
from opslog.services.calls.queue.old import OldCalls
from opslog.services.cards.step_progress import Work
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
    and its note says why. Raises Refused where a plan has no such step."""
    label = nmsg(
        N_("Ended: {n} call-back ({event})"),
        N_("Ended: {n} call-backs ({event})"),
        sum(one.number for one in some),
        event=old.said(some),
    )
    with book.change(label) as change:
        for one in some:
            step_id = None
            if one.event_id is not None:
                step_id = open_step(book.con, one.event_id, one.stop_id, one.purpose)
            if step_id is None:
                text = N_(
                    "The plan of {event} has no open step for these calls; Enter shows whom they"
                    " are for, to be called or dropped one by one"
                )
                raise Refused(msg(text, event=one.event))
            write_done(book, step_id)
            if why.strip():
                steps.note_step(book, step_id, why)
    return change


def _far(book: Book, step_id: int) -> HowFar | None:
    line = steps.step(book, step_id)
    if not line.event_id:
        return None
    return Work(book, line.event_id, stop_id=line.stop_id).far(line.evidence)
