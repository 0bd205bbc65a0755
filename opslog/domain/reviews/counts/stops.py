"""What a road show brought stop by stop, and added up: typed in at the end of each, and of the list
whom it names the stop of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from opslog.domain.events.measures import MEASURE_LABELS
from opslog.domain.events.stops import STOP_LABELS, Stop
from opslog.domain.reviews.numbers import CENTS, COUNT, PEOPLE, Number
from opslog.domain.reviews.pictures import Bar, Bars, Lines
from opslog.locale import N_, Msg, msg

COST = "cost"
_LABELS = {**MEASURE_LABELS, COST: N_("cost")}
_FIRST = ("signups", "attended", "reach", "leads", "customers")


class ByStop(NamedTuple):
    """``brought`` by measure, cost in cents; of the list ``people`` and how many of them came."""

    stop: Stop
    brought: Mapping[str, float]
    people: int
    came: int

    @property
    def numbers(self) -> dict[str, float]:
        """What was typed in goes before what is counted."""
        counted = {"signups": self.people, "attended": self.came}
        return {**{name: n for name, n in counted.items() if n}, **self.brought}


def added_up(found: Sequence[ByStop]) -> dict[str, float]:
    """By measure, of what was typed in."""
    total: dict[str, float] = {}
    for one in found:
        for measure, value in one.brought.items():
            total[measure] = total.get(measure, 0) + value
    return total


def by_stop(found: Sequence[ByStop]) -> Bars | None:
    """A bar a stop in order of time, and what they add up to. None without a number of any."""
    known = dict.fromkeys(name for one in found for name in one.numbers)
    names = [*(name for name in _FIRST if name in known), *(n for n in known if n not in _FIRST)]
    names.sort(key=lambda name: name == COST)
    if not names:
        return None
    total = {name: sum(one.numbers.get(name, 0) for one in found) for name in names}
    rows = [(f"stop.{one.stop.id}", _called(one.stop), one.numbers) for one in found]
    rows.append(("stop.all", msg(N_("All stops")), total))
    bars = [
        Bar(
            _number(key, label, names[0], numbers),
            more=tuple(_number(f"{key}.{name}", label, name, numbers) for name in names[1:]),
        )
        for key, label, numbers in rows
    ]
    columns = tuple(msg(_LABELS[name]) if name in _LABELS else _text(name) for name in names)
    return Bars("stops", msg(N_("By stop")), tuple(bars), columns=columns)


def decisions(found: Sequence[ByStop]) -> Lines | None:
    """Where something else was done than planned, or nothing, and why."""
    lines = tuple(
        (one.stop.place, _decided(one.stop)) for one in found if one.stop.state in _STATES
    )
    return Lines("decisions", msg(N_("Decided on the way")), lines) if lines else None


_STATES = {state for state, label in STOP_LABELS.items() if label}


def _decided(stop: Stop) -> Msg:
    if stop.fallback and stop.open:
        return msg(N_("{instead} instead: {why}"), instead=stop.fallback, why=stop.why)
    return msg(N_("called off: {why}"), why=stop.why)


def _called(stop: Stop) -> Msg:
    label = STOP_LABELS[stop.state]
    return (
        msg(N_("{place} ({state})"), place=stop.place, state=msg(label))
        if label
        else _text(stop.place)
    )


def _number(key: str, label: Msg, name: str, numbers: Mapping[str, float]) -> Number:
    unit = CENTS if name == COST else PEOPLE if name in _FIRST else COUNT
    why = None if name in numbers else msg(N_("not typed in"))
    return Number(key, label, numbers.get(name), unit=unit, why=why)


def _text(name: str) -> Msg:
    return Msg("{text}", {"text": name})
