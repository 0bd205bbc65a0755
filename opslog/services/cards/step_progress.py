"""How far the work behind a step of a plan is: its evidence, read from what was done.

Each kind of evidence has one reading: how far it is for whoever looks, and (quicker, where a list
is long) whether it is complete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from opslog.domain.calls.outcomes import REMINDER, Outcomes, followup_months
from opslog.domain.calls.retries import (
    Window,
    reminder_windows,
    standing,
    window_of_callback,
)
from opslog.domain.events.events import proof_of
from opslog.domain.events.kinds import OFFLINE
from opslog.domain.events.plans import evidence
from opslog.domain.events.plans.evidence import Evidence, HowFar, calls_far
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import reminded
from opslog.services.calls.queue import followups
from opslog.services.calls.queue.standings import all_through, standings, untouched
from opslog.store.answers import answers
from opslog.store.calls import call_lists as lists_store
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import evidence as store
from opslog.store.rosters.states import states


def of_event(book: Book, event_id: int) -> dict[str, HowFar]:
    """By what proves them (``PlanLine.proof``), for the steps of an event that name it; what has
    not begun is left out."""
    work = Work(book, event_id)
    if work.cancelled:
        return {}
    found = {}
    for name, stop_id in store.names(book.con, event_id):
        far = (work if stop_id is None else work.of_stop(stop_id)).far(name)
        if far is not None:
            found[proof_of(name, stop_id)] = far
    return found


class Work:
    """What was done for one event, or for one stop of it. Where the stops have lists, or parts of
    one, the work of the whole is that of all of these."""

    def __init__(
        self,
        book: Book,
        event_id: int,
        lists: Sequence[CallList] | None = None,
        stop_id: int | None = None,
    ) -> None:
        """``lists``: of all that the event has, where they were read already."""
        self._book, self._event_id, self._stop_id = book, event_id, stop_id
        self._all = lists_store.lists(book.con, event_id=event_id) if lists is None else lists
        self._untouched: dict[bool, Candidate | None] = {}  # by whether it is for a reminder

    def of_stop(self, stop_id: int) -> Work:
        """The same for one stop."""
        return Work(self._book, self._event_id, self._all, stop_id)

    @property
    def cancelled(self) -> bool:
        return bool(self._all) and all(one.cancelled for one in self._all)

    @cached_property
    def _parts(self) -> Sequence[Work]:
        """That of each list, where there are several; a stop may have one beside its part of the
        whole's."""
        going = [one for one in self._all if not one.cancelled]
        if self._stop_id is not None:
            going = [one for one in going if one.stop_id == self._stop_id]
        if len(going) < 2:
            return ()
        return [Work(self._book, self._event_id, [one], one.stop_id) for one in going]

    def _parts_of(self, found: Evidence) -> Iterable[Work]:
        """Those whose work adds up: rounds are of a list, calls of each part of it."""
        if found.kind != evidence.ROUND:
            return self._parts
        return {one._all[0].roster_id: one for one in self._parts}.values()

    def far(self, name: str) -> HowFar | None:
        """How far the evidence of that name is; None where it is not begun, or is a yes or no."""
        found = evidence.read(name)
        if found is None:
            return None
        if self._parts and found.kind in (evidence.ROUND, *evidence.CALLS):
            each = [one.far(name) for one in self._parts_of(found)]
            begun = [one for one in each if one is not None]
            whole = len(begun) == len(each) and all(one.proven for one in begun)
            done, of = sum(one.done for one in begun), sum(one.of for one in begun)
            return HowFar(done, of, whole) if begun else None
        if found.kind == evidence.ROUND:
            return self._round(found.number)
        if found.kind == evidence.ATTENDANCE:
            marked, expected = store.marked(self._book.con, self._event_id, self._stop_id)
            return HowFar(marked, expected, marked == expected) if marked else None
        if found.kind not in evidence.CALLS:
            return None
        list_, window, now = self._list, self._window(found), self._book.now()
        if list_ is None or window is None or window.opens > now:
            return None
        if reminded.over(self._book, window):
            through = reminded.called(self._book, list_, window).values()
            return calls_far(through) if any(through) else None
        states = [state for _card, state in standings(self._book, list_, window)]
        over = window.closes is not None and window.closes <= now
        if over and not any(state.attempts for state in states):
            return None  # nobody was called: the list came too late, say
        far = calls_far(state.through for state in states)
        return far if far.of else None

    def own_dates(self, name: str) -> list[datetime]:
        """From when each is called who is called on a date of their own, and was not yet; none
        where all have the same, or nobody asked."""
        found = evidence.read(name)
        list_ = self._list
        window = self._window(found) if found and found.kind == evidence.FOLLOWUP else None
        if list_ is None or window is None or window.dates is None:
            return []
        return [
            window.dates[card.card_id][0]
            for card, state in standings(self._book, list_, window)
            if not state.through and card.card_id in window.dates
        ]

    def proven(self, name: str, phase: str, only: Collection[int] = ()) -> bool:
        """Whether the evidence is complete. ``only``: it was, and only these cards of the list
        changed since."""
        found = evidence.read(name)
        if found is None:
            return False
        con, event_id, stop_id = self._book.con, self._event_id, self._stop_id
        if self._parts and found.kind in (evidence.ROUND, *evidence.CALLS):
            return all(one.proven(name, phase) for one in self._parts)
        if found.kind == evidence.LIST:
            return store.list_taken_in(con, event_id, stop_id, since_start=phase == "after")
        if found.kind == evidence.FIGURES:
            return store.figures_known(con, event_id)
        if found.kind == evidence.ATTENDANCE:
            return store.all_marked(con, event_id, stop_id)
        if found.kind == evidence.ANSWERS:
            return answers.answered(con, event_id, found.key)
        list_ = self._list
        if list_ is None:
            return False
        if found.kind == evidence.ROUND:
            return found.number in dict(list_.closed_rounds)
        window = self._window(found)
        if window is None or (not only and self._waits(window)):
            return False
        all_done = reminded.all_called if reminded.over(self._book, window) else all_through
        through = None
        if only:
            through = all_done(self._book, list_, window, store.alike(con, only))
        if through is None:
            through = all_done(self._book, list_, window)
        return bool(through)

    def done_at(self, name: str) -> datetime:
        """When what is proven by now was done: reminders of an event that has begun with the last
        of them, all else now."""
        found, now = evidence.read(name), self._book.now()
        if found is None or found.kind not in evidence.REMINDERS:
            return now
        if self._parts:
            return max(one.done_at(name) for one in self._parts)
        list_, window = self._list, self._window(found)
        if list_ is None or window is None or not reminded.over(self._book, window):
            return now
        return reminded.last_call(self._book, list_, window) or now

    @cached_property
    def _list(self) -> CallList | None:
        """That of the stop; of the whole the only one there is, or its own."""
        mine = [one for one in self._all if one.stop_id == self._stop_id]
        if self._stop_id is None:
            mine += [one for one in self._all if not one.cancelled]
        return next(iter(mine), None)

    def _window(self, found: Evidence) -> Window | None:
        """When the calls that prove something are made; None where there are none."""
        list_ = self._list
        if list_ is None:
            return None
        if found.kind == evidence.FOLLOWUP:
            each = followups.windows(self._book, list_, own_kinds.workdays(self._book))
            return next((w for w in each if followup_months(w.purpose) == found.number), None)
        if found.kind == evidence.CALLBACK:
            return window_of_callback(found.number, dict(list_.closed_rounds), list_.ends_at)
        return self._reminders[evidence.REMINDERS.index(found.kind)] if self._reminders else None

    @cached_property
    def _reminders(self) -> Sequence[Window]:
        list_ = self._list
        if list_ is None or list_.kind not in OFFLINE:
            return ()
        previous, days = own_kinds.workdays(self._book).previous, list_.remind_days
        clock, starts_at = self._book.clock, list_.starts_at
        return reminder_windows(starts_at, clock, self._outcomes, previous, days)

    @cached_property
    def _outcomes(self) -> Outcomes:
        return own_kinds.outcomes(self._book)

    def _waits(self, window: Window) -> bool:
        """Whether a call waits for somebody who was not tried at all; one is enough, and looked
        for once, for most steps are looked over while hardly anybody was."""
        now = self._book.now()
        if window.dates is not None:
            return False  # each has a date of their own
        if self._list is None or (window.closes is not None and window.closes <= now):
            return False  # once it is over, whoever came onto the list since is not waited for
        reminder = window.purpose == REMINDER
        if reminder not in self._untouched:
            self._untouched[reminder] = untouched(self._book, self._list, reminder=reminder)
        card = self._untouched[reminder]
        if card is None:
            return False
        return not standing((), window, self._outcomes, now, wecom=card.wecom).through

    def _round(self, number: int) -> HowFar | None:
        """The newest round by its rows; of an earlier one nothing is left to show."""
        if self._list is None:
            return None
        for state in states(self._book.con, [self._list.roster_id]):
            if state.number == number:
                decided = state.kept + state.dropped
                return HowFar(decided, decided + state.left, not state.open)
        return None
