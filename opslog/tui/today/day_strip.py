"""The head of Today, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from opslog.domain.today.priority import Ranked
from opslog.locale import Msg, _
from opslog.services.calls import pace
from opslog.services.today import agenda
from opslog.tui.today.head import calls_due, day_line, event_line
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.widgets.host import Host


class DayStrip(LinesView):
    """Two lines: the day in a sentence with its counts, and the next event."""

    DEFAULT_CSS = "DayStrip { height: 2; overflow-y: hidden; }"

    def __init__(self) -> None:
        super().__init__()
        self._ranked: Sequence[Ranked] | None = None  # not read, or not readable
        self._next: agenda.NextEvent | None = None
        self._note: Msg | None = None
        self._noted: object = None
        self._takes = ""
        self._again = ""  # people asked again since their event was moved
        self._back = ""  # people whose call-back is open
        self._to_add = 0  # on WeCom
        self._counted_at: object = None

    @property
    def _book(self) -> Book:
        app = cast("Host", self.app)
        return app.book

    def show(self, ranked: Sequence[Ranked]) -> None:
        """Count these, and look which event comes next."""
        self._ranked = ranked
        self._next = agenda.next_event(self._book)
        if self._noted is not None and self._noted != self._book.today():
            self.look_at_calendar()
        elif self._noted is not None:
            self._count(ranked)
        self.rebuild()

    def look_at_calendar(self) -> None:
        """Say what is special about the day. Reading the calendar takes longer than all the
        rest, so it comes after the first picture."""
        self._noted = self._book.today()
        self._note = agenda.day_note(self._book)
        self._count(self._ranked or ())
        self.rebuild()

    def _count(self, ranked: Sequence[Ranked]) -> None:
        """The calls of the day: how long those that are due take, and how many are open besides.
        That is counted over whole lists, so only where something has changed, and not at all of
        lists so long that nobody could wait for it."""
        self._takes = takes(self._book, calls_due(ranked))
        book = self._book
        now = book.data_version(), book.con.total_changes, book.today()
        if now != self._counted_at:
            from opslog.services.calls.queue import adding, queue, workload

            self._counted_at, self._again, self._back = now, "", ""
            if queue.size(book) <= queue.LONG:
                work = workload.today(book, [one.item for one in ranked])
                self._again, self._back = str(work.again or ""), str(work.back or "")
            self._to_add = adding.number(book)

    def build(self, cells: int) -> list[Line]:
        if self._ranked is None:
            return []
        app = cast("Host", self.app)
        book, key = app.book, app.key_text("go.calls", "f6")
        return [
            day_line(self._ranked, self._note, cells),
            event_line(
                *(self._next, book.clock.zone, book.today(), cells),
                takes=self._takes,
                again=self._again,
                back=self._back,
                to_add=self._to_add,
                key=key,
            ),
        ]


def takes(book: Book, calls: int) -> str:
    """How long so many calls take at one's pace, in quarters of an hour, below one in minutes; ''
    where there are none."""
    if not calls:
        return ""
    found = pace.now(book)
    quarters = max(round(calls * found.each / timedelta(minutes=15)), 1)
    if quarters < 4:
        text = _("about {minutes} min of calls")
        if found.usual:
            text = _("about {minutes} min of calls at the usual pace")
        return text.format(minutes=quarters * 15)
    text = _("about {hours} h of calls")
    if found.usual:
        text = _("about {hours} h of calls at the usual pace")
    return text.format(hours=f"{quarters / 4:g}")
