"""The log as a list: day headings, newest first, and keys that go from day to day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate
from typing import ClassVar

from textual.binding import BindingType

from opslog.domain.daybook.lines import LogFilter, LogLine
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.daybook.reading import line_cells
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.drawing import day_heading
from opslog.tui.widgets.rows import Row
from opslog.tui.widgets.window_list import WindowList

# fmt: off
DAYS = table(
    Action("log.earlier", "left,left_square_bracket", "day(1)",
           N_("Day before"), N_("To the day before")),
    Action("log.later", "right,right_square_bracket", "day(-1)",
           N_("Day after"), N_("To the day after")),
)
# fmt: on


class LogRows:
    """The rows of the log that fit a filter. Holds a number a day; lines are asked for."""

    def __init__(self, book: Book, wanted: LogFilter) -> None:
        self._book, self.wanted = book, wanted
        self.days = log_lines.days(book, wanted)
        # Where each day's heading stands; the last entry is the number of rows.
        self.starts = list(accumulate((day.lines + 1 for day in self.days), initial=0))
        self.lines = self.starts[-1] - len(self.days)
        self._index = {day.day: n for n, day in enumerate(self.days)}

    def count(self) -> int:
        return self.starts[-1]

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return list(self._rows(start, min(stop, self.count())))

    def _rows(self, start: int, stop: int) -> Iterator[Row]:
        if start >= stop:
            return
        first = self.day_at(start)
        last = self.day_at(stop - 1)
        skipped = max(start - self.starts[first] - 1, 0)
        headings = last - first + (1 if start == self.starts[first] else 0)
        found: Iterator[LogLine] = iter(
            log_lines.page(
                self._book,
                self.days[first].day,
                self.wanted,
                offset=skipped,
                limit=stop - start - headings,
            )
        )
        clock = self._book.clock
        for position in range(start, stop):
            day = self.day_at(position)
            if position == self.starts[day]:
                count = self.days[day]
                yield Row(("day", count.day), heading=day_heading(count.day, count.lines, clock))
                continue
            one = next(found, None)
            if one is None:  # taken out elsewhere a moment ago; the next refresh knows
                return
            yield Row(one.id, line_cells(one, clock))

    def day_at(self, position: int) -> int:
        """Which day, counted from the newest, a row belongs to."""
        return bisect_right(self.starts, position, 0, len(self.days)) - 1

    def position(self, key: Hashable) -> int | None:
        if not isinstance(key, int):
            return None
        found = log_lines.place(self._book, key, self.wanted)
        if found is None or found[0] not in self._index:
            return None
        return self.starts[self._index[found[0]]] + 1 + found[1]


class DayList(WindowList):
    """``left`` and ``right`` go to the first line of the day before and after."""

    BINDINGS: ClassVar[list[BindingType]] = bind(*DAYS)

    def action_day(self, by: int) -> None:
        source = self.source
        if not isinstance(source, LogRows) or not source.days:
            return
        day = source.day_at(self.cursor)
        if by < 0 and self.cursor > source.starts[day] + 1:
            self._go(source.starts[day] + 1)  # first to the top of this one
            return
        day = min(max(day + by, 0), len(source.days) - 1)
        self._go(source.starts[day] + 1)
        self.scroll_to(y=source.starts[day], animate=False)
