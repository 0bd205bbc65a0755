"""The call queue as rows, grouped: purpose and lane are said once, as the title of a group."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import NamedTuple

from opslog.domain.calls.queue import OfList, QueueLine
from opslog.services.calls.queue.workload import is_anew, is_due
from opslog.tui.widgets.lists.rows import Cell, Ends, Row
from opslog.tui.widgets.text import Line

Kind = tuple[object, ...]  # what those of one group have in common; first one of the words below
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

    of: Kind
    first: QueueLine
    start: int
    number: int

    @property
    def kind(self) -> str:
        return str(self.of[0])


def _group_of(entry: QueueLine) -> Kind:
    if entry.ready:
        if entry.promised:
            return (PROMISED_NOW,)
        return NOW, entry.lane, entry.slot, *entry.of_list
    if entry.promised:
        return (PROMISED,)
    if entry.put_off:
        return (PUT_OFF,)
    if entry.held is not None:
        return (HELD,)
    return (TRIED,) if entry.attempts else (LATER,)


Order = tuple[float, int]  # of a line in its group


class _Lines(NamedTuple):
    """The lines of a group, and by what they stand in it: the same number of each."""

    orders: list[Order]
    lines: list[QueueLine]


@dataclass
class QueueRows:
    """A Source of the queue's lines in groups, those who may be called now before the others; a
    row is drawn when it is on screen. A line is taken out and put in without a look at the others,
    however many they are.

    ``ranked`` is the queue as it was asked for; within a group its order is kept, and the groups
    of those who may be called now stand by their first. ``draw`` gives the cells of a line,
    ``title`` the heading of a group; ``air`` between the groups.
    """

    ranked: InitVar[Iterable[QueueLine]]
    draw: Callable[[QueueLine], tuple[Cell, ...]]
    title: Callable[[Group], Line | Ends]
    air: bool = False
    groups: list[Group] = field(init=False)
    ready: int = field(init=False, default=0)
    due: int = field(init=False, default=0)  # of all, see services.calls.queue.workload
    anew: int = field(init=False, default=0)
    left: Counter[OfList] = field(init=False)
    _lines: dict[Kind, _Lines] = field(init=False, repr=False)  # by group, in any order
    _where: dict[Hashable, tuple[Kind, Order]] = field(init=False, repr=False)
    _of_person: dict[int, Key] = field(init=False, repr=False)
    _starts: list[int] = field(init=False, repr=False)  # position of each group's first row
    _put: int = field(init=False, default=0, repr=False)  # lines, ever

    def __post_init__(self, ranked: Iterable[QueueLine]) -> None:
        self.left, self._lines, self._where, self._of_person = Counter(), {}, {}, {}
        for entry in ranked:
            self._insert(entry)
        self._arrange()

    def put(self, entry: QueueLine) -> None:
        """Behind those who may be called now, or behind those who wait for the same time."""
        self._insert(entry)
        self._arrange()

    def take_out(self, person_id: int) -> None:
        """Somebody's line, where they have one."""
        key = self._of_person.pop(person_id, None)
        if key is None:
            return
        kind, order = self._where.pop(key)
        orders, lines = self._lines[kind]
        at = bisect_left(orders, order)
        del orders[at]
        entry = lines.pop(at)
        self.due -= is_due(entry)
        self.anew -= is_anew(entry)
        for part in entry.parts:
            self.left[part.of_list] -= 1
        self.left = +self.left
        if not lines:
            del self._lines[kind]
        self._arrange()

    def _insert(self, entry: QueueLine) -> None:
        kind, key = _group_of(entry), key_of(entry)
        self._put += 1
        order = (entry.due.timestamp() if kind[0] in _WAITING else 0.0), self._put
        orders, lines = self._lines.setdefault(kind, _Lines([], []))
        at = bisect_left(orders, order) if orders and order < orders[-1] else len(orders)
        orders.insert(at, order)
        lines.insert(at, entry)
        self._where[key] = kind, order
        self._of_person[entry.person_id] = key
        self.due += is_due(entry)
        self.anew += is_anew(entry)
        for part in entry.parts:
            self.left[part.of_list] += 1

    def _arrange(self) -> None:
        """Where each group stands by now."""
        self.groups, self._starts = [], []
        self.ready = start = top = 0
        for kind in self._kinds():
            lines = self._lines[kind].lines
            top += 1 + (self.air and bool(self.groups))  # the heading, and air above it
            self._starts.append(top)
            self.groups.append(Group(kind, lines[0], start, len(lines)))
            start, top = start + len(lines), top + len(lines)
            self.ready += 0 if kind[0] in _WAITING else len(lines)

    def _kinds(self) -> list[Kind]:
        """The groups in the order in which they are shown."""
        waiting = [(kind,) for kind in _WAITING if (kind,) in self._lines]
        return [*(kind for kind in self._lines if kind[0] not in _WAITING), *waiting]

    def set_air(self, air: bool) -> None:
        self.air = air
        self._arrange()

    @property
    def lines(self) -> list[QueueLine]:
        """All of them as they stand."""
        return [entry for group in self.groups for entry in self._lines[group.of].lines]

    @property
    def number(self) -> int:
        return len(self._where)

    @property
    def later(self) -> int:
        return self.number - self.ready

    def get(self, key: Hashable) -> QueueLine | None:
        found = self._where.get(key)
        if found is None:
            return None
        orders, lines = self._lines[found[0]]
        return lines[bisect_left(orders, found[1])]

    def place(self, key: Hashable) -> int | None:
        """Where a line stands, counted from 0, without headings."""
        found = self._where.get(key)
        if found is None:
            return None
        start = next(group.start for group in self.groups if group.of == found[0])
        return start + bisect_left(self._lines[found[0]].orders, found[1])

    def following(self, place: int) -> Key | None:
        """The ready line that now stands at ``place``, or the first; None when none is ready."""
        if not self.ready:
            return None
        return key_of(self._at(place if place < self.ready else 0))

    def _at(self, place: int) -> QueueLine:
        group = self.groups[self._group_at(place)]
        return self._lines[group.of].lines[place - group.start]

    def _group_at(self, place: int) -> int:
        return bisect_right(self.groups, place, key=lambda group: group.start) - 1

    def any_due(self, now: datetime) -> bool:
        """Whether the time of somebody who waits has come."""
        return any(g.first.due <= now for g in self.groups if g.of[0] in _WAITING)

    def group(self, kind: str) -> Sequence[QueueLine]:
        """The lines of the group of this kind; none where there is none."""
        found = next((group for group in self.groups if group.kind == kind), None)
        return self._lines[found.of].lines if found else ()

    def start_of(self, kind: str) -> int:
        """The row of the first of a group; -1 where there is none."""
        starts = zip(self.groups, self._starts, strict=True)
        return next((start for group, start in starts if group.kind == kind), -1)

    # What a WindowList asks -------------------------------------------------------------

    def count(self) -> int:
        return self._starts[-1] + self.groups[-1].number if self.groups else 0

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return [self._row(at) for at in range(max(start, 0), min(stop, self.count()))]

    def position(self, key: Hashable) -> int | None:
        place = self.place(key)
        if place is None:
            return None
        at = self._group_at(place)
        return self._starts[at] + place - self.groups[at].start

    def _row(self, at: int) -> Row:
        number = bisect_right(self._starts, at) - 1
        if number >= 0 and at < self._starts[number] + self.groups[number].number:
            group = self.groups[number]
            entry = self._lines[group.of].lines[at - self._starts[number]]
            return Row(key_of(entry), self.draw(entry))
        if at + 1 == self._starts[number + 1]:
            group = self.groups[number + 1]
            return Row(("heading", group.kind, group.start), heading=self.title(group))
        return Row(("air", at), heading=())


def no_rows() -> QueueRows:
    """Those of an empty queue."""
    return QueueRows((), lambda _entry: (), lambda _group: ())
