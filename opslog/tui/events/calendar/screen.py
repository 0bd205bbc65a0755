"""What the month, the week and the time line have in common: one day, and what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import ClassVar

from textual import work

from opslog.domain.events.calendar_days import Day, OwnPlan
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import DONE, EventRow, PlanLine
from opslog.locale import _
from opslog.services.book.contributions import Scope
from opslog.services.calls import owners
from opslog.services.cards import ticking
from opslog.services.events import collisions, events
from opslog.services.events.plans import routines as plans
from opslog.services.events.plans import schedule, steps
from opslog.services.events.plans.schedule import Schedule
from opslog.tui.events import dialogs
from opslog.tui.events.actions import CALENDAR
from opslog.tui.events.calendar import signs
from opslog.tui.events.calendar.notice import take_notice
from opslog.tui.events.plans import checklist, routines
from opslog.tui.events.plans.plan import PlanScreen
from opslog.tui.events.plans.step_questions import move_step
from opslog.tui.events.telling import plan_copy
from opslog.tui.frame.navigation import screen_class
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choice, Choose

# Tables these screens draw from.
SHOWN = {
    *("event", "routine", "plan", "step", "own_file", "card", "touch", "decision", "round"),
    "target",
}
OF_STEPS = ("item.done", "item.snooze", "item.copy")
KEYS = ("item.open", "item.new", "item.reschedule", *OF_STEPS, *CALENDAR)
Thing = EventRow | OwnPlan | PlanLine


class CalendarScreen(Base[None]):
    """One day is selected; ``first`` and ``number`` of the days shown are the subclass's."""

    CSS_PATH = "calendar.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS = bind(
        *KEYS, show=("item.open", "item.new", "item.reschedule", "item.done", "calendar.next")
    )
    NEXT: ClassVar[str]  # the view that follows, by its name among the screens
    schedule: Schedule

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self._day = day
        self._warned: int | None = None  # the step that was said to have something open

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self._day or self.book.today()

    def go(self, day: date) -> None:
        self._day = day
        days = self.schedule.days
        if (days[0].day, len(days)) == self.span():
            self.draw()
        else:
            self.fill()

    def span(self) -> tuple[date, int]:
        """Which days are shown: the first, and how many."""
        raise NotImplementedError  # each of the three views shows other ones

    def draw(self) -> None:
        """Draw what was read."""
        raise NotImplementedError  # in three ways

    def fill(self) -> None:
        """Read what is shown, and draw it."""
        self.schedule = schedule.between(self.book, *self.span())
        self.draw()

    def first_look(self) -> Schedule:
        """What is drawn first, before what collides is looked for."""
        return schedule.plain(self.book, *self.span())

    def on_mount(self) -> None:
        """The days at once; what collides on them is looked for when they are there."""
        self.schedule = self.first_look()
        self.draw()
        self.call_after_refresh(self._collided)

    def _collided(self) -> None:
        found = schedule.collided(self.book, self.schedule)
        if found != self.schedule:
            self.schedule = found
            self.draw()

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
        return Shown("calendar", Scope(), at_event=_event_of(at[0]) if at else None)

    @property
    def opened_day(self) -> Day:
        return self.schedule.of(self.day)

    def things(self) -> Sequence[Thing]:
        """What the cursor is on: what takes place, what is open, what is over, and the plans that
        have a turn to come."""
        day = self.opened_day
        over = [step for step in day.steps if not step.open]
        coming = dict.fromkeys(one.plan for one in day.coming)
        return [*day.events, *day.open, *over, *coming]

    # -- keys ---------------------------------------------------------------------------

    def action_today(self) -> None:
        self.go(self.book.today())

    @work(group="dialog", exclusive=True)
    async def action_notice(self) -> None:
        await take_notice(self.host)

    @work(group="dialog", exclusive=True)
    async def action_open(self) -> None:
        thing = await self._which(self.things(), _("Open which?"))
        if thing is not None:
            self.app.push_screen(self._plan(thing))

    def _plan(self, thing: Thing) -> Base[None]:
        """The plan of an event or of one's own, with the cursor on the step where it is one."""
        if isinstance(thing, PlanLine):
            if thing.event_id:
                return PlanScreen(thing.event_id, thing.id)
            return routines.RoutineScreen(plans.of_step(self.book, thing), thing.id)
        if isinstance(thing, OwnPlan):
            return routines.RoutineScreen(thing.id)
        return PlanScreen(thing.id)

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
        elif isinstance(thing, OwnPlan):
            await routines.edit(self.host, thing.id)
        elif thing is not None:
            await dialogs.move_event(self.host, thing.id)

    @work(group="dialog", exclusive=True)
    async def action_done(self) -> None:
        """Tick a step off, or take that back; what is open of it is said once before."""
        step = await self._step(_("Tick off which?"))
        if step is None:
            return
        said = checklist.still_open(self.book, [step.id], self.host.key_text("item.done", "d"))
        if said and self._warned != step.id:
            self._warned = step.id
            self.say(said, "warn")
            return
        verb = steps.untick_step if step.state == DONE else ticking.tick_step
        self.host.do(lambda: verb(self.book, step.id))

    @work(group="dialog", exclusive=True)
    async def action_snooze(self) -> None:
        step = await self._step(_("Put off which?"), open_only=True)
        if step is not None:
            tomorrow = self.book.clock.at(self.book.today() + timedelta(days=1), time())
            self.host.do(lambda: steps.snooze_step(self.book, step.id, tomorrow))

    @work(group="dialog", exclusive=True)
    async def action_copy(self) -> None:
        """The step, or the words that remind whoever owes it, which is noted; else the event."""
        thing = await self._which(self.things(), _("Copy which?"))
        if thing is None:
            return
        step = steps.step(self.book, thing.id) if isinstance(thing, PlanLine) else None
        event_id = _event_of(thing)
        if event_id is None:
            own = plans.of_step(self.book, step) if step else thing.id
            text, owner = plan_copy.of_own(self.book, plans.get(self.book, own), step)
        else:
            at = ("step" if step else "event", thing.id)
            card, plan = events.get(self.book, event_id), events.plan(self.book, event_id)
            text, owner = plan_copy.text(self.book, card, at, step, plan, ())
        self.app.copy_to_clipboard(text)
        if owner is None:
            self.say(_("Copied"))
        else:
            self.host.do(lambda: owners.remind(self.book, owner))

    async def _step(self, question: str, *, open_only: bool = False) -> PlanLine | None:
        """The step under the cursor, or the one chosen of several; where there is none it says
        so."""
        things = self.things()
        found = [one for one in things if isinstance(one, PlanLine) and (one.open or not open_only)]
        if things and not found:
            self.say(
                _("No step here is open still: go to one")
                if open_only
                else _("This is for a step: go to one")
            )
            return None
        chosen = await self._which(found, question)
        return chosen if isinstance(chosen, PlanLine) else None

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
        if isinstance(thing, OwnPlan):
            return signs.OWN, ""
        at = thing.due_at if isinstance(thing, PlanLine) else thing.starts_at
        local = at.astimezone(self.book.clock.zone)
        if isinstance(thing, PlanLine):
            return signs.of_step(thing, self.book.today(), local.date())[0], f"{local:%H:%M}"
        return "●", f"{local:%H:%M}"

    def _of(self, thing: Thing) -> str:
        """What a step belongs to."""
        return self.schedule.whose(thing).name if isinstance(thing, PlanLine) else ""

    def action_next_view(self) -> None:
        """From the month to the week, to the time line, and round again."""
        self.app.switch_screen(screen_class(self.NEXT)(self.day))


def _event_of(thing: Thing) -> int | None:
    """The event it is, or is of; None of a plan of one's own."""
    if isinstance(thing, OwnPlan):
        return None
    return thing.event_id or None if isinstance(thing, PlanLine) else thing.id
