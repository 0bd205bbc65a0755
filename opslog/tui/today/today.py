"""Today: one ranked list of all that is due, what matters most first, each rank with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events, on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.due import Due
from opslog.domain.today.priority import Ranked
from opslog.domain.today.wording import label
from opslog.locale import N_, Msg, _
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.today import agenda
from opslog.tui.frame import navigation
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.today import rows as agenda_rows
from opslog.tui.today.day_strip import DayStrip
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.lines_view import Pane, ToldLines
from opslog.tui.widgets.new_time import ask_new_time
from opslog.tui.widgets.rows import Column
from opslog.tui.widgets.text import Line, line, wrap
from opslog.tui.widgets.window_list import WindowList

# fmt: off
TODAY = table(
    Action("today.reasons", "i", "reasons",
           N_("Reasons"), N_("Show or hide the reason of every rank")),
)
# fmt: on
TICK_SECONDS = 20  # a promised time rises to the top without a key being pressed


class TodayScreen(Base[None]):
    """The agenda. ``enter`` goes to the thing itself, on the screen that owns it."""

    CSS_PATH = "today.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "What must be done now, in order. The line below the list says why the selected one stands "
        "where it does; i shows it for all. Weights can be changed in priority.toml beside the "
        "database."
    )
    BINDINGS: ClassVar = bind(
        "item.open",
        "item.done",
        "item.reschedule",
        "item.snooze",
        "today.reasons",
        "item.mark",
        show=(
            "item.open",
            "item.done",
            "item.reschedule",
            "item.snooze",
            "today.reasons",
            "item.mark",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[agenda_rows.Key, Ranked] = {}
        self._reasons = False
        self._shown_in: agenda_rows.Room | None = None  # what the rows were laid out for

    def body(self) -> Iterable[Widget]:
        yield DayStrip()
        with Horizontal():
            yield WindowList(
                [Column()],
                id="agenda",
                empty=agenda_rows.empty(),
            )
            yield Pane(self._opened_beside)
        yield ToldLines(self._why, id="why")

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})
        self.set_interval(TICK_SECONDS, self._tick)
        self.call_after_refresh(self._look_at_calendar)

    def anew(self) -> TodayScreen:
        fresh = TodayScreen()
        fresh._reasons = self._reasons
        return fresh

    def _look_at_calendar(self) -> None:
        self.query_one(DayStrip).look_at_calendar()

    def _tick(self) -> None:
        if self.is_current:
            self.refresh_rows({})

    # -- what is shown ---------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        ranked, self.host.due_at_start = self.host.due_at_start, None
        if ranked is None:
            ranked = agenda.today(self.book)
        self._places = agenda_rows.keyed(ranked)
        self._show()
        self.query_one(DayStrip).show(ranked)

    def _show(self) -> None:
        self._shown_in = self._room()
        rows = agenda_rows.rows(self._places, self.book.clock.local(), self._shown_in)
        self.rows.set_rows(rows)
        self._tell()

    def _room(self) -> agenda_rows.Room:
        return agenda_rows.Room(
            key=self.host.key_text("item.open", "enter"),
            beside=self.query_one(Pane).display,
            air=self.size.height >= agenda_rows.ROOMY,
            reasons=self._reasons,
        )

    @on(WindowList.Selected)
    def _tell(self) -> None:
        """What stands beside the list, and below it, tells of the row under the cursor."""
        self.query_one("#why", ToldLines).rebuild()
        self.query_one(Pane).rebuild()

    def _why(self, cells: int, rows: int) -> list[Line]:
        """Why the selected one stands where it does, at the bottom of its few rows."""
        place = self._selected()
        if place is None or (place.rank == 1 and not self._reasons):  # which says it itself
            return []
        text = str(place.sum if self._reasons else place.why)
        said = wrap(f"#{place.rank}  {text}", max(cells - 2, 20), 2)
        told: list[Line] = [line(" ", (row, "muted")) for row in said]
        return [()] * (rows - len(told)) + told

    def _opened_beside(self, cells: int, rows: int) -> list[Line]:
        place = self._selected()
        if place is None:
            return []
        from opslog.tui.today.pane import lines

        key = self.host.key_text("item.open", "enter")
        return lines(self.book, place, cells, key=key, points=self._reasons)

    @on(events.Resize)
    def _laid_out_anew(self) -> None:
        if self._room() != self._shown_in:
            self._show()

    def _selected(self) -> Ranked | None:
        key = self.rows.selected
        return self._places.get(key) if isinstance(key, tuple) else None

    def _chosen(self) -> list[Due]:
        return [self._places[key].item for key in self.rows.chosen() if key in self._places]

    # -- keys ---------------------------------------------------------------------

    def action_reasons(self) -> None:
        self._reasons = not self._reasons
        self._show()

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    def action_done(self) -> None:
        self._do(agenda.done_all)

    def action_snooze(self) -> None:
        self._do(agenda.snooze_all)

    def _do(self, verb: Callable[..., Change]) -> None:
        chosen = self._chosen()
        if chosen:
            self.host.do(lambda: verb(self.book, chosen))

    @work(group="ask")
    async def action_reschedule(self) -> None:
        """One question for all that is marked; each keeps its own time of day."""
        chosen = self._chosen()
        if not chosen:
            return
        movable = agenda.movable(chosen)
        title = (
            _("Move “{title}” to").format(title=label(movable[0]))
            if len(chosen) == 1
            else _("Move {n} items to").format(n=len(movable))
        )
        first = movable[0]
        moved = await ask_new_time(
            self.host,
            title,
            lambda typed: self._meaning(first, typed),
            lambda typed: agenda.move_warnings(self.book, movable, typed),
            lambda typed: agenda.reschedule_all(self.book, chosen, typed),
            Place("reschedule", first.kind, first.ref, first.person_id),
        )
        if moved is not None:
            self.rows.clear_marks()

    def _meaning(self, due: Due, text: str) -> tuple[str, Msg | None]:
        """Where the text puts it, and why there."""
        from opslog.domain.dates.wording import short_day, short_moment

        new = agenda.read_new_time(self.book, due, text)
        zone, today = self.book.clock.zone, self.book.today()
        if new.timed:
            return str(short_moment(new.at, zone, today)), new.moved
        return str(short_day(new.at.astimezone(zone).date(), today)), new.moved

    async def action_open(self) -> None:
        place = self._selected()
        if place is not None:
            await navigation.open_thing(self.app, place.item.kind, place.item.ref)

    @on(WindowList.Opened)
    async def _opened(self) -> None:
        await self.action_open()
