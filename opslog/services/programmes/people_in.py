"""Who is in a programme, and who gets something on a day to come."""

from __future__ import annotations

from datetime import date

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import ACTIVE, PAUSED, Enrolled


def of_programme(book: Book, code: str, *, everybody: bool = False) -> list[Enrolled]:
    """Those in it, the oldest first; ``everybody``: those who left or came to its end, too."""
    if everybody:
        return store.enrolled(book.con, "e.programme=?", code)
    return store.enrolled(book.con, "e.programme=? AND e.state IN (?, ?)", code, ACTIVE, PAUSED)


def due_on(book: Book, day: date) -> list[Enrolled]:
    """Who gets a message on a day to come, as things stand now."""
    return store.enrolled(book.con, "e.state=? AND e.next_on=?", ACTIVE, day.isoformat())


def of_person(book: Book, person_id: int, *states: str) -> list[Enrolled]:
    """The programmes somebody is in; in one of these states. Raises Refused where there is none."""
    found = [one for one in enrolling.of_person(book, person_id) if one.state in states]
    if not found:
        text = (
            N_("{person}: no programme waits")
            if states == (PAUSED,)
            else N_("{person} is in no programme now")
        )
        raise Refused(msg(text, person=person_card.get(book, person_id).called))
    return found


def due(book: Book, person_id: int) -> Enrolled:
    """The programme whose step is due for somebody, else the first they are in. Raises Refused."""
    return min(
        of_person(book, person_id, ACTIVE), key=lambda one: (one.next_on or date.max, one.id)
    )


def newest(book: Book, person_id: int) -> Enrolled:
    """The programme that wrote to somebody last, else the one they entered last, though they left
    it. Raises Refused where they were in none."""
    found = enrolling.of_person(book, person_id)
    if not found:
        person = person_card.get(book, person_id).called
        raise Refused(msg(N_("{person} was in no programme yet"), person=person))
    last = store.wrote_last(book.con, person_id)
    return next((one for one in found if one.id == last), found[-1])
