"""When people were called and how many were reached, and what they answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from opslog.domain.dates.wording import WEEKDAYS, near_day
from opslog.domain.events.weeks import monday_of
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.people import Call
from opslog.domain.reviews.numbers import TOUCH
from opslog.domain.reviews.pictures import At, Cell, Curve, Heat, Series
from opslog.locale import N_, Msg, msg, nmsg

Local = Callable[[str], datetime]  # the hour of an instant of the file, where the operator is


def hours(counts: Counts, calls: Sequence[Call], local: Local) -> Heat | None:
    """By weekday and hour of each call's first attempt; a cell opens every call that was tried."""
    if not calls:
        return None
    tried: Counter[tuple[int, int]] = Counter()
    reached: Counter[tuple[int, int]] = Counter()
    for (at, was_reached), number in _by_hour(calls).items():
        place = _place(local(at))
        tried[place] += number
        reached[place] += number if was_reached else 0
    first, last = (min(hour for _day, hour in tried), max(hour for _day, hour in tried))
    days = sorted({day for day, _hour in tried})
    cells = []
    for (day, hour), number in sorted(tried.items()):
        label = msg(N_("{day} {hour}:00"), day=msg(WEEKDAYS[day]), hour=hour)
        cells.append(
            Cell(
                days.index(day),
                hour - first,
                reached[day, hour],
                number,
                counts.rows(
                    f"hours.{day}.{hour}",
                    label,
                    TOUCH,
                    number,
                    _made_at((day, hour), calls, local),
                ),
            )
        )
    note = nmsg(
        N_("reached of tried, over {n} call"),
        N_("reached of tried, over {n} calls"),
        len(calls),
    )
    return Heat(
        "hours",
        msg(N_("When calls reached people")),
        tuple(msg(WEEKDAYS[day]) for day in days),
        tuple(Msg("{hour}", {"hour": hour}) for hour in range(first, last + 1)),
        tuple(cells),
        note,
    )


def _by_hour(calls: Sequence[Call]) -> Counter[tuple[str, bool]]:
    return Counter((call.at, call.reached) for call in calls)


def _place(at: datetime) -> tuple[int, int]:
    return at.weekday(), at.hour


def _made_at(
    place: tuple[int, int], calls: Sequence[Call], local: Local
) -> Callable[[], list[int]]:
    return lambda: [call.id for call in calls if _place(local(call.at)) == place]


def weeks(counts: Counts, calls: Sequence[Call], local: Local, today: date) -> Curve | None:
    """Calls and reached by week, its Monday as a number of days; None of a single week."""
    made: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    for (at, was_reached), number in _by_hour(calls).items():
        monday = _monday(local(at))
        made[monday] += number
        reached[monday] += number if was_reached else 0
    if len(made) < 2:
        return None
    whole = range(min(made), max(made) + 1, 7)

    def counted(monday: int, what: Msg, value: int, *, all_of_them: bool) -> At:
        day = date.fromordinal(monday)
        label = msg(N_("{what} in the week of {day}"), what=what, day=near_day(day, today))
        key = f"weeks.{day.isoformat()}.{'made' if all_of_them else 'reached'}"
        ids = _made_in(monday, calls, local, all_of_them=all_of_them)
        of = made[monday] if not all_of_them and made[monday] else None
        of_label = msg(N_("calls")) if of else None
        return At(monday, counts.rows(key, label, TOUCH, value, ids, of=of, of_label=of_label))

    return Curve(
        "weeks",
        msg(N_("Calls by week")),
        (
            Series(msg(N_("calls")), tuple((at, made[at]) for at in whole)),
            Series(msg(N_("reached")), tuple((at, reached[at]) for at in whole)),
        ),
        ticks=tuple((at, near_day(date.fromordinal(at), today)) for at in whole),
        numbers=tuple(
            one
            for at in whole
            for one in (
                counted(at, msg(N_("calls")), made[at], all_of_them=True),
                counted(at, msg(N_("reached")), reached[at], all_of_them=False),
            )
        ),
    )


def _monday(at: datetime) -> int:
    """Of its week, as a number of days."""
    return monday_of(at.date()).toordinal()


def _made_in(
    monday: int, calls: Sequence[Call], local: Local, *, all_of_them: bool
) -> Callable[[], list[int]]:
    return lambda: [
        call.id
        for call in calls
        if _monday(local(call.at)) == monday and (all_of_them or call.reached)
    ]
