"""Whose hands the verbs are called by: the book, the clock that moves, luck, and the ledger."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from opslog.domain.base.clock import Clock
from opslog.domain.base.refusal import Refused
from opslog.services.book import own_kinds
from opslog.services.book.book import open_book
from tests.year.checks import ZONE
from tests.year.ledger import Ledger

Done = TypeVar("Done")


class Desk:
    """What is done is counted in ``seen``; what must not have been possible stands in ``slips``."""

    def __init__(self, path: Path, begin: date, seed: int = 2026) -> None:
        self.moment = datetime.combine(begin, time(1), UTC)
        self.book = open_book(path, clock=Clock(lambda: self.moment, ZONE.key))
        self.book.con.execute("PRAGMA synchronous=0")  # what is measured is the count, not the disk
        self.chance = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.slips: list[str] = []
        self.ledger = Ledger(self.book.con, self.is_workday)

    @property
    def day(self) -> date:
        return self.moment.astimezone(ZONE).date()

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        self.moment = datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)

    def go_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)

    def later(self) -> None:
        self.moment += timedelta(minutes=self.chance.randint(1, 4))

    def is_workday(self, day: date) -> bool:
        return own_kinds.workdays(self.book).is_workday(day)

    def take(self, what: str, verb: Callable[..., Done], *given: Any, **named: Any) -> Done | None:
        """A verb of the book; a refusal is counted and is no fault."""
        try:
            done = verb(self.book, *given, **named)
        except Refused:
            self.seen[f"{what}: refused"] += 1
            return None
        self.seen[what] += 1
        return done

    def slip(
        self, what: str, why: type[Refused], verb: Callable[..., object], *given: Any, **named: Any
    ) -> None:
        """A verb that must be refused in that way, called as a hand does that slipped."""
        self.seen["slips"] += 1
        try:
            verb(self.book, *given, **named)
        except why:
            return
        except Refused as refused:
            self.slips.append(f"{what} on {self.day}: told only {str(refused.message)!r}")
        else:
            self.slips.append(f"{what} on {self.day}: taken")
