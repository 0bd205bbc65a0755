"""Rosters: which lists there are, in which round, how many rows are left."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.rosters.rosters import SIGNUP
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.rounds import round_name
from opslog.locale import N_, _, ngettext
from opslog.services.book.contributions import Scope
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.services.segments import call_lists, groups
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.rosters.actions import ROSTERS
from opslog.tui.rosters.list_rows import UNFINISHED, Lists, ListsSummary, rows, unfinished_row
from opslog.tui.rosters.pane import of_state
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Confirm
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, capital, line, wrap

if TYPE_CHECKING:
    from opslog.tui.imports.start import Unfinished

QUESTION_CELLS = 66
SHOWN = {"roster", "roster_file", "roster_row", "card", "round", "decision", "event"}


class RostersScreen(Base[None]):
    """Every list with how far its newest round is."""

    HELP = N_(
        "A list goes through tidying and then through screenings, as many as you like. Enter "
        "goes on with the round that is open, or opens the next one."
    )
    ROW_KEYS = OF_A_ROW | {"roster.rows", "roster.mend"}
    CSS_PATH = "rosters.tcss"
    BINDINGS = bind(
        *("item.open", *ROSTERS, "item.lists", "item.edit", "item.delete"),
        show=("item.open", *ROSTERS, "item.lists"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._unfinished: Unfinished | None = None

    def body(self) -> Iterable[Widget]:
        yield ListsSummary()
        with Horizontal():
            yield WindowList(
                [Column()],
                empty=[
                    line((_("No lists yet."), "strong")),
                    (),
                    line(
                        (self.host.key_text("roster.import", "n"), "key"),
                        "  ",
                        _("takes in the sign-up list of an event: CSV or Excel, as it was sent"),
                    ),
                ],
            )
            yield Pane(self._open_beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self._lists = Lists(self.book)
        self.rows.focus()
        self._load()

    def left_import(self, left: Unfinished | None) -> None:
        """An import that was left before the list was in stands first among the lists."""
        self._unfinished = left
        self._load()
        if left is not None:
            self.rows.select(UNFINISHED)

    def anew(self) -> RostersScreen:
        fresh = RostersScreen()
        fresh._unfinished = self._unfinished
        return fresh

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "roster" else None

    def refresh_rows(self, touched: Touched) -> None:
        if self.app.screen is not self:  # a verdict on the screen above: when we are back
            self.stale = True
            return
        if not touched or touched.keys() & SHOWN:
            self._load()

    def _load(self) -> None:
        self._lists = Lists(self.book)
        key, left = self.host.key_text("item.open", "enter"), self._unfinished
        unfinished = [unfinished_row(left.preview.path.name, key)] if left else []
        self.rows.set_rows([*unfinished, *rows(self._lists, key)])
        self.query_one(ListsSummary).show(self._lists)

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _open_beside(self, cells: int, _rows: int) -> list[Line]:
        state = self._selected()
        found = [] if state is None else rosters.some(self.book, [state.roster_id])
        return of_state(self.book, found[0], cells) if found else []

    def _selected(self) -> RosterState | None:
        key = self.rows.selected
        return self._lists.of(key) if isinstance(key, int) else None

    async def show(self, kind: str, ref: int) -> None:
        """Put the cursor on a list; the round of an open one is gone on with at once. A row that
        was not understood stands among the problems.
        """
        if kind == "row":
            from opslog.tui.rosters.problems import ProblemsScreen

            self.app.push_screen(ProblemsScreen(None, ref))
            return
        self._load()
        self.rows.select(ref)
        state = self._selected()
        if state is not None and state.open and state.round_id is not None:
            self._screen(state.round_id)

    def export_shown(self) -> Shown:
        """The list under the cursor with its verdicts; of one made of people, these."""
        state = self._selected()
        if state is not None and state.kind != SIGNUP:
            return Shown("roster", Scope(roster_id=state.roster_id), name=state.event)
        return Shown("roster", Scope(None if state is None else state.event_id))

    # -- actions ---------------------------------------------------------------------

    @on(WindowList.Opened)
    @work(group="ask")
    async def action_open(self) -> None:
        """Go on with the open round, or offer to open the next."""
        if self.rows.selected == UNFINISHED and self._unfinished is not None:
            from opslog.tui.imports.opening import go_on_with

            await go_on_with(self.host, self._unfinished)
            return
        state = self._selected()
        if state is None:
            return
        if state.open and state.round_id is not None:
            self._screen(state.round_id)
            return
        if not state.live:
            self.say(_("no row of {event} is left to screen").format(event=state.event), "warn")
            return
        name = str(round_name(state.next_number))
        question = ngettext(
            "Open {round} of {event}, {n} row?", "Open {round} of {event}, {n} rows?", state.live
        ).format(round=name, event=state.event, n=state.live)
        if not await self.host.ask(Confirm(question, _explained(state.next_number))):
            return
        change = self.host.do(lambda: rounds.open_round(self.book, state.roster_id))
        if change is not None:
            self._screen(change.made)

    def _screen(self, round_id: int) -> None:
        open_screen(self.app, "round", round_id)

    def action_rows(self) -> None:
        from opslog.tui.rosters.rows import RosterRowsScreen

        state = self._selected()
        if state is not None:
            self.app.push_screen(RosterRowsScreen(state))

    def action_problems(self) -> None:
        from opslog.tui.rosters.problems import ProblemsScreen

        state = self._selected()
        if state is not None:
            self.app.push_screen(ProblemsScreen(state.roster_id))

    @work(group="ask")
    async def action_lists(self) -> None:
        """Of some of those on the list under the cursor: to call, to mail, or as a file."""
        from opslog.tui.segments.send_on import ask_of_list

        if state := self._selected():
            first = groups.still_in(self.book, state.roster_id).code
            await ask_of_list(self.host, state.roster_id, first)

    @work(group="ask")
    async def action_edit(self) -> None:
        """The name, words and days of a call list."""
        from opslog.tui.segments.call_list import ask_change

        if state := self._selected():
            await ask_change(self.host, state.roster_id)

    @work(group="ask")
    async def action_delete(self) -> None:
        """Call nobody of a call list any more; what goes and what stays is said first."""
        if (state := self._selected()) is None:
            return
        ending = call_lists.ending(self.book, state.roster_id)
        question = (
            _("Delete the call list {name}?") if ending.goes else _("Close the call list {name}?")
        )
        explained = [line((capital(str(ending.said)), "muted"))]
        if await self.host.ask(Confirm(question.format(name=ending.name), explained)):
            self.host.do(lambda: call_lists.end(self.book, state.roster_id))

    def action_import_list(self) -> None:
        from opslog.tui.imports.opening import open_import_wizard

        state = self._selected()
        open_import_wizard(self.host, event_id=None if state is None else state.event_id)


def _explained(number: int) -> list[Line]:
    """One line on what this round is for, as the operator's rule has it."""
    text = {
        0: _("Mark what is plainly invalid: colleagues, competitors, partners. Be quick."),
        1: _("Complete the profile, add tags; people on WeCom come first."),
        2: _("Drop made-up names and who is not the target; add to WeCom by hand."),
    }.get(number, _("Go through the rows that were kept once more."))
    return [line((row, "muted")) for row in wrap(text, QUESTION_CELLS)]
