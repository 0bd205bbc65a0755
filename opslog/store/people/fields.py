"""Fields of the operator's own: what they hold of people and of companies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from opslog.domain.people.fields import COMPANY, OPERATOR, PERSON, OwnField
from opslog.domain.people.ranges import Range, folded
from opslog.store.db.listed import IN_LIST, listed

# JSON of the fields of the person at hand and of their company, in the order they are shown.
OF_PERSON = (
    "(SELECT json_group_object(name, value) FROM (SELECT f.name, v.value FROM field_value v"
    " JOIN field f ON f.id=v.field_id WHERE v.person_id=person.id OR"
    " (person.company_key<>'' AND v.company_key=person.company_key)"
    " ORDER BY f.weight DESC, f.id))"
)


def field(con: sqlite3.Connection, of: str, name: str) -> int:
    """The number of a field, which is made where there is none yet."""
    row = con.execute("SELECT id FROM field WHERE of=? AND name=?", (of, name)).fetchone()
    if row is not None:
        return int(row[0])
    made = con.execute("INSERT INTO field(of, name) VALUES (?,?)", (of, name)).lastrowid
    assert made is not None
    return made


def names(con: sqlite3.Connection) -> list[str]:
    """What the fields are called, in their order, each once."""
    rows = con.execute("SELECT name FROM field ORDER BY weight DESC, id")
    return list(dict.fromkeys(row[0] for row in rows))


def source(file_id: int) -> str:
    """``FieldValue.source`` of what a file brought."""
    return f"file:{file_id}"


def put(
    con: sqlite3.Connection,
    of: str,
    field_id: int,
    values: Iterable[tuple[int | str, str]],
    by: str,
    *,
    renew: bool,
) -> int:
    """Keep values of people (by id) or companies (by key); how many.

    Where there is one it stays. ``renew``: what a list brought becomes what this one says; what
    the operator typed stays all the same.
    """
    key = {PERSON: "person_id", COMPANY: "company_key"}[of]
    before = con.total_changes
    con.execute(
        f"INSERT INTO field_value(field_id, {key}, value, source)"
        " SELECT ?1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), ?2"
        " FROM json_each(?3) WHERE true"
        f" ON CONFLICT(field_id, {key}) DO "
        + (
            "UPDATE SET value=excluded.value, source=excluded.source"
            f" WHERE source<>'{OPERATOR}' AND value<>excluded.value"
            if renew
            else "NOTHING"
        ),
        (field_id, by, json.dumps(list(values), ensure_ascii=False)),
    )
    return con.total_changes - before


def companies_of(con: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """The keys of the companies of these people; of those without one ''."""
    rows = con.execute(
        "SELECT id, company_key FROM person WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row[0]: row[1] for row in rows}


def people_of(con: sqlite3.Connection, companies: Iterable[str]) -> set[int]:
    """The people of companies, by their keys."""
    rows = con.execute(f"SELECT id FROM person WHERE company_key {IN_LIST}", (listed(companies),))
    return {row[0] for row in rows}


def of_people(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Field -> value of each of these people who has any, their company's among them."""
    if con.execute("SELECT 1 FROM field_value LIMIT 1").fetchone() is None:
        return {}
    rows = con.execute(
        f"SELECT id, {OF_PERSON} FROM person WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row[0]: json.loads(row[1]) for row in rows}


_SAID = "(f.name || ': ' || v.value)"
_HAVING = (
    f"SELECT v.person_id AS id, {_SAID} AS said FROM field_value v JOIN field f ON f.id=v.field_id"
    " WHERE v.person_id IS NOT NULL"
    f" UNION SELECT p.id, {_SAID} FROM field_value v JOIN field f ON f.id=v.field_id"
    " JOIN person p ON p.company_key=v.company_key"
)
# Condition on an id: those whose field says one of these (JSON), as ``公司规模: 20-99人``.
SAYING = f"IN (SELECT id FROM ({_HAVING}) WHERE said IN (SELECT value FROM json_each(?)))"


def said_within(con: sqlite3.Connection, wanted: Range) -> list[str]:
    """What fields say, as SAYING takes it, that lies in a range of numbers."""
    found = []
    for row in con.execute("SELECT id, name FROM field").fetchall():
        if folded(row["name"]) == wanted.field:
            values = con.execute(
                "SELECT DISTINCT value FROM field_value WHERE field_id=?", (row["id"],)
            )
            found += [f"{row['name']}: {one[0]}" for one in values if wanted.holds(one[0])]
    return found


def counts(
    con: sqlite3.Connection, among: str, values: Sequence[object], like: str, limit: int
) -> list[tuple[str, int]]:
    """What fields say of the people that ``among`` (SQL) gives, and of how many, most first."""
    rows = con.execute(
        f"SELECT h.said, count(*) FROM ({among}) w JOIN ({_HAVING}) h ON h.id=w.id"
        " WHERE h.said LIKE ? ESCAPE '\\' GROUP BY h.said ORDER BY 2 DESC, 1 LIMIT ?",
        (*values, like, limit),
    )
    return [(row[0], row[1]) for row in rows]


def take_back(
    con: sqlite3.Connection, file_id: int, change_id: int, idle: str
) -> list[tuple[int, str, str, int | str]]:
    """What a file brought, and nobody typed since, goes, or is what a list said that it renewed;
    not of people who are worked on (``idle`` are all others), nor of their companies. Of each value
    gone the field, whose it is of, its name, and whose value."""
    idle_values = (
        f"source=:by AND (person_id IN {idle} OR (company_key IS NOT NULL AND NOT EXISTS"
        "  (SELECT 1 FROM person p WHERE p.company_key=field_value.company_key"
        "   AND p.id IN (SELECT person_id FROM temp.worked))))"
    )
    told = {"by": source(file_id), "change": change_id}
    con.execute(
        "UPDATE field_value SET value=json_extract(r.image, '$.value'),"
        " source=json_extract(r.image, '$.source') FROM change_row r WHERE r.change_id=:change"
        " AND r.tbl='field_value' AND r.op='U' AND r.row_id=field_value.id"
        " AND EXISTS (SELECT 1 FROM roster_file f WHERE f.withdrawn_at IS NULL"
        "  AND json_extract(r.image, '$.source')='file:' || f.id)"
        f" AND {idle_values}",
        told,
    )
    gone = con.execute(
        "SELECT v.field_id, f.of, f.name, coalesce(v.person_id, v.company_key) FROM"
        f" (SELECT * FROM field_value WHERE {idle_values}) v JOIN field f ON f.id=v.field_id",
        told,
    ).fetchall()
    con.execute(f"DELETE FROM field_value WHERE {idle_values}", told)
    return [tuple(row) for row in gone]


def drop_unused(con: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Of these fields those that hold nothing now, unless the operator has said more of one."""
    con.execute(
        "DELETE FROM field WHERE id IN (SELECT value FROM json_each(?)) AND NOT on_card"
        " AND weight=0 AND choices='' AND id NOT IN (SELECT field_id FROM field_value)",
        (json.dumps(list(ids)),),
    )


# -- fields as the operator sees to them ---------------------------------------------------


def everything(con: sqlite3.Connection, *, counted: bool = False) -> list[OwnField]:
    """Every field in its order; ``counted``: with of how many it is known."""
    known = "(SELECT count(*) FROM field_value WHERE field_id=field.id)" if counted else "0"
    rows = con.execute(
        f'SELECT id, "of", name, type, choices, on_card, weight, {known} AS known'
        " FROM field ORDER BY weight DESC, id"
    )
    return [
        OwnField(
            *(row["id"], row["of"], row["name"], row["type"]),
            tuple(json.loads(row["choices"] or "[]")),
            *(bool(row["on_card"]), row["weight"], row["known"]),
        )
        for row in rows
    ]


def write(con: sqlite3.Connection, one: OwnField) -> int:
    """Keep a field as it is said, ``id`` 0 for a new one; its number."""
    choices = json.dumps(one.choices, ensure_ascii=False) if one.choices else ""
    said = (one.of, one.name, one.type, choices, int(one.on_card), one.weight)
    if one.id:
        con.execute(
            'UPDATE field SET "of"=?, name=?, type=?, choices=?, on_card=?, weight=? WHERE id=?',
            (*said, one.id),
        )
        return one.id
    made = con.execute(
        'INSERT INTO field("of", name, type, choices, on_card, weight) VALUES (?,?,?,?,?,?)', said
    ).lastrowid
    assert made is not None
    return made


def values(con: sqlite3.Connection, field_id: int, limit: int) -> list[tuple[str, int]]:
    """What a field says, and how often, most first."""
    rows = con.execute(
        "SELECT value, count(*) FROM field_value WHERE field_id=? GROUP BY value"
        " ORDER BY 2 DESC, 1 LIMIT ?",
        (field_id, limit),
    )
    return [(row[0], row[1]) for row in rows]


def remove(con: sqlite3.Connection, field_id: int) -> None:
    """A field with all it holds."""
    con.execute("DELETE FROM field_value WHERE field_id=?", (field_id,))
    con.execute("DELETE FROM field WHERE id=?", (field_id,))


def set_value(con: sqlite3.Connection, of: str, field_id: int, whose: int | str, text: str) -> None:
    """What the operator typed for a person (by id) or a company (by key); '' takes it out."""
    key = {PERSON: "person_id", COMPANY: "company_key"}[of]
    if not text:
        con.execute(f"DELETE FROM field_value WHERE field_id=? AND {key}=?", (field_id, whose))
        return
    con.execute(
        f"INSERT INTO field_value(field_id, {key}, value, source) VALUES (?,?,?,?)"
        f" ON CONFLICT(field_id, {key}) DO UPDATE SET value=excluded.value, source=excluded.source",
        (field_id, whose, text, OPERATOR),
    )
