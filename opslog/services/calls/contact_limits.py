"""What everybody had of calls and messages lately, against what is allowed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.calls.contact_limits import MODE_TITLES, Touched, held
from opslog.domain.calls.old_callbacks import stands_apart
from opslog.domain.calls.outcomes import ADD, PHONE, REMINDER, followup_months, purpose_title
from opslog.domain.calls.queue import Touch
from opslog.domain.calls.retries import Standing, Window, into_parts
from opslog.domain.people.card import CALL, WRITE
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.calls.call_files import CallBooks
from opslog.store.calls import known as store
from opslog.store.calls import not_now
from opslog.store.calls import touches as store_touches
from opslog.store.leads import leads
from opslog.store.people import suppressed


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
        self._reaches: dict[datetime, bool] = {}

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

    @cached_property
    def _taken_up(self) -> dict[int, datetime]:
        """Who was put off or taken up again until a moment that is not long past."""
        since = self._book.now() - timedelta(days=self._rules.limits.old_after)
        return not_now.until(self._book.con, since, self._person_id)

    @cached_property
    def _with_sales(self) -> set[int]:
        only = None if self._person_id is None else [self._person_id]
        return leads.with_sales(self._book.con, only)

    def reaches(self, due: datetime) -> bool:
        """Whether what was until now may hold back a touch that is due then."""
        if due not in self._reaches:  # many are due at one moment
            day = due.astimezone(self._book.clock.zone).date()
            self._reaches[due] = self._rules.limits.since(day) <= self._book.today()
        return self._reaches[due]

    def put_off(self, person_id: int) -> datetime | None:
        """Until when the operator put somebody off; None where they did not, or it is over."""
        return self._put_off.get(person_id)

    def is_old(self, person_id: int, window: Window, state: Standing) -> bool:
        """Whether nobody touched a call-back for long."""
        after, now = self._rules.limits.old_after, self._book.now()
        return stands_apart(window, state, self._taken_up.get(person_id), after, now)

    def touch(
        self,
        person_id: int,
        purpose: str,
        lane: str,
        *,
        due: datetime | None = None,
        promised: bool = False,
    ) -> Touch:
        """The last touch with somebody, and when the next one by this lane is allowed; it is
        ``due`` by the rules of its purpose, or was ``promised``."""
        last = store_touches.last_touch(self._book.con, person_id)
        outcomes = self._rules.outcomes
        held = self.held(person_id, purpose, lane, self._book.now())
        bars, scope = suppressed.bars(self._book.con, person_id), CALL if lane == PHONE else WRITE
        return Touch(
            last and last.at,
            last and purpose_title(last.purpose),
            last.lane if last else "",
            last and outcomes.title(last.purpose, last.lane, last.outcome),
            held and held.until,
            held and held.why,
            promised or purpose in (REMINDER, ADD),
            self._rules.limits.mode,
            next((bar for bar in bars if bar.scope == scope), None),
            self.put_off(person_id),
            due if due and due > self._book.now() and not promised else None,
        )

    def held(self, person_id: int, purpose: str, lane: str, due: datetime) -> HeldBack | None:
        """None where a touch that is due then is allowed. Whoever is held back may be called from
        the beginning of calling hours on."""
        if purpose in (REMINDER, ADD):
            return None
        if followup_months(purpose) and person_id in self._with_sales:
            return self._while_with_sales(due)
        touches = self._touches.get(person_id)
        if not touches:
            return None
        clock, workdays = self._book.clock, self._rules.workdays.is_workday
        day = due.astimezone(clock.zone).date()
        found = held(touches, self._rules.limits, purpose, lane, day, workdays)
        if found is None:
            return None
        return HeldBack(self._in_hours(found.until), found.why)

    def _while_with_sales(self, due: datetime) -> HeldBack | None:
        """Sales speaks to them: each day it is looked at again whether they came back."""
        tomorrow = self._rules.workdays.next(self._book.today())
        if due.astimezone(self._book.clock.zone).date() >= tomorrow:
            return None
        return HeldBack(self._in_hours(tomorrow), msg(N_("with sales")))

    def _in_hours(self, day: date) -> datetime:
        """From when on calls are made that day."""
        clock, workdays = self._book.clock, self._rules.workdays.is_workday
        parts = sorted(self._rules.outcomes.parts.values(), key=lambda part: part.start)
        return into_parts(clock.at(day), clock, parts, workdays)


def set_mode(book: Book, mode: str) -> Change:
    """Let the caps of another mode hold, in the operator's own file of them."""
    said = msg(N_("Contacts: {mode}"), mode=msg(MODE_TITLES[mode]))
    return _put(book, "mode", f'"{mode}"', said)


def set_warning(book: Book, on: bool) -> Change:
    """Warn of too many calls, or not; the numbers stay."""
    text = N_("Too many calls are warned of") if on else N_("Too many calls are not warned of")
    return _put(book, "on", "true" if on else "false", msg(text))


def _put(book: Book, key: str, value: str, said: Msg) -> Change:
    kind = own_kinds.CONTACT_LIMITS
    text = own_kinds.text_in_force(book, kind)
    found, number = re.subn(
        rf"(?m)^({key}\s*=\s*)[^#\n]*?(\s*(?:#.*)?)$", rf"\g<1>{value}\2", text, count=1
    )
    if not number:  # of a file from before there was this section
        found = f"{text.rstrip()}\n\n[warn]\non = {value}\nan_hour = 40\na_day = 150\n"
    kind.read(found, kind.place)  # raises Faulty where what is in force can't be read
    return own_files.put(book, kind.place, found, said)
