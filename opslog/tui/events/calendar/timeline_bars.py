"""A bar a plan over some weeks, with the line of today through all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from textual.binding import Binding
from textual.message import Message

from opslog.domain.dates.wording import short_day
from opslog.domain.events.calendar_days import OwnPlan, last_moment
from opslog.domain.events.events import PlanLine
from opslog.domain.events.plans.routines import said_every
from opslog.domain.events.weeks import monday_of
from opslog.locale import _, ngettext
from opslog.services.events.plans.outline import Outline
from opslog.services.events.plans.schedule import Schedule
from opslog.tui.events.calendar import signs
from opslog.tui.events.calendar.timeline_rows import Key, Row
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import (
    Line,
    Span,
    cut_line,
    join,
    line,
    pad_line,
    plain_signs,
)

NAMES = 34  # cells for the names at the left
HEAD, LOAD = 2, 2  # rows above the plans, and below them
ROOMY = 3  # rows a plan takes where there is air between them
_LEVELS = "▁▂▃▄▅▆▇█"


class Shown(NamedTuple):
    """``wide``: cells a day takes."""

    schedule: Schedule
    outline: Outline
    keys: Sequence[Key]  # of all rows, from the top
    rows: Mapping[Key, Row]  # at least of those in sight
    day: date
    at: Key | None  # the row under the cursor
    today: date
    wide: int

    @property
    def collided(self) -> Mapping[date, set[int]]:
        """By day the events whose steps collide there."""
        return self.schedule.collided


class TimelineBars(LinesView, can_focus=True):
    """Left and right go by days, up and down by plans; the screen holds both."""

    DEFAULT_CSS = "TimelineBars { overflow-y: hidden; }"
    BY_ITS_ROOM = True
    BINDINGS = [
        Binding("left", "by(-1)", show=False),
        Binding("right", "by(1)", show=False),
        Binding("up,k", "row(-1)", show=False),
        Binding("down,j", "row(1)", show=False),
        Binding("pageup", "by(-7)", show=False),
        Binding("pagedown", "by(7)", show=False),
    ]

    class Gone(Message):
        """So many days on, or so many rows down."""

        def __init__(self, days: int = 0, rows: int = 0) -> None:
            super().__init__()
            self.days, self.rows = days, rows

    def __init__(self) -> None:
        super().__init__(id="bars")
        self._shown: Shown | None = None
        self._top: int | None = None  # the first row in sight

    def show(self, shown: Shown) -> None:
        self._shown = shown
        self.rebuild()

    def action_by(self, days: int) -> None:
        self.post_message(self.Gone(days))

    def action_row(self, rows: int) -> None:
        self.post_message(self.Gone(rows=rows))

    def build(self, cells: int) -> list[Line]:
        shown = self._shown
        if shown is None:
            return []
        room = max(self.size.height - HEAD - LOAD, 2)
        each = ROOMY if ROOMY * len(shown.keys) <= room else 2
        most = max(room // each, 1)
        at = shown.keys.index(shown.at) if shown.at in shown.keys else 0
        top = _first_top(at) if self._top is None else self._top
        self._top = top = min(max(top, at - most + 1), at, max(len(shown.keys) - most, 0))
        found = _head(shown, len(shown.keys) - most)
        days = _days(shown)
        empty = line(" " * NAMES) + days
        seen = shown.keys[top : top + most]
        for row in (shown.rows[key] for key in seen if key in shown.rows):
            found += _plan(shown, row, days, cells)
            if each == ROOMY:
                found.append(empty)
        if shown.keys:
            found += [empty] * (HEAD + room - len(found))
        return [*found, *_load(shown)]


def _head(shown: Shown, out_of_sight: int) -> list[Line]:
    """The Mondays, and below them the days of the week."""
    dates: Line = ()
    letters: Line = ()
    names = _("MTWTFSS")
    here = monday_of(shown.today)
    for day in shown.schedule.days:
        if day.day.weekday() == 0:
            look = "strong" if day.day == here else "muted"
            dates += pad_line(line((f"{day.day:%m-%d}", look)), 7 * shown.wide)
        letter = names[day.day.weekday()] if shown.wide > 1 else " "
        look = "dim" if day.off else "muted"
        if day.day == shown.today:
            look, letter = "button", letter.strip() or "│"
        cell = pad_line(line((letter, look)), shown.wide)
        letters += signs.laid(cell, "cursor") if day.day == shown.day else _on(day.off, cell)
    late, number = shown.outline.late, len(shown.outline.events)
    said = ngettext("{n} event", "{n} events", number).format(n=number)
    left = line("  ", (said, "focal"))
    if late:
        left += line("   ", ("▲", "late"), f" {late}")
    if shown.collided:
        left += line("   ", (f"! {len(shown.collided)}", "warn"))
    more = line("  ", (_("↑↓ leads to the others"), "dim")) if out_of_sight > 0 else ()
    return [pad_line(left, NAMES) + dates, pad_line(more, NAMES) + letters]


def _on(off: bool, spans: Line) -> Line:
    return signs.laid(spans, "rest") if off else spans


def _plan(shown: Shown, row: Row, days: Line, cells: int) -> list[Line]:
    """Two rows: the name with its bar, the date with what comes next."""
    selected = row.key == shown.at
    coming = row.next_step
    room = NAMES - 4
    own = line((f"{signs.OWN} ", "accent")) if row.event is None else ()
    name = cut_line(own + line((row.thing.name, "focal" if selected else "strong")), room)
    owes = f"{coming.owed_by}: " if coming and coming.owed_by else ""
    when = join([(_when(shown, row), "muted")])
    about = cut_line(when + line("  ", (f"{owes}{coming.name}" if coming else "", "dim")), room)
    bar = line(("▌ " if selected else "  ", "accent"))
    rows = [
        pad_line(bar + name, NAMES) + _bar(shown, row),
        pad_line(bar + about, NAMES) + days,
    ]
    return [signs.laid(pad_line(one, cells), "cursor") for one in rows] if selected else rows


def _when(shown: Shown, row: Row) -> str:
    """The day of an event, how often a plan of one's own comes."""
    if isinstance(row.thing, OwnPlan):
        return str(said_every(row.thing.every))
    day = row.thing.starts_at.astimezone(shown.schedule.zone).date()
    return str(short_day(day, shown.today))


def _bar(shown: Shown, row: Row) -> Line:
    """The plan from its first to its last step, a sign for each day that has one; dim, and with no
    line to it, where a turn that is not made yet will have one."""
    zone, ends = shown.schedule.zone, date.min
    event_id = 0 if row.event is None else row.event.id
    if row.event is not None:
        ends = last_moment(row.event).astimezone(zone).date()
    due: dict[date, list[PlanLine]] = {}
    for step in row.steps:
        due.setdefault(step.due_at.astimezone(zone).date(), []).append(step)
    to_come = {one.line.due_at.astimezone(zone).date() for one in row.coming}
    selected = row.key == shown.at
    spans: Line = ()
    for day in shown.schedule.days:
        sign: Span | None = None
        if any(one.id == event_id for one in day.events):  # a road show only where it stops
            sign = ("●", "late")
        elif day.day in due:
            sign = _sign(shown, row, day.day, due[day.day])
        elif day.day in to_come:
            sign = (signs.OWN, "dim")
        if row.first <= day.day <= max(row.last, ends):
            thick = day.day < ends
            look = "block" if day.day < shown.today and thick else "dim" if selected else "track"
            filler: Span = ("━" if thick else "─", look)
        else:
            filler = (" ", "")
        if sign is None:
            sign = ("│", "accent") if day.day == shown.today else filler
        goes_on = filler if day.day < max(row.last, ends) else (" ", "")
        cell: Line = (sign, (goes_on[0] * (shown.wide - 1), goes_on[1]))
        if selected and day.day == shown.day:
            cell = signs.laid(cell, "chip")
        spans += cell if selected else _on(day.off, cell)
    return _together(spans)


def _sign(shown: Shown, row: Row, day: date, steps: Sequence[PlanLine]) -> Span:
    """The sign of a day's steps: what most wants a look of them."""
    if (
        row.event
        and row.event.id in shown.collided.get(day, ())
        and any(step.open for step in steps)
    ):
        return signs.CROWDED, "warn"
    found = [signs.of_step(step, shown.today, day) for step in steps]
    ranked = (signs.LATE, signs.OWED, signs.OPEN, signs.CROWDED, signs.DONE_SIGN)
    return min(found, key=lambda one: ranked.index(one[0]))


def _days(shown: Shown) -> Line:
    """Between two bars: the weekends, and the line of today."""
    spans: Line = ()
    for day in shown.schedule.days:
        sign: Span = ("│", "accent") if day.day == shown.today else (" ", "")
        spans += _on(day.off, (sign, (" " * (shown.wide - 1), "")))
    return _together(spans)


def _together(spans: Line) -> Line:
    """What follows each other in one look as one: a third of the spans, which is drawn faster."""
    return tuple(
        ("".join(text for text, _look in of_look), look)
        for look, of_look in groupby(spans, key=itemgetter(1))
    )


def _load(shown: Shown) -> list[Line]:
    """How many steps a day, over all plans: today's and the heaviest day's as numbers, too."""
    loads = shown.outline.loads
    most = max(loads, default=0)
    if not most:
        return []
    blocks = pad_line(line(("  " + _("Steps a day"), "muted")), NAMES)
    numbers = [" "] * (len(loads) * shown.wide)
    for at, (day, load) in enumerate(zip(shown.schedule.days, loads, strict=True)):
        look = "warn" if day.day in shown.collided else "block"
        look = "accent" if day.day == shown.today else look
        block = _LEVELS[(load * len(_LEVELS) - 1) // most] if load else " "
        if plain_signs():
            block = str(min(load, 9)) if load else " "
        blocks += _on(day.off, pad_line(line((block, look)), shown.wide))
        if load and (day.day == shown.today or at == loads.index(most)):
            numbers[at * shown.wide : at * shown.wide + len(str(load))] = str(load)
    told = "".join(numbers[: len(loads) * shown.wide])
    return [blocks, line(" " * NAMES, (told, "muted"))]


def first_day(day: date, weeks: int) -> date:
    """The Monday to begin with, so that what lies ahead of ``day`` has the more room."""
    return monday_of(day) - timedelta(weeks=weeks // 3)


def in_sight(keys: Sequence[Key], at: Key | None, height: int) -> Sequence[Key]:
    """The rows that bars of this height may show when they are first drawn."""
    most = max((height - HEAD - LOAD) // 2, 1)
    here = keys.index(at) if at in keys else 0
    top = max(min(_first_top(here), len(keys) - most), 0)
    return keys[top : top + most]


def _first_top(at: int) -> int:
    """The row to begin with where the cursor is on this one: what was before it, and with the rest
    of the room what comes after."""
    return max(at - 1, 0)
