"""What one change holds, as a person would name it: whom it is about, and the lines of the log."""

from __future__ import annotations

import sqlite3

from opslog.domain.base.labels import spoken
from opslog.domain.people.card import called

# The people behind the rows of a change, undone or not: a row that is gone has its image.
_ROWS = """WITH x AS (SELECT tbl, row_id, image FROM change_row WHERE change_id=?1 AND tbl IN
 ('person', 'card', 'decision', 'touch', 'person_tag')),
c(id) AS (SELECT row_id FROM x WHERE tbl='card'
 UNION SELECT card_id FROM decision WHERE id IN (SELECT row_id FROM x WHERE tbl='decision')
 UNION SELECT card_id FROM touch WHERE id IN (SELECT row_id FROM x WHERE tbl='touch')
 UNION SELECT json_extract(image, '$.card_id') FROM x WHERE tbl IN ('decision', 'touch')),
p(id) AS (SELECT row_id FROM x WHERE tbl='person'
 UNION SELECT person_id FROM card WHERE id IN (SELECT id FROM c)
 UNION SELECT person_id FROM person_tag
  WHERE id IN (SELECT row_id FROM x WHERE tbl='person_tag')
 UNION SELECT json_extract(image, '$.person_id') FROM x WHERE tbl IN ('card', 'person_tag'))
SELECT id, name, company, phone, email FROM person_shown WHERE id IN (SELECT id FROM p)
 ORDER BY id LIMIT ?2"""
_RANGE = """SELECT p.id, p.name, p.company, p.phone, p.email FROM change_range r
 JOIN card ON card.id BETWEEN r.low AND r.high JOIN person_shown p ON p.id=card.person_id
 WHERE r.change_id=?1 AND r.tbl='card' LIMIT ?2"""


def kinds(con: sqlite3.Connection, change_id: int) -> list[tuple[str, str, int]]:
    """Table, what was done to its rows (I, U or D), and how many; the largest first."""
    rows = con.execute(
        "SELECT tbl, op, sum(n) AS n FROM ("
        "SELECT tbl, op, count(*) AS n FROM change_row WHERE change_id=?1 GROUP BY tbl, op"
        " UNION ALL SELECT tbl, 'I', high - low + 1 FROM change_range WHERE change_id=?1)"
        " GROUP BY tbl, op ORDER BY 3 DESC, 1, 2",
        (change_id,),
    )
    return [(row["tbl"], row["op"], row["n"]) for row in rows]


def people(con: sqlite3.Connection, change_id: int, most: int) -> list[tuple[str, str]]:
    """Name and company of whom the change is about; nobody who was erased or merged since."""
    rows = con.execute(_ROWS, (change_id, most)).fetchall()
    rows += con.execute(_RANGE, (change_id, most - len(rows))).fetchall()
    return [(called(*row), row["company"]) for row in rows]


def log_lines(con: sqlite3.Connection, change_id: int, most: int) -> list[str]:
    """The lines of the log that it wrote or changed, in the language spoken now."""
    rows = con.execute(
        "SELECT coalesce(l.text, json_extract(x.image, '$.text')) AS text,"
        " coalesce(l.label, json_extract(x.image, '$.label'), '') AS label,"
        " coalesce(l.args, json_extract(x.image, '$.args'), '{}') AS args"
        " FROM change_row x LEFT JOIN log l ON l.id=x.row_id"
        " WHERE x.change_id=? AND x.tbl='log' ORDER BY x.row_id LIMIT ?",
        (change_id, most),
    )
    return [spoken(row["text"] or "", row["label"], row["args"]) for row in rows]
