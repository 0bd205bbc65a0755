"""Problems: rows that were not understood, mended in place, one key to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.rosters.problems import Problem
from opslog.domain.rosters.rosters import FIELDS
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.rosters import problems as roster_problems
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.rosters.actions import TO_MEND
from opslog.tui.rosters.problem_lines import cell_lines, hints, pane_lines, said, where
from opslog.tui.widgets.actions import REGISTRY, bind
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.paged_rows import WindowRows
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

FORM_CELLS = 60


class ProblemsScreen(Base[None]):
    """Marked rows of one list, or of all with ``roster_id`` None."""

    HELP = N_(
        "Rows with a damaged phone, without a name, totals, ragged ones. Enter types what the "
        "cells should have said: a row that was nobody becomes a card, the cells stay as they "
        "came in. 0 says that nothing is to be mended. Both go on to the next row, and are undone "
        "by one key."
    )
    CSS_PATH = "problems.tcss"
    BINDINGS = bind(*TO_MEND, show=TO_MEND)

    def __init__(self, roster_id: int | None, row_id: int | None = None) -> None:
        super().__init__()
        self._one, self._roster_id, self._first = roster_id, roster_id, row_id

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="problems-head")
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Line"), width=6, right=True),
                    Column(_("Problem"), flex=3),
                    Column(_("Name"), flex=2),
                ],
                header=True,
                empty=self._empty(),
            )
            yield Pane(self._opened_beside)
        yield ToldLines(self._opened_below, id="problems-cells")

    def _empty(self) -> list[Line]:
        return [
            line((_("Every row was understood, or looked at."), "strong")),
            (),
            line(("Esc", "key"), "  ", _("back")),
        ]

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self._load()
        if self._first is not None:
            self.rows.select(self._first)

    def anew(self) -> ProblemsScreen:
        fresh = ProblemsScreen(self._one)
        fresh._roster_id = self._roster_id
        return fresh

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "roster_row" else None

    def refresh_rows(self, touched: Touched) -> None:
        if self.app.screen is not self:
            self.stale = True
            return
        if not touched or touched.keys() & {"roster_row", "roster_file", "person", "card"}:
            self._load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An empty list has nothing to mend."""
        if action in ("mend", "next", "accept"):
            return bool(self.rows.count)
        return self._one is not None if action == "all" else True

    def _load(self) -> None:
        self.rows.set_source(
            WindowRows(roster_problems.waiting(self.book, self._roster_id), self._read)
        )
        self.refresh_bindings()
        self._tell()

    def _head(self, cells: int, _rows: int) -> list[Line]:
        """How many are left, and of which list."""
        left, found = self.rows.count, self._selected()
        number = ngettext("{n} row to look at", "{n} rows to look at", left).format(n=f"{left:,}")
        where = _("all lists") if self._roster_id is None else found.event if found else ""
        return [spread(line(" ", (number, "focal")), line((where, "muted"), " "), cells)]

    def _read(self, ids: Sequence[int]) -> list[Row]:
        return [_row(problem) for problem in roster_problems.rows(self.book, ids)]

    def _selected(self) -> Problem | None:
        key = self.rows.selected
        found = roster_problems.rows(self.book, [key]) if isinstance(key, int) else []
        return found[0] if found else None

    @on(WindowList.Selected)
    def _tell(self) -> None:
        for view in self.query(ToldLines):
            view.rebuild()

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        problem = self._selected()
        if problem is None:
            return []
        kinds = roster_problems.kinds(self.book, problem.roster_id)
        return pane_lines(problem, self._key, kinds, cells)

    def _opened_below(self, cells: int, rows: int) -> list[Line]:
        """The row as it came in, and what to do about it where there is room."""
        problem = self._selected()
        if problem is None:
            return []
        lines = [line(" ", (where(problem), "muted")), *cell_lines(problem, cells)]
        told = [((" ", ""), *row) for row in hints(problem, cells - 2)]
        return [*lines, *told] if len(lines) + len(told) <= rows else lines[:rows]

    def _key(self, id: str) -> str:
        return self.host.key_text(id, REGISTRY[id].keys.split(",")[0])

    def export_shown(self) -> Shown:
        waiting = roster_problems.waiting(self.book, self._roster_id)
        keys = None if self._roster_id is None else waiting.ids(0, waiting.count())
        return Shown("problems", Scope(keys=keys))

    # -- keys ------------------------------------------------------------------------------

    def action_next(self) -> None:
        self.rows.action_move(1)

    def action_accept(self) -> None:
        key = self.rows.selected
        if isinstance(key, int):
            self.host.do(lambda: roster_problems.accept(self.book, key))

    def action_all(self) -> None:
        self._roster_id = self._one if self._roster_id is None else None
        self._load()

    @on(WindowList.Opened)
    @work(group="ask")
    async def action_mend(self) -> None:
        """Ask for the fields; what was changed is taken, then the next row is in front."""
        problem = self._selected()
        if problem is None:
            return

        def typed(values: Values) -> dict[str, str]:
            return {name: text for name, text in values.items() if text != problem.values[name]}

        def saves(values: Values) -> Change | None:
            said = typed(values)
            return roster_problems.mend(self.book, problem.id, said) if said else None

        preview = [line((said(problem), "warn")), *cell_lines(problem, FORM_CELLS)]
        await self.host.ask(
            Form(
                msg(N_("Line {line} of {file}"), line=problem.line, file=problem.file),
                [Field(name, _(FIELDS[name]), text) for name, text in problem.values.items()],
                saves,
                lambda _values: preview,
                where=Place("mend", "row", problem.id),
                first=_field(problem),
            )
        )


def _row(problem: Problem) -> Row:
    return Row(
        problem.id,
        (
            line((str(problem.line), "muted")),
            line((said(problem), "warn")),
            line((problem.values["name"], "strong")),
        ),
    )


def _field(problem: Problem) -> str:
    """The field that a row's first mark is about."""
    mark = problem.problems[0] if problem.problems else ""
    return next((name for name in ("phone", "email") if mark.startswith(f"{name}_")), "name")
