"""What the stops of a road show come to together: typed in at some, counted of lists of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from opslog.domain.events.stops import Stop


class ByStop(NamedTuple):
    """``brought`` by measure, cost in cents, as it was typed in; ``rows``: of its list the people
    who signed up and came, and the leads, by measure."""

    stop: Stop
    brought: Mapping[str, float]
    rows: Mapping[str, Sequence[int]]

    @property
    def numbers(self) -> dict[str, float]:
        """What was typed in goes before what is counted."""
        return {**{name: len(ids) for name, ids in self.rows.items()}, **self.brought}


class Sum(NamedTuple):
    """What stops add up to: what was typed in, of the others who is counted, each once. ``stops``:
    those that know it; ``typed``: whether it was typed in at any."""

    value: float
    stops: frozenset[int]
    typed: bool


def added_up(found: Sequence[ByStop]) -> dict[str, Sum]:
    """By measure."""
    total: dict[str, Sum] = {}
    for measure in dict.fromkeys(name for one in found for name in one.numbers):
        typed = [one.brought[measure] for one in found if measure in one.brought]
        value = sum(typed) + len(counted(found, measure))
        stops = frozenset(one.stop.id for one in found if measure in one.numbers) - {0}
        total[measure] = Sum(value, stops, bool(typed))
    return total


def counted(found: Sequence[ByStop], measure: str) -> Sequence[int]:
    """The rows of the stops where it was not typed in."""
    rows = (one.rows.get(measure, ()) for one in found if measure not in one.brought)
    return tuple(dict.fromkeys(id for some in rows for id in some))
