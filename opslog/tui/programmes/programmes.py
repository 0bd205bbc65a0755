"""The programmes: how many are in each, what is due, how often people answer; one lies open."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.rates import Rate
from opslog.domain.programmes.listed import Listed
from opslog.locale import N_, _
from opslog.services.programmes import programmes, rates
from opslog.tui.frame.navigation import open_screen, screen_class
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.programmes import programme_lines, verbs
from opslog.tui.programmes.actions import NEXT, PROGRAMMES
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

_KEYS = ("item.open", *NEXT, *PROGRAMMES, "item.edit", "item.new")
SHOWN = {"enrolment", "sending", "content", "own_file", "touch"}  # tables they are read from


class ProgrammesScreen(Base[None]):
    """By their names."""

    HELP = N_(
        "Programmes of messages: steps on each person's own days. Enter opens one with its people, "
        "1 lets it go on to the next span, 2 shows who could enter, e changes it as text, n makes "
        "one of your own from it. Tab leads on to the pieces of content."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._listed: dict[str, Listed] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Programme"), flex=3),
                    Column(_("In it"), width=6, right=True),
                    Column(_("Paused"), width=6, right=True),
                    Column(_("Left"), width=6, right=True),
                    Column(_("Due today"), width=9, right=True),
                    Column(_("Replies"), width=9, right=True),
                ],
                header=True,
                empty=[line((_("No programme can be read; the notices say why."), "strong"))],
                id="programmes",
            )
            yield Pane(self._opened_beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#programmes", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> ProgrammesScreen:
        return ProgrammesScreen()

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not SHOWN & touched.keys():
            return
        self._listed = {one.code: one for one in programmes.programmes(self.book)}
        self.rows.set_rows([Row(one.code, self._cells(one)) for one in self._listed.values()])
        self._tell()

    def _cells(self, one: Listed) -> tuple[Cell, ...]:
        return (
            line((str(one.title), "strong")),
            f"{one.active:,}",
            line((f"{one.paused:,}", "muted" if one.paused else "dim")),
            line((f"{one.left:,}", "muted" if one.left else "dim")),
            line((f"{one.due:,}", "accent" if one.due else "dim")),
            line((Rate(*one.rate).short, "")),
        )

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        code = self._code()
        if code is None:
            return self.beside_empty(cells)
        key = self.host.key_text("programmes.grow", "1")
        return programme_lines.lines(rates.of_programme(self.book, code), cells, key)

    def _code(self) -> str | None:
        key = self.rows.selected
        return key if isinstance(key, str) else None

    # -- keys ---------------------------------------------------------------------------

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if code := self._code():
            open_screen(self.app, "programme", code)

    def action_next_view(self) -> None:
        self.app.switch_screen(screen_class("contents")())

    def action_grow(self) -> None:
        if code := self._code():
            verbs.grow(self.host, code)

    @work(group="ask")
    async def action_candidates(self) -> None:
        if code := self._code():
            await verbs.ask_candidates(self.host, code)

    def action_edit(self) -> None:
        if code := self._code():
            verbs.edit(self.host, code)

    @work(group="ask")
    async def action_new(self) -> None:
        if code := self._code():
            await verbs.ask_copy(self.host, code)
