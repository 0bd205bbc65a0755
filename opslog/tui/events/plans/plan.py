"""One event: what it has brought, its plan by weeks, and the checklists to tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import work

from opslog.domain.calls.corrections import POST, Correction
from opslog.domain.events.events import YES, EventCard, PlanLine
from opslog.domain.events.weeks import monday_of
from opslog.locale import N_, _
from opslog.services.book.contributions import Scope
from opslog.services.calls import corrections, owners
from opslog.services.cards import step_progress
from opslog.services.events import collisions, events
from opslog.tui.events import dialogs, event_pane
from opslog.tui.events.actions import PLAN
from opslog.tui.events.plans import plan_beside, plan_rows
from opslog.tui.events.plans.step_questions import new_step
from opslog.tui.events.plans.steps_screen import KEYS, SHOWN_KEYS, StepsScreen
from opslog.tui.events.telling import plan_copy
from opslog.tui.events.telling.corrections import CorrectionsScreen
from opslog.tui.events.telling.pane import corrected
from opslog.tui.frame.actions import REVIEW
from opslog.tui.frame.navigation import open_screen, open_thing
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.rows import Row
from opslog.tui.widgets.text import Line

# What stands behind a step.
WORK = frozenset(
    {
        *("card", "touch", "decision", "round", "roster_row", "roster_file", "person"),
        *("suppressed", "own_file", "step", "event", "event_move", "told", "stop"),
    }
)
REVIEW_STEP = "review"  # in the playbooks
TO_TELL = ("post", "people")  # rows of what a move left to be told


class PlanScreen(StepsScreen):
    """The plan of an event, with its stops and with what a move left to be told."""

    THING = "event"
    SHOWN = WORK | {"check_item", "target"}
    WORK = WORK
    ELSEWHERE = ("week", "stop", *TO_TELL)
    HELP = N_(
        "The plan worked out backwards from the event's date, by weeks; what is over of a week is "
        "folded, Space opens it. Steps whose work opslog sees tick themselves; d ticks any other "
        "off, or a line of its checklist. Enter opens the checklist and answers a line; 1 says "
        "yes, 2 no. r on a step sets its date by hand: it is pinned there and stays when the "
        "event moves. r on the event moves the event. - gives a step up and asks why, Backspace "
        "takes it up again; Delete takes it out, n adds one; undo brings everything back. v, or "
        "Enter on the step “review”, shows what it has brought."
    )
    BINDINGS = bind(*KEYS, *PLAN, "event.owners", *REVIEW, show=SHOWN_KEYS)

    def __init__(self, event_id: int, step_id: int | None = None) -> None:
        super().__init__(event_id, step_id)
        self.event_id = event_id
        self._wrong: list[Correction] = []  # what a move left to be told
        self._met = collisions.Met({}, {})
        self._card: EventCard | None = None

    def export_shown(self) -> Shown:
        return Shown("plan", Scope(self.event_id))

    def read(self, *, work: bool) -> Sequence[PlanLine] | None:
        if not events.some(self.book, [self.event_id]):
            return None
        self._card = events.get(self.book, self.event_id)
        if work:
            self._far = step_progress.of_event(self.book, self.event_id)
            self._wrong = corrections.of(self.book, self.event_id)
        self._met = collisions.of_event(self.book, self.event_id)
        return events.plan(self.book, self.event_id)

    def rows_of(self, plan: Sequence[PlanLine]) -> list[Row]:
        assert self._card is not None
        row = self._card.row
        hangs_on = plan_rows.HangsOn("event", row.id, row.name, row.place, row.starts_at)
        book, weeks, unfolded = self.book, self._weeks, self._unfolded
        return plan_rows.rows(
            plan_rows.Shown(
                *(book, hangs_on, plan, self._far, weeks, unfolded, self._air),
                *(self._wrong, self._met.steps),
            )
        )

    def head(self, cells: int, rows: int) -> list[Line]:
        """Which event this is, and what it has brought, stay in sight wherever the list goes."""
        return [] if self._card is None else event_pane.head(self.book, self._card, cells, rows)

    def below(self, cells: int, rows: int) -> list[Line]:
        at = self._at
        return [] if at is None else plan_beside.about(self.book, at, cells, rows)

    def beside(self, cells: int, rows: int) -> list[Line]:
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

    async def action_open(self) -> None:
        kind, ref = self._selected
        if kind == "step" and self._steps[ref].key == REVIEW_STEP:
            await self.action_review()
        elif kind == "stop":
            self.action_stops()
        elif kind in TO_TELL:
            self.app.push_screen(CorrectionsScreen(self.event_id))
        else:
            await super().action_open()

    async def action_review(self) -> None:
        """What the event has brought."""
        await open_thing(self.app, "event_review", self.event_id)

    def action_fold(self) -> None:
        """Also, of the step that Enter opens the review from, its checklist."""
        kind, ref = self._selected
        if kind == "step" and self._steps[ref].key == REVIEW_STEP:
            self._unfolded ^= {ref}
            self._fill()
        else:
            super().action_fold()

    def _week_of_thing(self, kind: str) -> date | None:
        if kind != "event" or self._card is None:
            return None
        return monday_of(self._card.row.starts_at.astimezone(self.book.clock.zone).date())

    def action_done(self) -> None:
        kind, ref = self._selected
        if kind == "people":
            self.app.push_screen(CorrectionsScreen(self.event_id))
        elif kind == "post":
            post = self._post(ref)
            self.host.do(lambda: corrections.tell(self.book, [post], self.event_id))
        else:
            super().action_done()

    def action_answer(self, said: str) -> None:
        """Of a step that collides: out of it, by one of the shifts offered."""
        kind, ref = self._selected
        met = self._met.steps.get(ref) if kind == "step" else None
        number = 0 if said == YES else 1
        if met is None:
            super().action_answer(said)
        elif number < len(met.shifts):
            self.host.do(lambda: collisions.take(self.book, met.shifts[number]))
        else:
            self.say(_("No other day is offered here"))

    async def move_thing(self) -> None:
        await dialogs.move_event(self.host, self.event_id)

    async def edit_thing(self) -> None:
        await dialogs.edit_event(self.host, self.event_id)

    async def end_thing(self) -> None:
        await dialogs.cancel_event(self.host, self.event_id)

    async def new_step(self) -> int | None:
        return await new_step(self.host, self.event_id)

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

    @work(group="dialog", exclusive=True)
    async def action_figures(self) -> None:
        await dialogs.type_figures(self.host, self.event_id)
