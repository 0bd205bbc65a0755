"""An import taken back long after: what it brought goes, what was worked on since stays."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.imports.row_reading import PERSON_FIELDS
from opslog.store.people import fields

_PERSON = (*PERSON_FIELDS, "search")
_CARD = (
    *("signed_up_at", "attended", "state", "minutes", "guests", "guests_more", "way"),
    *("channel_id", "came_at", "stop_id"),
)
_REQUEST = (
    "asked_on",
    "who",
    "shown",
    "verdict",
    "reason",
    "medium",
    "watermark",
    "address",
    "use",
)
_OF_CARD = ("decision", "touch", "material_request", "handover")
_OF_PERSON = (
    *("person_tag", "follow_up", "log_person", "touch", "handover"),
    *("enrolment", "not_now", "answer", "source", "field_value"),
)


def change_of(con: sqlite3.Connection, file_id: int) -> int:
    """The change that brought a file in; 0 where the journal no longer knows."""
    row = con.execute(
        "SELECT change_id FROM change_range WHERE tbl='roster_file' AND ?1 BETWEEN low AND high"
        " UNION SELECT change_id FROM change_row WHERE tbl='roster_file' AND row_id=?1 AND op='I'"
        " LIMIT 1",
        (file_id,),
    ).fetchone()
    return 0 if row is None else int(row[0])


class File(NamedTuple):
    """A file of a list, and the event it is of."""

    file: str
    withdrawn: bool
    event_id: int
    event: str


def file(con: sqlite3.Connection, file_id: int) -> File | None:
    """None where there is no such file."""
    row = con.execute(
        "SELECT f.file, f.withdrawn_at, e.id, e.name FROM roster_file f"
        " JOIN roster r ON r.id=f.roster_id JOIN event e ON e.id=r.event_id WHERE f.id=?",
        (file_id,),
    ).fetchone()
    return None if row is None else File(row[0], bool(row[1]), row[2], row[3])


def put_withdrawn(con: sqlite3.Connection, file_id: int, at: datetime) -> None:
    con.execute("UPDATE roster_file SET withdrawn_at=? WHERE id=?", (instant_text(at), file_id))


class TakenBack(NamedTuple):
    """Rows gone, rows kept, people gone; and whom the file brought who stay by other rows, altered
    by nobody since: person -> (card, whether the file brought that too)."""

    rows: int
    kept: int
    people: int
    left: dict[int, list[tuple[int, bool]]]


def take_back(con: sqlite3.Connection, file_id: int, change_id: int) -> TakenBack:
    """Delete what the file brought. Inside the change in hand.

    Worked on since, and so kept: a card with a later verdict, call, request of materials or edit,
    a person edited, tagged, handed over, in a programme or named in a line since, a row that was
    mended.
    """
    _find_worked_on(con, file_id, change_id)
    before = _rows(con, file_id)
    con.execute(
        "DELETE FROM roster_row WHERE file_id=? AND mended=''"
        " AND (card_id IS NULL OR card_id NOT IN (SELECT id FROM temp.worked))",
        (file_id,),
    )
    for table, whose, worked in (
        ("decision", "card_id", "id"),
        ("person_tag", "person_id", "person_id"),
        ("material_request", "card_id", "id"),
    ):
        con.execute(
            f"DELETE FROM {table} WHERE {_made(table, 'id')}"
            f" AND {whose} NOT IN (SELECT {worked} FROM temp.worked)",
            {"change": change_id},
        )
    con.execute(
        f"DELETE FROM card WHERE {_made('card', 'id')}"
        " AND id NOT IN (SELECT id FROM temp.worked)"
        " AND NOT EXISTS (SELECT 1 FROM roster_row r WHERE r.card_id=card.id)",
        {"change": change_id},
    )
    _restore(con, change_id, "card", _CARD, "id NOT IN (SELECT id FROM temp.worked)")
    of_person = "id NOT IN (SELECT person_id FROM temp.worked)"
    _restore(con, change_id, "person", _PERSON, of_person)
    of_card = "card_id NOT IN (SELECT id FROM temp.worked)"
    _restore(con, change_id, "material_request", _REQUEST, of_card)
    fields.take_back(con, file_id)
    con.execute("DELETE FROM past_contact WHERE file_id=?", (file_id,))
    con.execute(  # made for the file alone
        f"DELETE FROM channel WHERE {_made('channel', 'id')} AND NOT {_edited('channel', 'id')}"
        " AND NOT EXISTS (SELECT 1 FROM card c WHERE c.channel_id=channel.id)",
        {"change": change_id},
    )
    people = _delete_people(con, change_id)
    left: dict[int, list[tuple[int, bool]]] = {}
    for row in con.execute(
        f"SELECT c.person_id, c.id, {_made('card', 'c.id')} AS made FROM card c"
        f" WHERE {_made('person', 'c.person_id')}"
        f" AND NOT {_edited('person', 'c.person_id')} AND NOT {_edited('card', 'c.id')}"
        " AND c.person_id NOT IN (SELECT person_id FROM temp.worked) ORDER BY c.id",
        {"change": change_id},
    ):
        left.setdefault(row["person_id"], []).append((row["id"], bool(row["made"])))
    con.execute("DROP TABLE temp.worked")
    kept = _rows(con, file_id)
    return TakenBack(before - kept, kept, people, left)


def rows_of(con: sqlite3.Connection, card_id: int) -> list[int]:
    """The rows of a card, oldest first."""
    rows = con.execute("SELECT id FROM roster_row WHERE card_id=? ORDER BY id", (card_id,))
    return [row[0] for row in rows]


def event_of(con: sqlite3.Connection, card_id: int) -> int:
    """0 of a card that is of no event, or of a list of one stop."""
    row = con.execute(
        "SELECT r.event_id FROM card c JOIN roster r ON r.id=c.roster_id"
        " WHERE c.id=? AND r.stop_id IS NULL",
        (card_id,),
    ).fetchone()
    return 0 if row is None else row[0] or 0


def put_stop(con: sqlite3.Connection, card_id: int, stop_id: int | None) -> None:
    con.execute("UPDATE card SET stop_id=?1 WHERE id=?2 AND stop_id IS NOT ?1", (stop_id, card_id))


def mark_again(
    con: sqlite3.Connection,
    card_id: int,
    *,
    signed_up_at: str | None,
    attended: bool | None,
    state: str,
    minutes: int | None,
    guests: int,
    guests_more: bool,
    way: str,
) -> None:
    """What the rows left to a card say of it; who was put on the list by hand stays that."""
    con.execute(
        "UPDATE card SET signed_up_at=?, attended=?, state=?, minutes=?, guests=?, guests_more=?,"
        " way=CASE way WHEN 'hand' THEN way ELSE ? END, came_at=CASE WHEN ?2 THEN came_at END"
        " WHERE id=?",
        (signed_up_at, attended, state, minutes, guests, guests_more, way, card_id),
    )


def _find_worked_on(con: sqlite3.Connection, file_id: int, change_id: int) -> None:
    """``temp.worked``: cards of the file, or of its change, that somebody worked on since."""
    con.execute("CREATE TEMP TABLE worked(id INTEGER PRIMARY KEY, person_id INTEGER)")
    whose = [(table, "card_id=c.id") for table in _OF_CARD]
    whose += [(table, "person_id=c.person_id") for table in _OF_PERSON[:-1]]
    whose.append(("field_value", "person_id=c.person_id AND n.source='operator'"))
    said = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} n WHERE n.{one} AND {_since(table, 'n.id')})"
        for table, one in whose
    )
    con.execute(
        "INSERT INTO temp.worked SELECT c.id, c.person_id FROM card c WHERE ("
        f" c.id IN (SELECT card_id FROM roster_row WHERE file_id=:file) OR {_made('card', 'c.id')})"
        f" AND ({said}"
        # Entered by hand besides, or replaced by somebody at the door.
        " OR EXISTS (SELECT 1 FROM card h WHERE h.person_id=c.person_id AND h.way<>'file'"
        "  AND NOT (h.way='door' AND EXISTS (SELECT 1 FROM roster_row w WHERE w.card_id=h.id)))"
        " OR EXISTS (SELECT 1 FROM card s WHERE s.instead_of=c.id)"
        f" OR {_edited('card', 'c.id')} OR {_edited('person', 'c.person_id')})",
        {"file": file_id, "change": change_id},
    )


def _restore(
    con: sqlite3.Connection, change_id: int, table: str, names: tuple[str, ...], idle: str
) -> None:
    """What the import filled on rows that were there before it, blank again. ``idle``: which of
    them nobody worked on since."""
    sets = ", ".join(f"{name}=json_extract(r.image, '$.{name}')" for name in names)
    con.execute(
        f"UPDATE {table} SET {sets} FROM change_row r WHERE r.change_id=:change"
        f" AND r.tbl='{table}' AND r.op='U' AND r.row_id={table}.id"
        f" AND NOT ({_made(table, table + '.id')}) AND NOT {_edited(table, table + '.id')}"
        f" AND {table}.{idle}",
        {"change": change_id},
    )


def _delete_people(con: sqlite3.Connection, change_id: int) -> int:
    """People the import brought, who are on no list now and whom nothing else names."""
    named = ("card", "past_contact", *_OF_PERSON)
    gone = (
        f"SELECT id FROM person p WHERE {_made('person', 'p.id')}"
        f" AND NOT {_edited('person', 'p.id')}"
        + "".join(f" AND NOT EXISTS (SELECT 1 FROM {one} WHERE person_id=p.id)" for one in named)
        + " AND NOT EXISTS (SELECT 1 FROM person WHERE merged_into=p.id)"
    )
    con.execute("CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)")
    con.execute(f"INSERT INTO temp.gone {gone}", {"change": change_id})
    con.execute(
        "DELETE FROM pair WHERE kind='person' AND (CAST(one AS INTEGER) IN (SELECT id FROM"
        " temp.gone) OR CAST(other AS INTEGER) IN (SELECT id FROM temp.gone))"
    )
    number = con.execute("DELETE FROM person WHERE id IN (SELECT id FROM temp.gone)").rowcount
    con.execute("DROP TABLE temp.gone")
    return number


def _rows(con: sqlite3.Connection, file_id: int) -> int:
    row = con.execute(
        "SELECT count(*) FROM roster_row WHERE file_id=? AND result<>'also'", (file_id,)
    ).fetchone()
    return int(row[0])


def _made(table: str, id: str) -> str:
    """Whether the change inserted a row of ``table``."""
    return (
        f"(EXISTS (SELECT 1 FROM change_range x WHERE x.change_id=:change AND x.tbl='{table}'"
        f" AND {id} BETWEEN x.low AND x.high) OR EXISTS (SELECT 1 FROM change_row x"
        f" WHERE x.change_id=:change AND x.tbl='{table}' AND x.row_id={id} AND x.op='I'))"
    )


def _since(table: str, id: str) -> str:
    """Whether a later change that stands inserted or altered a row of ``table``."""
    return (
        "(EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND y.change_id > :change AND k.state='done')"
        " OR EXISTS (SELECT 1 FROM change_range y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND {id} BETWEEN y.low AND y.high AND y.change_id > :change"
        " AND k.state='done'))"
    )


def _edited(table: str, id: str) -> str:
    """Whether somebody altered a row of ``table`` since; a later import is nobody."""
    return (
        "EXISTS (SELECT 1 FROM change_row y JOIN change k ON k.id=y.change_id"
        f" WHERE y.tbl='{table}' AND y.row_id={id} AND y.change_id > :change AND k.state='done'"
        " AND NOT EXISTS (SELECT 1 FROM change_range f WHERE f.change_id=y.change_id"
        " AND f.tbl='roster_file') AND NOT EXISTS (SELECT 1 FROM change_row f"
        " WHERE f.change_id=y.change_id AND f.tbl='roster_file'))"
    )
