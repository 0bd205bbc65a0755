"""What of an event falls on a public holiday, or on a day off of the region it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from opslog.domain.dates.regions import Region, told
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events import calendar_days
from opslog.domain.events import days_off as rules
from opslog.domain.events.calendar_days import Held
from opslog.domain.events.events import EventDraft, EventRow
from opslog.domain.events.stops import Stop
from opslog.locale import Msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.events import schedule as schedule_store
from opslog.store.events import stops as stops_store

Places = Callable[[int, int | None], list[Region]]


def places(
    book: Book,
    workdays: Workdays,
    rows: Mapping[int, EventRow],
    more: Iterable[Stop] = (),
) -> Places:
    """The operator's regions that an event (its id), or a stop of it, is in or meant for: by its
    place, and by the words for its audience. ``more``: stops that are not in the file yet."""
    if not workdays.regions:
        return lambda _event_id, _stop_id: []
    segments, stops = schedule_store.aims(book.con, list(rows))
    stops = {**stops, **{one.id: one.place for one in more}}

    @cache
    def regions(event_id: int, stop_id: int | None) -> list[Region]:
        at = "" if stop_id is None else stops.get(stop_id, "")
        texts = (rows[event_id].place, segments.get(event_id, ""), at)
        return told(texts, workdays.regions)

    return regions


def of_event(book: Book, row: EventRow, later: timedelta = timedelta()) -> list[Msg]:
    """What of it is still ahead and falls on days off, were its stops so much ``later``."""
    return _said(book, row, [one.later(later) for one in stops_store.of(book.con, row.id)])


def of_stops(book: Book, row: EventRow, stops: Sequence[Stop]) -> list[Msg]:
    """The same of some of its stops, which need not be in the file yet."""
    return _said(book, row, stops) if any(one.open for one in stops) else []


def _said(book: Book, row: EventRow, stops: Sequence[Stop]) -> list[Msg]:
    workdays, zone, today = own_kinds.workdays(book), book.clock.zone, book.today()
    standing = calendar_days.standing_on(row, stops, zone)
    ahead = [(day, there) for day, there in standing if day >= today]

    def regions(stop: Stop | None) -> list[Region]:
        more = [stop] if stop else []
        return places(book, workdays, {row.id: row}, more)(row.id, stop.id if stop else None)

    return rules.said(rules.found(ahead, workdays, regions), today)


def of_draft(book: Book, draft: EventDraft) -> list[Msg]:
    """The same of an event as it is typed; none of one on a day that is past."""
    workdays, zone, today = own_kinds.workdays(book), book.clock.zone, book.today()
    held = Held(0, draft.starts_at, draft.ends_at or draft.starts_at)
    ahead: list[tuple[date, Sequence[Stop]]] = [
        (day, there) for day, there in calendar_days.standing_on(held, (), zone) if day >= today
    ]
    texts = (draft.place, draft.segment if draft.audience == "segment" else "")
    regions = told(texts, workdays.regions)
    return rules.said(rules.found(ahead, workdays, lambda _stop: regions), today)
