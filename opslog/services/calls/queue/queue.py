"""Whom to call or write to now, in which order and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from zlib import crc32

from opslog import __version__
from opslog.domain.calls.left_out import BY_HAND, CLOSED, HELD, LeftOut
from opslog.domain.calls.outcomes import REMINDER, check_purpose, followup_months
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import Window
from opslog.domain.rosters.rosters import CALLS, SIGNUP, Cards
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.call_files import CallBooks, books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import closed, left_out
from opslog.services.calls.queue.candidates import (
    Found,
    asked_anew,
    comes_later,
    in_sight,
    on_list,
    placed,
    waiting,
    windows,
)
from opslog.services.calls.queue.standings import standings
from opslog.services.calls.wording import moment
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import candidates as on_lists
from opslog.store.calls import long_lists
from opslog.store.calls import touches as calls_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.proving import settled as settled_store
from opslog.store.calls.proving.settled import Aside

FIRST, FEWEST = 200, 10  # of each list of a long queue, where there are few or many lists
OF_LATE = timedelta(days=90)  # so long it is said whose calls were closed by hand
LONG = 2_000  # cards on the lists; up to as many are ranked in a quarter of a second


def queue(
    book: Book,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool | None = None,
) -> list[QueueLine]:
    """Everybody to call or write to, each once, most pressing first; of one event or one list,
    where that is named.

    Call-backs that nobody touched for long stand apart (``old_callbacks``), but where the event or
    the list is named. Without a purpose: those who may be called now and those whose time comes
    today. ``later`` True (the default where a purpose is named) adds those whose time comes on
    another day. Raises Refused for a purpose that is none.
    """
    later = purpose is not None if later is None else later
    by = None if later else _tomorrow(book)
    return _by_person(book, _all(book, purpose, event_id, roster_id, by).found, later=later)


class Queue(NamedTuple):
    """``held``: who is held back since they were contacted lately, whatever day their time comes;
    ``old``: how many call-backs stand apart."""

    lines: list[QueueLine]
    held: list[LeftOut]
    old: int


def with_held(
    book: Book,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool,
) -> Queue:
    """The queue, and who is not in it for now."""
    found, old = _all(book, purpose, event_id, roster_id, None if later else _tomorrow(book))
    held = [
        left_out.of_card(
            *(one.list, one.window, one.card, HELD, one.state.held),
            msg(N_("not before {when}"), when=moment(book, one.due)),
        )
        for one in found
        if one.state.held is not None
    ]
    return Queue(_by_person(book, found, later=later), held, old)


def people(book: Book) -> dict[int, bool]:
    """Who stands in ``queue`` by the end of today, whatever for, without their order; and whether
    all they are called for is to ask them again, for another date."""
    rules = books(book)
    budget = Budget(book, rules)
    tomorrow = _tomorrow(book)
    found = dict[int, bool]()
    for one in open_lists(book):
        for window in windows(book, one, rules):
            for card, state, due in waiting(book, one, window, budget, by=tomorrow):
                if due < tomorrow and not state.old:
                    anew = found.get(card.person_id, True)
                    found[card.person_id] = anew and asked_anew(book, window, state)
    return found


class StillOpen(NamedTuple):
    """People of a list to whom a call for one purpose is still to be made, whenever their time
    comes; ``later``: those of them whose time comes on another day."""

    people: int
    later: int


def still_open(
    book: Book, cards: Cards, purpose: str, only: Collection[int] | None = None
) -> StillOpen:
    """How many are left to be called of a list, or of a part of it, whichever of them a screen
    shows: the plan's step of these calls counts the same. ``only`` some of these cards."""
    rules = books(book)
    budget = Budget(book, rules)
    tomorrow = _tomorrow(book)
    found = {
        card.card_id: due >= tomorrow
        for one in lists_store.lists(book.con, roster_id=cards.roster_id)
        if not cards.apart or one.stop_id == cards.stop_id
        for window in windows(book, one, rules)
        if window.purpose == purpose
        for card, _state, due in waiting(book, one, window, budget, only)
    }
    return StillOpen(len(found), sum(found.values()))


def size(book: Book, event_id: int | None = None, *, roster_id: int | None = None) -> int:
    """How many cards there are on the lists that a queue is made of: what ranking them takes."""
    lists = open_lists(book, event_id, roster_id)
    return long_lists.number_of_cards(book.con, [one.roster_id for one in lists])


def first(
    book: Book,
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
    later: bool,
) -> list[QueueLine]:
    """Some of a long queue, ranked among themselves, while ``queue`` takes too long to be waited
    for: whom a call was promised, and of each list the first ones whom nobody called yet."""
    rules = books(book)
    budget = Budget(book, rules)
    promised = [(one.roster_id, one.attempt.card_id) for one in calls_store.promises(book.con)]
    lists = open_lists(book, event_id, roster_id)
    most = min(FIRST, max(LONG // max(len(lists), 1), FEWEST))
    found = [
        line
        for one in lists
        for window in windows(book, one, rules)
        if purpose in (None, window.purpose)
        for line in on_list(
            *(book, one, window, rules, budget),
            [
                *(card_id for roster_id, card_id in promised if roster_id == one.roster_id),
                *long_lists.some_untried(book.con, one.roster_id, window.purpose, most),
            ],
            None if later else _tomorrow(book),
            old=event_id is not None or roster_id is not None,
        )
    ]
    return _by_person(book, found, later=later)


class _All(NamedTuple):
    found: list[Found]
    old: int  # those left out of it


def _tomorrow(book: Book) -> datetime:
    return book.clock.at(book.today() + timedelta(days=1))


def _all(
    book: Book,
    purpose: str | None,
    event_id: int | None,
    roster_id: int | None,
    by: datetime | None,
) -> _All:
    if purpose is not None:
        check_purpose(purpose)
    rules = books(book)
    budget = Budget(book, rules)
    found, old = list[Found](), 0
    version, in_force = book.data_version(), rules_in_force(book)
    # By list: a list is at rest where each of its parts is.
    settled, shut, busy, aside = set[int](), set[int](), set[int](), Counter[int]()
    named = event_id is not None or roster_id is not None  # the old ones are asked for with it
    if not named and purpose is None:
        old = sum(settled_store.old(book.con, old_aside(book)).values())
    for one in open_lists(book, event_id, roster_id, old=purpose is not None):
        lines, more, waits = list[Found](), False, 0
        for window in windows(book, one, rules):
            if purpose is None or window.purpose == purpose:
                called = waiting(book, one, window, budget, by=by)
                lines += placed(book, one, window, rules, in_sight(called, by, old=named))
                those = sum(state.old for _card, state, _due in called)
                old, waits = old + (0 if named else those), waits + those
                more = more or len(called) > those or comes_later(window, by)
        begun = one.list == CALLS or (
            one.list == SIGNUP and one.closed_rounds and one.starts_at <= book.now()
        )
        if more or purpose is not None or not begun:
            busy.add(one.roster_id)
        elif waits:
            aside[one.roster_id] += waits
        else:
            (shut if _reopens(book, one, rules) else settled).add(one.roster_id)
        found += lines
    for roster in busy:
        del aside[roster]
    busy |= aside.keys()
    for ids, by_hand in ((settled - shut - busy, False), (shut - busy, True)):
        if ids:
            note = partial(settled_store.note, rules=in_force, data_version=version, closed=by_hand)
            book.remember(partial(note, roster_ids=ids))
    if aside:
        apart = partial(settled_store.note_old, aside=old_aside(book), data_version=version)
        book.remember(partial(apart, numbers=aside))
    return _All(found, old)


def _reopens(book: Book, one: CallList, rules: CallBooks) -> bool:
    """Whether somebody on a list would be called, were the step of these calls opened again."""
    return any(_closed_by_hand(book, one, window) for window in windows(book, one, rules))


def _by_person(book: Book, found: Collection[Found], *, later: bool) -> list[QueueLine]:
    """One line a person, with all that one call is for (operator's rule: somebody on two lists is
    one call); ``later`` False leaves out what comes on another day."""
    today, zone = book.today(), book.clock.zone
    people = dict[int, list[Found]]()
    for one in sorted(found, key=lambda one: one.where.key):
        if later or one.due.astimezone(zone).date() <= today:
            people.setdefault(one.card.person_id, []).append(one)
    for theirs in people.values():
        _without_what_follows(theirs)
    return [
        first.line(rank, tuple(one.line(rank) for one in more))
        for rank, (first, *more) in enumerate(people.values(), 1)
    ]


def _without_what_follows(theirs: list[Found]) -> None:
    """Who is reminded of an event is not asked in the same call how it was; of the follow-ups of
    one event the next one is made."""
    reminded = {one.list.event_id for one in theirs if one.window.purpose == REMINDER}
    theirs[:] = [
        one for one in theirs if one.window.purpose == REMINDER or one.list.event_id not in reminded
    ]
    following = [one for one in theirs if followup_months(one.window.purpose)]
    following.sort(key=lambda one: followup_months(one.window.purpose))
    first = dict[int | None, Found]()
    for one in following:
        if first.setdefault(one.list.event_id, one) is not one:
            theirs.remove(one)


def not_called(
    book: Book,
    lines: Collection[QueueLine],
    purpose: str | None = None,
    event_id: int | None = None,
    *,
    roster_id: int | None = None,
) -> list[LeftOut]:
    """Who is left out of what ``queue`` gave as ``lines``: of the lists that stand in it, of
    reminders and call lists whose time it is though nobody of them be called any more, and of an
    event or a list that was asked for by name. Whose calls were closed by hand is listed where
    that was of late, or the list stands in it, or was asked for: it goes on for years else."""
    con, rules, in_force, now = book.con, books(book), rules_in_force(book), book.now()
    shown = {part.of_list for line in lines for part in line.parts}
    in_sight = {roster for roster, _stop, _purpose in shown}
    named = event_id is not None or roster_id is not None
    if named:
        lists = lists_store.lists(con, event_id=event_id, roster_id=roster_id)
        shut = lists_store.lists_open(con, book.now(), in_force, event_id, roster_id, closed=True)
    else:
        found = open_lists(book)
        near = [one for one in found if one.roster_id in in_sight]
        lists = [one for one in found if one.roster_id in in_sight or _ends(one, now)]
        since = book.now() - OF_LATE
        late = lists_store.lists_open(con, book.now(), in_force, closed=True, closed_since=since)
        shut = [*near, *(one for one in late if one.roster_id not in in_sight)]
    return [
        out
        for one in lists
        for window in windows(book, one, rules)
        if not window.over
        and purpose in (None, window.purpose)
        and (
            named
            or (one.roster_id, one.stop_id, window.purpose) in shown
            or (_ends(one, now) and window.opens <= now)
        )
        for out in left_out.of_list(book, one, window)
    ] + [
        out
        for one in shut
        for window in windows(book, one, rules)
        if purpose in (None, window.purpose)
        and (named or one.roster_id in in_sight or closed.since(book, one, window, since))
        for out in _closed_by_hand(book, one, window)
    ]


def _ends(one: CallList, now: datetime) -> bool:
    """Whether the calls of a list have an end to come: till then it is told who is left out, for
    nobody else would know."""
    return one.list == CALLS or (one.list == SIGNUP and now < one.starts_at)


def _closed_by_hand(book: Book, one: CallList, window: Window) -> list[LeftOut]:
    """Who would be called, were their step of the plan not closed."""
    later = closed.came_later(book, one, window)
    if later is None:
        return []
    return [
        left_out.of_card(one, window, card, CLOSED, BY_HAND)
        for card, state in standings(book, one, window)
        if not (state.through or state.promised or card.card_id in later)
    ]


def open_lists(
    book: Book, event_id: int | None = None, roster_id: int | None = None, *, old: bool = False
) -> list[CallList]:
    """The lists on which somebody may be to be called; ``old``, and where one is asked for by name,
    with those on which only old call-backs wait."""
    aside = None if old or event_id is not None or roster_id is not None else old_aside(book)
    return lists_store.lists_open(
        book.con, book.now(), rules_in_force(book), event_id, roster_id, aside=aside
    )


def old_aside(book: Book) -> Aside:
    days, now = own_kinds.contact_limits(book).old_after, book.now()
    return Aside(rules_in_force(book), days, now, now - timedelta(days=days))


def rules_in_force(book: Book) -> str:
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
    old: bool = True,
) -> QueueLine | None:
    """A person's line as ``queue`` would show it, rank 1; None where they are not in it. What a
    call under way is for besides (``call``, its attempt) is not held back by it. ``old``: with a
    call-back that stands apart, as ``queue`` shows it where the event or list is named."""
    rules = books(book)
    budget = Budget(book, rules, person_id, call)
    found = [
        entry
        for card in on_lists.cards_of(book.con, person_id)
        if roster_id in (None, card.roster_id)
        for one in lists_store.lists(book.con, event_id=event_id, roster_id=card.roster_id)
        for window in windows(book, one, rules)
        if purpose in (None, window.purpose)
        for entry in on_list(book, one, window, rules, budget, [card.card_id], old=old)
    ]
    return next(iter(_by_person(book, found, later=later)), None)
