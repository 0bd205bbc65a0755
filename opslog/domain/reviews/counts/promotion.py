"""Where they came from: sign-ups day by day, against what was done to promote the event, and by
channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.dates.wording import from_day, short_day
from opslog.domain.events.channels import Channel, fold
from opslog.domain.events.events import CHANNEL_LABELS
from opslog.domain.reviews.counts.counting import Counts, Rows
from opslog.domain.reviews.counts.funnel import Stages
from opslog.domain.reviews.counts.people import Holds, Standing, both
from opslog.domain.reviews.numbers import CENTS, PEOPLE, PERSON, Number
from opslog.domain.reviews.pictures import At, Bar, Bars, Curve, Series
from opslog.locale import N_, Msg, msg, nmsg

TICKS = (-90, -60, -42, -28, -21, -14, -10, -7, -4, -2)  # days before the event that are named


class SignedUp(NamedTuple):
    """How many signed up on each day, counted from the event's own (-7 a week before it), and of
    how many it is not known when."""

    by_day: Mapping[int, int]
    undated: int

    def number(self) -> int:
        """Of how many it is known when."""
        return sum(self.by_day.values())

    def points(self, until: int) -> tuple[tuple[int, int], ...]:
        """Added up so far; to ``until`` where the last one came before."""
        days = sorted(self.by_day)
        points = tuple(zip(days, accumulate(self.by_day[day] for day in days), strict=True))
        if points and points[-1][0] < until:
            return (*points, (until, points[-1][1]))
        return points


class Dates(NamedTuple):
    """The day of the event, and today."""

    event: date
    today: date

    @property
    def now(self) -> int:
        """Today, counted from the day of the event."""
        return day_of(self.today, self.event)


def curve(
    counts: Counts,
    mine: SignedUp,
    other: SignedUp | None,
    other_name: str,
    rounds: Sequence[tuple[int, str]],
    dates: Dates,
    who: Callable[[date | None], Rows],
) -> Curve | None:
    """``rounds``: day and channel of each step of promotion that was done; ``who`` signed up on a
    day, None: of whom it is not known when. None where nobody signed up."""
    heading = msg(N_("How the sign-ups came in"))
    undated = None
    if mine.undated:
        label = msg(N_("signed up, not known when"))
        undated = counts.rows("curve.undated", label, PERSON, mine.undated, who(None))
    if not mine.by_day:
        if undated is None:
            return None
        nobody = msg(N_("the list says of nobody when"))
        return Curve("curve", heading, (), note=nobody, undated=undated)
    today = dates.now
    series = [Series(msg(N_("this event")), mine.points(min(0, today)))]
    if other is not None and other.by_day:
        name = Msg("{text}", {"text": other_name})
        series.append(Series(name, other.points(0), compared=True))
    days = [x for one in series for x, _y in one.points]
    first, last = min(days), max(*days, 0)
    ticks = [(day, _tick(day)) for day in TICKS if first <= day]
    at_start = [] if first in TICKS or first == 0 else [(first, _tick(first))]
    after = [(last, _tick(last))] if last > 0 else []
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
        (*at_start, *ticks, (0, _tick(0)), *after),
        steps=True,
        note=note,
        numbers=tuple(_by_day(counts, mine, dates, who)),
        total=_dated(counts, mine, dates, who),
        undated=undated,
    )


def _by_day(
    counts: Counts, mine: SignedUp, dates: Dates, who: Callable[[date | None], Rows]
) -> Iterator[At]:
    """Each day on which somebody signed up."""
    until = 0
    for day, number in sorted(mine.by_day.items()):
        until += number
        on = dates.event + timedelta(days=day)
        label = msg(
            N_("signed up {day} ({before})"),
            day=short_day(on, dates.today),
            before=from_day(day),
        )
        note = nmsg(N_("{n} up to then"), N_("{n} up to then"), until)
        key = f"curve.{on.isoformat()}"
        yield At(day, counts.rows(key, label, PERSON, number, who(on), note=note))


def _dated(
    counts: Counts, mine: SignedUp, dates: Dates, who: Callable[[date | None], Rows]
) -> Number:
    """All of them together."""
    days = [who(dates.event + timedelta(days=day)) for day in sorted(mine.by_day)]
    return counts.rows(
        "curve.dated",
        msg(N_("signed up, of whom it is known when")),
        PERSON,
        mine.number(),
        lambda: [id for rows in days for id in rows()],
    )


def _tick(day: int) -> Msg:
    return Msg("{text}", {"text": from_day(day)})


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


class ByChannel(NamedTuple):
    """A channel as typed in; ``id`` None: of whom it is not known by which they came. Money in
    cents; None: not known."""

    id: int | None
    label: Msg
    cents: int | None = None
    reach: int | None = None
    clicks: int | None = None
    signups: int | None = None
    alike: tuple[int, ...] = ()  # of several stops, added up: all of these


def by_channel(found: Iterable[Channel], places: Mapping[int, str]) -> list[ByChannel]:
    """A row a channel, one of a stop with its place; and one for each that several stops have, of
    all of these. ``places`` of stops by their ids."""
    rows, alike = [], dict[str, list[Channel]]()
    for one in found:
        place = places.get(one.stop_id or 0)
        label = one.called if place is None else bracketed(one.called, place)
        rows.append(ByChannel(one.id, label, one.cents, one.reach, one.clicks, one.signups))
        if place is not None:
            alike.setdefault(one.kind or fold(one.label), []).append(one)
    for same in alike.values():
        if len(same) > 1:
            cents, reach, clicks, signups = (
                _sum(getattr(one, name) for one in same) for name in _SUMMED
            )
            label, ids = bracketed(same[0].called, msg(N_("All stops"))), [one.id for one in same]
            rows.append(ByChannel(ids[0], label, cents, reach, clicks, signups, tuple(ids)))
    return rows


_SUMMED = ("cents", "reach", "clicks", "signups")


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def channels(
    counts: Counts, stages: Stages, found: Sequence[ByChannel], came: Msg | None
) -> Bars | None:
    """By channel who signed up, came, was interested, is a lead; what it cost, whom it reached.
    ``came``: why nobody is known to have come. None for an event without channels."""
    if not found:
        return None
    rows = [*found]
    if counts.number(lambda one: one.signed_up and one.channel is None):
        rows.append(ByChannel(None, msg(N_("not said by which"))))
    bars = [_channel(counts, stages, one, came) for one in rows]
    bars.sort(key=lambda bar: (bar.number.key == "channel.none.signups", -(bar.number.value or 0)))
    # Columns of which nothing is known are left out.
    known = [
        place
        for place in range(len(_COLUMNS))
        if any(bar.more[place].value is not None for bar in bars)
    ]
    return Bars(
        "channels",
        msg(N_("By channel")),
        tuple(bar._replace(more=tuple(bar.more[place] for place in known)) for bar in bars),
        columns=(msg(N_("Sign-ups")), *(msg(_COLUMNS[place]) for place in known)),
    )


_COLUMNS = (
    N_("Came"),
    N_("Interested"),
    N_("Leads"),
    N_("Costs"),
    N_("Reached"),
    N_("Clicks"),
)


def _channel(counts: Counts, stages: Stages, one: ByChannel, came: Msg | None) -> Bar:
    name = f"channel.{one.id or 'none'}{'+' if one.alike else ''}"
    ids = one.alike or (one.id,)

    def mine(who: Standing) -> bool:
        """Of whom no channel is known only those who signed up: the others came by none."""
        return who.channel in ids and (one.id is not None or who.signed_up)

    def by(key: str) -> Holds:
        return both(mine, stages.holds[key])

    def known(number: Number, why: Msg | None = None) -> Number:
        if not number.value and (typed or why is not None):
            return Number(number.key, number.label, None, why=nobody if typed else why)
        return number

    signups = counts.people(f"{name}.signups", one.label, by("signed_up"))
    typed, nobody = not signups.value and bool(one.signups), msg(N_("the list does not say who"))
    if typed:
        signups = Number(
            signups.key, one.label, one.signups, note=msg(N_("typed in with the channel"))
        )
    of = {"of": signups.value or None, "of_label": msg(N_("sign-ups"))}
    there = (
        counts.people(
            f"{name}.came", msg(N_("Came")), both(by("signed_up"), stages.holds["came"]), **of
        )
        if came is None
        else Number(f"{name}.came", msg(N_("Came")), None, why=came)
    )
    not_typed = msg(N_("not typed in"))
    uncalled = None if stages.called_back else msg(N_("nobody was called back yet"))
    return Bar(
        signups,
        more=(
            known(there),
            known(
                counts.people(f"{name}.interested", msg(N_("Interested")), by("interested")),
                uncalled,
            ),
            known(
                counts.of_leads(f"{name}.leads", msg(N_("Leads")), lambda lead: mine(lead.who)),
                None if counts.leads else uncalled,
            ),
            *(
                Number(
                    f"{name}.{key}",
                    msg(label),
                    value,
                    unit=unit,
                    why=not_typed if value is None else None,
                )
                for key, label, value, unit in (
                    ("cost", N_("Costs"), one.cents, CENTS),
                    ("reach", N_("Reached"), one.reach, PEOPLE),
                    ("clicks", N_("Clicks"), one.clicks, PEOPLE),
                )
            ),
        ),
    )
