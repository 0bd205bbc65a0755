"""What is coming, how its plan stands, what is late."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.locale import N_, _, msg
from opslog.services.book.contributions import Scope
from opslog.services.events import events
from opslog.services.events.plans import routines as routines_service
from opslog.services.events.plans import steps
from opslog.services.materials import requests
from opslog.tui.events import dialogs, event_pane
from opslog.tui.events.actions import EVENTS
from opslog.tui.events.invited import ask_for_invitation
from opslog.tui.events.list_rows import EventsSummary, Listed, rows
from opslog.tui.events.plans import routines
from opslog.tui.events.plans.plan import PlanScreen
from opslog.tui.events.telling.corrections import CorrectionsScreen
from opslog.tui.events.wording import moment
from opslog.tui.frame.actions import OF_A_ROW, REVIEW
from opslog.tui.frame.navigation import open_screen, open_thing
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.materials.actions import OF_EVENT
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

# Tables this screen draws from.
SHOWN = {
    "routine",
    "plan",
    "event",
    "step",
    "check_item",
    "target",
    "card",
    "touch",
    "decision",
    "round",
}


class EventsScreen(Base[None]):
    """All events, and beside them what is known of the one under the cursor."""

    CSS_PATH = "events.tcss"
    HELP = N_(
        "Every event with how far away it is, how its plan stands (steps done of all, in red how "
        "many are late), and what it has brought against its targets. Enter opens the plan, n "
        "enters an event and shows its plan before it is saved, F9 takes an organiser's invitation "
        "(.ics) in, r moves it and shows first what moves along; v shows what it has brought."
    )
    ROW_KEYS = OF_A_ROW | {"event.audience", "feedback", *OF_EVENT, *REVIEW}
    BINDINGS = bind(
        "item.open",
        "item.new",
        "item.edit",
        "item.reschedule",
        "item.filter",
        "item.copy",
        "item.delete",
        "item.lists",
        *EVENTS,
        "feedback",
        *OF_EVENT,
        *REVIEW,
        show=("item.open", "item.new", "item.reschedule", "item.edit"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""

    def body(self) -> Iterable[Widget]:
        yield EventsSummary()
        with Horizontal():
            yield WindowList(
                [Column()],
                empty=(
                    line((_("No events yet."), "strong")),
                    (),
                    line(
                        (self.host.key_text("item.new", "n"), "key"),
                        "  ",
                        _("enters one; its promotion plan is worked out backwards."),
                    ),
                ),
                id="events",
            )
            yield Pane(self._open_beside)

    def on_mount(self) -> None:
        self.query_one(WindowList).focus()
        self._fill()

    def anew(self) -> EventsScreen:
        fresh = EventsScreen()
        fresh._filter = self._filter
        return fresh

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "event" else (table, id) if table == routines.KIND else None

    def refresh_rows(self, touched: Touched) -> None:
        if not touched or SHOWN & touched.keys():
            self._fill()

    def _fill(self, select: Hashable = None) -> None:
        self._listed = Listed(self.book, self._filter)
        self.query_one(WindowList).set_rows(
            rows(self._listed, self.host.key_text("item.new", "n")), select=select
        )
        self.query_one(EventsSummary).show(self._listed)

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _open_beside(self, cells: int, room: int) -> list[Line]:
        if self._routine:
            row = self._listed.routine(self._routine)
            return [] if row is None else routines.opened(self.book, row, cells, room)
        card = None if self._selected is None else self._listed.of(self._selected)
        return [] if card is None else event_pane.of_card(self.book, card, cells, room)

    @property
    def _selected(self) -> int | None:
        key = self.query_one(WindowList).selected
        return key if isinstance(key, int) else None

    @property
    def _routine(self) -> int | None:
        """The plan of one's own under the cursor; 0 the row that offers the first."""
        key = self.query_one(WindowList).selected
        return key[1] if isinstance(key, tuple) and key[0] == routines.KIND else None

    def _event(self) -> int | None:
        """The event under the cursor; on a plan of one's own it says that it is none."""
        if self._routine is not None:
            self.say(_("This is a plan of your own: that belongs to events"))
        return self._selected

    async def show(self, kind: str, ref: int) -> None:
        """Open the plan of an event, or of the event a step belongs to with the cursor on it."""
        if kind == "step":
            step = steps.step(self.book, ref)
            if step.event_id:
                self._open(step.event_id, step_id=ref)
            else:
                self._open_routine(routines_service.of_step(self.book, step), ref)
        elif kind == routines.KIND:
            self._open_routine(ref)
        elif kind == "correction":
            self._open(ref)
            self.app.push_screen(CorrectionsScreen(ref))
        elif kind == "material":
            self._open(ref)
            open_screen(self.app, "requests", ref)
        else:
            self._open(ref)

    def _open(self, event_id: int, step_id: int | None = None) -> None:
        self.query_one(WindowList).select(event_id)
        self.app.push_screen(PlanScreen(event_id, step_id))

    def _open_routine(self, routine_id: int, step_id: int | None = None) -> None:
        plans = self.query_one(WindowList)
        if not routine_id:  # where one is to be entered
            first = next(iter(self._listed.routines), None)
            plans.select((routines.KIND, first.id if first else 0))
            return
        plans.select((routines.KIND, routine_id))
        self.app.push_screen(routines.RoutineScreen(routine_id, step_id))

    def export_shown(self) -> Shown:
        keys = [place.id for place in self._listed.places] if self._filter else None
        return Shown("events", Scope(keys=keys), at_event=self._selected)

    def action_copy(self) -> None:
        """Name, date and place, as one writes them to a colleague."""
        if (event_id := self._event()) is not None:
            row = events.get(self.book, event_id).row
            parts = (row.name, moment(self.book, row.starts_at), row.place)
            self.app.copy_to_clipboard(" ".join(part for part in parts if part))
            self.say(_("Copied"))

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if self._routine:
            self._open_routine(self._routine)
        elif self._routine == 0:
            self.action_new()
        elif self._selected is not None:
            self._open(self._selected)

    @work(group="dialog", exclusive=True)
    async def action_new(self) -> None:
        """An event; among the plans of one's own one of those."""
        if self._routine is not None:
            if made := await routines.new(self.host):
                self._fill(select=(routines.KIND, made))
            return
        event_id = await dialogs.new_event(self.host)
        if event_id is not None:
            self._fill(select=event_id)

    @work(group="dialog", exclusive=True)
    async def action_invitation(self) -> None:
        """Somebody else's event, from their file."""
        event_id = await ask_for_invitation(self.host)
        if event_id is not None:
            self._fill(select=event_id)

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        if self._routine:
            await routines.edit(self.host, self._routine)
        elif (event_id := self._event()) is not None:
            await dialogs.edit_event(self.host, event_id)

    @work(group="dialog", exclusive=True)
    async def action_reschedule(self) -> None:
        if self._routine:
            await routines.edit(self.host, self._routine)
        elif (event_id := self._event()) is not None:
            await dialogs.move_event(self.host, event_id)

    @work(group="dialog", exclusive=True)
    async def action_delete(self) -> None:
        if routine_id := self._routine:
            self.host.do(lambda: routines_service.end(self.book, routine_id))
        elif (event_id := self._event()) is not None:
            await dialogs.cancel_event(self.host, event_id)

    @work(group="dialog", exclusive=True)
    async def action_again(self) -> None:
        """The event once more, on another date."""
        event_id = self._event()
        if self._routine is not None:
            return
        if event_id is None:
            key = self.host.key_text("item.new", "n")
            self.say(_("There is no event yet to hold again; {key} makes one").format(key=key))
        else:
            made = await dialogs.clone_event(self.host, event_id)
            if made is not None:
                self._fill(select=made)

    async def action_audience(self) -> None:
        if (event_id := self._event()) is not None:
            await open_thing(self.app, "audience", event_id)

    @work(group="dialog", exclusive=True)
    async def action_lists(self) -> None:
        """Of some of those who signed up: to call, to mail, or as a file."""
        from opslog.services.segments import groups
        from opslog.tui.segments.send_on import ask_of_list

        if (event_id := self._event()) is not None:
            await ask_of_list(self.host, groups.sign_ups(self.book, event_id))

    @work(group="dialog", exclusive=True)
    async def action_filter(self) -> None:
        words = await self.host.ask(
            Prompt(msg(N_("Show only events with")), self._filter, saves=str, where=None)
        )
        if words is not None:
            self._filter = words.strip()
            self._fill()
            self.say(_("Only events with “{words}”").format(words=words) if self._filter else "")

    def action_owners(self) -> None:
        """What colleagues owe to all events."""
        open_screen(self.app, "owners")

    def action_requests(self) -> None:
        """Who asked for the materials that it releases."""
        if (event_id := self._event()) is not None:
            requests.check_release(self.book, event_id)
            open_screen(self.app, "requests", event_id)

    def action_feedback(self) -> None:
        """What was said about the event."""
        if (event_id := self._event()) is not None:
            open_screen(self.app, "feedback", event_id)

    async def action_review(self) -> None:
        """What the event has brought."""
        if (event_id := self._event()) is not None:
            await open_thing(self.app, "event_review", event_id)
