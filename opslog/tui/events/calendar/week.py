"""The week, as one looks at it on Monday: day by day what stands where, and what colleagues owe."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.dates.wording import short_day
from opslog.domain.events.calendar_days import Coming, Day
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import DONE, EventRow, PlanLine
from opslog.domain.events.stops import Stop
from opslog.domain.events.weeks import monday_of
from opslog.locale import N_, _, ngettext
from opslog.services.cards import step_progress
from opslog.services.events import events
from opslog.services.events.plans import routines as plans
from opslog.services.events.plans import schedule, steps
from opslog.tui.events import collided, event_pane
from opslog.tui.events.calendar import day, signs
from opslog.tui.events.calendar.screen import CalendarScreen, Thing
from opslog.tui.events.plans import routines, step_pane
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import WIDE
from opslog.tui.widgets.text import Line, cut, cut_line, line, line_width

DAY, EVENT, STEP, COMING = "day", "event", "step", "coming"
SHARE = 3  # of a row that the name of the event may take


class WeekScreen(CalendarScreen):
    """Rows are days, what takes place, the steps that are not done; at the end what others owe."""

    NEXT = "timeline"
    HELP = N_(
        "A week, day by day: what takes place, the steps with their times, what is late, and what "
        "colleagues owe this week and the next. Up and down go from row to row, left and right by "
        "days, PgUp and PgDn by weeks, Home to today. Enter opens, r moves, n enters an event on "
        "that day; d ticks a step off, z puts it off until tomorrow, y copies it, or the words "
        "that remind the colleague who owes it. Tab leads to the time line and the month."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "by(-1)", show=False),
        Binding("right", "by(1)", show=False),
        Binding("pageup", "by(-7)", show=False, priority=True),
        Binding("pagedown", "by(7)", show=False, priority=True),
        Binding("home", "today", show=False, priority=True),  # not the top of the list
    ]

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="head")
        with Horizontal():
            yield WindowList([Column()], id="week")
            yield Pane(self._beside)
        yield ToldLines(self._foot, id="foot")

    def anew(self) -> WeekScreen:
        return WeekScreen(self._day)

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return (table, id) if table in (EVENT, STEP) else None

    def span(self) -> tuple[date, int]:
        return monday_of(self.day), 7

    def draw(self) -> None:
        monday = monday_of(self.day)
        self._late = schedule.late(self.book) if monday == monday_of(self.book.today()) else []
        self._owed = schedule.owed(self.book, monday + timedelta(days=14))
        self._own = schedule.own(self.book, (*self._late, *self._owed))
        self._things: dict[Hashable, EventRow | PlanLine | Coming] = {}
        self._held_on: dict[Hashable, date] = {}
        rows: list[Row] = []
        early = [one for one in self._late if self._of_day(one) < monday]
        if early:
            rows.append(
                Row(("heading", "late"), heading=self._title(_("Late"), len(early), "late"))
            )
            rows += [self._row(one, self._of_day(one), on=True) for one in early]
        for one in self.schedule.days:
            if one.day.weekday() or rows:
                rows.append(Row(("air", one.day.toordinal()), heading=()))
            rows.append(Row((DAY, one.day.toordinal()), (partial(self._day_line, one),)))
            rows += [self._event_row(event, stop, one.day) for event, stop in day.taking_place(one)]
            rows += [self._row(step, one.day) for step in one.steps if step.state != DONE]
            rows += [self._coming_row(coming) for coming in one.coming]
        if self._owed:
            title = self._title(_("Colleagues owe"), len(self._owed), "warn")
            rows += [Row(("air", "owed"), heading=()), Row(("heading", "owed"), heading=title)]
            rows += [self._row(one, self._of_day(one), on=True, key="owed") for one in self._owed]
        self.query_one(WindowList).set_rows(rows, select=self._wanted())
        for lines in self.query(ToldLines):
            lines.rebuild()

    def _wanted(self) -> Hashable | None:
        """What the cursor is to stand on: what it stood on, where that is of this day still; None,
        the row that follows, where that is done."""
        key = self.query_one(WindowList).selected
        if isinstance(key, tuple) and key[0] in (STEP, "owed") and key not in self._things:
            return None
        thing = self._things.get(key)
        if thing is not None and self._held_on.get(key, self._of_day(thing)) == self.day:
            return key
        return (DAY, self.day.toordinal())

    def _of_day(self, thing: EventRow | PlanLine | Coming) -> date:
        if isinstance(thing, Coming):
            thing = thing.line
        at = thing.due_at if isinstance(thing, PlanLine) else thing.starts_at
        return at.astimezone(self.book.clock.zone).date()

    # -- rows -------------------------------------------------------------------------------

    def _title(self, text: str, number: int, look: str) -> Line:
        return line(" ", (text, "title"), " ", (str(number), look))

    def _day_line(self, one: Day, cells: int) -> Line:
        today = self.book.today()
        left = line((str(short_day(one.day, today)), "dim" if one.off else "title"))
        if one.day == today:
            left += line("  ", (_("today"), "accent"))
        if one.holiday:
            left += line("  ", (str(one.holiday), "good"))
        elif one.made_up:
            left += line("  ", (_("A make-up day: worked"), "warn"))
        counts = one.counts(today)
        crowded = one.day in self.schedule.collided
        right = signs.counted(counts, crowded=crowded) if counts.all > counts.done else ()
        if counts.done:
            text = ngettext("✓ {n} done", "✓ {n} done", counts.done).format(n=counts.done)
            left += line("   ", (text, "dim"))
        return spread(left, right + line(" "), cells)

    def _row(self, thing: PlanLine, of_day: date, *, on: bool = False, key: str = STEP) -> Row:
        known = (key, thing.id)
        self._things[known] = thing
        return Row(known, (partial(self._step_line, thing, of_day, on),))

    def _coming_row(self, one: Coming) -> Row:
        """A step of a turn that is still to be made: Enter opens its plan."""
        key = (COMING, one.plan.id, one.begins.toordinal(), one.line.key)
        self._things[key] = one
        return Row(key, (partial(self._coming_line, one),))

    def _coming_line(self, one: Coming, cells: int) -> Line:
        said = f"{cut(one.plan.name, max(cells // SHARE, 10))} · {_('to come')}"
        right = line((said, "dim"), " ")
        left = day.coming_line(self.book, one.line, cells - line_width(right) - 4)
        return spread(line("  ") + left, right, cells)

    def _event_row(self, event: EventRow, stop: Stop | None, of_day: date) -> Row:
        """An event on one of its days; its first row of the week is the one it is known by."""
        known: tuple[Hashable, ...] = (EVENT, event.id)
        if known in self._things:
            known = (EVENT, event.id, of_day.toordinal(), stop.id if stop else 0)
        self._things[known], self._held_on[known] = event, of_day
        return Row(known, (partial(self._event_line, event, stop),))

    def _event_line(self, event: EventRow, stop: Stop | None, cells: int) -> Line:
        span = stop or event
        start, end = (at.astimezone(self.book.clock.zone) for at in (span.starts_at, span.ends_at))
        when = f"{start:%H:%M}–{end:%H:%M}" if start.date() == end.date() else f"{start:%H:%M}"
        left = line("  ", ("● ", "late"), (when, "strong"), " ", (day.named(event, stop), "focal"))
        place = stop.venue if stop else event.place
        return spread(cut_line(left, cells), line((place, "muted"), " "), cells)

    def _step_line(self, step: PlanLine, of_day: date, on: bool, cells: int) -> Line:
        of = self._whose(step)
        room = max(cells // SHARE, 10)
        right = line((cut(of, room), "dim"), " ")
        left = cells - line_width(right) - 4
        near = day.near(of_day, self.book.today()) if on else ""
        found = day.step_line(self.book, of_day, step, left, near)
        return spread(line("  ") + found, right, cells)

    def _whose(self, step: PlanLine) -> str:
        """What it belongs to: what is late or owed may lie on other days than those shown."""
        if not step.event_id:
            plan = self.schedule.own.get(step.plan_id) or self._own[step.plan_id]
            return f"{signs.OWN} {plan.name}"
        row = self.schedule.events.get(step.event_id)
        return row.name if row else events.get(self.book, step.event_id).name

    # -- where the cursor is ----------------------------------------------------------------

    @on(WindowList.Selected)
    def _selected(self) -> None:
        key = self.query_one(WindowList).selected
        if isinstance(key, tuple) and key[0] == DAY:
            self._day = date.fromordinal(key[1])
        elif (thing := self._things.get(key)) is not None:
            at = self._held_on.get(key, self._of_day(thing))
            if monday_of(at) == self.schedule.days[0].day:
                self._day = at
        self.query_one(Pane).rebuild()

    def action_by(self, days: int) -> None:
        self._day = self.day + timedelta(days=days)
        self.query_one(WindowList).select((DAY, self._day.toordinal()))
        self.go(self._day)

    @on(WindowList.Opened)
    def _open(self) -> None:
        self.action_open()

    def things(self) -> Sequence[Thing]:
        thing = self._things.get(self.query_one(WindowList).selected)
        if isinstance(thing, Coming):
            return [thing.plan]
        return super().things() if thing is None else [thing]

    # -- what is told -----------------------------------------------------------------------

    def _head(self, cells: int, rows: int) -> list[Line]:
        today, days = self.book.today(), self.schedule.days
        counts = [one.counts(today) for one in days]
        left, done = sum(c.late + c.open for c in counts), sum(c.done for c in counts)
        held = {event.id for one in days for event in one.events}
        first, last = (short_day(one.day, today) for one in (days[0], days[-1]))
        said = [
            ngettext("{n} event", "{n} events", len(held)).format(n=len(held)),
            ngettext("{n} step to do", "{n} steps to do", left).format(n=left),
            *([_("{n} done").format(n=done)] if done else []),
        ]
        text = line("  ", (f"{first} – {last}", "focal"), "   ", (" · ".join(said), "muted"))
        late = line(("▲", "late"), f" {len(self._late)} ") if self._late else ()
        return [spread(text, late, cells)]

    def collision(self) -> Collision | None:
        """That of the day under the cursor: a digit takes no shift that is not in sight."""
        met = super().collision()
        return met if met is not None and met.day == self.day else None

    def _beside(self, cells: int, rows: int) -> list[Line]:
        """What is under the cursor, and below it what collides on its day."""
        met = self.collision()
        if met is None:
            return self._opened(cells, rows)
        offer = [(), *collided.lines(self.book, self.schedule.around, met, cells)]
        room = max(rows - len(offer), 3)
        shown = self._opened(cells, room)
        if len(shown) > room:
            shown = [*shown[: room - 1], line(("…", "dim"))]
        return shown + offer

    def _opened(self, cells: int, rows: int) -> list[Line]:
        """The step or event under the cursor, or the day."""
        thing = self._things.get(self.query_one(WindowList).selected)
        if isinstance(thing, Coming):
            said = line((f"{signs.OWN} {thing.line.name}", "focal"), "  ", (_("to come"), "muted"))
            row = plans.get(self.book, thing.plan.id)
            return [said, (), *routines.opened(self.book, row, cells, rows)][:rows]
        if isinstance(thing, PlanLine):
            step = steps.step(self.book, thing.id)
            far = step_progress.of_event(self.book, step.event_id).get(step.proof)
            shown = step_pane.head(self.book, step, far, cells)
            shown += step_pane.below(step, cells)
            if not step.event_id:
                row = plans.get(self.book, plans.of_step(self.book, step))
                return [*shown, (), *routines.opened(self.book, row, cells, rows)][:rows]
            card = events.get(self.book, step.event_id)
            return [*shown, *event_pane.facts(self.book, card, cells)]
        if thing is not None:
            return event_pane.of_card(self.book, events.get(self.book, thing.id), cells, rows)
        return day.opened(self.book, self.schedule, self.opened_day, cells, rows)

    def _foot(self, cells: int, rows: int) -> list[Line]:
        """What the signs mean; where no pane stands beside, what collides on the day."""
        met = self.collision()
        if met is None or cells >= WIDE:
            return [line("  ") + signs.legend(self.schedule.days, cells - 2)]
        said = collided.short(self.book, self.schedule.around, met, cells - 4)
        return [cut_line(line("  ") + sum(said, ()), cells - 2)]
