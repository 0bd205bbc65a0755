"""What stands behind a number: each row that it counts; Enter leads to the thing itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from textual import on, work
from textual.widget import Widget

from opslog.domain.dates.wording import past_moment
from opslog.locale import N_, ngettext
from opslog.services.reports.opening import Opened
from opslog.tui.frame import navigation
from opslog.tui.frame.screen import Base
from opslog.tui.frame.shown import Shown
from opslog.tui.reports import send_on
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import line


class Behind(NamedTuple):
    """A number to be opened: ``what`` it is of (days, an event), the ``group`` it stands in, its
    ``name``, of what ``kind`` its ``rows`` are, read when they are wanted. ``day``: of its rows the
    time says when."""

    what: str
    group: str
    name: str
    kind: str
    rows: Callable[[], Sequence[Opened]]
    day: date | None = None


class OpenedScreen(Base[None]):
    """One number, as the report or the review had it."""

    HELP = N_(
        "The rows that a number counts, oldest first. Enter opens one, x writes them "
        "to a file, l makes a list of their people: to call, to mail, or as a file."
    )
    CSS_PATH = "reports.tcss"
    ALSO_SHOWN = ("export",)
    BINDINGS = bind("item.open", "item.lists", show=("item.open", "item.lists"))

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind
        self._rows: dict[Hashable, Opened] = {}
        self._people = False  # whether its rows are people

    def body(self) -> Iterable[Widget]:
        yield LinesView(id="what")
        yield WindowList([Column(width=12), Column(flex=3)], id="rows")

    def on_mount(self) -> None:
        rows, behind = self._behind.rows(), self._behind
        self._rows = dict(enumerate(rows))
        self._people = any(one.who for one in rows)
        number = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        self.query_one("#what", LinesView).set_lines(
            [
                (),
                line(
                    "  ",
                    (behind.what, "muted"),
                    "  ",
                    (behind.group, "muted"),
                    "  ",
                    (behind.name, "focal"),
                    "  ",
                    (number, "strong"),
                ),
            ]
        )
        listed = self.query_one(WindowList)
        if self._people:
            listed.columns.insert(1, Column(flex=2))
        listed.set_rows([Row(key, self._cells(one)) for key, one in self._rows.items()])
        listed.focus()

    def export_shown(self) -> Shown:
        return send_on.shown(self._behind.name, self._behind.kind, [*self._rows.values()])

    @work(group="ask")
    async def action_lists(self) -> None:
        behind = self._behind
        rows = [*self._rows.values()]
        await send_on.ask(self.host, behind.what, behind.name, behind.kind, rows)

    def anew(self) -> OpenedScreen:
        return OpenedScreen(self._behind)

    def _cells(self, one: Opened) -> tuple[Cell, ...]:
        local = one.at.astimezone(self.book.clock.zone)
        if self._behind.day == local.date():
            when = f"{local:%H:%M}"
        else:
            when = past_moment(one.at, self.book.clock.zone, self.book.today())
        shown = line((when, "muted")), str(one.text)
        return (shown[0], one.who, shown[1]) if self._people else shown

    @on(WindowList.Opened)
    async def action_open(self) -> None:
        one = self._rows.get(self.query_one(WindowList).selected)
        if one is not None and one.kind in navigation.WHERE:
            await navigation.open_thing(self.app, one.kind, one.ref)
