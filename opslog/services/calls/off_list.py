"""A call or message with anybody, in a queue or in none; also one that they made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.calls.order import joined
from opslog.domain.calls.outcomes import PHONE, OutcomeSet
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import OUT, Attempt
from opslog.domain.leads.leads import Said
from opslog.domain.people.card import CALL, WRITE
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling
from opslog.services.calls.attendance.door import Substitute
from opslog.services.calls.call_files import books
from opslog.services.calls.queue import queue
from opslog.services.calls.queue.purposes import PURPOSE, About, abouts
from opslog.services.calls.wording import moment
from opslog.services.daybook import auto_lines
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.store.answers import answers
from opslog.store.calls import the_call
from opslog.store.calls import touches as calls_store
from opslog.store.calls.the_call import Part
from opslog.store.daybook import follow_ups as follow_up_store

# What is logged of one person within it is of one call, where they answered.
SAME_CALL = timedelta(minutes=10)


def outcomes(book: Book, lane: str) -> OutcomeSet:
    """What can come of a call for nothing in particular."""
    return books(book).outcomes.of(PURPOSE, lane)


def log(
    book: Book,
    person_id: int,
    outcome: str,
    *,
    lane: str,
    reason: str = "",
    note: str = "",
    when: datetime | str | None = None,
    event_id: int | None = None,
    direction: str = OUT,
    at: datetime | None = None,
    again: bool = False,
) -> Change:
    """What came of a call with somebody, for the likeliest purpose that has such an outcome (see
    ``abouts``), a code or its title. ``reason``: a code, a title or words of one's own; ``when``:
    also as it is typed. Refused as ``put``, and for a reason of what is asked for none."""
    rules = books(book)
    choices = abouts(book, person_id, event_id, direction=direction, at=at)
    sets = [(one, rules.outcomes.of(one.purpose, lane)) for one in choices]
    about = next(
        (
            one
            for words in (lambda _set: outcome, lambda some: some.meant(outcome))
            for one, known in sets
            if known.get(words(known))
        ),
        choices[0],
    )
    outcome = rules.outcomes.of(about.purpose, lane).meant(outcome)
    chosen = rules.outcomes.outcome(about.purpose, lane, outcome)
    if reason and chosen is not None and chosen.ask != "why":
        text = N_("“{outcome}” takes no reason; --note keeps what was said")
        raise Refused(msg(text, outcome=chosen.title.message))
    if isinstance(when, str):
        when = calling.read_promise(book, about.card_id, about.purpose, lane, outcome, when).at
    return put(
        *(book, person_id, about, outcome),
        lane=lane,
        reason=rules.outcomes.meant(reason),
        note=note,
        when=when,
        direction=direction,
        at=at,
        again=again,
    )


def put(
    book: Book,
    person_id: int,
    about: About,
    outcome: str,
    *,
    lane: str,
    reason: str = "",
    note: str = "",
    when: datetime | None = None,
    direction: str = OUT,
    at: datetime | None = None,
    lead: Said | None = None,
    instead: Substitute | None = None,
    again: bool = False,
) -> Change:
    """What came of a call that was about this; of the call that was logged just before, where it
    is said for something else. Refused as ``record``; SaidAlready where the same was said in this
    call, unless it is meant to be written ``again``."""
    call = _same_call(book, person_id, about, outcome, lane, direction, at, again=again)
    if about.card_id is None:
        return record(
            *(book, person_id, outcome),
            lane=lane,
            reason=reason,
            note=note,
            when=when,
            event_id=about.event_id,
            purpose=about.purpose,
            direction=direction,
            at=at,
            lead=lead,
            call=call,
        )
    return calling.record(
        *(book, about.card_id, about.purpose, outcome),
        lane=lane,
        reason=reason,
        note=note,
        when=when,
        direction=direction,
        at=at,
        lead=lead,
        instead=instead,
        call=call,
    )


def _same_call(
    book: Book,
    person_id: int,
    about: About,
    outcome: str,
    lane: str,
    direction: str,
    at: datetime | None,
    *,
    again: bool,
) -> int | None:
    """The attempt whose call this is, too: just before somebody answered by the same lane. Raises
    SaidAlready."""
    said = the_call.newest(book.con, person_id)
    if not said or abs((at or book.now()) - said[-1].at) >= SAME_CALL:
        return None
    same = [one for one in said if (one.lane, one.direction) == (lane, direction)]
    mine = [one for one in same if _is_about(one, about)]
    if mine and mine[-1].outcome == outcome and not again:
        who, was = person_card.get(book, person_id).called, mine[-1]
        raise calling.said_already(book, who, about.purpose, lane, outcome, was.at)
    new = books(book).outcomes.outcome(about.purpose, lane, outcome)
    return said[0].id if same and new and new.answered and _answered(book, same) else None


def _answered(book: Book, said: Iterable[Part]) -> bool:
    """Whether each of these says that somebody was reached."""
    known = books(book).outcomes
    came = (known.outcome(one.purpose, one.lane, one.outcome) for one in said)
    return all(outcome is not None and outcome.answered for outcome in came)


def _is_about(one: Part, about: About) -> bool:
    if one.purpose != about.purpose or one.card_id != about.card_id:
        return False
    return about.card_id is not None or one.event_id == about.event_id


def remains(book: Book, call: int) -> tuple[QueueLine, ...]:
    """What a call is for besides, where somebody answered it: ``call`` is any attempt of it."""
    said = the_call.of(book.con, call)
    if not said or not _answered(book, said):
        return ()
    line = queue.line(book, said[0].person_id, call=said[0].id)
    return tuple(part for part in line.parts if part.ready) if line else ()


def record(
    book: Book,
    person_id: int,
    outcome: str,
    *,
    lane: str,
    reason: str = "",
    note: str = "",
    when: datetime | None = None,
    event_id: int | None = None,
    purpose: str = PURPOSE,
    direction: str = OUT,
    at: datetime | None = None,
    lead: Said | None = None,
    call: int | None = None,
) -> Change:
    """A call or message for no list: an attempt with its line of the log, and a follow-up where
    they are to be called again or passed on to colleagues.

    ``when``: the time agreed on; without one an outcome that wants another call has one as its
    rule says. Raises Refused for an outcome there is none of, and for somebody not to be called,
    unless they called.
    """
    person_id = person_card.living(book, person_id)
    person = person_card.get(book, person_id)
    calling.check_there(book, person_id)
    rules = books(book)
    chosen = calling.outcome_of(rules, purpose, lane, outcome)
    calling.check_direction(chosen, direction)
    if direction == OUT and person.is_barred(CALL if lane == PHONE else WRITE):
        raise Refused(msg(N_("{person} asked not to be called"), person=person.called))
    made_at = calling.made(book, at)
    rule = calling.retry_at(book, rules, chosen, purpose, made_at) if chosen.answered else None
    again = when or rule
    attempt = Attempt(
        *(0, 0, purpose, lane, outcome, storable(reason.strip()), storable(note.strip())),
        *(made_at, again, when is not None),
    )
    promised = moment(book, when) if when else None
    pass_on = chosen.pass_on and not (lead and lead.to_whom)
    label = calling.said(
        rules, person.called, attempt, chosen, promised, direction, told=not pass_on
    )
    with book.change(label) as change:
        change.made = calls_store.add_touch(
            book.con,
            attempt,
            person_id,
            counts=chosen.touches(lane),
            event_id=event_id,
            direction=direction,
            call_id=call,
        )
        answers.belongs_to(book.con, person_id, event_id, call or change.made)
        dialled = person.phone if lane == PHONE else ""
        calling.take_effect(book, person_id, dialled, chosen, made_at)
        log_id = auto_lines.write(
            book,
            calling.with_note(label, attempt.note),
            source="call",
            event_id=event_id,
            person_ids=[person_id],
            at=at,
        )
        # What the call before asked for is done by this one.
        follow_up_store.finish_calls(book.con, person_id, event_id, book.now())
        to_do = N_("Pass on {person}") if pass_on else N_("Call {person}")
        if again is not None or pass_on:
            follow_up_store.insert(
                book.con,
                log_id=log_id,
                text=str(msg(to_do, person=person.called)),
                due=again or made_at,
                timed=again is not None,
                event_id=event_id,
                person_id=person_id,
            )
        if lead is not None:
            kept = leads.keep(
                *(book, person_id, lead.known, lead.to_whom),
                card_id=None,
                event_id=event_id,
                community=lead.community,
                by_whom=lead.by_whom,
            )
            change.label = joined([change.label, kept.label])
    return change
