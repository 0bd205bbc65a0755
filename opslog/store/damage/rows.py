"""Reading a table past what is damaged in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from opslog.store.db import connection

END = 1 << 62  # no row of opslog's has a number as high
Lost = Callable[[int, int], None]  # from, to: numbers among which rows can't be read
Values = tuple[Any, ...]


def rows(
    con: sqlite3.Connection, table: str, columns: Sequence[str], key: str, lost: Lost
) -> Iterator[Values]:
    """The rows of ``table`` in the order of ``key``, a column of whole numbers or ``rowid``; the
    key first in each. Where pages can't be read, ``lost`` hears between which keys, and reading
    goes on behind them."""
    listed = ", ".join(f'"{name}"' for name in columns)
    query = f'SELECT {key}, {listed} FROM "{table}" WHERE {key} >= ? ORDER BY {key}'
    cursor = connection.tuples(con)
    start = -END
    while True:
        last = start - 1
        try:
            for row in cursor.execute(query, (start,)):
                if isinstance(row[0], int):
                    if key == "rowid" and row[0] <= last:  # no page of the file reads as zeros
                        lost(last + 1, END)
                        return
                    last = row[0]
                yield row
            return
        except sqlite3.DatabaseError as error:
            connection.flaw_of(error)
        following = _next_readable(cursor, query, last + 1)
        lost(last + 1, following - 1)
        if following >= END:
            return
        start = following


def _next_readable(cursor: sqlite3.Cursor, query: str, bad: int) -> int:
    """The lowest key from ``bad`` on at which a row can be read, as far as halving finds it."""
    low, step = bad, 1
    if low < 0:
        if _reads(cursor, query, 1):
            return 1  # rows below 1 there are none
        low = 1
    while not _reads(cursor, query, low + step):
        step *= 2
        if low + step >= END:
            return END
    low, high = low + step // 2, low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reads(cursor, query, middle) else (middle, high)
    return high


def _reads(cursor: sqlite3.Cursor, query: str, start: int) -> bool:
    try:
        return cursor.execute(f"{query} LIMIT 1", (start,)).fetchone() is not None
    except sqlite3.DatabaseError as error:
        connection.flaw_of(error)
        return False


def shown(value: object, room: int = 40) -> str:
    """A value as a report says it: text in quotes, what is no UTF-8 as ``\\\\xff``, cut short."""
    if value is None or isinstance(value, int | float):
        return str(value).replace("None", "NULL")
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
    return f"“{text if len(text) <= room else text[: room - 1] + '…'}”"
