"""All rows that can be had of a damaged file, in one that is whole.

First by SQLite, as far as it reads. Where that is not to the end, page by page: a page belongs to
the table whose first page leads to it, else to the one table whose columns its rows fit.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opslog.disk import temporary
from opslog.store.damage import comparing
from opslog.store.damage.forms import Form, forms
from opslog.store.damage.leaves import Pages, Row, page_size
from opslog.store.damage.rows import END, Values, rows, shown
from opslog.store.db import connection, same_file
from opslog.store.schema import migrations
from opslog.store.schema.create import SCHEMA_FILE

# What follows from the rows of others is reckoned anew; the last is of a change in the making.
_RECKONED = {
    *("call_promise", "call_settled", "log_day", "person_block", "journal_now"),
    *("step_proven", "step_doubt"),
}
# Up to schema 7 an attempt was its card's.
_WHOSE = """UPDATE touch SET
  person_id=(SELECT person_id FROM card WHERE rowid=touch.card_id),
  event_id=(SELECT event_id FROM roster WHERE rowid=
    (SELECT roster_id FROM card WHERE rowid=touch.card_id))
WHERE person_id IS NULL"""
# Up to schema 13 a step was its event's, whose plan has the same number since.
_FORMERLY = {("step", "plan_id"): "event_id"}
_PLANS = """INSERT INTO plan(rowid, id, event_id, anchor, next_on, version, missed)
  SELECT DISTINCT plan_id, plan_id, plan_id, '', '', 0, 0 FROM step
  WHERE plan_id IN (SELECT id FROM event)"""
Told = Callable[[str], None]  # the table at hand
_Span = tuple[int, int]  # from which key to which


@dataclass
class Gathered:
    """``con`` reads the tables as the damaged file has them; ``numbers``: the highest row number
    ever given, by table; ``missing``: what could not be read; ``loose``: rows by table that stood
    on pages to which nothing leads."""

    con: sqlite3.Connection
    numbers: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    loose: dict[str, int] = field(default_factory=dict)


@contextmanager
def gathered(path: Path, told: Told) -> Iterator[Gathered]:
    """The rows of the file at ``path``, which is only read, in one that passes.

    Raises sqlite3.DatabaseError where nothing can be read at all.
    """
    path = same_file.real(path)
    log = path.with_name(path.name + "-wal")
    own = log.is_file() and not same_file.stray_log(path)  # else of another state of the file
    with (
        _whole_pages(path, log if own else None) as path,
        closing(sqlite3.connect("", isolation_level=None)) as con,
    ):
        con.execute("PRAGMA journal_mode=OFF")
        con.execute("BEGIN")
        con.text_factory = bytes
        done = Gathered(con)
        defaults = _defaults()
        tables = {
            name: _Table(con, form, defaults[name])
            for name, form in forms().items()
            if name not in _RECKONED
        }
        wrong = _by_sqlite(path, done, tables, told, immutable=not own)
        if wrong is not None:
            _by_pages(path, log.read_bytes() if own else b"", done, tables, told)
            if not any(table.spans or table.there for table in tables.values()):
                raise wrong
        con.execute(_WHOSE)
        if not tables["plan"].there and con.execute("SELECT 1 FROM plan").fetchone() is None:
            con.execute(_PLANS)
        con.execute("COMMIT")
        yield done


@contextmanager
def _whole_pages(path: Path, log: Path | None) -> Iterator[Path]:
    """The file, where it was cut within a page a copy up to that page: SQLite would read what is
    gone of it as zeros, and take rows for what they never were."""
    with path.open("rb") as file:
        size = page_size(file)
    there = path.stat().st_size
    if there % size == 0:
        yield path
        return
    with temporary.folder() as folder:
        whole = Path(shutil.copyfile(path, folder / path.name))
        os.truncate(whole, there - there % size)
        if log is not None:
            shutil.copyfile(log, folder / log.name)
        yield whole


def _by_sqlite(
    path: Path, done: Gathered, tables: dict[str, _Table], told: Told, *, immutable: bool
) -> sqlite3.DatabaseError | None:
    """What is wrong, None where it read all there is."""
    address = path.absolute().as_uri() + "?mode=ro" + ("&immutable=1" if immutable else "")
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as con:
        try:
            # As far as it goes: what is wrong with one table's own words hides no other.
            con.execute("PRAGMA writable_schema=ON")
            con.text_factory = bytes
            connection.let_stop(con)
            # Raises where it is no database. The mark of opslog's may be what is damaged.
            if connection.of_another_program(con) and not comparing.columns(con, "change_row"):
                raise connection.stranger(path)
            for name, table in tables.items():
                told(name)
                table.read(con)
            for name, number in con.execute("SELECT name, seq FROM sqlite_sequence"):
                _note_number(done, name, number)
            first = con.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            connection.flaw_of(error)
            return error
    if first == b"ok" and not any(table.hurt for table in tables.values()):
        return None
    return sqlite3.DatabaseError(connection.shown_text(first))


def _by_pages(
    path: Path, log: bytes, done: Gathered, tables: dict[str, _Table], told: Told
) -> None:
    with path.open("rb") as file:
        told("…")
        pages = Pages(file, log)
        roots = _roots(pages)
        trees = pages.trees([1, *roots])
        for root, name in roots.items():
            if name == "sqlite_sequence":
                for row in _all(pages, trees.of[root]):
                    _note_number(done, *row.values[:2])
            elif name in tables and tables[name].hurt:
                told(name)
                tables[name].take_tree(pages, trees.of[root], trees.bad.get(root, 0))
        told("…")
        for group in trees.loose:
            _place(pages, group, done, list(tables.values()))
    for table in tables.values():
        done.missing += table.missing(done.numbers)


def _roots(pages: Pages) -> dict[int, str]:
    """The first page of each table, and of each index by no name: by the rows of SQLite's own
    table of them, wherever they stand."""
    found = {}
    for number in pages.leaves():
        if b"CREATE " not in pages.page(number):
            continue
        for row in _all(pages, [number]):
            match row.values:
                case [b"table" | b"index" as kind, bytes(name), bytes(), int(root), _]:
                    found[root] = connection.shown_text(name) if kind == b"table" else ""
    return found


def _all(pages: Pages, numbers: Iterable[int]) -> list[Row]:
    return [row for number in numbers for row in pages.rows(number)[0]]


def _place(pages: Pages, group: list[int], done: Gathered, tables: list[_Table]) -> None:
    """Give pages that nothing leads to, but that hang together, to the one table they fit."""
    found = _all(pages, group)
    names = {table.form.table.encode() for table in tables}
    if all(len(row.values) == 2 and row.values[0] in names for row in found):
        for row in found:
            _note_number(done, *row.values)
        return
    fitting = [table for table in tables if table.fits_most(found, whole=True)]
    # Rows may be older than a column.
    fitting = fitting or [table for table in tables if table.fits_most(found, whole=False)]
    fitting = [table for table in fitting if table.hurt] or fitting
    if len(fitting) == 1:
        name = fitting[0].form.table
        done.loose[name] = done.loose.get(name, 0) + fitting[0].take(pages, group)
    elif fitting:
        either = " / ".join(sorted(table.form.table for table in fitting))
        done.missing += [
            f"page {group[0]}: {either}?: {', '.join(map(shown, row.values))}" for row in found
        ]


def _note_number(done: Gathered, name: object, number: object) -> None:
    if isinstance(name, bytes) and isinstance(number, int) and 0 < number < 1 << 50:
        done.numbers[connection.shown_text(name)] = number


def _defaults() -> dict[str, list[object]]:
    """What stands in each column of a row that is older than the column."""
    with closing(sqlite3.connect(":memory:")) as con:
        con.text_factory = bytes
        for statement in migrations.statements(SCHEMA_FILE.read_text(encoding="utf-8")):
            con.execute(statement)
        names = con.execute("SELECT name FROM sqlite_schema WHERE type='table'").fetchall()
        query = "SELECT dflt_value FROM pragma_table_info(?)"
        return {
            name.decode(): [
                con.execute(f"SELECT {(default or b'NULL').decode()}").fetchone()[0]
                for (default,) in con.execute(query, (name,))
            ]
            for (name,) in names
        }


class _Table:
    """A table of the file, gathered into one of the same columns without any rule."""

    def __init__(self, con: sqlite3.Connection, form: Form, defaults: Sequence[object]) -> None:
        self.con, self.form, self._defaults = con, form, defaults
        self.there = False  # it, or its first page, is known to the file
        self.spans: list[_Span] = []  # found on pages
        self._lost: list[_Span] = [(1, END)]  # what SQLite could not read
        self._bad = 0  # pages that can't be read, or not all
        self._seen = False  # but for these every page is known
        columns = ", ".join(f'"{name}"' for name in form.columns)
        con.execute(f'CREATE TABLE "{form.table}"({columns})')
        self._one = ["rowid"]  # what tells a row from all others
        if not form.numbered:
            self._one = [f'"{form.columns[place]}"' for place in form.identity]
            listed = ", ".join(self._one)
            con.execute(f'CREATE UNIQUE INDEX "{form.table}_one" ON "{form.table}"({listed})')

    @property
    def hurt(self) -> bool:
        return bool(self._lost)

    def read(self, con: sqlite3.Connection) -> None:
        """By SQLite, past what it can't read; of a column that is not there, its default."""
        there = comparing.columns(con, self.form.table)
        source = {
            name: was
            for name in self.form.columns
            for was in (name, _FORMERLY.get((self.form.table, name), ""))
            if was in there
        }
        if not source:
            return
        older = {
            name: default
            for name, default in zip(self.form.columns, self._defaults, strict=True)
            if name not in source
        }
        self.there, self._lost = True, []

        def lost(low: int, high: int) -> None:
            self._lost.append((max(low, 1), high))

        found = rows(con, self.form.table, [*source.values()], self.form.key, lost)
        rest = tuple(older.values())
        # Number 0 is no row, but a page of zeros.
        self._fill([*source, *older], ((*row, *rest) for row in found if row[0] != 0))

    def take_tree(self, pages: Pages, numbers: list[int], bad: int) -> None:
        """What stands on the pages its first page leads to; ``bad`` more are no pages of it."""
        self.there = self._seen = True
        self._bad = bad + sum(not pages.rows(number)[1] for number in numbers)
        self.take(pages, numbers)

    def take(self, pages: Pages, numbers: list[int]) -> int:
        """Add what is not there yet, and count it. Of a page that is not whole, what fits."""
        before = self.con.total_changes
        for number in numbers:
            found, whole = pages.rows(number)
            values = [self._values(row) for row in found if whole or self._fits(row)]
            if values:
                self._fill(self.form.columns, values)
                keys = [row[0] for row in values if isinstance(row[0], int)]
                self.spans.append((min(keys, default=0), max(keys, default=0)))
        return self.con.total_changes - before

    def fits_most(self, found: list[Row], *, whole: bool) -> bool:
        """Whether rows may be this table's: by what they are, and as none of it is known already
        with other values. One in ten may be damaged. ``whole``: each has all columns."""
        columns = len(self.form.columns)
        fit = [r for r in found if not (whole and len(r.values) != columns) and self._fits(r)]
        if not fit or len(fit) * 10 < len(found) * 9:
            return False
        known = f'SELECT * FROM "{self.form.table}" WHERE ' + " AND ".join(
            f"{name}=?" for name in self._one
        )
        for values in map(self._values, fit):
            places = [0] if self.form.numbered else [1 + place for place in self.form.identity]
            row = self.con.execute(known, [values[place] for place in places]).fetchone()
            if row not in (None, values[1:]):
                return False
        return True

    def missing(self, numbers: dict[str, int]) -> list[str]:
        """What of the table can't be read, between which keys, as far as that is known."""
        name = self.form.table
        if not self.there and not self.spans:
            return [f"{name}: the table"]
        if self._seen and not self._bad:
            return []
        highest = numbers.get(name if self.form.numbered else "change", END)
        said = []
        for low, high in self._lost:
            for first, last in [*sorted(self.spans), (END, END)]:
                end = min(high, first - 1, highest)
                if low <= end:
                    said.append(f"{name} {low}–{'…' if end > END >> 1 else end}")
                low = max(low, last + 1)
        if self._bad and not self.form.numbered:  # many rows have the same key
            said.append(f"{name}: {self._bad} pages")
        return said

    def _values(self, row: Row) -> Values:
        """As SQLite would read the row, its key first."""
        values = [*row.values, *self._defaults[len(row.values) :]][: len(self.form.columns)]
        if self.form.alias is not None and values[self.form.alias] is None:
            values[self.form.alias] = row.number
        return (values[0] if row.number is None else row.number, *values)

    def _fits(self, row: Row) -> bool:
        if (row.number is None) == self.form.numbered:
            return False
        if len(row.values) > len(self.form.columns):
            return False
        alias = self.form.alias
        if alias is not None and row.values[alias : alias + 1] != (None,):
            return False
        return not any(self.form.flaws(self._values(row)[1:]))

    def _fill(self, names: Iterable[str], found: Iterable[Values]) -> None:
        """Rows, their key first, unless they are there already."""
        numbered = self.form.numbered
        listed = [*(["rowid"] if numbered else []), *(f'"{name}"' for name in names)]
        marks = ", ".join("?" * len(listed))
        self.con.executemany(
            f'INSERT OR IGNORE INTO "{self.form.table}"({", ".join(listed)}) VALUES ({marks})',
            found if numbered else (row[1:] for row in found),
        )
