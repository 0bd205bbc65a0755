"""A call or message with somebody who stands in no queue: it belongs to no event."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.calls.outcomes import PHONE, WRONG_NUMBER, Outcome, OutcomeSet, callback
from opslog.domain.calls.retries import Attempt
from opslog.domain.people.card import CALL, WRITE
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling
from opslog.services.calls.call_files import books
from opslog.services.calls.queue import moment
from opslog.services.daybook import auto_lines
from opslog.services.people import card as person_card
from opslog.store.daybook import lines as daybook_store
from opslog.store.people import card as people
from opslog.store.people import suppressed

PURPOSE = callback(1)  # whose outcomes such a call has


def outcomes(book: Book, lane: str) -> OutcomeSet:
    """What can come of it."""
    return books(book).outcomes.of(PURPOSE, lane)


def record(
    book: Book,
    person_id: int,
    outcome: str,
    *,
    lane: str,
    reason: str = "",
    when: datetime | None = None,
) -> Change:
    """What came of it: a line of the log, and a follow-up where they are to be called again or
    passed on to colleagues.

    ``when``: the time agreed on; without one an outcome that wants another call has one as its
    rule says. Raises Refused for an outcome there is none of, and for somebody not to be called.
    """
    person = person_card.get(book, person_id)
    rules = books(book)
    chosen = outcomes(book, lane).get(outcome)
    if chosen is None:
        known = ", ".join(one.code for one in outcomes(book, lane).all)
        raise Refused(
            msg(
                N_("“{outcome}” is no outcome of {purpose} by {lane}; known: {known}"),
                outcome=outcome,
                purpose=PURPOSE,
                lane=lane,
                known=known,
            )
        )
    if person.is_barred(CALL if lane == PHONE else WRITE):
        raise Refused(msg(N_("{person} asked not to be called"), person=person.called))
    now = book.now()
    again = when or (calling.retry_at(book, rules, chosen, PURPOSE) if chosen.answered else None)
    said = Attempt(
        *(0, 0, PURPOSE, lane, outcome, storable(reason.strip()), "", now, again, when is not None)
    )
    label = calling.said(rules, person.called, said, chosen, moment(book, when) if when else None)
    with book.change(label) as change:
        people.note_contact(book.con, person_id, instant_text(now))
        _bar(book, person_id, person.phone, chosen, now)
        log_id = auto_lines.write(book, label, source="call", person_ids=[person_id])
        to_do = N_("Pass on {person}") if chosen.pass_on else N_("Call {person}")
        if again is not None or chosen.pass_on:
            daybook_store.insert_follow_up(
                book.con,
                log_id=log_id,
                text=str(msg(to_do, person=person.called)),
                due=again or now,
                timed=again is not None,
                event_id=None,
                person_id=person_id,
            )
        change.made = log_id
    return change


def _bar(book: Book, person_id: int, phone: str, chosen: Outcome, now: datetime) -> None:
    since = instant_text(now)
    if chosen.ends == "person":
        for scope in (CALL, WRITE):
            suppressed.put(book.con, [person_id], scope, since, chosen.code)
    if chosen.code == WRONG_NUMBER and phone:
        suppressed.put_wrong(book.con, phone, since, chosen.code)
