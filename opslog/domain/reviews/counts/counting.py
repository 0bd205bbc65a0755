"""Numbers made of an event's people and leads, each remembered with what it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from opslog.domain.reviews.counts.people import Holds, LeadRow, Standing
from opslog.domain.reviews.numbers import LEAD, PERSON, Number
from opslog.locale import Msg

T = TypeVar("T")
Rows = Callable[[], Sequence[int]]
Why = Callable[[T], tuple[str, Msg]]  # the end of a key, and what is said


class Counts:
    """``people`` by how they stand; ``leads`` oldest first. ``people_of`` and ``rows_of``: what the
    numbers made so far open, by key: people by how they stand, or the ids of other rows."""

    def __init__(self, people: Mapping[Standing, int], leads: Sequence[LeadRow]) -> None:
        self.standing, self.leads = people, leads
        self.people_of: dict[str, Holds] = {}
        self.rows_of: dict[str, Rows] = {}

    def number(self, holds: Holds) -> int:
        return sum(n for one, n in self.standing.items() if holds(one))

    def people(self, key: str, label: Msg, holds: Holds, **more: Any) -> Number:
        """How many people stand so."""
        return self._people(key, label, holds, self.number(holds), **more)

    def _people(self, key: str, label: Msg, holds: Holds, number: int, **more: Any) -> Number:
        self.people_of[key] = holds
        return Number(key, label, number, PERSON, **more)

    def of_leads(
        self, key: str, label: Msg, holds: Callable[[LeadRow], bool], **more: Any
    ) -> Number:
        ids = [one.id for one in self.leads if holds(one)]
        return self.rows(key, label, LEAD, len(ids), lambda: ids, **more)

    def rows(self, key: str, label: Msg, kind: str, value: float, ids: Rows, **more: Any) -> Number:
        self.rows_of[key] = ids
        return Number(key, label, value, kind, **more)

    def grouped(self, key: str, holds: Holds, why: Why[Standing]) -> tuple[Number, ...]:
        """People by what ``why`` says of each, the most first."""
        labels, numbers = dict[str, Msg](), Counter[str]()
        for one, number in self.standing.items():
            if holds(one):
                name, label = why(one)
                labels[name] = label
                numbers[name] += number
        return _most_first(
            self._people(f"{key}.{name}", labels[name], _named(holds, why, name), number)
            for name, number in numbers.items()
        )

    def leads_grouped(
        self, key: str, holds: Callable[[LeadRow], bool], why: Why[LeadRow]
    ) -> tuple[Number, ...]:
        labels, ids = dict[str, Msg](), dict[str, list[int]]()
        for one in self.leads:
            if holds(one):
                name, label = why(one)
                labels[name] = label
                ids.setdefault(name, []).append(one.id)
        return _most_first(
            self.rows(f"{key}.{name}", labels[name], LEAD, len(some), partial(tuple, some))
            for name, some in ids.items()
        )

    def same(self, key: str, number: Number, **other: Any) -> Number:
        """The same number once more elsewhere."""
        if number.key in self.people_of:
            self.people_of[key] = self.people_of[number.key]
        if number.key in self.rows_of:
            self.rows_of[key] = self.rows_of[number.key]
        return number._replace(key=key, **other)


def _named(holds: Callable[[T], bool], why: Why[T], name: str) -> Callable[[T], bool]:
    return lambda one: holds(one) and why(one)[0] == name


def _most_first(numbers: Iterable[Number]) -> tuple[Number, ...]:
    return tuple(sorted(numbers, key=lambda one: (-(one.value or 0), one.key)))
