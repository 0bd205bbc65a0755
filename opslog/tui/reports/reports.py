"""Review: what the day, the week, the month brought, as words to paste and numbers that open."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from datetime import date, datetime
from typing import ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import past_moment
from opslog.domain.reports.figures import Figure
from opslog.domain.reports.own_text import OwnText
from opslog.domain.reports.stretches import DAY, MONTH, SPAN, WEEK, Stretch, of
from opslog.locale import N_, _, msg
from opslog.services.reports import files, narrowing, opening, own_text, reports
from opslog.services.reports.reports import Report
from opslog.tui.frame import navigation
from opslog.tui.frame.actions import REVIEW
from opslog.tui.frame.proving import prove
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.reports import actions, numbers, saving, send_on
from opslog.tui.reports.opened import Behind, OpenedScreen
from opslog.tui.reports.tiles import Numbers, Tiles
from opslog.tui.reports.words import ReportWords
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.editor import Editor
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.drawing import button, spread
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

KEYS = (
    *("item.copy", "item.edit", "item.open", "item.filter"),
    *actions.REPORT,
    "item.lists",
    *REVIEW,
)
NAMED_ABOVE = {"report.before", "report.after", "report.week", "report.month"}  # in the head
SHOWN = tuple(id for id in KEYS if id not in NAMED_ABOVE)


class ReportScreen(Base[None]):
    """One report; F8 shows that of today."""

    CSS_PATH = "reports.tcss"
    ROW_KEYS = frozenset({"item.open", "item.lists"})
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "What was done, counted from the log: y copies the words for a chat, e changes them first "
        "(the numbers stay), x writes a file. The arrows lead to the day before and after, w and m "
        "to the week and the month; / keeps it to a tag, an event, a person or to days of "
        "your own. Enter opens the number under the cursor; up from the first one leads to the big "
        "ones above. v shows what the latest event has brought."
    )
    BINDINGS: ClassVar[list[BindingType]] = bind(*KEYS, show=SHOWN)

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None  # in the stretch shown; None: today
        self._kind = DAY
        self._span: Stretch | None = None  # days that are typed, in the place of these
        self._only = reports.EVERYTHING
        self._report: Report | None = None
        self._own: OwnText | None = None
        self._first_at: datetime | None = None  # when it was made, until it is come to
        self._figures: dict[Hashable, Figure] = {}

    def body(self) -> Iterable[Widget]:
        yield Tiles()
        with Horizontal():
            with Vertical(id="paper"):
                yield ReportWords()
                yield ToldLines(self._act, id="act")
            yield Numbers(
                numbers.COLUMNS,
                empty=(
                    line((_("Nothing to count here."), "strong")),
                    (),
                    line(("a", "key"), "  ", _("writes a line into the log")),
                ),
                id="numbers",
            )
        yield ToldLines(self._foot, id="foot")

    @property
    def words(self) -> ReportWords:
        return self.query_one(ReportWords)

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    @property
    def tiles(self) -> Tiles:
        return self.query_one(Tiles)

    def on_mount(self) -> None:
        self.refresh_rows({})
        self._first_at = self.book.now()
        self.call_after_refresh(self._focus)

    @property
    def silent_keys(self) -> Collection[str]:
        """What there is no use for: to change sides where both show, to drop words there are none
        of, to open a number while the words are in front."""
        unused = [
            *(["report.numbers"] if self.has_class("-wide") else []),
            *(["report.anew"] if self._own is None else []),
            *(["item.open", "item.lists"] if self.focused is self.words else []),
        ]
        return {*super().silent_keys, *unused}

    def anew(self) -> ReportScreen:
        fresh = ReportScreen()
        fresh._day, fresh._kind = self._day, self._kind
        fresh._span, fresh._only = self._span, self._only
        return fresh

    def place(self) -> object:
        return None

    def go_to(self, place: object) -> None:
        pass

    def come_to(self) -> None:
        """By its key: the report of today."""
        super().come_to()
        shown = self._day, self._kind, self._span, self._only
        first_at, self._first_at = self._first_at, None
        if shown == (None, DAY, None, reports.EVERYTHING) and first_at == self.book.now():
            return  # made this very moment
        self._only = reports.EVERYTHING
        self._show(None, DAY)

    # -- what is shown ---------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        stretch = self._span or of(self._kind, self._day or self.book.today())
        self._report = reports.report(self.book, stretch, self._only)
        self._own = None if self._only else own_text.of(self.book, stretch)
        self._figures = {(one.group, one.key): one for one in self._report.figures()}
        self.words.show(self._report, self._own)
        self.rows.set_rows(numbers.rows(self._report))
        self.tiles.show(self._report)
        self.query_one("#foot", ToldLines).rebuild()

    def _show(self, day: date | None, kind: str) -> None:
        self._day, self._kind, self._span = day, kind, None
        if self.is_mounted:
            self.refresh_rows({})
            self.rows.action_first()

    def _act(self, cells: int, _rows: int) -> list[Line]:
        """What the words are for."""
        copy, edit = self.host.key_text("item.copy", "y"), self.host.key_text("item.edit", "e")
        left = button(copy, _("Copy, to paste it"))
        return [spread(line("  ", *left), line((edit, "key"), " ", _("Edit"), "  "), cells)]

    def _foot(self, cells: int, rows: int) -> list[Line]:
        """When it was made; or that one's own words say other numbers than those of now."""
        report, own = self._report, self._own
        if report is None:
            return []
        if own is not None and self._stale:
            when = past_moment(own.at, self.book.clock.zone, self.book.today())
            said = _("Your words are of {when}; the numbers are others since").format(when=when)
            key = self.host.key_text("report.anew", "delete")
            return [
                line("  ", (said, "warn"), "  ", (key, "key"), " ", (_("Work out anew"), "muted"))
            ]
        return [line("  ", (str(report.made()), "dim"))]

    @property
    def _stale(self) -> bool:
        """Whether one's own words were written over other numbers than those of now."""
        own, report = self._own, self._report
        return own is not None and report is not None and own.made_from != report.text()

    @on(events.Resize)
    def _laid_out_anew(self) -> None:
        self.call_after_refresh(self._focus)

    def _focus(self) -> None:
        """The list where it shows, else the words, which scroll."""
        (self.rows if self.rows.display else self.words).focus()

    # -- keys --------------------------------------------------------------------

    @work(group="ask", exclusive=True)
    async def action_filter(self) -> None:
        """Keep the report to a tag, an event, a person, or to days of one's own."""
        assert self._report is not None
        offers = narrowing.offers(self._report)
        found = await self.host.ask(
            Prompt(
                msg(N_("Only what has #tag @event +person; or days: 11-01 11-15")),
                self._report.words.only,
                saves=lambda text: narrowing.read(self.book, narrowing.meant(text, offers)),
                offers=offers,
                proposed=True,
                where=None,
            )
        )
        if found is not None:
            self._only = found.only
            days = found.stretch or self._report.stretch
            if days.kind == SPAN:
                self._span = days
                self.refresh_rows({})
                self.rows.action_first()
            else:
                self._show(days.first if found.stretch else self._day, days.kind)

    def action_back(self) -> None:
        """Esc takes off first what the report is kept to."""
        if not self._only and self._span is None:
            super().action_back()
            return
        self._only = reports.EVERYTHING
        self._show(self._day, self._kind)

    def action_beside(self, by: int) -> None:
        assert self._report is not None
        if self._span is not None:
            self._span = self._span.beside(by)
            self.refresh_rows({})
            return
        self._show(self._report.stretch.beside(by).first, self._kind)

    def action_week(self) -> None:
        self._change(WEEK)

    def action_month(self) -> None:
        self._change(MONTH)

    def _change(self, kind: str) -> None:
        """To the week or month of the day shown; from there back to a day of it."""
        assert self._report is not None
        stretch, today = self._report.stretch, self.book.today()
        day = today if stretch.first <= today <= stretch.last else stretch.first
        self._show(day, DAY if self._kind == kind else kind)

    def action_review(self) -> None:
        """What the latest event has brought."""
        navigation.open_screen(self.app, "event_review")

    async def show(self, kind: str, ref: int) -> None:
        """The review of an event."""
        navigation.open_screen(self.app, "event_review", ref)

    def action_numbers(self) -> None:
        self.toggle_class("-numbers")
        self.call_after_refresh(self._focus)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.words.text)
        if self._stale:
            self.say(_("Copied your own words; the numbers are others since"), "warn")
        else:
            self.say(_("Copied; paste it into the chat"), "good")
        if self._report is not None and not self._only:
            prove(self.host, f"report-{self._report.stretch.kind}")

    def action_edit(self) -> None:
        assert self._report is not None
        stretch, made_from = self._report.stretch, self._report.text()

        def keep(text: str) -> None:
            self.host.do(lambda: own_text.write(self.book, stretch, text, made_from))

        if self._only:
            self.say(_("Words of your own go with all of the day; Esc takes the filter off"))
            return
        hint = _("done; the words are kept with the day")
        self.app.push_screen(Editor(_("Your words"), self.words.text, keep, hint))

    def action_anew_text(self) -> None:
        assert self._report is not None
        stretch = self._report.stretch
        self.host.do(lambda: own_text.drop(self.book, stretch))

    @on(WindowList.Opened)
    async def action_open(self) -> None:
        key = None if self.tiles.has_focus else self.rows.selected
        if isinstance(key, tuple) and key[0] == numbers.OPEN:
            await navigation.open_thing(self.app, key[1], key[2])
            return
        figure = self._figure()
        if figure is not None and self._report is not None:
            if figure.rows:
                self.app.push_screen(OpenedScreen(self._behind(self._report, figure)))
            else:
                self.say(_("Nothing to count here."))

    def _behind(self, report: Report, figure: Figure) -> Behind:
        return Behind(
            str(report.stretch.title(self.book.today())),
            _(figure.group),
            str(figure.label),
            figure.kind,
            lambda: opening.opened(self.book, report, figure),
            day=report.stretch.first if report.stretch.kind == DAY else None,
        )

    def _figure(self) -> Figure | None:
        """The number under the cursor."""
        if self.tiles.has_focus:
            return self.tiles.figure
        return self._figures.get(self.rows.selected)

    def action_leave_figures(self) -> None:
        self._focus()

    @work(group="ask", exclusive=True)
    async def action_lists(self) -> None:
        """Of the people behind the number under the cursor."""
        assert self._report is not None
        if not self.rows.display:
            key = self.host.key_text("report.numbers", "tab")
            raise Refused(msg(N_("{key} shows the numbers; choose one of people there"), key=key))
        figure = self._figure()
        if figure is None:
            raise Refused(msg(N_("No people are counted here; Enter shows what it is about")))
        behind = self._behind(self._report, figure)
        await send_on.ask(self.host, behind.what, behind.name, behind.kind, behind.rows())

    @work(group="ask", exclusive=True)
    async def action_save(self) -> None:
        """Into a file, by its ending; one that exists takes a second Enter."""
        assert self._report is not None
        report, own = self._report, self._own.text if self._own else ""
        days = report.stretch
        name = f"{days.first}.html" if days.kind == DAY else f"{days.first}-{days.last}.html"
        await saving.save(
            self.host,
            msg(N_("Save the report as ({endings})"), endings=" ".join(files.DOTTED)),
            f"opslog-{name}",
            files.checked_ending,
            lambda path, force: files.write(self.book, report, path, own_text=own, force=force),
        )
