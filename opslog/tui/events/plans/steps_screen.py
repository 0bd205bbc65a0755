"""The steps of one plan by weeks, and what is done with them: an event's plan and the operator's
own have it in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import ClassVar

from textual import events as textual_events
from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.events.events import DONE, YES_NO, PlanItem, PlanLine
from opslog.domain.events.plans.evidence import HowFar
from opslog.domain.events.weeks import monday_of
from opslog.locale import _
from opslog.services.book.book import Book, Change
from opslog.services.cards import ticking
from opslog.services.events.plans import steps
from opslog.tui.events.plans.checklist import open_said
from opslog.tui.events.plans.step_questions import (
    answer_item,
    edit_step,
    give_up_step,
    move_step,
    note_step,
)
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line

ROOMY = 30  # rows of the terminal from which weeks stand apart
# Keys of every plan.
KEYS = (
    *("item.open", "item.done", "item.reschedule", "item.snooze", "item.new", "item.edit"),
    *("item.note", "item.copy", "item.delete"),
)
SHOWN_KEYS = (
    *("item.open", "item.done", "item.reschedule", "item.snooze", "item.new"),
    "plan.fold",
)


class StepsScreen(Base[None]):
    """The rows are weeks with their steps, what the plan hangs on among them (``THING``, by the
    number ``ref``), and open checklists."""

    CSS_PATH = "plan.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    THING: ClassVar[str] = ""
    SHOWN: ClassVar[frozenset[str]] = frozenset()  # tables it draws from
    WORK: ClassVar[frozenset[str]] = frozenset()  # those behind the evidence of its steps
    ELSEWHERE: ClassVar[tuple[str, ...]] = ("week",)  # rows that are neither a step nor the thing

    def __init__(self, ref: int, step_id: int | None = None) -> None:
        super().__init__()
        self.ref = ref
        self._unfolded: set[int] = set()  # steps whose checklist stands open
        self._weeks: set[date] = set()  # Mondays of the weeks whose past stands open
        self._far: Mapping[str, HowFar] = {}
        self._air = False
        self._steps: dict[int, PlanLine] = {}
        self._first = step_id
        self._warned: int | None = None  # the step that was said to have something open

    # -- what each says of its own --------------------------------------------------------

    def read(self, *, work: bool) -> Sequence[PlanLine] | None:
        """Read what the plan hangs on; its steps, None where it is gone. ``work``: what lies behind
        the steps may have changed, too."""
        raise NotImplementedError  # an event says it its way, a routine its own

    def rows_of(self, plan: Sequence[PlanLine]) -> list[Row]:
        """Its rows."""
        raise NotImplementedError  # an event says it its way, a routine its own

    def head(self, cells: int, rows: int) -> list[Line]:
        """What it is, above the list."""
        raise NotImplementedError  # an event says it its way, a routine its own

    def below(self, cells: int, rows: int) -> list[Line]:
        """What is under the cursor, where no pane stands beside the list."""
        raise NotImplementedError  # an event says it its way, a routine its own

    def beside(self, cells: int, rows: int) -> list[Line]:
        """What is under the cursor, open."""
        raise NotImplementedError  # an event says it its way, a routine its own

    # -- drawing ----------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self.head, id="facts")
        with Horizontal():
            yield WindowList([Column()], id="plan")
            yield Pane(self.beside)
        yield ToldLines(self.below, id="detail")

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()
        self._fill(select=("step", self._first) if self._first else self._next(), work=True)

    def anew(self) -> StepsScreen:
        fresh = type(self)(self.ref)
        fresh._unfolded, fresh._weeks = self._unfolded, self._weeks
        return fresh

    def _next(self) -> tuple[str, int]:
        """The step to look at first: the earliest that is open."""
        plan = self.read(work=False) or ()
        first = next((step for step in plan if step.open), None)
        return ("step", first.id) if first else (self.THING, self.ref)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        kind = {"step": "step", "check_item": "item"}.get(table)
        return (kind, id) if kind else None

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not self.SHOWN & touched.keys():
            return
        before = {step.id for step in self._steps.values() if step.open}
        self._fill(work=not touched or bool(self.WORK & touched.keys()))
        back = {step.id for step in self._steps.values() if step.open} - before
        if len(back) == 1 and touched:  # what was undone is what one looks at next
            self.query_one(WindowList).select(("step", back.pop()))

    def _fill(self, select: tuple[str, int] | None = None, *, work: bool = False) -> None:
        plan = self.read(work=work)
        if plan is None:
            self.leave()  # its creation was undone
            self.stale = True  # below a question it is left once that is closed
            return
        self._steps = {step.id: step for step in plan}
        self._air = self.size.height >= ROOMY
        if select is not None and select[0] == "step":
            self._open_week(select[1])
        self.query_one("#facts", ToldLines).rebuild()
        self.query_one(WindowList).set_rows(self.rows_of(plan), select=select)
        self._detail()

    def _open_week(self, step_id: int) -> None:
        """A step that is gone to stands open, also where it is done."""
        step = self._steps.get(step_id)
        if step is not None and not step.open:
            self._weeks.add(self._monday(step))

    def _monday(self, step: PlanLine) -> date:
        return monday_of(step.due_at.astimezone(self.book.clock.zone).date())

    # -- what is under the cursor -------------------------------------------------------

    @property
    def _selected(self) -> tuple[str, int]:
        key = self.query_one(WindowList).selected
        return key if isinstance(key, tuple) else (self.THING, self.ref)

    @property
    def _step(self) -> PlanLine | None:
        """The step under the cursor, or the one whose checklist is."""
        kind, ref = self._selected
        if kind == "step":
            return self._steps.get(ref)
        return (
            next(
                (step for step in self._steps.values() if any(i.id == ref for i in step.items)),
                None,
            )
            if kind == "item"
            else None
        )

    @on(WindowList.Selected)
    def _detail(self) -> None:
        self._warned = None
        self.query_one("#detail", ToldLines).rebuild()
        self.query_one(Pane).rebuild()

    @on(textual_events.Resize)
    def _laid_out_anew(self) -> None:
        if (self.size.height >= ROOMY) != self._air:
            self._fill()

    # -- keys ---------------------------------------------------------------------------

    @on(WindowList.Opened)
    async def _opened(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        kind, ref = self._selected
        if kind == "item":
            self._open_item(ref)
        elif kind == self.THING:
            self.action_edit()
        elif kind == "week":
            self.action_fold()
        elif self._steps[ref].items:
            self._unfolded ^= {ref}
            self._fill()
        else:
            self.say(_("This step has no checklist; d ticks it off"))

    def action_fold(self) -> None:
        """Show what is over of the week under the cursor, or fold it together again."""
        kind, ref = self._selected
        step = self._step
        monday = date.fromordinal(ref) if kind == "week" else self._monday(step) if step else None
        if monday is None:
            monday = self._week_of_thing(kind)
        if monday is None:
            return
        folds = monday in self._weeks
        gone = folds and step is not None and not step.open
        self._weeks ^= {monday}
        self._fill(select=("week", monday.toordinal()) if gone else None)

    def _week_of_thing(self, _kind: str) -> date | None:
        """The Monday of the week in which a row stands that is no step."""
        return None

    def action_done(self) -> None:
        kind, ref = self._selected
        if kind in (self.THING, *self.ELSEWHERE):
            return self.say(_("d ticks a step off: go down to one"))
        verb: Callable[[Book, int], Change] = steps.tick_item
        if kind == "step":
            step, key = self._steps[ref], self.host.key_text("item.done", "d")
            said = open_said([(step, self._far.get(step.proof))], key)
            if said and self._warned != ref:
                self._warned = ref
                return self.say(said, "warn")
            verb = steps.untick_step if step.state == DONE else ticking.tick_step
        if self.host.do(lambda: verb(self.book, ref)):
            self._go_on(kind, ref)

    def _item(self, item_id: int) -> PlanItem:
        return next(i for step in self._steps.values() for i in step.items if i.id == item_id)

    @work(group="dialog", exclusive=True)
    async def _open_item(self, item_id: int) -> None:
        """What it asks for is typed; a mere tick is set or taken off."""
        item = self._item(item_id)
        if not item.kind:
            self.action_done()
        elif await answer_item(self.host, item):
            self._go_on("item", item_id)

    def action_answer(self, said: str) -> None:
        kind, ref = self._selected
        if kind != "item" or self._item(ref).kind != YES_NO:
            self.say(_("1 and 2 answer a line of a checklist that asks for yes or no"))
        elif self.host.do(lambda: steps.answer_item(self.book, ref, said)):
            self._go_on(kind, ref)

    def _go_on(self, kind: str, ref: int) -> None:
        """From a step to the next step, from a line of a checklist to the one below."""
        plan = self.query_one(WindowList)
        if kind == "step":
            after = list(self._steps)[list(self._steps).index(ref) + 1 :]
            following = next((id for id in after if self._steps[id].open), None)
            if following is not None:
                plan.select(("step", following))
        elif kind == "item":
            plan.action_move(1)

    @work(group="dialog", exclusive=True)
    async def action_reschedule(self) -> None:
        if (step := self._step) is not None:
            await move_step(self.host, step)
        elif self._on_thing():
            await self.move_thing()

    def _on_thing(self) -> bool:
        """Whether the cursor is on what the plan hangs on; elsewhere it says where to go."""
        if self._selected[0] == self.THING:
            return True
        self.say(_("This is no step: go to one, or to the event"))
        return False

    async def move_thing(self) -> None:
        """To another date. Only in a worker, as the next two."""
        raise NotImplementedError  # an event says it its way, a routine its own

    async def edit_thing(self) -> None:
        raise NotImplementedError  # an event says it its way, a routine its own

    async def end_thing(self) -> None:
        raise NotImplementedError  # an event says it its way, a routine its own

    async def new_step(self) -> int | None:
        """Asked for; its id."""
        raise NotImplementedError  # an event says it its way, a routine its own

    def action_snooze(self) -> None:
        step = self._step
        if step is None or not step.open:
            self.say(_("z puts off a step that is still open: go to one"))
        else:
            tomorrow = self.book.clock.at(self.book.today() + timedelta(days=1), time())
            self.host.do(lambda: steps.snooze_step(self.book, step.id, tomorrow))

    def action_unpin(self) -> None:
        step = self._step
        if step is None:
            key = self.host.key_text("plan.unpin", "backspace")
            self.say(_("{key} lets a pinned step go: go down to one").format(key=key))
        else:
            self.host.do(lambda: steps.unpin_step(self.book, step.id))

    @work(group="dialog", exclusive=True)
    async def action_give_up(self) -> None:
        if (step := self._step) is None:
            self.say(_("This gives up a step, with the reason: go down to one"))
        else:
            await give_up_step(self.host, step)

    @work(group="dialog", exclusive=True)
    async def action_new(self) -> None:
        if made := await self.new_step():
            self._fill(select=("step", made))

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        """The step under the cursor, or what the plan hangs on."""
        if (step := self._step) is not None:
            await edit_step(self.host, step.id)
        elif self._on_thing():
            await self.edit_thing()

    @work(group="dialog", exclusive=True)
    async def action_delete(self) -> None:
        step = self._step
        if step is not None:
            self.host.do(lambda: steps.remove_step(self.book, step.id))
        elif self._on_thing():
            await self.end_thing()

    @work(group="dialog", exclusive=True)
    async def action_note(self) -> None:
        step = self._step
        if step is None:
            self.say(_("m writes a note on a step: go down to one; e has the event's note"))
        else:
            await note_step(self.host, step.id)
