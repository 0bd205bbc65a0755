"""What an event cost, and what each sign-up, attendee, lead and customer came to.

Planned is the planned sum over the target, actual what was spent over what came of it (a road
show: 220,000 for 58 customers planned, 3,793 each; 33 won, 6,667 each).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from opslog.domain.reviews.numbers import CENTS, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.results.targets import STAGE_OF
from opslog.locale import N_, Msg, msg

PER = {
    "signups": N_("a sign-up"),
    "attended": N_("an attendee"),
    "leads": N_("a lead"),
    "customers": N_("a customer"),
}


class Item(NamedTuple):
    """In cents; None: not known."""

    item: str
    planned: int | None
    spent: int | None


class Money(NamedTuple):
    """All of an event's costs; ``budget`` holds where no item is planned, ``channels`` is what its
    channels cost, where no item says what was spent."""

    items: Sequence[Item]
    budget: int | None
    channels: int | None

    @property
    def planned(self) -> int | None:
        known = [one.planned for one in self.items if one.planned is not None]
        return sum(known) if known else self.budget

    @property
    def spent(self) -> int | None:
        known = [one.spent for one in self.items if one.spent is not None]
        return sum(known) if known else self.channels


def costs(money: Money) -> Bars | None:
    """By item, what was spent against what was planned; None without any."""
    if not money.items:
        return None
    bars = [
        _bar(f"costs.{place}", Msg("{text}", {"text": one.item}), one.planned, one.spent)
        for place, one in enumerate(money.items, 1)
    ]
    if len(bars) > 1:
        bars.append(_bar("costs.total", msg(N_("in all")), money.planned, money.spent))
    return Bars("costs", msg(N_("What it cost")), tuple(bars))


def cost(money: Money) -> Bar | None:
    """All that was spent against all that was planned, as one of the targets."""
    if money.planned is None:
        return None
    return _bar("targets.cost", msg(N_("costs")), money.planned, money.spent)


def _bar(key: str, label: Msg, planned: int | None, spent: int | None) -> Bar:
    why = msg(N_("nothing spent is typed in")) if spent is None else None
    target = None if planned is None else float(planned)
    look = _look(planned, spent)
    return Bar(Number(key, label, spent, unit=CENTS, target=target, why=why, look=look))


def _look(planned: float | None, came_to: float | None) -> str:
    if planned is None or came_to is None:
        return ""
    return "good" if came_to <= planned else "warn"


def worth(
    money: Money,
    stages: Mapping[str, Number],
    targets: Mapping[str, float],
    other: Mapping[str, float | None],
) -> Bars | None:
    """``other``: the same of what the event is held against, by measure. None where nothing is
    known of money."""
    if money.planned is None and money.spent is None:
        return None
    bars = []
    for measure, label in PER.items():
        number = stages[STAGE_OF[measure]]
        wanted, planned = targets.get(measure), None
        if money.planned is not None and wanted:
            planned = money.planned / wanted
        value, why = each(money.spent, number)
        bars.append(
            Bar(
                Number(
                    f"worth.{_KEYS[measure]}",
                    msg(label),
                    value,
                    look=_look(planned, value),
                    unit=CENTS,
                    target=planned,
                    compared=other.get(measure),
                    why=why,
                )
            )
        )
    return Bars("worth", msg(N_("What each came to")), tuple(bars))


_KEYS = {"signups": "signup", "attended": "attendee", "leads": "lead", "customers": "customer"}


def of_chief(chief: Mapping[str, float | None]) -> dict[str, float | None]:
    """The same of what an event is held against, by measure."""
    spent = chief.get("spent")
    return {
        measure: spent / number
        for measure in PER
        if spent is not None and (number := chief.get(STAGE_OF[measure]))
    }


def each(spent: int | None, number: Number) -> tuple[float | None, Msg | None]:
    """What one of them came to, or why that can't be said."""
    if spent is None:
        return None, msg(N_("nothing spent is typed in"))
    if number.value is None:
        return None, number.why
    if not number.value:
        return None, msg(N_("there is none yet"))
    return spent / number.value, None
