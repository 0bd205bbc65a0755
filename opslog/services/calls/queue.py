"""Whom to call or write to now, in which order and why; all there is to know for one call."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

from opslog import __version__
from opslog.domain.base.refusal import Refused
from opslog.domain.calls import talk_tracks
from opslog.domain.calls.call_lists import window as call_list_window
from opslog.domain.calls.left_out import HELD, LeftOut
from opslog.domain.calls.order import Facts, Place, place
from opslog.domain.calls.outcomes import REMINDER, check_purpose
from opslog.domain.calls.queue import CallCard, Earlier, QueueLine
from opslog.domain.calls.retries import (
    READY,
    WAITING,
    Standing,
    Window,
    callback_window,
    current_window,
    reminder_windows,
    standing,
)
from opslog.domain.dates.wording import near_moment, spoken_day
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.people import card as person_card
from opslog.domain.rosters.rosters import CALLS, SIGNUP
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import left_out
from opslog.services.calls.call_files import CallBooks, books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.standings import standings
from opslog.store.calls import known as known_store
from opslog.store.calls import settled as settled_store
from opslog.store.calls import touches as calls_store
from opslog.store.calls.touches import CallList, Candidate
from opslog.store.people import suppressed
from opslog.store.rosters.rosters import called_on


def queue(
    book: Book,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool | None = None,
) -> list[QueueLine]:
    """Everybody to call or write to, each once, most pressing first; of one list, where one is
    named.

    Without a purpose: those who may be called now and those whose time comes today. ``later``
    True (the default where a purpose is named) adds those whose time comes on another day.
    Raises Refused for a purpose that is none.
    """
    later = purpose is not None if later is None else later
    return _by_person(book, _all(book, purpose, event_id, roster_id), later=later)


def with_held(
    book: Book,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool,
) -> tuple[list[QueueLine], list[LeftOut]]:
    """The queue, and who is held back from it since they were contacted lately, whatever day
    their time comes."""
    found = _all(book, purpose, event_id, roster_id)
    held = [
        LeftOut(
            one.card.card_id,
            one.list.roster_id,
            one.list.event_id,
            one.card.person_id,
            one.card.person,
            one.card.company,
            one.card.phone,
            one.list.event,
            one.window.purpose,
            HELD,
            one.state.held,
            msg(N_("not before {when}"), when=moment(book, one.due)),
        )
        for one in found
        if one.state.held is not None
    ]
    return _by_person(book, found, later=later), held


def _all(
    book: Book, purpose: str | None, event_id: int | None, roster_id: int | None
) -> list[_Found]:
    if purpose is not None:
        check_purpose(purpose)
    rules = books(book)
    budget = Budget(book, rules)
    found: list[_Found] = []
    version, in_force, settled = book.data_version(), _in_force(book), list[int]()
    for one in calls_store.lists_open(book.con, book.now(), in_force, event_id, roster_id):
        lines = [
            line
            for window in windows(book, one, rules)
            if purpose is None or window.purpose == purpose
            for line in _lines(book, one, window, rules, budget)
        ]
        begun = one.list == CALLS or (one.closed_rounds and one.starts_at <= book.now())
        if not lines and purpose is None and begun:
            settled.append(one.roster_id)
        found += lines
    if settled:
        book.remember(lambda con: settled_store.note(con, settled, in_force, version))
    return found


def _by_person(book: Book, found: Collection[_Found], *, later: bool) -> list[QueueLine]:
    """One line a person, with all that one call is for (operator's rule: somebody on two lists is
    one call); ``later`` False leaves out what comes on another day."""
    today, zone = book.today(), book.clock.zone
    people = dict[int, list[_Found]]()
    for one in sorted(found, key=lambda one: one.where.key):
        if later or one.due.astimezone(zone).date() <= today:
            people.setdefault(one.card.person_id, []).append(one)
    for theirs in people.values():
        _without_what_follows(theirs)
    return [
        replace(first.line(rank), also=tuple(one.line(rank) for one in more))
        for rank, (first, *more) in enumerate(people.values(), 1)
    ]


def _without_what_follows(theirs: list[_Found]) -> None:
    """Who is reminded of an event is not asked in the same call how it was."""
    reminded = {one.list.event_id for one in theirs if one.window.purpose == REMINDER}
    theirs[:] = [
        one for one in theirs if one.window.purpose == REMINDER or one.list.event_id not in reminded
    ]


def not_called(
    book: Book,
    lines: Collection[QueueLine],
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
) -> list[LeftOut]:
    """Who is left out of what ``queue`` gave as ``lines``: of the lists that stand in it, and of
    an event or a list that was asked for by name."""
    shown = {(part.roster_id, part.purpose) for line in lines for part in line.parts}
    rules = books(book)
    return [
        out
        for one in (
            calls_store.lists_open(book.con, book.now(), _in_force(book))
            if event_id is roster_id is None
            else calls_store.lists(book.con, event_id=event_id, roster_id=roster_id)
        )
        for window in windows(book, one, rules)
        if purpose in (None, window.purpose)
        and (event_id or roster_id or (one.roster_id, window.purpose) in shown)
        for out in left_out.of_list(book, one, window)
    ]


def _in_force(book: Book) -> str:
    """What decides, beside the rows of a list, whether anybody on it is still to be called."""
    outcomes = own_kinds.text_in_force(book, own_kinds.OUTCOMES)
    return f"{__version__} {crc32(outcomes.encode()):08x}"


def line(
    book: Book,
    person_id: int,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool = True,
    call: int | None = None,
) -> QueueLine | None:
    """A person's line as ``queue`` would show it, rank 1; None where they are not in it. What a
    call under way is for besides (``call``, its attempt) is not held back by it."""
    rules = books(book)
    budget = Budget(book, rules, person_id, call)
    found = [
        entry
        for card in calls_store.cards_of(book.con, person_id)
        if roster_id in (None, card.roster_id)
        for one in calls_store.lists(book.con, event_id=event_id, roster_id=card.roster_id)
        for window in windows(book, one, rules)
        if purpose in (None, window.purpose)
        for entry in _lines(book, one, window, rules, budget, card)
    ]
    return next(iter(_by_person(book, found, later=later)), None)


def windows(book: Book, one: CallList, rules: CallBooks) -> Iterator[Window]:
    """What this list is to be called for, now or next."""
    if one.cancelled:
        return
    now = book.now()
    if one.list != SIGNUP:
        if one.list == CALLS and (found := call_list_window(
            one.purpose, one.starts_at, one.opens_on, one.closes_on, one.closed_rounds, book.clock
        )):
            yield found
        return
    if one.kind in OFFLINE and now < one.starts_at:
        both = reminder_windows(one.starts_at, book.clock, rules.outcomes, rules.workdays.previous)
        reminder = current_window(both, now)
        if reminder is not None:
            yield reminder
    callback = callback_window(one.closed_rounds, one.ends_at)
    if callback is not None:
        yield callback


@dataclass(frozen=True)
class _Known:
    """What bears on the order, of everybody who is to be called, fetched at once."""

    tags: dict[int, list[str]]
    contact: dict[int, datetime]
    company: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody for the queue, before it is known at which rank."""

    list: CallList
    window: Window
    card: Candidate
    state: Standing
    due: datetime
    where: Place

    def line(self, rank: int) -> QueueLine:
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
            attempts=self.state.attempts,
            score=self.where.score,
            reasons=self.where.reasons,
            held=self.state.held,
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


def _waiting(
    book: Book, one: CallList, window: Window, budget: Budget, only: Candidate | None
) -> list[tuple[Candidate, Standing, datetime]]:
    """Who of a list is to be called, now or later, and when."""
    found = []
    for card, before in standings(book, one, window, only.card_id if only else None):
        state = _within(budget, card.person_id, window, before, book.now())
        if not state.through and state.due is not None:
            found.append((card, state, state.due))
    return found


def _within(
    budget: Budget, person_id: int, window: Window, state: Standing, now: datetime
) -> Standing:
    """How it stands with the caps: what was promised goes before them."""
    if state.promised or state.through or state.due is None:
        return state
    held = budget.held(person_id, window.purpose, state.lane, max(state.due, now))
    return state if held is None else state._replace(state=WAITING, due=held.until, held=held.why)


def _lines(
    book: Book,
    one: CallList,
    window: Window,
    rules: CallBooks,
    budget: Budget,
    only: Candidate | None = None,
) -> Iterator[_Found]:
    waiting = _waiting(book, one, window, budget, only)
    if not waiting:
        return
    known = _known(book, rules, [card for card, _state, _due in waiting])
    local = book.clock.local()
    for card, state, due in waiting:
        where = place(
            card.card_id,
            state,
            window,
            Facts(
                title=card.title,
                company=card.company,
                reachable=bool(card.phone or card.wecom),
                people_known=known.company.get(card.company_key, 0),
                tags=known.tags.get(card.person_id, ()),
                last_contact=known.contact.get(card.person_id),
                attended=card.attended if window.purpose != REMINDER else None,
            ),
            local,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            weights=rules.order,
            seniority=rules.seniority,
            outcomes=rules.outcomes,
            time_text=(moment(book, due) if state.promised or state.state != READY else None),
        )
        yield _Found(one, window, card, state, due, where)


def moment(book: Book, instant: datetime) -> Msg:
    """``14:30`` where it is today, else ``Tue 11-24 14:30``."""
    return near_moment(instant, book.clock.zone, book.today())


def card(book: Book, card_id: int, purpose: str, lane: str | None = None) -> CallCard:
    """All there is to know for one call; ``lane`` None takes the one the person is reached by.

    Raises Refused where the card is gone or the purpose is none.
    """
    check_purpose(purpose)
    found = calls_store.candidate(book.con, card_id)
    if found is None:
        raise gone(card_id)
    rules = books(book)
    one = calls_store.lists(book.con, roster_id=found.roster_id)[0]
    window = next((w for w in windows(book, one, rules) if w.purpose == purpose), None)
    attempts = tuple(calls_store.attempts(book.con, one.roster_id, card_id).get(card_id, ()))
    state = (
        standing(attempts, window, rules.outcomes, book.now(), wecom=found.wecom)
        if window
        else None
    )
    if state and window:
        budget = Budget(book, rules, found.person_id)
        state = _within(budget, found.person_id, window, state, book.now())
    by = lane or (state.lane if state else "phone")
    again = bool(state and (state.again or (purpose == REMINDER and state.attempts)))
    slot = window.slot if window else ""
    row = book.con.execute(
        "SELECT email, city, industry, note, guests,"
        f" {called_on('o.id=c.instead_of')} AS instead_of"
        " FROM card c JOIN person ON person.id=c.person_id WHERE c.id=?",
        (card_id,),
    ).fetchone()
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
        email=row["email"],
        city=row["city"],
        industry=row["industry"],
        note=row["note"],
        wecom=found.wecom,
        bars=suppressed.bars(book.con, found.person_id),
        tags=tuple(known_store.tags(book.con, [found.person_id])[found.person_id]),
        attended=found.attended,
        guests=row["guests"],
        instead_of=row["instead_of"] or "",
        people_known=size.get(found.company_key, 0),
        purpose=purpose,
        lane=by,
        slot=slot,
        standing=state,
        attempts=attempts,
        earlier=earlier(book, one.roster_id, found.person_id).get(found.person_id, Earlier()),
        outcomes=rules.outcomes.of(purpose, by),
        talk=talk_tracks.own(one.track, fields)
        or own_kinds.tracks(book).find(
            purpose, by, slot=slot, again=again, attended=found.attended, fields=fields
        ),
    )


def _fields(book: Book, found: Candidate, one: CallList) -> dict[str, str]:
    """What fills the braces of a talk track."""
    local = one.starts_at.astimezone(book.clock.zone)
    if one.event_id is None:
        return {"person": found.person, "company": found.company, "event": one.event}
    return {
        "person": found.person,
        "company": found.company,
        "event": one.event,
        "day": str(spoken_day(local.date())),
        "time": local.strftime("%H:%M"),
        "place": one.place,
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
    for row in book.con.execute(
        "SELECT p.id FROM card c JOIN person p ON p.id=c.person_id"
        " WHERE c.roster_id=? AND (? IS NULL OR p.id=?) AND p.wecom",
        (roster_id, person_id, person_id),
    ):
        found[row["id"]] = replace(found.get(row["id"], Earlier()), wecom=True)
    return found


def called(found: Candidate) -> str:
    """What to call somebody: the name, else company or phone."""
    return person_card.called(found.card_id, found.person, found.company, found.phone)


def gone(card_id: int) -> Refused:
    return Refused(msg(N_("Card {id} is no longer on any list; open the queue anew"), id=card_id))
