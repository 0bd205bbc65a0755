"""Call-backs that nobody touched for long: those of each list, and how they are taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.calls.retries import Window, callback_window
from opslog.domain.rosters.rosters import SIGNUP
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue.candidates import waiting
from opslog.services.calls.queue.queue import old_aside, open_lists
from opslog.store.calls import not_now as store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import settled


class OldCalls(NamedTuple):
    """``number`` old call-backs of one list, which were to be made from ``opened`` on."""

    roster_id: int
    event_id: int | None
    stop_id: int | None
    event: str
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
                    *(one.roster_id, one.event_id, one.stop_id, one.event),
                    *(window.purpose, window.opens, number),
                )
            )
    return found[::-1]


def of_list(book: Book, roster_id: int) -> list[Candidate]:
    """Whose old call-backs wait on a list, in the order they came in."""
    budget, found = Budget(book, books(book)), list[Candidate]()
    for one in open_lists(book, roster_id=roster_id):
        if window := callback_window(one.closed_rounds, one.ends_at):
            found += _cards(book, one, window, budget)
    return found


def _cards(book: Book, one: CallList, window: Window, budget: Budget) -> list[Candidate]:
    return [card for card, state, _due in waiting(book, one, window, budget) if state.old]


def said(some: Sequence[OldCalls]) -> Msg:
    return listed(Msg("{text}", {"text": one.event}) for one in some)


def take_up(book: Book, some: Sequence[OldCalls]) -> Change:
    """These are to be called as if they were new. Raises Refused where there is nobody."""
    people = {card.person_id for one in some for card in of_list(book, one.roster_id)}
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
