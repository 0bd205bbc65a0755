"""Which follow-ups are due: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.due import Due
from opslog.domain.daybook import lead
from opslog.domain.daybook.lines import FollowUp
from opslog.locale import titled
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.services.daybook import follow_ups
from opslog.store.daybook import follow_ups as store


def due(book: Book) -> list[Due]:
    """Follow-ups that wait, as Today takes them."""
    return [_as_due(one) for one in store.waiting(book.con, book.now())]


def due_of(book: Book, follow_up_id: int) -> Due:
    """One follow-up, as Today takes it. Raises Refused where it is gone."""
    return _as_due(follow_ups.get(book, follow_up_id))


def _as_due(one: FollowUp) -> Due:
    return Due(
        kind="follow_up",
        ref=one.id,
        title=one.text,
        due=one.due,
        timed=one.timed,
        lead_days=lead.days(one.text),
        event_id=one.event.id if one.event else None,
        event=one.event.name if one.event else "",
        person_id=one.person.id if one.person else None,
        person=one.person.name if one.person else "",
        flagged=one.flagged,
        detail=titled(one.note, one.note) if one.note else None,
    )


def _flag_all(book: Book, follow_up_ids: Sequence[int]) -> Change:
    from opslog.services.daybook import tasks  # reads lines, which takes long to import

    return tasks.flag_all(book, follow_up_ids)


KINDS = {
    "follow_up": DueKind(
        done=follow_ups.finish_follow_up,
        move=follow_ups.move_follow_up,
        snooze=follow_ups.snooze_follow_up,
        write_done=follow_ups.write_finished,
        write_snoozed=follow_ups.write_snoozed,
        flag_all=_flag_all,
    )
}
