"""How many people there are to call or write to today: the one count that Today, Calls, the pace of
the day and the shell go by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from opslog.domain.base.due import Due
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.queue import QueueLine
from opslog.domain.today.priority import days_until
from opslog.locale import N_, Msg, nmsg
from opslog.services.book.book import Book
from opslog.services.calls.queue import queue
from opslog.services.calls.queue.due import due as calls_due


class Workload(NamedTuple):
    """People, each once, whatever they are to be called for. ``due``: those who are to be reminded
    of an event, or were promised a call, by the end of today; ``open``: others, whose call-back or
    call list is open; ``anew``: whose event was moved since they answered."""

    due: int
    open: int
    anew: int = 0

    @property
    def all(self) -> int:
        return self.due + self.open + self.anew

    @property
    def said(self) -> list[Msg]:
        """A clause for each that there is."""
        due = nmsg(N_("{n} person to call"), N_("{n} people to call"), self.due)
        return [text for text in (due if self.due else None, self.again, self.back) if text]

    @property
    def again(self) -> Msg | None:
        if not self.anew:
            return None
        return nmsg(N_("{n} person to ask again"), N_("{n} people to ask again"), self.anew)

    @property
    def back(self) -> Msg | None:
        """Whoever is counted among the others is called once, and not counted here again."""
        if not self.open:
            return None
        if self.due or self.anew:
            return nmsg(N_("{n} more to call"), N_("{n} more to call"), self.open)
        return nmsg(N_("{n} to call back"), N_("{n} to call back"), self.open)


def is_due(line: QueueLine) -> bool:
    """Whether a line of the queue by the end of today is due, not merely open."""
    return any((one.purpose == REMINDER and not one.anew) or one.promised for one in line.parts)


def is_anew(line: QueueLine) -> bool:
    """Whether somebody is only to be asked again, for the date their event was moved to."""
    return not is_due(line) and all(one.anew for one in line.parts)


def due(book: Book, items: Iterable[Due]) -> frozenset[int]:
    """Who is to be called by the end of today, of what is due."""
    local = book.clock.local()
    return frozenset[int]().union(*(item.whom for item in items if days_until(item, local) <= 0))


def today(book: Book, items: Iterable[Due] | None = None) -> Workload:
    """``items``: what is due, where that is known already."""
    people = due(book, calls_due(book) if items is None else items)
    others = [anew for person, anew in queue.people(book).items() if person not in people]
    return Workload(len(people), len(others) - sum(others), sum(others))
