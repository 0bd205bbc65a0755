"""Today: everything that waits, whoever owns it, in one ranked list.

The owners say what is due and do what is asked; this module merges, ranks and sends a key press
to the right one. They are imported when they are needed: this is the first screen at a start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_day
from opslog.domain.today.priority import Ranked, rank
from opslog.domain.today.wording import label
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind

START_OF_DAY = time(9)  # what "any time that day" is put at


def today(book: Book) -> list[Ranked]:
    """What is due now or inside its lead time, ranked, each with its reasons."""
    return rank(everything_due(book), book.clock.local(), own_kinds.weights(book))


def everything_due(book: Book) -> list[Due]:
    """What the areas say is due, unranked."""
    return [due for area in _areas() for due in area.due(book)]


def done(book: Book, due: Due) -> Change:
    """It is done. Raises Refused for what is finished elsewhere, naming the key that opens it."""
    return _verb(due, "done")(book, due.ref)


def reschedule(book: Book, due: Due, when: str | datetime) -> Change:
    """Move it to ``when``: an instant, or a text such as ``+1d``, ``fri``, ``12-05 14:00``.

    ``+1d`` counts from its own day, or from today where that is past. A day without a time
    keeps the time it had. Raises Refused for a text that says no day, for a day that is past,
    and for what can't be moved.
    """
    check_movable(due)
    at, timed = read_new_time(book, due, when) if isinstance(when, str) else (when, True)
    return _verb(due, "move")(book, due.ref, at, timed)


def check_movable(due: Due) -> None:
    """Raises Refused for what hangs on something else, before anybody is asked for a date."""
    _verb(due, "move")


def read_new_time(book: Book, due: Due, text: str) -> tuple[datetime, bool]:
    """The instant a text puts ``due`` at, and whether it has a time of day.

    Raises Refused where the text says neither day nor time, and where the day is past.
    """
    from opslog.domain.dates.question import read_answer
    from opslog.domain.dates.workdays import is_workday

    now = book.clock.local()
    own = due.due.astimezone(now.tzinfo)
    base = max(now, own) if text.lstrip()[:1] in "+＋" else now
    when = read_answer(text, base, is_workday)
    if when is None:
        raise Refused(
            msg(N_("“{text}” is no date; write +1d, fri, 12-05, 明天下午3点 …"), text=text)
        )
    if when.day < book.today():
        raise Refused(msg(N_("{day} is past; name today or a later day"), day=when.day.isoformat()))
    if when.time is not None:
        return book.clock.at(when.day, when.time), True
    return book.clock.at(when.day, own.time() if due.timed else START_OF_DAY), due.timed


def snooze(book: Book, due: Due, until: date | None = None) -> Change:
    """Keep it out of sight until a day (tomorrow); when it is due stays as it was."""
    at = book.clock.at(until or book.today() + timedelta(days=1))
    return _verb(due, "snooze")(book, due.ref, at)


def done_all(book: Book, dues: Sequence[Due]) -> Change:
    """All of these are done, as one change that one undo takes back."""
    if len(dues) == 1:
        return done(book, dues[0])
    kinds = [_checked(due, "done") for due in dues]
    with book.change(nmsg(N_("Done: {n} item"), N_("Done: {n} items"), len(dues))) as change:
        for kind, due in zip(kinds, dues, strict=True):
            assert kind.write_done is not None
            kind.write_done(book, due.ref)
    return change


def snooze_all(book: Book, dues: Sequence[Due], until: date | None = None) -> Change:
    """All of these out of sight until a day (tomorrow), as one change."""
    if len(dues) == 1:
        return snooze(book, dues[0], until)
    kinds = [_checked(due, "snooze") for due in dues]
    day = until or book.today() + timedelta(days=1)
    text = nmsg(
        N_("Snoozed until {day}: {n} item"),
        N_("Snoozed until {day}: {n} items"),
        len(dues),
        day=short_day(day, book.today()),
    )
    with book.change(text) as change:
        for kind, due in zip(kinds, dues, strict=True):
            assert kind.write_snoozed is not None
            kind.write_snoozed(book, due.ref, book.clock.at(day))
    return change


def reschedule_all(book: Book, dues: Sequence[Due], when: str) -> Change:
    """All of these to ``when``, each keeping its own time of day, as one change.

    Raises Refused where one of them can't be moved; then none is.
    """
    if len(dues) == 1:
        return reschedule(book, dues[0], when)
    for due in dues:
        check_movable(due)
    label = nmsg(
        N_("Moved to {when}: {n} item"),
        N_("Moved to {when}: {n} items"),
        len(dues),
        when=when.strip(),
    )
    with book.change(label) as change:
        for due in dues:
            reschedule(book, due, when)
    return change


class _Area(Protocol):
    """What an area says of what is due in it: its ``due.py``."""

    KINDS: dict[str, DueKind]

    def due(self, book: Book) -> list[Due]: ...


def _areas() -> tuple[_Area, ...]:
    """Those with something that can be due."""
    from opslog.services.calls import due as calls
    from opslog.services.daybook import due as daybook
    from opslog.services.events import due as events
    from opslog.services.screening import due as screening

    return events, daybook, calls, screening


def _checked(due: Due, verb: str) -> DueKind:
    """The kind of thing it is. Raises Refused where the verb belongs elsewhere, saying where."""
    kind = next(area.KINDS[due.kind] for area in _areas() if due.kind in area.KINDS)
    said = getattr(kind, verb)
    if isinstance(said, str):
        raise Refused(msg(said, title=label(due) if kind.by_label else due.title))
    return kind


def _verb(due: Due, verb: str) -> Callable[..., Change]:
    found: Callable[..., Change] = getattr(_checked(due, verb), verb)
    return found


@dataclass(frozen=True)
class NextEvent:
    """What comes next in the calendar."""

    id: int
    name: str
    starts_at: datetime


def next_event(book: Book) -> NextEvent | None:
    """The event that is on or comes next; None where none is planned."""
    row = book.con.execute(
        "SELECT id, name, starts_at FROM event WHERE cancelled_at IS NULL AND ends_at >= ?"
        " ORDER BY starts_at, id LIMIT 1",
        (instant_text(book.now()),),
    ).fetchone()
    return row and NextEvent(row["id"], row["name"], instant_of(row["starts_at"]))


def day_note(book: Book) -> Msg | None:
    """What is special about today: a day off, a make-up working day, an unpublished year."""
    day, calendar = book.today(), own_kinds.workdays(book)
    weekend = day.weekday() >= 5
    if calendar.is_workday(day):
        if weekend:
            return msg(N_("make-up working day"))
    elif not weekend:
        return msg(N_("public holiday"))
    else:
        return msg(N_("day off"))
    if not calendar.published(day.year):
        return msg(N_("the holidays of {year} are not published yet"), year=day.year)
    return None
