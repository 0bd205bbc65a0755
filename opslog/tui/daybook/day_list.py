"""The log as a list: day headings, newest first, and keys that go from day to day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import accumulate
from typing import ClassVar

from textual.binding import BindingType

from opslog.domain.daybook.folds import Fold
from opslog.domain.daybook.lines import LogFilter, LogLine
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.daybook import folds
from opslog.services.daybook import lines as log_lines
from opslog.services.reports import folded
from opslog.tui.daybook.reading import fold_cells, line_cells
from opslog.tui.widgets.actions import Action, bind, table
from opslog.tui.widgets.drawing import day_heading
from opslog.tui.widgets.lists.rows import Row
from opslog.tui.widgets.lists.window_list import WindowList

# fmt: off
DAYS = table(
    Action("log.earlier", "left,left_square_bracket", "day(1)",
           N_("Day before"), N_("To the day before")),
    Action("log.later", "right,right_square_bracket", "day(-1)",
           N_("Day after"), N_("To the day after")),
)
# fmt: on
FOLD = "fold"  # what the key of a folded run begins with


class LogRows:
    """The rows of the log that fit a filter. Holds a number a day, and where runs of calls are
    folded into one row; lines are asked for. What is found by a filter stands line by line.

    ``opened``: keys of the folds whose lines show below them.
    """

    def __init__(self, book: Book, wanted: LogFilter, opened: Collection[int] = ()) -> None:
        self._book, self.wanted, self.opened = book, wanted, opened
        self.days = log_lines.days(book, wanted)
        self._index = {day.day: n for n, day in enumerate(self.days)}
        self._folds: dict[int, list[Fold]] = {}  # by the place of their day
        for fold in () if wanted else folds.found(book):
            if (day := self._index.get(fold.last.date())) is not None:
                self._folds.setdefault(day, []).append(fold)
        self.folds = {fold.key: fold for some in self._folds.values() for fold in some}
        self.fold_of = {id: fold.key for fold in self.folds.values() for id in fold.ids}
        # Where each day's heading stands; the last entry is the number of rows.
        shown = (day.lines + 1 + self._more(n) for n, day in enumerate(self.days))
        self.starts = list(accumulate(shown, initial=0))
        self.lines = sum(day.lines for day in self.days)

    def _more(self, day: int) -> int:
        """How many rows more than lines a day has; fewer where folds are closed."""
        some = self._folds.get(day, ())
        return sum(1 if fold.key in self.opened else 1 - len(fold.ids) for fold in some)

    def count(self) -> int:
        return self.starts[-1]

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return list(self._rows(start, min(stop, self.count())))

    def _rows(self, start: int, stop: int) -> Iterator[Row]:
        """Days without folds are read together, one with folds by itself."""
        folded = sorted(self._folds)
        while start < stop:
            day = self.day_at(start)
            if day in self._folds:
                end = min(stop, self.starts[day + 1])
                yield from self._folded_day(day, start, end)
            else:
                after = bisect_right(folded, day)
                end = min(stop, self.starts[folded[after]]) if after < len(folded) else stop
                yield from self._plain_days(start, end)
            start = end

    def _plain_days(self, start: int, stop: int) -> Iterator[Row]:
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
        for position in range(start, stop):
            day = self.day_at(position)
            if position == self.starts[day]:
                yield self._heading(day)
                continue
            one = next(found, None)
            if one is None:  # taken out elsewhere a moment ago; the next refresh knows
                return
            yield Row(one.id, line_cells(one, self._book.clock))

    def _heading(self, day: int) -> Row:
        count = self.days[day]
        return Row(
            ("day", count.day), heading=day_heading(count.day, count.lines, self._book.clock)
        )

    def _folded_day(self, day: int, start: int, stop: int) -> Iterator[Row]:
        """``start`` and ``stop`` are positions in the whole list."""
        top = self.starts[day]
        if start == top:
            yield self._heading(day)
        keys = self._keys(day)[max(start - top - 1, 0) : stop - top - 1]
        wanted = [key for key in keys if isinstance(key, int)]
        lines = {one.id: one for one in log_lines.many(self._book, wanted)}
        some = [self.folds[key[1]] for key in keys if not isinstance(key, int)]
        told = dict(zip((fold.key for fold in some), folded.told(self._book, some), strict=True))
        for key in keys:
            if not isinstance(key, int):
                fold = self.folds[key[1]]
                yield Row(key, fold_cells(fold, told[fold.key], opened=fold.key in self.opened))
            elif key in lines:
                inside = key in self.fold_of
                yield Row(key, line_cells(lines[key], self._book.clock, inside=inside))

    def _keys(self, day: int) -> list[int | tuple[str, int]]:
        """Of a day's rows, newest first: lines by their ids, a fold before its newest line."""
        newest = {fold.ids[-1]: fold.key for fold in self._folds[day]}
        keys: list[int | tuple[str, int]] = []
        for id in log_lines.of_day(self._book, self.days[day].day):
            if id in newest:
                keys.append((FOLD, newest[id]))
            if id not in self.fold_of or self.fold_of[id] in self.opened:
                keys.append(id)
        return keys

    def day_at(self, position: int) -> int:
        """Which day, counted from the newest, a row belongs to."""
        return bisect_right(self.starts, position, 0, len(self.days)) - 1

    def position(self, key: Hashable) -> int | None:
        """A line of a closed fold is found where the fold stands."""
        id = key[1] if isinstance(key, tuple) and key[0] == FOLD else key
        if not isinstance(id, int) or (id != key and id not in self.folds):
            return None
        found = log_lines.place(self._book, id, self.wanted)
        day = self._index.get(found[0]) if found else None
        if found is None or day is None:
            return None
        if day not in self._folds:
            return self.starts[day] + 1 + found[1]
        if id in self.fold_of and self.fold_of[id] not in self.opened:
            key = FOLD, self.fold_of[id]
        keys = self._keys(day)
        return self.starts[day] + 1 + keys.index(key) if key in keys else None


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
