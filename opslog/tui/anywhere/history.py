"""History: every change, newest first; any of them can be taken back where nothing builds on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.changes import Entry
from opslog.domain.dates.wording import short_moment
from opslog.domain.people.naming.names import short_company
from opslog.locale import N_, Msg, _, ngettext, nmsg
from opslog.services.book import history
from opslog.services.book.book import Book, Change
from opslog.services.search import changed
from opslog.tui.frame import long_changes
from opslog.tui.frame.actions import HISTORY, OF_A_ROW
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.drawing import button, day_heading, spread
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column, Ends, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line, wrap

STATES = {
    "done": "",
    "undone": N_("undone"),
    "dropped": N_("undone"),
    "final": N_("can't be undone"),
}
EXPLAINED = {
    "undone": N_("undone: it can be done again, until something new is done"),
    "dropped": N_("undone; something new was done since, so it can't be done again"),
    "final": N_("it can't be undone: who was erased is gone for good"),
}
# What stands behind a row and is nothing by itself.
BEHIND = {"plan", "source", "column_memory", "log_tag", "log_person", "question", "handover_state"}
# What was changed, counted as a person would.
TABLES: dict[str, Callable[[int], Msg]] = {
    "person": lambda n: nmsg("{n} person", "{n} people", n),
    "person_tag": lambda n: nmsg("{n} tag", "{n} tags", n),
    "event": lambda n: nmsg("{n} event", "{n} events", n),
    "target": lambda n: nmsg("{n} target", "{n} targets", n),
    "routine": lambda n: nmsg("{n} plan of your own", "{n} plans of your own", n),
    "step": lambda n: nmsg("{n} plan step", "{n} plan steps", n),
    "check_item": lambda n: nmsg("{n} checklist line", "{n} checklist lines", n),
    "log": lambda n: nmsg("{n} log line", "{n} log lines", n),
    "follow_up": lambda n: nmsg("{n} follow-up", "{n} follow-ups", n),
    "roster": lambda n: nmsg("{n} list", "{n} lists", n),
    "roster_file": lambda n: nmsg("{n} file", "{n} files", n),
    "roster_row": lambda n: nmsg("{n} line of a list", "{n} lines of a list", n),
    "card": lambda n: nmsg("{n} card", "{n} cards", n),
    "round": lambda n: nmsg("{n} round", "{n} rounds", n),
    "decision": lambda n: nmsg("{n} verdict", "{n} verdicts", n),
    "touch": lambda n: nmsg("{n} call", "{n} calls", n),
    "company_link": lambda n: nmsg("{n} company joined", "{n} companies joined", n),
    "pair": lambda n: nmsg("{n} pair decided", "{n} pairs decided", n),
    "suppressed": lambda n: nmsg("{n} number barred", "{n} numbers barred", n),
    "own_file": lambda n: nmsg("{n} file of your own", "{n} files of your own", n),
    "field": lambda n: nmsg("{n} field of your own", "{n} fields of your own", n),
    "field_value": lambda n: nmsg("{n} value of such fields", "{n} values of such fields", n),
    "told": lambda n: nmsg("{n} colleague told", "{n} colleagues told", n),
    "answer": lambda n: nmsg("{n} answer", "{n} answers", n),
    "handover": lambda n: nmsg("{n} lead", "{n} leads", n),
    "material_request": lambda n: nmsg("{n} request of materials", "{n} requests of materials", n),
    "enrolment": lambda n: nmsg("{n} person in a programme", "{n} people in programmes", n),
    "sending": lambda n: nmsg("{n} message", "{n} messages", n),
    "content": lambda n: nmsg("{n} piece of content", "{n} pieces of content", n),
    "publication": lambda n: nmsg("{n} publication", "{n} publications", n),
    "report_text": lambda n: nmsg("{n} text of a report", "{n} texts of reports", n),
    "channel": lambda n: nmsg("{n} channel", "{n} channels", n),
    "cost": lambda n: nmsg("{n} cost", "{n} costs", n),
    "figure": lambda n: nmsg("{n} figure", "{n} figures", n),
    "act": lambda n: nmsg("{n} act", "{n} acts", n),
    "stop": lambda n: nmsg("{n} stop", "{n} stops", n),
    "tally": lambda n: nmsg("{n} tally of a day", "{n} tallies of days", n),
    "event_move": lambda n: nmsg("{n} move of an event", "{n} moves of events", n),
    "review_note": lambda n: nmsg("{n} note in a review", "{n} notes in reviews", n),
    "not_now": lambda n: nmsg("{n} put off", "{n} put off", n),
    "past_contact": lambda n: nmsg("{n} earlier contact", "{n} earlier contacts", n),
}


OPS = {"I": N_("added"), "U": N_("altered"), "D": N_("taken out")}


class Changes:
    """The history by days, read a page at a time: years of it stay out of memory."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.days = history.days(book)
        # How many changes are newer than those of each day; the last is how many there are.
        self.newer = list(accumulate((number for _day, number in self.days), initial=0))
        self._starts = [newer + at for at, newer in enumerate(self.newer)]  # of the headings
        self.shown: dict[int, Entry] = {}

    def count(self) -> int:
        return self._starts[-1]

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        stop = min(stop, self.count())
        first, last = (bisect_left(self._starts, at) for at in (start, stop))  # headings before
        below = history.number_at(self._book, start - first - 1) if start > first else None
        entries = history.changes(self._book, stop - last - (start - first), below)
        self.shown |= {entry.id: entry for entry in entries}
        waiting = iter(entries)
        rows = []
        for at in range(start, stop):
            day = bisect_right(self._starts, at) - 1
            entry = None if at == self._starts[day] else next(waiting, None)
            rows.append(self._heading(day) if entry is None else self._row(entry, day))
        return rows

    def position(self, key: Hashable) -> int | None:
        newer = history.position(self._book, key) if isinstance(key, int) else None
        return None if newer is None else newer + bisect_right(self.newer, newer)

    def _heading(self, at: int) -> Row:
        day, number = self.days[at]
        return Row(("day", day), heading=day_heading(day, number, self._book.clock))

    def _row(self, entry: Entry, at: int) -> Row:
        local = entry.at.astimezone(self._book.clock.zone)
        moment = short_moment(entry.at, self._book.clock.zone, self._book.today())
        when = f"{local:%H:%M}" if local.date() == self.days[at][0] else str(moment)
        said = line((when, "muted"), "  ", (str(entry.label), "muted" if entry.undone else ""))
        return Row(entry.id, (Ends(said, line((_(STATES[entry.state]), "warn"))),))


class HistoryScreen(Base[None]):
    """Opened from anywhere with ``g h``."""

    CSS_PATH = "history.tcss"
    ROW_KEYS = OF_A_ROW | {"history.undo"}
    HELP = N_(
        "Everything that was ever changed. u takes the selected change back, also one from last "
        "week, as long as nothing later builds on it; what stands in the way is named."
    )
    BINDINGS: ClassVar = bind(*HISTORY, "back", show=(*HISTORY, "back"))

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._summary, id="summary")
        with Horizontal():
            yield WindowList([Column()], empty=self._empty(), id="changes")
            yield Pane(self._opened_beside)
        yield ToldLines(self._opened_below, id="details")

    def _empty(self) -> list[Line]:
        return [
            line((_("Nothing was changed yet."), "strong")),
            (),
            line((self.host.key_text("log.add", "a"), "key"), "  ", _("write the first log line")),
        ]

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.refresh_rows({})
        self.rows.focus()

    def anew(self) -> HistoryScreen:
        return HistoryScreen()

    def refresh_rows(self, touched: Touched) -> None:
        newest = isinstance(self.rows.source, Changes) and self.rows.cursor > 1
        self.rows.set_source(Changes(self.book))
        if not newest:
            self.rows.action_first()
        self._tell()

    # -- what is shown ----------------------------------------------------------------

    @on(WindowList.Selected)
    def _tell(self) -> None:
        for view in self.query(ToldLines):
            view.rebuild()

    def _selected(self) -> Entry | None:
        key, source = self.rows.selected, self.rows.source
        if not isinstance(source, Changes) or not isinstance(key, int):
            return None
        return source.shown.get(key)

    def export_shown(self) -> Shown:
        return Shown("history")

    def _summary(self, cells: int, _rows: int) -> list[Line]:
        source = self.rows.source
        if not isinstance(source, Changes) or not source.days:
            return []
        number, undone = source.newer[-1], history.undone(self.book)
        changes = ngettext("{n} change", "{n} changes, newest first", number)
        taken = ngettext("{n} undone", "{n} undone", undone).format(n=undone) if undone else ""
        said = line(" ", (changes.format(n=f"{number:,}"), "focal"))
        return [spread(said, line((taken, "warn"), " "), cells)]

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        """The change selected, in words: when, whether it can be taken back, what it holds."""
        entry = self._selected()
        if entry is None:
            return []
        moment = short_moment(entry.at, self.book.clock.zone, self.book.today())
        number = _("change {id}").format(id=entry.id)
        found = changed.contents(self.book, entry.id)
        people = [
            spread(line(name), line((short_company(company), "muted")), cells)
            for name, company in found.people
        ]
        people += [line(("…", "muted"))] if found.more else []
        label = str(entry.label)
        lines = [row for text in found.lines if text not in label for row in told(text, cells)]
        return [
            *told(entry.label, cells, "focal"),
            line((f"{moment} · {number}", "muted")),
            (),
            *self._state(entry, cells),
            *titled(_("What it changed"), [*_counted(found)]),
            *titled(_("Whom it is about"), people),
            *titled(_("In the log"), lines),
        ]

    def _state(self, entry: Entry, cells: int) -> list[Line]:
        if entry.state in EXPLAINED:
            return told(_(EXPLAINED[entry.state]), cells, "warn")
        key = button(self.host.key_text("history.undo", "u"), _("Undo this"))
        return [key, *told(_("what builds on it is undone first, and named"), cells, "muted")]

    def _opened_below(self, cells: int, _rows: int) -> list[Line]:
        """The same in three lines, where there is no room beside."""
        entry = self._selected()
        if entry is None:
            return []
        lines = [line(" ", row) for row in wrap(str(entry.label), max(cells - 2, 20), 2)]
        counted = join(list(_counted(changed.contents(self.book, entry.id))), "   ")
        lines += [((" ", ""), *counted)] if counted else []
        if entry.state in EXPLAINED:
            lines.append(line(" ", (_(EXPLAINED[entry.state]), "warn")))
        return lines

    # -- keys -------------------------------------------------------------------------

    def action_undo_this(self) -> None:
        """Take it back, and on to the next older one."""
        entry = self._selected()
        if entry is not None:
            long_changes.undo(self.host, entry.id, lambda _change: self._go_on(entry.id))

    def _go_on(self, undone: int) -> None:
        if self.is_mounted and self.rows.selected == undone:
            self.rows.action_move(1)

    def action_redo_last(self) -> None:
        long_changes.redo(self.host, self._select)

    def _select(self, change: Change) -> None:
        if self.is_mounted:
            self.rows.select(change.id)


def _counted(found: changed.Contents) -> Iterator[Line]:
    """What was made, altered, taken out: a line each, nothing of what only stands behind."""
    for op, title in OPS.items():
        parts = [
            str(TABLES[table](n)) for table, o, n in found.kinds if o == op and table in TABLES
        ]
        if parts:
            yield line((_(title), "muted"), " ", " · ".join(parts))
