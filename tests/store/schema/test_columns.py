"""What the columns declare holds: every table is filled, a person erased, two people merged."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, UniqueConstraint

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.people import erasing
from opslog.services.twins import twins
from opslog.store.db import declaration, journalled
from opslog.store.db.declaration import BLANK, CELLS, DELETE, KEEP, Erase, follows, move, same
from opslog.store.db.tables import Instant
from opslog.store.people.card import SEARCHED
from opslog.store.schema.columns import DECLARED
from opslog.store.schema.tables import MODELS, SORTED

MOMENT = "2026-11-23T01:02:03Z"
KEPT, GONE = 5001, 7001  # two people
NAMES = {KEPT: "欧阳志刚", GONE: "司马相如"}
PHONES = {KEPT: "+8613800138000", GONE: "+8613900139001"}
SECRETS = {KEPT: "只有甲知道", GONE: "只有乙知道"}  # in columns that erasing empties
CODE = "a-code"  # in columns that say nothing of anybody


def owned_tables() -> set[str]:
    """Those with rows of people."""
    found, todo = set(), ["person"]
    while todo:
        table = todo.pop()
        if table not in found:
            found.add(table)
            todo += [child for child, _, _ in declaration.owned_by(DECLARED, table)]
    return found


OWNED = owned_tables()
JOURNALLED = [t for t in SORTED if t.name not in journalled.NOT_JOURNALLED]


# -- the declarations themselves ---------------------------------------------------------


def test_every_column_is_declared_and_nothing_else() -> None:
    assert {table: list(columns) for table, columns in DECLARED.items()} == {
        name: [column.name for column in model.__table__.columns] for name, model in MODELS.items()
    }


def test_owners_are_columns_that_there_are() -> None:
    owners = {
        owner
        for columns in DECLARED.values()
        for column in columns.values()
        for owner in column.owners
    }
    assert {(t, c) for t, c in owners if c not in DECLARED.get(t, {})} == {("company", "key")}


def test_every_reference_to_what_can_be_merged_moves() -> None:
    """Rows of people and of whatever people's rows become one with."""
    merged = {
        table
        for table, columns in DECLARED.items()
        if any(column.merge is same for column in columns.values())
    }
    for table in SORTED:
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                if target in {"person", *merged}:
                    declared = DECLARED[table.name][column.name]
                    if declared.leads_to == f"{target}.id":
                        continue
                    assert declared.merge is move, column
                    assert (target, "id") in declared.owners, column


def test_what_only_one_row_of_a_person_may_say_is_declared_the_same() -> None:
    for table in SORTED:
        declared = DECLARED[table.name]
        for unique in table.constraints:
            if isinstance(unique, UniqueConstraint):
                names = [column.name for column in unique.columns]
                others = [name for name in names if declared[name].merge is not move]
                if len(others) < len(names):
                    assert all(declared[n].merge in (same, follows) for n in others), names


def test_rows_that_go_are_led_to_their_owner() -> None:
    for columns in DECLARED.values():
        for column in columns.values():
            assert column.erase is not DELETE or column.of


def test_what_erasing_empties_is_text_or_may_be_unknown() -> None:
    for name, model in MODELS.items():
        for column in model.__table__.columns:
            if DECLARED[name][column.name].erase in (BLANK, CELLS):
                assert column.nullable or is_text(column), column


def test_people_are_found_by_what_is_declared() -> None:
    numbers = {"phone", "phones"}  # they have an index of their own
    found = {name for name, column in DECLARED["person"].items() if column.search}
    assert found == {*SEARCHED, *numbers}


# -- a file with a row in every table ----------------------------------------------------


def is_text(column: Column[Any]) -> bool:
    return not isinstance(column.type, (Integer, Instant, Boolean)) and "CHAR" in str(column.type)


def key_of(table: str, owner: int) -> int:
    """The id of the person's row in a table, which no other row of any table has."""
    places = ["person", *sorted(OWNED - {"person"})]
    return owner + 10 * places.index(table) if table in OWNED else 1


def value(column: Column[Any], owner: int) -> object:
    """What a column holds in a row of this person."""
    table, name = column.table.name, column.name
    if name == "id":
        return key_of(table, owner)
    for key in column.foreign_keys:
        if (table, name) == ("plan", "routine_id"):
            return None  # it is of an event
        return key_of(key.column.table.name, owner)
    special: dict[tuple[str, str], object] = {
        ("person", "name"): NAMES[owner],
        ("person", "phone"): PHONES[owner],
        ("person", "phones"): f"+86136{owner}1111 +86136{owner}0000",
        # The secrets are no address: what is one would be taken out wherever it stands.
        ("person", "email"): f"{owner}@one.example",
        ("person", "emails"): f"{owner}@two.example",
        ("suppressed", "value"): f"+86136{owner}0000",
        ("person", "erased_at"): None,
        ("field_value", "company_key"): None,
        ("source", "column"): "title",
        ("pair", "kind"): "person",
        ("pair", "reasons"): "[]",
        ("pair", "one"): str(owner),
        ("pair", "other"): str(owner + 1),
        ("likeness", "ref"): str(owner),
        ("card", "state"): "coming",
        ("card", "way"): "file",
        ("draft", "place"): f"note person {owner}",
        ("draft", "person_id"): owner,
        ("log", "source"): "typed",
    }
    if (table, name) in special:
        return special[table, name]
    if isinstance(column.type, Instant):
        return MOMENT
    if not is_text(column):
        return 1
    said = {
        KEEP: CODE,
        Erase.SCRUB: f"{NAMES[owner]} {PHONES[owner]} 说的 {name}",
        BLANK: f"{SECRETS[owner]} {NAMES[owner]}",
        CELLS: json.dumps([SECRETS[owner], NAMES[owner]], ensure_ascii=False),
    }
    return said[DECLARED[table][name].erase]


def fill(con: sqlite3.Connection, owner: int) -> None:
    """A row of the person in every table of people, one of the house in every other."""
    con.execute("PRAGMA defer_foreign_keys=ON")
    for table in (*JOURNALLED, MODELS["likeness"].__table__, MODELS["draft"].__table__):
        values = {column.name: value(column, owner) for column in table.columns}
        if table.name == "person":
            values["merged_into"] = None
        names = ", ".join(map(journalled.quoted, values))
        marks = ", ".join("?" * len(values))
        con.execute(
            f"INSERT OR IGNORE INTO {table.name}({names}) VALUES ({marks})", [*values.values()]
        )


@pytest.fixture
def filled(book: Book) -> Book:
    """Two people with a row of theirs everywhere, each written, altered, deleted and brought back:
    so that undo knows of everything, too."""
    with book.change(msg("test")):
        fill(book.con, KEPT)
        fill(book.con, GONE)
    for table in JOURNALLED:
        text = next((c.name for c in table.columns if is_text(c)), None)
        if text is not None:
            name = journalled.quoted(text)
            with book.change(msg("test")):
                book.con.execute(f"UPDATE {table.name} SET {name}={name}")
    with book.change(msg("test")):
        book.con.execute("PRAGMA defer_foreign_keys=ON")
        for table in JOURNALLED:
            book.con.execute(f"DELETE FROM {table.name}")
    history.undo(book)
    return book


def raw(path: Path) -> bytes:
    return b"".join(
        file.read_bytes() for file in (path, path.with_name(path.name + "-wal")) if file.exists()
    )


def rows(book: Book, table: str, owner: int) -> list[sqlite3.Row]:
    key = key_of(table, owner)
    return book.con.execute(f"SELECT * FROM {table} WHERE id=?", (key,)).fetchall()


def leading_to(book: Book, key: int) -> set[tuple[str, str]]:
    """The columns, declared or not, in which a number stands."""
    return {
        (table.name, column.name)
        for table in JOURNALLED
        for column in table.columns
        if book.con.execute(
            f"SELECT 1 FROM {table.name} WHERE {journalled.quoted(column.name)}=?", (key,)
        ).fetchone()
    }


def test_the_file_holds_a_row_of_everything(filled: Book) -> None:
    for table in JOURNALLED:
        for owner in (KEPT, GONE) if table.name in OWNED else (1,):
            assert rows(filled, table.name, owner), table.name


def test_whoever_is_erased_stands_in_no_table(filled: Book) -> None:
    assert NAMES[KEPT].encode() in raw(filled.path)
    erasing.erase(filled, KEPT, NAMES[KEPT])
    left = raw(filled.path)
    for trace in (NAMES[KEPT], PHONES[KEPT][3:], SECRETS[KEPT]):
        assert trace.encode() not in left
    for trace in (NAMES[GONE], PHONES[GONE][3:], SECRETS[GONE]):
        assert trace.encode() in left
    for name in OWNED - {"likeness"}:
        goes = any(column.erase is DELETE for column in DECLARED[name].values())
        assert len(rows(filled, name, KEPT)) == (0 if goes else 1), name
        assert len(rows(filled, name, GONE)) == 1, name
        known = filled.con.execute(
            "SELECT count(*) FROM change_row WHERE tbl=? AND row_id=? AND op<>'E'",
            (name, key_of(name, KEPT)),
        ).fetchone()[0]
        assert known == 0 if goes else known, name
    assert [r["ref"] for r in filled.con.execute("SELECT ref FROM likeness")] == [str(GONE)]
    assert filled.con.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_an_erased_row_of_a_person_says(filled: Book) -> None:
    erasing.erase(filled, KEPT, NAMES[KEPT])
    (row,) = rows(filled, "person", KEPT)
    left = {name: row[name] for name in row.keys() if row[name] not in ("", None)}  # noqa: SIM118 - a Row iterates over its values
    assert set(left) == {"id", "created_at", "erased_at"}


def test_what_was_deleted_before_goes_from_what_undo_knows(filled: Book) -> None:
    with filled.change(msg("test")):
        filled.con.execute("PRAGMA defer_foreign_keys=ON")
        for name in OWNED - {"person", "likeness"}:
            filled.con.execute(f"DELETE FROM {name} WHERE id=?", (key_of(name, KEPT),))
    erasing.erase(filled, KEPT, NAMES[KEPT])
    left = raw(filled.path)
    for trace in (NAMES[KEPT], PHONES[KEPT][3:], SECRETS[KEPT]):
        assert trace.encode() not in left


def test_a_company_called_by_a_number_is_nobody(filled: Book) -> None:
    filled.con.execute("UPDATE pair SET kind='company' WHERE one=?", (str(KEPT),))
    erasing.erase(filled, KEPT, NAMES[KEPT])
    assert len(rows(filled, "pair", KEPT)) == 1


def test_whoever_asked_not_to_be_called_stays_uncalled_and_nameless(filled: Book) -> None:
    filled.con.execute("UPDATE suppressed SET kind='phone'")
    erasing.erase(filled, KEPT, NAMES[KEPT])
    (entry,) = rows(filled, "suppressed", KEPT)
    assert (entry["value"][:5], entry["scope"], entry["why"]) == ("hmac:", CODE, "")
    assert entry["by"] == "*** *** 说的 by"
    assert b"13650010000" not in raw(filled.path)  # a mark bars it, once somebody has it


def test_undo_brings_back_nobody_who_was_erased(filled: Book) -> None:
    erasing.erase(filled, KEPT, NAMES[KEPT])
    for change in history.changes(filled, 1000):
        with suppress(Refused):  # where something stands in its way
            history.undo(filled, change.id)
    left = raw(filled.path)
    for trace in (NAMES[KEPT], PHONES[KEPT][3:], SECRETS[KEPT]):
        assert trace.encode() not in left


@pytest.mark.parametrize("alike", [True, False])
def test_no_reference_to_whoever_was_merged_is_left(filled: Book, alike: bool) -> None:
    con = filled.con
    with filled.change(msg("test")):
        if alike:  # on the same line of the log, with the same tag
            con.execute("UPDATE log_person SET log_id=?", (key_of("log", KEPT),))
            con.execute("UPDATE person_tag SET tag='VIP'")
        else:
            con.execute("PRAGMA defer_foreign_keys=ON")
            for name in OWNED - {"person", "log", "likeness"}:
                con.execute(f"DELETE FROM {name} WHERE id=?", (key_of(name, KEPT),))
    before = {name: rows(filled, name, GONE) for name in OWNED - {"likeness"}}

    twins.merge(filled, KEPT, GONE)

    assert rows(filled, "person", GONE)[0]["merged_into"] == KEPT
    # What was said of pairs stays said, and is said of the other, too.
    assert leading_to(filled, GONE) <= {("person", "id"), ("pair", "one"), ("pair", "other")}
    of_a_kind = {"card", "log_person", "person_tag", "field_value", "material_request"}
    joined = of_a_kind if alike else set()
    for name, found in before.items():
        left = rows(filled, name, GONE)
        assert len(left) == (0 if name in {*joined, "source"} else len(found)), name
        if not left and name != "source":
            assert not leading_to(filled, key_of(name, GONE))
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    history.undo(filled)
    assert {name: rows(filled, name, GONE) for name in before} == before
