"""Where the plans of several events collide, and the shift out of it, taken as one change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import cache

from opslog.domain.dates.wording import short_day
from opslog.domain.events import collisions
from opslog.domain.events.collisions import REACH, Collision, Plans, Shift
from opslog.domain.events.events import CHANNEL_LABELS, EventRow
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.events import events, playbooks
from opslog.services.events.steps import pinned_at
from opslog.store.events import events as events_store
from opslog.store.events import schedule as store

AHEAD = 42  # days looked ahead for the steps of one plan
HOURS = 7  # of calling that a day has room for


def between(book: Book, first: date, end: date) -> list[Collision]:
    """Every collision on the days from ``first`` up to ``end``, none of the past."""
    now, today = book.now(), book.today()
    if end <= today:
        return []
    begins = book.clock.at(min(max(first, today), today + timedelta(days=1)), time())
    until = book.clock.at(end + timedelta(days=REACH), time())
    steps = [one for one in store.steps(book.con, begins, until, now) if one.open]
    held = store.events(book.con, begins, until)
    ids = list(dict.fromkeys([*held, *(step.event_id for step in steps)]))
    rows = {row.id: row for row in events.some(book, ids)}
    limits = own_kinds.contact_limits(book)

    @cache
    def shared(one: int, other: int) -> int | None:
        people = store.shared(book.con, one, other)
        if people is not None:
            return people
        return _aimed_at_others(rows, one, other)

    paces = [playbooks.playbook(book, kind).pace for kind in {row.kind for row in rows.values()}]
    plans = Plans(
        steps=steps,
        events=rows,
        rounds=frozenset(key for pace in paces for key in pace.rounds),
        quick=frozenset(key for pace in paces for key in pace.quick),
        workdays=own_kinds.workdays(book),
        zone=book.clock.zone,
        now=now,
        shared=shared,
        callees=cache(lambda event_id: store.callees(book.con, event_id)),
        calls=limits.a_day or HOURS * 60 // limits.minutes,
    )
    return [one for one in collisions.find(plans) if first <= one.day < end]


def _aimed_at_others(rows: Mapping[int, EventRow], one: int, other: int) -> int | None:
    """Where no list says who gets a mail: nobody gets both of two for different groups."""
    segments = [rows[id].audience == "segment" for id in (one, other)]
    return 0 if all(segments) else None


def take(book: Book, shift: Shift) -> Change:
    """Move the step and what goes along; each is pinned there, as by hand."""
    label = nmsg(
        N_("Moved out of the way: {step}, {day}"),
        N_("Moved out of the way: {step} and what follows it, {day}"),
        len(shift.moves),
        step=shift.step.label,
        day=short_day(shift.to.astimezone(book.clock.zone).date(), book.today()),
    )
    with book.change(label) as change:
        for line, at in shift.moves:
            events_store.update_line(book.con, pinned_at(line, at))
    return change


SHORT = {
    collisions.MAILS_MEET: N_("! two mails"),
    collisions.CHANNEL: N_("! channel full"),
    collisions.CALLS: N_("! calls meet"),
    collisions.OTHER_EVENT: N_("! another event"),
    collisions.DAY_OFF: N_("! day off"),
}


def of_event(book: Book, event_id: int) -> dict[int, tuple[Msg, Msg]]:
    """The steps of one event that collide within the next weeks: the chip, and the sentence."""
    today = book.today()
    found = between(book, today, today + timedelta(days=AHEAD))
    rows = events.some(book, list({one.beside for one in found if one.beside}))
    named = {row.id: row for row in rows}
    return {
        step.id: (msg(SHORT[one.kind]), said(one, named))
        for one in reversed(found)
        for step in one.steps
        if step.event_id == event_id
    }


def said(one: Collision, rows: Mapping[int, EventRow]) -> Msg:
    """What collides, in a sentence."""
    steps = one.steps
    if one.kind == collisions.MAILS_MEET:
        if one.people:
            return nmsg(
                N_("two mails on one day: 1 person gets both"),
                N_("two mails on one day: {n} people get both"),
                one.people,
            )
        return msg(N_("two mails to the same people on one day"))
    if one.kind == collisions.CHANNEL:
        channel = msg(CHANNEL_LABELS.get(steps[0].channel, steps[0].channel))
        return msg(N_("{n} steps by one channel: {channel}"), n=len(steps), channel=channel)
    if one.kind == collisions.CALLS:
        return msg(
            N_("calls of {n} events meet: {people} people"), n=len(one.events), people=one.people
        )
    if one.kind == collisions.OTHER_EVENT:
        row = rows.get(one.beside or 0)
        return msg(N_("promotion on the day of {event}"), event=row.name if row else "")
    return msg(N_("goes out on a day off"))
