"""What a log line asks to come back to: done, opened again, moved, put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_day, short_moment
from opslog.domain.daybook.lines import FollowUp, shortened
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.store.daybook import follow_ups as store


def finish_follow_up(book: Book, follow_up_id: int) -> Change:
    """It is done; the log of today says so."""
    one = get(book, follow_up_id)
    if not one.open:
        raise Refused(msg(N_("“{text}” is done already"), text=shortened(one.text)))
    label = msg(N_("Followed up: {text}"), text=shortened(one.text))
    with book.change(label) as change:
        write_finished(book, follow_up_id)
    return change


def write_finished(book: Book, follow_up_id: int) -> None:
    """Inside an open change: a follow-up is done, and the log says so."""
    one = get(book, follow_up_id)
    store.finish(book.con, follow_up_id, book.now())
    auto_lines.write(
        book,
        msg(N_("Followed up: {text}"), text=one.text),
        source="follow_up",
        event_id=one.event.id if one.event else None,
        person_ids=[one.person.id] if one.person and one.person.id else [],
    )


def reopen_follow_up(book: Book, follow_up_id: int) -> Change:
    one = get(book, follow_up_id)
    with book.change(msg(N_("Open again: {text}"), text=shortened(one.text))) as change:
        if not one.open:
            store.reopen(book.con, follow_up_id)
    return change


def reopen_all(book: Book, follow_up_ids: Sequence[int]) -> Change:
    """All of these are open again, as one change."""
    if len(follow_up_ids) == 1:
        return reopen_follow_up(book, follow_up_ids[0])
    n = len(follow_up_ids)
    with book.change(nmsg("Open again: {n} item", "Open again: {n} items", n)) as change:
        for follow_up_id in follow_up_ids:
            reopen_follow_up(book, follow_up_id)
    return change


def move_follow_up(book: Book, follow_up_id: int, when: datetime, timed: bool) -> Change:
    """Put it to another instant; ``timed`` False: any time of that day."""
    one = get(book, follow_up_id)
    today, zone = book.today(), book.clock.zone
    day = (
        short_moment(when, zone, today) if timed else short_day(when.astimezone(zone).date(), today)
    )
    label = msg(N_("Moved to {day}: {text}"), day=day, text=shortened(one.text))
    with book.change(label) as change:
        if (one.due, one.timed, one.snoozed_until) != (when, timed, None):
            store.move(book.con, follow_up_id, when, timed)
    return change


def snooze_follow_up(book: Book, follow_up_id: int, until: datetime) -> Change:
    """Keep it out of Today until an instant; when it is due stays."""
    one = get(book, follow_up_id)
    day = short_day(until.astimezone(book.clock.zone).date(), book.today())
    label = msg(N_("Not before {day}: {text}"), day=day, text=shortened(one.text))
    with book.change(label) as change:
        write_snoozed(book, follow_up_id, until)
    return change


def write_snoozed(book: Book, follow_up_id: int, until: datetime) -> None:
    """Inside an open change: it stays out of Today until an instant."""
    store.snooze(book.con, follow_up_id, until)


def get(book: Book, follow_up_id: int) -> FollowUp:
    """One follow-up. Raises Refused where it is gone."""
    found = store.get(book.con, follow_up_id)
    if found is None:
        raise Refused(msg(N_("That follow-up is gone; undo may bring it back")))
    return found


def line_of_follow_up(book: Book, follow_up_id: int) -> int | None:
    """The line a follow-up came from."""
    return get(book, follow_up_id).log_id
