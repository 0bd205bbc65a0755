"""Tasks of one's own: follow-ups without a line of the log, written in the words of a line."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.dates.moments import When
from opslog.domain.daybook.capture_text import compose, marked
from opslog.domain.daybook.lines import FollowUp, Planned, Understood, shortened
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import follow_ups, reading
from opslog.store.daybook import follow_ups as store
from opslog.store.daybook import lines as line_store
from opslog.store.daybook import names as known


def understand(book: Book, text: str, task_id: int | None = None) -> Understood:
    """What ``text`` would become: as a line is read, but that a time at its beginning is when it
    is due; with no time at all it is due today. Tags stay words: a task has none.

    ``task_id`` is the task it would change: that may be past.
    """
    waiting = _standing(book, task_id)
    read = reading.understand(book, text, waiting=waiting)
    if not read.follow_ups and (read.at_said or read.captured.to_come):
        ahead = reading.understand(book, ">" + text.lstrip(), waiting=waiting)
        read = ahead if ahead.follow_ups else read
    when = read.captured.when or When(book.today(), None)
    planned = read.follow_ups[:1] or (reading.planned_at(book, when),)
    words = " ".join([read.text, *(marked("#", tag) for tag in read.captured.tags)]).strip()
    captured = read.captured._replace(to_come=None)
    return read._replace(captured=captured, text=words, follow_ups=planned, at_said=False)


def add(book: Book, text: str) -> Change:
    """``made`` is the id of the follow-up. Raises Refused for a text without a word."""
    task = _something(understand(book, text))
    with book.change(msg(N_("New task: {text}"), text=shortened(task.text))) as change:
        change.made = store.insert(
            book.con,
            log_id=None,
            text=task.text,
            due=task.follow_ups[0].due,
            timed=task.follow_ups[0].timed,
            event_id=task.event.id if task.event else None,
            person_id=reading.whom(task),
            flagged=task.captured.flagged,
        )
    return change


def edit(book: Book, task_id: int, text: str) -> Change:
    """Make a task what ``text`` says."""
    follow_ups.get(book, task_id)
    task = _something(understand(book, text, task_id))
    due: Planned = task.follow_ups[0]
    with book.change(msg(N_("Changed: {text}"), text=shortened(task.text))) as change:
        store.update_task(
            book.con,
            task_id,
            text=task.text,
            due=due.due,
            timed=due.timed,
            event_id=task.event.id if task.event else None,
            person_id=reading.whom(task),
            flagged=task.captured.flagged,
        )
        change.made = task_id
    return change


def composed(book: Book, task_id: int) -> str:
    """The words that would write this task again, to be edited."""
    one = follow_ups.get(book, task_id)
    return compose(
        at=None,
        text=one.text,
        now=book.clock.local(),
        event=one.event.name if one.event else "",
        people=[known.distinct_name(book.con, one.person)] if one.person else [],
        flagged=one.flagged,
        follow_ups=_standing(book, task_id),
    )


def note(book: Book, follow_up_id: int, text: str) -> Change:
    """Set the note of a follow-up; an empty one takes it off."""
    one, text = follow_ups.get(book, follow_up_id), storable(text.strip())
    with book.change(msg(N_("Note on: {text}"), text=shortened(one.text))) as change:
        if text != one.note:
            store.set_note(book.con, follow_up_id, text)
    return change


def flag_all(book: Book, follow_up_ids: Sequence[int]) -> Change:
    """Flag these red; where all are, take the flags off. One that came from a line is flagged
    with it."""
    found = [follow_ups.get(book, one) for one in follow_up_ids]
    off = all(one.flagged for one in found)
    if len(found) == 1:
        label = msg(
            N_("Flag taken off: {text}") if off else N_("Flagged: {text}"),
            text=shortened(found[0].text),
        )
    else:
        label = nmsg(N_("Flagged: {n} item"), N_("Flagged: {n} items"), len(found))
        if off:
            label = nmsg(
                N_("Flag taken off: {n} item"), N_("Flag taken off: {n} items"), len(found)
            )
    with book.change(label) as change:
        for one in found:
            if one.log_id:
                line_store.set_flagged(book.con, [one.log_id], not off)
            else:
                store.set_flagged(book.con, one.id, not off)
    return change


def _standing(book: Book, task_id: int | None) -> list[When]:
    found: list[FollowUp] = [] if task_id is None else [follow_ups.get(book, task_id)]
    return reading.whens(book, found)


def _something(task: Understood) -> Understood:
    if not task.text:
        raise Refused(msg(N_("There is nothing to write; say what is to be done")))
    return task
