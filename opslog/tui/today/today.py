"""Today: one ranked list of all that is due, what matters most first, each rank with its reason."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from types import ModuleType
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain.base.due import Due
from opslog.domain.today.priority import Ranked
from opslog.domain.today.wording import label
from opslog.locale import N_, Msg, _, msg
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.daybook import follow_ups
from opslog.services.today import agenda
from opslog.tui.frame import navigation
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.bars.top_line import everywhere
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.today import rows as agenda_rows
from opslog.tui.today.day_strip import DayStrip
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.asking.new_time import ask_new_time, question
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line, wrap

# fmt: off
TODAY = table(
    Action("today.reasons", "i", "reasons",
           N_("Reasons"), N_("Show or hide the reason of every rank")),
)
# fmt: on
SHOWN = (
    *("item.open", "item.done", "item.reschedule", "item.snooze", "item.new", "item.filter"),
    *("today.reasons", "item.mark"),
)
TICK_SECONDS = 20  # a promised time rises to the top without a key being pressed


class TodayScreen(Base[None]):
    """The agenda. ``enter`` goes to the thing itself, on the screen that owns it."""

    CSS_PATH = "today.tcss"
    ROW_KEYS = OF_A_ROW | {"today.reasons"}
    AUTO_FOCUS = "#agenda"  # before the first picture, which shows it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = agenda_rows.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*SHOWN, "item.edit", "item.note", "item.tags", "item.flag", show=SHOWN),
        Binding("down", "leave_find", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[agenda_rows.Key, Ranked] = {}
        self._read = False  # else nothing is said to be due, or not to be
        self._reasons = False
        self._shown_in: agenda_rows.Room | None = None  # what the rows were laid out for
        self._warned: list[int] = []  # steps that were said to have something open
        self._words = ""  # only what holds these is shown

    def body(self) -> Iterable[Widget]:
        yield DayStrip()
        yield TextInput(compact=True, id="find", placeholder=_("words, an event, a name"))
        with Horizontal():
            yield WindowList([Column()], id="agenda")
            yield Pane(self._opened_beside)
        yield ToldLines(self._why, id="why")

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    @property
    def find(self) -> Input:
        return self.query_one("#find", Input)

    def on_mount(self) -> None:
        self.find.display = False
        self.rows.focus()
        self.refresh_rows({})
        self.set_interval(TICK_SECONDS, self._tick)
        self.call_after_refresh(self._look_at_calendar)

    def anew(self) -> TodayScreen:
        fresh = TodayScreen()
        fresh._reasons, fresh._words = self._reasons, self._words
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
        self._places, self._read = agenda_rows.keyed(ranked), True
        self._show()
        self.query_one(DayStrip).show(ranked)

    def _show(self) -> None:
        if not self._read:
            return
        self._shown_in = self._room()
        self.rows.empty = self._empty()
        wanted = {key: place for key, place in self._places.items() if self._wanted(place.item)}
        rows = agenda_rows.rows(wanted, self.book.clock.local(), self._shown_in)
        self.rows.set_rows(rows)
        self._tell()

    def export_shown(self) -> Shown:
        keys = [key for key, place in self._places.items() if self._wanted(place.item)]
        scope = Scope(keys=keys if self._words else None)
        return Shown("today", scope, self.rows.marked_in_order())

    def beside_empty(self, cells: int) -> list[Line]:
        """As the first picture has it."""
        return everywhere(_(self.HELP), self.host.key_text, cells)

    def _wanted(self, item: Due) -> bool:
        held = f"{label(item)} {item.title} {item.event} {item.person}".casefold()
        return all(word in held for word in self._words.casefold().split())

    def _empty(self) -> list[Line]:
        if self._words:
            return [
                line(
                    (_("Nothing that is due holds “{words}”.").format(words=self._words), "strong")
                ),
                (),
                line(("Esc", "key"), "  ", _("show all again")),
            ]
        return agenda_rows.empty(self.book)

    def _room(self) -> agenda_rows.Room:
        return agenda_rows.Room(
            key=self.host.key_text("item.open", "enter"),
            beside=self.query_one(Pane).display,
            air=self.size.height >= agenda_rows.ROOMY,
            reasons=self._reasons,
            tags=agenda.event_tags(self.book),
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
        said = wrap(f"#{place.rank}  {text}", max(cells - 2, 20), min(max(rows, 1), 2))
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

    def action_filter(self) -> None:
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        words = event.value.strip()
        if words != self._words:
            self._words = words
            self._show()

    @on(Input.Submitted, "#find")
    def action_leave_find(self) -> None:
        """Back to the list, with what was asked for still in force."""
        self.find.display = bool(self._words)
        self.rows.focus()

    def action_back(self) -> None:
        """Esc takes marks off first, then the words."""
        if self._words or self.find.display:
            self.find.value = self._words = ""
            self.find.display = False
            self.rows.focus()
            self._show()
        elif self.rows.marked:
            self.rows.clear_marks()
        else:
            super().action_back()

    @work(group="ask")
    async def action_new(self) -> None:
        made = await _questions().ask_task(self.host)
        if made is not None:
            await self.show("task", made)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return (table, id, 0) if table in ("follow_up", "step") else None

    async def show(self, kind: str, ref: int) -> None:
        """Put the cursor on a task of one's own."""
        self.rows.select(("follow_up", ref, 0))

    @work(group="ask")
    async def action_edit(self) -> None:
        if place := self._selected():
            await _questions().edit(self.host, place.item)

    @work(group="ask")
    async def action_note(self) -> None:
        if place := self._selected():
            await _questions().note(self.host, place.item)

    @work(group="ask")
    async def action_tags(self) -> None:
        if chosen := self._chosen():
            await _questions().tags(self.host, chosen)

    def action_flag(self) -> None:
        self._do(agenda.flag_all)

    def action_done(self) -> None:
        """What of a step is open is said once; the second key closes it all the same."""
        steps = [due.ref for due in self._chosen() if due.kind == "step"]
        if steps and steps != self._warned:
            from opslog.tui.events.plans.checklist import still_open

            if said := still_open(self.book, steps, self.host.key_text("item.done", "d")):
                self._warned = steps
                self.say(said, "warn")
                return
        self._warned = []
        self._do(agenda.done_all)

    def action_snooze(self) -> None:
        self._do(agenda.snooze_all, goes=True)

    def _do(self, verb: Callable[..., Change], *, goes: bool = False) -> None:
        """``goes``: to another day, and so to another place; the cursor does not go along."""
        chosen, beside = self._chosen(), self.rows.next_key
        if chosen and self.host.do(lambda: verb(self.book, chosen)) is not None:
            self.rows.clear_marks()
            if goes and beside is not None:
                self.rows.select(beside)

    @work(group="ask")
    async def action_reschedule(self) -> None:
        """One question for all that is marked; each keeps its own time of day."""
        chosen = self._chosen()
        if not chosen:
            return
        movable = agenda.movable(chosen)
        title = (
            question(label(movable[0]), self._due_text(movable[0]))
            if len(chosen) == 1
            else msg(N_("Move {n} items to"), n=len(movable))
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
        new = agenda.read_new_time(self.book, due, text)
        return self._due_text(due._replace(due=new.at, timed=new.timed)), new.moved

    def _due_text(self, due: Due) -> str:
        from opslog.domain.dates.wording import short_day, short_moment

        zone, today = self.book.clock.zone, self.book.today()
        if due.timed:
            return str(short_moment(due.due, zone, today))
        return str(short_day(due.due.astimezone(zone).date(), today))

    async def action_open(self) -> None:
        place = self._selected()
        if place is None:
            return
        item = place.item
        if item.kind == "follow_up" and follow_ups.line_of_follow_up(self.book, item.ref) is None:
            self.action_edit()  # a task of one's own stands nowhere else
        else:
            await navigation.open_thing(self.app, item.kind, item.ref)

    @on(WindowList.Opened)
    async def _opened(self) -> None:
        await self.action_open()


def _questions() -> ModuleType:
    """What is asked about a row: imported at the first question, not at the start."""
    from opslog.tui.today import row_questions

    return row_questions
