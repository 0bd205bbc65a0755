"""Today: one ranked list of all that is due, what matters most first, each rank with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.widget import Widget

from opslog.domain.base.due import Due
from opslog.domain.today.priority import GROUPS, NOW, OVERDUE, Ranked
from opslog.domain.today.wording import GROUP_TITLES, label, original_text, when_text
from opslog.locale import N_, Msg, _
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.today import agenda
from opslog.tui.frame import navigation
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.today.day_strip import DayStrip
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.lines_view import ToldLines
from opslog.tui.widgets.new_time import ask_new_time
from opslog.tui.widgets.text import Line, line, width, wrap
from opslog.tui.widgets.window_list import Cell, Column, Ends, Row, WindowList

# fmt: off
TODAY = table(
    Action("today.reasons", "i", "reasons",
           N_("Reasons"), N_("Show or hide the reason of every rank")),
)
# fmt: on
TICK_SECONDS = 20  # a promised time rises to the top without a key being pressed
WHEN_CELLS = 10
TITLE_COLUMN = 2
_LOOKS = {NOW: "accent", OVERDUE: "late"}
Key = tuple[str, int, int]  # kind, ref, and which of several of the same


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
        self._places: dict[Key, Ranked] = {}
        self._reasons = False

    def body(self) -> Iterable[Widget]:
        yield DayStrip()
        yield WindowList(
            [],
            id="agenda",
            empty=[
                line((_("Nothing is due."), "strong")),
                (),
                line(("F4 n", "key"), "  ", _("put an event in: its plan comes here step by step")),
                line(("a   ", "key"), "  ", _("write a log line; >fri in it makes a follow-up")),
            ],
        )
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
        ranked = agenda.today(self.book)
        self._places = _keyed(ranked)
        self._show()
        self.query_one(DayStrip).show(ranked)

    def _show(self) -> None:
        now = self.book.clock.local()
        moved = [original_text(place.item, now) for place in self._places.values()]
        self.rows.columns = [
            Column(width=1),
            Column(width=WHEN_CELLS),
            Column(flex=4 if self._reasons else 5),
            Column(flex=7 if self._reasons else 3),
        ]
        rows: list[Row] = []
        group = ""
        for (key, place), was in zip(self._places.items(), moved, strict=True):
            if place.group != group:
                group = place.group
                rows.append(self._heading(group))
            item = place.item
            about = (item.event, "" if item.kind == "promise" else item.person)
            last = str(place.why) if self._reasons else " · ".join(text for text in about if text)
            title = line((label(item), "strong" if place.rank == 1 else ""))
            cells: list[Cell] = [
                line(("!" if item.flagged else " ", "late")),
                line((when_text(item, now), _LOOKS.get(group, ""))),
                Ends(title, line((was, "muted"))) if was and not self._reasons else title,
                line((last, "muted")),
            ]
            rows.append(Row(key, tuple(cells)))
        self.rows.set_rows(rows)
        self._show_why()

    def _heading(self, group: str) -> Row:
        number = sum(place.group == group for place in self._places.values())
        look = _LOOKS.get(group, "title")
        return Row(
            ("heading", group),
            heading=line(" ", (_(GROUP_TITLES[group]), look), "  ", (str(number), "muted")),
        )

    @on(WindowList.Selected)
    def _show_why(self) -> None:
        self.query_one(ToldLines).rebuild()

    def _why(self, cells: int, rows: int) -> list[Line]:
        """Why the selected one stands where it does, at the bottom of its few rows."""
        place = self._selected()
        if place is None:
            return []
        text = str(place.sum if self._reasons else place.why)
        said = wrap(f"#{place.rank}  {text}", max(cells - 2, 20), 2)
        told: list[Line] = [line(" ", (row, "accent")) for row in said]
        if (whole := self._cut_off(place)) and len(told) < rows:
            told.append(line(" ", (whole, "muted")))
        return [()] * (rows - len(told)) + told

    def _cut_off(self, place: Ranked) -> str:
        """Title and event in full, where the row has no room for them."""
        cells = self.rows.widths(self.rows.size.width)
        title, event = label(place.item), place.item.event
        was = "" if self._reasons else original_text(place.item, self.book.clock.local())
        room = cells[TITLE_COLUMN] - width(was) - bool(was), 0 if self._reasons else cells[-1]
        if width(title) <= room[0] and width(event) <= room[1]:
            return ""
        return f"{title} · {event}" if event else title

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


def _keyed(ranked: Sequence[Ranked]) -> dict[Key, Ranked]:
    """Each with a key that stays the same while its rank changes."""
    places: dict[Key, Ranked] = {}
    for place in sorted(ranked, key=lambda p: (GROUPS.index(p.group), p.rank)):
        number = 0
        while (key := (place.item.kind, place.item.ref, number)) in places:
            number += 1
        places[key] = place
    return places
