"""Where they came from: sign-ups day by day, against what was done to promote the event, and by
channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from opslog.domain.base.sentences import listed
from opslog.domain.events.events import CHANNEL_LABELS
from opslog.domain.reviews.pictures import Curve, Series
from opslog.locale import N_, Msg, msg, nmsg

TICKS = (-90, -60, -42, -28, -21, -14, -10, -7, -4, -2)  # days before the event that are named


class SignedUp(NamedTuple):
    """How many signed up on each day, counted from the event's own (-7 a week before it), and of
    how many it is not known when."""

    by_day: Mapping[int, int]
    undated: int

    def points(self, until: int) -> tuple[tuple[int, int], ...]:
        """Added up so far; to ``until`` where the last one came before."""
        days = sorted(self.by_day)
        points = tuple(zip(days, accumulate(self.by_day[day] for day in days), strict=True))
        if points and points[-1][0] < until:
            return (*points, (until, points[-1][1]))
        return points


def curve(
    mine: SignedUp,
    other: SignedUp | None,
    other_name: str,
    rounds: Sequence[tuple[int, str]],
    today: int,
) -> Curve | None:
    """``rounds``: day and channel of each step of promotion that was done; ``today`` as a day, too.
    None where nobody signed up."""
    heading = msg(N_("How the sign-ups came in"))
    if not mine.by_day:
        if not mine.undated:
            return None
        return Curve("curve", heading, (), note=msg(N_("the list says of nobody when")))
    series = [Series(msg(N_("this event")), mine.points(min(0, today)))]
    if other is not None and other.by_day:
        name = Msg("{text}", {"text": other_name})
        series.append(Series(name, other.points(0), compared=True))
    days = [x for one in series for x, _y in one.points]
    first, last = min(days), max(*days, 0)
    ticks = [(day, msg(N_("T{days}"), days=day)) for day in TICKS if first <= day]
    at_start = [] if first in TICKS or first == 0 else [(first, msg(N_("T{days}"), days=first))]
    after = [(last, msg(N_("T+{days}"), days=last))] if last > 0 else []
    note = None
    if mine.undated:
        note = nmsg(
            N_("of {n} more it is not known when"),
            N_("of {n} more it is not known when"),
            mine.undated,
        )
    return Curve(
        "curve",
        heading,
        tuple(series),
        tuple(_marks(rounds, first, last)),
        (*at_start, *ticks, (0, msg(N_("T"))), *after),
        steps=True,
        note=note,
    )


def _marks(rounds: Iterable[tuple[int, str]], first: int, last: int) -> list[tuple[int, Msg]]:
    """The channels of each day, each once."""
    days: dict[int, dict[str, Msg]] = {}
    for day, channel in rounds:
        if first <= day <= last:
            label = msg(CHANNEL_LABELS.get(channel, channel))
            days.setdefault(day, {})[channel] = label
    return [(day, listed(labels.values())) for day, labels in sorted(days.items())]


def day_of(day: date, event: date) -> int:
    return (day - event).days
