"""Today: everything that waits, whoever owns it, in one ranked list.

The owners say what is due and do what is asked; this module merges, ranks and sends a key press
to the right one. They are imported when they are needed: this is the first screen at a start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_day
from opslog.domain.today.priority import Ranked, rank
from opslog.domain.today.wording import label
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import new_times, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.services.book.new_times import NewTime
from opslog.store.db import journal
from opslog.store.events import basics


def today(book: Book) -> list[Ranked]:
    """What is due now or inside its lead time, ranked, each with its reasons."""
    return rank(everything_due(book), book.clock.local(), own_kinds.weights(book))


def everything_due(book: Book) -> list[Due]:
    """What the areas say is due, unranked; a step that names its evidence by how far that is."""
    found = [due for area in _areas() for due in area.due(book)]
    shown = (_with_evidence(book, due) if due.evidence and due.event_id else due for due in found)
    return [due for due in shown if due is not None]


def _with_evidence(book: Book, due: Due) -> Due | None:
    """How far it is. Follow-ups are each on a date of their own: they wait from the first of these,
    and None where none has come."""
    assert due.event_id is not None
    from opslog.services.cards.step_progress import Work

    work = Work(book, due.event_id)
    if dates := work.own_dates(due.evidence):
        waiting = [at for at in dates if at <= book.now()]
        if not waiting:
            return None
        due = due._replace(due=min(waiting), timed=False, people=len(waiting))
    far = work.far(due.evidence)
    return due if far is None else due._replace(done=far.done, of=far.of)


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
    new = read_new_time(book, due, when) if isinstance(when, str) else NewTime(when, True)
    return _verb(due, "move")(book, due.ref, new.at, new.timed)


def check_movable(due: Due) -> None:
    """Raises Refused for what hangs on something else, before anybody is asked for a date."""
    _verb(due, "move")


def read_new_time(book: Book, due: Due, text: str) -> NewTime:
    """Where a text puts ``due``. Raises Refused where it says no day, or one that is past."""
    before = due.event_at if due.kind == "promise" else None
    return new_times.read(book, text, due.due, timed=due.timed, before=before)


def move_warnings(book: Book, dues: Sequence[Due], when: str) -> list[Msg]:
    """What speaks against moving these to ``when``, said of each where they are several."""
    found = [
        (due, _kind(due).move_warning(book, due.ref, read_new_time(book, due, when).at))
        for due in dues
    ]
    if len(dues) == 1:
        return [why for _due, why in found if why is not None]
    text = N_("“{title}”: {why}")
    return [msg(text, title=label(due), why=why) for due, why in found if why is not None]


def snooze(book: Book, due: Due, until: date | None = None) -> Change:
    """Keep it out of sight until a day (tomorrow); when it is due stays as it was."""
    at = book.clock.at(until or book.today() + timedelta(days=1))
    return _verb(due, "snooze")(book, due.ref, at)


def done_all(book: Book, dues: Sequence[Due]) -> Change:
    """Those of these that can be done here are, as one change that one undo takes back; the
    others are named in its ``left``. Raises Refused where none can.
    """
    if len(dues) == 1:
        return done(book, dues[0])
    can, left = _possible(dues, "done")
    with book.change(nmsg(N_("Done: {n} item"), N_("Done: {n} items"), len(can))) as change:
        change.left = left
        for kind, due in can:
            assert kind.write_done is not None
            kind.write_done(book, due.ref)
    return change


def snooze_all(book: Book, dues: Sequence[Due]) -> Change:
    """As ``done_all``: out of sight until tomorrow."""
    if len(dues) == 1:
        return snooze(book, dues[0])
    can, left = _possible(dues, "snooze")
    day = book.today() + timedelta(days=1)
    text = nmsg(
        N_("Snoozed until {day}: {n} item"),
        N_("Snoozed until {day}: {n} items"),
        len(can),
        day=short_day(day, book.today()),
    )
    with book.change(text) as change:
        change.left = left
        for kind, due in can:
            assert kind.write_snoozed is not None
            kind.write_snoozed(book, due.ref, book.clock.at(day))
    return change


def reschedule_all(book: Book, dues: Sequence[Due], when: str) -> Change:
    """As ``done_all``: to ``when``, each keeping its own time of day. Raises Refused also where
    the text is no date for one of them; then none is moved.
    """
    if len(dues) == 1:
        return reschedule(book, dues[0], when)
    can, left = _possible(dues, "move")
    instants = [read_new_time(book, due, when).at for _kind_of, due in can]
    days = {at.astimezone(book.clock.zone).date() for at in instants}
    text = nmsg(
        N_("Moved to {when}: {n} item"),
        N_("Moved to {when}: {n} items"),
        len(can),
        when=short_day(days.pop(), book.today()) if len(days) == 1 else when.strip(),
    )
    with book.change(text) as change:
        change.left = left
        for _kind_of, due in can:
            reschedule(book, due, when)
    return change


def flag_all(book: Book, dues: Sequence[Due]) -> Change:
    """As ``done_all``: flagged red, or the flags off where all have one. Of a kind each, as one."""
    can, left = _possible(dues, "flag_all")
    change = _verb(can[0][1], "flag_all")(book, [due.ref for _kind_of, due in can])
    change.left = left
    return change


def movable(dues: Sequence[Due]) -> list[Due]:
    """Those that can be moved. Raises Refused where none can."""
    return [due for _kind_of, due in _possible(dues, "move")[0]]


def _possible(dues: Sequence[Due], verb: str) -> tuple[list[tuple[DueKind, Due]], list[Msg]]:
    """Those a verb can be done with, and why not of the others. Refused where there are none."""
    can: list[tuple[DueKind, Due]] = []
    refused: list[Refused] = []
    for due in dues:
        try:
            can.append((_checked(due, verb), due))
        except Refused as refusal:
            refused.append(refusal)
    if not can and refused:
        raise refused[0]
    return can, [refusal.message for refusal in refused]


class _Area(Protocol):
    """What an area says of what is due in it: its ``due.py``."""

    KINDS: dict[str, DueKind]

    def due(self, book: Book) -> list[Due]: ...


def _areas() -> tuple[_Area, ...]:
    """Those with something that can be due."""
    from opslog.services.calls.queue import due as calls
    from opslog.services.daybook import due as daybook
    from opslog.services.events import due as events
    from opslog.services.leads import due as leads
    from opslog.services.materials import due as materials
    from opslog.services.programmes import due as programmes
    from opslog.services.programmes import old_words
    from opslog.services.screening import due as screening

    return events, daybook, calls, screening, leads, materials, programmes, old_words


def _kind(due: Due) -> DueKind:
    kind = next(area.KINDS[due.kind] for area in _areas() if due.kind in area.KINDS)
    if not due.evidence:
        return kind
    from opslog.services.cards import ticking

    return kind._replace(done=ticking.tick_step, write_done=ticking.write_done)


def _checked(due: Due, verb: str) -> DueKind:
    """The kind of thing it is. Raises Refused where the verb belongs elsewhere, saying where."""
    kind = _kind(due)
    said = getattr(kind, verb)
    if isinstance(said, str):
        raise Refused(msg(said, title=label(due) if kind.by_label else due.title))
    return kind


def _verb(due: Due, verb: str) -> Callable[..., Change]:
    found: Callable[..., Change] = getattr(_checked(due, verb), verb)
    return found


class NextEvent(NamedTuple):
    """What comes next in the calendar."""

    id: int
    name: str
    starts_at: datetime


def next_event(book: Book) -> NextEvent | None:
    """The event that is on or comes next; None where none is planned."""
    event = basics.next_one(book.con, book.now())
    return event and NextEvent(event.id, event.name, event.starts_at)


def event_tags(book: Book) -> dict[int, str]:
    """The tags of the events that have one, by the event's id."""
    return basics.tags(book.con)


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


def never_used(book: Book) -> bool:
    """Whether nothing was ever put into this book."""
    return journal.is_empty(book.con)
