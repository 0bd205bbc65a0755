"""The last event of its kind once more: its facts, stops and channels, its plan with what was its
own.

The dates come from the playbook as it is now, so that what a review has changed holds; what was
moved by hand was for that day alone. Words, channel and owner that a step was given in the old plan
stay, of the two leads the longer one (a review asks for a longer one, too), and so do the
operator's own steps; answers are blank, the last one is offered where a line is answered. A step
that was taken out of the old plan does not come back; one that was given up stays given up, with
its reason, and can be taken up like any. Stops keep their distance from the first day; one that
was called off is left out, one done otherwise is as it was planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.dates.wording import short_day
from opslog.domain.events.channels import Channel
from opslog.domain.events.events import (
    DROPPED,
    FLOATING,
    HAND,
    KIND_LABELS,
    EventDraft,
    PlanLine,
)
from opslog.domain.events.kinds import kind_named
from opslog.domain.events.plans.joining import ALL
from opslog.domain.events.stops import OPEN, Stop
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.events import events, stops
from opslog.services.events.plans.steps import card_of, span_of
from opslog.store.events import channels as channels_store
from opslog.store.events import events as events_store
from opslog.store.events import stops as stops_store
from opslog.store.events import taken_out

if TYPE_CHECKING:
    from opslog.domain.events.plans.planning import Span

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
    """The plan it would get; of steps of its stops with the number of the old stop. Raises Refused
    as ``events.create`` does."""
    from opslog.domain.events.plans.planning import Span, in_order

    was = span_of(card_of(book, event_id))
    now = Span(draft.starts_at, draft.ends_at or draft.starts_at + (was.end - was.start))
    plan = events.plan(book, event_id)
    anew = stops_of(book, event_id, draft)
    every = events.preview_plan(book, draft, late, {one.id: one.span for one in anew})
    whole = [line for line in every if line.stop_id is None]
    lines = _lines(book, event_id, plan, whole, was, now)
    before = {one.id: one for one in stops_store.of(book.con, event_id)}
    for stop in anew:
        made = [stops.named_after(stop, line) for line in every if line.stop_id == stop.id]
        lines += _lines(book, event_id, plan, made, before[stop.id].span, stop.span, stop.id)
    return in_order(lines)


def stops_of(book: Book, event_id: int, draft: EventDraft) -> list[Stop]:
    """The stops it would have, by the numbers of the old ones."""
    by = draft.starts_at - card_of(book, event_id).row.starts_at
    return [
        one.later(by)._replace(state=OPEN, why="", fallback="")
        for one in stops_store.of(book.con, event_id)
        if one.open
    ]


def kind_told(draft: EventDraft) -> list[Msg]:
    """Where its new name is that of another kind: it stays of the kind of the old one."""
    named = kind_named(draft.name)
    if named in ("", draft.kind):
        return []
    text = N_("“{event}” is entered as {kind}, though its name says {named}")
    kind, said = (msg(KIND_LABELS[one]) for one in (draft.kind, named))
    return [msg(text, event=draft.name, kind=kind, named=said)]


def stops_told(book: Book, event_id: int, draft: EventDraft) -> list[Msg]:
    """Where the clone would stop and when, what is left out, and which of its days are off."""
    found = stops_of(book, event_id, draft)
    off = [one for one in stops_store.of(book.con, event_id) if not one.open]
    said = []
    if found:
        names = listed(_named(book, one) for one in found)
        text = nmsg(N_("{n} stop: {stops}"), N_("{n} stops: {stops}"), len(found), stops=names)
        said.append(text)
    if off:
        names = listed(bracketed(Msg("{text}", {"text": one.place}), one.why) for one in off)
        said.append(msg(N_("called off last time, left out: {stops}"), stops=names))
    workdays = own_kinds.workdays(book)
    resting = [one for one in found if not workdays.is_workday(_day(book, one))]
    if resting:
        names = listed(_named(book, one) for one in resting)
        said.append(msg(N_("on a day off: {stops}"), stops=names))
    return said


def _named(book: Book, stop: Stop) -> Msg:
    day = short_day(_day(book, stop), book.today())
    return Msg("{place} {day}", {"place": stop.place, "day": day})


def _day(book: Book, stop: Stop) -> date:
    return stop.starts_at.astimezone(book.clock.zone).date()


def _lines(
    book: Book,
    event_id: int,
    plan: Sequence[PlanLine],
    made: Sequence[PlanLine],
    was: Span,
    now: Span,
    stop_id: int | None = None,
) -> list[PlanLine]:
    """What was ``made`` of the playbook, with what the old plan had of its own: of the event as a
    whole, or of a stop."""
    from opslog.domain.events.plans.replanning import replan
    from opslog.services.events.plans import playbooks

    mine = [line for line in plan if line.stop_id == stop_id]
    own = {line.key: line for line in mine if line.key}
    gone = taken_out.keys_of(book.con, event_id, stop_id) - own.keys()
    by_hand = [_anew(line) for line in mine if not line.key and not _given_up(line)]
    moved = replan(by_hand, was, now, playbooks.present(book))
    kept = [_as_it_was(line, own.get(line.key)) for line in made if line.key not in gone]
    return [*kept, *(move.after for move in moved.all)]


def clone(book: Book, event_id: int, draft: EventDraft, late: str = ALL) -> Change:
    """Enter it, with the stops and channels of the old one and their codes; ``made`` is its id."""
    lines, old = preview(book, event_id, draft, late), card_of(book, event_id)
    label = msg(N_("New event: {event}, after {old}"), event=draft.name, old=old.name)
    with book.change(label) as change:
        whole = [line for line in lines if line.stop_id is None]
        made = events.enter(book, draft, whole).made
        assert made is not None
        anew: dict[int | None, int | None] = {None: None}  # the new stop of each old one
        for stop in stops_of(book, event_id, draft):
            anew[stop.id] = stops_store.insert(book.con, stop._replace(event_id=made))
        for line in lines:
            if line.stop_id is not None:
                here = line._replace(stop_id=anew[line.stop_id])
                events_store.insert_line(book.con, made, here)
        for one in channels_store.of(book.con, event_id):
            if one.stop_id in anew:
                same = Channel(0, one.label, one.kind, one.code, one.owner)
                same = same._replace(stop_id=anew[one.stop_id])
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
        lead_days=max(old.lead_days, line.lead_days),
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
