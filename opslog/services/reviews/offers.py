"""What an event and those of its kind before it propose to do otherwise: the numbers gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from opslog.domain.base.rates import Rate
from opslog.domain.events.events import EventCard, PlanLine
from opslog.domain.reviews.acts import lateness, proposals
from opslog.domain.reviews.acts.proposals import Offer
from opslog.domain.reviews.numbers import Number
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.events.plans import playbooks
from opslog.store.reviews import acts as store

EVENTS = 5  # so many of a kind are looked at
CALLED = 2000  # people; a longer list nobody calls through in two days


def offers(book: Book, event: EventCard, numbers: Iterable[Number]) -> Iterator[Offer]:
    """Of an event that has ended. ``numbers``: those of its review."""
    found = store.ended(book.con, event.id, book.now(), EVENTS)
    if event.id not in dict(found):
        return
    playbook = playbooks.playbook(book, event.row.kind)
    plans = {id: events.plan(book, id) for id, _entered in found}
    kept = [one for id, entered in found for one in _kept(book, plans[id], entered)]
    yield from proposals.of_steps(kept, playbook)
    shown = {number.key: number for number in numbers}
    if event.row.offline and event.people <= CALLED and _days_of_reminding(book, event) == 1:
        yield from proposals.reminder_calls(shown, playbook)
    yield from proposals.channels(shown)
    before = [rate for id, _entered in found if id != event.id and (rate := _came(book, id))]
    if before:  # a long list is not counted for nothing
        mine = shown.get("show_up.confirmed")
        now = _came(book, event.id) if mine is None else mine.rate
        yield from proposals.absent(now, before, playbook)
    yield from _of_promotion(book, event, plans[event.id])
    if event.created_at >= event.row.starts_at:
        return  # nobody can have answered before it
    asked = [item for step in plans[event.id] if _asks(step) for item in step.items if item.kind]
    left = sum(not item.answer for item in asked)
    yield from proposals.questions(left, len(asked), playbook)


def _days_of_reminding(book: Book, event: EventCard) -> int:
    """On how many days before its own people were called."""
    zone = book.clock.zone
    day = event.row.starts_at.astimezone(zone).date()
    called = {at.astimezone(zone).date() for at in store.reminded_at(book.con, event.id)}
    return sum(one < day for one in called)


def _kept(book: Book, plan: list[PlanLine], entered: datetime) -> list[lateness.StepKept]:
    zone = book.clock.zone
    day = entered.astimezone(zone).date()
    return lateness.kept(plan, day, own_kinds.workdays(book), zone)


def _asks(step: PlanLine) -> bool:
    return step.key == proposals.PREFLIGHT


def _came(book: Book, event_id: int) -> Rate | None:
    """Of those who had confirmed, how many came; None before anybody was marked."""
    found = guests.show_up(book, event_id)
    if not found.confirmed or not found.attended:
        return None
    return Rate(found.confirmed_and_attended, found.confirmed)


def _of_promotion(book: Book, event: EventCard, plan: list[PlanLine]) -> Iterator[Offer]:
    zone = book.clock.zone
    found = lateness.warm_up(plan, own_kinds.workdays(book), zone)
    return proposals.warm_up(found, event.row.starts_at.astimezone(zone).date())
