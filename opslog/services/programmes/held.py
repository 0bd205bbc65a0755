"""Why somebody gets no message today, and until when; derived each time, never stored.

In order of strength: who has left (not to be written to, dropped from the lists, with sales,
answered, a colleague), a promised call, a call just made, and the limits of contacts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import Clock, instant_of, instant_text
from opslog.domain.calls import contact_limits
from opslog.domain.calls.contact_limits import Touched
from opslog.domain.calls.outcomes import MESSAGE, PHONE
from opslog.domain.people.card import WRITE
from opslog.domain.programmes.programme import COLLEAGUE, LATE_DAYS, REPLY, SALES
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.programmes import entering
from opslog.services.programmes.timetable import Timetable
from opslog.store.people import suppressed
from opslog.store.programmes import enrolments
from opslog.store.programmes import held as store
from opslog.store.programmes.enrolments import Enrolled
from opslog.store.programmes.held import Kept

BARRED, MERGED, HAND = "barred", "merged", "hand"
HANDED, DROPPED = "handed", "dropped"  # themselves, whatever the programme says
LATE = "late"  # the day of the step is too long past: it is missed
HAD = "had"  # the step went to them by a row that was merged: it is passed over
# Of what takes somebody out, how it is said.
LEFT = {
    REPLY: N_("they answered"),
    COLLEAGUE: N_("a colleague of theirs answered"),
    SALES: N_("their company is in talks with sales"),
    HANDED: N_("handed over to sales"),
    BARRED: N_("not to be written to"),
    DROPPED: N_("dropped from the lists"),
    MERGED: N_("merged with somebody in a programme"),
    HAND: N_("taken out by hand"),
}
LANES = {"call": PHONE}  # of a step's channel, where they are not called the same
_AFTER_CALL = timedelta(days=2)
_FEW = 14  # touches; see _limits
_FEW_DUE = 1_000  # people; see _barred and _dropped
_LOOKED_BACK = timedelta(days=500)  # longer than a programme takes


def why_left(why: str) -> Msg:
    """What took somebody out as it is said: a code of LEFT, or words of one's own."""
    return msg(LEFT[why]) if why in LEFT else Msg("{text}", {"text": why})


class Holding(NamedTuple):
    """``left``: the code of LEFT, HAD or LATE; '' of somebody who waits until a day."""

    kept: Kept
    why: Msg
    until: date | None
    left: str = ""


def holdings(book: Book, table: Timetable) -> dict[int, Holding]:
    """Enrolment → why nothing goes to them today, of those who are due."""
    con, today, clock = book.con, table.today, book.clock
    found: dict[int, Holding] = {}

    def leave(those: Iterable[Kept], code: str) -> None:
        for one in those:
            programme = table.programme(one.programme)
            if code == BARRED or programme is None or code in programme.leave:
                found.setdefault(one.id, Holding(one, msg(LEFT[code]), None, code))

    def hold(those: Iterable[Kept], why: str, days: timedelta) -> None:
        for one in those:
            until = max(instant_of(one.at).astimezone(clock.zone).date() + days, today)
            if one.id not in found and until > today:
                found[one.id] = Holding(one, msg(why), until)

    since = book.now() - _LOOKED_BACK
    known = (one for some in own_kinds.outcomes(book).sets.values() for one in some.all)
    codes = {one.code for one in known if one.answered and one.ask != "when"}  # not yet, that is
    few = sum(number for *_key, number in table.groups) <= _FEW_DUE
    due = store.due(con, today) if few else []
    leave(_barred(book, due) if few else store.barred(con, today), BARRED)
    mail = store.barred(con, today, mail=True)
    leave((one for one in mail if _channel(table, one) == "email"), BARRED)
    for id, holding in _dropped(book, due).items():
        found.setdefault(id, holding)
    for own in store.with_sales(con, today, colleagues=False, few=few):
        found.setdefault(own.id, Holding(own, msg(N_("with sales")), None, HANDED))
    leave(store.with_sales(con, today, colleagues=True, few=few), SALES)
    leave(store.replied(con, today, since, codes, few=few), REPLY)
    leave(store.colleagues(con, today, since, few=few), COLLEAGUE)
    start, day = clock.at(today), timedelta(days=1)
    for one, step in store.merged(con, today):
        if _now(table, one) == step:
            found.setdefault(one.id, Holding(one, msg(N_("had it before")), today + day, HAD))
    hold(store.promised(con, today, start), N_("a call is promised first"), day)
    yesterday = clock.at(today - day)
    calls = (one for one in store.called(con, today, yesterday) if not _own_call(table, one, clock))
    hold(calls, N_("called just now"), _AFTER_CALL)
    hold(store.put_off(con, today, book.now()), N_("put off"), timedelta())
    for one in store.put_off(con, today, book.now()):  # until later today
        found.setdefault(one.id, Holding(one, msg(N_("put off")), today))
    for one, until in _overdue(book, table):
        why = msg(N_("missed: due more than {n} days ago"), n=_late(table, one.programme))
        found.setdefault(one.id, Holding(one, why, until, LATE))
    _limits(book, table, found)
    for slot, code, step, started_on, late, _number in table.groups:
        if table.step(code, step) is None:
            why = msg(N_("“{code}” has no such step any more"), code=code)
            if table.programme(code) is None:
                why = msg(N_("the file of “{code}” is gone, or can't be read"), code=code)
            for person in enrolments.of_group(con, today, slot, code, step, started_on, late):
                found.setdefault(person.id, Holding(kept(person, today), why, None))
    return found


def _late(table: Timetable, code: str) -> int:
    programme = table.programme(code)
    return programme.late if programme else LATE_DAYS


def _overdue(book: Book, table: Timetable) -> Iterator[tuple[Kept, date | None]]:
    """Whose step has a day too long past, and the day of the one that comes next instead."""
    codes = {code for _slot, code, _step, _started_on, late, _number in table.groups if late}
    if not codes:
        return
    before = table.today - timedelta(days=min(_late(table, code) for code in codes))
    for one in store.overdue(book.con, table.today, before):
        start, on = date.fromisoformat(one.started_on), date.fromisoformat(one.at)
        if (found := table.overdue(one.programme, start, one.next_step, on)) is not None:
            _place, after = found
            yield one, after.on if after else None


def _barred(book: Book, those: Collection[Kept]) -> Iterator[Kept]:
    """Whoever of a day's few is not to be written to. ``store.barred`` goes by all numbers that
    are, which after years are far more."""
    out = suppressed.among(book.con, {one.person_id for one in those}, WRITE)
    for one in those:
        if one.person_id in out:
            bar = suppressed.of_person(book.con, one.person_id, WRITE)
            yield one._replace(at=instant_text(bar.since) if bar else "")


def _dropped(book: Book, those: Collection[Kept]) -> dict[int, Holding]:
    """Whoever was dropped since they entered. Of a long day this is looked at where somebody is
    shown or sent something (``limited``): no index leads from a verdict to who is due."""
    out = entering.dropped(book, [*{one.person_id for one in those}])
    at = store.decided_at(book.con, out) if out else {}
    return {
        one.id: Holding(one._replace(at=at[one.person_id]), out[one.person_id], None, DROPPED)
        for one in those
        if one.person_id in out
    }


def kept(one: Enrolled, today: date) -> Kept:
    """Somebody of whom a cause is looked for."""
    late, start = one.next_on != today, one.started_on.isoformat()
    return Kept(one.id, one.person_id, one.slot, one.programme, one.next_step, start, late, "")


def _now(table: Timetable, one: Kept) -> str:
    """The step somebody gets today; '' where there is no such step any more."""
    start = date.fromisoformat(one.started_on)
    now = table.at(one.programme, start, one.next_step, table.today)
    return now[0].id if now else ""


def _channel(table: Timetable, one: Kept) -> str:
    step = table.step(one.programme, _now(table, one))
    return step.channel if step else ""


def _own_call(table: Timetable, one: Kept, clock: Clock) -> bool:
    """Whether a call is the one that somebody's step is: then the step is done, and not put off."""
    return _is_step(table, one, instant_of(one.at).astimezone(clock.zone).date())


def _is_step(table: Timetable, one: Kept, called_on: date) -> bool:
    start = date.fromisoformat(one.started_on)
    now = table.at(one.programme, start, one.next_step, table.today)
    if now is None or LANES.get(now[0].channel) != PHONE:
        return False
    due_on = table.plan(one.programme, start)[now[1].number].on if one.late else table.today
    return called_on >= due_on


def _limits(book: Book, table: Timetable, found: dict[int, Holding]) -> None:
    """Whoever had as many touches as the limits of contacts allow. A limit of more than a day in
    two is rarely reached, and looked at where somebody is shown or sent something (``limited``)."""
    today = table.today
    limits = own_kinds.contact_limits(book)
    wanted = {(today, 1)} if limits.once_a_workday else set()
    for cap in limits.caps:
        if 0 < cap.most <= _FEW:
            wanted.add((cap.begin(today), cap.most))
    many = {
        kept.id: kept
        for begin, most in wanted
        for kept in store.often(book.con, today, book.clock.at(begin), most)
        if kept.id not in found
    }
    found |= limited(book, table, many.values())


def limited(book: Book, table: Timetable, kept: Collection[Kept]) -> dict[int, Holding]:
    """Enrolment → by which limit of contacts they are held, or that they were dropped, of these."""
    if not kept:
        return {}
    clock, today = book.clock, table.today
    limits = own_kinds.contact_limits(book)
    touched: dict[int, list[Touched]] = {}
    people = {one.person_id for one in kept}
    since = clock.at(limits.since(today))
    for person, at, purpose, lane, counts in store.touches(book.con, people, since):
        day = instant_of(at).astimezone(clock.zone).date()
        touched.setdefault(person, []).append(Touched(day, purpose, lane, counts))
    found = _dropped(book, kept)
    for one in kept:
        if one.id in found:
            continue
        had = touched.get(one.person_id, [])
        if any(each.lane == PHONE and _is_step(table, one, each.day) for each in had):
            continue
        channel = _channel(table, one)
        held = contact_limits.held(
            had,
            limits,
            MESSAGE,
            LANES.get(channel, channel),
            today,
            table.workdays.is_workday,
        )
        if held is not None:
            found[one.id] = Holding(one, held.why, held.until)
    return found
