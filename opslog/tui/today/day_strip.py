"""The head of Today, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from opslog.domain.today.priority import Ranked
from opslog.locale import Msg, _, ngettext
from opslog.services.calls import adding, pace
from opslog.services.today import agenda
from opslog.tui.today.head import calls_due, day_line, event_line
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line, line

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
        self._to_add = 0  # on WeCom

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
            self._takes = takes(self._book, calls_due(ranked))
            self.call_after_refresh(self._count)
        self.rebuild()

    def look_at_calendar(self) -> None:
        """Say what is special about the day. Reading the calendar takes longer than all the
        rest, so it comes after the first picture."""
        self._noted = self._book.today()
        self._note = agenda.day_note(self._book)
        self._takes = takes(self._book, calls_due(self._ranked or ()))
        self._count()

    def _count(self) -> None:
        self._to_add = adding.number(self._book)
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        book = self._book
        if self._ranked is None:
            return []
        return [
            day_line(self._ranked, self._note, cells, self._takes),
            spread(event_line(self._next, book.clock.zone, book.today()), self._waits(), cells),
        ]

    def _waits(self) -> Line:
        """Who is to be added on WeCom, and where."""
        if not self._to_add:
            return ()
        host = cast("Host", self.app)
        keys = f"{host.key_text('go.calls', 'f6')} {host.key_text('calls.lanes', 'L')}"
        text = ngettext("{n} to add on WeCom", "{n} to add on WeCom", self._to_add)
        return line((text.format(n=self._to_add), "muted"), "  ", (keys, "key"), " ")


def takes(book: Book, calls: int) -> str:
    """How long so many calls take at one's pace, in quarters of an hour; '' where that can't be
    said."""
    each = pace.now(book).each
    if each is None or not calls:
        return ""
    hours = max(round(calls * each / timedelta(minutes=15)), 1) / 4
    return _("about {hours} h of calls").format(hours=f"{hours:g}")
