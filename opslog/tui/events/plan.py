"""One event: its facts, its plan with every step's state, and the checklists to tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time, timedelta

from textual import on, work
from textual.widget import Widget

from opslog.domain.events.events import DONE, PINNED, EventCard, PlanLine
from opslog.domain.events.step_reasons import explain
from opslog.locale import N_, Msg, _, ngettext
from opslog.services.book import new_times
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.book.new_times import NewTime
from opslog.services.events import events, steps
from opslog.tui.events import dialogs
from opslog.tui.events.step_questions import edit_step, new_step, note_step
from opslog.tui.events.wording import card_lines, channel, moment, state
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.lines_view import ToldLines
from opslog.tui.widgets.new_time import ask_new_time, question
from opslog.tui.widgets.rows import Column, Row
from opslog.tui.widgets.text import Line, clean, cut, join, line, line_width, width, wrap, wrap_line
from opslog.tui.widgets.window_list import WindowList

# fmt: off
PLAN = table(
    Action("plan.unpin", "p", "unpin",
           N_("Unpin"), N_("Back to where the event's date puts the step")),
    Action("plan.figures", "f", "figures", N_("Figures"), N_("Type in reach, views and shares")),
)
# fmt: on
SHOWN = {"event", "step", "check_item", "target", "card"}


class PlanScreen(Base[None]):
    """The rows are the event itself, its steps in order of time, and open checklists."""

    CSS_PATH = "plan.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "The plan worked out backwards from the event's date. d ticks a step or a line of its "
        "checklist off, Enter opens the checklist. r on a step sets its date by hand: it is "
        "pinned there and stays when the event moves. r on the event moves the event. Delete "
        "takes a step out, n adds one; undo brings everything back."
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
        show=("item.open", "item.done", "item.reschedule", "item.snooze", "item.new"),
    )

    def __init__(self, event_id: int, step_id: int | None = None) -> None:
        super().__init__()
        self.event_id = event_id
        self._unfolded: set[int] = set()
        self._steps: dict[int, PlanLine] = {}
        self._card: EventCard | None = None
        self._first = step_id

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._facts, id="facts")
        yield WindowList(
            [
                Column(_("state"), width=7),
                Column(_("due"), width=16),
                Column(_("step")),
                Column(_("checks"), width=5, right=True),
                Column(_("channel"), width=9, least=72),
            ],
            id="plan",
        )
        yield ToldLines(self._about, id="detail")

    def export_subject(self) -> tuple[str, int | None]:
        """What ``x`` writes: this plan."""
        return "plan", self.event_id

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()
        self._fill(select=("step", self._first) if self._first else self._next())

    def anew(self) -> PlanScreen:
        fresh = PlanScreen(self.event_id)
        fresh._unfolded = self._unfolded
        return fresh

    def _next(self) -> tuple[str, int]:
        """The step to look at first: the earliest that is open."""
        for step in events.plan(self.book, self.event_id):
            if step.open:
                return ("step", step.id)
        return ("event", self.event_id)

    def refresh_rows(self, touched: Touched) -> None:
        if not touched or SHOWN & touched.keys():
            self._fill()

    def _fill(self, select: tuple[str, int] | None = None) -> None:
        if not events.some(self.book, [self.event_id]):
            self.leave()  # its creation was undone
            self.stale = True  # below a question it is left once that is closed
            return
        card = events.get(self.book, self.event_id)
        self._card = card
        facts = self.query_one("#facts", ToldLines)
        facts.styles.height = len(card_lines(self.book, card))
        facts.rebuild()
        plan = events.plan(self.book, self.event_id)
        self._steps = {step.id: step for step in plan}
        done = sum(step.state == DONE for step in plan)
        progress = _("{done} of {all} done").format(done=done, all=len(plan))
        rows = [
            Row(
                ("event", card.id),
                (
                    line((_("event"), "title")),
                    line((moment(self.book, card.row.starts_at), "title")),
                    line((card.name, "title"), "  ", (progress, "muted")),
                ),
            )
        ]
        for step in plan:
            rows.append(self._row(step))
            if step.id in self._unfolded:
                rows += [
                    Row(
                        ("item", item.id),
                        ("", "", line(f"[{'x' if item.done_at else ' '}] {item.name}")),
                    )
                    for item in step.items
                ]
        self.query_one(WindowList).set_rows(rows, select=select)
        self._detail()

    def _facts(self, cells: int, _rows: int) -> list[Line]:
        """Which event this is stays in sight wherever the list has gone."""
        if self._card is None:
            return []
        when, *facts = card_lines(self.book, self._card)
        name = cut(clean(self._card.name), max(cells - line_width(when) - 4, 10))
        return [line(" ", (name, "title"), "  ") + when, *(line(" ") + fact for fact in facts)]

    def _row(self, step: PlanLine) -> Row:
        word, look = state(self.book, step)
        quiet = "muted" if step.state == DONE else ""
        return Row(
            ("step", step.id),
            (
                line((word, look)),
                line((moment(self.book, step.due_at), quiet)),
                line((step.name, quiet)),
                line((_checked(step), "muted")),
                line((channel(step), quiet or "accent")),
            ),
        )

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
        self.query_one("#detail", ToldLines).rebuild()

    def _about(self, cells: int, rows: int) -> list[Line]:
        """Why the step lies where it lies, and its note; a long name and a line in full."""
        step, room = self._step, cells - 2
        if step is None:
            keys = _("r moves the event, e changes it, n adds a step, f types reach and views in")
            return [line(" ", (keys, "muted"))]
        kind, ref = self._selected
        if kind == "item":
            text = next(item.name for item in step.items if item.id == ref)
            return [line(" ", row) for row in wrap(text, room, most=rows)]
        told: list[Line] = []
        if width(step.name) > self.query_one(WindowList).widths(self.size.width)[2] - 1:
            told.append(line((step.name, "strong")))
        why, asleep = explain(step, self.book.clock.zone), step.snoozed_until
        about = join(
            [
                (str(why or ""), "warn"),
                line((_("done"), "good"), " ", moment(self.book, step.done_at))
                if step.done_at
                else "",
                _("snoozed until {when}").format(when=moment(self.book, asleep))
                if asleep and asleep > self.book.now()
                else "",
                (step.note, "muted"),
            ]
        )
        told += wrap_line(about, room, max(rows - len(told), 1))
        if len(told) < rows:
            told.append(line((_offset(step), "muted")))
        return [line(" ") + spans for spans in told]

    # -- keys ---------------------------------------------------------------------------

    @on(WindowList.Opened)
    def action_open(self) -> None:
        kind, ref = self._selected
        if kind == "item":
            self.action_done()
        elif kind == "event":
            self.action_edit()
        elif self._steps[ref].items:
            self._unfolded ^= {ref}
            self._fill()
        else:
            self.say(_("This step has no checklist; d ticks it off"))

    def action_done(self) -> None:
        kind, ref = self._selected
        if kind == "event":
            self.say(_("d ticks a step off: go down to one"))
            return
        verb: Callable[[Book, int], Change] = steps.tick_item
        if kind == "step":
            verb = steps.untick_step if self._steps[ref].state == DONE else steps.tick_step
        if self.host.do(lambda: verb(self.book, ref)):
            self._go_on(kind, ref)

    def _go_on(self, kind: str, ref: int) -> None:
        """From a step to the next step, from a line of a checklist to the one below."""
        plan = self.query_one(WindowList)
        after = list(self._steps)[list(self._steps).index(ref) + 1 :] if kind == "step" else []
        if after:
            plan.select(("step", after[0]))
        elif kind == "item":
            plan.action_move(1)

    @work(group="dialog", exclusive=True)
    async def action_reschedule(self) -> None:
        step = self._step
        if step is None:
            self.action_move_event()
            return

        def read(text: str) -> NewTime:
            return new_times.read(self.book, text, step.due_at)

        def meaning(text: str) -> tuple[str, Msg | None]:
            new = read(text)
            return moment(self.book, new.at), new.moved

        def warnings(text: str) -> list[Msg]:
            said = steps.move_warning(self.book, step.id, read(text).at)
            return [] if said is None else [said]

        await ask_new_time(
            self.host,
            question(step.name, moment(self.book, step.due_at)),
            meaning,
            warnings,
            lambda text: steps.move_step(self.book, step.id, read(text).at),
            Place("reschedule", "step", step.id),
        )

    @work(group="dialog", exclusive=True)
    async def action_move_event(self) -> None:
        await dialogs.move_event(self.host, self.event_id)

    def action_copy(self) -> None:
        """The step with its date, or the event with all of them."""
        step = self._step
        steps = [step] if step else list(self._steps.values())
        said = [f"{moment(self.book, one.due_at)} {one.name}" for one in steps]
        if step is None:
            said.insert(0, events.get(self.book, self.event_id).name)
        self.app.copy_to_clipboard("\n".join(said))
        self.say(_("Copied"))

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
            self.say(_("p lets a pinned step go: go down to one"))
        else:
            self.host.do(lambda: steps.unpin_step(self.book, step.id))

    @work(group="dialog", exclusive=True)
    async def action_new(self) -> None:
        if made := await new_step(self.host, self.event_id):
            self._fill(select=("step", made))

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        """The step under the cursor, or the event."""
        step = self._step
        if step is None:
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
        if step is None:
            await dialogs.cancel_event(self.host, self.event_id)
        else:
            self.host.do(lambda: steps.remove_step(self.book, step.id))


def _checked(step: PlanLine) -> str:
    """How much of a checklist is ticked, where there is one and its step is not done."""
    if not step.items or step.state == DONE:
        return ""
    return f"{sum(item.done_at is not None for item in step.items)}/{len(step.items)}"


def _offset(step: PlanLine) -> str:
    """Where the playbook puts a step, as a person says it."""
    if step.state == PINNED:
        return _("pinned: it stays when the event moves")
    if step.offset_months:
        text = ngettext(
            "{n} month after the event", "{n} months after the event", step.offset_months
        )
        return text.format(n=step.offset_months)
    if step.offset == 0:
        return _("on the day")
    days = abs(step.offset)
    if step.offset < 0:
        text = ngettext("{n} day before the event", "{n} days before the event", days)
    else:
        text = ngettext("{n} day after the event", "{n} days after the event", days)
    return text.format(n=days)
