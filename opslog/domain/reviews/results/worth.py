"""What an event cost, and what each sign-up, attendee, lead and customer came to.

Planned is the planned sum over the target, actual what was spent over what came of it (a road
show: 220,000 for 58 customers planned, 3,793 each; 33 won, 6,667 each).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from opslog.domain.base.money import yuan_text
from opslog.domain.base.sentences import in_turn
from opslog.domain.reviews.numbers import CENTS, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.reviews.results.comparing import SPENT, Others
from opslog.domain.reviews.results.targets import STAGE_OF
from opslog.locale import N_, Msg, msg, nmsg

PER = {
    "signups": N_("a sign-up"),
    "attended": N_("an attendee"),
    "leads": N_("a lead"),
    "customers": N_("a customer"),
}


class Cost(NamedTuple):
    """In cents; None: not known."""

    item: str
    planned: int | None = None
    spent: int | None = None


class Money(NamedTuple):
    """All of an event's costs. Planned is its ``budget``, or what the items come to where that is
    more; spent is what the items say, else what its ``channels`` and ``stops`` cost."""

    items: Sequence[Cost]
    budget: int | None
    channels: int | None
    stops: int | None = None

    @property
    def planned(self) -> int | None:
        return max((one for one in (self.budget, self._planned) if one is not None), default=None)

    @property
    def spent(self) -> int | None:
        return _sum((self.channels, self.stops)) if self._spent is None else self._spent

    @property
    def all_paid(self) -> bool:
        """Whether nothing that was planned is still to be paid for, as far as that is known."""
        return all(one.spent is not None for one in self.items if one.planned is not None)

    @property
    def unpaid(self) -> Msg | None:
        """How many items are paid; None where all are, as far as that is known."""
        if self.spent is None or self.all_paid:
            return None
        items = [one for one in self.items if one != Cost(one.item)]
        paid = sum(one.spent is not None for one in items)
        return nmsg(
            N_("{paid} of {n} item paid"), N_("{paid} of {n} items paid"), len(items), paid=paid
        )

    @property
    def note(self) -> Msg | None:
        """What the sums leave out; None where nothing."""
        said = [] if self.unpaid is None else [self.unpaid]
        if self.budget is not None and self._planned not in (None, self.budget):
            items, budget = yuan_text(self._planned or 0), yuan_text(self.budget)
            text = N_("items planned at {items}, budget {budget}")
            said.append(msg(text, items=items, budget=budget))
        for cents, text in (
            (self.channels, N_("without {cost} typed in with channels")),
            (self.stops, N_("without {cost} typed in at stops")),
        ):
            if self._spent is not None and cents:
                said.append(msg(text, cost=yuan_text(cents)))
        return in_turn(said) if said else None

    @property
    def _planned(self) -> int | None:
        return _sum(one.planned for one in self.items)

    @property
    def _spent(self) -> int | None:
        return _sum(one.spent for one in self.items)


def _sum(cents: Iterable[int | None]) -> int | None:
    known = [one for one in cents if one is not None]
    return sum(known) if known else None


def costs(money: Money) -> Bars | None:
    """By item, what was spent against what was planned; None without any."""
    if not money.items:
        return None
    bars = [
        _bar(f"costs.{place}", Msg("{text}", {"text": one.item}), one.planned, one.spent)
        for place, one in enumerate(money.items, 1)
    ]
    if len(bars) > 1:
        bars.append(_all("costs.total", msg(N_("in all")), money))
    return Bars("costs", msg(N_("What it cost")), tuple(bars))


def cost(money: Money) -> Bar | None:
    """All that was spent against all that was planned, as one of the targets."""
    if money.planned is None:
        return None
    return _all("targets.cost", msg(N_("costs")), money)


def _all(key: str, label: Msg, money: Money) -> Bar:
    """Within what was planned it is once everything is paid."""
    bar = _bar(key, label, money.planned, money.spent)
    number = bar.number._replace(note=money.note)
    if number.look == "good" and not money.all_paid:
        number = number._replace(look="")
    return bar._replace(number=number)


def _bar(key: str, label: Msg, planned: int | None, spent: int | None) -> Bar:
    why = msg(N_("nothing spent is typed in")) if spent is None else None
    target = None if planned is None else float(planned)
    look = _look(planned, spent)
    return Bar(Number(key, label, spent, unit=CENTS, target=target, why=why, look=look))


def _look(planned: float | None, came_to: float | None) -> str:
    if planned is None or came_to is None:
        return ""
    if came_to > planned:
        return "warn"
    return "good" if planned else ""


def worth(
    money: Money,
    stages: Mapping[str, Number],
    targets: Mapping[str, float],
    others: Others,
    partly: Mapping[str, Msg],
) -> Bars | None:
    """``others``: what the event is held against; ``partly``: of how many stops a measure is known,
    where not of all. None where nothing is known of money."""
    if money.planned is None and money.spent is None:
        return None
    is_compared = any(others.each(STAGE_OF[measure]) is not None for measure in PER)
    bars = []
    for measure, label in PER.items():
        number = stages[STAGE_OF[measure]]
        wanted, planned = targets.get(measure), None
        if money.planned is not None and wanted:
            planned = money.planned / wanted
        value, why = each(money.spent, number)
        note = others.note(STAGE_OF[measure], SPENT) if is_compared else None
        notes = [money.unpaid, partly.get(measure)] if value is not None else []
        notes.append(note)
        said = [one for one in notes if one is not None]
        bars.append(
            Bar(
                Number(
                    f"worth.{_KEYS[measure]}",
                    msg(label),
                    value,
                    look=_look(planned, value),
                    unit=CENTS,
                    target=planned,
                    compared=others.each(STAGE_OF[measure]),
                    why=why,
                    note=in_turn(said) if said else None,
                )
            )
        )
    return Bars("worth", msg(N_("What each came to")), tuple(bars))


_KEYS = {"signups": "signup", "attended": "attendee", "leads": "lead", "customers": "customer"}


def each(spent: int | None, number: Number) -> tuple[float | None, Msg | None]:
    """What one of them came to, or why that can't be said."""
    if spent is None:
        return None, msg(N_("nothing spent is typed in"))
    if number.value is None:
        return None, number.why
    if not number.value:
        return None, msg(N_("there is none yet"))
    return spent / number.value, None
