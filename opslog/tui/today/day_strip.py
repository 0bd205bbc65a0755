"""The head of Today: which day it is, how much is due, and which event comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from opslog.domain.dates.wording import short_moment
from opslog.domain.today.priority import NEXT, NOW, OVERDUE, TODAY, Ranked
from opslog.locale import N_, Msg, _, ngettext
from opslog.services.today import agenda
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line, Span, join, line, line_width

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.widgets.host import Host

COUNTS = (
    (NOW, N_("◷ {n} promised now"), "accent"),
    (OVERDUE, N_("▲ {n} overdue"), "late"),
    (TODAY, N_("○ {n} today"), "strong"),
    (NEXT, N_("{n} next days"), "muted"),
)


class DayStrip(LinesView):
    """Two lines: the day in a sentence with its counts, and the next event."""

    DEFAULT_CSS = "DayStrip { height: 2; overflow-y: hidden; }"

    def __init__(self) -> None:
        super().__init__()
        self._groups: Counter[str] = Counter()
        self._ranked: Sequence[Ranked] = ()
        self._next: agenda.NextEvent | None = None
        self._note: Msg | None = None
        self._noted: object = None

    @property
    def _book(self) -> Book:
        app = cast("Host", self.app)
        return app.book

    def show(self, ranked: Sequence[Ranked]) -> None:
        """Count these, and look which event comes next."""
        self._ranked = ranked
        self._groups = Counter(place.group for place in ranked)
        self._next = agenda.next_event(self._book)
        if self._noted is not None and self._noted != self._book.today():
            self.look_at_calendar()
        self.rebuild()

    def look_at_calendar(self) -> None:
        """Say what is special about the day. Reading the calendar takes longer than all the
        rest, so it comes after the first picture."""
        self._noted = self._book.today()
        self._note = agenda.day_note(self._book)
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        note = line((str(self._note), "warn")) if self._note is not None else ()
        counts: list[Span] = [
            (_(text).format(n=self._groups[group]), look)
            for group, text, look in COUNTS
            if self._groups[group]
        ]
        left = line(" ", *join([line((self._sentence(), "focal")), note], "  "))
        while counts and line_width(left) + line_width(join(counts, "   ")) + 4 > cells:
            counts.pop()  # what is furthest off is left out first
        right = (*join(counts, "   "), (" ", ""))
        return [spread(left, right, cells), line(" ", *self._event_spans())]

    def _sentence(self) -> str:
        """What the day asks for, as somebody would say it."""
        items = [place.item for place in self._ranked if place.group != NEXT]
        calls = sum(item.count for item in items if item.kind in ("reminder", "promise"))
        rows = sum(item.count for item in items if item.kind == "roster")
        rest = sum(item.kind not in ("reminder", "promise", "roster") for item in items)
        parts = [
            ngettext("{n} call", "{n} calls", calls).format(n=calls) if calls else "",
            ngettext("{n} row to screen", "{n} rows to screen", rows).format(n=rows)
            if rows
            else "",
            ngettext("{n} thing to do", "{n} things to do", rest).format(n=rest) if rest else "",
        ]
        said = _(", ").join(part for part in parts if part)
        return _("Today: {what}").format(what=said or _("nothing due"))

    def _event_spans(self) -> list[Span]:
        if self._next is None:
            return [(_("No event is planned"), "muted")]
        zone = self._book.clock.zone
        at = self._next.starts_at
        days = (at.astimezone(zone).date() - self._book.today()).days
        if days <= 0:
            when = _("today") if days == 0 else _("on now")
        elif days == 1:
            when = _("tomorrow")
        else:
            when = ngettext("in {n} day", "in {n} days", days).format(n=days)
        moment = str(short_moment(at, zone, self._book.today()))
        return [
            (_("Next event"), "muted"),
            ("  ", ""),
            (self._next.name, ""),
            ("  " + _("{moment}, {when}").format(moment=moment, when=when), "muted"),
        ]
