"""Calling: reminders before an offline event, call-backs after any event with a list.

One attempt is one ``record``; what it opens or closes follows from the outcome's rule.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from opslog.domain import calls
from opslog.domain.call_order import joined
from opslog.domain.calls import Forecast, Guest, PassOn, ShowUp
from opslog.domain.clock import instant_text
from opslog.domain.outcomes import (
    LANES,
    PHONE,
    REMINDER,
    WECOM,
    Outcome,
    check_purpose,
)
from opslog.domain.refusal import Refused
from opslog.domain.retries import Attempt, next_touch
from opslog.domain.text import storable
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services import autolog
from opslog.services.book import Book, Change
from opslog.services.call_books import CallBooks, books
from opslog.services.call_queue import card, due, earlier, gone, line, moment, queue
from opslog.store import calling as store
from opslog.store.calling import CallList, Candidate, Invited

__all__ = [
    "card",
    "due",
    "earlier",
    "forecast",
    "guests",
    "line",
    "mark_attended",
    "mark_many_attended",
    "moment",
    "move_promise",
    "pass_on",
    "queue",
    "record",
    "show_up",
]


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
) -> Change:
    """What came of one call or message.

    ``reason`` is a code of outcomes.toml or free words; ``when`` (aware) a promised time for an
    outcome that is tried again; ``minutes`` how long it took. Writes its line into the log. An
    outcome that ends everything marks the person "do not call". Raises Refused for a card that
    is gone, a person who asked not to be called, an outcome the set doesn't have, a promise in
    the past or after the event it reminds of.
    """
    check_purpose(purpose)
    found = store.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    if lane not in LANES:
        raise Refused(
            msg(N_("“{lane}” is no lane; write {lanes}"), lane=lane, lanes=", ".join(LANES))
        )
    rules = books(book)
    chosen = rules.outcomes.of(purpose, lane).get(outcome)
    if chosen is None:
        known = ", ".join(o.code for o in rules.outcomes.of(purpose, lane).all)
        raise Refused(
            msg(
                N_("“{outcome}” is no outcome of {purpose} by {lane}; known: {known}"),
                outcome=outcome,
                purpose=purpose,
                lane=lane,
                known=known,
            )
        )
    who = _called(found)
    if found.do_not_call:
        raise Refused(msg(N_("{person} asked not to be called"), person=who))
    one = store.lists(book.con, roster_id=found.roster_id)[0]
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
        at=book.now(),
        next_at=when or _retry_at(book, rules, chosen, purpose),
        promised=when is not None,
    )
    text = _said(rules, who, attempt, chosen, moment(book, when) if when else None)
    with book.change(text) as change:
        change.made = store.add_touch(book.con, attempt)
        if chosen.ends == "person":
            book.con.execute(
                "UPDATE person SET do_not_call=1 WHERE id=? AND NOT do_not_call",
                (found.person_id,),
            )
        logged = joined([text, Msg("{text}", {"text": attempt.note})]) if attempt.note else text
        autolog.write(
            book,
            logged,
            source="call",
            event_id=one.event_id,
            person_ids=[found.person_id],
            minutes=minutes,
        )
    return change


def _called(found: Candidate) -> str:
    return found.person or found.company or found.phone or f"#{found.card_id}"


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
                N_("“{event}” starts {starts}; promise an earlier time than {when}"),
                event=one.event,
                starts=moment(book, one.starts_at),
                when=moment(book, when),
            )
        )


def _retry_at(book: Book, rules: CallBooks, chosen: Outcome, purpose: str) -> datetime | None:
    # A reminder hangs on the event's day, whatever day that is; a call-back waits for a workday.
    workday = None if purpose == REMINDER else rules.workdays.is_workday
    return next_touch(chosen, book.now(), book.clock, rules.outcomes.parts, workday)


def _said(
    rules: CallBooks, who: str, attempt: Attempt, chosen: Outcome, promised: Msg | None
) -> Msg:
    """The line of history and log: ``Called 王志刚: not coming (travelling)``."""
    said: Msg = chosen.title.message
    detail = promised or (rules.outcomes.reason(attempt.reason) if attempt.reason else None)
    if detail is not None:
        said = msg(N_("{outcome} ({detail})"), outcome=said, detail=detail)
    if chosen.pass_on:
        said = msg(N_("{outcome}, passed on to colleagues"), outcome=said)
    if attempt.lane == WECOM:
        return msg(N_("Wrote to {person}: {outcome}"), person=who, outcome=said)
    return msg(N_("Called {person}: {outcome}"), person=who, outcome=said)


def move_promise(book: Book, card_id: int, when: datetime) -> Change:
    """Promise another time. Raises Refused where nothing is promised, and for a time past."""
    newest = next((n for n in store.promises(book.con) if n.attempt.card_id == card_id), None)
    if newest is None:
        raise Refused(msg(N_("No call is promised to this person any more")))
    rules = books(book)
    attempt = newest.attempt
    chosen = rules.outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)
    one = store.lists(book.con, event_id=newest.event_id)[0]
    if chosen is not None:
        _check_promise(book, chosen, attempt.purpose, one, when)
    label = msg(
        N_("Promised {person} a call at {when}"), person=newest.person, when=moment(book, when)
    )
    with book.change(label) as change:
        book.con.execute("UPDATE touch SET next_at=? WHERE id=?", (instant_text(when), attempt.id))
    return change


# Who comes, and who came ------------------------------------------------------------------------


def forecast(book: Book, event_id: int) -> Forecast:
    """How many will be there, from everybody's newest reminder; the weights are published.

    Counts who is on the list, neither dropped nor withdrawn.
    """
    return calls.forecast(
        (i.outcome for i in store.invited(book.con, event_id) if not (i.dropped or i.withdrawn)),
        books(book).outcomes,
    )


def show_up(book: Book, event_id: int) -> ShowUp:
    """The show-up rate, over everybody who signed up (dropped and withdrawn people too).

    Operator's rule: attended ÷ confirmed, and ÷ signed up. Confirmed is whose newest reminder
    says so.
    """
    rules = books(book)
    invited = store.invited(book.con, event_id)
    confirmed = [i for i in invited if _confirmed(rules, i)]
    return ShowUp(
        signed_up=len(invited),
        confirmed=len(confirmed),
        attended=sum(i.attended is True for i in invited),
        unmarked=sum(i.attended is None for i in invited),
        confirmed_and_attended=sum(i.attended is True for i in confirmed),
    )


def guests(book: Book, event_id: int) -> list[Guest]:
    """The attendance list: confirmed first, then in the order they signed up."""
    rules = books(book)
    found = [
        Guest(
            card_id=i.card_id,
            person_id=i.person_id,
            person=i.person,
            company=i.company,
            phone=i.phone,
            outcome=rules.outcomes.title(REMINDER, i.lane, i.outcome) if i.outcome else None,
            confirmed=_confirmed(rules, i),
            attended=i.attended,
        )
        for i in store.invited(book.con, event_id)
        if not i.dropped or i.attended is not None
    ]
    return sorted(found, key=lambda guest: (not guest.confirmed, guest.card_id))


def _confirmed(rules: CallBooks, invited: Invited) -> bool:
    outcome = rules.outcomes.of(REMINDER, PHONE).get(invited.outcome)
    return outcome is not None and outcome.confirms


def mark_attended(book: Book, card_id: int, attended: bool | None) -> Change:
    """Whether somebody came; None takes the mark off. Raises Refused where the card is gone."""
    found = store.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    label = {
        True: msg(N_("{person} came"), person=_called(found)),
        False: msg(N_("{person} did not come"), person=_called(found)),
        None: msg(N_("{person}: attendance open again"), person=_called(found)),
    }[attended]
    with book.change(label) as change:
        _write_attended(book, [card_id], attended)
    return change


def mark_many_attended(
    book: Book, event_id: int, card_ids: Collection[int], attended: bool | None
) -> Change:
    """The same mark for many cards of one event, as one change with one line in the log."""
    lists = store.lists(book.con, event_id=event_id)
    if not lists:
        raise Refused(msg(N_("This event has no list; import one first (opslog import)")))
    name = lists[0].event
    number = len(card_ids)
    label = {
        True: nmsg(
            N_("{event}: {n} person came"), N_("{event}: {n} people came"), number, event=name
        ),
        False: nmsg(
            N_("{event}: {n} person did not come"),
            N_("{event}: {n} people did not come"),
            number,
            event=name,
        ),
        None: nmsg(
            N_("{event}: attendance of {n} person open again"),
            N_("{event}: attendance of {n} people open again"),
            number,
            event=name,
        ),
    }[attended]
    with book.change(label) as change:
        if _write_attended(book, card_ids, attended):
            autolog.write(book, label, source="event", event_id=event_id)
    return change


def _write_attended(book: Book, card_ids: Collection[int], attended: bool | None) -> int:
    """How many cards it changed."""
    return sum(
        book.con.execute(
            "UPDATE card SET attended=? WHERE id=? AND attended IS NOT ?",
            (attended, card_id, attended),
        ).rowcount
        for card_id in card_ids
    )


def pass_on(book: Book, event_id: int | None = None) -> list[PassOn]:
    """Who goes to colleagues: declined a reminder, or was handed over. Newest first.

    Operator's rule: who declines is passed to colleagues at once, and recorded.
    """
    rules = books(book)
    codes = {
        outcome.code
        for entry in rules.outcomes.sets.values()
        for outcome in entry.all
        if outcome.pass_on
    }
    found = []
    for newest in store.newest_with(book.con, codes, event_id):
        attempt = newest.attempt
        outcome = rules.outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)
        if outcome is None or not outcome.pass_on:
            continue
        found.append(
            PassOn(
                card_id=attempt.card_id,
                event=newest.event,
                person=newest.person,
                company=newest.company,
                title=newest.title,
                phone=newest.phone,
                outcome=outcome.title.message,
                reason=rules.outcomes.reason(attempt.reason),
                note=attempt.note,
                at=attempt.at,
            )
        )
    return found
