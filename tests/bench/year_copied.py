"""The database that ``python -m tests.year --keep`` leaves, copied into the years before it.

Each copy has people, numbers and events of its own, so many years earlier to the day of the week.
What is left open in the year itself stays so; of the copies all is settled, as what is past is. The
journal is the year's alone.
"""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from opslog.domain.base.clock import Clock
from opslog.domain.dates.workdays import MAINLAND
from opslog.services.book.book import open_book
from opslog.services.calls.queue import queue
from opslog.store.db import person_index
from opslog.store.people.erased import HIDDEN

FILE = "opslog.db"
DAYS = 364  # in whole weeks
MOST = 9  # copies: a digit of the phone numbers says which
TABLES = (
    *("event", "plan", "step", "check_item", "roster", "roster_file", "person", "person_tag"),
    *("card", "roster_row", "round", "decision", "touch", "log", "log_person", "log_tag"),
    *("follow_up", "enrolment", "sending", "handover", "handover_state", "material_request"),
    *("told", "suppressed"),
)
# Columns that name a row without being declared so.
_NAMES = {
    ("enrolment", "from_event_id"): "event",
    ("enrolment", "from_roster_id"): "roster",
    ("told", "row_id"): "touch",
}
_SETTLED = (
    "UPDATE step SET state='done', done_at=coalesce(done_at, due_at) WHERE id>? AND due_at<>''",
    "UPDATE check_item SET done_at=coalesce(done_at, (SELECT done_at FROM step WHERE id=step_id))"
    " WHERE id>?",
    "UPDATE follow_up SET done_at=coalesce(done_at, due_at) WHERE id>?",
    "UPDATE touch SET promised=0, next_at=NULL WHERE id>? AND promised",
    "UPDATE enrolment SET state='finished', next_step='', next_on='' WHERE id>?"
    " AND state IN ('active', 'paused')",
    "UPDATE handover_state SET state='lost' WHERE id>? AND state IN ('handed_over', 'accepted',"
    " 'returned') AND id=(SELECT max(id) FROM handover_state o"
    " WHERE o.handover_id=handover_state.handover_id)",
)


def next_morning(path: Path) -> str:
    """What ``OPSLOG_NOW`` is to be: nine on the first working day after the last that was done."""
    with sqlite3.connect(path) as con:
        last = datetime.fromisoformat(con.execute("SELECT max(at) FROM change").fetchone()[0])
    day = last.date() + timedelta(days=1)
    while not MAINLAND.is_workday(day):
        day += timedelta(days=1)
    return f"{day}T09:05"


def copied(year: Path, folder: Path, copies: int = MOST) -> Path:
    """The year and so many years before it, in ``folder``."""
    path = Path(shutil.copyfile(year / FILE, folder / FILE))
    path.chmod(0o600)
    moment = datetime.fromisoformat(f"{next_morning(path)}+08:00")
    book = open_book(path, clock=Clock(lambda: moment))
    con = book.con
    con.execute("PRAGMA synchronous=0")
    con.execute("BEGIN IMMEDIATE")
    tops = {
        table: con.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
        for table in TABLES
    }
    person_index.put_off(con)
    for number in range(1, copies + 1):
        for table in TABLES:
            con.execute(_copy(con, table, tops, number))
    person_index.catch_up(con)
    for statement in _SETTLED:
        con.execute(statement, (tops[statement.split()[1]],))
    con.execute("COMMIT")
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    queue.queue(book)  # as it is after the first look at Calls
    book.close()
    return path


def _copy(con: sqlite3.Connection, table: str, tops: dict[str, int], number: int) -> str:
    """The statement that writes one copy of a table."""
    whose = {row[3]: row[2] for row in con.execute(f"PRAGMA foreign_key_list({table})")}
    whose |= {column: of for (one, column), of in _NAMES.items() if one == table} | {"id": table}
    names, values = [], []
    for row in con.execute(f"PRAGMA table_info({table})"):
        name = row[1]
        names.append(f'"{name}"')
        if whose.get(name) in tops:
            values.append(f'"{name}" + {number * tops[whose[name]]}')
        else:
            values.append(_value(table, name, tops, number))
    said = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}"
    only = f" AND value NOT LIKE '{HIDDEN}%'" if table == "suppressed" else ""
    return f"{said} WHERE id < {tops[table]}{only}"


def _value(table: str, name: str, tops: dict[str, int], number: int) -> str:
    if name in ("phone", "phones") and table == "person":
        return _number(name, number)
    if name == "search" and table == "person":
        old, new = "substr(phone, 4)", f"substr({_number('phone', number)}, 4)"
        return f"replace(search, {old}, {new})"
    if name == "value" and table == "suppressed":
        person = f"CAST(CAST(value AS INTEGER) + {number * tops['person']} AS TEXT)"
        return f"CASE kind WHEN 'person' THEN {person} ELSE {_number('value', number)} END"
    back = f"'-{DAYS * number} days'"
    return (
        f"CASE WHEN \"{name}\" GLOB '????-??-??T*Z' THEN"
        f" strftime('%Y-%m-%dT%H:%M:%SZ', \"{name}\", {back})"
        f' WHEN "{name}" GLOB \'????-??-??\' THEN date("{name}", {back}) ELSE "{name}" END'
    )


def _number(name: str, copy: int) -> str:
    """A phone number as it is in a copy: the first of the eight digits that are a person's own.

    Several in one cell are of people who were merged: they become the first of them.
    """
    return (
        f"CASE WHEN {name} LIKE '+86%' THEN"
        f" substr({name}, 1, 6) || '{copy}' || substr({name}, 8, 7) ELSE {name} END"
    )
