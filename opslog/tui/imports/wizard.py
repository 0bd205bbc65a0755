"""Take in a list: see how it is read, put right what was guessed wrong, see what would happen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import on, work
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import ImportReport
from opslog.domain.rosters.rosters import ImportOptions, Preview
from opslog.locale import N_, Msg, _, msg
from opslog.services.book.book import Change
from opslog.services.book.long_change import Stopped
from opslog.services.imports import imports
from opslog.services.imports.reading.import_process import ImportProcess
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.imports import besides as besides
from opslog.tui.imports import lines as import_lines
from opslog.tui.imports import questions as questions
from opslog.tui.imports.actions import IMPORT
from opslog.tui.imports.start import Unfinished, look_at, meant, pick, whose
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line, wrap

REVIEW_AFTER = 0.15  # seconds without a change before what would happen is worked out
# What changes how the file is read, or which one; nothing of it while it is taken in, or after.
_CHANGES = {
    *("change", "take", "header", "event", "stop", "encoding", "sheet", "delimiter", "file"),
    *("kind", "fields", "besides", "renew"),
}
TOUCHED = ("roster", "roster_file", "roster_row", "card", "person", "log")


class ImportWizard(Base[Unfinished]):
    """One list, from the file to the roster. Gives what is left to do, None where it is in."""

    HELP = N_(
        "The file is shown as it was understood. Enter on a line changes it: the event, the "
        "encoding or sheet, the line with the headings, what a column means. Below stands what "
        "would happen to each line; nothing is kept before F10."
    )
    CSS_PATH = "wizard.tcss"
    BINDINGS = bind(
        *("import.change", "import.follow", "import.take"),
        *("import.event", "import.encoding", "import.sheet"),
        *("import.header", "import.file", "import.down", "import.up", *IMPORT),
        show=(
            *("import.change", "import.follow", "import.take"),
            *("import.file", "import.keep", "import.problems"),
        ),
    )

    def __init__(
        self,
        preview: Preview,
        options: ImportOptions,
        event_id: int | None,
        known_from: str = "",
    ) -> None:
        super().__init__()
        self.preview, self.options = preview, options
        self.event_id, self.event, self.known_from = event_id, "", known_from
        self.report: ImportReport | None = None  # of the dry run, or of the import itself
        self.problem: Msg | None = None
        self.done = False
        self._announcing = False
        self._at = 0  # the row samples begin at
        self._importing: ImportProcess | None = None
        self._asked = False  # what else of the file is taken, or renewed
        self._round = 0  # of reviews: what an older one says is no longer asked for

    def body(self) -> Iterable[Widget]:
        yield LinesView(id="head")
        yield WindowList(
            [Column(width=4, right=True), Column(flex=3), Column(flex=2), Column(flex=5)]
        )

    def on_mount(self) -> None:
        self._take_event(self.event_id)
        self.rows.focus()
        self._show()
        self._review()
        self._ask_if_unclear()

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def _take_event(self, event_id: int | None) -> None:
        self.event_id, self.event, stop = whose(self.host, event_id, self.preview, self.options)
        self.options = self.options._replace(stop=stop)

    def refresh_rows(self, touched: Touched) -> None:
        """An import taken back from here: show again what it would do."""
        if self.done and not self._announcing and "roster_row" in touched:
            self.done = False
            self._review()

    # -- what is shown -----------------------------------------------------------------

    def _show(self) -> None:
        self.query_one("#head", LinesView).set_lines(self._head())
        self.rows.set_rows(self._rows())
        self.refresh_bindings()

    def _head(self) -> list[Line]:
        lines = [line((self.preview.path.name, "title"), "  ", *self._state())]
        if self.problem is not None:
            lines += [
                line((row, "warn"))
                for row in wrap(str(self.problem), max(self.app.size.width - 4, 20), 2)
            ]
        elif self.report is not None:
            lines.append(import_lines.count_line(self.report))
            lines.append(import_lines.mark_line(self.report))
        return lines

    def _state(self) -> Line:
        key = self.host.key_text("import.take", "f10")
        if self.done:
            look = self.report is not None and (self.report.lines or self.report.gone)
            text = _("is in; the rows below are worth a look") if look else _("is in")
            return line((text, "good"))
        if self.problem is not None:
            return line((_("can't come in like this"), "warn"))
        if self.report is None:
            return line((_("working out what would happen …"), "muted"))
        return line((_("would come in like this"), "muted"), "  ", (key, "key"), f" {_('Import')}")

    def _rows(self) -> list[Row]:
        rows = []
        if not self.done:
            stop = questions.stop_said(self.host, self.event_id, self.options.stop)
            event = self.event, self.known_from, stop
            rows += import_lines.file_rows(self.preview, event, self._at, self.options, self.report)
        if self.report is not None and (self.done or self.report.lines or self.report.gone):
            rows += import_lines.look_rows(self.report, self.book.clock.zone)
        return rows

    @property
    def busy(self) -> bool:
        return self._importing is not None

    # -- what would happen ---------------------------------------------------------------

    def _review(self) -> None:
        """Work out what an import would do now, a little after the last change."""
        self._round += 1
        self.report, self.problem = None, None
        if self.event_id is None:
            self.problem = msg(N_("Choose the event this list belongs to: Enter on the first line"))
            self._show()
            return
        self._show()
        number = self._round
        self.set_timer(REVIEW_AFTER, lambda: self._try(number))

    @work(group="import-review", exclusive=True)
    async def _try(self, number: int) -> None:
        if number != self._round or self.event_id is None:
            return
        trial = ImportProcess(self.book, self.preview.path, self.event_id, self.options, trial=True)
        try:
            report, problem = await trial.run(self._tell(number)), None
        except Refused as refusal:
            report, problem = None, refusal.message
        if number == self._round:
            self.report, self.problem = report, problem
            self.say("")
            self._show()

    def _tell(self, number: int) -> imports.Progress:
        def tell(rows: int, share: float) -> None:
            if number == self._round and self.is_current:
                self.say(import_lines.share_done(rows, share))

        return tell

    async def _read(self, options: ImportOptions | None) -> None:
        """Read the file another way; where that can't be, say so and leave all as it was."""
        if options is None:
            return
        self._take_up(await look_at(self.host, self.preview.path, options), options)

    def _take_up(self, preview: Preview, options: ImportOptions) -> None:
        if preview.path != self.preview.path:
            self._asked = False
        self.preview, self.options, self._at = preview, options, 0
        self._review()
        self._ask_if_unclear()

    def _ask_if_unclear(self) -> None:
        """Where a file reads well in several ways, or names nobody, the operator says."""
        if self.preview.readings:
            self.action_encoding()
        elif self.preview.separations:
            self.action_delimiter()
        elif self.preview.doubt is not None:
            self._ask_names()

    # -- actions: what is wrong ------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can't be done now is greyed out."""
        if action in ("encoding", "sheet"):
            return not self.done and self.preview.is_workbook == (action == "sheet")
        if self.busy and action in _CHANGES:
            return None
        if action == "follow":
            return self.done
        if action == "problems":
            return self.done and self.report is not None and bool(self.report.marks)
        if action == "take" and not self.done:
            return True if self.report is not None else None
        return not self.done if action in _CHANGES or action in ("keep", "turn") else True

    @on(WindowList.Opened)
    async def action_change(self) -> None:
        """Change what the cursor is on."""
        kind, which = self.rows.selected if isinstance(self.rows.selected, tuple) else ("", "")
        if kind == "setting":
            await self.run_action(f"screen.{which}")
        elif kind == "column" and not self.busy:
            self._ask_field(int(which))

    @work(group="ask")
    async def _ask_field(self, index: int) -> None:
        await self._read(await questions.which_field(self.host, self.preview, self.options, index))

    @work(group="ask")
    async def _ask_names(self) -> None:
        await self._ask(questions.which_names)

    @work(group="ask")
    async def action_event(self) -> None:
        chosen = await questions.which_event(self.host, self.event_id)
        if chosen is not None:
            self.options, self.known_from = self.options._replace(stop=None), ""
            self._take_event(chosen)
            self._review()

    @work(group="ask")
    async def action_stop(self) -> None:
        """Whose list it is, where the event has stops."""
        if self.event_id is None:
            return
        await self._read(await questions.which_stop(self.host, self.event_id, self.options))

    @work(group="ask")
    async def action_encoding(self) -> None:
        await self._ask(questions.which_encoding)

    @work(group="ask")
    async def action_sheet(self) -> None:
        await self._ask(questions.which_sheet)

    @work(group="ask")
    async def action_delimiter(self) -> None:
        await self._ask(questions.which_delimiter)

    @work(group="ask")
    async def action_header(self) -> None:
        await self._ask(questions.which_header)

    @work(group="ask")
    async def action_kind(self) -> None:
        await self._ask(questions.which_kind)

    @work(group="ask")
    async def action_fields(self) -> None:
        if self.report is not None:
            kept = self.report.own
            await self._read(
                await besides.which_fields(self.host, self.preview, self.options, kept)
            )

    @work(group="ask")
    async def action_besides(self) -> None:
        if self.report is not None:
            held = (*self.options.take, *self.report.offered)
            await self._read(await besides.what_besides(self.host, held, self.options))

    @work(group="ask")
    async def action_renew(self) -> None:
        if self.report is not None:
            number = self.report.renewable
            await self._read(await besides.whether_to_renew(self.host, number, self.options))

    async def _ask(self, question: questions.Question) -> None:
        """Read the file as the question was answered."""
        await self._read(await question(self.host, self.preview, self.options))

    @work(group="ask")
    async def action_keep(self) -> None:
        """Save how the file is read, so that the next one like it is known by name."""
        path = await questions.keep_layout(self.host, self.preview)
        if path is None:
            return
        await self._read(self.options)
        self.say(_("saved: {path}").format(path=path), "good")

    @work(group="ask")
    async def action_file(self) -> None:
        found = await pick(self.host, f"{self.preview.path.parent.absolute()}/")
        if found is not None:
            told, self.known_from = meant(self.host, found[0], self.event_id)
            self.event_id, self.event, stop = whose(self.host, told, *found)
            self._take_up(found[0], found[1]._replace(stop=stop))

    def action_problems(self) -> None:
        """What came in and was not understood."""
        if self.report is not None and self.report.roster:
            open_screen(self.app, "problems", self.report.roster)

    def action_turn(self, by: int) -> None:
        """Samples from further down, or back."""
        most = max(len(self.preview.rows) - 1, 0)
        self._at = min(max(self._at + by * 5, 0), most)
        self._show()

    # -- the import ------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Take it in, as shown."""
        if self._importing is None and self.report is not None:
            self._ask_and_import(self.report)

    @work(group="ask", exclusive=True)
    async def _ask_and_import(self, report: ImportReport) -> None:
        """What was not said yet is asked once a file; Esc goes back to it."""
        if not self._asked:
            options = await besides.before_taking(self.host, report, self.options)
            if options is None:
                return
            self.options, self._asked = options, True
        self._import()

    @work(group="import", exclusive=True)
    async def _import(self) -> None:
        assert self.event_id is not None
        self._importing = ImportProcess(self.book, self.preview.path, self.event_id, self.options)
        self.say(_("taking it in …  Esc stops"), "accent")
        trial = self.report
        try:
            report = await self._importing.run(self._show_progress)
        except Refused:
            self.say("")
            raise
        except Stopped:
            self.say(_("Stopped: nothing was taken in"), "warn")
            return
        finally:
            self._importing = None
        self.report = replace(report, lines=trial.lines if trial else ())
        self.done = True
        self._show()
        self.rows.action_first()
        self._announce(report)

    def _announce(self, report: ImportReport) -> None:
        change = Change(
            report.summary(), report.change_id, touched={table: set() for table in TOUCHED}
        )
        if change:
            self._announcing = True
            self.host.announce(change, said=_("{key}: on to the list").format(key="Enter"))
            self._announcing = False
        else:
            self.say(_("Nothing had to be changed: the roster holds every row already"))

    def _show_progress(self, rows: int, share: float) -> None:
        self.say(import_lines.progress_bar(rows, share), "accent")

    async def action_follow(self) -> None:
        """Go on to the list that came in."""
        roster = self.report.roster if self.report else 0
        self.dismiss()
        await self.app.switch_mode("rosters")
        screen = self.app.screen
        show = getattr(screen, "show", None)
        if roster and show is not None:
            await show("roster", roster)

    def action_back(self) -> None:
        """Esc: first stops an import under way, then leaves."""
        if self._importing is not None:
            self._importing.stop()
            return
        self._round += 1
        left = Unfinished(self.preview, self.options, self.event_id, self.known_from)
        self.dismiss(None if self.done else left)
