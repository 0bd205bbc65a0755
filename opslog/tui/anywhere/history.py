"""History: every change, newest first; any of them can be taken back where nothing builds on it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from opslog.domain.base.changes import Entry
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, Msg, _, nmsg
from opslog.services.book import history
from opslog.services.book.book import Book, Change
from opslog.tui.frame import long_changes
from opslog.tui.frame.actions import HISTORY, OF_A_ROW
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.rows import Column, Row
from opslog.tui.widgets.text import Line, line, wrap
from opslog.tui.widgets.window_list import WindowList

WHEN_CELLS = 16  # “Fri 12-04 14:00”, the year in place of the weekday where it is another
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
BEHIND = {"source", "column_memory", "log_tag", "log_person"}
# What was changed, counted as a person would.
TABLES: dict[str, Callable[[int], Msg]] = {
    "person": lambda n: nmsg("{n} person", "{n} people", n),
    "person_tag": lambda n: nmsg("{n} tag", "{n} tags", n),
    "event": lambda n: nmsg("{n} event", "{n} events", n),
    "target": lambda n: nmsg("{n} target", "{n} targets", n),
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
    "past_contact": lambda n: nmsg("{n} earlier contact", "{n} earlier contacts", n),
}


class Changes:
    """The rows of the history, read a page at a time: years of it stay out of memory."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._count = history.count(book)
        self.shown: dict[int, Entry] = {}

    def count(self) -> int:
        return self._count

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        below = history.number_at(self._book, start - 1) if start else None
        entries = history.changes(self._book, stop - start, below)
        self.shown |= {entry.id: entry for entry in entries}
        return [self._row(entry) for entry in entries]

    def position(self, key: Hashable) -> int | None:
        return history.position(self._book, key) if isinstance(key, int) else None

    def _row(self, entry: Entry) -> Row:
        at = entry.at.astimezone(self._book.clock.zone)
        look = "muted" if entry.undone else ""
        here = at.year == self._book.today().year
        when = str(short_moment(at, self._book.clock.zone, at.date()))
        when = when if here else f"{at:%Y-%m-%d %H:%M}"
        state = line((_(STATES[entry.state]), "warn"), "  ") if STATES[entry.state] else ()
        return Row(
            entry.id,
            (
                line((str(entry.id), "muted")),
                line((when, "muted")),
                state + line((str(entry.label), look)),
            ),
        )


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
        yield WindowList(
            [
                Column(_("No."), width=6, right=True),
                Column(_("Time"), width=WHEN_CELLS),
                Column(_("Change"), flex=1),
            ],
            header=True,
            id="changes",
            empty=[
                line((_("Nothing was changed yet."), "strong")),
                (),
                line(("a", "key"), "  ", _("write the first log line")),
            ],
        )
        yield LinesView(id="details")

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def on_mount(self) -> None:
        self.refresh_rows({})
        self.rows.focus()

    def anew(self) -> HistoryScreen:
        return HistoryScreen()

    def refresh_rows(self, touched: Touched) -> None:
        at_top = self.rows.cursor == 0
        self.rows.set_source(Changes(self.book))
        if at_top:
            self.rows.action_first()

    def _selected(self) -> Entry | None:
        key, source = self.rows.selected, self.rows.source
        if not isinstance(source, Changes) or not isinstance(key, int):
            return None
        return source.shown.get(key)

    def export_shown(self) -> Shown:
        return Shown("history")

    @on(WindowList.Selected)
    def _show_details(self) -> None:
        view = self.query_one("#details", LinesView)
        entry = self._selected()
        if entry is None:
            view.set_lines([])
            return
        said = wrap(str(entry.label), max(view.content_cells - 2, 20), 2)
        lines: list[Line] = [line(" ", row) for row in said]
        found = history.details(self.book, entry.id)
        touched = " · ".join(str(TABLES[table](n)) for table, n in found if table in TABLES)
        if touched:
            lines.append(line(" ", (_("changed: {what}").format(what=touched), "muted")))
        if entry.state in EXPLAINED:
            lines.append(line(" ", (_(EXPLAINED[entry.state]), "warn")))
        view.set_lines(lines)

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
