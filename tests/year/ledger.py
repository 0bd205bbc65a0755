"""What the script itself did, written down as it did it.

The product is held against this and not against its own rows: a touch that it forgot, one that it
wrote for somebody else, and a bar that it never noted are seen here.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from tests.year.checks import FREE, ZONE, Touch, free_on, held


class Ledger:
    """Touches by person, oldest first, whoever was merged under whom they were merged into. What
    was done although something stood against it is in ``over_cap``, ``barred`` and ``twice``."""

    def __init__(self, con: sqlite3.Connection, is_workday: Callable[[date], bool]) -> None:
        self._con, self._is_workday = con, is_workday
        self.had: defaultdict[int, list[Touch]] = defaultdict(list)
        self.asked_none: set[int] = set()
        self._numbers: set[str] = set()  # of whoever asked for none
        self._promised: dict[int, tuple[int, datetime]] = {}  # by card: to whom, and when
        self._steps: Counter[tuple[int, str]] = Counter()  # by enrolment
        self._merged: set[int] = set()
        self.over_cap: list[str] = []
        self.barred: list[str] = []
        self.twice: list[str] = []

    @property
    def touches(self) -> list[Touch]:
        return [one for theirs in self.had.values() for one in theirs]

    def by_day(self, *lanes: str) -> Counter[date]:
        """Calls or messages that went out, by local day."""
        return Counter(one.day for one in self.touches if one.out and one.lane in lanes)

    def went_out(
        self,
        person_id: int,
        at: datetime,
        purpose: str,
        lane: str,
        *,
        counts: bool,
        free: bool = False,
    ) -> None:
        """A call or message to somebody; ``free``: it answers who wrote, or keeps a promise."""
        one = Touch(at, at.astimezone(ZONE).date(), purpose, lane, counts, out=True)
        told = f"{purpose} by {lane} to person {person_id} at {at:%Y-%m-%d %H:%M}"
        if person_id in self.asked_none or self._numbers & self._of(person_id):
            self.barred.append(told)
        if not free and purpose not in FREE:
            why = held(self.had[person_id], one.day, lane, self._is_workday)
            if why:
                self.over_cap.append(f"{told}: {why}")
        self.had[person_id].append(one)

    def came_in(self, person_id: int, at: datetime, purpose: str, lane: str) -> None:
        day = at.astimezone(ZONE).date()
        self.had[person_id].append(Touch(at, day, purpose, lane, counts=True, out=False))

    def promise(self, card_id: int, who: int, when: datetime | None) -> None:
        """Of a call-back; ``when`` None: nothing is promised any more."""
        if when is None:
            self._promised.pop(card_id, None)
        else:
            self._promised[card_id] = who, when

    def keeps_promise(self, card_id: int, at: datetime) -> bool:
        found = self._promised.get(card_id)
        return found is not None and found[1] <= at

    def promises_due(self, at: datetime) -> Iterator[tuple[int, int]]:
        """Card and person of those whose time has come; of who asked for none, none."""
        for card_id, (who, when) in self._promised.items():
            if when <= at and who not in self.asked_none:
                yield card_id, who

    def none_wanted(self, person_id: int) -> None:
        """They asked not to be called or written to."""
        self.asked_none.add(person_id)
        self._numbers |= self._of(person_id)

    def step_sent(self, enrolment_id: int, step: str, person_id: int) -> None:
        self._steps[enrolment_id, step] += 1
        if self._steps[enrolment_id, step] > 1:
            self.twice.append(f"person {person_id} got {step} a second time")

    def follow_merges(self) -> None:
        """What was had by whoever became part of somebody else is theirs."""
        for row in self._con.execute("SELECT id, merged_into FROM person WHERE merged_into>0"):
            other, keep = row
            if other in self._merged:
                continue
            self._merged.add(other)
            self.had[keep] = sorted([*self.had[keep], *self.had.pop(other, [])])
            if other in self.asked_none:
                self.asked_none.add(keep)

    def free_on(self, person_id: int, day: date, purpose: str, lane: str) -> date:
        """The first day on which one more touch is allowed, a working day where it is not today."""
        if purpose in FREE:
            return day
        return free_on(self.had[person_id], day, lane, self._is_workday)

    def lately(self, since: date) -> list[int]:
        return sorted(who for who, theirs in self.had.items() if theirs and theirs[-1].day >= since)

    def _of(self, person_id: int) -> set[str]:
        rows: Iterable[sqlite3.Row] = self._con.execute(
            "SELECT phone, phones FROM person WHERE id=?", (person_id,)
        )
        return {number for row in rows for cell in row for number in (cell or "").split()}
