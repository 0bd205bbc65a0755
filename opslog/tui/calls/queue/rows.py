"""The call queue as rows, grouped: purpose and lane are said once, as the title of a group."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from opslog.domain.calls.queue import QueueLine
from opslog.services.calls import workload
from opslog.services.calls.workload import Workload
from opslog.tui.widgets.rows import Cell, Ends, Row
from opslog.tui.widgets.text import Line

Key = tuple[int, str]  # card and purpose: somebody may be in the queue for two things

# What a group is made of, besides those who may be called now: they stand by what for.
PROMISED_NOW, NOW, PROMISED, PUT_OFF, TRIED, LATER, HELD = (
    *("promised_now", "now", "promised", "put_off", "tried", "later", "held"),
)
_WAITING = (PROMISED, PUT_OFF, TRIED, LATER, HELD)


def key_of(entry: QueueLine) -> Key:
    return entry.card_id, entry.purpose


@dataclass(frozen=True)
class Group:
    """Lines from ``start`` of the queue on that have one title, told from the ``first``."""

    kind: str
    first: QueueLine
    start: int
    number: int


def _group_of(entry: QueueLine) -> tuple[object, ...]:
    if entry.ready:
        if entry.promised:
            return (PROMISED_NOW,)
        return NOW, entry.lane, entry.purpose, entry.slot, entry.roster_id
    if entry.promised:
        return (PROMISED,)
    if entry.put_off:
        return (PUT_OFF,)
    if entry.held is not None:
        return (HELD,)
    return (TRIED,) if entry.attempts else (LATER,)


@dataclass
class QueueRows:
    """A Source of the queue's lines in groups, those who may be called now before the others; a
    row is drawn when it is on screen.

    ``ranked`` is the queue as it was asked for; within a group its order is kept, and the groups
    of those who may be called now stand by their first. ``draw`` gives the cells of a line,
    ``title`` the heading of a group; ``air`` between the groups.
    """

    ranked: Iterable[QueueLine]
    draw: Callable[[QueueLine], tuple[Cell, ...]]
    title: Callable[[Group], Line | Ends]
    air: bool = False
    lines: list[QueueLine] = field(init=False)
    groups: list[Group] = field(init=False)
    ready: int = field(init=False)
    left: Counter[tuple[int, str]] = field(init=False)  # by list and purpose
    _places: dict[Hashable, int] = field(init=False, repr=False)
    _starts: list[int] = field(init=False, repr=False)  # position of each group's first row

    def __post_init__(self) -> None:
        groups: dict[tuple[object, ...], list[QueueLine]] = defaultdict(list)
        self.left = Counter()
        for entry in self.ranked:
            groups[_group_of(entry)].append(entry)
            for part in entry.also:
                self.left[part.roster_id, part.purpose] += 1
        for entries in groups.values():
            self.left.update((entry.roster_id, entry.purpose) for entry in entries)
        now = [kind for kind in groups if kind[0] not in _WAITING]
        waiting = [(kind,) for kind in _WAITING if (kind,) in groups]
        self.lines, self.groups, self._starts = [], [], []
        top = 0
        for kind in [*now, *waiting]:
            entries = groups[kind]
            top += 1 + (self.air and bool(self.groups))  # the heading, and air above it
            self._starts.append(top)
            self.groups.append(Group(str(kind[0]), entries[0], len(self.lines), len(entries)))
            self.lines += entries
            top += len(entries)
        self.ready = sum(len(groups[kind]) for kind in now)
        self._places = {(e.card_id, e.purpose): place for place, e in enumerate(self.lines)}

    @cached_property
    def workload(self) -> Workload:
        """Of the queue by the end of today."""
        return workload.of(self.lines)

    @property
    def later(self) -> int:
        return len(self.lines) - self.ready

    def get(self, key: Hashable) -> QueueLine | None:
        place = self._places.get(key)
        return None if place is None else self.lines[place]

    def place(self, key: Key) -> int | None:
        """Where a line stands, counted from 0, without headings."""
        return self._places.get(key)

    def following(self, place: int) -> Key | None:
        """The ready line that now stands at ``place``, or the first; None when none is ready."""
        if not self.ready:
            return None
        return key_of(self.lines[place if place < self.ready else 0])

    def group(self, kind: str) -> Sequence[QueueLine]:
        """The lines of the group of this kind; none where there is none."""
        found = next((group for group in self.groups if group.kind == kind), None)
        return self.lines[found.start : found.start + found.number] if found else ()

    # What a WindowList asks -------------------------------------------------------------

    def count(self) -> int:
        return self._starts[-1] + self.groups[-1].number if self.groups else 0

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return [self._row(at) for at in range(max(start, 0), min(stop, self.count()))]

    def position(self, key: Hashable) -> int | None:
        place = self._places.get(key)
        if place is None:
            return None
        at = bisect_right(self.groups, place, key=lambda group: group.start) - 1
        return self._starts[at] + place - self.groups[at].start

    def _row(self, at: int) -> Row:
        number = bisect_right(self._starts, at) - 1
        if number >= 0 and at < self._starts[number] + self.groups[number].number:
            group = self.groups[number]
            entry = self.lines[group.start + at - self._starts[number]]
            return Row(key_of(entry), self.draw(entry))
        if at + 1 == self._starts[number + 1]:
            group = self.groups[number + 1]
            return Row(("heading", group.kind, group.start), heading=self.title(group))
        return Row(("air", at), heading=())
