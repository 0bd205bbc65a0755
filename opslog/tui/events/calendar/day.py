"""A day of the calendar, open beside it: what takes place, what is to be done, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from opslog.domain.dates.wording import short_day
from opslog.domain.events.calendar_days import Day, before
from opslog.domain.events.events import EventRow, PlanLine
from opslog.domain.events.stops import Stop
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans.schedule import Schedule
from opslog.tui.events.calendar import signs
from opslog.tui.events.figures import figures
from opslog.tui.widgets.drawing import progress, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, cut, cut_line, join, line, line_width

BAR = 10
MISSING = 6  # steps shown that are missing before an event


def opened(book: Book, schedule: Schedule, day: Day, cells: int, rows: int) -> list[Line]:
    """The day in as many rows as there are."""
    shown = [heading(book, day, cells)]
    if day.holiday or day.made_up:
        shown.append(_kind_of_day(day))
    for event, stop in taking_place(day):
        shown += [(), *_event(book, event, stop, cells)]
    shown += _steps(book, schedule, day, cells)
    shown += _coming(book, day, cells)
    if not (day.events or day.steps or day.coming):
        shown += [(), *told(_("Nothing stands here."), cells, "muted")]
    for event in day.events:
        shown += _missing(book, event, cells)
    return shown


def heading(book: Book, day: Day, cells: int) -> Line:
    """“Thu 10-15”, how far away at the right."""
    left = line((str(short_day(day.day, book.today())), "focal"))
    return spread(left, line((away(day.day, book.today()), "muted")), cells)


def away(day: date, today: date) -> str:
    """How far away a day is."""
    days = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days)
    if near:
        return near
    if days > 0:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)


def _kind_of_day(day: Day) -> Line:
    if day.made_up:
        return line((_("A make-up day: worked"), "warn"))
    return line((str(day.holiday), "good"), (_(", no promotion, no calls"), "muted"))


def taking_place(day: Day) -> list[tuple[EventRow, Stop | None]]:
    """The events of the day, a road show once for each of its stops there."""
    return [(event, stop) for event in day.events for stop in day.stops_of(event.id)]


def named(event: EventRow, stop: Stop | None) -> str:
    """“杭州 · 冬季路演”: the city first, for it differs from day to day."""
    return f"{stop.place} · {event.name}" if stop else event.name


def _event(book: Book, event: EventRow, stop: Stop | None, cells: int) -> list[Line]:
    span = stop or event
    start, end = (at.astimezone(book.clock.zone) for at in (span.starts_at, span.ends_at))
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%m-%d %H:%M}"
    found = [line(("● ", "late"), (named(event, stop), "focal"))]
    place = stop.venue if stop else event.place
    when = join([(f"{start:%H:%M}–{until}", ""), (place, "muted")])
    found.append(line("  ") + cut_line(when, cells - 2))
    for one in figures(book, events.get(book, event.id))[:2]:
        said = line("  ", (one.label, "muted"), " ", *one.said, "  ")
        room = min(cells - line_width(said), BAR)
        bar = progress(one.value or 0, one.target, room, one.look) if one.target else ()
        found.append(said + (bar if room > 2 else ()))
    return found


def _steps(book: Book, schedule: Schedule, day: Day, cells: int) -> list[Line]:
    """The steps of the day, those of what takes place on it first, then by event, then of plans of
    the operator's own."""
    held = [event.id for event in day.events]
    of = sorted({step.event_id for step in day.steps} - {0, *held}, key=schedule.ranked)
    found: list[Line] = []
    for event_id in [*held, *of]:
        own = [step for step in day.steps if step.event_id == event_id]
        name = schedule.events[event_id].name if event_id not in held else ""
        found += _group(book, day.day, own, name, cells)
    for turn in dict.fromkeys(step.plan_id for step in day.steps if not step.event_id):
        own = [step for step in day.steps if step.plan_id == turn]
        found += _group(book, day.day, own, f"{signs.OWN} {schedule.own[turn].name}", cells)
    return found


def _coming(book: Book, day: Day, cells: int) -> list[Line]:
    """What turns that are still to be made have on the day, each under the name of its plan."""
    found: list[Line] = []
    for plan in dict.fromkeys(one.plan for one in day.coming):
        mark = line((_("to come"), "dim"))
        name = cut_line(line((f"{signs.OWN} {plan.name}", "dim")), cells - line_width(mark) - 2)
        found += [(), spread(name, mark, cells)]
        found += [coming_line(book, one.line, cells) for one in day.coming if one.plan == plan]
    return found


def coming_line(book: Book, step: PlanLine, cells: int, on: str = "") -> Line:
    """“↻ 15:30 Write the report”, of a turn that is still to be made; ``on`` says its day."""
    at = f"{on} {step.due_at.astimezone(book.clock.zone):%H:%M}".strip()
    return cut_line(line((f"{signs.OWN} {at} {step.name}", "dim")), cells)


def _group(book: Book, day: date, steps: Sequence[PlanLine], name: str, cells: int) -> list[Line]:
    """The steps of one plan, its name above them where that does not stand there already."""
    if not steps:
        return []
    heading = [line((cut(name, cells), "muted"))] if name else []
    return [(), *heading, *(step_line(book, day, step, cells) for step in steps)]


def step_line(book: Book, day: date, step: PlanLine, cells: int, on: str = "") -> Line:
    """“○ 09:30 Reminder”, at the right who owes it or by which channel; ``on`` says its day."""
    at = f"{on} {step.due_at.astimezone(book.clock.zone):%H:%M}".strip()
    sign, look = signs.of_step(step, book.today(), day)
    bold, ink = ("strong", "") if step.open else ("muted", "muted")
    left = line((f"{sign} ", look), (at, bold), " ", (step.name, ink))
    by = line((str(step.owed_by or step.channel_beside or ""), "warn" if step.owner else "dim"))
    return spread(cut_line(left, cells - (line_width(by) + 2 if step.owner else 0)), by, cells)


def _missing(book: Book, event: EventRow, cells: int) -> list[Line]:
    """What is still missing before an event."""
    midnight = book.clock.at(event.starts_at.astimezone(book.clock.zone).date())
    left = before(events.plan(book, event.id), midnight)
    today = book.today()
    late = sum(_day(book, one.due_at) < today for one in left)
    found: list[Line] = []
    for step in left[:MISSING]:
        due = _day(book, step.due_at)
        sign, look = signs.of_step(step, today, due)
        when = line((near(due, today), "late" if due < today else "muted"))
        name = cut_line(line((f"{sign} ", look), step.name), cells - line_width(when) - 2)
        found.append(spread(name, when, cells))
    if more := len(left) - MISSING:
        text = ngettext("and {n} step more", "and {n} steps more", more).format(n=more)
        found += [line((text, "dim"))] if more > 0 else []
    head = titled(_("Still missing before it"), found)
    if head and late:
        head[1] = spread(head[1], line(("▲", "late"), f" {late}"), cells)
    return head


def near(day: date, today: date) -> str:
    """“tomorrow”, or “Fri 12-04”."""
    return away(day, today) if abs((day - today).days) < 2 else str(short_day(day, today))


def _day(book: Book, at: datetime) -> date:
    return at.astimezone(book.clock.zone).date()
