"""Where the plans of several events collide, and the shift out of it, taken as one change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache
from typing import NamedTuple

from opslog.domain.dates.wording import short_day
from opslog.domain.events import collisions
from opslog.domain.events.collisions import A_WEEK, REACH, Collision, Plans, Shift
from opslog.domain.events.events import AWAY, CHANNEL_LABELS, DONE, EventRow, PlanLine
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.events import days_off, events
from opslog.services.events.plans import playbooks
from opslog.services.events.plans.steps import pinned_at
from opslog.store.events import events as events_store
from opslog.store.events import schedule as store
from opslog.store.events import stops as stops_store

AHEAD = 42  # days looked ahead for the steps of one plan
HOURS = 7  # of calling that a day has room for
DAYS = 7  # of the caps of contact_limits.toml, the one that is about a week
_WEEK = timedelta(days=6)  # before the day that a week ends with
_REACH = timedelta(days=REACH)


class Seen(NamedTuple):
    """Steps of some days, in order of time, with the events of them, by id; also those of plans of
    the operator's own, which stand in nobody's way."""

    steps: Sequence[PlanLine]
    events: Mapping[int, EventRow]


def read(book: Book, first: date, end: date, known: Collection[int] = ()) -> Seen:
    """The days from ``first`` up to ``end``; of the events only those not ``known`` yet."""
    span = book.clock.at(first, time()), book.clock.at(end, time())
    steps = store.steps(book.con, *span, book.now()) if first < end else []
    held = store.events(book.con, *span) if first < end else []
    ids = dict.fromkeys(
        one for one in (*held, *(s.event_id for s in steps)) if one and one not in known
    )
    return Seen(steps, {row.id: row for row in events.some(book, list(ids))})


def around(book: Book, seen: Seen, first: date, end: date) -> Seen:
    """``seen`` of these days, and as many before and after as a week and a shift may reach."""
    before = read(book, min(first, max(first - _REACH, book.today() - _WEEK)), first, seen.events)
    after = read(book, end, end + _REACH, {*seen.events, *before.events})
    steps = [*before.steps, *seen.steps, *after.steps]
    return Seen(steps, {**before.events, **seen.events, **after.events})


def between(book: Book, first: date, end: date, seen: Seen | None = None) -> list[Collision]:
    """Every collision on the days from ``first`` up to ``end``, none of the past. ``seen`` is
    what ``around`` gave for them."""
    if end <= book.today():
        return []
    every, rows = seen or around(book, read(book, first, end), first, end)
    steps = [step for step in every if step.event_id]
    workdays, limits = own_kinds.workdays(book), own_kinds.contact_limits(book)

    @cache
    def shared(one: int, other: int) -> int | None:
        people = store.shared(book.con, one, other)
        if people is not None:
            return people
        return _aimed_at_others(rows, one, other)

    regions = days_off.places(book, workdays, rows)
    paces = [playbooks.playbook(book, kind).pace for kind in {row.kind for row in rows.values()}]
    plans = Plans(
        steps=[step for step in steps if step.open],
        events=rows,
        rounds=frozenset(key for pace in paces for key in pace.rounds),
        quick=frozenset(key for pace in paces for key in pace.quick),
        workdays=workdays,
        zone=book.clock.zone,
        now=book.now(),
        shared=shared,
        callees=cache(lambda event_id: store.callees(book.con, event_id)),
        calls=limits.a_day or HOURS * 60 // limits.minutes,
        a_week=min(
            (cap.most for cap in limits.caps if cap.days == DAYS and cap.most), default=A_WEEK
        ),
        sent=[step for step in steps if step.state == DONE],
        region=_regional(regions),
        stops=stops_store.of_events(book.con, rows),
        regions=regions,
    )
    return [one for one in collisions.find(plans) if first <= one.day < end]


def _regional(regions: days_off.Places) -> Callable[[PlanLine, date], str]:
    """Whose day off it is for whom a step is meant."""

    def off(step: PlanLine, day: date) -> str:
        found = regions(step.event_id, step.stop_id)
        return next((one.name for one in found if day in one.holidays), "")

    return off


def _aimed_at_others(rows: Mapping[int, EventRow], one: int, other: int) -> int | None:
    """Where no list says who gets a mail: nobody gets both of two for different groups."""
    segments = [rows[id].audience == "segment" for id in (one, other)]
    return 0 if all(segments) else None


def take(book: Book, shift: Shift) -> Change:
    """Move the step and what goes along; each is pinned there until its event moves."""
    label = nmsg(
        N_("Moved out of the way: {step}, {day}"),
        N_("Moved out of the way: {step} and what follows it, {day}"),
        len(shift.moves),
        step=shift.step.label,
        day=short_day(shift.to.astimezone(book.clock.zone).date(), book.today()),
    )
    with book.change(label) as change:
        for line, at in shift.moves:
            there = pinned_at(line, at)
            events_store.update_line(book.con, there._replace(why=(*there.why, AWAY)))
    return change


SHORT = {
    collisions.MAILS_MEET: N_("! two mails"),
    collisions.OFTEN: N_("! too often"),
    collisions.CHANNEL: N_("! channel full"),
    collisions.CALLS: N_("! calls meet"),
    collisions.OTHER_EVENT: N_("! another event"),
    collisions.DAY_OFF: N_("! day off"),
    collisions.HELD_OFF: N_("! day off"),
}


class Met(NamedTuple):
    """The steps of one event that collide, by their ids, and the events they collide with."""

    steps: Mapping[int, Collision]
    events: Mapping[int, EventRow]


def of_event(book: Book, event_id: int) -> Met:
    """What collides of one event within the next weeks: of a step the first that does."""
    first = book.today()
    end = first + timedelta(days=AHEAD)
    seen = around(book, read(book, first, end), first, end)
    steps = {
        step.id: one
        for one in reversed(between(book, first, end, seen))
        for step in one.steps
        if step.event_id == event_id
    }
    return Met(steps, seen.events)


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
    if one.kind == collisions.OFTEN:
        if one.people:
            return nmsg(
                N_("touched {number} times in a week: {n} person"),
                N_("touched {number} times in a week: {n} people"),
                one.people,
                number=one.number,
            )
        return msg(N_("the same people touched {number} times in a week"), number=one.number)
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
    if one.off:
        row = rows.get(one.beside or 0)
        name = row.name if row else ""
        who = f"{one.off.stop.place} · {name}" if one.off.stop else name
        return msg(N_("{event} on a day off: {what}"), event=who, what=one.off.what)
    if one.region:
        return msg(N_("goes out on a day off in {region}"), region=one.region)
    return msg(N_("goes out on a day off"))
