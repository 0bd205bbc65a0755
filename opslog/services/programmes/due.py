"""What of the messages stands on Today: a line an hour of the day, one of those who wait for an
answer, one a programme that people could enter; never a line a person. Read for the first screen at
a start, so it imports little."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.due import Due
from opslog.locale import N_, Msg, nmsg
from opslog.services.book.book import Book
from opslog.services.book.contributions import DueKind
from opslog.store.programmes import counts

KIND, ENTERING = "message", "entering"


def due(book: Book) -> list[Due]:
    """Nothing is looked up where nobody ever was in a programme. Who could enter is told of those
    somebody was in, by what happened of itself: an event, a lead that came back."""
    used = counts.used(book.con)
    if not used:
        return []
    from opslog.services.programmes import enrolling, queue

    day = queue.day(book, first=1)
    found = [
        _line(
            number,
            slot.number,
            slot.begins,
            nmsg(
                "{n} message to send, {slot}",
                "{n} messages to send, {slot}",
                slot.number,
                slot=slot.title,
            ),
        )
        for number, slot in enumerate(day.slots)
    ]
    if waits := len(day.answered):
        text = nmsg("{n} person waits for an answer", "{n} people wait for an answer", waits)
        found.append(_line(len(found), waits, day.answered[-1].at, text))
    midnight = book.clock.at(book.today())
    for title, number in enrolling.could_enter(book, used):
        text = nmsg(
            "{n} person could enter “{programme}”",
            "{n} people could enter “{programme}”",
            number,
            programme=title,
        )
        found.append(_line(len(found), number, midnight, text, timed=False)._replace(kind=ENTERING))
    return found


def _line(ref: int, number: int, at: datetime, text: Msg, *, timed: bool = True) -> Due:
    return Due(KIND, ref, str(text), at, timed=timed, people=number, label=text)


_DONE = N_("“{title}” is done with its messages: Enter opens them")
_ENTER = N_("“{title}” is done once they entered: Enter opens the programmes")
KINDS = {
    KIND: DueKind(done=_DONE, move=_DONE, snooze=_DONE),
    ENTERING: DueKind(done=_ENTER, move=_ENTER, snooze=_ENTER),
}
