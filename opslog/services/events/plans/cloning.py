"""The last event of its kind once more: its facts, its channels, its plan with what was its own.

The dates come from the playbook as it is now, so that what a review has changed holds; what was
moved by hand was for that day alone. Words, channel, owner and lead that a step was given in the
old plan stay, and so do the operator's own steps; answers are blank, the last one is offered where
a line is answered. A step that was taken out of the old plan does not come back; one that was given
up stays given up, with its reason, and can be taken up like any.
"""

from __future__ import annotations

import re
from datetime import datetime

from opslog.domain.events.channels import Channel
from opslog.domain.events.events import DROPPED, FLOATING, HAND, EventDraft, PlanLine
from opslog.domain.events.plans.joining import ALL
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.services.events.plans.steps import card_of, span_of
from opslog.store.events import channels as channels_store
from opslog.store.events import taken_out

_DATED = re.compile(r"\s+\d{1,2}-\d{1,2}$")


def draft_of(book: Book, event_id: int, starts_at: datetime, name: str = "") -> EventDraft:
    """The event at another date; called as before with its date behind, where no name is said."""
    old = card_of(book, event_id)
    day = starts_at.astimezone(book.clock.zone)
    return old.draft._replace(
        name=name.strip() or f"{_DATED.sub('', old.name)} {day:%m-%d}",
        starts_at=starts_at,
        ends_at=starts_at + (old.row.ends_at - old.row.starts_at),
    )


def preview(book: Book, event_id: int, draft: EventDraft, late: str = ALL) -> list[PlanLine]:
    """The plan it would get. Raises Refused as ``events.create`` does."""
    from opslog.domain.events.plans.planning import Span, in_order
    from opslog.domain.events.plans.replanning import replan
    from opslog.services.events.plans import playbooks

    was = span_of(card_of(book, event_id))
    now = Span(draft.starts_at, draft.ends_at or draft.starts_at + (was.end - was.start))
    plan = events.plan(book, event_id)
    own = {line.key: line for line in plan if line.key and line.stop_id is None}
    gone = taken_out.keys_of(book.con, event_id) - own.keys()
    made = [line for line in events.preview_plan(book, draft, late) if line.key not in gone]
    by_hand = [_anew(line) for line in plan if not line.key and not _given_up(line)]
    moved = replan(by_hand, was, now, playbooks.present(book))
    lines = [_as_it_was(line, own.get(line.key)) for line in made]
    return in_order([*lines, *(move.after for move in moved.all)])


def clone(book: Book, event_id: int, draft: EventDraft, late: str = ALL) -> Change:
    """Enter it, with the channels of the old one and their codes; ``made`` is its id."""
    lines, old = preview(book, event_id, draft, late), card_of(book, event_id)
    label = msg(N_("New event: {event}, after {old}"), event=draft.name, old=old.name)
    with book.change(label) as change:
        made = events.enter(book, draft, lines).made
        assert made is not None
        for one in channels_store.of(book.con, event_id):
            same = Channel(0, one.label, one.kind, one.code, one.owner)
            channels_store.insert(book.con, made, same)
        change.made = made
    return change


def _as_it_was(line: PlanLine, old: PlanLine | None) -> PlanLine:
    """A step of the playbook with what it was given in the old plan."""
    if old is None:
        return line
    line = line._replace(
        words=old.words,
        channel=old.channel,
        owner=old.owner or line.owner,
        lead_days=old.lead_days,
    )
    if _given_up(old):
        due = line.planned_at or line.due_at
        line = line._replace(due_at=due, planned_at=None, state=DROPPED, why=(HAND,))
        line = line._replace(dropped_why=old.dropped_why)
    return line if old.title_en else line._replace(title=old.title, title_en="")


def _given_up(line: PlanLine) -> bool:
    """By hand, not by the rules of a plan in a hurry."""
    return line.state == DROPPED and HAND in line.why


def _anew(line: PlanLine) -> PlanLine:
    """A step of the operator's own, not yet done."""
    items = tuple(item._replace(done_at=None, answer="") for item in line.items)
    return line._replace(
        state=FLOATING, why=(), done_at=None, snoozed_until=None, note="", items=items
    )
