"""What is coming, how its plan stands, what is late."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from opslog.domain.events.events import DONE, EventRow
from opslog.locale import N_, _
from opslog.services.events import events, steps
from opslog.tui.events import dialogs
from opslog.tui.events.plan import PlanScreen
from opslog.tui.events.wording import card_lines, days_left, kind, moment, plan_line
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.paged_rows import KeyedRows
from opslog.tui.widgets.prompt import Prompt
from opslog.tui.widgets.rows import Column, Row
from opslog.tui.widgets.text import Line, line, wrap_line
from opslog.tui.widgets.window_list import WindowList

SHOWN = {"event", "step", "check_item", "target", "card"}  # tables this screen draws from


class PlanPane(LinesView):
    """The event under the cursor: its facts, broken where they must be, and a line a step."""

    facts: Sequence[Line] = ()
    steps: Sequence[Line] = ()

    def show(self, facts: Sequence[Line], steps: Sequence[Line]) -> None:
        self.facts, self.steps = facts, steps
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        facts = [row for fact in self.facts for row in wrap_line(fact, cells) or [()]]
        return [*facts, *self.steps]


class EventsScreen(Base[None]):
    """All events; beside or below them what is open in the plan of the one under the cursor."""

    CSS_PATH = "events.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-tall")]
    HELP = N_(
        "Every event with how far away it is and how its plan stands: steps done of all, and in "
        "red how many are late. Enter opens the plan, n enters an event and shows its plan "
        "before it is saved, r moves it and shows first what moves along."
    )
    BINDINGS = bind(
        "item.open",
        "item.new",
        "item.edit",
        "item.reschedule",
        "item.filter",
        "item.copy",
        "item.delete",
        show=("item.open", "item.new", "item.reschedule", "item.edit"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""

    def body(self) -> Iterable[Widget]:
        with Container(id="list-and-plan"):
            yield WindowList(
                [
                    Column(_("Date"), width=16),
                    Column(_("Away"), width=11),
                    Column(_("Event"), flex=3),
                    Column(_("Kind"), flex=2, least=76),
                    Column(_("Plan"), width=5, right=True),
                    Column(_("Late"), width=4, right=True),
                ],
                header=True,
                empty=(
                    line((_("No events yet."), "strong")),
                    line(
                        ("n", "key"),
                        " ",
                        (_("enters one; its promotion plan is worked out backwards."), "muted"),
                    ),
                ),
                id="events",
            )
            yield PlanPane(id="plan-pane")

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()
        self._fill()

    def anew(self) -> EventsScreen:
        fresh = EventsScreen()
        fresh._filter = self._filter
        return fresh

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "event" else None

    def refresh_rows(self, touched: Touched) -> None:
        if not touched or SHOWN & touched.keys():
            self._fill()

    def _fill(self, select: int | None = None) -> None:
        wanted = self._filter.casefold()
        found = [one for one in events.order(self.book) if wanted in one.words.casefold()]
        shown: list[int | str] = []
        for title, part in (
            (_("Coming"), [e.id for e in found if not e.cancelled and not e.over]),
            (_("Over"), [e.id for e in found if not e.cancelled and e.over]),
            (_("Cancelled"), [e.id for e in found if e.cancelled]),
        ):
            if part:
                shown += [title, *part]
        self.query_one(WindowList).set_source(KeyedRows(shown, self._read), select=select)
        self._show_plan()

    def _read(self, keys: Sequence[int | str]) -> list[Row]:
        """The rows of these events, and the headings among them."""
        rows: dict[int | str, Row] = {
            key: Row(key, heading=line((f" {key}", "muted")))
            for key in keys
            if isinstance(key, str)
        }
        ids = [key for key in keys if isinstance(key, int)]
        rows |= {row.id: self._row(row) for row in events.some(self.book, ids)}
        return [rows[key] for key in keys if key in rows]

    def _row(self, row: EventRow) -> Row:
        over = row.cancelled_at is not None or row.ends_at < self.book.now()
        return Row(
            row.id,
            (
                moment(self.book, row.starts_at),
                line((days_left(self.book, row), "muted" if over else "accent")),
                line((row.name, "muted" if row.cancelled_at else "")),
                line((kind(row), "muted")),
                line((f"{row.done}/{row.steps}", "muted")),
                line((str(row.late) if row.late and not row.cancelled_at else "", "late")),
            ),
        )

    @on(WindowList.Selected)
    def _show_plan(self) -> None:
        """What is still open in the plan of the event under the cursor, where there is room."""
        pane, event_id = self.query_one(PlanPane), self._selected
        if not pane.display or event_id is None:
            pane.show([], [])
            return
        plan = events.plan(self.book, event_id)
        rest = [step for step in plan if step.state != DONE]
        done = _("{done} of {all} done").format(done=len(plan) - len(rest), all=len(plan))
        shown: list[Line] = []
        if self.has_class("-wide"):  # below the list its row says all this already
            card = events.get(self.book, event_id)
            shown = [line((card.name, "title")), *card_lines(self.book, card), ()]
        shown.append(line((_("Plan"), "title"), "  ", (done, "muted")))
        pane.show(shown, [plan_line(self.book, step) for step in rest])

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_plan)

    @property
    def _selected(self) -> int | None:
        key = self.query_one(WindowList).selected
        return key if isinstance(key, int) else None

    async def show(self, kind: str, ref: int) -> None:
        """Open the plan of an event, or of the event a step belongs to with the cursor on it."""
        if kind == "step":
            step = steps.step(self.book, ref)
            self._open(step.event_id, step_id=ref)
        else:
            self._open(ref)

    def _open(self, event_id: int, step_id: int | None = None) -> None:
        self.query_one(WindowList).select(event_id)
        self.app.push_screen(PlanScreen(event_id, step_id))

    def export_subject(self) -> tuple[str, int | None]:
        """``x`` here writes the plan of the event under the cursor."""
        return ("calendar", None) if self._selected is None else ("plan", self._selected)

    def action_copy(self) -> None:
        """Name, date and place, as one writes them to a colleague."""
        if self._selected is not None:
            row = events.get(self.book, self._selected).row
            parts = (row.name, moment(self.book, row.starts_at), row.place)
            self.app.copy_to_clipboard(" ".join(part for part in parts if part))
            self.say(_("Copied"))

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if self._selected is not None:
            self._open(self._selected)

    @work(group="dialog", exclusive=True)
    async def action_new(self) -> None:
        event_id = await dialogs.new_event(self.host)
        if event_id is not None:
            self._fill(select=event_id)

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        if self._selected is not None:
            await dialogs.edit_event(self.host, self._selected)

    @work(group="dialog", exclusive=True)
    async def action_reschedule(self) -> None:
        if self._selected is not None:
            await dialogs.move_event(self.host, self._selected)

    @work(group="dialog", exclusive=True)
    async def action_delete(self) -> None:
        if self._selected is not None:
            await dialogs.cancel_event(self.host, self._selected)

    @work(group="dialog", exclusive=True)
    async def action_filter(self) -> None:
        words = await self.host.ask(
            Prompt(_("Show only events with"), self._filter, saves=str, where=None)
        )
        if words is not None:
            self._filter = words.strip()
            self._fill()
            self.say(_("Only events with “{words}”").format(words=words) if self._filter else "")
