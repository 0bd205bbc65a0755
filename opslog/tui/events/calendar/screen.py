"""What the month, the week and the time line have in common: one day, and what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import work

from opslog.domain.events.calendar_days import Day
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import EventRow, PlanLine
from opslog.locale import _
from opslog.services.book.contributions import Scope
from opslog.services.events import collisions, steps
from opslog.services.events.schedule import Schedule
from opslog.tui.events import dialogs
from opslog.tui.events.actions import CALENDAR
from opslog.tui.events.calendar import signs
from opslog.tui.events.calendar.notice import take_notice
from opslog.tui.events.plan import PlanScreen
from opslog.tui.events.step_questions import move_step
from opslog.tui.frame.navigation import screen_class
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choice, Choose

# Tables these screens draw from.
SHOWN = {"event", "step", "own_file", "card", "touch", "decision", "round", "target"}
KEYS = ("item.open", "item.new", "item.reschedule", *CALENDAR)
Thing = EventRow | PlanLine


class CalendarScreen(Base[None]):
    """One day is selected; ``first`` and ``number`` of the days shown are the subclass's."""

    CSS_PATH = "calendar.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS = bind(*KEYS, show=("item.open", "item.new", "item.reschedule", "calendar.next"))
    NEXT: ClassVar[str]  # the view that follows, by its name among the screens
    schedule: Schedule

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self._day = day

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self._day or self.book.today()

    def go(self, day: date) -> None:
        self._day = day
        self.fill()

    def fill(self) -> None:
        """Read what is shown, and draw it."""
        raise NotImplementedError  # each of the three views reads and draws its own

    def on_mount(self) -> None:
        self.fill()

    def place(self) -> object:
        return self._day

    def go_to(self, place: object) -> None:
        if isinstance(place, date):
            self.go(place)

    def refresh_rows(self, touched: Touched) -> None:
        if not touched or SHOWN & touched.keys():
            self.fill()

    def export_shown(self) -> Shown:
        at = self.things()
        event = at[0].event_id if at and isinstance(at[0], PlanLine) else at[0].id if at else None
        return Shown("calendar", Scope(), at_event=event)

    @property
    def opened_day(self) -> Day:
        return self.schedule.of(self.day)

    def things(self) -> Sequence[Thing]:
        """What the cursor is on: what takes place, then what is open, then what is over."""
        day = self.opened_day
        over = [step for step in day.steps if not step.open]
        return [*day.events, *day.open, *over]

    # -- keys ---------------------------------------------------------------------------

    def action_today(self) -> None:
        self.go(self.book.today())

    @work(group="dialog", exclusive=True)
    async def action_notice(self) -> None:
        await take_notice(self.host)

    @work(group="dialog", exclusive=True)
    async def action_open(self) -> None:
        thing = await self._which(self.things(), _("Open which?"))
        if isinstance(thing, PlanLine):
            self.app.push_screen(PlanScreen(thing.event_id, thing.id))
        elif thing is not None:
            self.app.push_screen(PlanScreen(thing.id))

    @work(group="dialog", exclusive=True)
    async def action_new(self) -> None:
        """An event on the day under the cursor."""
        await dialogs.new_event(self.host, self.day)

    @work(group="dialog", exclusive=True)
    async def action_reschedule(self) -> None:
        movable = [one for one in self.things() if not isinstance(one, PlanLine) or one.open]
        thing = await self._which(movable, _("Move which?"))
        if isinstance(thing, PlanLine):
            await move_step(self.host, steps.step(self.book, thing.id))
        elif thing is not None:
            await dialogs.move_event(self.host, thing.id)

    def collision(self) -> Collision | None:
        """What is told of what collides: that on the day, else the next."""
        coming = [one for one in self.schedule.collisions if one.day >= self.day]
        return next(iter(coming), None)

    def action_shift(self, number: int) -> None:
        """Take one of the shifts offered."""
        one = self.collision()
        if one is None or len(one.shifts) < number:
            self.say(_("No other day is offered here"))
            return
        self.host.do(lambda: collisions.take(self.book, one.shifts[number - 1]))

    async def _which(self, things: Sequence[Thing], question: str) -> Thing | None:
        """The one thing there is, or the one chosen."""
        if not things:
            key = self.host.key_text("item.new", "n")
            self.say(_("Nothing stands here; {key} enters an event on this day").format(key=key))
            return None
        if len(things) == 1:
            return things[0]
        choices = [
            Choice(str(number), f"{sign} {clock} {one.name}", self._of(one))
            for number, one in enumerate(things)
            for sign, clock in [self._said(one)]
        ]
        chosen = await self.host.ask(Choose(question, choices))
        return None if chosen is None else things[int(chosen)]

    def _said(self, thing: Thing) -> tuple[str, str]:
        at = thing.due_at if isinstance(thing, PlanLine) else thing.starts_at
        local = at.astimezone(self.book.clock.zone)
        if isinstance(thing, PlanLine):
            return signs.of_step(thing, self.book.today(), local.date())[0], f"{local:%H:%M}"
        return "●", f"{local:%H:%M}"

    def _of(self, thing: Thing) -> str:
        """Of which event a step is."""
        row = self.schedule.events.get(thing.event_id) if isinstance(thing, PlanLine) else None
        return row.name if row else ""

    def action_next_view(self) -> None:
        """From the month to the week, to the time line, and round again."""
        self.app.switch_screen(screen_class(self.NEXT)(self.day))
