"""The numbers of a review as people read them; the same on the screen, in files and in a chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from opslog.domain.base.money import yuan_text
from opslog.domain.base.rates import ENOUGH, UNKNOWN
from opslog.domain.base.sentences import bracketed, in_turn, labelled, listed
from opslog.domain.dates.wording import short_day, short_moment
from opslog.domain.events.calendar_days import last_moment
from opslog.domain.events.events import HOST_LABELS, KIND_LABELS, EventRow
from opslog.domain.reports.figures import minutes_text
from opslog.domain.reviews.measures import said
from opslog.domain.reviews.numbers import CENTS, DAYS, MINUTES, Number
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.review import ACCEPTED, DISMISSED, Review
from opslog.locale import N_, Msg, msg, nmsg

RATES = ("show_up",)  # what each is of its whole is the point, not how many they are
_WHOLE_YUAN = 100_00  # cents: from here on nobody reads them
# Their numbers have nothing in common that a length could show: only ever a table.
TABLES = ("worth", "figures", "compared")
STATES = {"": N_("proposed"), ACCEPTED: N_("taken up"), DISMISSED: N_("not taken up")}  # of acts
_CHIEF = ("signed_up", "came", "lead", "won")  # of the funnel, where no targets are set
_MOST = 8  # chief numbers: what is taken in at a look


def amount(value: float | None, unit: str) -> Msg:
    """“3,260”, “¥6,667”, “7 h 20 min”, “2 days”; “–” for what is not known."""
    if value is None:
        return _as_is(UNKNOWN)
    if unit == CENTS:
        cents = round(abs(value))
        if cents >= _WHOLE_YUAN and value % 1:  # worked out: what was paid has its cents
            cents = (cents + 50) // 100 * 100  # half a yuan up, as a spreadsheet does
        return _as_is(f"{'-' if value < 0 else ''}¥{yuan_text(cents)}")
    if unit == MINUTES:
        return minutes_text(round(value))
    if unit == DAYS and value == round(value):
        return nmsg(N_("{n} day"), N_("{n} days"), round(value))
    if unit == DAYS:
        return msg(N_("{days} days"), days=said(value))
    return _as_is(said(value))


def value(number: Number) -> Msg:
    return amount(number.value, number.unit)


def share(number: Number) -> Msg | None:
    """“63% of valid”, below twenty with its count and range: “58% (7/12, 32–81%) of leads”; with
    its count, too, where not all of the number are in that whole. None: a share of nothing."""
    rate = number.rate
    if rate is None:
        return None
    if number.of_label is None:
        return _as_is(rate.ranged)
    if number.part is not None and rate.speaks:
        return msg(
            N_("{share} of {whole} ({part}/{of})"),
            share=rate.ranged,
            whole=number.of_label,
            part=said(rate.part),
            of=said(rate.of),
        )
    return msg(N_("{share} of {whole}"), share=rate.ranged, whole=number.of_label)


def counted(number: Number) -> Msg:
    """A number of a column, with its share in short: “31 (65%)”, below twenty “5/14”."""
    rate = number.rate
    if number.value is None:
        return value(number) if number.why is None else bracketed(value(number), number.why)
    if rate is None:
        return value(number)
    if not rate.speaks:
        return _as_is(rate.short)
    return bracketed(value(number), _as_is(rate.said))


def at_a_look(number: Number) -> tuple[Msg, list[Msg]]:
    """A chief number in large, and what stands in small below it: of a rate the share first."""
    below: list[Msg] = []
    if number.target is not None:
        below.append(msg(N_("target {target}"), target=amount(number.target, number.unit)))
    rate = number.rate
    if rate is not None and number.key.startswith(RATES):
        large, small = rate.said, f"{rate.part}/{rate.of}"
        if rate.between:  # so few that the share never stands alone
            large, small = small, rate.beside
        return _as_is(large), [*below, _as_is(small)]
    if (part := share(number)) is not None:
        below.append(part)
    if number.value is None and number.why is not None:
        below.append(number.why)
    return value(number), below


def difference(number: Number) -> str:
    """“+9%” against what it is compared with, “+5” where those were too few for a rate; '' where
    there is nothing to compare."""
    if number.value is None or number.compared is None:
        return ""
    more = number.value - number.compared
    if speaks_of_change(number):
        return f"{100 * more / abs(number.compared):+,.0f}%"
    return f"{'+' if more > 0 else ''}{amount(more, number.unit)}" if more else "±0"


def speaks_of_change(number: Number) -> bool:
    """Whether what it is held against is enough for a rate: some money, or so many people."""
    counted = number.unit not in (CENTS, MINUTES, DAYS)
    return bool(number.compared) and (not counted or (number.compared or 0) >= ENOUGH)


def beside(numbers: Sequence[Number]) -> list[tuple[str, str]]:
    """Of each what it is held against, and the difference: “–” for what is not known; '' where none
    of them is held against anything."""
    if all(one.compared is None for one in numbers):
        return [("", "")] * len(numbers)
    return [(str(amount(one.compared, one.unit)), difference(one) or UNKNOWN) for one in numbers]


def in_full(number: Number) -> Msg:
    """The number with all it is to be read with: “71 (target 80; 63% of valid)”."""
    large, below = at_a_look(number)
    return bracketed(large, in_turn(below)) if below else large


def heading(review: Review) -> Msg:
    return msg(N_("{event}: review"), event=review.event.name)


def when(row: EventRow, now: datetime, zone: ZoneInfo, *, timed: bool = False) -> Msg:
    """“Mon 06-08”, ``timed`` “Mon 06-08 14:00”; of several days the first, the last and how many
    they are: “Mon 06-08 – Sun 06-28 · 21 days”."""
    today = now.astimezone(zone).date()
    first, last = (at.astimezone(zone).date() for at in (row.starts_at, last_moment(row)))
    if first == last:
        return short_moment(row.starts_at, zone, today) if timed else short_day(first, today)
    return msg(
        N_("{first} – {last} · {days}"),
        first=short_day(first, today),
        last=short_day(last, today),
        days=amount((last - first).days + 1, DAYS),
    )


def moved(was: Sequence[datetime], row: EventRow, now: datetime, zone: ZoneInfo) -> Msg | None:
    """How often an event got another day, and which it had first. ``was``: when it began before
    each of its moves, oldest first; another hour of the same day is none."""
    days = [at.astimezone(zone).date() for at in (*was, row.starts_at)]
    times = sum(old != new for old, new in pairwise(days))
    if not times:
        return None
    return nmsg(
        N_("moved {n} time, planned for {day} at first"),
        N_("moved {n} times, planned for {day} at first"),
        times,
        day=short_day(days[0], now.astimezone(zone).date()),
    )


def about(review: Review, zone: ZoneInfo) -> Msg:
    """When it was, what it was, and what it is held against."""
    row = review.event.row
    parts: list[Msg | str] = [
        when(row, review.now, zone),
        msg(KIND_LABELS[row.kind]) if row.kind in KIND_LABELS else row.kind,
        msg(HOST_LABELS[row.host]) if row.host in HOST_LABELS else row.host,
    ]
    if row.place:
        parts.append(row.place)
    if row.cancelled_at is not None:
        parts.append(msg(N_("cancelled")))
    if review.moved is not None:
        parts.append(review.moved)
    if review.compared is not None:
        parts.append(msg(N_("beside {other}"), other=review.compared.title))
    return listed(parts, N_("{first} · {second}"))


def made(review: Review, zone: ZoneInfo) -> Msg:
    return msg(
        N_("Made by opslog from what it had recorded by {moment}."),
        moment=short_moment(review.now, zone),
    )


def chief(review: Review) -> list[Number]:
    """What the review comes to, at a look: the targets, else the chief stages; who showed up."""
    targets = _numbers(review, "targets")
    stages = [] if targets else [review.number(f"funnel.{key}") for key in _CHIEF]
    rates = [
        one._replace(label=bracketed(picture.heading, one.label))
        for key in RATES
        if (picture := review.picture(key)) is not None
        for one in _numbers(review, key)
    ]
    found = [one for one in (*targets, *stages, *rates) if one is not None]
    return [one for one in found if one.value is not None][:_MOST]


def pasted(review: Review, zone: ZoneInfo) -> str:
    """The verdict and the chief numbers as one would write them into a chat."""
    title = bracketed(heading(review), when(review.event.row, review.now, zone))
    numbers = in_turn(labelled(one.label, in_full(one)) for one in chief(review))
    stages = [
        msg(N_("{label} {number}"), label=one.label, number=value(one))
        for one in _numbers(review, "funnel")
        if one.value is not None
    ]
    rows = [title, *review.verdict]
    rows += [numbers] if str(numbers) else []
    rows += [listed(stages, N_("{first} → {second}"))] if stages else []
    rows += [
        msg(N_("Next time: {act}"), act=one.text)
        for one in review.proposals
        if one.state == ACCEPTED
    ]
    return "\n".join(map(str, rows))


def _numbers(review: Review, key: str) -> list[Number]:
    picture = review.picture(key)
    return [bar.number for bar in picture.bars] if isinstance(picture, Bars) else []


def _as_is(text: str) -> Msg:
    return Msg("{text}", {"text": text})
