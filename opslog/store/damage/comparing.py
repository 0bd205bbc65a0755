"""What differs from the newest backup and no change since accounts for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opslog.store.damage.rows import Values, rows, shown
from opslog.store.db import backup as copies
from opslog.store.db import connection, journalled, search
from opslog.store.db.declaration import KEEP
from opslog.store.schema.columns import DECLARED
from opslog.store.schema.create import SCHEMA_VERSION

if TYPE_CHECKING:
    from opslog.store.damage.forms import Form

# Written without the journal: what a window remembers, what is reckoned from other rows.
_APART = journalled.NOT_JOURNALLED - {"change", "change_row", "change_range", "migration"}
_STATE = ("state", "undone_order")
Told = Callable[[str, int], None]  # a table, rows of it looked at so far


@dataclass
class Report:
    """What the rows of a file showed.

    ``wrong``: values of the wrong form and rows that can't be read. ``differs``: rows that are not
    as the backup has them. ``newer``: how many rows are younger than it, by table; ``apart``: how
    many differ in tables that no journal covers.
    """

    backup: Path | None = None
    wrong: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    newer: dict[str, int] = field(default_factory=dict)
    apart: dict[str, int] = field(default_factory=dict)


@dataclass
class Since:
    """What changed since the backup, as the journal of the file tells it."""

    changes: set[int]
    unrolled: set[int]  # those whose ranges undo made rows of, and which were done again
    rows: set[tuple[str, int]]
    ranges: list[tuple[str, int, int]]
    erased: bool  # somebody was erased, which leaves no trace of the rows it scrubbed

    @property
    def tables(self) -> set[str]:
        named = {table for table, _ in self.rows} | {table for table, _, _ in self.ranges}
        return named | {"change"} if self.changes else named

    def touched(self, table: str, row_id: object) -> bool:
        return (table, row_id) in self.rows or any(
            table == name and isinstance(row_id, int) and low <= row_id <= high
            for name, low, high in self.ranges
        )


def look(path: Path, told: Told = lambda _table, _done: None) -> Report:
    """Each row of the file at ``path``: by the form of its values, and against the newest backup
    that reads back whole and from which this file came. Nothing is written."""
    from opslog.store.damage.forms import forms  # sqlmodel

    report = Report()
    with closing(copies.open_read_only(path)) as con:
        con.text_factory = bytes
        connection.let_stop(con)
        report.backup = newest_backup(con, path)
        if report.backup is None:
            for form in forms().values():
                for row in _rows(con, form, report, told):
                    _look_at_form(form, row, report)
            return report
        with closing(copies.open_read_only(report.backup)) as old:
            old.text_factory = bytes
            connection.let_stop(old)
            since = since_backup(con, old, forms())
            for form in forms().values():
                _compare(form, con, old, since, report, told)
            _compare_sequences(con, old, since, report)
            _compare_indexes(con, old, report)
    return report


def first_flaw(path: Path) -> str | None:
    """The first value that its column may not hold, or rows that can't be read; None for none."""
    from opslog.store.damage.forms import forms  # sqlmodel

    report = Report()
    with suppress(sqlite3.DatabaseError), closing(copies.open_read_only(path)) as con:
        con.text_factory = bytes
        for form in forms().values():
            for row in of(con, form, report):
                _look_at_form(form, row, report)
                if report.wrong:
                    return report.wrong[0]
    return report.wrong[0] if report.wrong else None


def _compare(
    form: Form,
    con: sqlite3.Connection,
    old: sqlite3.Connection,
    since: Since,
    report: Report,
    told: Told,
) -> None:
    before = _rows(old, form, Report(), lambda _table, _done: None)
    was = next(before, None)
    gone = []
    for row in _rows(con, form, report, told):
        key = form.key_of(row)
        while was is not None and form.key_of(was) < key:
            gone.append(was)
            was = next(before, None)
        if was is not None and form.key_of(was) == key:
            if was != row:
                _look_at_form(form, row, report)
                _judge(form, was, row, since, report)
            was = next(before, None)
        else:
            _look_at_form(form, row, report)
            _judge(form, None, row, since, report)
    if was is not None:
        gone += [was, *before]
    for one in gone:
        _judge(form, one, None, since, report)


def _judge(
    form: Form, was: Values | None, row: Values | None, since: Since, report: Report
) -> None:
    """A row that is not as it was: newer, apart, or a flaw."""
    one = row or was
    assert one is not None
    value = dict(zip(form.columns, one[1:], strict=True))
    changed = [
        place
        for place in range(len(form.columns))
        if was is None or row is None or was[place + 1] != row[place + 1]
    ]
    if form.table in _APART:
        report.apart[form.table] = report.apart.get(form.table, 0) + 1
    elif _accounted(form, value, changed, was, since) or (
        since.erased
        and all(DECLARED[form.table][form.columns[p]].erase is not KEEP for p in changed)
    ):
        report.newer[form.table] = report.newer.get(form.table, 0) + 1
    elif was is None or row is None:
        what = "not in the backup, nor in the journal" if was is None else "missing"
        report.differs.append(f"{form.named(one)}: {what}")
    else:
        report.differs += [
            f"{form.named(one)}: {form.columns[p]}: {shown(was[p + 1])} → {shown(row[p + 1])}"
            for p in changed
        ]


def _accounted(
    form: Form, value: dict[str, Any], changed: list[int], was: Values | None, since: Since
) -> bool:
    """Whether a change since the backup accounts for it."""
    if form.table == "change":
        names = {form.columns[place] for place in changed}
        return value["id"] in since.changes and (was is None or names <= set(_STATE))
    if form.table in ("change_row", "change_range"):
        return value["change_id"] in since.changes or value["change_id"] in since.unrolled
    if form.table == "migration":
        return False
    found = form.table == "pair" and value["verdict"] in (b"open", b"later") and since.changes
    return bool(found) or since.touched(form.table, value["id"])


def is_damage(form: Form, was: Values | None, row: Values | None, since: Since) -> bool:
    """Whether neither a change nor erasing accounts for what became of a row of the backup, or
    for one that the backup has not."""
    report = Report()
    _judge(form, was, row, since, report)
    return bool(report.differs)


def since_backup(
    con: sqlite3.Connection, old: sqlite3.Connection, all_forms: dict[str, Form]
) -> Since:
    """What the journals of both files say was changed after the backup."""
    change = all_forms["change"]
    place = {name: 1 + change.columns.index(name) for name in ("id", *_STATE)}

    def states(one: sqlite3.Connection) -> dict[int, tuple[Any, ...]]:
        return {
            row[place["id"]]: (row[place["state"]],)
            + ((row[place["undone_order"]],) if row[place["state"]] == b"undone" else ())
            for row in _rows(one, change, Report(), lambda _table, _done: None)
        }

    now, then = states(con), states(old)
    changes = {id for id, state in now.items() if then.get(id) != state}
    # Forgotten after 90 days: what was undone for good.
    changes |= {id for id, state in then.items() if id not in now and state == (b"dropped",)}
    touched, ranges = set(), []
    by_rows, by_range = (set[Any](), set[Any]()), (set[Any](), set[Any]())  # changes, now and then
    for at, one in enumerate((con, old)):
        for _key, change_id, tbl, row_id, *_rest in of(one, all_forms["change_row"]):
            by_rows[at].add(change_id)
            if change_id in changes and isinstance(tbl, bytes):
                touched.add((tbl.decode("utf-8", "replace"), row_id))
        for _key, change_id, tbl, low, high in of(one, all_forms["change_range"]):
            by_range[at].add(change_id)
            if change_id in changes and isinstance(tbl, bytes):
                ranges.append((tbl.decode("utf-8", "replace"), low, high))
    erased = [{row[1] for row in of(one, all_forms["erased"])} for one in (con, old)]
    unrolled = (by_range[1] - by_range[0]) & by_rows[0]
    return Since(changes, unrolled, touched, ranges, bool(erased[0] - erased[1]))


def of(con: sqlite3.Connection, form: Form, report: Report | None = None) -> Iterator[Values]:
    """The rows of a table that can be read, key first."""
    return _rows(con, form, report or Report(), lambda _table, _done: None)


def _rows(con: sqlite3.Connection, form: Form, report: Report, told: Told) -> Iterator[Values]:
    """Rows of a table, key first; what can't be read goes into the report."""

    def lost(low: int, high: int) -> None:
        last = "…" if high > 1 << 61 else str(high)
        report.wrong.append(f"{form.table} {max(low, 0)}–{last}: can't be read")

    found = columns(con, form.table)
    if not found:
        return  # the schema's finding
    names = [name if name in found else form.columns[0] for name in form.columns]
    number = 0
    for number, row in enumerate(rows(con, form.table, names, form.key, lost), 1):
        if not number % 1_000:
            told(form.table, number)
        yield row
    told(form.table, number)


def columns(con: sqlite3.Connection, table: str) -> set[str]:
    with suppress(sqlite3.DatabaseError):
        return {
            row[0].decode()
            for row in con.execute("SELECT name FROM pragma_table_info(?)", (table,))
        }
    return set()


def _look_at_form(form: Form, row: Values, report: Report) -> None:
    for place, wrong in form.flaws(row[1:]):
        said = f"{form.named(row)}: {form.columns[place]}: {wrong}: {shown(row[place + 1])}"
        report.wrong.append(said)


def _compare_sequences(
    con: sqlite3.Connection, old: sqlite3.Connection, since: Since, report: Report
) -> None:
    """Numbers are never given out twice: what says which were."""
    try:
        now, then = (
            {row[0]: row[1] for row in one.execute("SELECT name, seq FROM sqlite_sequence")}
            for one in (con, old)
        )
    except sqlite3.DatabaseError as error:
        report.wrong.append(f"sqlite_sequence: {error}")
        return
    for name, number in then.items():
        found = now.get(name)
        table = name.decode()
        if (
            not isinstance(found, int)
            or found < number
            or (found != number and table not in since.tables)
        ):
            report.differs.append(f"sqlite_sequence {table}: {number} → {shown(found)}")
    for name in now.keys() - then.keys():
        if name.decode("utf-8", "replace") not in since.tables:
            report.differs.append(f"sqlite_sequence {shown(name)}: not in the backup")


def _compare_indexes(con: sqlite3.Connection, old: sqlite3.Connection, report: Report) -> None:
    """A search index that was not written since the backup is the same to the byte: SQLite's own
    look passes over the ways to its pages and over entries that later ones took back."""
    for index in search.INDEXES:
        try:
            if not _same_rows(con, old, f"{index}_data WHERE id=10"):  # counts what was written
                continue
            for part in (f"{index}_data WHERE id>10", f"{index}_idx", f"{index}_config"):
                if not _same_rows(con, old, part):
                    report.differs.append(f"{part.split()[0]}: not as in the backup")
        except sqlite3.DatabaseError as error:
            report.wrong.append(f"{index}: {connection.flaw_of(error)}")


def _same_rows(con: sqlite3.Connection, old: sqlite3.Connection, rows: str) -> bool:
    pages = (one.execute(f"SELECT * FROM {rows} ORDER BY 1, 2") for one in (con, old))
    return all(
        one is not None and other is not None and tuple(one) == tuple(other)
        for one, other in zip_longest(*pages)
    )


def newest_backup(con: sqlite3.Connection, path: Path) -> Path | None:
    """The newest copy in the folder of backups that reads back whole, has this schema, and from
    which the file came: its newest change is the file's, too."""
    folder = copies.folder_of(path)
    if not folder.is_dir():
        return None
    found = [file for file in folder.glob("*.db") if file.is_file()]
    for file in sorted(found, key=lambda one: one.stat().st_mtime, reverse=True):
        with suppress(sqlite3.DatabaseError), closing(copies.open_read_only(file)) as old:
            old.text_factory = bytes
            connection.let_stop(old)
            version = old.execute("PRAGMA user_version").fetchone()[0]
            if version == SCHEMA_VERSION and _descends(con, old):
                old.text_factory = connection.shown_text
                if not copies.integrity(old):
                    return file
    return None


def _descends(con: sqlite3.Connection, old: sqlite3.Connection) -> bool:
    query = "SELECT id, at, session, label || args FROM change"
    newest = old.execute(f"{query} ORDER BY id DESC LIMIT 1").fetchone()
    if newest is None:
        return True
    try:
        here = con.execute(f"{query} WHERE id=?", (newest[0],)).fetchone()
    except sqlite3.DatabaseError:
        return True  # can't be told: the rows will tell
    # One of the three may be what is damaged.
    return here is not None and sum(map(lambda a, b: a == b, here[1:], newest[1:])) >= 2
