"""Whom to call first, and why: published weights, and the rank they come to.

The order is explainable: promised calls whose time has come, then those that may be called now
by their points (``shipped/calls/call_order.toml``), then those whose time has not come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.calls import own_order
from opslog.domain.calls.outcomes import REMINDER, Outcomes, followup_months
from opslog.domain.calls.own_order import Known, OwnWeights
from opslog.domain.calls.retries import ON_DAY, READY, Standing, Window
from opslog.domain.calls.seniority import Seniority
from opslog.domain.dates.wording import short_day
from opslog.locale import N_, Msg, msg, nmsg

FILE = "call_order.toml"
Ladder = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Weights:
    """Points by ``section.name`` as in call_order.toml; ladders are (bound, points), by bound."""

    points: Mapping[str, float]
    ladders: Mapping[str, Ladder]
    outcomes: Mapping[str, float]
    tags: Mapping[str, float]  # in lower case
    own: OwnWeights = own_order.NO_WEIGHTS

    def within(self, ladder: str, amount: float) -> float:
        """Points of the lowest bound that ``amount`` does not exceed."""
        for bound, points in self.ladders[ladder]:
            if amount <= bound:
                return points
        return 0.0

    def reached(self, ladder: str, amount: float) -> float:
        """Points of the highest bound that ``amount`` reaches."""
        for bound, points in reversed(self.ladders[ladder]):
            if amount >= bound:
                return points
        return 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody that bears on the order."""

    title: str = ""
    company: str = ""
    reachable: bool = True  # has a number, or is on WeCom
    people_known: int = 0  # of the same company, this person among them
    tags: Collection[str] = field(default=())
    last_contact: datetime | None = None
    attended: bool | None = None
    own: Known = own_order.NOTHING


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a rank and the points it brings; ``shared`` by all on the same list."""

    text: Msg
    points: float = 0.0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """``key`` sorts, smallest first; ``why`` says it in one line."""

    key: tuple[int, float, float, int]
    score: float
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> Msg:
        return why(self.reasons)


def why(reasons: Sequence[Reason]) -> Msg:
    """The reasons in one line, with the points of each."""
    return joined([_with_points(reason) for reason in reasons])


def place(
    card_id: int,
    standing: Standing,
    window: Window,
    facts: Facts,
    now: datetime,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    weights: Weights,
    seniority: Seniority,
    outcomes: Outcomes,
    time_text: Msg | None,
) -> Place:
    """Where a card stands in the queue.

    ``now`` is in the operator's zone: days are counted by its calendar. ``ends_at`` None: there is
    no event behind it. ``time_text`` says when
    the next attempt is due; wanted where that is promised or still ahead.
    """
    due = standing.due or now
    reasons = [
        *_time_reasons(standing, time_text),
        *_moved_reasons(standing, now),
        *_event_reasons(window, now, starts_at, ends_at, weights),
        *_person_reasons(facts, now, weights, seniority),
        *_attempt_reasons(standing, weights, outcomes, known=facts.last_contact is not None),
    ]
    score = round(sum(reason.points for reason in reasons), 3)
    group = 0 if standing.state == READY and standing.promised else 1
    if standing.state != READY:
        group = 2
    first = due.timestamp() if group != 1 else -score
    second = -score if group != 1 else due.timestamp()
    return Place((group, first, second, card_id), score, tuple(reasons))


def _time_reasons(standing: Standing, time_text: Msg | None) -> list[Reason]:
    if time_text is None:
        return []
    if standing.promised:
        return [Reason(msg(N_("promised {when}"), when=time_text))]
    if standing.held is not None:
        return [Reason(msg(N_("{why}, not before {when}"), why=standing.held, when=time_text))]
    if standing.state != READY:
        return [Reason(msg(N_("not before {when}"), when=time_text))]
    return []


def _moved_reasons(standing: Standing, now: datetime) -> list[Reason]:
    if standing.moved is None:
        return []
    was = standing.moved.astimezone(now.tzinfo).date()
    return [Reason(msg(N_("moved: what they said was of {day}"), day=short_day(was, now.date())))]


def _event_reasons(
    window: Window, now: datetime, starts_at: datetime, ends_at: datetime | None, weights: Weights
) -> list[Reason]:
    if window.purpose == REMINDER:
        hours = max((starts_at - now) / timedelta(hours=1), 0.0)
        near = weights.within("event.starts_within_hours", hours)
        if window.slot == ON_DAY:
            points = near + weights.points["call.on_day"]
            return [Reason(msg(N_("event today")), points, shared=True)]
        points = near + weights.points["call.day_before"]
        return [Reason(msg(N_("day before the event")), points, shared=True)]
    if months := followup_months(window.purpose):
        text = nmsg(N_("{n} month after they asked"), N_("{n} months after they asked"), months)
        return [Reason(text)]
    if ends_at is None:
        return []
    days = _days_since(ends_at, now)
    near = weights.within("event.ended_within_days", days)
    if not near:
        return []
    text = (
        nmsg(N_("event {n} day ago"), N_("event {n} days ago"), days)
        if days
        else msg(N_("event just over"))
    )
    return [Reason(text, near, shared=True)]


def _days_since(then: datetime, now: datetime) -> int:
    """Days by the calendar, as Today and everybody counts them: the evening before is a day ago."""
    return max((now.date() - then.astimezone(now.tzinfo).date()).days, 0)


def _person_reasons(
    facts: Facts, now: datetime, weights: Weights, seniority: Seniority
) -> list[Reason]:
    reasons = []
    tags = [(weights.tags[tag.lower()], tag) for tag in facts.tags if tag.lower() in weights.tags]
    if tags:
        points, tag = max(tags)
        reasons.append(Reason(Msg("{text}", {"text": tag}), points))
    level = seniority.of(facts.title)
    if level is not None and level.points:
        reasons.append(Reason(Msg("{text}", {"text": facts.title}), level.points))
    size = weights.reached("company.people_known", facts.people_known)
    others = facts.people_known - 1
    if size and others > 0:
        text = nmsg(N_("{n} more at the company"), N_("{n} more at the company"), others)
        reasons.append(Reason(text, size))
    if facts.last_contact is not None:
        days = _days_since(facts.last_contact, now)
        recent = weights.within("contact.recent_days", days)
        if not days:  # nobody stands higher for having been reached already today
            reasons.append(Reason(msg(N_("in touch today"))))
        elif recent:
            text = nmsg(N_("in touch {n} day ago"), N_("in touch {n} days ago"), days)
            reasons.append(Reason(text, recent))
    if facts.attended is not None:
        points = weights.points["attended.yes" if facts.attended else "attended.no"]
        reasons.append(Reason(msg(N_("came") if facts.attended else N_("did not come")), points))
    reasons += [Reason(*one) for one in own_order.reasons(facts.own, weights.own)]
    if not facts.reachable:
        reasons.append(Reason(msg(N_("no phone number")), weights.points["call.no_number"]))
    return reasons


def _attempt_reasons(
    standing: Standing, weights: Weights, outcomes: Outcomes, *, known: bool
) -> list[Reason]:
    reasons = []
    if standing.again:
        reasons.append(Reason(msg(N_("missed before: other words"))))
    last = standing.last
    if last is not None and (points := weights.outcomes.get(last.outcome)):
        title = outcomes.title(last.purpose, last.lane, last.outcome)
        reasons.append(Reason(msg(N_("last time: {outcome}"), outcome=title), points))
    if standing.attempts:
        reasons.append(
            Reason(
                nmsg(N_("{n} attempt"), N_("{n} attempts"), standing.attempts),
                weights.points["call.attempt"] * standing.attempts,
            )
        )
    elif standing.last is None and not known:
        reasons.append(Reason(msg(N_("not called yet")), shared=True))
    return reasons


def _with_points(reason: Reason) -> Msg:
    if not reason.points:
        return reason.text
    points = f"{reason.points:+.1f}".removesuffix(".0")
    return Msg("{text} {points}", {"text": reason.text, "points": points})


def joined(texts: Sequence[Msg]) -> Msg:
    """Messages side by side; each is still spoken in the reader's language."""
    names = {f"p{number}": text for number, text in enumerate(texts)}
    return Msg(" · ".join(f"{{{name}}}" for name in names), names)


_FIGURES = {
    "call": ("on_day", "day_before", "attempt", "no_number"),
    "attended": ("yes", "no"),
}
_LADDERS = {
    "event": ("starts_within_hours", "ended_within_days"),
    "company": ("people_known",),
    "contact": ("recent_days",),
}


def read(text: str, file: str = FILE) -> Weights:
    """Read the weights. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only(*_FIGURES, *_LADDERS, "outcome", "tags", *own_order.SECTIONS)
    points: dict[str, float] = {}
    ladders: dict[str, Ladder] = {}
    for section, names in _FIGURES.items():
        part = _section(table, section, names)
        points |= {f"{section}.{name}": _figure(part, name, part.data.get(name)) for name in names}
    for section, names in _LADDERS.items():
        part = _section(table, section, names)
        ladders |= {f"{section}.{name}": _ladder(part, name) for name in names}
    free = {}
    for section in ("outcome", "tags"):
        part = table.section(section)
        free[section] = {str(key): _figure(part, str(key), part.data[key]) for key in part.data}
    own = own_order.read(table, _figure, _ladder)
    table.settle()
    tags = {tag.lower(): value for tag, value in free["tags"].items()}
    return Weights(points, ladders, free["outcome"], tags, own)


def _section(table: Table, section: str, names: Sequence[str]) -> Table:
    """One section, which says all of ``names`` and nothing else."""
    part = table.section(section)
    part.only(*names)
    for name in names:
        if part.data and name not in part.data:
            part.fault("", msg(N_("“{key}” is missing"), key=name))
    return part


def _figure(table: Table, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1_000:
        if value is not None:
            table.fault(
                key, msg(N_("“{key}” must be a number of points from -999 to 999"), key=key)
            )
        return 0.0
    return float(value)


def _ladder(table: Table, key: str) -> Ladder:
    value = table.data.get(key, [])
    if isinstance(value, list) and all(isinstance(s, list) and len(s) == 2 for s in value):
        steps = ((_bound(table, key, bound), _figure(table, key, pts)) for bound, pts in value)
        return tuple(sorted(steps))
    table.fault(key, msg(N_("“{key}” must be written like [[2, 10], [4, 6]]"), key=key))
    return ()


def _bound(table: Table, key: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**9:
        return float(value)
    table.fault(key, msg(N_("“{key}”: what is reached must be a number"), key=key))
    return 0.0
