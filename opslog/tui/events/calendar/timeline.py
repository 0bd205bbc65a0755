"""The time line: a bar a plan, over six weeks; the steps of the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from textual import on
from textual.events import Resize
from textual.widget import Widget

from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import PlanLine
from opslog.domain.events.weeks import monday_of
from opslog.locale import N_, _, ngettext
from opslog.services.events.plans import outline as outlines
from opslog.services.events.plans import schedule
from opslog.services.events.plans.schedule import Schedule
from opslog.tui.events import collided
from opslog.tui.events.actions import TIMELINE
from opslog.tui.events.calendar import day, signs, timeline_rows
from opslog.tui.events.calendar.screen import CalendarScreen, Thing
from opslog.tui.events.calendar.timeline_bars import (
    NAMES,
    Shown,
    TimelineBars,
    first_day,
    in_sight,
)
from opslog.tui.events.calendar.timeline_rows import Key, Row
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.pane import WIDE
from opslog.tui.widgets.text import Line, cut_line, join, line, pad_line

SCALES = (1, 2, 4)  # cells a day
OTHERS = 10  # rows that the bars leave to all else at least: six to the steps below them
WEEKS = 6  # that are shown where nothing else is wished
MOST_WEEKS = 26


class TimelineScreen(CalendarScreen):
    """Left and right by days, up and down by events, plans of one's own after them."""

    NEXT = "month"
    HELP = N_(
        "A bar an event, below them ↻ plans of your own: ✓ done, ○ to do, ▲ late, ◇ what a "
        "colleague owes, ! what wants a look, ● the event, dim ↻ what turns of a plan of your own"
        " will bring; the line through all is today, below stands how many steps a day has. Left "
        "and right go by days, up and down by plans, + and - zoom, Home goes to today. Enter "
        "opens the step or the plan, r moves it, n enters an event on that day; d ticks the step "
        "off, z puts it off until tomorrow, y copies it, or the words that remind the colleague "
        "who owes it. Tab leads to the month and the week."
    )
    BINDINGS = bind(*TIMELINE, show=TIMELINE)

    def __init__(self, at: date | None = None) -> None:
        super().__init__(at)
        self._at: Key | None = None  # the row under the cursor
        self._scale: int | None = None  # as wished; None what six weeks have room for
        self._first: date | None = None
        self._keys: Sequence[Key] = ()  # of all rows, from the top
        self._rows: Mapping[Key, Row] = {}  # those that were read

    def body(self) -> Iterable[Widget]:
        yield TimelineBars()
        yield ToldLines(self._below, id="below")
        yield ToldLines(self._foot, id="foot")

    def anew(self) -> TimelineScreen:
        fresh = TimelineScreen(self._day)
        fresh._at, fresh._scale = self._at, self._scale
        return fresh

    def on_mount(self) -> None:
        self.query_one(TimelineBars).focus()

    # -- which days and plans -------------------------------------------------------------

    @property
    def _room(self) -> int:
        return max(self.size.width - NAMES, 14)

    @property
    def _wide(self) -> int:
        """Cells a day takes."""
        fits = [one for one in SCALES if one * 7 * WEEKS <= self._room]
        return self._scale or max(fits, default=1)

    @property
    def _weeks(self) -> int:
        return min(max(self._room // (7 * self._wide), 1), MOST_WEEKS)

    def span(self) -> tuple[date, int]:
        weeks = self._weeks
        last = self._first + timedelta(weeks=weeks) if self._first else None
        if self._first is None or last is None or not self._first <= self.day < last:
            self._first = first_day(self.day, weeks)
        return self._first, weeks * 7

    def first_look(self) -> Schedule:
        """The rows in sight alone: with hundreds of plans most of them are not."""
        first, number = self.span()
        outline = outlines.read(self.book, first, number)
        keys = timeline_rows.keys(outline)
        at = self._at if self._at in keys else timeline_rows.first_at(outline, self.book.now())
        seen = in_sight(keys, at, self.size.height - OTHERS)
        events, own = ([id for is_event, id in seen if is_event == one] for one in (True, False))
        return schedule.some(self.book, first, outline, events, own)

    def draw(self) -> None:
        if self._begins_too_early():
            self._first = monday_of(self.day)
            self.fill()
            return
        outline = schedule.outlined(self.book, self.schedule)
        self._keys = timeline_rows.keys(outline)
        if self._at not in self._keys:
            self._at = timeline_rows.first_at(outline, self.book.now())
        self._rows = timeline_rows.read(self.book, self.schedule)
        self._laid = self._weeks, self._wide
        shown = Shown(
            self.schedule,
            outline,
            self._keys,
            self._rows,
            self.day,
            self._at,
            self.book.today(),
            self._wide,
        )
        self.query_one(TimelineBars).show(shown)
        for lines in self.query(ToldLines):
            lines.rebuild()

    def _begins_too_early(self) -> bool:
        """Whether nothing lies before this week, while what is ahead may need the room."""
        monday = monday_of(self.day)
        if self._first is None or self._first >= monday or self.day != self.book.today():
            return False
        begins = schedule.outlined(self.book, self.schedule).begins
        return begins is None or begins >= monday

    @on(Resize)
    def _laid_out_anew(self) -> None:
        if self._laid != (self._weeks, self._wide):
            self.fill()

    @on(TimelineBars.Gone)
    def _go(self, gone: TimelineBars.Gone) -> None:
        if gone.rows and self._keys:
            keys = self._keys
            at = keys.index(self._at) if self._at in keys else 0
            self._at = keys[min(max(at + gone.rows, 0), len(keys) - 1)]
        self.go(self.day + timedelta(days=gone.days))

    def action_zoom(self, way: int) -> None:
        at = SCALES.index(self._wide) + way
        if 0 <= at < len(SCALES):
            self._scale, self._first = SCALES[at], None
            self.fill()

    # -- what is told ---------------------------------------------------------------------

    @property
    def _row(self) -> Row | None:
        return self._rows.get(self._at) if self._at else None

    def things(self) -> Sequence[Thing]:
        """The steps of the plan on the day, open ones first, and the plan where a turn of it is to
        come then; else the event, or the plan."""
        row, zone = self._row, self.book.clock.zone
        if row is None:
            return []
        steps = [one for one in row.steps if one.due_at.astimezone(zone).date() == self.day]
        held = [row.thing] if row.thing in self.opened_day.events or not steps else []
        coming = any(one.plan == row.thing for one in self.opened_day.coming) and not held
        of = [row.thing] if coming else []
        return [*held, *sorted(steps, key=lambda one: not one.open), *of]

    def collision(self) -> Collision | None:
        """That of the event under the cursor comes before those of others."""
        coming = [one for one in self.schedule.collisions if one.day >= self.day]
        event = self._row.event if self._row else None
        own = [one for one in coming if event and event.id in one.events]
        here = [one for one in coming if one.day == self.day]
        return next(iter([*here, *own, *coming]), None)

    def _below(self, cells: int, rows: int) -> list[Line]:
        """The steps of the event from the day on; beside them what collides."""
        met = self.collision()
        if met is None or self._row is None:
            return self._steps(cells, rows)
        rule = line(" ", ("─" * (cells - 2), "track"))
        if cells < WIDE:
            beside = collided.lines(self.book, self.schedule.around, met, cells - 4)[:rows]
            steps = self._steps(cells, rows)[: max(rows - len(beside), 2)]
            return [*steps, *(line("  ") + one for one in beside)][:rows]
        half = cells // 2
        offer = [(), *collided.lines(self.book, self.schedule.around, met, cells - half - 5)]
        steps = self._steps(half, rows)[1:]
        height = min(max(len(steps), len(offer)), rows - 1)
        steps += [()] * (height - len(steps))
        offer += [()] * (height - len(offer))
        pairs = zip(steps[:height], offer[:height], strict=True)
        return [rule, *(pad_line(a, half) + line(("│  ", "track")) + b for a, b in pairs)]

    def _steps(self, cells: int, rows: int) -> list[Line]:
        row = self._row
        if row is None:
            said = _("No plan has anything to do in these weeks.")
            return [line("  ", (said, "muted"))]
        zone, today = self.book.clock.zone, self.book.today()
        coming = [
            step
            for step in row.steps
            if step.due_at.astimezone(zone).date() >= self.day or (step.open and self.day == today)
        ]
        later = [one for one in row.coming if one.line.due_at.astimezone(zone).date() >= self.day]
        since = _("{day} and later:").format(day=day.near(self.day, today))
        number = ngettext("{n} step", "{n} steps", len(coming)).format(n=len(coming))
        counted = [(number, "strong")] if coming or not later else []
        if later:
            counted.append((_("{n} to come").format(n=len(later)), "dim"))
        head = line("  ", (row.thing.name, "focal"), "   ", (since, "muted"), " ") + join(counted)
        found = [line(" ", ("─" * (cells - 2), "track")), cut_line(head, cells)]
        if rows > 8:
            found.append(())
        ahead = [*((one, False) for one in coming), *((one.line, True) for one in later)]
        ahead.sort(key=lambda one: one[0].due_at)
        shown = ahead[: rows - len(found)]  # as many as there is room for: few of a long plan
        return [*found, *(self._step_line(*one, cells - 4) for one in shown)][:rows]

    def _step_line(self, step: PlanLine, to_come: bool, cells: int) -> Line:
        due, today = step.due_at.astimezone(self.book.clock.zone).date(), self.book.today()
        when = day.near(due, today)
        if to_come:
            return line("  ") + day.coming_line(self.book, step, cells, when)
        return line("  ") + day.step_line(self.book, due, step, cells, when)

    def _foot(self, cells: int, rows: int) -> list[Line]:
        return [line("  ") + signs.legend(self.schedule.days, cells - 2)]
