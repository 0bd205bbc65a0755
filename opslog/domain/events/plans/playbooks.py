"""What a kind of event needs done, and when: the shape of a playbook and how it is read.

Playbooks ship as TOML, one a kind; a file of the same name in ``playbooks/`` beside the database
takes its place. Offsets are fixed from the event's start or end, never from another step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from opslog.domain.base.own_files.toml_lines import Table, at_line
from opslog.domain.dates.wording import FIRST_HOUR, LAST_HOUR, clock_of
from opslog.domain.events.events import ANSWERS, LINK, SAYS, WORDS
from opslog.domain.events.kinds import AUDIENCES, CHANNELS, GROUPS, HOSTS, KINDS, LISTS, Traits
from opslog.domain.events.plans import evidence
from opslog.domain.events.plans.short_notice import A_DAY, Pace
from opslog.locale import N_, Msg, msg, titled

ANCHORS = ("start", "end")
PHASES = ("before", "day", "after")
# Where a step goes that is wanted on a day off, and where it goes if nobody says.
RESTS = ("before", "after", "nearest", "none")
USUAL_REST = {"before": "before", "day": "none", "after": "after"}

# Until when a step that is past due is still worth doing, where its playbook doesn't say.
DEFAULT_UNTIL = {"before": "start", "day": "end", "after": "end+30d"}
# Of plans of the operator's own: the kind, how often one begins, and on which day (of the month).
OWN = "own"
EVERY = ("week", "month", "quarter", "year")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
ON = (*WEEKDAYS, *(str(day) for day in range(1, 32)))
MOST_STEPS = 200
_ONLY = ("kind", "host", "list", "audience")  # the conditions
_UNTIL = re.compile(r"(start|end)(?:([+-])(\d{1,4})([dh]))?")


@dataclass(frozen=True)
class Only:
    """The conditions of a step or a checklist item; '' asks for nothing."""

    host: str = ""
    list: str = ""
    audience: str = ""
    kind: str = ""

    def holds(self, traits: Traits) -> bool:
        return (
            self.kind in ("", traits.kind)
            and self.host in ("", traits.host)
            and self.list in ("", traits.list)
            and self.audience in ("", traits.audience)
        )


@dataclass(frozen=True)
class Until:
    """The moment from which a step is no longer possible: an anchor and hours or days from it."""

    anchor: str
    days: int = 0
    hours: int = 0

    def moment(self, start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
        """Days keep the wall-clock time, hours are hours."""
        local = (start if self.anchor == "start" else end).astimezone(zone)
        local += timedelta(days=self.days)
        return local.astimezone(start.tzinfo) + timedelta(hours=self.hours)


@dataclass(frozen=True)
class Item:
    """One line of a step's checklist; ``answer`` is what it asks for, '' a mere tick; ``says``:
    the name under which talk tracks use it."""

    title: str
    title_en: str
    only: Only = Only()
    answer: str = ""
    says: str = ""


@dataclass(frozen=True)
class StepRule:
    """One step of a playbook, ``offset`` days and ``offset_months`` from its anchor's day, or
    ``workdays`` from it. ``clocks``: another time of day for a group of ``kinds.GROUPS``."""

    key: str
    title: str
    title_en: str
    offset: int
    clock: time | None  # None: the anchor's own time
    anchor: str = "start"
    phase: str = "before"
    offset_months: int = 0
    channel: str = ""
    lead_days: int = 1
    until: Until = Until("start")
    only: Only = Only()
    items: tuple[Item, ...] = ()
    evidence: str = ""
    quick: bool = False  # takes minutes
    spare: bool = False  # is left out first where time is short
    owner: str = ""
    workdays: int = 0
    rest: str = ""  # '': see USUAL_REST
    each: str = ""  # stop: made anew for each stop of a road show, on its days
    clocks: Mapping[str, time] = field(default_factory=dict)

    def timed_for(self, traits: Traits) -> StepRule:
        """The same at the time of day that suits the people."""
        clock = self.clocks.get(traits.group)
        return self if clock is None else replace(self, clock=clock)

    @property
    def a_round(self) -> bool:
        """Whether it speaks to everybody on its channel: not calls, not those on the list."""
        apart = self.channel in ("", "phone", "internal") or self.only.list == "form"
        return not apart and not self.evidence


_HALF_A_DAY, _MOST_OF_A_DAY, _SIX, _A_DAY = 180, 360, 18 * 60, 24 * 60  # minutes


@dataclass(frozen=True)
class Playbook:
    """``minutes`` is how long an event of this kind lasts where nobody says; ``a_day``: see
    ``short_notice``."""

    kind: str
    minutes: int
    clock: time
    steps: tuple[StepRule, ...]
    a_day: int = A_DAY
    # Of a plan of the operator's own: what it is called, how often it usually begins, and when.
    title: str = ""
    title_en: str = ""
    every: str = ""
    on: str = ""
    doubts: tuple[Msg, ...] = ()  # what it says that is seldom meant, by file, line and key

    @property
    def label(self) -> Msg:
        return titled(self.title_en, self.title)

    def lasts(self, clock: time) -> timedelta:
        """How long an event that begins at a time of day lasts where nobody says: one that takes
        most of a day is over by six, but not sooner than after three hours."""
        if not _MOST_OF_A_DAY <= self.minutes <= _A_DAY:
            return timedelta(minutes=self.minutes)
        left = _SIX - (clock.hour * 60 + clock.minute)
        return timedelta(minutes=max(min(self.minutes, left), _HALF_A_DAY))

    @cached_property
    def pace(self) -> Pace:
        return Pace(
            self.a_day,
            quick=frozenset(step.key for step in self.steps if step.quick),
            spare=frozenset(step.key for step in self.steps if step.spare),
            rounds=frozenset(step.key for step in self.steps if step.a_round),
            order={step.key: number for number, step in enumerate(self.steps)},
        )

    def steps_for(self, traits: Traits) -> list[StepRule]:
        return [step for step in self.steps if not step.each and step.only.holds(traits)]

    def steps_of_stop(self, traits: Traits) -> list[StepRule]:
        """Those that each stop of a road show has."""
        return [step for step in self.steps if step.each and step.only.holds(traits)]

    def step(self, key: str) -> StepRule | None:
        return next((step for step in self.steps if step.key == key), None)


def read_playbook(text: str, file: str, kind: str) -> Playbook:
    """Read a playbook. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("minutes", "clock", "a_day", "step")
    found = Playbook(
        kind=kind,
        minutes=table.integer("minutes", 120, 1, 60 * 24 * 31),
        clock=_clock(table, "clock", "14:00"),
        steps=_steps(table, _step),
        a_day=table.integer("a_day", A_DAY, 1, 50),
        doubts=_doubts(table),
    )
    table.settle()
    return found


def read_own(text: str, file: str, name: str) -> Playbook:
    """Read the playbook of a plan that hangs on a day of the operator's own. Raises Faulty as
    ``read_playbook``."""
    table = Table.read(text, file)
    table.only("kind", "zh", "en", "every", "on", "a_day", "step")
    table.one_of("kind", (OWN,))
    found = Playbook(
        kind=name,
        minutes=1,
        clock=time(),
        steps=_steps(table, _own_step),
        a_day=table.integer("a_day", A_DAY, 1, 50),
        title=table.text("zh"),
        title_en=table.text("en"),
        every=table.one_of("every", EVERY, ""),
        on=table.one_of("on", ON, ""),
        doubts=_doubts(table),
    )
    table.settle()
    return found


def _doubts(table: Table) -> tuple[Msg, ...]:
    """Times of day at which nobody works, as a slip of the pen writes them; they hold all the
    same, for a stage may have to be built at dawn."""
    found = []
    for one in (table, *table.tables("step")):
        said = one.data.get("clock")
        for key, text in said.items() if isinstance(said, dict) else [("clock", said)]:
            clock = clock_of(text) if isinstance(text, str) else None
            if clock is not None and not FIRST_HOUR <= clock <= LAST_HOUR:
                times = {"time": clock, "first": FIRST_HOUR, "last": LAST_HOUR}
                odd = N_("“{key}” is {time}, not between {first} and {last}; it holds all the same")
                reason = msg(odd, key=key, **{name: f"{at:%H:%M}" for name, at in times.items()})
                found.append(at_line(one.file, one.line("clock"), reason))
    return tuple(found)


def _steps(table: Table, read: Callable[[Table], StepRule]) -> tuple[StepRule, ...]:
    tables = table.tables("step")
    if not tables:
        table.fault("step", msg(N_("a playbook needs at least one [[step]]")))
    if len(tables) > MOST_STEPS:
        text = N_("{n} steps are too many for a plan; {most} are the most")
        tables[MOST_STEPS].fault("id", msg(text, n=len(tables), most=MOST_STEPS))
        return ()
    steps: list[StepRule] = []
    for one in tables:
        step = read(one)
        if any(other.key == step.key for other in steps):
            one.fault("id", msg(N_("the id “{id}” is used twice"), id=step.key))
        steps.append(step)
    return tuple(steps)


def _own_step(table: Table) -> StepRule:
    """One that may lie before the day is of the day itself, so that nothing keeps it after."""
    table.only(
        *("id", "zh", "en", "days", "weeks", "months", "workdays", "clock", "rest", "channel"),
        *("owner", "lead", "items", "evidence", "quick", "spare"),
    )
    days, months, workdays = _offset(table, "", "start")
    rest = table.one_of("rest", RESTS, "after")
    follows = rest == "after" and min(days, months, workdays) >= 0
    return StepRule(
        key=table.text("id"),
        title=table.text("zh"),
        title_en=table.text("en"),
        offset=days,
        offset_months=months,
        clock=_clock(table, "clock", "10:00"),
        phase="after" if follows else "day",
        channel=table.one_of("channel", CHANNELS, ""),
        lead_days=table.integer("lead", 1, 0, 60),
        until=Until("end"),
        items=tuple(_item(item) for item in table.tables("items")),
        evidence=table.one_of("evidence", evidence.OWN, ""),
        quick=table.yes("quick"),
        spare=table.yes("spare"),
        owner=table.text("owner", ""),
        workdays=workdays,
        rest=rest,
    )


def _step(table: Table) -> StepRule:
    table.only(
        *("id", "zh", "en", "days", "weeks", "months", "workdays", "clock", "anchor", "phase"),
        *("rest", "channel", "owner", "lead", "until", *_ONLY, "items", "evidence"),
        *("quick", "spare", "each"),
    )
    phase = table.one_of("phase", PHASES)
    anchor = table.one_of("anchor", ANCHORS, "end" if phase == "after" else "start")
    days, months, workdays = _offset(table, phase, anchor)
    clock, clocks = _clocks(table)
    return StepRule(
        key=table.text("id"),
        title=table.text("zh"),
        title_en=table.text("en"),
        offset=days,
        offset_months=months,
        clock=clock,
        anchor=anchor,
        phase=phase,
        channel=table.one_of("channel", CHANNELS, ""),
        lead_days=table.integer("lead", 1, 0, 60),
        until=_until(table, phase, days, counted=bool(months or workdays)),
        only=_only(table),
        items=tuple(_item(item) for item in table.tables("items")),
        evidence=_evidence(table),
        quick=table.yes("quick"),
        spare=table.yes("spare"),
        owner=table.text("owner", ""),
        workdays=workdays,
        rest=table.one_of("rest", RESTS, ""),
        clocks=clocks,
        each=table.one_of("each", ("stop",), ""),
    )


def _offset(table: Table, phase: str, anchor: str) -> tuple[int, int, int]:
    """Days, months and working days from the anchor; weeks are days."""
    days = table.integer("days", 0, -730, 730) + 7 * table.integer("weeks", 0, -104, 104)
    months = table.integer("months", 0, -24, 24)
    workdays = table.integer("workdays", 0, -250, 250)
    offsets = (days, months, workdays)
    said = next((key for key in ("workdays", "months", "weeks") if key in table.data), "days")
    if workdays and (days or months):
        table.fault("workdays", msg(N_("working days stand alone: no days, weeks or months")))
    if phase == "before" and (max(offsets) > 0 or anchor == "end"):
        table.fault(said, msg(N_("a step before the event can't lie after its start")))
    if phase == "after" and min(offsets) < 0:
        table.fault(said, msg(N_("a step after the event can't lie before it")))
    if phase == "day" and any(value < 0 if anchor == "start" else value > 0 for value in offsets):
        table.fault(said, msg(N_("a step of the event's days can't lie outside of them")))
    return offsets


def _clocks(table: Table) -> tuple[time | None, Mapping[str, time]]:
    """The time of day, None the anchor's own, and those of groups: ``clock = "10:00"`` or
    ``clock = { executives = "19:30", staff = "11:30", others = "10:00" }``."""
    said = table.data.get("clock")
    if said == "anchor":
        return None, {}
    if not isinstance(said, dict):
        return _clock(table, "clock", "10:00"), {}
    line = table.line("clock")
    inner = Table(said, table.file, table.lines, line, line, table.faults)
    inner.only(*GROUPS, "others")
    clocks = {group: _clock(inner, group, "") for group in GROUPS if group in said}
    return _clock(inner, "others", "10:00"), clocks


def _item(table: Table) -> Item:
    table.only("zh", "en", *_ONLY, "answer", "says")
    answer = table.one_of("answer", ANSWERS, "")
    says = table.one_of("says", SAYS, "")
    if says and answer not in (WORDS, LINK):
        table.fault("says", msg(N_("only an answer in words or a link can be said")))
    return Item(table.text("zh"), table.text("en"), _only(table), answer, says)


def _evidence(table: Table) -> str:
    name = table.text("evidence", "")
    if name and evidence.read(name) is None:
        table.fault(
            "evidence",
            msg(
                N_(
                    "“{name}” proves nothing; write list, reminders-day-before, "
                    "reminders-on-day, attendance, figures, or round-1, callback-1, followup-3 with"
                    " a number"
                ),
                name=name,
            ),
        )
    return name


def _only(table: Table) -> Only:
    return Only(
        host=table.one_of("host", HOSTS, ""),
        list=table.one_of("list", LISTS, ""),
        audience=table.one_of("audience", AUDIENCES, ""),
        kind=table.one_of("kind", KINDS, ""),
    )


def _clock(table: Table, key: str, default: str) -> time:
    text = table.text(key, default)
    clock = clock_of(text)
    if clock is None:
        table.fault(key, msg(N_("“{key}” must be a time such as 09:30"), key=key))
        return time()
    return clock


def _until(table: Table, phase: str, days: int, *, counted: bool) -> Until:
    """``counted``: its day is known only by the calendar."""
    found = _UNTIL.fullmatch(table.text("until", DEFAULT_UNTIL[phase]))
    if not found:
        return _no_until(table)
    amount = int(found[3] or 0) * (-1 if found[2] == "-" else 1)
    until = Until(
        found[1],
        days=amount if found[4] == "d" else 0,
        hours=amount if found[4] == "h" else 0,
    )
    if phase == "before" and (until.anchor == "end" or amount > 0):
        return _no_until(table)
    if phase == "before" and not counted and days * 24 > until.days * 24 + until.hours:
        table.fault("until", msg(N_("“until” lies before the step's own day")))
    return until


def _no_until(table: Table) -> Until:
    table.fault(
        "until",
        msg(
            N_(
                "“until” must be start or end, with hours or days from it (start-2h, end+14d); "
                "for a step before the event not later than start"
            )
        ),
    )
    return Until("start")
