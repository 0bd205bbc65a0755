"""Which bytes of a database file carry something: the file format walked, page by page.

From SQLite's description of its file format (https://sqlite.org/fileformat2.html), not by SQLite:
whatever is neither in a header, a list of cells, a cell nor on a page that leads on is unused.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# Bytes of the file's header that say nothing of what is in it: counters of changes and of the
# schema, a hint on memory, the library that wrote last, and what is kept for later versions.
_IDLE = [*range(24, 28), *range(40, 44), *range(48, 52), *range(72, 100)]


def used(path: Path) -> bytearray:
    """A byte for each of the file's: 1 where it carries something, 0 where it is idle or free."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    size = 65_536 if size == 1 else size
    marks = bytearray(len(data))
    marks[:100] = b"\1" * 100
    for place in _IDLE:
        marks[place] = 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
        roots = [1, *(r for (r,) in con.execute("SELECT rootpage FROM sqlite_schema") if r)]
    for root in roots:
        _walk(data, size, root, marks)
    trunk = int.from_bytes(data[32:36], "big")
    while trunk:  # the list of free pages leads on; what it lists is free
        start = (trunk - 1) * size
        length = 8 + 4 * int.from_bytes(data[start + 4 : start + 8], "big")
        marks[start : start + length] = b"\1" * length
        trunk = int.from_bytes(data[start : start + 4], "big")
    return marks


def _walk(data: bytes, size: int, page: int, marks: bytearray) -> None:
    start = (page - 1) * size
    head = start + (100 if page == 1 else 0)
    kind = data[head]
    inner = kind in (2, 5)
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    length = (12 if inner else 8) + 2 * count
    marks[head : head + length] = b"\1" * length
    # Chains of free blocks lead on, and so do the four bytes that begin one.
    block = int.from_bytes(data[head + 1 : head + 3], "big")
    while block:
        marks[start + block : start + block + 4] = b"\1" * 4
        block = int.from_bytes(data[start + block : start + block + 2], "big")
    first = head + (12 if inner else 8)
    for number in range(count):
        at = start + int.from_bytes(data[first + 2 * number : first + 2 * number + 2], "big")
        begin = at
        if inner:
            _walk(data, size, int.from_bytes(data[at : at + 4], "big"), marks)
            at += 4
        if kind == 5:
            _, at = _varint(data, at)
        else:
            payload, at = _varint(data, at)
            if kind == 13:
                _, at = _varint(data, at)
            at = _payload(data, size, at, payload, table=kind == 13, marks=marks)
        marks[begin:at] = b"\1" * (at - begin)
    if inner:
        _walk(data, size, int.from_bytes(data[head + 8 : head + 12], "big"), marks)


def _payload(
    data: bytes, size: int, at: int, payload: int, *, table: bool, marks: bytearray
) -> int:
    """Where a cell ends on its page; the pages that it runs over to are marked."""
    most = size - 35 if table else (size - 12) * 64 // 255 - 23
    if payload <= most:
        return at + payload
    least = (size - 12) * 32 // 255 - 23
    here = least + (payload - least) % (size - 4)
    here = here if here <= most else least
    end = at + here + 4
    following = int.from_bytes(data[at + here : end], "big")
    left = payload - here
    while following:
        start = (following - 1) * size
        some = min(left, size - 4)
        marks[start : start + 4 + some] = b"\1" * (4 + some)
        left -= some
        following = int.from_bytes(data[start : start + 4], "big")
    return end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for number in range(9):
        byte = data[at + number]
        if number == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + number + 1
    raise AssertionError
