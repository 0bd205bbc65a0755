"""opslog on a disk that takes 50 ms for each commit: ``python -m tests.crash.slow_disk WORDS…``"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

from opslog.__main__ import main
from opslog.store.db import connection

COMMIT_SECONDS = 0.05
_connect = connection.connect


def _slowly(path: Path) -> sqlite3.Connection:
    con = _connect(path)
    con.set_trace_callback(_delay)
    return con


def _delay(statement: str) -> None:
    if statement == "COMMIT":
        time.sleep(COMMIT_SECONDS)


if __name__ == "__main__":
    connection.connect = _slowly
    sys.exit(main())
