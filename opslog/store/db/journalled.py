"""Which tables are journalled, and the triggers that keep their journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

NOT_JOURNALLED = frozenset(
    {
        *("change", "change_row", "change_range", "journal_now", "setting", "migration"),
        *("likeness", "person_block", "file_identity", "draft", "copy", "erased"),
        *("calendar_entry", "call_promise", "call_settled", "log_day"),
        *("step_proven", "step_doubt"),
    }
)


def columns(con: sqlite3.Connection, table: str) -> list[str]:
    return [row["name"] for row in con.execute(f"PRAGMA table_info({quoted(table)})")]


def tables(con: sqlite3.Connection) -> list[str]:
    """The journalled tables: all but the journal's own, and what belongs to the search index."""
    rows = con.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    virtual = [row["name"] for row in rows if row["sql"].upper().startswith("CREATE VIRTUAL")]
    return sorted(
        row["name"]
        for row in rows
        if row["name"] not in NOT_JOURNALLED
        and not any(row["name"] == v or row["name"].startswith(v + "_") for v in virtual)
    )


def trigger_sql(table: str, names: Iterable[str]) -> list[str]:
    """The three triggers of one table."""
    old = ", ".join(f"'{name}', OLD.{quoted(name)}" for name in names)
    now = "(SELECT change_id FROM journal_now)"
    at_row = f"change_id={now} AND tbl='{table}' AND row_id="
    return [
        f"""CREATE TRIGGER journal_{table}_insert AFTER INSERT ON {quoted(table)}
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE {at_row}NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT {now}, '{table}', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}NEW.id);
END""",
        f"""CREATE TRIGGER journal_{table}_update AFTER UPDATE ON {quoted(table)}
WHEN {now} IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT {now}, '{table}', OLD.id, 'U', json_object({old})
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}OLD.id);
END""",
        f"""CREATE TRIGGER journal_{table}_delete AFTER DELETE ON {quoted(table)}
WHEN {now} IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT {now}, '{table}', OLD.id, 'X', json_object({old})
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE {at_row}OLD.id);
  DELETE FROM change_row WHERE {at_row}OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE {at_row}OLD.id AND op IN ('U', 'X');
END""",
    ]


def complete_images(con: sqlite3.Connection) -> None:
    """Give the images kept so far the columns that a migration has just added.

    Undo of an older change would else leave them empty, where they may not be.
    """
    for table in tables(con):
        added = [
            f"'$.{row['name']}', {row['dflt_value']}"
            for row in con.execute(f"PRAGMA table_info({quoted(table)})")
            if row["dflt_value"] is not None
        ]
        if added:  # json_insert leaves what is there
            con.execute(
                f"UPDATE change_row SET image=json_insert(image, {', '.join(added)})"
                " WHERE tbl=? AND image IS NOT NULL",
                (table,),
            )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
