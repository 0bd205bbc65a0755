"""All there is to know for one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from opslog.domain.calls import talk_tracks
from opslog.domain.calls.outcomes import ADD, INSTEAD, REMINDER, WECOM, check_purpose
from opslog.domain.calls.queue import CallCard, Earlier
from opslog.domain.calls.retries import Attempt, Standing, Window, standing
from opslog.domain.dates.wording import spoken_day
from opslog.domain.rosters.rosters import SIGNUP
from opslog.services.book import operator, own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.call_files import CallBooks, books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import adding
from opslog.services.calls.queue.candidates import windows, within
from opslog.services.calls.wording import gone
from opslog.services.events import answers
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import known as known_store
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.known import OfCard
from opslog.store.people import suppressed


def card(book: Book, card_id: int, purpose: str, lane: str | None = None) -> CallCard:
    """All there is to know for one call; ``lane`` None takes the one the person is reached by.

    Raises Refused where the card is gone or the purpose is none.
    """
    check_purpose(purpose)
    found = on_lists.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    rules = books(book)
    window: Window | None
    state: Standing | None
    one = lists_store.list_of_card(book.con, found.card_id)
    if purpose == ADD:
        window, attempts, state = adding.stands(book, rules, one, found)
    else:
        window = next((w for w in windows(book, one, rules) if w.purpose == purpose), None)
        window = window and window.of(card_id, book.now())
        attempts = tuple(calls_store.attempts(book.con, one.cards, [card_id]).get(card_id, ()))
        now, by_wecom = book.now(), found.wecom
        dialled = bool(found.phone)
        state = window and standing(
            attempts, window, rules.outcomes, now, wecom=by_wecom, number=dialled
        )
    budget = Budget(book, rules, found.person_id)
    if state and window:
        state = within(budget, found.person_id, window, state, book.now())
    by = (WECOM if purpose == ADD else lane) or (state.lane if state else "phone")
    last = calls_store.last_touch(book.con, found.person_id)
    again = bool(state and (state.again or (purpose in (REMINDER, ADD) and state.attempts)))
    if again and purpose != ADD and last is not None:
        # "I could not reach you" is said after a dial that nobody answered, and no contact since.
        came = rules.outcomes.outcome(last.purpose, last.lane, last.outcome)
        again = not (came and came.answered)
        again = again and (purpose != REMINDER or by == WECOM or last.lane == by)
    slot = window.slot if window else ""
    more = known_store.of_card(book.con, card_id)
    size = known_store.people_known(book.con, {found.company_key})
    fields = _fields(book, found, one)
    return CallCard(
        card_id=card_id,
        roster_id=one.roster_id,
        event_id=one.event_id,
        event=one.event,
        event_at=one.starts_at,
        place=one.place,
        person_id=found.person_id,
        person=found.person,
        company=found.company,
        title=found.title,
        phone=found.phone,
        phones=_further(book, more, found.phone),
        email=more.email,
        city=more.city,
        industry=more.industry,
        note=more.note,
        wecom=found.wecom,
        bars=suppressed.bars(book.con, found.person_id),
        tags=tuple(known_store.tags(book.con, [found.person_id])[found.person_id]),
        attended=found.attended,
        guests=more.guests,
        guests_more=more.guests_more,
        instead_of=more.instead_of,
        people_known=size.get(found.company_key, 0),
        purpose=purpose,
        lane=by,
        slot=slot,
        standing=state,
        attempts=attempts,
        earlier=earlier(book, one.roster_id, found.person_id).get(found.person_id, Earlier()),
        outcomes=rules.outcomes.of(purpose, by),
        talk=talk_tracks.own(one.track, fields)
        if one.list != SIGNUP
        else own_kinds.tracks(book).find(
            purpose,
            by,
            slot=slot,
            again=again,
            attended=found.attended,
            last=attempts[-1].outcome if attempts else "",
            sent=more.replaced or _sends(rules, attempts),
            fields=fields,
        ),
        touch=budget.touch(
            *(found.person_id, purpose, by),
            due=state.due if state else None,
            promised=bool(state and state.promised),
        ),
        follows=last.id if last else 0,
        stop_id=one.stop_id,
        part=one.cards if one.apart or one.stop_id is not None else None,
    )


def _sends(rules: CallBooks, attempts: Sequence[Attempt]) -> bool:
    """Whether somebody said, reminded last, that somebody else comes."""
    reminded = [one for one in attempts if one.purpose == REMINDER]
    last = reminded[-1] if reminded else None
    outcome = last and rules.outcomes.outcome(REMINDER, last.lane, last.outcome)
    return bool(outcome and outcome.ask == INSTEAD)


def _further(book: Book, known: OfCard, called: str) -> tuple[str, ...]:
    """What else they can be called by."""
    wrong = suppressed.WrongNumbers(book.con)
    numbers = dict.fromkeys((known.phone, *known.phones.split()))
    return tuple(one for one in numbers if one and one != called and one not in wrong)


def _fields(book: Book, found: Candidate, one: CallList) -> dict[str, str]:
    """What fills the braces of a talk track."""
    of_one = {"person": found.person, "company": found.company, "operator": operator.name(book)}
    if one.event_id is None:
        return {**of_one, "event": one.event}
    local = one.starts_at.astimezone(book.clock.zone)
    return {
        **of_one,
        "event": one.of_event,
        "day": str(spoken_day(local.date())),
        "time": local.strftime("%H:%M"),
        "place": one.place,
        **answers.fields(book, one.event_id),
    }


def earlier(book: Book, roster_id: int, person_id: int | None = None) -> dict[int, Earlier]:
    """Person → what is known of them from before this list, of those with anything.

    Operator's rule: who was already added, called or active before is marked as such.
    """
    outcomes = own_kinds.outcomes(book)
    found = {
        person: Earlier(
            lists=past.lists,
            attended=past.attended,
            calls=past.calls,
            last_event=past.event,
            last_outcome=(
                outcomes.title(past.purpose, past.lane, past.outcome) if past.at else None
            ),
            last_at=past.at,
        )
        for person, past in known_store.past(book.con, roster_id, person_id).items()
    }
    for person in known_store.on_wecom(book.con, roster_id, person_id):
        found[person] = replace(found.get(person, Earlier()), wecom=True)
    return found
