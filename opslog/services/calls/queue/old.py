"""Call-backs that nobody touched for long: those of each list, and how they are taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.calls.retries import Window, callback_window
from opslog.domain.rosters.rosters import SIGNUP, Cards
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue.candidates import waiting
from opslog.services.calls.queue.queue import old_aside, open_lists
from opslog.services.events import stops
from opslog.store.calls import not_now as store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import settled


class OldCalls(NamedTuple):
    """``number`` old call-backs of one list, or of the part of it that comes to one stop, which
    were to be made from ``opened`` on."""

    cards: Cards
    event_id: int | None
    stop_id: int | None
    event: str  # with the stop, where it is of one
    purpose: str
    opened: datetime
    number: int


def lists(book: Book) -> list[OldCalls]:
    """The lists on which old call-backs wait, that of the latest event first. Of those that were
    noted to have no others, nobody is looked at."""
    noted = settled.old(book.con, old_aside(book))
    budget, found = Budget(book, books(book)), list[OldCalls]()
    for one in open_lists(book, old=True):
        window = callback_window(one.closed_rounds, one.ends_at)
        if one.list != SIGNUP or window is None:
            continue
        number = 0 if one.apart else noted.get(one.roster_id, 0)  # noted of all its parts
        number = number or len(_cards(book, one, window, budget))
        if number:
            found.append(
                OldCalls(
                    *(one.cards, one.event_id, one.stop_id, one.event),
                    *(window.purpose, window.opens, number),
                )
            )
    return found[::-1]


def of_stop(book: Book, place: str, event_id: int | None = None) -> list[OldCalls]:
    """Those of one stop, by its place or number; ``event_id``: of that event. Raises Refused where
    no event that has old call-backs has such a stop."""
    found = lists(book)
    if event_id is not None:
        stop_id = stops.resolve(book, event_id, place).id
        return [one for one in found if one.stop_id == stop_id]
    shows = dict.fromkeys(one.event_id for one in found if one.event_id is not None)
    known = [one for show in shows for one in stops.of(book, show)]
    meant = set[int]()
    for show in {one.event_id for one in known}:
        with suppress(Refused):
            meant.add(stops.resolve(book, show, place).id)
    if not meant:
        if not known:
            raise Refused(msg(N_("No event that has old call-backs has stops")))
        places = listed(dict.fromkeys(one.place for one in known))
        text = N_("“{place}” is no stop of an event that has old call-backs; there are: {places}")
        raise Refused(msg(text, place=place, places=places))
    return [one for one in found if one.stop_id in meant]


def of_list(book: Book, some: OldCalls) -> list[Candidate]:
    """Whose old call-backs wait on a list, or on that part of it, in the order they came in."""
    budget, found = Budget(book, books(book)), list[Candidate]()
    for one in open_lists(book, roster_id=some.cards.roster_id):
        if one.cards == some.cards and (w := callback_window(one.closed_rounds, one.ends_at)):
            found += _cards(book, one, w, budget)
    return found


def others(book: Book, some: Sequence[OldCalls]) -> list[CallList]:
    """The other lists of the event of ``some``, or parts of one, on which somebody waits for the
    same call, old or not."""
    budget, (first, *_more) = Budget(book, books(book)), some
    mine = {one.cards for one in some}
    found = []
    for one in open_lists(book, first.event_id):
        window = callback_window(one.closed_rounds, one.ends_at)
        if one.cards not in mine and window is not None and window.purpose == first.purpose:
            found += [one] if waiting(book, one, window, budget) else []
    return found


def _cards(book: Book, one: CallList, window: Window, budget: Budget) -> list[Candidate]:
    return [card for card, state, _due in waiting(book, one, window, budget) if state.old]


def said(some: Sequence[OldCalls]) -> Msg:
    return listed(Msg("{text}", {"text": one.event}) for one in some)


def take_up(book: Book, some: Sequence[OldCalls]) -> Change:
    """These are to be called as if they were new. Raises Refused where there is nobody."""
    people = {card.person_id for one in some for card in of_list(book, one)}
    if not people:
        raise Refused(msg(N_("Nobody waits there any more")))
    label = nmsg(
        N_("Taken up again: {n} call-back ({event})"),
        N_("Taken up again: {n} call-backs ({event})"),
        sum(one.number for one in some),
        event=said(some),
    )
    with book.change(label) as change:
        for person in sorted(people):
            store.put(book.con, person, book.now())
    return change
