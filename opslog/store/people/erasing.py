"""The statements that erase a person for good: rows, what undo goes by, mentions, the indexes.

Nothing here is journalled, and nothing can be undone. Counts stay: the person's row, cards,
decisions and touches remain, with nothing in them that says who it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from opslog.domain.people.erasing import Scrub, Traces, blank_cells
from opslog.store.db import journal

_BLANK = (
    *("name", "company", "company_key", "title", "phone", "phones", "email", "emails"),
    *("city", "city_guess", "industry", "note", "search"),
)
_DELETED = ("person_tag", "field_value")  # rows of a person that go as a whole
_SHADOWED = ("person_fts", "reach_fts", "log_fts", "event_fts")


def rows_of(con: sqlite3.Connection, person_id: int) -> list[int]:
    """The person's row and those merged into it."""
    return [person_id, *_ids(con, "SELECT id FROM person WHERE merged_into=?", (person_id,))]


def made_at(con: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """The rows of people with when they were made, by which a copy of the file knows them."""
    rows = con.execute(f"SELECT id, created_at FROM person WHERE id IN ({_marks(ids)})", list(ids))
    return [(row[0], row[1]) for row in rows]


def copy_holds(file: Path, made: Sequence[tuple[int, str]]) -> bool:
    """Whether one of these people still has a name, phone or e-mail in a copy of the file."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as con:
            return any(
                con.execute(
                    "SELECT 1 FROM person WHERE id=? AND created_at=?"
                    " AND (name<>'' OR phone<>'' OR email<>'')",
                    one,
                ).fetchone()
                for one in made
            )
    except sqlite3.Error:  # no database, or one that can't be read
        return False


def traces(con: sqlite3.Connection, ids: Sequence[int]) -> Traces:
    """What tells this person from others, also as the journal still knows it."""
    values: dict[str, dict[str, None]] = {"name": {}, "number": {}, "address": {}}
    marks = _marks(ids)
    rows = con.execute(
        "SELECT name, phone, phones, email, emails FROM person"
        f" WHERE id IN ({marks}) UNION ALL SELECT coalesce(json_extract(image, '$.name'), ''),"
        " coalesce(json_extract(image, '$.phone'), ''),"
        " coalesce(json_extract(image, '$.phones'), ''),"
        " coalesce(json_extract(image, '$.email'), ''),"
        " coalesce(json_extract(image, '$.emails'), '') FROM change_row"
        f" WHERE tbl='person' AND row_id IN ({marks}) AND image IS NOT NULL",
        [*ids, *ids],
    )
    for row in rows:
        values["name"][row[0].strip()] = None
        values["number"].update(dict.fromkeys(f"{row[1]} {row[2]}".split()))
        values["address"].update(dict.fromkeys(f"{row[3]} {row[4]}".split()))
    names = [name for name in values["name"] if name]
    shared = [name for name in names if len(name) == 1 or _somebody_elses(con, name, ids)]
    return Traces(
        tuple(name for name in names if name not in shared),
        tuple(values["number"]),
        tuple(values["address"]),
        tuple(shared),
    )


def _somebody_elses(con: sqlite3.Connection, name: str, ids: Sequence[int]) -> bool:
    row = con.execute(
        "SELECT 1 FROM person WHERE instr(name, ?) > 0 AND erased_at IS NULL"
        f" AND id NOT IN ({_marks(ids)}) LIMIT 1",
        [name, *ids],
    ).fetchone()
    return row is not None


def erase(
    con: sqlite3.Connection, ids: Sequence[int], found: Traces, at: str
) -> dict[str, list[int]]:
    """Take a person out of every table; table -> ids of the rows that were the person's.

    The caller holds a transaction without a journal.
    """
    con.create_function("blank_cells", 1, blank_cells, deterministic=True)
    own = _own_rows(con, ids)
    changes = _changes(con, own)
    _blank_rows(con, own, at)
    _blank_images(con, own, at)
    con.execute(
        "DELETE FROM pair WHERE kind='person' AND"
        " (one IN (SELECT value FROM json_each(?1)) OR other IN (SELECT value FROM json_each(?1)))",
        (json.dumps([str(id) for id in ids]),),
    )
    con.execute(
        "DELETE FROM likeness WHERE ref IN (SELECT value FROM json_each(?))",
        (json.dumps([str(id) for id in ids]),),
    )
    _scrub_own(con, own, changes, found)
    _scrub_all(con, found)
    return own


def _own_rows(con: sqlite3.Connection, ids: Sequence[int]) -> dict[str, list[int]]:
    """The rows of each table that belong to the person."""
    cards = _ids(con, f"SELECT id FROM card WHERE person_id IN ({_marks(ids)})", ids)
    named = {
        table: _ids(con, f"SELECT id FROM {table} WHERE card_id IN ({_marks(cards)})", cards)
        for table in ("roster_row", "decision", "touch")
    }
    logs = _ids(con, f"SELECT log_id FROM log_person WHERE person_id IN ({_marks(ids)})", ids)
    follow_ups = _ids(
        con,
        f"SELECT id FROM follow_up WHERE person_id IN ({_marks(ids)})"
        f" OR log_id IN ({_marks(logs)})",
        [*ids, *logs],
    )
    tags = _ids(con, f"SELECT id FROM person_tag WHERE person_id IN ({_marks(ids)})", ids)
    values = _ids(con, f"SELECT id FROM field_value WHERE person_id IN ({_marks(ids)})", ids)
    mentions = _ids(con, f"SELECT id FROM log_person WHERE person_id IN ({_marks(ids)})", ids)
    return {
        "person": list(ids),
        "card": cards,
        **named,
        "log": logs,
        "follow_up": follow_ups,
        "person_tag": tags,
        "field_value": values,
        "log_person": mentions,
    }


def _changes(con: sqlite3.Connection, own: dict[str, list[int]]) -> list[int]:
    """The changes that touched one of the person's rows."""
    found: set[int] = set()
    for table, ids in own.items():
        found.update(
            _ids(
                con,
                "SELECT DISTINCT change_id FROM change_row WHERE tbl=? AND row_id IN"
                " (SELECT value FROM json_each(?))",
                (table, json.dumps(ids)),
            )
        )
    return sorted(found)


def _blank_rows(con: sqlite3.Connection, own: dict[str, list[int]], at: str) -> None:
    blank = ", ".join(f"{name}=''" for name in _BLANK)
    con.execute(
        f"UPDATE person SET {blank}, wecom=NULL, last_contact_at=NULL, do_not_call=1, erased_at=?"
        f" WHERE id IN ({_marks(own['person'])})",
        [at, *own["person"]],
    )
    for table, sets in (
        ("roster_row", "cells=blank_cells(cells), mended=''"),
        ("touch", "note=''"),
        ("log_person", "name=''"),
    ):
        con.execute(f"UPDATE {table} SET {sets} WHERE id IN ({_marks(own[table])})", own[table])
    for table in _DELETED:
        con.execute(f"DELETE FROM {table} WHERE id IN ({_marks(own[table])})", own[table])


def _blank_images(con: sqlite3.Connection, own: dict[str, list[int]], at: str) -> None:
    """What undo and redo go by says no more than the rows do."""
    blank = ", ".join(f"'$.{name}', ''" for name in _BLANK)
    sets: dict[str, tuple[str, tuple[object, ...]]] = {
        "person": (
            f"json_set(image, {blank}, '$.wecom', NULL, '$.last_contact_at', NULL,"
            " '$.do_not_call', 1, '$.erased_at', ?)",
            (at,),
        ),
        "roster_row": (
            "json_set(image, '$.cells', blank_cells(json_extract(image, '$.cells')),"
            " '$.mended', '')",
            (),
        ),
        "touch": ("json_set(image, '$.note', '')", ()),
        "log_person": ("json_set(image, '$.name', '')", ()),
    }
    for table, (image, values) in sets.items():
        con.execute(
            f"UPDATE change_row SET image={image} WHERE tbl=? AND image IS NOT NULL"
            " AND row_id IN (SELECT value FROM json_each(?))",
            (*values, table, json.dumps(own[table])),
        )
    for table in _DELETED:
        con.execute(
            "DELETE FROM change_row WHERE tbl=? AND json_extract(image, '$.person_id')"
            " IN (SELECT value FROM json_each(?))",
            (table, json.dumps(own["person"])),
        )


def _scrub_own(
    con: sqlite3.Connection, own: dict[str, list[int]], changes: list[int], found: Traces
) -> None:
    """In what is known to be about the person even a name that others share goes."""
    scrub = Scrub(found.patterns(also_shared=True))
    con.create_function("scrubbed", 1, _or_none(scrub))
    for table, columns in (
        ("log", ("text", "search")),
        ("follow_up", ("text",)),
        ("touch", ("reason",)),
    ):
        sets = ", ".join(f"{name}=scrubbed({name})" for name in columns)
        con.execute(f"UPDATE {table} SET {sets} WHERE id IN ({_marks(own[table])})", own[table])
    wanted = json.dumps(changes)
    con.execute(
        "UPDATE change SET args=scrubbed(args) WHERE id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    con.execute(
        "UPDATE change_row SET image=scrubbed(image) WHERE image IS NOT NULL AND change_id IN"
        " (SELECT value FROM json_each(?)) AND tbl IN ('log', 'follow_up', 'touch', 'log_person')",
        (wanted,),
    )


def _scrub_all(con: sqlite3.Connection, found: Traces) -> None:
    """Whatever else names the person, wherever it stands."""
    likes = found.likes()
    if not likes:
        return
    scrub = Scrub(found.patterns())
    con.create_function("scrubbed", 1, _or_none(scrub))
    con.create_function("mentions", 1, scrub.holds)
    others = ("change", "change_row", "setting")
    for table in (*journal.tables(con), *others):
        for row in con.execute(f"PRAGMA table_info({table})").fetchall():
            name, kind = row["name"], row["type"].upper()
            if kind not in ("VARCHAR", "TEXT") or row["pk"]:
                continue
            fits = " OR ".join([f"{name} LIKE ?"] * len(likes))
            con.execute(
                f"UPDATE {table} SET {name}=scrubbed({name}) WHERE ({fits}) AND mentions({name})",
                likes,
            )


def _or_none(scrub: Scrub) -> Callable[[str | None], str | None]:
    return lambda text: None if text is None else scrub.without(text)


def clean_file(con: sqlite3.Connection) -> bool:
    """Leave nothing of what was erased in free pages, in the indexes or in the log of writes.

    False where another program reads the file, so that its log of writes could not be cut off.
    """
    for index in _SHADOWED:
        con.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")
    con.execute("VACUUM")
    busy = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def note(
    con: sqlite3.Connection,
    at: str,
    session: str,
    label: str,
    args: str,
    own: dict[str, list[int]],
) -> int:
    """An entry of the history that can't be undone, nor what came before it on the same rows; and
    what was undone before can't be redone. ``own``: table -> ids."""
    cursor = con.execute(
        "INSERT INTO change(at, session, label, args, state) VALUES (?,?,?,?,'final')",
        (at, session, label, args),
    )
    number = cursor.lastrowid
    assert number is not None
    con.executemany(
        "INSERT INTO change_row(change_id, tbl, row_id, op) VALUES (?,?,?,'E')",
        [(number, table, id) for table, ids in own.items() for id in ids],
    )
    journal.drop_undone(con)
    return number


def _ids(con: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[int]:
    return [row[0] for row in con.execute(sql, list(values))]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
