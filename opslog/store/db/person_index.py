"""What is kept beside the table of people, so that nobody is ever looked for row by row.

Words and facets in a full-text index, numbers in one of their digits, and how many are shown
among each block of ids. Triggers keep them true, a row at a time. A change of many people leaves
these off and brings everything up to date at its end, all at once: after each row an index would
write out what it holds, which takes several times as long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from opslog.store.db.search import REACH, TOKENIZER, with_room

BLOCK = 1_024  # ids that are counted together

# Facets stand in the index of people as words of their own: a private character that nobody can
# type, then the value's bytes, so that any value is one word and can be read back. Each person
# has one word a facet; the last contact is known to the hour.
CITY, INDUSTRY, TITLE, WECOM, CONTACT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_HELD = (
    *("search", "city", "industry", "title", "wecom", "last_contact_at"),
    *("merged_into", "erased_at"),
)


def shown_sql(row: str = "person") -> str:
    """The condition that a row of people is a person of their own: not merged, not erased."""
    return f"{row}.merged_into IS NULL AND {row}.erased_at IS NULL"


# Who stands in lists, and who stands in numbers: there an erased person is somebody still.
VIEWS = (
    f"CREATE VIEW person_shown AS SELECT * FROM person WHERE {shown_sql()}",
    "CREATE VIEW person_counted AS SELECT * FROM person WHERE merged_into IS NULL",
)


def _words_of(row: str) -> str:
    """What the index holds of a person: the words and the facets, nothing where hidden."""
    return (
        f"CASE WHEN {shown_sql(row)} THEN {row}.search"
        f" || ' ' || char(57345) || hex({row}.city) || ' ' || char(57346) || hex({row}.industry)"
        f" || ' ' || char(57347) || hex({row}.title)"
        f" || ' ' || char(57348) || coalesce({row}.wecom, 'x') || ' ' || char(57349) ||"
        f" coalesce(replace(replace(substr({row}.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x')"
        " ELSE '' END"
    )


# Bulk changes index the people they make at their end: those with ids above ``fresh``, or all
# where that is -1 (see JournalNow.fresh).
_ROW_BY_ROW = "(SELECT fresh IS NULL FROM journal_now)"
_HELD_NOW = "(SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now)"
# index, the columns it holds, what it holds them from
_INDEXES = (("person_fts", "search", "person_found"), (REACH, "phone, phones", "person"))
# Whoever is shown among the people ``WHERE {which}``, counted by blocks.
_COUNTED = (
    f"SELECT id / {BLOCK} AS block, count(*) AS people FROM person"
    f" WHERE {{which}} AND {shown_sql()} GROUP BY 1"
)


def sql() -> list[str]:
    """The indexes of people and the triggers that keep them and the counts true."""
    words, old_words, new_words = map(_words_of, ("person", "OLD", "NEW"))
    shown_old, shown_new = shown_sql("OLD"), shown_sql("NEW")
    drop_words = (
        f"INSERT INTO person_fts(person_fts, rowid, search) VALUES ('delete', OLD.id, {old_words});"
    )
    put_words = f"INSERT INTO person_fts(rowid, search) VALUES (NEW.id, {new_words});"
    drop_reach = (
        f"INSERT INTO {REACH}({REACH}, rowid, phone, phones)"
        " VALUES ('delete', OLD.id, OLD.phone, OLD.phones);"
    )
    put_reach = f"INSERT INTO {REACH}(rowid, phone, phones) VALUES (NEW.id, NEW.phone, NEW.phones);"
    more = (
        f"INSERT INTO person_block(block, people) SELECT NEW.id / {BLOCK}, 1 WHERE {shown_new}"
        " ON CONFLICT(block) DO UPDATE SET people=people + 1;"
    )
    fewer = (
        f"UPDATE person_block SET people=people - 1 WHERE block=OLD.id / {BLOCK} AND {shown_old};"
    )
    return [
        f"CREATE VIEW person_found AS SELECT id, {words} AS search FROM person",
        "CREATE VIRTUAL TABLE person_fts USING fts5(search, content='person_found',"
        f" content_rowid='id', tokenize='{TOKENIZER}', columnsize=0)",
        with_room("person_fts"),
        f"CREATE VIRTUAL TABLE {REACH} USING fts5(phone, phones, content='person',"
        " content_rowid='id', tokenize='trigram', columnsize=0)",
        with_room(REACH),
        f"CREATE TRIGGER person_found_insert AFTER INSERT ON person WHEN {_ROW_BY_ROW}"
        f" BEGIN {put_words} {put_reach} {more} END",
        f"CREATE TRIGGER person_found_delete AFTER DELETE ON person WHEN {_HELD_NOW}"
        f" BEGIN {drop_words} {drop_reach} {fewer} END",
        f"CREATE TRIGGER person_fts_update AFTER UPDATE OF {', '.join(_HELD)} ON person"
        f" WHEN {_HELD_NOW} AND {old_words} IS NOT {new_words}"
        f" BEGIN {drop_words} {put_words} END",
        f"CREATE TRIGGER {REACH}_update AFTER UPDATE OF phone, phones ON person WHEN {_HELD_NOW}"
        " AND (OLD.phone IS NOT NEW.phone OR OLD.phones IS NOT NEW.phones)"
        f" BEGIN {drop_reach} {put_reach} END",
        "CREATE TRIGGER person_block_update AFTER UPDATE OF merged_into, erased_at ON person"
        f" WHEN {_HELD_NOW} AND ({shown_old}) IS NOT ({shown_new}) BEGIN {fewer} {more} END",
    ]


def lay(con: sqlite3.Connection) -> None:
    """Make all of it anew, in the form this version has it."""
    for row in con.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name='person'"
        " AND name NOT GLOB 'journal_*'"
    ).fetchall():
        con.execute(f'DROP TRIGGER "{row["name"]}"')
    for index in ("person_fts", REACH):
        con.execute(f"DROP TABLE IF EXISTS {index}")
    con.execute("DROP VIEW IF EXISTS person_found")
    for statement in sql():
        con.execute(statement)
    for index in ("person_fts", REACH):
        con.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    recount(con)


def put_off(con: sqlite3.Connection) -> None:
    """From now on, until ``catch_up``, people made are left out."""
    con.execute("UPDATE journal_now SET fresh=(SELECT coalesce(max(id), 0) FROM person)")


def catch_up(con: sqlite3.Connection, *, leave_off: bool = True) -> None:
    """Put in the people left out so far; then everything is kept row by row again, unless a
    change of many people goes on (``leave_off=False``)."""
    _put(con, "id > (SELECT fresh FROM journal_now)", ())
    if leave_off:
        con.execute("UPDATE journal_now SET fresh=NULL")
    else:
        put_off(con)


@contextmanager
def moving(con: sqlite3.Connection, which: str, values: Sequence[object]) -> Iterator[None]:
    """People ``WHERE which`` are taken out before what is done within, and those that are there
    afterwards put in: undo and redo of a whole list of people."""
    for index, columns, source in _INDEXES:
        con.execute(
            f"INSERT INTO {index}({index}, rowid, {columns})"
            f" SELECT 'delete', id, {columns} FROM {source} WHERE {which}",
            values,
        )
    con.execute(
        "UPDATE person_block SET people=person_block.people - gone.people"
        f" FROM ({_COUNTED.format(which=which)}) AS gone WHERE gone.block=person_block.block",
        values,
    )
    con.execute("UPDATE journal_now SET fresh=-1")
    yield
    _put(con, which, values)
    con.execute("UPDATE journal_now SET fresh=NULL")


def recount(con: sqlite3.Connection) -> None:
    """Count all blocks anew."""
    con.execute("DELETE FROM person_block")
    con.execute(f"INSERT INTO person_block(block, people) {_COUNTED.format(which='true')}")


def flaws(con: sqlite3.Connection) -> list[str]:
    """Blocks whose count is wrong."""
    rows = con.execute(
        "SELECT DISTINCT block FROM (SELECT block, people FROM person_block WHERE people > 0"
        f" UNION ALL {_COUNTED.format(which='true')})"
        " GROUP BY block, people HAVING count(*) <> 2 ORDER BY block"
    )
    return [f"person_block {row[0]}" for row in rows]


def _put(con: sqlite3.Connection, which: str, values: Sequence[object]) -> None:
    for index, columns, source in _INDEXES:
        con.execute(
            f"INSERT INTO {index}(rowid, {columns}) SELECT id, {columns} FROM {source}"
            f" WHERE {which}",
            values,
        )
    con.execute(
        f"INSERT INTO person_block(block, people) {_COUNTED.format(which=which)}"
        " ON CONFLICT(block) DO UPDATE SET people=people + excluded.people",
        values,
    )
