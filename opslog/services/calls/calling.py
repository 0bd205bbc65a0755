"""Calling: reminders before an offline event, call-backs after any event with a list.

One attempt is one ``record``; what it opens or closes follows from the outcome's rule.
"""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.base.codes import known
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.calls.order import joined
from opslog.domain.calls.outcomes import (
    ADD,
    LANE_TITLES,
    LANES,
    PHONE,
    REMINDER,
    WECOM,
    WRONG_NUMBER,
    Outcome,
    check_purpose,
    purpose_title,
)
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import IN, OUT, Attempt, next_touch
from opslog.domain.dates.wording import short_day
from opslog.domain.leads.leads import Said
from opslog.domain.people.card import CALL, WRITE
from opslog.domain.rosters.rosters import AUDIENCE, HAND
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.new_times import NewTime
from opslog.services.calls.attendance import door
from opslog.services.calls.attendance.door import Substitute
from opslog.services.calls.call_files import CallBooks, books
from opslog.services.calls.queue import queue
from opslog.services.calls.queue.purposes import check_over
from opslog.services.calls.wording import called, gone, moment
from opslog.services.daybook import auto_lines
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.rosters.by_hand import put_on
from opslog.store.answers import answers
from opslog.store.calls import attempts, not_now
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.touches import Newest
from opslog.store.people import card as people
from opslog.store.people import suppressed


class TouchedSince(Refused):
    """Somebody else was in touch with the person since the card was drawn."""


class SaidAlready(Refused):
    """The same came of the same call, and is written."""


def said_already(
    book: Book, person: str, purpose: str, lane: str, outcome: str, at: datetime
) -> SaidAlready:
    return SaidAlready(
        msg(
            N_("{person}: “{outcome}” was written at {when} already"),
            person=person,
            outcome=own_kinds.outcomes(book).title(purpose, lane, outcome),
            when=moment(book, at),
        )
    )


def record(
    book: Book,
    card_id: int,
    purpose: str,
    outcome: str,
    *,
    lane: str,
    note: str = "",
    reason: str = "",
    when: datetime | None = None,
    minutes: int | None = None,
    call: int | None = None,
    direction: str = OUT,
    at: datetime | None = None,
    lead: Said | None = None,
    instead: Substitute | None = None,
    follows: int | None = None,
) -> Change:
    """What came of one call or message.

    ``reason`` is a code of outcomes.toml or free words; ``when`` (aware) a promised time for an
    outcome that is tried again; ``minutes`` how long it took; ``call`` the attempt whose call this
    still is; ``lead`` what was said of somebody who is handed over; ``instead`` who comes in their
    place. ``direction``: IN where they
    called or wrote, which whoever asked not to be called may do; ``at``: when it was, where that
    is not now. A dial that nobody answered counts for all
    that it was for (operator's rule), as one call. Writes its line into the log. An outcome that
    ends everything marks the person "do not call". Raises Refused for a card that is gone, a
    person who asked not to be called, an outcome the set doesn't have, a call-back of an event to
    come, a promise in the past or after the event it reminds of; TouchedSince where the newest
    touch with the person is not ``follows`` (0: there was none).
    """
    check_purpose(purpose)
    found = on_lists.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    check_there(book, found.person_id)
    rules = books(book)
    chosen = outcome_of(rules, purpose, lane, outcome)
    check_direction(chosen, direction)
    made_at = made(book, at)
    who = called(found)
    if direction == OUT and suppressed.of_person(book.con, found.person_id) is not None:
        raise Refused(msg(N_("{person} asked not to be called"), person=who))
    one = lists_store.list_of_card(book.con, found.card_id)
    check_over(book, one, purpose, made_at)
    if when is not None:
        _check_promise(book, chosen, purpose, one, when)
    attempt = Attempt(
        id=0,
        card_id=card_id,
        purpose=purpose,
        lane=lane,
        outcome=outcome,
        reason=storable(reason.strip()),
        note=storable(note.strip()),
        at=made_at,
        next_at=when or retry_at(book, rules, chosen, purpose, made_at),
        promised=when is not None,
    )
    told = not chosen.pass_on or bool(lead and lead.to_whom)
    text = said(rules, who, attempt, chosen, moment(book, when) if when else None, direction, told)
    with book.change(text) as change:
        _check_follows(book, found, follows)
        dialled = not chosen.answered and lane == PHONE and direction == OUT
        others = _ready_too(book, attempt, found) if dialled else []
        change.made = calls_store.add_touch(
            book.con,
            attempt,
            found.person_id,
            counts=chosen.touches(lane),
            direction=direction,
            seconds=None if minutes is None else minutes * 60,
            call_id=call,
        )
        answers.belongs_to(book.con, found.person_id, one.event_id, call or change.made)
        for other in others:
            same = rules.outcomes.outcome(other.purpose, lane, outcome)
            if same is not None and not same.answered:
                retry = retry_at(book, rules, same, other.purpose, made_at)
                too = attempt._replace(
                    card_id=other.card_id,
                    purpose=other.purpose,
                    next_at=retry,
                    promised=False,
                )
                calls_store.add_touch(
                    book.con,
                    too,
                    found.person_id,
                    counts=same.touches(lane),
                    call_id=call or change.made,
                )
        dialled_phone = found.phone if lane == PHONE else ""
        take_effect(book, found.person_id, dialled_phone, chosen, made_at)
        comes = chosen.confirms and instead is None
        if one.list == AUDIENCE and one.event_id is not None and comes:
            put_on(book, found.person_id, one.event_id, way=HAND)  # who says so has signed up
        auto_lines.write(
            book,
            with_note(text, attempt.note),
            source="call",
            event_id=one.event_id,
            person_ids=[found.person_id],
            at=at,
            minutes=minutes,
        )
        if lead is not None:
            kept = leads.keep(
                *(book, found.person_id, lead.known, lead.to_whom),
                card_id=card_id,
                event_id=one.event_id,
                community=lead.community,
                by_whom=lead.by_whom,
            )
            change.label = joined([change.label, kept.label])
        if instead is not None:
            came = door.stand_in(book, card_id, *instead, came=False)
            change.label = joined([change.label, came.label])
    return change


def _check_follows(book: Book, found: Candidate, follows: int | None) -> None:
    last = calls_store.last_touch(book.con, found.person_id)
    if follows is None or last is None or last.id == follows:
        return
    came = own_kinds.outcomes(book).title(last.purpose, last.lane, last.outcome)
    raise TouchedSince(
        msg(
            N_("{person} was called or written to meanwhile: {outcome}"),
            person=called(found),
            outcome=came,
        )
    )


def check_there(book: Book, person_id: int) -> None:
    """Raises Refused where a person was erased: nothing more is kept of them."""
    if person_card.get(book, person_id).erased:
        raise Refused(msg(N_("This person was erased; nothing more is kept of them")))


def outcome_of(rules: CallBooks, purpose: str, lane: str, code: str) -> Outcome:
    """Refused for a lane or an outcome that there is none of."""
    if lane not in LANES or (purpose == ADD and lane != WECOM):
        raise Refused(
            msg(
                N_("“{lane}” is no lane; write {lanes}"),
                lane=lane,
                lanes=WECOM if purpose == ADD else listed(LANES),
            )
        )
    outcomes = rules.outcomes.of(purpose, lane)
    if chosen := outcomes.get(code):
        return chosen
    raise Refused(
        msg(
            N_("“{outcome}” is no outcome of {purpose} by {lane}; known: {known}"),
            outcome=code,
            purpose=purpose_title(purpose),
            lane=msg(LANE_TITLES[lane]),
            known=known(outcomes.titles),
        )
    )


def made(book: Book, at: datetime | None) -> datetime:
    """When a call was made; Refused for a time to come."""
    if at is None or at <= book.now():
        return at or book.now()
    raise Refused(
        msg(N_("{when} is still to come; a call is logged once it was made"), when=moment(book, at))
    )


def check_direction(chosen: Outcome, direction: str) -> None:
    """Raises Refused where they called and nobody was reached."""
    if direction == IN and not chosen.answered:
        raise Refused(
            msg(N_("They called: “{outcome}” can't have come of it"), outcome=chosen.title.message)
        )


def take_effect(book: Book, person_id: int, phone: str, chosen: Outcome, at: datetime) -> None:
    """What an outcome changes of the person: last contact, do not call, a number found wrong.

    ``phone``: what was dialled, '' for a message.
    """
    since = instant_text(at)
    people.note_contact(book.con, person_id, since)
    not_now.end(book.con, person_id)
    if chosen.ends == "person":
        for scope in (CALL, WRITE):
            suppressed.put(book.con, [person_id], scope, since, chosen.code)
    if chosen.code == WRONG_NUMBER and phone:
        suppressed.put_wrong(book.con, phone, since, chosen.code)


def with_note(text: Msg, note: str) -> Msg:
    return joined([text, Msg("{text}", {"text": note})]) if note else text


def _ready_too(book: Book, attempt: Attempt, found: Candidate) -> list[QueueLine]:
    """What else the person would be dialled for now."""
    line = queue.line(book, found.person_id)
    mine = (attempt.card_id, attempt.purpose)
    return [
        part
        for part in (line.parts if line else ())
        if part.ready and part.lane == attempt.lane and (part.card_id, part.purpose) != mine
    ]


def _check_promise(
    book: Book, chosen: Outcome, purpose: str, one: CallList, when: datetime
) -> None:
    if chosen.retry is None:
        raise Refused(
            msg(
                N_("“{outcome}” closes the call: it takes no time to call back"),
                outcome=chosen.title.message,
            )
        )
    if when <= book.now():
        raise Refused(msg(N_("{when} is past; promise a later time"), when=moment(book, when)))
    if purpose == REMINDER and when >= one.starts_at:
        raise Refused(
            msg(
                N_("The event starts {starts}; promise a time before that"),
                starts=moment(book, one.starts_at),
            )
        )


def retry_at(
    book: Book, rules: CallBooks, chosen: Outcome, purpose: str, at: datetime
) -> datetime | None:
    # A reminder hangs on the event's day, whatever day that is; a call-back waits for a workday.
    workday = None if purpose == REMINDER else rules.workdays.is_workday
    return next_touch(chosen, at, book.clock, rules.outcomes.parts, workday)


def said(
    rules: CallBooks,
    who: str,
    attempt: Attempt,
    chosen: Outcome,
    promised: Msg | None,
    direction: str = OUT,
    told: bool = False,
) -> Msg:
    """The line of history and log: ``Called 王志刚: not coming (travelling)``."""
    text: Msg = chosen.title.message
    detail = promised or (rules.outcomes.reason(attempt.reason) if attempt.reason else None)
    if detail is not None:
        text = msg(N_("{outcome} ({detail})"), outcome=text, detail=detail)
    if chosen.pass_on and not told:
        text = msg(N_("{outcome}, to be passed on"), outcome=text)
    if direction == IN:
        wrote = attempt.lane == WECOM
        return msg(
            N_("{person} wrote: {outcome}") if wrote else N_("{person} called: {outcome}"),
            person=who,
            outcome=text,
        )
    if attempt.purpose == ADD:
        return msg(N_("To add {person} on WeCom: {outcome}"), person=who, outcome=text)
    if attempt.lane == WECOM:
        return msg(N_("Wrote to {person}: {outcome}"), person=who, outcome=text)
    return msg(N_("Called {person}: {outcome}"), person=who, outcome=text)


def read_promise(
    book: Book, card_id: int | None, purpose: str, lane: str, outcome: str, text: str
) -> NewTime:
    """The instant a typed time promises: ``明天下午3点``, ``fri``, ``+3d``, ``15:30``; ``card_id``
    None: of a call that belongs to no event.

    ``10`` is the next ten o'clock within calling hours on a working day (see ``read_answer``).
    A day without a time means the beginning of that day's first part in which calls are made.
    Raises Refused for a text that says no time, and for a time that can't be promised.
    """
    from opslog.domain.dates.question import read_answer

    rules = books(book)
    parts = rules.outcomes.parts.values()
    start, end = min(part.start for part in parts), max(part.until for part in parts)
    found = None if card_id is None else on_lists.candidate(book.con, card_id)
    one = lists_store.list_of(book.con, found.card_id) if found else None
    before = one.starts_at if one and purpose == REMINDER else None
    answer = read_answer(text, book.clock.local(), lambda: rules.workdays, (start, end), before)
    if answer is None:
        raise Refused(
            msg(
                N_("“{text}” says no time; write 15:30, fri, 12-05 14:00, tomorrow 3pm …"),
                text=text,
            )
        )
    when = answer.when
    if found is None and card_id is not None:
        raise gone(card_id)
    chosen = rules.outcomes.outcome(purpose, lane, outcome)
    instant = book.clock.at(when.day, when.time or start)
    if when.time is None and when.day == book.today():
        raise Refused(msg(N_("today: at what time? Write for instance 15:30")))
    if found is None and instant <= book.now():
        raise Refused(msg(N_("{when} is past; promise a later time"), when=moment(book, instant)))
    if one is not None and chosen is not None:
        _check_promise(book, chosen, purpose, one, instant)
    return NewTime(instant, True, answer.moved)


def promise_warning(book: Book, purpose: str, when: datetime) -> Msg | None:
    """That a call is promised for a day off; reminders hang on their event, whatever day it is."""
    day = when.astimezone(book.clock.zone).date()
    if purpose == REMINDER or own_kinds.workdays(book).is_workday(day):
        return None
    return msg(N_("{day} is a day off"), day=short_day(day, book.today()))


def move_warning(book: Book, card_id: int, when: datetime) -> Msg | None:
    """The same of the promise that waits on a card."""
    newest = _promise(book, card_id)
    return None if newest is None else promise_warning(book, newest.attempt.purpose, when)


def _promise(book: Book, card_id: int) -> Newest | None:
    return next((n for n in calls_store.promises(book.con) if n.attempt.card_id == card_id), None)


def move_promise(book: Book, card_id: int, when: datetime) -> Change:
    """Promise another time. Raises Refused where nothing is promised, and for a time past."""
    newest = _promise(book, card_id)
    if newest is None:
        raise Refused(msg(N_("No call is promised to this person any more")))
    rules = books(book)
    attempt = newest.attempt
    chosen = rules.outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)
    one = lists_store.list_of_card(book.con, newest.attempt.card_id)
    if chosen is not None:
        _check_promise(book, chosen, attempt.purpose, one, when)
    label = msg(
        N_("Promised {person} a call at {when}"), person=newest.person, when=moment(book, when)
    )
    with book.change(label) as change:
        not_now.end(book.con, newest.person_id)
        attempts.put_next(book.con, attempt.id, when)
    return change
