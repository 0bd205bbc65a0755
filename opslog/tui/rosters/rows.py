"""One roster from inside: its rows as they came in, its problems, its ledger of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.dates.wording import near_day, past_moment
from opslog.domain.imports.attendance import ATTENDANCE
from opslog.domain.rosters.rosters import PROBLEMS, RESULTS, SIGNUP, WAYS_SAID, RosterFile
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.card import LedgerEntry, ListedRow
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import (
    DROP,
    UNDECIDED,
    Verdict,
    decided_by,
    round_name,
    verdict_name,
)
from opslog.locale import N_, _
from opslog.services.book import own_kinds
from opslog.services.book.contributions import Scope
from opslog.services.rosters import problems as roster_problems
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.tui.frame import long_changes
from opslog.tui.frame.navigation import ask_later, open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.people.pane import opened as person_lines
from opslog.tui.rosters.actions import ROWS
from opslog.tui.rosters.pane import file_lines
from opslog.tui.rosters.problem_lines import row_lines
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Confirm
from opslog.tui.widgets.lists.lines_view import LinesView, Pane
from opslog.tui.widgets.lists.paged_rows import PagedRows, WindowRows
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, join, line

VIEWS = {
    "rows": N_("All rows"),
    "problems": N_("Problems"),
    "decisions": N_("Decisions"),
    "files": N_("Files"),
}
# Label, cells (0: a share of what is left), shares, and how wide the list must be to show it: what
# stands open beside it says the rest.
COLUMNS: dict[str, list[tuple[str, int, int, int]]] = {
    "rows": [
        (N_("Line"), 6, 0, 0),
        (N_("Name"), 0, 2, 0),
        (N_("Company"), 0, 3, 0),
        (N_("Result"), 10, 0, 64),
        (N_("Verdict"), 0, 2, 0),
        (N_("As it came in"), 0, 5, 100),
    ],
    "problems": [
        (N_("Line"), 6, 0, 0),
        (N_("Problem"), 0, 2, 0),
        (N_("As it came in"), 0, 5, 0),
    ],
    "decisions": [
        (N_("Decided"), 16, 0, 0),
        (N_("Round"), 12, 0, 0),
        (N_("Name"), 0, 2, 0),
        (N_("Company"), 0, 3, 0),
        (N_("Verdict"), 0, 2, 0),
        (N_("By"), 0, 2, 90),
    ],
    "files": [
        (N_("Imported"), 11, 0, 0),
        (N_("No."), 4, 0, 64),
        (N_("File"), 0, 3, 0),
        (N_("Rows"), 7, 0, 0),
        (N_("State"), 0, 2, 64),
    ],
}


class RosterRowsScreen(Base[None]):
    """Four views of one list, one digit each."""

    HELP = N_(
        "Nothing that came in is lost: every row stands here with its cells as they were, also "
        "those nobody could be made of."
    )
    CSS_PATH = "rows.tcss"
    BINDINGS = bind(
        *("item.open", "item.programme", *ROWS),
        show=("item.open", "item.programme", "roster.withdraw", "roster.all", "roster.problems"),
    )

    def __init__(self, state: RosterState) -> None:
        super().__init__()
        self.state = state
        self.shown = "rows"
        self._people: dict[int, int | None] = {}  # row on screen -> person

    def body(self) -> Iterable[Widget]:
        yield LinesView(id="roster-head")
        with Horizontal():
            yield WindowList([], header=True)
            yield Pane(self._opened_beside)

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        """The row, the file, or whom a decision was about."""
        key = self.rows.selected
        if not isinstance(key, int):
            return []
        if self.shown == "files":
            files = {one.id: one for one in rosters.files(self.book, self.state.roster_id)}
            return file_lines(self.book, files[key], cells) if key in files else []
        if self.shown == "decisions":
            person_id = self._people.get(key)
            return [] if person_id is None else person_lines(self.book, person_id, cells)
        found = roster_problems.rows(self.book, [key])
        if found:
            return row_lines(found[0], cells)
        person_id = self._people.get(key)
        return [] if person_id is None else person_lines(self.book, person_id, cells)

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.action_view(self.shown)

    def anew(self) -> RosterRowsScreen:
        fresh = RosterRowsScreen(self.state)
        fresh.shown = self.shown
        return fresh

    def refresh_rows(self, touched: Touched) -> None:
        if self.app.screen is not self:
            self.stale = True
            return
        self._load()

    def action_view(self, name: str) -> None:
        if name == self.shown:
            self.say(_("That is what is shown"))
        self.shown = name
        self.rows.columns = [
            Column(_(label), cells, share, least=least)
            for label, cells, share, least in COLUMNS[name]
        ]
        self.rows.empty = [line((_(EMPTY[name]), "muted"))]
        self._load()
        self.rows.action_first()

    def _load(self) -> None:
        head: list[Line] = []
        for number, (name, label) in enumerate(VIEWS.items(), 1):
            look = "title" if name == self.shown else "muted"
            head.append(line((str(number), "key"), " ", (_(label), look)))
        self.query_one(LinesView).set_lines(
            [((" ", ""), *join([line((self.state.event, "title")), *head], "   "))]
        )
        self._people.clear()
        book, roster_id = self.book, self.state.roster_id
        self.refresh_bindings()
        if self.shown == "files":
            self.rows.set_rows([self._file(one) for one in rosters.files(book, roster_id)][::-1])
            return
        if self.shown == "decisions":
            ids = rounds.decision_ids(book, roster_id)
            self.rows.set_source(PagedRows(ids, self._decisions, newest_first=True))
            return
        problems = self.shown == "problems"
        window = rounds.lines(book, roster_id, problems=problems)
        self.rows.set_source(WindowRows(window, partial(self._lines, problems)))

    def _file(self, one: RosterFile) -> Row:
        zone = self.book.clock.zone
        today = self.book.today()
        when = past_moment(one.imported_at, zone, today)
        kind = _("who came") if one.kind == ATTENDANCE else _("who signed up")
        state = ""
        if one.withdrawn_at is not None:
            state = _("withdrawn {day}").format(
                day=near_day(one.withdrawn_at.astimezone(zone).date(), today)
            )
        return Row(
            one.id,
            (
                line((when, "muted")),
                line((str(one.id), "muted")),
                line((f"{one.file} {one.sheet}".strip(), "muted" if state else "strong")),
                f"{one.read:,}",
                line((state, "warn") if state else (one.profile or kind, "muted")),
            ),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Files are withdrawn, rows are opened."""
        if action == "withdraw":
            return self.shown == "files"
        if action == "open":
            return self.shown != "files"
        return True

    @work(group="ask")
    async def action_withdraw(self) -> None:
        """Take the import under the cursor back, after a question."""
        file_id = self.rows.selected
        files = rosters.files(self.book, self.state.roster_id)
        one = next((file for file in files if file.id == file_id), None)
        if one is None:
            return
        question = _("Withdraw {file}?").format(file=one.file)
        explained = _("Whom it brought is gone, what it filled is blank again.")
        kept = _(
            "Rows that were decided, called, tagged or edited since stay, and what other lists say"
            " too."
        )
        lines = [line((text, "muted")) for text in (explained, kept)]
        if await self.host.ask(Confirm(question, lines)):
            long_changes.withdraw(self.host, one)

    def _lines(self, problems: bool, ids: Sequence[int]) -> list[Row]:
        rows = rounds.rows_of(self.book, ids)
        self._people.update((row.id, row.person_id) for row in rows)
        reasons = own_kinds.reasons(self.book)
        return [_problem(row) if problems else _listed(row, reasons) for row in rows]

    def _decisions(self, ids: Sequence[int]) -> list[Row]:
        entries = rounds.decisions_of(self.book, ids)
        self._people.update((entry.decision.id, entry.person_id) for entry in entries)
        zone, reasons = self.book.clock.zone, own_kinds.reasons(self.book)
        return [
            _decided(entry, f"{entry.decision.at.astimezone(zone):%Y-%m-%d %H:%M}", reasons)
            for entry in entries
        ]

    @on(WindowList.Opened)
    def action_open(self) -> None:
        """The person of a row, one that became nobody has none; a problem to be mended."""
        key = self.rows.selected
        if self.shown == "problems" and isinstance(key, int):
            from opslog.tui.rosters.problems import ProblemsScreen

            self.app.push_screen(ProblemsScreen(self.state.roster_id, key))
            return
        person_id = self._people.get(key) if isinstance(key, int) else None
        if person_id is not None:
            open_screen(self.app, "person", person_id)
        elif key is not None:
            self.say(_("nobody could be made of this row; it is kept as it came in"))

    def action_programme(self) -> None:
        key = self.rows.selected
        person_id = self._people.get(key) if isinstance(key, int) else None
        if person_id is None:
            self.say(_("Nobody stands on this row"), "warn")
        else:
            ask_later(self.host, "programme", [person_id])

    def export_shown(self) -> Shown:
        """This list; where only its problems are shown, these rows of it."""
        state, keys = self.state, None
        if state.kind != SIGNUP:
            return Shown("roster", Scope(roster_id=state.roster_id), name=state.event)
        if self.shown == "problems":
            window = rounds.lines(self.book, state.roster_id, problems=True)
            keys = window.ids(0, window.count())
        return Shown("roster", Scope(state.event_id, keys))


EMPTY = {
    "files": N_("No file yet."),
    "rows": N_("No rows."),
    "problems": N_("Every row was understood."),
    "decisions": N_("Nothing is decided yet. Enter on the list opens its round."),
}


def _verdict(verdict: Verdict, reasons: Reasons) -> Line:
    text = "" if verdict.verdict == UNDECIDED else str(verdict_name(verdict.verdict))
    if verdict.verdict == DROP:
        text = _("{what}: {result}").format(what=text, result=reasons.title(verdict.reason))
    return line((text, {"drop": "mark", "keep": "good"}.get(verdict.verdict, "warn")))


def _cells(row: ListedRow) -> Line:
    return join([line(" ".join(value.split())) for _heading, value in row.row.cells if value])


def _listed(row: ListedRow, reasons: Reasons) -> Row:
    result = (
        _({**RESULTS, **WAYS_SAID}.get(row.result, row.result)),
        "warn" if row.result == "problem" else "muted",
    )
    return Row(
        row.id,
        (
            line((str(row.row.line or ""), "muted")),
            line((row.name, "strong")),
            row.company,
            line(result),
            _verdict(row.verdict, reasons),
            _cells(row),
        ),
    )


def _problem(row: ListedRow) -> Row:
    said = join([(_(PROBLEMS.get(code, code)), "warn") for code in row.row.problems], _(", "))
    return Row(row.id, (line((str(row.row.line), "muted")), said, _cells(row)))


def _decided(entry: LedgerEntry, at: str, reasons: Reasons) -> Row:
    found = entry.decision
    by = str(decided_by(found.by))
    verdict = _verdict(Verdict(found.verdict, found.reason), reasons)
    if found.verdict == UNDECIDED:
        verdict = line((str(verdict_name(UNDECIDED)), "warn"))
    return Row(
        found.id,
        (
            line((at, "muted")),
            str(round_name(found.round)),
            line((entry.name, "strong")),
            entry.company,
            verdict,
            line((by, "muted")),
        ),
    )
