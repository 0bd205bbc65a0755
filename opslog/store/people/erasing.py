"""The statements that erase a person for good: rows, what undo goes by, mentions, the indexes.

Nothing here is journalled, and nothing can be undone. Counts stay: the person's row, cards,
decisions and touches remain, with nothing in them that says who it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from opslog.domain.base import damaged
from opslog.domain.people.erasing import GONE, WIDE, Scrub, Traces, blank_cells
from opslog.domain.people.fingerprints import EMAIL, PHONE, keys
from opslog.store.db import journal, wal
from opslog.store.db.declaration import (
    BLANK,
    CELLS,
    DELETE,
    SCRUB,
    Tables,
    owned_by,
    same,
    with_erase,
)
from opslog.store.db.journalled import quoted
from opslog.store.db.listed import IN_LIST, listed
from opslog.store.people import erased, suppressed

_SHADOWED = ("person_fts", "reach_fts", "log_fts", "event_fts")


def rows_of(con: sqlite3.Connection, person_id: int) -> list[int]:
    """The person's row and those merged into it."""
    return [person_id, *_ids(con, "SELECT id FROM person WHERE merged_into=?", [person_id])]


def made_at(con: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """The rows of people with when they were made, by which a copy of the file knows them."""
    rows = con.execute(
        f"SELECT id, created_at FROM person WHERE id {IN_LIST} UNION SELECT row_id,"
        " json_extract(image, '$.created_at') FROM change_row WHERE tbl='person'"
        f" AND row_id {IN_LIST} AND image IS NOT NULL",
        [listed(ids)] * 2,
    )
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


def reached_by(con: sqlite3.Connection, value: str) -> list[int]:
    """Who has this number or address; those merged into somebody count as them."""
    return _ids(
        con,
        "SELECT DISTINCT coalesce(merged_into, id) FROM person"
        f" WHERE {_CALLED} OR {_WRITTEN_TO} ORDER BY 1",
        [value],
    )


def events_of(con: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """The events on whose lists people are."""
    return _ids(
        con,
        "SELECT DISTINCT r.event_id FROM card c JOIN roster r ON r.id=c.roster_id"
        f" WHERE r.event_id IS NOT NULL AND c.person_id {IN_LIST}",
        [listed(ids)],
    )


def gone(con: sqlite3.Connection, person_id: int | None = None) -> list[dict[str, object]]:
    """People who are known to the journal alone, since their import was undone or taken back: each
    row as it last was; or this one."""
    rows = con.execute(
        "SELECT image, max(change_id) FROM change_row WHERE tbl='person' AND image IS NOT NULL"
        " AND (?1 IS NULL OR row_id=?1) AND NOT EXISTS (SELECT 1 FROM person WHERE id=row_id)"
        " GROUP BY row_id ORDER BY row_id",
        (person_id,),
    )
    return [damaged.mapping(row[0]) for row in rows]


def traces(con: sqlite3.Connection, ids: Sequence[int]) -> Traces:
    """What tells this person from others, also as the journal still knows it."""
    values: dict[str, dict[str, None]] = {"name": {}, "number": {}, "address": {}}
    rows = con.execute(
        "SELECT name, phone, phones, email, emails FROM person"
        f" WHERE id {IN_LIST} UNION ALL SELECT coalesce(json_extract(image, '$.name'), ''),"
        " coalesce(json_extract(image, '$.phone'), ''),"
        " coalesce(json_extract(image, '$.phones'), ''),"
        " coalesce(json_extract(image, '$.email'), ''),"
        " coalesce(json_extract(image, '$.emails'), '') FROM change_row"
        f" WHERE tbl='person' AND row_id {IN_LIST} AND image IS NOT NULL",
        [listed(ids)] * 2,
    )
    for row in rows:
        values["name"][row[0].strip()] = None
        values["number"].update(dict.fromkeys(f"{row[1]} {row[2]}".split()))
        values["address"].update(dict.fromkeys(f"{row[3]} {row[4]}".split()))
    # What an earlier erasure left its mark in is nobody's name or number any more.
    names, numbers, addresses = (
        tuple(text for text in found if text and GONE not in text) for found in values.values()
    )
    shared = [
        name
        for name in names
        if _others(con, _NAMED_IN_WORDS if name.isascii() else _NAMED, name, ids)
    ]
    shared += [one for one in numbers if _others(con, _CALLED, one, ids)]
    shared += [one for one in addresses if _others(con, _WRITTEN_TO, one, ids)]
    everyday = [name for name in names if name not in shared and _is_word(con, name, ids)]
    return Traces(names, numbers, addresses, frozenset(shared), frozenset(everyday))


# Whether somebody else has it; of names also one with this one in it.
_NAMED = "instr(name, ?1) > 0"
_NAMED_IN_WORDS = "instr(' ' || lower(name) || ' ', ' ' || lower(?1) || ' ') > 0"  # Li, not Lily
_CALLED = "(phone=?1 OR (phones<>'' AND instr(' ' || phones || ' ', ' ' || ?1 || ' ') > 0))"
_WRITTEN_TO = "(email=?1 OR (emails<>'' AND instr(' ' || emails || ' ', ' ' || ?1 || ' ') > 0))"


def _others(con: sqlite3.Connection, has: str, text: str, ids: Sequence[int]) -> bool:
    sql = f"SELECT 1 FROM person_shown WHERE {has} AND id NOT IN (SELECT value FROM json_each(?2))"
    return con.execute(f"{sql} LIMIT 1", (text, listed(ids))).fetchone() is not None


def part_of_others(con: sqlite3.Connection, text: str) -> bool:
    """Whether a living person has this, or something with this in it."""
    sql = (
        "SELECT 1 FROM person_shown WHERE instr(name, ?1) > 0 OR instr(phone, ?1) > 0"
        " OR instr(phones, ?1) > 0 OR instr(email, ?1) > 0 OR instr(emails, ?1) > 0 LIMIT 1"
    )
    return con.execute(sql, (text,)).fetchone() is not None


def _is_word(con: sqlite3.Connection, name: str, ids: Sequence[int]) -> bool:
    """Whether a short name is part of what other things are called: 高峰 in 高峰论坛, Will."""
    if len(name) < 2:
        return True
    if len(name) > (2 if not name.isascii() else 4):
        return False
    return _others(con, "(instr(company, ?1) > 0 OR instr(title, ?1) > 0)", name, ids) or bool(
        con.execute("SELECT 1 FROM event WHERE instr(name, ?) > 0", (name,)).fetchone()
    )


def erase(
    con: sqlite3.Connection, tables: Tables, ids: Sequence[int], at: str
) -> tuple[dict[str, list[int]], Traces]:
    """Take a person out of every table; table -> ids of the rows that were the person's, and what
    told them from others.

    ``tables`` says what each column wants. The caller holds a transaction without a journal.
    """
    con.create_function("blank_cells", 1, blank_cells, deterministic=True)
    own = _own_rows(con, tables, ids)
    ids = own["person"]
    found = traces(con, ids)
    erased.put(con, keys(found.names, found.numbers, found.addresses), at)
    suppressed.hide(con, PHONE, set(found.numbers) - found.shared)
    suppressed.hide(con, EMAIL, set(found.addresses) - found.shared)
    changes = _changes(con, own)
    _delete(con, tables, own)
    for table, rows in own.items():
        _blank(con, tables, table, rows)
    _mark(con, ids, at)
    _scrub_own(con, tables, own, changes, found)
    _scrub_all(con, tables, found)
    return own, found


def _own_rows(con: sqlite3.Connection, tables: Tables, ids: Sequence[int]) -> dict[str, list[int]]:
    """The rows of each table that belong to the person, those that are gone but can come back by
    undo included."""
    own: dict[str, set[int]] = {}
    todo: list[tuple[str, set[int]]] = [("person", set(ids))]
    while todo:
        owner, rows = todo.pop()
        rows -= own.get(owner, set())
        if not rows:
            continue
        own.setdefault(owner, set()).update(rows)
        for table, name, key in owned_by(tables, owner):
            if "id" in tables[table]:
                values = _values(con, owner, key, rows)
                todo.append((table, _matching(con, tables, table, name, values)))
    return {table: sorted(rows) for table, rows in own.items()}


def _values(con: sqlite3.Connection, table: str, name: str, ids: Iterable[int]) -> set[str]:
    """What stands, or stood, in a column of these rows; of a text each of its words."""
    if name == "id":
        return set(map(str, ids))
    rows = con.execute(
        f"SELECT {quoted(name)} FROM {table} WHERE id {IN_LIST} UNION"
        f" SELECT json_extract(image, '$.{name}') FROM change_row"
        f" WHERE tbl=? AND image IS NOT NULL AND row_id {IN_LIST}",
        (listed(ids), table, listed(ids)),
    )
    return {word for (value,) in rows if value is not None for word in str(value).split()}


def _matching(
    con: sqlite3.Connection, tables: Tables, table: str, name: str, values: Iterable[str]
) -> set[int]:
    """The rows with one of these in a column; of rows that are gone, by what they last held."""
    wanted = listed(values)
    column = tables[table][name]
    only = column.only or "1"
    here = _ids(con, f"SELECT id FROM {table} WHERE {quoted(name)} {IN_LIST} AND {only}", [wanted])
    gone = _ids(
        con,
        "SELECT row_id FROM change_row WHERE tbl=? AND image IS NOT NULL"
        f" AND CAST(json_extract(image, '$.{name}') AS TEXT) {IN_LIST}"
        f" AND NOT EXISTS (SELECT 1 FROM {table} WHERE id=row_id)",
        [table, wanted],
    )
    return {*here, *gone}


def _changes(con: sqlite3.Connection, own: dict[str, list[int]]) -> list[int]:
    """The changes that touched one of the person's rows."""
    found: set[int] = set()
    for table, ids in own.items():
        sql = f"SELECT DISTINCT change_id FROM change_row WHERE tbl=? AND row_id {IN_LIST}"
        found.update(_ids(con, sql, (table, listed(ids))))
    return sorted(found)


def _delete(con: sqlite3.Connection, tables: Tables, own: dict[str, list[int]]) -> None:
    """Take away the rows that are nothing without the person, and what undo knows of them."""
    for table, columns in tables.items():
        for name in with_erase(columns, DELETE):
            for owner, key in columns[name].owners:
                wanted = _values(con, owner, key, own.get(owner, []))
                if "id" in columns:
                    rows = listed(_matching(con, tables, table, name, wanted))
                    con.execute(f"DELETE FROM {table} WHERE id {IN_LIST}", (rows,))
                    con.execute(
                        f"DELETE FROM change_row WHERE tbl=? AND row_id {IN_LIST}", (table, rows)
                    )
                else:
                    con.execute(
                        f"DELETE FROM {table} WHERE {quoted(name)} {IN_LIST}", (listed(wanted),)
                    )


def _blank(con: sqlite3.Connection, tables: Tables, table: str, ids: Sequence[int]) -> None:
    """Empty what says who it is, in the person's rows and in what undo and redo go by."""
    columns, may_be_null = tables[table], _nullable(con, table)
    blank = {name: "NULL" if name in may_be_null else "''" for name in with_erase(columns, BLANK)}
    cells = with_erase(columns, CELLS)
    sets = [f"{quoted(name)}={value}" for name, value in blank.items()]
    sets += [f"{quoted(name)}=blank_cells({quoted(name)})" for name in cells]
    image = [f"'$.{name}', {value}" for name, value in blank.items()]
    image += [f"'$.{name}', blank_cells(json_extract(image, '$.{name}'))" for name in cells]
    if not sets:
        return
    con.execute(f"UPDATE {table} SET {', '.join(sets)} WHERE id {IN_LIST}", (listed(ids),))
    con.execute(
        f"UPDATE change_row SET image=json_set(image, {', '.join(image)})"
        f" WHERE tbl=? AND image IS NOT NULL AND row_id {IN_LIST}",
        (table, listed(ids)),
    )


def _nullable(con: sqlite3.Connection, table: str) -> set[str]:
    rows = con.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    return {row["name"] for row in rows if not row["notnull"]}


def _mark(con: sqlite3.Connection, ids: Sequence[int], at: str) -> None:
    """Rows of people that are empty say why."""
    con.execute(f"UPDATE person SET erased_at=? WHERE id {IN_LIST}", (at, listed(ids)))


def _scrub_own(
    con: sqlite3.Connection,
    tables: Tables,
    own: dict[str, list[int]],
    changes: list[int],
    found: Traces,
) -> None:
    """In what is known to be about the person even a name that others share goes."""
    scrub = Scrub(found.patterns(also_shared=True))
    con.create_function("scrubbed", 1, _or_none(scrub))
    for table, ids in own.items():
        sets = ", ".join(
            f"{quoted(n)}=scrubbed({quoted(n)})" for n in with_erase(tables[table], SCRUB)
        )
        if not sets:
            continue
        con.execute(f"UPDATE {table} SET {sets} WHERE id {IN_LIST}", (listed(ids),))
        con.execute(
            "UPDATE change_row SET image=scrubbed(image)"
            f" WHERE tbl=? AND image IS NOT NULL AND row_id {IN_LIST}",
            (table, listed(ids)),
        )
    con.execute(f"UPDATE change SET args=scrubbed(args) WHERE id {IN_LIST}", (listed(changes),))


def _scrub_all(con: sqlite3.Connection, tables: Tables, found: Traces) -> None:
    """Whatever else names the person, wherever it stands."""
    likes = found.likes()
    if not likes:
        return
    scrub = Scrub(found.patterns())
    con.create_function("scrubbed", 1, _or_none(scrub))
    con.create_function("mentions", 1, scrub.holds)
    for table, columns in tables.items():
        # Of two rows of somebody that say the same without the name, as two tags may, one stays.
        one_stays = any(one.merge is same and one.erase is SCRUB for one in columns.values())
        numbered = not one_stays and _has_unique(con, table)
        update = f"UPDATE{' OR REPLACE' * one_stays}{' OR IGNORE' * numbered}"
        for text in map(quoted, with_erase(columns, SCRUB, BLANK, CELLS)):
            fits = " OR ".join([f"{text} LIKE ?"] * len(likes) + [f"{text} GLOB '{WIDE}'"])
            names = f"WHERE ({fits}) AND mentions({text})"
            con.execute(f"{update} {table} SET {text}=scrubbed({text}) {names}", likes)
            if numbered:  # any other two, as the fees of two speakers, are told apart
                con.execute(f"UPDATE {table} SET {text}=scrubbed({text})||' '||id {names}", likes)


def _has_unique(con: sqlite3.Connection, table: str) -> bool:
    rows = con.execute(f"PRAGMA index_list({quoted(table)})").fetchall()
    return any(row["origin"] == "u" for row in rows)


def _or_none(scrub: Scrub) -> Callable[[str | None], str | None]:
    return lambda text: None if text is None else scrub.without(text)


def clean_file(con: sqlite3.Connection) -> bool:
    """Leave nothing of what was erased in free pages, in the indexes or in the log of writes.

    False where another program reads the file, so that its log of writes could not be cut off.
    """
    with wal.alone(con):
        try:
            for index in _SHADOWED:
                con.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")
            con.execute("VACUUM")
        finally:  # where there is no room for that, what was written over reaches the file at least
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
