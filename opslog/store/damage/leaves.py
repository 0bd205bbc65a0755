"""Rows of a damaged file read past SQLite, page by page.

After SQLite's description of its format (https://sqlite.org/fileformat2.html). The rows of a table
stand on the leaves of a tree of pages, and a leaf says by itself how many it holds, where, and of
what kind each value is: it can be read whatever became of the pages that lead to it. An index, and
a table ``WITHOUT ROWID``, is a tree of another kind, with rows on its inner pages, too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import SEEK_END
from typing import Any, BinaryIO, NamedTuple

_LEAF, _INNER, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_KINDS = {_INNER: (_INNER, _LEAF), _INDEX_INNER: (_INDEX_INNER, _INDEX_LEAF)}  # of what is below
_MAGIC, _HEADER, _SIZE = b"SQLite format 3\0", 100, 4_096
_LOG_HEAD, _FRAME = 32, 24  # bytes before the log of writes, and before each page in it
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a number, by its kind; 10 and 11 there are not


class Row(NamedTuple):
    """``number``: its rowid, None in an index. Text is bytes, and so are bytes: a bytearray."""

    number: int | None
    values: tuple[Any, ...]


@dataclass
class Trees:
    """Pages with rows: by the root that leads to them, and in ``loose`` those that none leads to,
    what hangs together together. ``bad``: how many pages below a root are none of its kind."""

    of: dict[int, list[int]] = field(default_factory=dict)
    loose: list[list[int]] = field(default_factory=list)
    bad: dict[int, int] = field(default_factory=dict)


def page_size(file: BinaryIO) -> int:
    """Bytes of each page; the usual where the file does not say."""
    head = file.read(_HEADER)
    size = int.from_bytes(head[16:18], "big") if head.startswith(_MAGIC) else _SIZE
    return 65_536 if size == 1 else max(size, 512)


class Pages:
    """The pages of a file, as the log of writes beside it (``-wal``) has them where it does."""

    def __init__(self, file: BinaryIO, log: bytes) -> None:
        self.size = page_size(file)
        self._file, self._newer = file, _committed(log, self.size)
        self.count = max(file.seek(0, SEEK_END) // self.size, *self._newer, 0, 0)
        self._free = self._unused()

    def page(self, number: int) -> bytes:
        """b'' where the disk does not give it."""
        with suppress(OSError):
            self._file.seek((number - 1) * self.size)
            return self._newer.get(number) or self._file.read(self.size)
        return b""

    def leaves(self) -> Iterator[int]:
        """Pages in use with rows of a table."""
        for number in range(1, self.count + 1):
            if number not in self._free and self._kind(number) == _LEAF:
                yield number

    def trees(self, roots: Iterable[int]) -> Trees:
        trees, seen = Trees(), set(self._free)
        for root in roots:
            trees.of[root] = []
            below = [root]
            while below:
                page = below.pop()
                if page not in seen and self._kind(page):
                    seen.add(page)
                    if self._kind(page) != _INNER:
                        trees.of[root].append(page)
                    below += self._below(page, trees.bad, root)
                elif page == root:
                    trees.bad[root] = 1
        above: dict[int, int] = {}
        loose = [n for n in range(2, self.count + 1) if n not in seen and self._kind(n)]
        for page in loose:
            for child in self._below(page, {}, 0):
                if child not in seen:
                    above.setdefault(child, page)
        groups: dict[int, list[int]] = {}
        for page in loose:
            top, way = page, {page}
            while above.get(top, top) not in way:
                top = above[top]
                way.add(top)
            if self._kind(page) != _INNER:
                groups.setdefault(top, []).append(page)
        trees.loose = list(groups.values())
        return trees

    def rows(self, number: int) -> tuple[list[Row], bool]:
        """What can be read on a page, and whether that is all of it."""
        page, kind = self.page(number), self._kind(number)
        found: list[Row] = []
        cells, whole = self._cells(number)
        for at in cells:
            try:
                row = self._row(page, at, kind)
            except (IndexError, ValueError, struct.error):
                whole = False
                continue
            # Rows stand in the order of their numbers.
            if kind == _LEAF and found and (row.number or 0) <= (found[-1].number or 0):
                whole = False
            found.append(row)
        return found, whole

    def _kind(self, number: int) -> int:
        """0 where the page is none of a tree."""
        page = self.page(number)
        kind = page[_HEADER if number == 1 else 0] if len(page) == self.size else 0
        return kind if kind in (_LEAF, _INNER, _INDEX_LEAF, _INDEX_INNER) else 0

    def _cells(self, number: int) -> tuple[list[int], bool]:
        """Where the cells of a page begin, and whether they can all be there."""
        page, head = self.page(number), _HEADER if number == 1 else 0
        first = head + (12 if page[head] in _KINDS else 8)
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        last = first + 2 * count
        if last > self.size:
            return [], False
        cells = struct.unpack(f">{count}H", page[first:last])
        sound = [at for at in cells if last <= at < self.size]
        return sound, len(sound) == count

    def _below(self, number: int, bad: dict[int, int], root: int) -> list[int]:
        """The pages an inner one leads to; those that are none of its kind are counted."""
        page, head = self.page(number), _HEADER if number == 1 else 0
        if page[head] not in _KINDS:
            return []
        places = [*self._cells(number)[0], head + 8]
        named = [int.from_bytes(page[at : at + 4], "big") for at in places]
        found = [n for n in named if 1 < n <= self.count and self._kind(n) in _KINDS[page[head]]]
        bad[root] = bad.get(root, 0) + len(named) - len(found)
        return found

    def _row(self, page: bytes, at: int, kind: int) -> Row:
        if kind == _INDEX_INNER:
            at += 4
        length, at = _varint(page, at)
        number = None
        if kind == _LEAF:
            number, at = _varint(page, at)
            number -= (number >> 63) << 64
        return Row(number, _record(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """A row's bytes, gathered from the pages it runs over to."""
        most = self.size - 35 if kind == _LEAF else (self.size - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (self.size - 12) * 32 // 255 - 23
            here = least + (length - least) % (self.size - 4)
            here = here if here <= most else least
        parts, left = [page[at : at + here]], length - here
        following = page[at + here : at + here + 4]
        if left > self.size * self.count or len(parts[0]) < here:
            raise ValueError
        while left:
            number = int.from_bytes(following, "big")
            more = self.page(number) if 1 < number <= self.count else b""
            parts.append(more[4 : 4 + min(left, self.size - 4)])
            if len(parts[-1]) < min(left, self.size - 4):
                raise ValueError
            left, following = left - len(parts[-1]), more[:4]
        return b"".join(parts)

    def _unused(self) -> set[int]:
        """Pages that hold what was deleted: listed on pages of their own, which lead to the next of
        them, then say how many and which."""
        unused: set[int] = set()
        for number in range(2, self.count + 1):
            page = self.page(number)
            following, count = struct.unpack(">II", page[:8]) if len(page) == self.size else (0, 0)
            if 0 < count <= self.size // 4 - 2 and following <= self.count:
                listed = struct.unpack(f">{count}I", page[8 : 8 + 4 * count])
                if len(set(listed)) == count and all(1 < one <= self.count for one in listed):
                    unused.update(listed)
        return unused


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """The pages in a log of writes, up to its last commit that is whole."""
    order = {0x377F0682: "<", 0x377F0683: ">"}.get(int.from_bytes(log[:4], "big"))
    if order is None or int.from_bytes(log[8:12], "big") != size:
        return {}
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    sums = _sums(log[:24], order, (0, 0))
    for start in range(_LOG_HEAD, len(log) - _FRAME - size + 1, _FRAME + size):
        frame, page = log[start : start + _FRAME], log[start + _FRAME :][:size]
        sums = _sums(page, order, _sums(frame[:8], order, sums))
        if frame[8:16] != log[16:24] or struct.pack(">II", *sums) != frame[16:24]:
            break
        waiting[int.from_bytes(frame[:4], "big")] = page
        if any(frame[4:8]):
            committed |= waiting
            waiting = {}
    return committed


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    for first, second in struct.iter_unpack(f"{order}II", data):
        one = one + first + two & 0xFFFFFFFF
        two = two + second + one & 0xFFFFFFFF
    return one, two


def _record(payload: bytes) -> tuple[Any, ...]:
    """Raises ValueError or IndexError for what is none."""
    end, at = _varint(payload, 0)
    place, values = end, []
    while at < end:
        kind, at = _varint(payload, at)
        length = _LENGTHS[kind] if kind < 12 else (kind - 12) // 2
        values.append(_value(payload[place : place + length], kind))
        place += length
    if at != end or place != len(payload):
        raise ValueError
    return tuple(values)


def _value(raw: bytes, kind: int) -> Any:
    if kind >= 12:
        return raw if kind % 2 else bytearray(raw)
    if kind in (0, 8, 9):
        return (None, 0, 1)[max(kind - 7, 0)]
    return struct.unpack(">d", raw)[0] if kind == 7 else int.from_bytes(raw, "big", signed=True)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A whole number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
