"""An event beside another, or beside what the events of other months brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from opslog.domain.dates.days import add_months
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.numbers import CENTS, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg

MONTHS = ("previous_month", "same_month_last_year", "half_year_before", "half_year_after")
CHIEF = ("reached", "signed_up", "came", "lead", "won")
SPENT = "spent"
HALF_YEAR = 6


def months(key: str, month: date) -> list[date]:
    """The first days of the months that the event of a month is held against."""
    first = month.replace(day=1)
    away: dict[str, Sequence[int]] = {
        "previous_month": (-1,),
        "same_month_last_year": (-12,),
        "half_year_before": range(-HALF_YEAR, 0),
        "half_year_after": range(1, HALF_YEAR + 1),
    }
    return [add_months(first, by) for by in away[key]]


def added(found: Sequence[Mapping[str, float | None]], months: int) -> dict[str, float | None]:
    """The chief numbers of several events, a month; None where none of them knows one."""
    sums: dict[str, float | None] = {}
    for name in (*CHIEF, SPENT):
        known = [value for one in found if (value := one.get(name)) is not None]
        sums[name] = sum(known) / months if known else None
    return sums


def beside(funnel: Bars, other: Mapping[str, Number]) -> Bars:
    """Each stage with the same of another event."""
    bars = [
        bar._replace(
            number=bar.number._replace(compared=other[bar.number.key.partition(".")[2]].value)
        )
        for bar in funnel.bars
    ]
    return funnel._replace(bars=tuple(bars))


def compared(
    counts: Counts,
    stages: Mapping[str, Number],
    spent: int | None,
    other: Mapping[str, float | None],
    title: Msg,
    note: Msg | None,
) -> Bars:
    """The chief numbers beside the same of what the event is held against."""
    bars = []
    for name in CHIEF:
        number = counts.same(f"compared.{name}", stages[name], of=None, of_label=None, note=None)
        bars.append(Bar(number._replace(compared=other.get(name))))
    why = msg(N_("nothing spent is typed in")) if spent is None else None
    money = Number("compared.spent", msg(N_("Costs")), spent, unit=CENTS, why=why)
    bars.append(Bar(money._replace(compared=other.get(SPENT))))
    known = [one for one in bars if (one.number.value, one.number.compared) != (None, None)]
    return Bars("compared", msg(N_("Beside {other}"), other=title), tuple(known), note)
