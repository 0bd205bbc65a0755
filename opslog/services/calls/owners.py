"""Who owes what to the plans, and that they were reminded: telling is a second fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.events import texts
from opslog.domain.events.events import EventRow, PlanLine
from opslog.domain.events.owing import OfPlan, Owner, by_owner
from opslog.domain.events.plans.routines import Routine
from opslog.domain.events.texts import OWED as OWED_TEXT
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events, message_texts
from opslog.services.events.plans import routines
from opslog.store.calls import told
from opslog.store.calls.told import OWED


def owners(book: Book, event_id: int | None = None) -> list[Owner]:
    """Everybody who owes an open step to one event, or to any that stands and to the plans of the
    operator's own that go on; who is late first."""
    if event_id is not None:
        return _owing(book, _of_events(book, events.some(book, [event_id])))
    rows = [row for row in events.listing(book) if row.cancelled_at is None]
    own = (row.routine for row in routines.listing(book))
    return _owing(book, [*_of_events(book, rows), *(_of_own(book, one) for one in own)])


def of_step(book: Book, step: PlanLine) -> Owner | None:
    """Who owes this step, and nothing else; None where nobody does, or it is over."""
    if not (step.owner and step.open):
        return None
    if step.event_id:
        plans = _of_events(book, events.some(book, [step.event_id]))
    else:
        plans = [_of_own(book, routines.get(book, routines.of_step(book, step)).routine)]
    only = [
        one._replace(lines=tuple(line for line in one.lines if line.id == step.id)) for one in plans
    ]
    return next(iter(_owing(book, only)), None)


def _of_events(book: Book, rows: Sequence[EventRow]) -> list[OfPlan]:
    return [
        OfPlan(row.id, row.name, row.starts_at, tuple(events.plan(book, row.id))) for row in rows
    ]


def _of_own(book: Book, routine: Routine) -> OfPlan:
    """What its newest turn asks for; nothing where it rests."""
    lines = routines.of_turn(book, routine) if routine.goes_on else []
    day = routine.turn.anchor if routine.turn else routine.starts_on
    return OfPlan(0, routine.name, book.clock.at(day), tuple(lines))


def _owing(book: Book, plans: Sequence[OfPlan]) -> list[Owner]:
    """By whom, each with when they were last told."""
    when = told.newest_of(book.con, OWED)
    return [owner._replace(told=_last(owner, when)) for owner in by_owner(plans)]


def _last(owner: Owner, when: dict[tuple[int, str], str]) -> datetime | None:
    """Nobody was reminded by what somebody else was told who owed the step before."""
    told_of = ((line.id, owner.key) for line in owner.lines)
    times = [when[one] for one in told_of if one in when]
    return instant_of(max(times)) if times else None


def text(book: Book, owner: Owner) -> Msg:
    """The words that remind them of what is due soon: the operator's own where there are some."""
    template = own_kinds.texts(book).find(OWED_TEXT)
    today, zone = book.today(), book.clock.zone
    owner = owner.soon(today, zone)
    if not template:
        return owner.reminder(today, zone)
    found: dict[str, Msg | str] = {**owner.fields(today, zone)}
    if only := _only_event(owner):
        event = events.get(book, only)
        found = {**message_texts.values(book, event), **found}
    return texts.fill(template, found)


def named(book: Book, words: str, event_id: int | None = None) -> Owner:
    """The owner a person means, in either language. Refused where nobody of it owes anything."""
    from opslog.services.events.plans.step_changes import owner_of

    key = owner_of(words)
    for owner in owners(book, event_id):
        if owner.key.casefold() == key.casefold():
            return owner
    raise Refused(msg(N_("{name} owes nothing that is open"), name=words))


def remind(book: Book, owner: Owner) -> Change:
    """They were reminded of what ``text`` asks for, just now."""
    owner = owner.soon(book.today(), book.clock.zone)
    number = len(owner.lines)
    label = nmsg(
        N_("Reminded {name} of {n} step"), N_("Reminded {name} of {n} steps"), number,
        name=owner.name,
    )  # fmt: skip
    with book.change(label) as change:
        for line in owner.lines:
            told.put(book.con, OWED, line.id, owner.key, instant_text(book.now()))
        auto_lines.write(book, label, source="told", event_id=_only_event(owner))
    return change


def _only_event(owner: Owner) -> int | None:
    """The event that all is owed to; None where there are several plans, or it is no event's."""
    return owner.plans[0].event_id or None if len(owner.plans) == 1 else None
