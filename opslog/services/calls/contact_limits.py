"""What everybody had of calls and messages lately, against what is allowed."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.calls.contact_limits import Touched, held
from opslog.domain.calls.outcomes import ADD, REMINDER
from opslog.domain.calls.retries import into_parts
from opslog.locale import Msg
from opslog.services.book.book import Book
from opslog.services.calls.call_files import CallBooks
from opslog.store.calls import known as store
from opslog.store.calls import not_now


class HeldBack(NamedTuple):
    """Until when somebody is held back, and by what."""

    until: datetime
    why: Msg


class Budget:
    """Looked up once for a whole queue, or for one person, when it is first asked for. ``call``:
    an attempt whose call is not over; what it is for besides is still part of it."""

    def __init__(
        self, book: Book, rules: CallBooks, person_id: int | None = None, call: int | None = None
    ) -> None:
        self._book, self._rules = book, rules
        self._person_id, self._call = person_id, call

    @cached_property
    def _touches(self) -> dict[int, list[Touched]]:
        clock, found = self._book.clock, dict[int, list[Touched]]()
        since = instant_text(clock.at(self._rules.limits.since(self._book.today())))
        for person, at, purpose, lane, counts in store.touched(
            self._book.con, since, self._person_id, self._call
        ):
            touched = Touched(at.astimezone(clock.zone).date(), purpose, lane, counts)
            found.setdefault(person, []).append(touched)
        return found

    @cached_property
    def _put_off(self) -> dict[int, datetime]:
        return not_now.until(self._book.con, self._book.now(), self._person_id)

    def put_off(self, person_id: int) -> datetime | None:
        """Until when the operator put somebody off; None where they did not, or it is over."""
        return self._put_off.get(person_id)

    def held(self, person_id: int, purpose: str, lane: str, due: datetime) -> HeldBack | None:
        """None where a touch that is due then is allowed. Whoever is held back may be called from
        the beginning of calling hours on."""
        if purpose in (REMINDER, ADD):
            return None
        touches = self._touches.get(person_id)
        if not touches:
            return None
        clock, workdays = self._book.clock, self._rules.workdays.is_workday
        day = due.astimezone(clock.zone).date()
        found = held(touches, self._rules.limits, purpose, lane, day, workdays)
        if found is None:
            return None
        parts = sorted(self._rules.outcomes.parts.values(), key=lambda part: part.start)
        return HeldBack(into_parts(clock.at(found.until), clock, parts, workdays), found.why)
