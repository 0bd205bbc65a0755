"""The rows of a plan: a line a week, what is over of it folded, and a line for now."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opslog.domain.calls.corrections import POST, Correction
from opslog.domain.dates.wording import near_day, short_day, weekday
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import DONE, DROPPED, MISSED, PINNED, PlanLine
from opslog.domain.events.plans.evidence import HowFar, closed_by_hand
from opslog.domain.events.plans.step_reasons import short_reason
from opslog.domain.events.stops import STOP_LABELS, Stop
from opslog.domain.events.weeks import Week, by_weeks, days_behind, monday_of
from opslog.locale import _, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import corrections
from opslog.services.events import collisions, stops
from opslog.tui.events.plans import checklist
from opslog.tui.widgets.drawing import progress
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.text import Line, Span, clean, join, line, line_width, pad, width

WHEN = 16  # cells: “Tue 12-01 10:00”
WEEK = 17  # cells of a week's name and the blank before what is said of it
BAR, LEAST_BAR = 12, 4
ITEM = WHEN + 5  # cells before a line of a checklist


class HangsOn(NamedTuple):
    """What the plan hangs on, as its own row says it."""

    kind: str
    id: int
    name: str
    beside: str
    at: datetime


@dataclass(frozen=True)
class Shown:
    """What the rows are drawn from. ``week`` opens by ``weeks`` (its Monday), a checklist by
    ``steps``; ``air`` between the weeks."""

    book: Book
    hangs_on: HangsOn
    plan: Sequence[PlanLine]
    far: Mapping[str, HowFar] = field(default_factory=dict)
    weeks: Collection[date] = ()
    steps: Collection[int] = ()
    air: bool = False
    wrong: Sequence[Correction] = ()  # what the event's move left to be told
    met: Mapping[int, Collision] = field(default_factory=dict)  # steps that collide

    @property
    def today(self) -> date:
        return self.book.today()

    @property
    def zone(self) -> ZoneInfo:
        return self.book.clock.zone

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)


def week_of(shown: Shown, instant: datetime) -> date:
    return monday_of(shown.local(instant).date())


def rows(shown: Shown) -> list[Row]:
    """Everything in order of time; what is over of a week stands in its line until it is opened."""
    found: list[Row] = []
    now_told = False
    for week in by_weeks(shown.plan, shown.hangs_on.at, shown.zone):
        if found and shown.air:
            found.append(Row(("air", week.monday), heading=()))
        if not now_told and week.monday > shown.today:
            found += _now(shown)
            now_told = True
        found.append(_heading(shown, week))
        day: date | None = None
        for at, key, thing in _things(shown, week):
            if not now_told and at > shown.book.now():
                found += _now(shown)
                now_told = True
            when = _when(shown, at, first=day != shown.local(at).date())
            day = shown.local(at).date()
            if isinstance(thing, Stop):
                found.append(Row(key, (partial(_stop, shown, thing, when),)))
                continue
            if thing is None:
                found.append(Row(key, (partial(_event, shown, when),)))
                continue
            found.append(Row(key, (partial(_step, shown, thing, when),)))
            if thing.id in shown.steps:
                found += checklist.rows(thing, ITEM)
    return found if now_told else [*found, *_now(shown)]


Thing = tuple[datetime, Hashable, PlanLine | Stop | None]


def _things(shown: Shown, week: Week) -> list[Thing]:
    """The steps of a week that stand open, the stops that begin in it, and the event where it
    falls into it (None)."""
    lines = week.lines if week.monday in shown.weeks else [x for x in week.lines if x.open]
    found: list[Thing] = [(step.due_at, ("step", step.id), step) for step in lines]
    on = shown.hangs_on
    for stop in stops.of(shown.book, on.id) if on.kind == "event" else ():
        if week_of(shown, stop.starts_at) == week.monday:
            at = sum(one[0] <= stop.starts_at for one in found)
            found.insert(at, (stop.starts_at, ("stop", stop.id), stop))
    if week_of(shown, on.at) == week.monday:
        before = sum(at <= on.at and not _follows(thing) for at, _key, thing in found)
        found.insert(before, (on.at, (on.kind, on.id), None))
    return found


def _follows(thing: PlanLine | Stop | None) -> bool:
    return isinstance(thing, PlanLine) and thing.phase == "after"


def _now(shown: Shown) -> list[Row]:
    """A line for the present, with the time; below it what is to be told of a move."""
    text = f"{shown.local(shown.book.now()):%H:%M} "

    def drawn(cells: int) -> Line:
        return line(" " * 3, (text, "accent"), ("─" * max(cells - len(text) - 4, 0), "accent"))

    posts = [one for one in shown.wrong if one.table == POST]
    others = [one for one in shown.wrong if one.table != POST]
    rows = [
        Row(
            ("post", one.ref),
            (partial(_correction, _("correct: {post}").format(post=one.name), one),),
        )
        for one in posts
    ]
    if others:
        said = _("new date: {what}").format(what=corrections.said(others))
        rows.append(Row(("people", shown.hangs_on.id), (partial(_correction, said, None),)))
    return [Row(("now", 0), heading=drawn), *rows]


def _correction(said: str, post: Correction | None, _cells: int) -> Line | Ends:
    """Something that still names the old date."""
    left = line(" " * (WHEN + 1), ("▲ ", "warn"), (clean(said), "warn"))
    return Ends(left, line((str(post.why), "dim"), " ")) if post else left


# -- a week ---------------------------------------------------------------------------


def _heading(shown: Shown, week: Week) -> Row:
    """The line of a week. Where something of it is folded, it can be gone to and opened."""
    drawn = partial(_week, shown, week)
    if week.over:
        return Row(("week", week.monday.toordinal()), (drawn,))
    return Row(("heading", week.monday), heading=lambda cells: ((" ", ""), *drawn(cells - 1)))


def _week(shown: Shown, week: Week, cells: int) -> Line:
    """Which week, and what was done of it: how many, by what names, how late."""
    said = line((pad(_week_name(shown, week.monday), WEEK), "title"))
    number = sum(step.open for step in week.lines)
    if not week.over:
        return (*said, (_steps(number), "muted")) if number else said
    parts: list[Span] = []
    if week.done:
        done = ngettext("✓ {n} step done", "✓ {n} steps done", len(week.done))
        parts.append((done.format(n=len(week.done)), "good"))
    if week.missed:
        missed = ngettext("! {n} missed", "! {n} missed", week.missed).format(n=week.missed)
        parts.append((missed, "warn"))
    if week.dropped:
        dropped = ngettext("– {n} given up", "– {n} given up", week.dropped).format(n=week.dropped)
        parts.append((dropped, "muted"))
    late = [n for step in week.done if (n := days_behind(step, shown.today, shown.zone))]
    if late:
        text = ngettext("{n} late by up to {days} d", "{n} late by up to {days} d", len(late))
        parts.append((text.format(n=len(late), days=max(late)), "muted"))
    said += tuple(span for n, part in enumerate(parts) for span in ((("  " * bool(n)), ""), part))
    if week.monday in shown.weeks:
        return said
    return (*said, ("   ", ""), *_names(week.over, cells - line_width(said) - 3))


def _names(steps: Sequence[PlanLine], cells: int) -> Line:
    """As many whole names as there is room for."""
    said = ""
    for step in steps:
        longer = " · ".join(part for part in (said, clean(step.name)) if part)
        if width(longer) > cells - 2:
            return line((f"{said} …" if said else "", "dim"))
        said = longer
    return line((said, "dim"))


def _week_name(shown: Shown, monday: date) -> str:
    day = str(near_day(monday, shown.today))
    weeks = (monday - monday_of(shown.today)).days // 7
    text = {0: _("this week {day}"), 1: _("next week {day}")}.get(weeks, _("from {day}"))
    return text.format(day=day)


def _steps(number: int) -> str:
    return ngettext("{n} step", "{n} steps", number).format(n=number)


# -- a step, the event, a line of a checklist ------------------------------------------


def _when(shown: Shown, at: datetime, *, first: bool) -> Span:
    """The day once, then the times alone. The year stands in the line of the week."""
    local = shown.local(at)
    day = local.date()
    if day == shown.today:
        said = _("today {weekday}").format(weekday=weekday(day))
    else:
        said = str(short_day(day, day))
    time = f"{local:%H:%M}"
    return (pad(f"{pad(said if first else '', WHEN - 6)} {time}", WHEN), "")


def _event(shown: Shown, when: Span, cells: int) -> Line | Ends:
    on = shown.hangs_on
    whole_day = on.kind != "event"
    sign = ("↻ ", "accent") if whole_day else ("● ", "late")
    said = pad(when[0][:-5], WHEN) if whole_day else when[0]
    name = line((said, "strong"), " ", sign, (on.name, "focal"))
    place = on.beside if line_width(name) + width(clean(on.beside)) + 3 <= cells else ""
    return Ends(name, line((place, "dim"), " "))


def _stop(shown: Shown, stop: Stop, when: Span, cells: int) -> Line | Ends:
    """A stop of a road show, until which day, and what was decided of it."""
    look = "strong" if stop.open else "muted"
    last = short_day(shown.local(stop.ends_at).date(), shown.today)
    until = _("to {day}").format(day=last)
    label = STOP_LABELS[stop.state]
    said = " · ".join(part for part in (stop.fallback, stop.why) if part)
    why = join([(_(label) if label else "", "warn"), (clean(said), "dim")])
    sign = ("◆ ", "accent" if stop.open else "muted")
    left = line((when[0], look), " ", sign, (clean(stop.place), look), "  ", (until, "muted"))
    return Ends(left, (*why, (" ", "")))


def _step(shown: Shown, step: PlanLine, when: Span, cells: int) -> Line | Ends:
    """When, sign and name at the left; why not as planned, by what channel and how far at the
    right. Where room is short the reason gives way first, but not how late it is; the bar takes
    what is left."""
    late = days_behind(step, shown.today, shown.zone) if step.open else 0
    past = "muted" if not step.open else ""
    today = shown.local(step.due_at).date() == shown.today
    look = past or ("late" if late else "accent" if today else "strong")
    name = (clean(step.name), past or ("strong" if late else ""))
    left = line((when[0], look), " ", _sign(step, late=bool(late)), " ", name)
    free = cells - line_width(left) - 3
    number, why = _far(shown, step), _why(shown, step, late)
    by = line((str(step.channel_beside or ""), "dim"))
    if step.open and step.owed_by:
        by = line((f"◇ {step.owed_by}", "dim"))
    for parts in (
        ((why, by, number), (by, number), (number,))
        if not late
        else (
            (why, by, number),
            (why, number),
            (why,),
        )
    ):
        right = _beside(parts)
        if line_width(right) <= free:
            room = free - line_width(right) - 2
            return Ends(left, (*_bar(shown, step, room), *right, (" ", "")))
    return Ends(left, (*right, (" ", ""))) if right else left  # the least there is to say


def _beside(parts: Sequence[Line]) -> Line:
    """Parts with two blanks between them; empty ones are left out."""
    found: Line = ()
    for part in parts:
        if part:
            found += ((("  ", ""),) if found else ()) + part
    return found


def _sign(step: PlanLine, *, late: bool) -> Span:
    if late:
        return "▲", "late"
    signs = {DONE: ("✓", "good"), MISSED: ("!", "warn"), DROPPED: ("–", "muted")}
    return signs.get(step.state, ("○", "muted"))


def _far(shown: Shown, step: PlanLine) -> Line:
    """Of how many calls, rows or marks so many are through; else the same of its checklist, with
    the sign of its lines, so that the two are told apart."""
    far = shown.far.get(step.proof)
    if far is not None:
        return line((f"{far.done}/{far.of}", "strong" if step.open else "muted"))
    if not step.open:
        return ()
    done = sum(item.done_at is not None for item in step.items)
    return line((f"✓ {done}/{len(step.items)}", "muted")) if step.items else ()


def _bar(shown: Shown, step: PlanLine, room: int) -> Line:
    far = shown.far.get(step.proof) if step.open else None
    bar = min(room, BAR)
    return (*progress(far.done, far.of, bar), ("  ", "")) if far and bar >= LEAST_BAR else ()


def _why(shown: Shown, step: PlanLine, late: int) -> Line:
    if late:
        text = ngettext("{n} d late", "{n} d late", late).format(n=late)
        return line((text, "late"))
    if step.state == MISSED:
        return line((_("missed"), "muted"))
    if said := closed_by_hand(step, shown.far.get(step.proof)):
        return line((str(said), "warn"))
    if step.state == DONE and (behind := days_behind(step, shown.today, shown.zone)):
        text = ngettext("{n} d late", "{n} d late", behind).format(n=behind)
        return line((text, "muted"))
    if step.open and step.id in shown.met:
        return line((_(collisions.SHORT[shown.met[step.id].kind]), "warn"))
    asleep = step.snoozed_until
    if step.open and asleep and asleep > shown.book.now():
        day = short_day(shown.local(asleep).date(), shown.today)
        return line((_("◷ not before {day}").format(day=day), "dim"))
    why = None
    if step.open or step.state == DROPPED:
        why = short_reason(step, shown.zone, own_kinds.workdays(shown.book))
    if why is None and step.state == DROPPED:
        return line((_("given up"), "muted"))
    if why is None and step.state == PINNED:
        return line((_("pinned"), "dim"))
    return line((str(why or ""), "dim"))
