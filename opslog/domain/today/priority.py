"""What to do first, and why: one ranked list from everything that is due.

The order is explainable: a group (a promised call whose time has come, reminder calls that can
be made now and after the event never again, overdue, today, next days), then points from
published weights (``shipped/today/priority.toml``). The weights are never negative, so more
lateness never lowers a rank, and the order does not depend on the order of what came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple

from opslog import shipped
from opslog.domain.base.due import Due
from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.dates.wording import near_day
from opslog.locale import N_, Msg, msg, nmsg

FILE = "priority.toml"
NOW, REMIND, OVERDUE, TODAY, NEXT = "now", "reminders", "overdue", "today", "next"
GROUPS = (NOW, REMIND, OVERDUE, TODAY, NEXT)
KINDS = (
    *("promise", "reminder", "correction", "roster", "lead", "leads"),
    *("follow_up", "message", "material", "step", "content", "entering"),
)

_KIND_TEXT = {
    "promise": N_("promised call"),
    "reminder": N_("reminder calls"),
    "correction": N_("moved: to be told"),
    "roster": N_("list waiting"),
    "lead": N_("lead"),
    "leads": N_("leads"),
    "follow_up": N_("follow-up"),
    "message": N_("messages"),
    "material": N_("asked for"),
    "step": N_("plan step"),
    "content": N_("words to revise"),
    "entering": N_("could enter"),
}


Weights = Mapping[str, float]  # points by ``section.name`` as in priority.toml, 0 or more


class Part(NamedTuple):
    """One reason for a rank and the points it brings."""

    text: Msg
    points: float


class Ranked(NamedTuple):
    """A due thing with its place. ``rank`` counts from 1; ``score`` is the sum of ``parts``."""

    rank: int
    item: Due
    group: str
    score: float
    parts: tuple[Part, ...]

    @property
    def why(self) -> Msg:
        """The reasons in one line, in words."""
        return _joined([part.text for part in self.parts], " · ")

    @property
    def sum(self) -> Msg:
        """The reasons in one line, with the points of each."""
        terms = [
            msg("{text} {points}", text=part.text, points=_figure(part.points))
            for part in self.parts
            if part.points
        ]
        return msg("{total} = {terms}", total=_figure(self.score), terms=_joined(terms, " + "))


def read_weights(text: str, base: Weights | None = None, *, source: str = FILE) -> Weights:
    """Weights from TOML; ``base`` fills in what the text leaves out.

    Raises Faulty, naming ``source`` and each line, for text that is no TOML, an unknown weight or
    (without ``base``, where every name is new) a weight below 0.
    """
    table = Table.read(text, source)
    points: dict[str, float] = dict(base) if base else {}
    if base:
        table.only(*dict.fromkeys(key.partition(".")[0] for key in base))
    for section in table.data:
        part = table.section(section)
        known = [key.partition(".")[2] for key in points if key.startswith(f"{section}.")]
        if base and known:
            part.only(*known)
        for name, value in part.data.items():
            if not _is_weight(value):
                part.fault(
                    name,
                    msg(
                        N_("“{key}” is {value}; a weight is a number, 0 or more"),
                        key=name,
                        value=value,
                    ),
                )
            elif not base or name in known:
                points[f"{section}.{name}"] = float(value)
    table.settle()
    return points


def _is_weight(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value < 1_000_000  # also refuses nan and inf
    )


@cache
def shipped_weights() -> Weights:
    """The published weights."""
    return read_weights(shipped.text("today/priority.toml"))


def rank(items: Iterable[Due], now: datetime, weights: Weights | None = None) -> list[Ranked]:
    """Everything due by ``now`` or inside its lead time, most pressing first.

    ``now`` is an aware datetime in the operator's zone: its zone decides which day it is.
    """
    weights = weights or shipped_weights()
    judged = [place for item in items if (place := _judge(item, now, weights))]
    judged.sort(key=_order)
    return [place._replace(rank=number) for number, place in enumerate(judged, 1)]


def _order(place: Ranked) -> tuple[object, ...]:
    item = place.item
    return (
        GROUPS.index(place.group),
        -place.score,
        item.due,
        KINDS.index(item.kind),
        item.ref,
        item.title,
        item.person,
        item.event,
    )


def _judge(item: Due, now: datetime, weights: Weights) -> Ranked | None:
    days = days_until(item, now)
    if days > max(item.lead_days, 0):
        return None
    original = _original_part(item, now, weights) if days == 0 else []
    group, when = _time_part(item, now, days, weights, timed=item.timed and not original)
    if item.kind == "reminder" and item.due <= now:
        group = REMIND
    kind = Part(msg(_KIND_TEXT[item.kind]), weights[f"kind.{item.kind}"])
    detail = item.detail
    people = _people_part(item, weights)
    if detail is not None and item.kind in ("reminder", "roster"):  # says what it is, and more
        kind, detail = kind._replace(text=detail), None
    if item.kind == "roster":  # says how many, too
        kind = kind._replace(points=kind.points + sum(part.points for part in people))
        people = []
    reasons = [
        kind,
        *_event_part(item, now, weights),
        *original,
        *people,
    ]
    if item.flagged:
        reasons.append(Part(msg(N_("flagged red")), weights["flag.flagged"]))
    reasons.sort(key=lambda part: -part.points)
    if when.text.id in _SAYS_KIND:  # "promised call 10:30" need not be told twice
        reasons = [part for part in reasons if part.text.id != _KIND_TEXT["promise"]]
        when = when._replace(points=when.points + weights["kind.promise"])
    if detail is not None and not original:
        reasons.append(Part(detail, 0))
    parts = (when, *reasons)
    score = round(sum(part.points for part in parts), 6)
    return Ranked(0, item, group, score, parts)


def days_until(item: Due, now: datetime) -> int:
    """Days from ``now``'s day to the day it is due; negative when overdue."""
    return (item.due.astimezone(now.tzinfo).date() - now.date()).days


_PROMISED = N_("promised call {time}")
_PROMISED_EARLIER = N_("promised call {day} {time}")
_SAYS_KIND = (_PROMISED, _PROMISED_EARLIER)


def _time_part(
    item: Due, now: datetime, days: int, weights: Weights, *, timed: bool
) -> tuple[str, Part]:
    """The group, and the reason that comes from when it is due."""
    local = item.due.astimezone(now.tzinfo)
    clock = local.strftime("%H:%M")
    promised = item.kind == "promise" and timed
    hours = (now - item.due).total_seconds() / 3600
    late = min(weights["late.per_day"] * max(-days, 0), weights["late.at_most"])
    passed = weights["today.near"] + weights["today.passed"]
    if promised and hours >= 0:
        text = (
            msg(_PROMISED_EARLIER, day=near_day(local.date(), now.date()), time=clock)
            if days
            else msg(_PROMISED, time=clock)
        )
        return NOW, Part(text, round(passed + weights["today.per_hour"] * hours + late, 1))
    if days < 0:
        return OVERDUE, Part(nmsg(N_("overdue {n} day"), N_("overdue {n} days"), -days), late)
    if days:
        points = weights["next.near"] * (1 - days / (item.lead_days + 1))
        text = (
            msg(N_("due tomorrow"))
            if days == 1
            else nmsg(N_("due in {n} day"), N_("due in {n} days"), days)
        )
        return NEXT, Part(text, round(points, 1))
    if not timed:
        return TODAY, Part(msg(N_("due today")), 0)
    if hours >= 0:
        points = passed + weights["today.per_hour"] * hours
        return TODAY, Part(msg(N_("due since {time}"), time=clock), round(points, 1))
    within = weights["today.within_hours"]
    nearness = max(0.0, 1 + hours / within) if within else 0.0
    text = msg(_PROMISED if promised else N_("due at {time}"), time=clock)
    return TODAY, Part(text, round(weights["today.near"] * nearness, 1))


def _event_part(item: Due, now: datetime, weights: Weights) -> list[Part]:
    if item.event_at is None:
        return []
    days = (item.event_at.astimezone(now.tzinfo).date() - now.date()).days
    within = weights["event.within_days"]
    points = 0.0
    if 0 <= days < within:
        points = round(weights["event.near"] * (1 - days / within), 1)
    if days < 0:
        text = nmsg(N_("event {n} day ago"), N_("event {n} days ago"), -days)
    elif days == 0:
        text = msg(N_("event today"))
    elif days == 1:
        text = msg(N_("event tomorrow"))
    else:
        text = nmsg(N_("event in {n} day"), N_("event in {n} days"), days)
    return [Part(text, points)]


def _original_part(item: Due, now: datetime, weights: Weights) -> list[Part]:
    """What should have been done before its plan was made, or moved, is the later the more
    pressing, though all of it is due today. A promise keeps its hour whatever was before."""
    if item.original is None or item.kind == "promise":
        return []
    days = (now.date() - item.original.astimezone(now.tzinfo).date()).days
    if days < 1:
        return []
    points = min(weights["late.original_per_day"] * days, weights["late.original_at_most"])
    return [Part(nmsg(N_("was due {n} day ago"), N_("was due {n} days ago"), days), points)]


def _people_part(item: Due, weights: Weights) -> list[Part]:
    if item.kind not in ("reminder", "roster") and item.people == 1:
        return []
    points = min(weights["people.per_person"] * item.people, weights["people.at_most"])
    return [Part(nmsg(N_("{n} person"), N_("{n} people"), item.people), round(points, 1))]


def _joined(texts: list[Msg], between: str) -> Msg:
    """Messages side by side; each is still spoken in the reader's language."""
    names = {f"p{number}": text for number, text in enumerate(texts)}
    return Msg(between.join(f"{{{name}}}" for name in names), names)


def _figure(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")
