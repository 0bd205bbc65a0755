"""A month as a grid of days, with one cursor that goes from day to day."""

from __future__ import annotations

from datetime import date

from textual import events as textual_events
from textual.binding import Binding
from textual.message import Message

from opslog.domain.dates.wording import WEEKDAYS
from opslog.domain.events.calendar_days import Day
from opslog.locale import _, pgettext
from opslog.services.events.plans.schedule import Schedule
from opslog.tui.events.calendar import day as day_pane
from opslog.tui.events.calendar import signs
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, cut_line, line, line_width, pad_line

EDGE = 2  # cells at the left, the cursor's bar in the second
RULED = 4  # rows of a week from which a rule parts them


class MonthGrid(LinesView, can_focus=True):
    """Arrows go by days and weeks, page keys by months; the screen holds the day."""

    DEFAULT_CSS = "MonthGrid { overflow-y: hidden; }"
    BY_ITS_ROOM = True
    BINDINGS = [
        Binding("left", "by(-1)", show=False),
        Binding("right", "by(1)", show=False),
        Binding("up,k", "by(-7)", show=False),
        Binding("down,j", "by(7)", show=False),
        Binding("pageup", "months(-1)", show=False),
        Binding("pagedown", "months(1)", show=False),
    ]

    class Gone(Message):
        """To another day: so many days or months on, or to ``day``."""

        def __init__(self, days: int = 0, months: int = 0, day: date | None = None) -> None:
            super().__init__()
            self.days, self.months, self.day = days, months, day

    class Opened(Message):
        """The day under the cursor was clicked again."""

    def __init__(self) -> None:
        super().__init__(id="grid")
        self._shown: tuple[Schedule, date, date] | None = None

    def show(self, schedule: Schedule, at: date, today: date) -> None:
        self._shown = schedule, at, today
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self._shown is None:
            return []
        schedule, at, today = self._shown
        wide = (cells - EDGE) // 7
        names = tuple(pad_line(((_(name), "muted"),), wide) for name in WEEKDAYS)
        rows: list[Line] = [line(" " * EDGE) + tuple(s for one in names for s in one)]
        high = self._high
        for monday in range(0, len(schedule.days), 7):
            if high >= RULED:
                rows.append(line(" ", ("─" * (cells - 2), "track")))
            week = schedule.days[monday : monday + 7]
            cell_rows = [
                _cell(one, schedule, at, today, wide - 1, high - (high >= RULED)) for one in week
            ]
            for row in zip(*cell_rows, strict=True):
                spans: Line = ((" " * (EDGE - 1), ""),)
                for day, shown in zip(week, row, strict=True):
                    here = day.day == at
                    bar = ("▌", "accent+cursor") if here else (" ", signs.ground(day, False))
                    spans += (bar, *shown)
                rows.append(spans)
        return rows

    @property
    def _weeks(self) -> int:
        return len(self._shown[0].days) // 7 if self._shown else 6

    @property
    def _high(self) -> int:
        """Rows a week takes, its rule among them."""
        return max((self.size.height - 1) // self._weeks, 1)

    def rows_for(self, rows: int) -> int:
        """As many of so many rows as it can use: a line, and the same for each week."""
        return 1 + self._weeks * max((rows - 1) // self._weeks, 1)

    def action_by(self, days: int) -> None:
        self.post_message(self.Gone(days))

    def action_months(self, months: int) -> None:
        self.post_message(self.Gone(months=months))

    def on_click(self, event: textual_events.Click) -> None:
        if self._shown is None or event.y < 1:
            return
        week = (event.y - 1) // self._high
        number = week * 7 + min(max(event.x - EDGE + 1, 0) // ((self.content_cells - EDGE) // 7), 6)
        if number < len(self._shown[0].days):
            day = self._shown[0].days[number].day
            self.post_message(self.Opened() if day == self._shown[1] else self.Gone(day=day))


def _cell(day: Day, schedule: Schedule, at: date, today: date, cells: int, rows: int) -> list[Line]:
    """One day in exactly so many rows: its date, what takes place, how many steps, which."""
    ground = signs.ground(day, day.day == at)
    counts = day.counts(today)
    crowded = day.day in schedule.collided
    low = rows < 3  # then the steps stand beside the date
    steps = signs.counted(counts, crowded=crowded, short=low)
    if line_width(steps) > cells - 1:
        steps = signs.counted(counts, crowded=crowded, words=False)
    shown = [_date_line(day, schedule, at, today, cells - 1, steps if low else ())]
    for one, stop in day_pane.taking_place(day):
        starts_at = stop.starts_at if stop else one.starts_at
        begins = f"{starts_at.astimezone(schedule.zone):%H:%M}" if not low else ""
        name = line((day_pane.named(one, stop), "strong"))
        off = line(("! ", "warn")) if one.id in schedule.held_off(day.day) else ()
        mark = line(("● ", "late"))
        shown += [mark + off + line((begins, "strong")), name] if begins else [mark + off + name]
    shown += [steps] if steps and not low else []
    if day.holiday and not low:
        shown.append(line((str(day.holiday), "good")))
    look = "" if day.day == today else "muted"
    shown += [line((one.name, look)) for one in day.open]
    shown += [line((f"{signs.OWN} {one.line.name}", "dim")) for one in day.coming]
    more = len(shown) - rows
    if more > 0 and rows > 4:
        shown[rows - 1] = line((f"+{more + 1}", "dim"))
    shown = [*shown[:rows], *[()] * -more]
    return [signs.laid(pad_line(cut_line(one, cells - 1), cells), ground) for one in shown]


def _date_line(
    day: Day, schedule: Schedule, at: date, today: date, cells: int, beside: Line
) -> Line:
    """“13 today”, at the right what makes it no usual day."""
    first = day.day == schedule.days[0].day or day.day.day == 1
    number = f"{day.day.month}-{day.day.day}" if first else str(day.day.day)
    other = day.day.month != at.month or day.off
    look = "dim" if other else "strong"
    left = line((number, look))
    if day.day == today:
        left = line((f" {number} ", "button"))
    right: Line = ()
    if day.holiday:
        right = line((_("off"), "good"))
    elif day.made_up:
        right = line((pgettext("a day off made up for", "work"), "warn"))
    room, said = cells - line_width(right) - bool(right), line((f" {_('today')}", "accent"))
    gap = line("  ")
    if beside and line_width(left + gap + beside) > room:
        gap = line(" ")
        if day.day == today:  # its button has blanks of its own, and the head names the month
            left, gap = line((f" {day.day.day} ", "button")), ()
    if beside:
        left += gap + beside
    elif day.day == today and line_width(left + said) <= room:  # its ground says so, too
        left += said
    return spread(cut_line(left, room), right, cells, 0)
