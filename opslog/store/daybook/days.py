"""How many lines each day has, kept beside the log so that nobody counts them all.

Days are those of China, where the clocks have stood eight hours ahead of UTC since 1991; in
another zone the days are counted from the lines themselves.
"""

from __future__ import annotations

import sqlite3

AHEAD = 8 * 60  # minutes
_DAY = f"date({{row}}.at, '+{AHEAD} minutes')"
# A moment that is none belongs to no day.
_COUNTED = (
    f"SELECT {_DAY.format(row='log')} AS day, count(*) AS lines FROM log"
    f" WHERE {_DAY.format(row='log')} IS NOT NULL GROUP BY 1"
)


def sql() -> list[str]:
    """The triggers that keep the counts true."""
    more = (
        f"INSERT INTO log_day(day, lines) SELECT {_DAY.format(row='NEW')}, 1"
        f" WHERE {_DAY.format(row='NEW')} IS NOT NULL"
        " ON CONFLICT(day) DO UPDATE SET lines=lines + 1;"
    )
    fewer = (
        f"UPDATE log_day SET lines=lines - 1 WHERE day={_DAY.format(row='OLD')};"
        f" DELETE FROM log_day WHERE day={_DAY.format(row='OLD')} AND lines=0;"
    )
    return [
        f"CREATE TRIGGER log_day_insert AFTER INSERT ON log BEGIN {more} END",
        f"CREATE TRIGGER log_day_delete AFTER DELETE ON log BEGIN {fewer} END",
        f"CREATE TRIGGER log_day_update AFTER UPDATE OF at ON log BEGIN {fewer} {more} END",
    ]


def lay(con: sqlite3.Connection) -> None:
    """Make the triggers, and fill the table they keep."""
    for statement in sql():
        con.execute(statement)
    recount(con)


def recount(con: sqlite3.Connection) -> None:
    """Count all days anew."""
    con.execute("DELETE FROM log_day")
    con.execute(f"INSERT INTO log_day(day, lines) {_COUNTED}")


def flaws(con: sqlite3.Connection) -> list[str]:
    """Days whose count is wrong."""
    rows = con.execute(
        f"SELECT day FROM (SELECT day, lines FROM log_day UNION ALL {_COUNTED})"
        " GROUP BY day, lines HAVING count(*) <> 2 ORDER BY day"
    )
    return [f"log_day {row[0]}" for row in rows]
