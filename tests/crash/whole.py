"""What must hold of a file whatever happened to the process that wrote it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opslog.store.db import backup, connection, search

_ESCAPES = re.compile(rb"\x1b(\[[0-9;?>]*[A-Za-z]|\][^\x07]*\x07)")


def shown_progress(raw: bytes | bytearray, total: int) -> int:
    """How many rows were decided by the fewest ``N left of total`` that a screen has shown; -1
    where it has shown none."""
    found = re.findall(rb"(\d+) left of %d" % total, _ESCAPES.sub(b"", bytes(raw)))
    return max((total - int(left) for left in found), default=-1)


@contextmanager
def reopened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as the next start finds it, having passed every check."""
    con = connection.connect(path)
    try:
        assert backup.integrity(con) == []
        assert search.check(con) == []
        assert tuple(con.execute("SELECT change_id, bulk FROM journal_now").fetchone()) == (None, 0)
        yield con
    finally:
        con.close()
