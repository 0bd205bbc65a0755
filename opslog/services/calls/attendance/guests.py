"""Who will come, who came, and who goes to colleagues: what the calls come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.calls import queue as call_queue
from opslog.domain.calls.left_out import CLOSED, HELD, NOBODY, NUMBER, LeftOut
from opslog.domain.calls.meaning import AT_THE_DOOR, STANDS_IN, confirms, stands_in
from opslog.domain.calls.outcomes import INVITATION, PHONE, REMINDER
from opslog.domain.calls.queue import (
    Forecast,
    Guest,
    ListedEvent,
    PassOn,
    Share,
    ShowUp,
)
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.rosters.rosters import DOOR, SIGNUP, Cards, OfStop, Whom
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.call_files import books
from opslog.services.calls.wording import called, gone
from opslog.services.daybook import auto_lines
from opslog.store.calls import attendance
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import told as told_store
from opslog.store.calls import touches as calls_store
from opslog.store.calls.told import TOUCH
from opslog.store.leads import leads as leads_store
from opslog.store.rosters import cards as card_store
from opslog.store.rosters import occasions


def listed_events(book: Book) -> list[ListedEvent]:
    """The events with a list, the one that started last first, those to come after them; a stop
    once, though its people stand on its own list and on that of the whole."""
    now = book.now()
    lists = [
        one
        for one in lists_store.lists(book.con)
        if one.list == SIGNUP and one.event_id is not None and not one.cancelled
    ]
    each = Counter(one.stop_id for one in lists)
    found = [
        ListedEvent(
            one.event_id,
            one.roster_id,
            one.event,
            one.kind in OFFLINE,
            one.starts_at,
            one.ends_at,
            one.starts_at <= now,
            OfStop(one.stop_id) if one.stop_id and each[one.stop_id] > 1 else one.cards,
        )
        for one in lists
        if one.event_id is not None and not (one.apart and one.stop_id and each[one.stop_id] > 1)
    ]
    begun = [event for event in found if event.begun]
    return [*reversed(begun), *(event for event in found if not event.begun)]


def of_stop(book: Book, event_id: int, stop_id: int) -> OfStop | None:
    """Who comes to a stop, by its list and by that of the whole; None: nobody yet."""
    return occasions.of_stop(book.con, event_id, stop_id)


def forecast(
    book: Book, event_id: int, left_out: Iterable[LeftOut] = (), cards: Whom | None = None
) -> Forecast:
    """How many will be there, from everybody's newest reminder; the weights are published.

    Counts who is on the list, neither dropped nor withdrawn, and whom they bring along. Of
    ``left_out`` those whom the rules call nobody to expect (made up, double …) don't count.
    ``cards``: of these alone, who come to one stop.
    """
    mine = [
        one
        for one in left_out
        if (one.event_id, one.purpose) == (event_id, REMINDER) and _is_of(one, cards)
    ]
    nobody, companions = _never_called(book, mine, NOBODY)
    unreachable, _ = _never_called(book, mine, (NUMBER,))
    outcomes = books(book).outcomes
    stand = {code: (n, more) for code, n, more in attendance.reminded(book.con, event_id, cards)}
    made_of = {code: _made_of(n, (_GUESTS, more)) for code, (n, more) in stand.items()}
    if stand.get(""):
        number, more = stand[""]
        stand[""] = number - nobody, more - companions  # who is nobody brings nobody
        among = N_("{n} without a number among them")
        made_of[""] = _made_of(number - nobody, (_GUESTS, more - companions), (among, unreachable))
    # Whoever stands in, or was met at the door, is as good as whoever said so.
    sure = next((one.code for one in outcomes.of(REMINDER, PHONE).all if one.confirms), "")
    each = [stand.pop(code, (0, 0)) for code in (sure, STANDS_IN, AT_THE_DOOR)]
    (said, _), (instead, _), (door, _) = each
    more = sum(guests for _number, guests in each)
    stand[sure] = said + instead + door, more
    texts = (N_("{n} stand in"), instead), (N_("{n} at the door"), door), (_GUESTS, more)
    made_of[sure] = _made_of(said, *texts)
    return call_queue.forecast(
        {code: n + more for code, (n, more) in stand.items()}, outcomes, made_of
    )


def _is_of(one: LeftOut, whom: Whom | None) -> bool:
    if whom is None:
        return True
    if isinstance(whom, OfStop):
        return one.stop_id == whom.stop_id
    return one.roster_id == whom.roster_id and not (whom.apart and one.stop_id != whom.stop_id)


_GUESTS = N_("{n} guests")


def _made_of(people: int, *more: tuple[str, int]) -> tuple[Msg, ...]:
    """Clauses for a number that holds others than people of the list; none where it does not."""
    said = [msg(text, n=n) for text, n in more if n]
    return (msg(N_("{n} of the list"), n=people), *said) if said else ()


class Confirmed(NamedTuple):
    """``said``: people who said that they come; ``instead``: who stands in for somebody, named or
    not yet; ``guests``: whom all of these bring along."""

    said: int
    instead: int
    guests: int


def confirmed(book: Book, event_id: int) -> Confirmed:
    """Who is expected since they said so, or stand in for somebody: as Calls counts them before
    an event."""
    outcomes, stand = books(book).outcomes, attendance.reminded(book.con, event_id)
    found = [one for one in stand if confirms(outcomes, one[0])]
    instead = sum(n for code, n, _more in found if stands_in(outcomes, code))
    people, more = sum(n for _code, n, _more in found), sum(more for *_who, more in found)
    return Confirmed(people - instead, instead, more)


def _never_called(
    book: Book, left_out: Iterable[LeftOut], kinds: Collection[str]
) -> tuple[int, int]:
    """How many of these left out for such a reason nobody called before, and whom they bring."""
    cards = {one.card_id: one.roster_id for one in left_out if one.kind in kinds}
    found = [
        attendance.never_called(
            book.con, roster, REMINDER, [card for card, of in cards.items() if of == roster]
        )
        for roster in set(cards.values())
    ]
    return sum(people for people, _ in found), sum(more for _, more in found)


def shares(
    book: Book,
    cards: Cards,
    purpose: str,
    left_out: Iterable[LeftOut] = (),
    only: Iterable[int] | None = None,
) -> tuple[Share, ...]:
    """How far the calls of a purpose are, over everybody of a list, or a part of it, who is to be
    called for it, or ``only`` some of them."""
    newest = attendance.newest_outcomes(book.con, cards, purpose, only)
    others = {
        one.card_id
        for one in left_out
        if (one.roster_id, one.purpose) == (cards.roster_id, purpose)
        and not (cards.apart and one.stop_id != cards.stop_id)
        and one.kind not in (HELD, CLOSED)
    }
    if others:  # who was called before they were left out was called
        never = attendance.newest_outcomes(book.con, cards, purpose, others).get("", 0)
        newest[""] = newest.get("", 0) - never
    return call_queue.shares(newest, books(book).outcomes, purpose)


def show_up(book: Book, event_id: int, cards: Whom | None = None) -> ShowUp:
    """The show-up rate, over everybody who signed up (dropped and withdrawn people too).

    Operator's rule: came ÷ confirmed, of those who had confirmed, and ÷ signed up, of those who
    had signed up. Confirmed is whose newest reminder says so, or who stands in for somebody, once
    anybody was called. Walk-ins and guests were there, and are in neither share.
    """
    rules = books(book)
    lines = attendance.attended(book.con, event_id, cards)
    called = any(code not in ("", STANDS_IN, AT_THE_DOOR) for code, *_more in lines)
    confirmed = [line for line in lines if called and confirms(rules.outcomes, line[0])]
    return ShowUp(
        signed_up=sum(number for code, _came, number, _more in lines if code != AT_THE_DOOR),
        confirmed=sum(number for _code, _came, number, _more in confirmed),
        attended=sum(number for _code, came, number, _more in lines if came),
        unmarked=sum(number for _code, came, number, _more in lines if came is None),
        confirmed_and_attended=sum(number for _code, came, number, _more in confirmed if came),
        walk_ins=sum(number for code, came, number, _more in lines if came and code == AT_THE_DOOR),
        stood_in=sum(number for code, came, number, _more in lines if came and code == STANDS_IN),
        guests=sum(more for _code, came, _number, more in lines if came),
    )


def guests(book: Book, event_id: int, cards: Whom | None = None) -> list[Guest]:
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
            confirmed=confirms(rules.outcomes, i.outcome or (STANDS_IN if i.instead_of else "")),
            attended=i.attended,
            brings=i.guests,
            or_more=i.guests_more,
            at_the_door=i.way == DOOR,
            instead_of=i.instead_of,
            replaced_by=i.replaced_by,
            state=i.state,
            dropped=i.dropped,
        )
        for i in attendance.invited(book.con, event_id, cards)
        if not i.dropped or i.attended is not None
    ]
    return sorted(found, key=lambda guest: (not guest.confirmed, guest.card_id))


def mark_attended(book: Book, card_id: int, attended: bool | None) -> Change:
    """Whether somebody came; None takes the mark off. Raises Refused where the card is gone."""
    found = on_lists.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    label = {
        True: msg(N_("{person} came"), person=called(found)),
        False: msg(N_("{person} did not come"), person=called(found)),
        None: msg(N_("{person}: attendance open again"), person=called(found)),
    }[attended]
    with book.change(label) as change:
        same = occasions.with_same(book.con, [card_id])
        card_store.mark_attended(book.con, dict.fromkeys(same, attended))
        if attended:  # of many marked at once nobody says when each came
            attendance.arrive(book.con, card_id, book.now())
    return change


def mark_many_attended(
    book: Book, event_id: int, card_ids: Collection[int], attended: bool | None
) -> Change:
    """The same mark for many cards of one event, as one change with one line in the log."""
    lists = lists_store.lists(book.con, event_id=event_id)
    if not lists:
        raise Refused(msg(N_("This event has no list; import one first (opslog import)")))
    name = lists[0].of_event
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
        same = occasions.with_same(book.con, card_ids)
        if card_store.mark_attended(book.con, dict.fromkeys(same, attended)):
            auto_lines.write(book, label, source="event", event_id=event_id)
    return change


def pass_on(book: Book, event_id: int | None = None) -> list[PassOn]:
    """Who is still to go to colleagues: declined a reminder, or was handed over. Newest first.

    Operator's rule: who declines is passed to colleagues at once, and recorded; that they were
    told is a second fact, which takes the person off this list.
    """
    rules = books(book)
    every = [
        outcome
        for entry in rules.outcomes.sets.values()
        for outcome in entry.all
        if outcome.pass_on
    ]
    codes, others = {one.code for one in every}, {one.code for one in every if one.ask != "lead"}
    waiting = calls_store.untold(book.con, codes, codes - others, event_id)
    handed = leads_store.handed_at(book.con, [newest.person_id for newest in waiting])
    found = []
    for newest in waiting:
        attempt = newest.attempt
        outcome = rules.outcomes.outcome(attempt.purpose, attempt.lane, attempt.outcome)
        invited = attempt.purpose == INVITATION  # who declines one was not expected anywhere
        if outcome is None or not outcome.pass_on or invited:
            continue
        since = handed.get(newest.person_id)
        if outcome.ask == "lead" and since is not None and since >= attempt.at:
            continue
        found.append(
            PassOn(
                person_id=newest.person_id,
                event_id=newest.event_id,
                id=attempt.id,
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
                lead=outcome.ask == "lead",
            )
        )
    return found


def tell(book: Book, people: Sequence[PassOn], to_whom: str) -> Change:
    """Colleagues were told of these people, with a line of the log; leads are handed over so."""
    who = listed(Msg("{text}", {"text": one.person or one.company}) for one in people)
    from opslog.services.leads import leads  # a report counts guests, and hands nobody on

    label = msg(N_("Told {colleague} of {people}"), colleague=to_whom, people=who)
    events = {one.event_id for one in people}
    with book.change(label) as change:
        for one in people:
            told_store.put(book.con, TOUCH, one.id, to_whom, instant_text(book.now()))
            if one.lead:
                leads.keep(
                    book, one.person_id, {}, to_whom, card_id=one.card_id, event_id=one.event_id
                )
        auto_lines.write(
            book,
            label,
            source="told",
            event_id=events.pop() if len(events) == 1 else None,
            person_ids=[one.person_id for one in people],
        )
    return change


def told_before(book: Book) -> list[str]:
    """Who was told of somebody before, the last one first."""
    return told_store.names(book.con)


def colleague(text: str, before: Sequence[str]) -> str:
    """Who was told: a name as typed, or one of ``before`` by its number. Refused for nothing."""
    name = storable(text.strip())
    if name.isdecimal() and 1 <= int(name) <= len(before):
        return before[int(name) - 1]
    if not name:
        raise Refused(msg(N_("Who was told? Type a name, a group, a department")))
    return name
