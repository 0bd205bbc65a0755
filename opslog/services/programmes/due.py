"""What of the messages stands on Today: a line an hour of the day, one of those who wait for an
answer, one a programme that people could enter; never a line a person. Read for the first screen at
a start, so it imports little."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
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
    from opslog.domain.programmes import programme, schedule
    from opslog.services.programmes import entering, groups
    from opslog.services.programmes.held import holdings
    from opslog.services.programmes.timetable import Timetable
    from opslog.store.programmes import answered

    table = Timetable(book)
    slots = {
        slot: sum(group.number for group in some)
        for slot, some in groups.by_slot(table, holdings(book, table)).items()
    }
    found = [
        _line(
            number,
            slots[slot],
            book.clock.at(table.today, schedule.hours(slot)[0]),
            nmsg(
                "{n} message to send, {slot}",
                "{n} messages to send, {slot}",
                slots[slot],
                slot=programme.slot_title(slot),
            ),
        )
        for number, slot in enumerate(slots)
    ]
    if waiting := answered.waiting(book.con, instant_text(book.now() - answered.WAITS)):
        waits = len(waiting)
        text = nmsg("{n} person waits for an answer", "{n} people wait for an answer", waits)
        found.append(_line(len(found), waits, instant_of(waiting[-1]["at"]), text))
    midnight = book.clock.at(book.today())
    for title, number in entering.could_enter(book, used):
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
