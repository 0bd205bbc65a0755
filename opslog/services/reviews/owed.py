"""What the plan of an event owes to the reviews of earlier ones of its kind."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import PlanLine
from opslog.domain.reviews.acts import proposals
from opslog.domain.reviews.acts.kept import unpacked
from opslog.domain.reviews.acts.playbook_changes import ADD, DAYS, ITEM, LEAD, OUT
from opslog.domain.reviews.acts.playbook_changes import PlaybookChange as Made
from opslog.locale import N_, Msg, msg, titled
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.store.reviews import acts as store


class Owed(NamedTuple):
    """``step``: of the event's plan, 0 where it is none of one step. ``said`` names the review."""

    step: int
    said: Msg


def of_event(book: Book, event_id: int) -> list[Owed]:
    """Changes of the playbook that the plan was made with and still has, in order of its steps;
    then what was learned in words from the newest review that has such."""
    acts = store.before(book.con, event_id)
    if not acts:
        return []
    plan = events.plan(book, event_id)
    changes: dict[tuple[str, str], Owed] = {}
    words: list[Owed] = []
    for act in acts:
        try:
            change = unpacked(act.change).change
        except Refused:
            said = msg(N_("{act}: what it changed can't be read any more"), act=act.said)
            words.append(Owed(0, msg(N_("{act} (review of {event})"), act=said, event=act.event)))
            continue
        if change is None:
            if act.event_id == next((one.event_id for one in acts if not one.changes), None):
                said = msg(N_("{act}: learned from {event}"), act=act.said, event=act.event)
                words.append(Owed(0, said))
            continue
        line = next((line for line in plan if line.key == change.made), None)
        if _has(line, change):
            said = msg(
                N_("{act}: changed in the review of {event}"),
                act=_named(line, change),
                event=act.event,
            )
            place = change.made, change.packed() if change.kind == ITEM else change.kind
            changes.setdefault(place, Owed(line.id if line else 0, said))
    order = {line.id: number for number, line in enumerate(plan)}
    return [
        *sorted(changes.values(), key=lambda one: order.get(one.step, len(plan))),
        *reversed(words),
    ]


def _has(line: PlanLine | None, change: Made) -> bool:
    """Whether a step of a plan is as the change made it."""
    if line is None:
        return change.kind == OUT
    if change.kind == DAYS:
        return line.offset == change.value
    if change.kind == LEAD:
        return line.lead_days == change.value
    if change.kind == ITEM:
        return any(item.title == dict(change.lines)["zh"] for item in line.items)
    return change.kind == ADD


def _named(line: PlanLine | None, change: Made) -> Msg:
    return proposals.wording(change, titled(line.title_en, line.title) if line else None)
