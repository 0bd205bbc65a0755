"""What of the calls is due: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.left_out import people as people_in
from opslog.domain.calls.outcomes import Outcomes, purpose_title
from opslog.domain.calls.retries import ON_DAY, Window, reminder_windows
from opslog.domain.dates.wording import near_moment
from opslog.domain.dates.workdays import Workdays
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.events.plans.evidence import calls_far
from opslog.domain.people.card import called
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.services.calls.promises import waiting
from opslog.services.calls.queue import closed
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls import not_now
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.touches import Newest
from opslog.store.events import moves


def due(book: Book) -> list[Due]:
    """Reminder calls, one item an event and day with how many; promised times, one a card.

    Where the operator closed the step of such calls, only who came in since is left of them.
    """
    outcomes, days = own_kinds.outcomes(book), own_kinds.workdays(book)
    now = book.now()
    found: list[Due] = []
    for one in lists_store.lists_to_come(book.con, now):
        if one.kind in OFFLINE and not one.cancelled:
            for item in _reminders(book, one, outcomes, days):
                _put(found, item)
    found += _corrections(book)
    for newest, at in waiting(book):
        attempt = newest.attempt
        name = called(newest.person_id, newest.person, newest.company, newest.phone)
        found.append(
            Due(
                kind="promise",
                ref=attempt.card_id,
                title=name,
                due=at,
                lead_days=LEAD_DAYS,
                timed=True,
                event_id=newest.event_id,
                event=newest.event,
                event_at=newest.starts_at if newest.event_id is not None else None,
                person_id=newest.person_id,
                person=newest.person,
                whom=frozenset((newest.person_id,)),
                detail=_about(book, newest, at),
                label=msg(N_("Call {person}"), person=name),
            )
        )
    return found


def _put(found: list[Due], item: Due) -> None:
    """With what stands there already of the same calls: of a stop whose people stand on its own
    list and on that of the whole."""
    for at, one in enumerate(found):
        if _calls(one) == _calls(item):
            found[at] = one._replace(
                people=one.people + item.people,
                whom=one.whom | item.whom,
                done=one.done + item.done,
                of=one.of + item.of,
            )
            return
    found.append(item)


def _calls(one: Due) -> tuple[object, ...]:
    return one.ref, one.event, one.event_at, one.due, one.detail


def _about(book: Book, newest: Newest, at: datetime) -> Msg:
    """What it is for, and what was promised where that was put off."""
    purpose, promised = purpose_title(newest.attempt.purpose), newest.attempt.next_at
    if promised is None or promised == at:
        return purpose
    when = near_moment(promised, book.clock.zone, book.today())
    return msg(N_("{purpose}, promised for {when}"), purpose=purpose, when=when)


def _corrections(book: Book) -> Iterator[Due]:
    """What the move of an event left to be told, one item an event."""
    for event_id, name, starts_at in moves.moved(book.con, book.now()):
        from opslog.services.calls import corrections  # few events are moved

        found = corrections.of(book, event_id)
        if label := corrections.said(found):
            yield Due(
                kind="correction",
                ref=event_id,
                title=name,
                due=book.clock.at(book.today()),
                event_id=event_id,
                event=name,
                event_at=starts_at,
                people=max(sum(one.person_id is not None for one in found), 1),
                label=label,
            )


LEAD_DAYS = 1  # reminder and promised calls are shown the day before they are due
_SLOT_TITLE = {ON_DAY: N_("reminder calls on the day")}


def _reminders(book: Book, one: CallList, outcomes: Outcomes, days: Workdays) -> Iterator[Due]:
    in_sight = book.clock.at(book.today() + timedelta(days=LEAD_DAYS + 1))
    both = [
        window
        for window in reminder_windows(
            one.starts_at, book.clock, outcomes, days.previous, one.remind_days
        )
        if window.opens < in_sight and (window.closes is None or book.now() < window.closes)
    ]
    if not both:
        return
    assert one.event_id is not None  # who signed up did so for an event
    from opslog.services.calls.queue.standings import in_windows  # the rules take long to import

    midnight = book.clock.at(book.today() + timedelta(days=1))
    put_off = not_now.until(book.con, book.now()).items()
    away = {person for person, until in put_off if midnight <= until < one.starts_at}
    for window, stand in zip(both, in_windows(book, one, both), strict=True):
        calls = msg(_SLOT_TITLE.get(window.slot, N_("reminder calls the day before")))
        detail = calls
        later = closed.came_later(book, one, window)
        if later is not None:
            stand = [(card, state) for card, state in stand if card.card_id in later]
            detail = msg(N_("{calls}, come in since they were closed by hand"), calls=calls)
        far = calls_far(state.through for _card, state in stand)
        if not far.of and later is None and window.opens <= book.now():
            yield from _nobody_called(book, one, window, calls)
        if far.open:
            yield Due(
                kind="reminder",
                ref=one.event_id,
                title=one.event,
                due=window.opens,
                lead_days=LEAD_DAYS,
                event_id=one.event_id,
                event=one.event,
                event_at=one.starts_at,
                people=far.open,
                whom=frozenset(c.person_id for c, state in stand if not state.through) - away,
                done=far.done if window.opens <= book.now() else 0,
                of=far.of if window.opens <= book.now() else 0,
                detail=detail,
                label=calls,
            )


def _nobody_called(book: Book, one: CallList, window: Window, calls: Msg) -> Iterator[Due]:
    """That a whole list is left out of its reminders is to be looked at: else nobody is told."""
    from opslog.services.calls.queue import left_out  # whole lists are rarely left out

    left = people_in(left_out.of_list(book, one, window))
    if left:
        text = nmsg(
            N_("{calls}: the {n} on the list is left out"),
            N_("{calls}: all {n} on the list are left out"),
            left,
            calls=calls,
        )
        yield Due(
            kind="reminder",
            ref=one.event_id or 0,
            title=one.event,
            due=window.opens,
            event_id=one.event_id,
            event=one.event,
            event_at=one.starts_at,
            people=left,
            detail=text,
            label=text,
        )


def _move_promise(book: Book, card_id: int, when: datetime, _timed: bool) -> Change:
    from opslog.services.calls.calling import move_promise

    return move_promise(book, card_id, when)


def _move_warning(book: Book, card_id: int, when: datetime) -> Msg | None:
    from opslog.services.calls.calling import move_warning

    return move_warning(book, card_id, when)


def _put_off(book: Book, card_id: int, until: datetime) -> Change:
    from opslog.services.calls.not_now import put_off_to_day

    promise = next((one for one, _due in waiting(book) if one.attempt.card_id == card_id), None)
    if promise is None or promise.attempt.next_at is None:
        raise Refused(msg(N_("No call is promised to this person any more")))
    day = until.astimezone(book.clock.zone).date()
    return put_off_to_day(book, promise.person_id, day, promise.attempt.next_at)


KINDS = {
    "reminder": DueKind(
        done=N_("“{title}” is done call by call: Enter opens the calls"),
        move=N_("“{title}” hangs on its event: move the event (F4, then r)"),
        snooze=N_("“{title}” can't wait for tomorrow: Enter opens the calls"),
        by_label=True,
    ),
    "correction": DueKind(
        done=N_("“{title}” is told one by one: Enter opens the list"),
        move=N_("“{title}” can't wait: people know another date; Enter opens the list"),
        snooze=N_("“{title}” can't wait: people know another date; Enter opens the list"),
        by_label=True,
    ),
    "promise": DueKind(
        done=N_("“{title}” is done with what came of the call: Enter opens it"),
        move=_move_promise,
        move_warning=_move_warning,
        snooze=_put_off,
    ),
}
