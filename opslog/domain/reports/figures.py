"""The numbers of a report, one after the other, each with the rows it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from opslog.domain.calls.meaning import share_look
from opslog.domain.calls.outcomes import REMINDER, Outcome, Outcomes, purpose_title
from opslog.domain.events.events import CHANNEL_LABELS
from opslog.domain.events.measures import MEASURE_LABELS
from opslog.domain.leads.leads import TITLES
from opslog.domain.reports.brought import against_targets
from opslog.domain.reports.contacts import Talks, by
from opslog.domain.reports.ledger import LeadState
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Screened, Sums, by_source
from opslog.domain.reports.telling.phrases import Wording
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import round_name
from opslog.locale import N_, Msg, msg, nmsg

# What the rows of a figure are, by their tables; GONE: steps that were taken out of their plan.
TOUCH, DECISION, FILE, CARD = "touch", "decision", "roster_file", "card"
ANSWER, LEAD = "answer", "handover_state"
STEP, GONE, TASK, LOG, EVENT = "step", "gone", "follow_up", "log", "event"
UNSENT = "unsent"  # enrolments that a message was due for
SEVERAL = "several"  # of more than one table: those of the figure's ``parts``
WAITING = ("waiting.promises", "waiting.tasks", "waiting.leads", "waiting.messages")
LEFT = ("missed", "open", *WAITING)  # not done

HOURS, CALLS, LISTS, LEADS = N_("When the calls were made"), N_("Calls"), N_("Lists"), N_("Leads")
PLAN, TIME, EVENTS, AHEAD = N_("Plan"), N_("Time"), N_("Events held"), N_("What comes")
CHANNELS, TARGETS, WRITTEN = N_("Promotion by channel"), N_("Targets"), N_("Log")
# What is no event's.
GROUPS = (HOURS, CALLS, LISTS, LEADS, PLAN, TIME, EVENTS, AHEAD, CHANNELS, TARGETS, WRITTEN)


class Figure(NamedTuple):
    """A number. ``group`` is what it stands under (a message id, or the name of an event), ``key``
    what a file calls it.

    ``rows`` are ids of ``kind``; it is their number, or the ``minutes`` or the ``typed`` numbers
    they add up to. ``of``: out of how many it is, 0 where that says nothing. ``part``: how many
    of them had success. ``look``: what colour says of it; ``late`` wants a look.
    """

    group: str
    key: str
    label: Msg
    kind: str
    rows: tuple[int, ...]
    minutes: int | None = None
    of: int = 0
    look: str = ""
    part: int | None = None
    typed: int | None = None
    parts: tuple[Figure, ...] = ()

    @property
    def value(self) -> int:
        if self.typed is not None:
            return self.typed
        return len(self.rows) if self.minutes is None else self.minutes


class _Row(Protocol):
    @property
    def id(self) -> int: ...


def _ids(rows: Iterable[_Row]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def figures(sums: Sums, words: Wording) -> list[Figure]:
    """Every number there is any of."""
    invited = [talk for talk in sums.talks if talk.purpose == REMINDER]
    others = [talk for talk in sums.talks if talk.purpose != REMINDER]
    found = [
        *_hours(sums, words.zone),
        *(figure for talk in invited for figure in _talk(talk, words.outcomes)),
        *_time(sums),
        *_plan(sums),
        *_calls(sums),
        *(figure for talk in others for figure in _talk(talk, words.outcomes)),
        *(figure for one in sums.screened for figure in _screened(one, words.reasons)),
        *_leads(sums),
        *_lists(sums),
        *_events(sums),
        *_ahead(sums),
    ]
    return [figure for figure in found if figure.rows]


def _hours(sums: Sums, zone: ZoneInfo) -> Iterator[Figure]:
    """Of a day: the calls begun in each hour, and how many of them were answered; where there
    were none in between, the rows that were screened."""
    if sums.stretch.kind != DAY:
        return
    hours = by(sums.calls, lambda one: f"{one.at.astimezone(zone):%H}")
    decided = [row for one in sums.screened for row in one.rows]
    screened = by(decided, lambda one: f"{one.at.astimezone(zone):%H}")
    between = {hour for hour in screened if hours and min(hours) < hour < max(hours)}
    reached = {one.id for one in sums.reached}
    for hour in sorted({*hours, *between}):
        label = Msg("{hour}:00", {"hour": hour})
        if calls := hours.get(hour):
            part = sum(one.id in reached for one in calls)
            yield Figure(HOURS, f"hour.{hour}", label, TOUCH, _ids(calls), part=part)
        else:
            yield Figure(HOURS, f"screened.{hour}", label, DECISION, _ids(screened[hour]))


def _calls(sums: Sums) -> Iterator[Figure]:
    calls, messages = len(sums.calls), len(sums.messages)
    yield Figure(CALLS, "calls", msg(N_("calls made")), TOUCH, _ids(sums.calls))
    yield Figure(CALLS, "reached", msg(N_("reached")), TOUCH, _ids(sums.reached), of=calls)
    yield Figure(CALLS, "called_in", msg(N_("they called")), TOUCH, _ids(sums.called_in))
    yield Figure(CALLS, "messages", msg(N_("messages sent")), TOUCH, _ids(sums.messages))
    yield Figure(CALLS, "replied", msg(N_("replied")), TOUCH, _ids(sums.replied), of=messages)
    sent, answered = sums.programmed, {one.id for one in sums.replied}
    replied = [one for one in sent if one.id in answered]
    yield Figure(CALLS, "programmed", msg(N_("of programmes")), TOUCH, _ids(sent))
    yield Figure(
        CALLS, "programmed_replied", msg(N_("replied to these")), TOUCH, _ids(replied), of=len(sent)
    )
    yield Figure(
        CALLS, "programmed_leads", msg(N_("leads of these")), LEAD, _ids(sums.of_programmes)
    )
    yield Figure(CALLS, "coming", msg(N_("coming")), TOUCH, _ids(sums.coming))
    yield Figure(CALLS, "not_coming", msg(N_("not coming")), TOUCH, _ids(sums.declined))
    yield Figure(CALLS, "said", msg(N_("said something")), TOUCH, _ids(sums.said))
    yield Figure(CALLS, "answers", msg(N_("answers")), ANSWER, _ids(sums.answers))
    yield Figure(CALLS, "walk_ins", msg(N_("walk-ins")), CARD, _ids(sums.walk_ins))


def _talk(talk: Talks, outcomes: Outcomes) -> Iterator[Figure]:
    group, key = talk.event or N_("Calls about no event"), f"{talk.purpose}"
    people = len(talk.people)
    yield Figure(group, key, purpose_title(talk.purpose), TOUCH, _ids(talk.people))
    yield Figure(group, f"{key}.reached", msg(N_("reached")), TOUCH, _ids(talk.reached), of=people)
    for code, rows in talk.outcomes.items():
        title = outcomes.title(talk.purpose, rows[0].lane, code)
        look = _look(outcomes.outcome(talk.purpose, rows[0].lane, code), talk.purpose)
        yield Figure(group, f"{key}.{code}", title, TOUCH, _ids(rows), look=look)


def _look(outcome: Outcome | None, purpose: str) -> str:
    """As the call desk shows it; whoever is not sure yet stands apart from who will not come."""
    if outcome is None:
        return "warn"
    look = share_look(outcome, purpose)
    return "accent" if look == "muted" and not outcome.pass_on else look


def _screened(one: Screened, reasons: Reasons) -> Iterator[Figure]:
    group, key = one.list, f"round-{one.number}"
    rows, dropped = len(one.rows), msg(N_("dropped"))
    kept = msg(N_("kept"))
    yield Figure(group, key, round_name(one.number), DECISION, _ids(one.rows))
    yield Figure(group, f"{key}.kept", kept, DECISION, _ids(one.kept), of=rows, look="good")
    yield Figure(group, f"{key}.parked", msg(N_("parked")), DECISION, _ids(one.parked), look="warn")
    yield Figure(group, f"{key}.dropped", dropped, DECISION, _ids(one.dropped), look="muted")
    for code, some in one.reasons.items():
        why = reasons.title(code) if code else msg(N_("no reason given"))
        yield Figure(group, f"{key}.dropped.{code}", why, DECISION, _ids(some))
    minutes = msg(N_("minutes at it"))
    yield Figure(group, f"{key}.minutes", minutes, DECISION, _ids(one.rows), one.minutes)


def _leads(sums: Sums) -> Iterator[Figure]:
    for state, rows in sums.leads.items():
        yield Figure(LEADS, state, msg(TITLES[state]), LEAD, _ids(rows))
        for key, source in _SOURCES.items():
            for name, some in by_source(rows, source).items():
                label = msg(N_("{text} ({detail})"), text=msg(TITLES[state]), detail=name)
                yield Figure(LEADS, f"{state}.{key}.{name}", label, LEAD, _ids(some))


_SOURCES: dict[str, Callable[[LeadState], str]] = {
    "channel": lambda one: one.channel,
    "by": lambda one: one.by_whom,
}


def _lists(sums: Sums) -> Iterator[Figure]:
    yield Figure(LISTS, "files", msg(N_("files taken in")), FILE, _ids(sums.lists))
    yield Figure(WRITTEN, "lines", msg(N_("lines you wrote")), LOG, _ids(sums.lines))


def _plan(sums: Sums) -> Iterator[Figure]:
    steps = sums.steps
    yield Figure(PLAN, "done", msg(N_("steps done")), STEP, _ids(steps.done))
    yield Figure(PLAN, "moved", msg(N_("steps moved")), STEP, _ids(steps.moved))
    yield Figure(PLAN, "dropped", msg(N_("steps dropped")), GONE, _ids(steps.dropped))
    yield Figure(PLAN, "missed", msg(N_("steps missed")), STEP, _ids(steps.missed), look="late")
    yield Figure(PLAN, "open", msg(N_("steps not done")), STEP, _ids(steps.open), look="late")
    yield Figure(PLAN, "late", msg(N_("late from before")), STEP, _ids(steps.late), look="late")
    yield Figure(PLAN, "tasks", msg(N_("follow-ups done")), TASK, _ids(sums.tasks_done))
    for kind, (key, label) in _WAITING.items():
        rows = getattr(sums.waiting, key)
        yield Figure(PLAN, f"waiting.{key}", msg(label), kind, _ids(rows), look="late")
    on = by(steps.done, lambda one: one.channel)
    for channel, label in CHANNEL_LABELS.items():
        if channel == "phone":  # calls are counted as calls
            continue
        rows = _ids(on.get(channel, ()))
        yield Figure(CHANNELS, f"channel.{channel}", msg(label), STEP, rows)


_WAITING = {
    TOUCH: ("promises", N_("calls not made")),
    TASK: ("tasks", N_("follow-ups due")),
    LEAD: ("leads", N_("leads that wait")),
    UNSENT: ("messages", N_("not written to")),
}


def _time(sums: Sums) -> Iterator[Figure]:
    for one in sums.time:
        key = f"minutes_{one.tag or one.source}"
        yield Figure(TIME, key, time_title(one.tag, one.source), LOG, _ids(one.lines), one.minutes)


def time_title(tag: str, source: str) -> Msg:
    """What time went into."""
    if tag:
        return Msg("#{tag}", {"tag": tag})
    return msg(
        {
            "typed": N_("without a tag"),
            "call": N_("calls"),
            "step": N_("steps of plans"),
        }.get(source, N_("other"))
    )


def _events(sums: Sums) -> Iterator[Figure]:
    held = tuple(one.event.id for one in sums.held)
    yield Figure(EVENTS, "events", msg(N_("events held")), EVENT, held)
    for one in against_targets(sums.held):
        label = msg(MEASURE_LABELS[one.measure])
        of = round(one.against)
        key = f"target.{one.measure}"
        kind = _OF[one.measure] if one.typed is None else EVENT
        yield Figure(TARGETS, key, label, kind, one.rows, of=of, typed=one.typed)


# What the rows of a measure are; of one that was typed in they are its events.
_OF = {
    **dict.fromkeys(("reach", "views", "shares"), EVENT),
    **dict.fromkeys(("signups", "confirmed", "attended"), CARD),
    **dict.fromkeys(("leads", "customers"), LEAD),
}


def _ahead(sums: Sums) -> Iterator[Figure]:
    ahead = sums.ahead
    yield Figure(AHEAD, "ahead_events", msg(N_("events")), EVENT, _ids(ahead.events))
    yield Figure(AHEAD, "ahead_promises", msg(N_("calls promised")), TOUCH, _ids(ahead.promises))
    yield Figure(AHEAD, "ahead_steps", msg(N_("steps")), STEP, _ids(ahead.steps))
    yield Figure(AHEAD, "ahead_tasks", msg(N_("follow-ups")), TASK, _ids(ahead.tasks))


def minutes_text(minutes: int) -> Msg:
    """“7 h 20 min”, “35 min”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return nmsg(N_("{n} min"), N_("{n} min"), rest)
    if not rest:
        return msg(N_("{n} h"), n=hours)
    return msg(N_("{hours} h {minutes} min"), hours=hours, minutes=rest)
