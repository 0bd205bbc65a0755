"""How Today lays out what is ranked: the first thing to do alone, then groups of one order each.

Where times are what matters (late, promised, set times, the next days) a group runs by time;
what can be done at any hour today runs by rank, and its title says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from opslog.domain.today.priority import NEXT, NOW, OVERDUE, REMIND, TODAY, Ranked
from opslog.locale import N_

FIRST, TIMED, FREE = "first", "timed", "free"
TITLES = {
    FIRST: N_("Do this first"),
    NOW: N_("Promised, now"),
    REMIND: N_("Before the event"),
    OVERDUE: N_("Overdue"),
    TIMED: N_("At set times"),
    FREE: N_("Today, by priority"),
    NEXT: N_("Next days"),
}


class Section(NamedTuple):
    """Some of what is due under one title; ``kind`` is a key of ``TITLES``."""

    kind: str
    places: tuple[Ranked, ...]


def sections(ranked: Sequence[Ranked]) -> list[Section]:
    """Everything ranked, each once; sections without anything are left out."""
    by_rank = sorted(ranked, key=lambda place: place.rank)
    groups: dict[str, list[Ranked]] = {kind: [] for kind in TITLES}
    for place in by_rank:
        groups[FIRST if place.rank == 1 else _kind(place)].append(place)
    return [
        Section(kind, tuple(places if kind == FREE else _by_time(places)))
        for kind, places in groups.items()
        if places
    ]


def _kind(place: Ranked) -> str:
    if place.group != TODAY:
        return place.group
    return TIMED if place.item.timed and place.item.original is None else FREE


def _by_time(places: Iterable[Ranked]) -> list[Ranked]:
    return sorted(places, key=lambda place: (place.item.due, place.rank))
