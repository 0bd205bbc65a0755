"""The log by day: what was done, when, and what it asks to come back to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.daybook.folds import Fold
from opslog.domain.daybook.lines import LogFilter, LogLine
from opslog.locale import N_, Msg, _, msg, nmsg
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import follow_ups
from opslog.services.daybook import lines as log_lines
from opslog.services.reports import folded
from opslog.services.today import agenda
from opslog.tui.daybook.capture import CaptureScreen
from opslog.tui.daybook.day_list import DAYS, DayList, LogRows
from opslog.tui.daybook.reading import details, due_text, fold_details, wanted_line
from opslog.tui.frame import navigation
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.asking.new_time import ask_new_time, question
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.lines_view import LinesView, ToldLines
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, clean, line, wrap

# fmt: off
LOG = table(
    Action("log.tag", "number_sign", "tag", N_("Tag"), N_("Show only the lines with one tag")),
    Action("log.flagged", "f", "flagged",
           N_("Flagged"), N_("Show only the lines flagged red, or all again")),
)
# fmt: on
TIME, MARK = 5, 1
TOLD = 76  # cells of what is told where nothing is written yet
MOST_FOUND = 2_000  # lines a word is looked for: more than anybody reads, found at every key
SHOWN_TABLES = {"log", "log_tag", "log_person", "follow_up", "event", "person"}
SHOWN = ("item.edit", "item.done", "item.reschedule", "item.filter", "log.tag", "item.open")


class LogScreen(Base[None]):
    """Lines by day, newest first; below the list, all of the one selected."""

    CSS_PATH = "log.tcss"
    ROW_KEYS = OF_A_ROW | frozenset(DAYS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "What was done, by day, the newest first. A line with a dot was written by opslog itself; "
        "many calls in a row stand as one, which Enter opens. "
        "A > at the end of a line is a follow-up: d ticks it off, r moves it, z puts it off."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(
            *SHOWN,
            "log.flagged",
            "item.new",
            "item.tags",
            "item.note",
            "item.flag",
            "item.snooze",
            "item.mark",
            "item.delete",
            "item.copy",
            show=SHOWN,
        ),
        Binding("down", "leave_find", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.wanted = LogFilter(most=MOST_FOUND)
        self.opened: set[int] = set()  # the folds whose lines show

    def body(self) -> Iterable[Widget]:
        yield TextInput(compact=True, id="find", placeholder=_("words, tags, names in the line"))
        yield LinesView(id="wanted")
        yield DayList(
            [Column(width=TIME), Column(width=MARK), Column()],
            id="lines",
        )
        yield ToldLines(self._details, id="details")

    @property
    def rows(self) -> DayList:
        return self.query_one(DayList)

    @property
    def find(self) -> Input:
        return self.query_one("#find", Input)

    def on_mount(self) -> None:
        self.find.display = False
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> LogScreen:
        fresh = LogScreen()
        fresh.wanted, fresh.opened = self.wanted, self.opened
        return fresh

    # -- what is shown ------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not SHOWN_TABLES & set(touched):
            return
        source = LogRows(self.book, self.wanted, self.opened)
        self.rows.empty = self._empty()
        self.rows.set_source(source)
        wanted = self.query_one("#wanted", LinesView)
        wanted.display = bool(self.wanted)
        if self.wanted:
            wanted.set_lines([wanted_line(self.wanted, source.lines, MOST_FOUND)])
        self._show_details()

    def _empty(self) -> list[Line]:
        if self.wanted:
            return [
                line((_("No line has that."), "strong")),
                (),
                line(("Esc", "key"), "  ", _("show all lines")),
            ]
        return [
            line((_("Nothing is written yet."), "strong")),
            (),
            line(("a", "key"), "  ", _("write the first line: 14:30 what happened #tag >fri")),
            (),
            *self.beside_empty(min(self.app.size.width - 4, TOLD)),
        ]

    def _want(self, wanted: LogFilter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.refresh_rows({})

    @on(WindowList.Selected)
    def _show_details(self) -> None:
        self.query_one(ToldLines).rebuild()

    def _details(self, cells: int, rows: int) -> list[Line]:
        """All of the line selected, as far as there is room."""
        one = self._selected()
        if one is None:
            fold = self._fold()
            if fold is None:
                return []
            came = folded.came(self.book, fold)
            return fold_details(fold, came, cells, opened=fold.key in self.opened)
        more = details(one, self.book.clock)
        text = wrap(clean(one.text), max(cells - 2, 20), max(rows - len(more), 1))
        told = [line(" ", (row, "late" if one.flagged else "")) for row in text]
        return [*told, *(line(" ") + spans for spans in more)]

    def _fold(self) -> Fold | None:
        """The run of calls under the cursor."""
        key, source = self.rows.selected, self.rows.source
        if not isinstance(key, tuple) or not isinstance(source, LogRows):
            return None
        return source.folds.get(key[1])

    def _selected(self) -> LogLine | None:
        key = self.rows.selected
        if not isinstance(key, int):
            return None
        try:
            return log_lines.get(self.book, key)
        except Refused:  # taken out elsewhere; the list is about to say so itself
            return None

    def keys_of(self, table: str, id: int) -> Hashable | None:
        if table != "follow_up":
            return id if table == "log" else None
        try:
            return follow_ups.line_of_follow_up(self.book, id)
        except Refused:  # undone with its line
            return None

    async def show(self, kind: str, ref: int) -> None:
        """Put the cursor on a line, or on the line a follow-up came from."""
        key = follow_ups.line_of_follow_up(self.book, ref) if kind == "follow_up" else ref
        if key is None:
            self.say(_("This follow-up came from no line"))
            return
        source = self.rows.source
        if isinstance(source, LogRows) and source.position(key) is None:
            self._all()
            source = self.rows.source
        if isinstance(source, LogRows) and key in source.fold_of:
            self.opened.add(source.fold_of[key])
            self.refresh_rows({})
        self.rows.select(key)
        self.rows.focus()

    def export_shown(self) -> Shown:
        keys = log_lines.found(self.book, self.wanted) if self.wanted else None
        return Shown("log", Scope(keys=keys), self.rows.marked_in_order())

    # -- finding ------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._want(self.wanted._replace(find=event.value.strip()))

    @on(Input.Submitted, "#find")
    def action_leave_find(self) -> None:
        """Back to the list, with what was asked for still in force."""
        self.find.display = False
        self.rows.focus()

    @work(group="ask")
    async def action_tag(self) -> None:
        choices = [Choice(f"#{tag}", f"#{tag}", str(n)) for tag, n in log_lines.tags(self.book)]
        if not choices:
            self.say(_("No line has a tag yet; write #tag in one"))
            return
        if self.wanted.tag:
            choices.insert(0, Choice("all", _("all lines")))
        chosen = await self.host.ask(Choose(_("Show only the lines with"), choices))
        if chosen is not None:
            tag = chosen.removeprefix("#") if chosen.startswith("#") else ""
            self._want(self.wanted._replace(tag=tag))

    def action_flagged(self) -> None:
        self._want(self.wanted._replace(flagged=not self.wanted.flagged))

    def _all(self) -> None:
        self.find.value = ""
        self._want(LogFilter(most=MOST_FOUND))

    def action_back(self) -> None:
        """Esc takes the filter off first."""
        self.find.display = False
        self.rows.focus()
        if self.wanted:
            self._all()
        else:
            super().action_back()

    # -- what can be done with a line ------------------------------------------------------

    def action_new(self) -> None:
        CaptureScreen.over(self.host)

    def action_edit(self) -> None:
        key = self.rows.selected
        if isinstance(key, int):
            CaptureScreen.over(self.host, key)

    def action_tags(self) -> None:
        """Tags are words of the line: it is changed like any other."""
        self.action_edit()

    def action_note(self) -> None:
        """A line is a note itself."""
        self.action_edit()

    def action_mark(self) -> None:
        if self._fold() is None:
            self.rows.toggle_mark()

    def action_delete(self) -> None:
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if chosen and self.host.do(lambda: log_lines.delete(self.book, *chosen)) is not None:
            self.rows.clear_marks()

    def action_flag(self) -> None:
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if chosen:
            self.host.do(lambda: log_lines.flag_all(self.book, chosen))

    def action_copy(self) -> None:
        one = self._selected()
        if one is not None:
            self.app.copy_to_clipboard(log_lines.composed(self.book, one.id))
            self.say(_("Copied"))

    @work(group="ask")
    async def action_open(self) -> None:
        """What the line is about; a question where that is more than one thing. A run of calls
        shows its lines, or hides them."""
        if fold := self._fold():
            self.opened ^= {fold.key}
            self.refresh_rows({})
            return
        one = self._selected()
        if one is None:
            return
        about = {f"event {one.event.id}": one.event.name} if one.event else {}
        about |= {f"person {who.id}": who.name for who in one.people if who.id is not None}
        if not about:
            self.say(_("The line names no event and nobody known"))
            return
        chosen = next(iter(about))
        if len(about) > 1:
            choices = [Choice(key, name) for key, name in about.items()]
            chosen = await self.host.ask(Choose(_("Open"), choices))
        if chosen is not None:
            kind, ref = chosen.split()
            await navigation.open_thing(self.app, kind, int(ref))

    # -- follow-ups ----------------------------------------------------------------------

    def action_done(self) -> None:
        """Tick off the follow-up that comes first; where all are done, open the last again."""
        dues, last = (
            self._waiting(),
            [one.follow_ups[-1].id for one in self._chosen() if one.follow_ups],
        )
        if dues:
            self._do(len(dues), lambda: agenda.done_all(self.book, dues))
        else:
            self._do(len(last), lambda: follow_ups.reopen_all(self.book, last))

    def action_snooze(self) -> None:
        dues = self._waiting()
        self._do(len(dues), lambda: agenda.snooze_all(self.book, dues))

    @work(group="ask")
    async def action_reschedule(self) -> None:
        """One question for all that is marked; each keeps its own time of day."""
        dues = self._waiting()
        if not dues:
            self._no_follow_up()
            return

        def meaning(text: str) -> tuple[str, Msg | None]:
            new = agenda.read_new_time(self.book, dues[0], text)
            return due_text(new.at, new.timed, self.book.clock), new.moved

        first = dues[0]
        title = question(first.title, due_text(first.due, first.timed, self.book.clock))
        if len(dues) > 1:
            title = msg(N_("Move {n} items to"), n=len(dues))
        lines = self._chosen()
        moved = await ask_new_time(
            self.host,
            title,
            meaning,
            lambda _text: (),
            lambda text: self._with_those_left(
                len(lines) - len(dues), agenda.reschedule_all(self.book, dues, text)
            ),
            Place("reschedule", "log", lines[0].id),
        )
        if moved is not None:
            self.rows.clear_marks()

    def _chosen(self) -> list[LogLine]:
        """The lines marked, else the one under the cursor."""
        return log_lines.many(
            self.book, [key for key in self.rows.chosen() if isinstance(key, int)]
        )

    def _waiting(self) -> list[Due]:
        """Of each line chosen the open follow-up that comes first, where it has one."""
        waiting = [one.next_follow_up for one in self._chosen()]
        return [follow_up_due.due_of(self.book, one.id) for one in waiting if one is not None]

    def _do(self, number: int, verb: Callable[[], Change]) -> None:
        """Do it with ``number`` of the lines chosen, and say of how many it can't be done."""
        if not number:
            self._no_follow_up()
            return
        without = len(self._chosen()) - number
        if self.host.do(lambda: self._with_those_left(without, verb())) is not None:
            self.rows.clear_marks()

    def _with_those_left(self, without: int, change: Change) -> Change:
        """The change, which says how many of the lines chosen had no such follow-up."""
        if without:
            text = nmsg(
                "{n} marked line has no such follow-up",
                "{n} marked lines have no such follow-up",
                without,
            )
            change.left.append(text)
        return change

    def _no_follow_up(self) -> None:
        self.say(_("No follow-up here; e and then >fri makes one"))
