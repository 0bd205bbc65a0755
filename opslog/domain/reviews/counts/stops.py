"""What a road show brought stop by stop, and added up: typed in at the end of each, and read off
its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from opslog.domain.events import stop_tallies
from opslog.domain.events.stop_sums import ByStop, added_up, counted
from opslog.domain.events.stop_tallies import COST
from opslog.domain.events.stops import STOP_LABELS, Stop
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.numbers import CENTS, COUNT, LEAD, PEOPLE, PERSON, Number
from opslog.domain.reviews.pictures import Bar, Bars, Lines
from opslog.locale import N_, Msg, msg

_FIRST = ("signups", "attended", "reach", "leads", "customers")


def by_stop(counts: Counts, found: Sequence[ByStop]) -> Bars | None:
    """A bar a stop in order of time, and what they add up to; what was counted opens its rows.
    None without a number of any."""
    known = dict.fromkeys(name for one in found for name in one.numbers)
    names = [*(name for name in _FIRST if name in known), *(n for n in known if n not in _FIRST)]
    names.sort(key=lambda name: name == COST)
    if not names:
        return None
    bars = [_bar(counts, f"stop.{x.stop.id}", _called(x.stop), names, x.numbers, x) for x in found]
    total = {name: one.value for name, one in added_up(found).items()}
    bars.append(_bar(counts, "stop.all", msg(N_("All stops")), names, total, _together(found)))
    columns = tuple(map(stop_tallies.label, names))
    return Bars("stops", msg(N_("By stop")), tuple(bars), columns=columns)


def decisions(found: Sequence[ByStop]) -> Lines | None:
    """Where something else was done than planned, or nothing, and why."""
    lines = tuple(
        (one.stop.place, _decided(one.stop)) for one in found if one.stop.state in _STATES
    )
    return Lines("decisions", msg(N_("Decided on the way")), lines) if lines else None


def _bar(
    counts: Counts,
    key: str,
    label: Msg,
    names: Sequence[str],
    numbers: Mapping[str, float],
    one: ByStop,
) -> Bar:
    """Of a stop, or of all: what was counted opens its rows."""
    made: list[Number] = []
    for name in names:
        number = _number(f"{key}.{name}" if made else key, label, name, numbers)
        if name in one.rows and name not in one.brought:
            counts.rows_of[number.key] = partial(tuple, one.rows[name])
            number = number._replace(kind=_KINDS[name])
        if name == "attended" and made and numbers.get("signups"):
            known = number.kind and "signups" not in one.brought
            part = _of_signed_up(one) if known else None
            number = number._replace(of=numbers["signups"], part=part, of_label=msg(N_("sign-ups")))
        made.append(number)
    return Bar(made[0], more=tuple(made[1:]))


def _of_signed_up(one: ByStop) -> int:
    """How many of those who came had signed up; others came by the door."""
    signed_up = set(one.rows.get("signups", ()))
    return sum(person in signed_up for person in one.rows["attended"])


def _together(found: Sequence[ByStop]) -> ByStop:
    """All of them as one: of a measure that was typed in for any, nobody knows all the rows."""
    total = added_up(found)
    typed = {name: one.value for name, one in total.items() if one.typed}
    return ByStop(found[0].stop, typed, {name: counted(found, name) for name in total})


_KINDS = {"signups": PERSON, "attended": PERSON, "leads": LEAD}
_STATES = {state for state, label in STOP_LABELS.items() if label}


def _decided(stop: Stop) -> Msg:
    if stop.fallback and stop.open:
        return msg(N_("{instead} instead: {why}"), instead=stop.fallback, why=stop.why)
    return msg(N_("called off: {why}"), why=stop.why)


def _called(stop: Stop) -> Msg:
    if not stop.place:
        return msg(N_("No stop said"))
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
