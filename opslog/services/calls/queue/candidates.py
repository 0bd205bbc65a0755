"""Who of a list is to be called now or later, when, and how pressing it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_of
from opslog.domain.calls.call_lists import window as call_list_window
from opslog.domain.calls.order import Facts, Place, place
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.own_order import NOTHING
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import (
    READY,
    WAITING,
    Standing,
    Window,
    callback_window,
    current_window,
    reminder_windows,
)
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.rosters.rosters import AUDIENCE, SIGNUP
from opslog.services.book.book import Book
from opslog.services.calls.call_files import CallBooks
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import closed, followups, own_order
from opslog.services.calls.queue.standings import standings
from opslog.services.calls.wording import moment
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import known as known_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import settled


def windows(book: Book, one: CallList, rules: CallBooks) -> Iterator[Window]:
    """What this list is to be called for, now or next."""
    if one.cancelled:
        return
    now = book.now()
    if one.list != SIGNUP:
        yield from _of_people(book, one)
        return
    if one.kind in OFFLINE and now < one.starts_at:
        previous, days = rules.workdays.previous, one.remind_days
        both = reminder_windows(one.starts_at, book.clock, rules.outcomes, previous, days)
        reminder = current_window(both, now)
        if reminder is not None:
            yield reminder
    callback = callback_window(one.closed_rounds, one.ends_at)
    if callback is not None:
        yield callback
    yield from followups.windows(book, one, rules.workdays)


def _of_people(book: Book, one: CallList) -> Iterator[Window]:
    """A list made of people is called on its days; for an event, until that begins."""
    ends = one.starts_at if one.list == AUDIENCE else None
    days = instant_of(one.made_at), one.opens_on, one.closes_on, one.closed_rounds
    if one.purpose:
        yield call_list_window(one.purpose, *days, book.clock, ends)


@dataclass(frozen=True)
class _Known:
    """What bears on the order, of everybody who is to be called, fetched at once."""

    tags: dict[int, list[str]]
    contact: dict[int, datetime]
    company: dict[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody for the queue, before it is known at which rank."""

    list: CallList
    window: Window
    card: Candidate
    state: Standing
    due: datetime
    anew: bool
    where: Place

    def line(self, rank: int, also: tuple[QueueLine, ...] = ()) -> QueueLine:
        return QueueLine(
            rank=rank,
            card_id=self.card.card_id,
            roster_id=self.list.roster_id,
            event_id=self.list.event_id,
            event=self.list.event,
            event_at=self.list.starts_at,
            person_id=self.card.person_id,
            person=self.card.person,
            company=self.card.company,
            title=self.card.title,
            phone=self.card.phone,
            wecom=self.card.wecom,
            purpose=self.window.purpose,
            lane=self.state.lane,
            slot=self.window.slot,
            due=self.due,
            ready=self.state.state == READY,
            promised=self.state.promised,
            again=self.state.again,
            anew=self.anew,
            attempts=self.state.attempts,
            score=self.where.score,
            reasons=self.where.reasons,
            held=self.state.held,
            put_off=self.state.put_off,
            ends=_useful_until(self.window, self.state.promised),
            also=also,
            stop_id=self.list.stop_id,
        )


def _known(book: Book, rules: CallBooks, cards: Sequence[Candidate]) -> _Known:
    people = [card.person_id for card in cards]
    answered = [
        outcome.code
        for entry in rules.outcomes.sets.values()
        for outcome in entry.all
        if outcome.answered
    ]
    return _Known(
        known_store.tags(book.con, people),
        known_store.last_contact(book.con, people, answered),
        known_store.people_known(book.con, {card.company_key for card in cards}),
    )


# Who of a list is to be called, now or later, and when.
Waiting = list[tuple[Candidate, Standing, datetime]]


def waiting(
    book: Book,
    one: CallList,
    window: Window,
    budget: Budget,
    only: Collection[int] | None = None,
    by: datetime | None = None,
) -> Waiting:
    """Who of a list is to be called, now or later, and when; ``only`` of these cards. ``by``: those
    whose own date is later may be left out, unless they are held back as well."""
    found = []
    later = closed.came_later(book, one, window, only)
    only = _looked_at(book, window, budget, only, later, by)
    if only is not None and not only:
        return []
    coming = lists_store.signed_up(book.con, one.event_id) if one.list == AUDIENCE else ()
    for card, before in standings(book, one, window, only):
        own = window.of(card.card_id, book.now())
        if card.person_id in coming or own is None:
            continue
        state = within(budget, card.person_id, own, before, book.now())
        if later is not None and not state.promised and card.card_id not in later:
            continue
        if not state.through and state.due is not None:
            old = one.list == SIGNUP and budget.is_old(card.person_id, own, state)
            found.append((card, state._replace(old=True) if old else state, state.due))
    return found


def _looked_at(
    book: Book,
    window: Window,
    budget: Budget,
    only: Collection[int] | None,
    later: Collection[int] | None,
    by: datetime | None,
) -> Collection[int] | None:
    """Of a list whose calls were closed by hand, or which are each due on a date of their own, the
    few cards that any call can be due of; None: all of them. Whom a call was promised is looked at
    whatever the date.

    Not so of reminders: who is twice on a list is seen among all of it.
    """
    if window.purpose == REMINDER or (later is None and window.dates is None):
        return only
    some = set(later or ())
    if later is None and window.dates is not None:
        now = book.now()
        some = {
            card
            for card, (opens, closes) in window.dates.items()
            if (closes is None or closes > now)
            and (by is None or opens < by or budget.reaches(opens))
        }
    some |= settled.promised(book.con)
    return some if only is None else some.intersection(only)


def in_sight(those: Waiting, by: datetime | None, *, old: bool) -> Waiting:
    """Those whose time comes before ``by`` (None: whenever it comes), and who is held back; with
    those whose call-back is ``old``, or without."""
    return [
        (card, state, due)
        for card, state, due in those
        if (old or not state.old) and (by is None or due < by or state.held is not None)
    ]


def comes_later(window: Window, by: datetime | None) -> bool:
    """Whether ``waiting`` may have left somebody out, by their date."""
    if by is None or window.dates is None:
        return False
    return any(opens >= by for opens, _closes in window.dates.values())


def asked_anew(book: Book, window: Window, state: Standing) -> bool:
    """Whether they are asked again for another date, before the day of its reminders."""
    if state.moved is None:
        return False
    return window.opens >= book.clock.at(book.today() + timedelta(days=1))


def _useful_until(window: Window, promised: bool) -> datetime | None:
    """From when on a call is of no use, None: never. What was promised outlives a list, not an
    event."""
    return None if promised and window.purpose != REMINDER else window.ends


def within(
    budget: Budget, person_id: int, window: Window, state: Standing, now: datetime
) -> Standing:
    """How it stands with the caps: what was promised goes before them. Whoever was put off waits
    for that time, whatever was promised; but not until a call is of no use any more."""
    if state.through or state.due is None:
        return state
    until = budget.put_off(person_id)
    ends = _useful_until(window, state.promised)
    if until is not None and until > state.due and (ends is None or until < ends):
        state = state._replace(state=WAITING, due=until, put_off=True)
    if state.promised or state.due is None:
        return state
    held = budget.held(person_id, window.purpose, state.lane, max(state.due, now))
    if held is None:
        return state
    return state._replace(state=WAITING, due=held.until, held=held.why, put_off=False)


def on_list(
    book: Book,
    one: CallList,
    window: Window,
    rules: CallBooks,
    budget: Budget,
    only: Collection[int] | None = None,
    by: datetime | None = None,
    *,
    old: bool = True,
) -> Iterator[Found]:
    those = waiting(book, one, window, budget, only, by)
    yield from placed(book, one, window, rules, in_sight(those, by, old=old))


def placed(
    book: Book, one: CallList, window: Window, rules: CallBooks, called: Waiting
) -> Iterator[Found]:
    """Those who wait for a call or message, each with how pressing it is."""
    if not called:
        return
    known = _known(book, rules, [card for card, _state, _due in called])
    own = own_order.known(book, rules.order, [card.person_id for card, _state, _due in called])
    local = book.clock.local()
    for card, state, due in called:
        mine = window.of(card.card_id, book.now()) or window
        where = place(
            card.card_id,
            state,
            mine,
            Facts(
                title=card.title,
                company=card.company,
                reachable=bool(card.phone or card.wecom),
                people_known=known.company.get(card.company_key, 0),
                tags=known.tags.get(card.person_id, ()),
                last_contact=known.contact.get(card.person_id),
                attended=card.attended if window.purpose != REMINDER else None,
                own=own.get(card.person_id, NOTHING),
            ),
            local,
            starts_at=one.starts_at,
            ends_at=None if one.event_id is None else one.ends_at,
            weights=rules.order,
            seniority=rules.seniority,
            outcomes=rules.outcomes,
            time_text=(moment(book, due) if state.promised or state.state != READY else None),
        )
        yield Found(one, mine, card, state, due, asked_anew(book, mine, state), where)
