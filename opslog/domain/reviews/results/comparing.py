"""An event beside another, or beside what the events of other months brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn
from opslog.domain.dates.days import add_months
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.numbers import CENTS, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg, nmsg

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


class Others(NamedTuple):
    """The chief numbers of the events, or stops, that one is held against: added up and shared out
    over so many ``months``, or the ``mean`` of those that know them."""

    found: Sequence[Mapping[str, float | None]] = ()
    months: int = 1
    mean: bool = False

    def beside(self, name: str) -> float | None:
        """What stands beside a number; None where none of them knows it."""
        known = [one[name] or 0 for one in self._knowing(name)]
        over = len(known) if self.mean else self.months
        return sum(known) / over if known else None

    def each(self, name: str) -> float | None:
        """What was spent for each of them, over the events that know both."""
        known = self._knowing(name, SPENT)
        number = sum(one[name] or 0 for one in known)
        return sum(one[SPENT] or 0 for one in known) / number if number else None

    def note(self, *names: str) -> Msg | None:
        """How many of them that rests on; None where it is all of them, or where none was held."""
        known, of = len(self._knowing(*names)), len(self.found)
        if known == of:
            return None
        if not known:
            return msg(N_("no such figure of what it is held against"))
        if self.mean:
            return nmsg(
                N_("over {known} of {n} stop"), N_("over {known} of {n} stops"), of, known=known
            )
        return nmsg(
            N_("over {known} of {n} event"), N_("over {known} of {n} events"), of, known=known
        )

    def _knowing(self, *names: str) -> list[Mapping[str, float | None]]:
        return [one for one in self.found if all(one.get(name) is not None for name in names)]


def _mean(value: float | None) -> float | None:
    """Of people: to one decimal where they are few."""
    return value if value is None else round(value, 1 if value < 10 else 0)


def beside(funnel: Bars, other: Mapping[str, Number], title: Msg) -> Bars:
    """Each stage with the same of another event, which is called ``title``."""
    held = [other[bar.number.key.partition(".")[2]].value for bar in funnel.bars]
    bars = tuple(
        bar._replace(number=bar.number._replace(compared=value))
        for bar, value in zip(funnel.bars, held, strict=True)
    )
    lacking = any(
        one.number.value is not None and one.number.compared is None for one in bars
    ) and any(value is not None for value in held)
    why = msg(N_("–: not known of {other}"), other=title) if lacking else None
    notes = [one for one in (funnel.note, why) if one is not None]
    return funnel._replace(bars=bars, note=in_turn(notes) if notes else None)


def compared(
    counts: Counts,
    stages: Mapping[str, Number],
    spent: int | None,
    others: Others,
    title: Msg,
    note: Msg | None,
) -> Bars:
    """The chief numbers beside the same of what the event is held against."""
    bars = []
    for name in CHIEF:
        number = counts.same(
            f"compared.{name}",
            stages[name],
            of=None,
            of_label=None,
            part=None,
            note=others.note(name),
        )
        bars.append(Bar(number._replace(compared=_mean(others.beside(name)))))
    why = msg(N_("nothing spent is typed in")) if spent is None else None
    money = Number("compared.spent", msg(N_("Costs")), spent, unit=CENTS, why=why)
    bars.append(Bar(money._replace(compared=others.beside(SPENT), note=others.note(SPENT))))
    heading = msg(N_("Beside {other}"), other=title)
    if all(one.number.compared is None for one in bars):  # said once, and nothing stands beside it
        unknown = msg(N_("nothing is known of it: no list, no figures"))
        whys = (note, unknown if others.found else None)
        return Bars("compared", heading, (), in_turn(one for one in whys if one is not None))
    known = [one for one in bars if (one.number.value, one.number.compared) != (None, None)]
    return Bars("compared", heading, tuple(known), note)
