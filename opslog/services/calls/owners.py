"""Who owes what to the plans, and that they were reminded: telling is a second fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.events import texts
from opslog.domain.events.events import PlanLine
from opslog.domain.events.owing import OfEvent, Owner, by_owner
from opslog.domain.events.texts import OWED as OWED_TEXT
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events, message_texts
from opslog.store.calls import told
from opslog.store.calls.told import OWED


def owners(book: Book, event_id: int | None = None, step_id: int | None = None) -> list[Owner]:
    """Everybody who owes an open step to one event, or to any that stands; who is late first.
    ``step_id``: only of that step."""
    rows = (
        [row for row in events.listing(book) if row.cancelled_at is None]
        if event_id is None
        else events.some(book, [event_id])
    )
    plans = [(row, events.plan(book, row.id)) for row in rows]
    found = by_owner(
        [
            OfEvent(row.id, row.name, row.starts_at, tuple(_only(plan, step_id)))
            for row, plan in plans
        ]
    )
    when = told.newest_of(book.con, OWED)
    return [owner._replace(told=_last(owner, when)) for owner in found]


def _only(plan: Sequence[PlanLine], step_id: int | None) -> list[PlanLine]:
    return [line for line in plan if line.owner and step_id in (None, line.id)]


def _last(owner: Owner, when: dict[int, str]) -> datetime | None:
    times = [when[line.id] for line in owner.lines if line.id in when]
    return instant_of(max(times)) if times else None


def text(book: Book, owner: Owner) -> Msg:
    """The words that remind them: the operator's own where there are some."""
    template = own_kinds.texts(book).find(OWED_TEXT)
    today, zone = book.today(), book.clock.zone
    if not template:
        return owner.reminder(today, zone)
    found: dict[str, Msg | str] = {**owner.fields(today, zone)}
    if len(owner.events) == 1:
        event = events.get(book, owner.events[0].event_id)
        found = {**message_texts.values(book, event), **found}
    return texts.fill(template, found)


def named(book: Book, words: str, event_id: int | None = None) -> Owner:
    """The owner a person means, in either language. Refused where nobody of it owes anything."""
    from opslog.services.events.plans.step_changes import owner_of

    key = owner_of(words)
    for owner in owners(book, event_id):
        if owner.key.casefold() == key.casefold():
            return owner
    raise Refused(msg(N_("{name} owes nothing that is open"), name=words))


def remind(book: Book, owner: Owner) -> Change:
    """They were reminded of all this just now."""
    number = len(owner.lines)
    label = nmsg(
        N_("Reminded {name} of {n} step"), N_("Reminded {name} of {n} steps"), number,
        name=owner.name,
    )  # fmt: skip
    with book.change(label) as change:
        for line in owner.lines:
            told.put(book.con, OWED, line.id, owner.key, instant_text(book.now()))
        only = owner.events[0].event_id if len(owner.events) == 1 else None
        auto_lines.write(book, label, source="told", event_id=only)
    return change
