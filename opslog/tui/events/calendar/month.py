"""The month: events red, steps counted, holidays and make-up days named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from textual import on
from textual.containers import Horizontal
from textual.events import Resize
from textual.widget import Widget

from opslog.domain.base.sentences import listed
from opslog.domain.dates.days import month_name
from opslog.domain.dates.wording import short_day
from opslog.domain.events import calendar_days
from opslog.locale import N_, _, ngettext
from opslog.services.events.events import REGIONS_UNKNOWN
from opslog.services.events.plans import schedule
from opslog.tui.events import collided
from opslog.tui.events.calendar import day, signs
from opslog.tui.events.calendar.month_grid import MonthGrid
from opslog.tui.events.calendar.screen import CalendarScreen
from opslog.tui.widgets.drawing import progress, spread
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.pane import WIDE, titled
from opslog.tui.widgets.text import Line, cut, cut_line, join, line, line_width

BAR = 10
TALL = 30  # rows of the terminal from which there is air between the parts
BELOW = 9  # rows that a low terminal keeps for the bars, the head, and the day below the grid


class MonthScreen(CalendarScreen):
    """Six weeks at most; the day under the cursor stands open beside them, or below."""

    HELP = N_(
        "A month: events are red, steps are counted by how they stand, holidays and make-up days "
        "are named. The arrows go from day to day, PgUp and PgDn by months, Home to today. Enter "
        "opens what stands on the day, n enters an event there, r moves it; d ticks a step off, z "
        "puts it off until tomorrow, y copies it, or the words that remind the colleague who owes "
        "it. Tab leads to the week and the time line."
    )

    NEXT = "week"

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="head")
        with Horizontal():
            yield MonthGrid()
            yield Pane(self._beside)
        yield ToldLines(self._below, id="below")
        yield ToldLines(self._foot, id="foot")

    def anew(self) -> MonthScreen:
        return MonthScreen(self._day)

    def on_mount(self) -> None:
        self.query_one(MonthGrid).focus()

    def span(self) -> tuple[date, int]:
        return calendar_days.month_span(self.day)

    def draw(self) -> None:
        self._later = schedule.later(self.book, self.schedule.days[-1].day + timedelta(days=1))
        grid = self.query_one(MonthGrid)
        grid.show(self.schedule, self.day, self.book.today())
        self._fit()
        for lines in self.query(ToldLines):
            lines.rebuild()

    @on(Resize)
    def _fit(self) -> None:
        """Where no pane stands beside the grid, the day gets all the rows the weeks can't use."""
        grid, height = self.query_one(MonthGrid), self.size.height
        narrow = self.size.width < WIDE
        rows = grid.rows_for(height - (BELOW if height < TALL else BELOW + 6))
        self.query_one(Horizontal).styles.height = rows if narrow else "1fr"

    @on(MonthGrid.Gone)
    def _go(self, gone: MonthGrid.Gone) -> None:
        to = gone.day or calendar_days.months_away(self.day, gone.months)
        self.go(to + timedelta(days=gone.days))

    @on(MonthGrid.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- what is told -------------------------------------------------------------------

    def _head(self, cells: int, rows: int) -> list[Line]:
        today, at = self.book.today(), self.day
        month = [one for one in self.schedule.days if one.day.month == at.month]
        held = {event.id for one in month for event in one.events}
        counts = [one.counts(today) for one in month]
        steps, done = sum(c.all for c in counts), sum(c.done for c in counts)
        title = _("{month} {year}").format(month=month_name(at.month), year=at.year)
        said = join(
            [
                (ngettext("{n} event", "{n} events", len(held)).format(n=len(held)), "muted"),
                (ngettext("{n} step", "{n} steps", steps).format(n=steps), "muted"),
                (_("{n} done").format(n=done), "muted") if done else "",
            ]
        )
        late = sum(c.late for c in counts)
        right = line(("▲", "late"), f" {late} ") if late else ()
        if met := sum(one.day in self.schedule.collided for one in month):
            text = ngettext("! {n} day collides", "! {n} days collide", met).format(n=met)
            right += line("  ", (text, "warn"), " ")
        return [spread(line("  ", (title, "focal"), "   ") + said, right, cells)]

    def _beside(self, cells: int, rows: int) -> list[Line]:
        met = self.collision()
        offer = [(), *collided.lines(self.book, self.schedule.around, met, cells)] if met else []
        room = max(rows - len(offer), 3)
        shown = day.opened(self.book, self.schedule, self.opened_day, cells, rows)
        if len(shown) > room:
            shown = [*shown[: room - 1], line(("…", "dim"))]
        shown += offer
        more = self._progress(cells)
        return shown + more if len(shown) + len(more) <= rows else shown

    def _progress(self, cells: int) -> list[Line]:
        """How far the plans of this month's events are."""
        held = dict.fromkeys(
            event.id
            for one in self.schedule.days
            for event in one.events
            if one.day.month == self.day.month
        )
        found: list[Line] = []
        for event in (self.schedule.events[id] for id in held):
            number = line((f" {event.done}/{event.steps}", "muted"))
            bar = progress(
                event.done, event.steps, BAR, "good" if event.done == event.steps else "accent"
            )
            room = cells - BAR - 7
            name = line((cut(event.name, room), ""))
            found.append(
                spread(name + line(" " * (room - line_width(name) + 1)) + bar, number, cells, 0)
            )
        return titled(_("This month"), found)

    def _below(self, cells: int, rows: int) -> list[Line]:
        """The day under the cursor, where no pane stands beside the grid."""
        shown = day.opened(self.book, self.schedule, self.opened_day, cells - 4, rows)
        told = [one for one in shown if one]
        met = self.collision()
        if met is not None and met.day == self.day:
            offer = collided.lines(self.book, self.schedule.around, met, cells - 4)
            told = [*told[: max(rows - len(offer), 1)], *offer]
        told = told[:rows]
        return [line("  ") + one for one in told]

    def _foot(self, cells: int, rows: int) -> list[Line]:
        """What is not known yet; what comes after the month."""
        today = self.book.today()
        found: list[Line] = []
        for year in self.schedule.unpublished:
            text = _("The holidays of {year} are not published; its fixed ones are kept free")
            found.append(line("  ", (text.format(year=year), "warn")))
        if names := self.schedule.regions:
            said = _(REGIONS_UNKNOWN).format(names=listed(names))
            found.append(cut_line(line("  ", (said, "warn")), cells))
        if self._later and len(found) < rows:
            parts = [
                line(("● ", "late"), str(short_day(at, today)), " ", event.name)
                for event in self._later
                for at in [event.starts_at.astimezone(self.book.clock.zone).date()]
            ]
            later = line("  ", (_("Further on"), "muted"), "   ") + join(parts, "   ")
            found.append(cut_line(later, cells))
        if len(found) < rows:
            found.append(line("  ") + signs.legend(self.schedule.days, cells - 2))
        return found[:rows]
