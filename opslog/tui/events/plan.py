"""One event: what it has brought, its plan by weeks, and the checklists to tick."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, time, timedelta

from textual import events as textual_events
from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.calls.corrections import POST, Correction
from opslog.domain.events.collisions import Collision
from opslog.domain.events.events import DONE, YES, YES_NO, EventCard, PlanItem, PlanLine
from opslog.domain.events.evidence import HowFar
from opslog.domain.events.weeks import monday_of
from opslog.locale import N_, _
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import Scope
from opslog.services.calls import corrections, owners
from opslog.services.cards import step_progress, ticking
from opslog.services.events import collisions, events, steps
from opslog.tui.events import dialogs, event_pane, plan_beside, plan_rows
from opslog.tui.events.actions import PLAN
from opslog.tui.events.checklist import open_said
from opslog.tui.events.step_questions import (
    answer_item,
    edit_step,
    give_up_step,
    move_step,
    new_step,
    note_step,
)
from opslog.tui.events.telling import plan_copy
from opslog.tui.events.telling.corrections import CorrectionsScreen
from opslog.tui.events.telling.pane import corrected
from opslog.tui.frame.actions import REVIEW
from opslog.tui.frame.navigation import open_screen, open_thing
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line

# What stands behind a step.
WORK = {
    *("card", "touch", "decision", "round", "roster_row", "roster_file", "person", "suppressed"),
    *("own_file", "step", "event", "event_move", "told", "stop"),
}
SHOWN = {"event", "step", "check_item", "target", *WORK}
REVIEW_STEP = "review"  # in the playbooks
TO_TELL = ("post", "people")  # rows of what a move left to be told
ROOMY = 30  # rows of the terminal from which weeks stand apart


class PlanScreen(Base[None]):
    """The rows are weeks with their steps, the event among them, and open checklists."""

    CSS_PATH = "plan.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "The plan worked out backwards from the event's date, by weeks; what is over of a week is "
        "folded, Space opens it. Steps whose work opslog sees tick themselves; d ticks any other "
        "off, or a line of its checklist. Enter opens the checklist and answers a line; 1 says "
        "yes, 2 no. r on a step sets its date by hand: it is pinned there and stays when the "
        "event moves. r on the event moves the event. - gives a step up and asks why, Backspace "
        "takes it up again; Delete takes it out, n adds one; undo brings everything back. v, or "
        "Enter on the step “review”, shows what it has brought."
    )
    BINDINGS = bind(
        "item.open",
        "item.done",
        "item.reschedule",
        "item.snooze",
        "item.new",
        "item.edit",
        "item.note",
        "item.copy",
        "item.delete",
        *PLAN,
        "event.owners",
        *REVIEW,
        show=(
            *("item.open", "item.done", "item.reschedule", "item.snooze", "item.new"),
            "plan.fold",
        ),
    )

    def __init__(self, event_id: int, step_id: int | None = None) -> None:
        super().__init__()
        self.event_id = event_id
        self._unfolded: set[int] = set()  # steps whose checklist stands open
        self._weeks: set[date] = set()  # Mondays of the weeks whose past stands open
        self._far: Mapping[str, HowFar] = {}
        self._wrong: list[Correction] = []  # what a move left to be told
        self._air = False
        self._met = collisions.Met({}, {})
        self._steps: dict[int, PlanLine] = {}
        self._card: EventCard | None = None
        self._first = step_id
        self._warned: int | None = None  # the step that was said to have something open

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._facts, id="facts")
        with Horizontal():
            yield WindowList([Column()], id="plan")
            yield Pane(self._open_beside)
        yield ToldLines(self._about, id="detail")

    def export_shown(self) -> Shown:
        return Shown("plan", Scope(self.event_id))

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()
        self._fill(select=("step", self._first) if self._first else self._next(), work=True)

    def anew(self) -> PlanScreen:
        fresh = PlanScreen(self.event_id)
        fresh._unfolded, fresh._weeks = self._unfolded, self._weeks
        return fresh

    def _next(self) -> tuple[str, int]:
        """The step to look at first: the earliest that is open."""
        for step in events.plan(self.book, self.event_id):
            if step.open:
                return ("step", step.id)
        return ("event", self.event_id)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        kind = {"step": "step", "check_item": "item"}.get(table)
        return (kind, id) if kind else None

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not SHOWN & touched.keys():
            return
        before = {step.id for step in self._steps.values() if step.open}
        self._fill(work=not touched or bool(WORK & touched.keys()))
        back = {step.id for step in self._steps.values() if step.open} - before
        if len(back) == 1 and touched:  # what was undone is what one looks at next
            self.query_one(WindowList).select(("step", back.pop()))

    def _fill(self, select: tuple[str, int] | None = None, *, work: bool = False) -> None:
        if not events.some(self.book, [self.event_id]):
            self.leave()  # its creation was undone
            self.stale = True  # below a question it is left once that is closed
            return
        self._card = events.get(self.book, self.event_id)
        plan = events.plan(self.book, self.event_id)
        self._steps = {step.id: step for step in plan}
        if work:
            self._far = step_progress.of_event(self.book, self.event_id)
        self._met = collisions.of_event(self.book, self.event_id)
        self._air = self.size.height >= ROOMY
        book, weeks, unfolded = self.book, self._weeks, self._unfolded
        if work:
            self._wrong = corrections.of(book, self.event_id)
        shown = plan_rows.Shown(
            *(book, self._card, plan, self._far, weeks, unfolded, self._air),
            self._wrong,
            self._met.steps,
        )
        if select is not None and select[0] == "step":
            self._open_week(select[1])
        self.query_one("#facts", ToldLines).rebuild()
        self.query_one(WindowList).set_rows(plan_rows.rows(shown), select=select)
        self._detail()

    def _open_week(self, step_id: int) -> None:
        """A step that is gone to stands open, also where it is done."""
        step = self._steps.get(step_id)
        if step is not None and not step.open:
            self._weeks.add(self._monday(step))

    def _monday(self, step: PlanLine) -> date:
        return monday_of(step.due_at.astimezone(self.book.clock.zone).date())

    def _facts(self, cells: int, rows: int) -> list[Line]:
        """Which event this is, and what it has brought, stay in sight wherever the list goes."""
        card = self._card
        if card is None:
            return []
        return event_pane.head(self.book, card, cells, rows)

    # -- what is under the cursor -------------------------------------------------------

    @property
    def _selected(self) -> tuple[str, int]:
        key = self.query_one(WindowList).selected
        return key if isinstance(key, tuple) else ("event", self.event_id)

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

    def _about(self, cells: int, rows: int) -> list[Line]:
        """Below the list, where no pane stands beside it."""
        at = self._at
        return [] if at is None else plan_beside.about(self.book, at, cells, rows)

    def _open_beside(self, cells: int, rows: int) -> list[Line]:
        """What is selected, open."""
        at = self._at
        key = self.host.key_text("item.done", "d")
        if self._selected[0] in TO_TELL:
            return corrected(self._wrong, self._selected, cells)
        return [] if at is None else plan_beside.opened(self.book, at, cells, rows, key)

    @property
    def _at(self) -> plan_beside.At | None:
        """What is under the cursor."""
        (kind, ref), step = self._selected, self._step
        if self._card is None:
            return None
        item = self._item(ref) if kind == "item" else None
        far = self._far.get(step.proof) if step else None
        met = self._met.steps.get(step.id) if step and step.open else None
        others = self._met.events
        return plan_beside.At(self._card, step, item, far, kind == "week", met, others)

    # -- keys ---------------------------------------------------------------------------

    @on(WindowList.Opened)
    async def action_open(self) -> None:
        kind, ref = self._selected
        if kind == "step" and self._steps[ref].key == REVIEW_STEP:
            await self.action_review()
        elif kind == "item":
            self._open_item(ref)
        elif kind == "event":
            self.action_edit()
        elif kind == "week":
            self.action_fold()
        elif kind == "stop":
            self.action_stops()
        elif kind in TO_TELL:
            self.app.push_screen(CorrectionsScreen(self.event_id))
        elif self._steps[ref].items:
            self._unfolded ^= {ref}
            self._fill()
        else:
            self.say(_("This step has no checklist; d ticks it off"))

    async def action_review(self) -> None:
        """What the event has brought."""
        await open_thing(self.app, "event_review", self.event_id)

    def action_fold(self) -> None:
        """Show what is over of the week under the cursor, or fold it together again; of the step
        that Enter opens the review from its checklist."""
        kind, ref = self._selected
        step = self._step
        if kind == "step" and self._steps[ref].key == REVIEW_STEP:
            self._unfolded ^= {ref}
            return self._fill()
        if kind == "week":
            monday = date.fromordinal(ref)
        elif kind == "event" and self._card is not None:
            monday = monday_of(self._card.row.starts_at.astimezone(self.book.clock.zone).date())
        elif step is not None:
            monday = self._monday(step)
        else:
            return
        folds = monday in self._weeks
        gone = folds and step is not None and not step.open
        self._weeks ^= {monday}
        self._fill(select=("week", monday.toordinal()) if gone else None)

    def action_done(self) -> None:
        kind, ref = self._selected
        if kind == "people":
            self.app.push_screen(CorrectionsScreen(self.event_id))
            return
        if kind == "post":
            post = self._post(ref)
            self.host.do(lambda: corrections.tell(self.book, [post], self.event_id))
            return
        if kind in ("event", "week", "stop"):
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
        if kind == "step" and (met := self._met.steps.get(ref)) is not None:
            self._shift(met, 0 if said == YES else 1)
        elif kind != "item" or self._item(ref).kind != YES_NO:
            self.say(_("1 and 2 answer a line of a checklist that asks for yes or no"))
        elif self.host.do(lambda: steps.answer_item(self.book, ref, said)):
            self._go_on(kind, ref)

    def _shift(self, met: Collision, number: int) -> None:
        """Out of what the step collides with, by one of the shifts offered."""
        if number < len(met.shifts):
            self.host.do(lambda: collisions.take(self.book, met.shifts[number]))
        else:
            self.say(_("No other day is offered here"))

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
        step = self._step
        if step is None:
            if self._on_event():
                self.action_move_event()
            return

        await move_step(self.host, step)

    def _on_event(self) -> bool:
        """Whether the cursor is on the event; elsewhere it says where to go."""
        if self._selected[0] not in ("week", "stop", *TO_TELL):
            return True
        self.say(_("This is no step: go to one, or to the event"))
        return False

    @work(group="dialog", exclusive=True)
    async def action_move_event(self) -> None:
        await dialogs.move_event(self.host, self.event_id)

    def _post(self, step_id: int) -> Correction:
        return next(one for one in self._wrong if one.key == (POST, step_id))

    def action_copy(self) -> None:
        """The step with its date and words, or the event with all of them; the correction of a
        post, or the reminder of whoever owes the step, which is noted."""
        event, plan = events.get(self.book, self.event_id), list(self._steps.values())
        text, owner = plan_copy.text(
            self.book, event, self._selected, self._step, plan, self._wrong
        )
        self.app.copy_to_clipboard(text)
        if owner is None:
            return self.say(_("Copied"))
        self.host.do(lambda: owners.remind(self.book, owner))

    def action_stops(self) -> None:
        """Where a road show goes."""
        open_screen(self.app, "stops", self.event_id)

    def action_owners(self) -> None:
        """What colleagues owe to this event."""
        open_screen(self.app, "owners", self.event_id)

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
        if made := await new_step(self.host, self.event_id):
            self._fill(select=("step", made))

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        """The step under the cursor, or the event."""
        step = self._step
        if step is None:
            if self._on_event():
                await dialogs.edit_event(self.host, self.event_id)
        else:
            await edit_step(self.host, step.id)

    @work(group="dialog", exclusive=True)
    async def action_note(self) -> None:
        step = self._step
        if step is None:
            self.say(_("m writes a note on a step: go down to one; e has the event's note"))
        else:
            await note_step(self.host, step.id)

    @work(group="dialog", exclusive=True)
    async def action_figures(self) -> None:
        await dialogs.type_figures(self.host, self.event_id)

    @work(group="dialog", exclusive=True)
    async def action_delete(self) -> None:
        step = self._step
        if step is None and self._on_event():
            await dialogs.cancel_event(self.host, self.event_id)
        elif step is not None:
            self.host.do(lambda: steps.remove_step(self.book, step.id))
